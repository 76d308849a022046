"""Lines of tables. Source: https://github.github.com/gfm/#tables-extension-."""

import re

from gigadesk.markdown.blocks import Align
from gigadesk.markdown.formulas import find_formulas

_BLANKS = " \t\n\r\f\v"
_DELIMITER_ROW = re.compile(r"[|:-][|:\- \t][|:\- \t]*")
_DELIMITER = re.compile(r":?-+:?")
_PIPE = re.compile(r"(?<!\\)\|")
_ALIGNS = {
    (False, False): Align.DEFAULT,
    (True, False): Align.LEFT,
    (False, True): Align.RIGHT,
    (True, True): Align.CENTER,
}


def read_aligns(line: str) -> tuple[Align, ...] | None:
    """The alignments a delimiter row (`|:--|--:|`) gives, or None if the line is none."""
    if not _DELIMITER_ROW.fullmatch(line) or (line[0] == "-" and line[1] in " \t"):
        return None
    columns = line.split("|")
    aligns = []
    for index, column in enumerate(columns):
        text = column.strip(_BLANKS)
        if not text and index in {0, len(columns) - 1}:
            continue
        if not _DELIMITER.fullmatch(text):
            return None
        aligns.append(_ALIGNS[text.startswith(":"), text.endswith(":")])
    return tuple(aligns)


def split_row(line: str) -> list[str]:
    r"""The cells of a row; `\|` does not part cells, and no bar in a formula does."""
    cells = _split(line.strip(_BLANKS))
    if cells and not cells[0]:
        del cells[0]
    if cells and not cells[-1]:
        del cells[-1]
    return [cell.strip(_BLANKS) for cell in cells]


def _split(line: str) -> list[str]:
    formulas = find_formulas(line)
    if not formulas:
        return [cell.replace("\\|", "|") for cell in _PIPE.split(line)]
    cells = [""]
    place = 0
    for formula in formulas:
        first, *others = _PIPE.split(line[place : formula.start])
        cells[-1] += first.replace("\\|", "|")
        cells += [cell.replace("\\|", "|") for cell in others]
        cells[-1] += line[formula.start : formula.end]
        place = formula.end
    first, *others = _PIPE.split(line[place:])
    cells[-1] += first.replace("\\|", "|")
    return cells + [cell.replace("\\|", "|") for cell in others]
