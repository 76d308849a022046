"""What the emulated model says. Pure: the same seed and question give the same answer."""

from gigadesk.emulator.answers.answer import Answer
from gigadesk.emulator.answers.choice import compose

__all__ = ["Answer", "compose"]
