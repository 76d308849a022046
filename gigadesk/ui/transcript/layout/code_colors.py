"""Colours of code, from the highlighter when it has them; code that grows keeps the colours of its beginning."""

from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gigadesk.markdown.blocks import CodeBlock

if TYPE_CHECKING:
    from gigadesk.ui.highlighter import Colours, Highlighter
    from gigadesk.ui.worker import Worker

HighlightRuns = list[tuple[int, int, str]]

_KEPT_BEGINNINGS = 24
_KEPT_ENDS = 4000
"""Pieces of long code whose end is known: the largest answer has fewer."""


@dataclass(frozen=True, slots=True)
class CodeRuns:
    """Colours of a piece of code as far as they are known."""

    runs: HighlightRuns
    language: str
    """The language it was read as; a guess if none was given."""
    is_whole: bool
    """False while those of the end are still to come."""


@dataclass(frozen=True, slots=True)
class _Beginning:
    """Colours of code as it was before it grew."""

    language: str
    state: str
    code: str
    runs: HighlightRuns
    guessed: str
    safe: int
    safe_state: str


@dataclass(frozen=True, slots=True)
class _Asked:
    """Code that is being coloured: from `base.safe` on, if it is more of what is known."""

    language: str
    state: str
    code: str
    base: _Beginning | None


class CodeColors(QObject):
    """Asks a highlighter, which works in another process.

    A long code is shown in pieces. Each is coloured with what the one before ended in (a text, a comment), so they are
    asked for one after the other.

    Signals:
        arrived(): colours that were asked for are there now; look again for the code in sight.
    """

    arrived = Signal()

    def __init__(self, worker: Callable[[], "Worker"], parent: QObject) -> None:
        super().__init__(parent)
        self._worker = worker
        self._highlighter: Highlighter | None = None
        self._asked: dict[str, _Asked] = {}
        self._beginnings: OrderedDict[tuple[str, str, str], _Beginning] = OrderedDict()
        """By language, state and first line; newest last."""
        self._ends: OrderedDict[int, tuple[CodeBlock, str, str]] = OrderedDict()
        """By the identity of a piece: itself, the language it was read as, the state it ends in."""

    def runs(self, code: CodeBlock, earlier: Iterator[CodeBlock]) -> CodeRuns | None:
        """The colours known now; what is not known is asked for. `earlier`: the pieces before this one, last first."""
        start = self._start_of(code, earlier)
        if start is None:
            return None
        language, state = start
        found = self._known(language, state, code)
        if found is not None:
            return CodeRuns(list(found.runs), found.language or language, is_whole=True)
        beginning = self._beginning(language, state, code.text)
        if not any(
            (asked.language, asked.state) == start and code.text.startswith(asked.code)
            for asked in self._asked.values()
        ):
            self._ask(language, state, code, beginning)
            beginning = self._beginning(language, state, code.text)
        if beginning is None:
            return None
        known = len(beginning.code)
        is_same = known == len(code.text)
        kept = beginning.runs
        if kept and not is_same and code.text[known] != "\n" and sum(kept[-1][:2]) == known:
            kept = kept[:-1]  # the last word goes on, and may be another
        return CodeRuns(kept, beginning.guessed or language, is_whole=is_same)

    def _start_of(self, code: CodeBlock, earlier: Iterator[CodeBlock]) -> tuple[str, str] | None:
        """Language and state a piece begins with; None while what is before it is not known yet."""
        unknown: list[CodeBlock] = []
        start = (code.language, "")
        for piece in earlier:
            end = self._ends.get(id(piece))
            if end is not None and end[0] is piece:
                start = end[1:]
                break
            unknown.append(piece)
            start = (piece.language, "")
        for piece in reversed(unknown):
            found = self._known(*start, piece)
            if found is None:
                if not any(asked.code == piece.text and asked.state == start[1] for asked in self._asked.values()):
                    self._ask(*start, piece, None)
                return None
            start = (found.language or start[0], found.state)
            self._ends[id(piece)] = (piece, *start)
        while len(self._ends) > _KEPT_ENDS:
            self._ends.popitem(last=False)
        return start

    def _known(self, language: str, state: str, code: CodeBlock) -> "Colours | None":
        highlighter = self._highlighter or self._start()
        return highlighter.known(language, code.text, state)

    def _ask(self, language: str, state: str, code: CodeBlock, beginning: _Beginning | None) -> None:
        highlighter = self._highlighter or self._start()
        # Only of an open piece the end alone is read: of others the state at their end is wanted too.
        base = beginning if code.is_open and beginning is not None and beginning.safe else None
        asked = _Asked(language, state, code.text, base)
        if base is None:
            key, request = highlighter.key(language, code.text, state), (language, code.text, state)
        else:
            request = (base.guessed or language, code.text[base.safe :], base.safe_state)
            key = highlighter.key(*request)
        self._asked[key] = asked
        found = highlighter.request(*request)
        if found is not None:
            # The same end was coloured before.
            self._take(key, found)

    def _start(self) -> "Highlighter":
        # Loaded with the first code: the first window has none.
        from gigadesk.ui.highlighter import Highlighter

        self._highlighter = Highlighter(self, worker=self._worker())
        self._highlighter.highlighted.connect(self._on_highlighted)
        return self._highlighter

    def _beginning(self, language: str, state: str, code: str) -> _Beginning | None:
        found = self._beginnings.get((language, state, code.partition("\n")[0]))
        return found if found is not None and code.startswith(found.code) else None

    def _take(self, key: str, colours: "Colours") -> bool:
        asked = self._asked.pop(key, None)
        if asked is None:
            return False
        base, runs = asked.base, list(colours.runs)
        guessed, safe, safe_state = colours.language, colours.safe, colours.safe_state
        if base is not None:
            runs = [run for run in base.runs if run[0] < base.safe] + [
                (start + base.safe, length, kind) for start, length, kind in runs
            ]
            guessed = base.guessed
            safe, safe_state = (base.safe + safe, safe_state) if safe else (base.safe, base.safe_state)
        place = (asked.language, asked.state, asked.code.partition("\n")[0])
        self._beginnings.pop(place, None)
        self._beginnings[place] = _Beginning(asked.language, asked.state, asked.code, runs, guessed, safe, safe_state)
        while len(self._beginnings) > _KEPT_BEGINNINGS:
            self._beginnings.popitem(last=False)
        return True

    def _on_highlighted(self, key: str, colours: "Colours") -> None:
        if self._take(key, colours):
            self.arrived.emit()
