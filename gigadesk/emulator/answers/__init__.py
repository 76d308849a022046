"""What the emulated model says. Pure: the same seed and question give the same answer."""

from gigadesk.emulator.answers.answer import FILE_MARK, Answer, MadeFile, ToolWork, WebPage
from gigadesk.emulator.answers.choice import compose, is_russian, is_title_request

__all__ = ["FILE_MARK", "Answer", "MadeFile", "ToolWork", "WebPage", "compose", "is_russian", "is_title_request"]
