"""A formula over several lines, while nobody knows yet whether it ever ends. Knows nothing of the tree around it."""

from dataclasses import dataclass, field

from gigadesk.limits import FORMULA_SOURCE_MAX_CHARS
from gigadesk.markdown import starts
from gigadesk.markdown.formulas import display_delimiter, find_closer, is_tail
from gigadesk.markdown.line import Line
from gigadesk.markdown.nodes import CONTAINERS, Kind


@dataclass(slots=True)
class FormulaLines:
    """Lines that wait: until one of them closes the formula, or until it is sure that none will."""

    closer: str
    line: Line
    """The first line, at the place where the formula begins."""
    matched: int
    """How many of the open blocks go on in the first line, ..."""
    container: Kind | None
    """... and what the innermost of them is."""
    has_begun: bool
    """The first line has begun other blocks before."""
    texts: list[str] = field(default_factory=list)
    """Of the formula, without what the blocks around it put in front of each line."""
    waiting: list[tuple[str, int]] = field(default_factory=list)
    """The lines behind the first, whole, with their places."""
    size: int = 0

    def copy(self) -> "FormulaLines":
        twin = FormulaLines(self.closer, self.line, self.matched, self.container, self.has_begun)
        twin.texts, twin.waiting, twin.size = self.texts.copy(), self.waiting.copy(), self.size
        return twin

    def takes(self, line: Line) -> bool:
        """Whether a line, behind the marks of the blocks around, may be a part of the formula. It is added then."""
        text = line.rest()
        if line.is_blank or line.is_long or self.size + len(text) > FORMULA_SOURCE_MAX_CHARS:
            return False
        if not line.is_indented and (starts.read_fence(line) or starts.read_heading(line)):
            return False
        self.texts.append(text)
        self.size += len(text) + 1
        return True


@dataclass(frozen=True, slots=True)
class Closed:
    """A formula that has ended. `behind` is what the last line goes on with."""

    text: str
    behind: str


def begins(line: Line) -> str:
    """What closes the formula that stands alone from this place of a line on; empty if there is none."""
    text = line.text[line.nonspace :]
    closer = display_delimiter(text)
    if not closer:
        return ""
    end = find_closer(text, closer, 2)
    if end < 0:
        return closer if len(text) <= FORMULA_SOURCE_MAX_CHARS and "`" not in text else ""
    return closer if is_tail(text[end + 2 :]) and text[2:end].strip() else ""


def closed(lines: FormulaLines) -> Closed | None:
    """The formula, if its last line closes it and there is anything in it."""
    last = lines.texts[-1]
    end = find_closer(last, lines.closer, 2 if len(lines.texts) == 1 else 0)
    if end < 0:
        return None
    end += len(lines.closer)
    if is_tail(last[end:]):
        return Closed("\n".join([*lines.texts[:-1], last.rstrip(" \t")]), "")
    return Closed("\n".join([*lines.texts[:-1], last[:end]]), last[end:])


def goes_on_in(kind: Kind) -> bool:
    """Whether a formula needs this open block to go on in each of its lines."""
    return kind in CONTAINERS
