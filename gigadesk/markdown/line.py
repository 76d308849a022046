"""A cursor over one line that counts columns, as block structure is defined in columns and tabs reach to every fourth.

Source of the arithmetic: https://spec.commonmark.org/0.31.2/#tabs
"""

import re

_BLANKS = re.compile(r"[ \t]*")
_TAB_STOP = 4


class Line:
    """One line without its end."""

    __slots__ = (
        "_has_tabs",
        "_partial_tab",
        "char",
        "column",
        "indent",
        "is_blank",
        "is_long",
        "nonspace",
        "offset",
        "start",
        "text",
    )

    def __init__(self, text: str, start: int, *, is_long: bool = False) -> None:
        self.text = text
        self.start = start
        """Offset of the line in the message."""
        self.is_long = is_long
        """Only the first part of a line that is too long to look at as a whole."""
        self.offset = 0
        self.column = 0
        self.nonspace = 0
        """Position of the first character behind the blanks after `offset`."""
        self.char = ""
        """The first character behind the blanks; empty at the end."""
        self.is_blank = False
        self.indent = 0
        """Columns of those blanks."""
        self._has_tabs = "\t" in text
        self._partial_tab = False
        self._look()

    @property
    def is_indented(self) -> bool:
        """Far enough for an indented code block."""
        return self.indent >= 4

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    def skip(self, columns: int) -> None:
        """Go on by that many columns, which may end inside of a tab."""
        if not self._has_tabs:
            self.offset = min(self.offset + columns, len(self.text))
            self.column += columns
        else:
            while columns > 0 and self.offset < len(self.text):
                if self.text[self.offset] != "\t":
                    self._partial_tab = False
                    self.offset += 1
                    self.column += 1
                    columns -= 1
                    continue
                width = _TAB_STOP - self.column % _TAB_STOP
                self._partial_tab = width > columns
                step = min(width, columns)
                self.column += step
                self.offset += 0 if self._partial_tab else 1
                columns -= step
        self._look()

    def skip_blanks(self) -> None:
        self.column += self.indent
        self.offset = self.nonspace
        self._partial_tab = False
        self.indent = 0

    def skip_to(self, position: int) -> None:
        """Go on to a position behind the blanks; characters in between count one column each."""
        self.skip_blanks()
        self.column += position - self.offset
        self.offset = position
        self._look()

    def rest(self) -> str:
        """What is left, a tab begun by a container's prefix as the blanks that are left of it."""
        if self._partial_tab:
            return " " * (_TAB_STOP - self.column % _TAB_STOP) + self.text[self.offset + 1 :]
        return self.text[self.offset :]

    def _look(self) -> None:
        found = _BLANKS.match(self.text, self.offset)
        nonspace = self.nonspace = found.end() if found else self.offset
        self.char = self.text[nonspace : nonspace + 1]
        self.is_blank = not self.char
        if not self._has_tabs:
            self.indent = self.nonspace - self.offset
            return
        column = self.column
        for position in range(self.offset, self.nonspace):
            column += _TAB_STOP - column % _TAB_STOP if self.text[position] == "\t" else 1
        self.indent = column - self.column
