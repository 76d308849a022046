r"""The lines between the columns and rows of an `array`: `{c|c}` and `\hline`. Neither library draws them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

ATTRIBUTE = "ruled"
"""Of a table: the edges of columns, a slash, the edges of rows that have a line. The edge before the first is 0."""

_BESIDE = 0.4
_ABOVE = 0.25
"""Space between what stands at the edge of a table and the line there, in ems."""
_THICKNESS = 0.045
_TOKEN = re.compile(r"\\begin\s*\{(\w+\*?)\}|\\end\s*\{\w+\*?\}|\\hline(?![A-Za-z])|\\\\|\\.", re.DOTALL)
_COLUMNS = re.compile(r"\s*(?:\[\w\]\s*)?\{([clr|\s]*)\}")


@dataclass(slots=True)
class _Environment:
    columns: list[int] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    row: int = 0


def mark_rules(tex: str, root: "Element") -> None:
    """Tell each table of a formula which lines its source has, if it is sure which source is whose."""
    environments = _environments(tex)
    tables = list(root.iter("mtable"))
    if len(environments) != len(tables):
        return
    for environment, table in zip(environments, tables, strict=True):
        if environment.columns or environment.rows:
            table.set(ATTRIBUTE, f"{_numbers(environment.columns)}/{_numbers(environment.rows)}")


def _environments(tex: str) -> list[_Environment]:
    """In the order of their beginnings."""
    found: list[_Environment] = []
    opened: list[_Environment] = []
    for token in _TOKEN.finditer(tex):
        if token[1] is not None:
            spec = _COLUMNS.match(tex, token.end()) if token[1] == "array" else None
            opened.append(_Environment(_edges(spec[1]) if spec else []))
            found.append(opened[-1])
        elif token[0].startswith(r"\end") and opened:
            opened.pop()
        elif token[0] == r"\\" and opened:
            opened[-1].row += 1
        elif token[0] == r"\hline" and opened and opened[-1].row not in opened[-1].rows:
            opened[-1].rows.append(opened[-1].row)
    return found


def _edges(spec: str) -> list[int]:
    column, found = 0, []
    for sign in spec:
        if sign == "|":
            if column not in found:
                found.append(column)
        elif not sign.isspace():
            column += 1
    return found


def _numbers(edges: Sequence[int]) -> str:
    return " ".join(map(str, edges))


@cache
def draw_rules() -> None:
    """From now on, tables have the lines that they are marked with."""
    from ziamath.drawable import HLine, VLine
    from ziamath.nodes.mtable import Mtable

    class _RuledTable(Mtable, tag="mtable"):
        """Made instead of the library's own, which its tag is registered for."""

        def _setup(self, **kwargs: Any) -> None:
            super()._setup(**kwargs)
            columns, _, rows = self.element.get(ATTRIBUTE, "").partition("/")
            if columns or rows:
                self._rule([int(edge) for edge in columns.split()], [int(edge) for edge in rows.split()])

        def _rule(self, columns: list[int], rows: list[int]) -> None:
            em = self.size_px("1em")
            thickness = _THICKNESS * em
            across = [(x, x + node.bbox.xmax, column) for x, _, node, column, _ in self._cells()]
            down = [(y - node.bbox.ymax, y - node.bbox.ymin, row) for _, y, node, _, row in self._cells()]
            xs, left, right = _lines(across, columns, _BESIDE * em, self.bbox.xmin, self.bbox.xmax)
            ys, top, bottom = _lines(down, rows, _ABOVE * em, -self.bbox.ymax, -self.bbox.ymin)
            # The table begins at 0: what is on the left of that moves everything to the right.
            self.nodexy = [(x - left, y) for x, y in self.nodexy]
            for x in xs:
                self.nodes.append(VLine(bottom - top, thickness))
                self.nodexy.append((x - left, top))
            for y in ys:
                self.nodes.append(HLine(right - left, thickness))
                self.nodexy.append((0.0, y - thickness / 2))
            self.bbox = type(self.bbox)(0.0, right - left, -bottom, -top)

        def _cells(self) -> Iterator[tuple[float, float, Any, int, int]]:
            cells = iter(zip(list(self.nodexy), list(self.nodes), strict=True))
            for row, element in enumerate(self.element):
                for column in range(len(element)):
                    (x, y), node = next(cells)
                    yield x, y, node, column, row


def _lines(
    cells: Sequence[tuple[float, float, int]], edges: Sequence[int], beyond: float, first: float, last: float
) -> tuple[list[float], float, float]:
    """Where the lines at some edges are, and where the table begins and ends with them.

    `cells` are begin, end and number of a column or row; `first` and `last`, where the table begins and ends alone.
    """
    begins: dict[int, float] = {}
    ends: dict[int, float] = {}
    for begin, end, number in cells:
        begins[number] = min(begin, begins.get(number, begin))
        ends[number] = max(end, ends.get(number, end))
    found = []
    begin, end = first, last
    for edge in edges:
        if edge in begins and edge - 1 in ends:
            found.append((ends[edge - 1] + begins[edge]) / 2)
        elif edge == 0:
            begin = first - beyond
            found.append(begin)
        elif edge - 1 in ends:
            end = last + beyond
            found.append(end)
    return found, begin, end
