"""What is said of a link that may mislead: to screen readers as its name, to the eye when the pointer rests on it."""

from typing import TYPE_CHECKING

from gigadesk.ui.transcript.layout.letters import HIDDEN_CHARACTERS, HIDDEN_MARK

if TYPE_CHECKING:
    from gigadesk.ui.transcript.layout.builder import Words


def link_name(words: "Words", target: str, text: str) -> str:
    """Where a link leads, and what is doubtful about it. `text` is what the reader sees of it."""
    if not _may_mislead(target, text):
        return words.link.format(target=target)
    from gigadesk.ui.links import read_link

    name = words.link.format(target=read_link(target, text).target)
    return "\n".join([name, *link_warnings(words, target, text)])


def link_warnings(words: "Words", target: str, text: str) -> list[str]:
    """A line for each thing that the eye may be deceived by."""
    if not _may_mislead(target, text):
        return []
    from gigadesk.ui.links import Reason, read_link

    warnings = []
    link = read_link(target, text)
    if Reason.FOREIGN_LETTERS in link.reasons:
        warnings.append(words.foreign_letters.format(host=link.host))
    hidden = text.count(HIDDEN_MARK) + len(HIDDEN_CHARACTERS.findall(target))
    if hidden:
        warnings.append(words.hidden_characters.format(count=hidden))
    return warnings


def _may_mislead(target: str, text: str) -> bool:
    # Most cannot: of a hundred thousand links none is read for it.
    return HIDDEN_MARK in text or not target.isascii() or "xn--" in target.lower()
