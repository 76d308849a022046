"""What the emulated model says. Pure: the same seed and question give the same answer."""

from gigadesk.emulator.answers.answer import Answer
from gigadesk.emulator.answers.choice import compose, is_title_request

__all__ = ["Answer", "compose", "is_title_request"]
