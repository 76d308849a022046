"""A text that matches a regular expression: the shortest and plainest one. Pure.

Reads the syntax of Python's `re` as far as people use it to describe an answer: characters, classes, groups,
alternatives, repetitions, anchors. Look-arounds count as matched, back references repeat their group.
"""

import re

REPEAT_MAX = 1000
_CLASSES = {"d": "1", "w": "a", "s": " ", "D": "a", "W": "-", "S": "a", "n": "\n", "t": "\t", "r": "\r"}
_ANCHORS = frozenset("AbBZ")


def matching(pattern: str) -> str:
    """The text.

    Raises:
        re.error: this is no regular expression.
        RecursionError: its groups are nested too deeply.
        OverflowError: it repeats too often.
    """
    re.compile(pattern)
    return _Reader(pattern).alternatives()


class _Reader:
    """Walks over a pattern that is known to be sound."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._at = 0
        self._groups: list[str] = []
        self._names: dict[str, int] = {}

    def alternatives(self) -> str:
        """The first alternative, up to the end of the group or of the pattern."""
        first = self._sequence()
        while self._peek() == "|":
            self._at += 1
            self._sequence()
        return first

    def _sequence(self) -> str:
        written: list[str] = []
        while self._peek() not in {"", "|", ")"}:
            written.append(self._repeated(self._atom()))
        return "".join(written)

    def _repeated(self, atom: str) -> str:
        found = re.compile(r"(?:([*?+])|\{(\d*)(?:(,)(\d*))?\})[?+]?").match(self._pattern, self._at)
        if not found or found.group() in {"{}", "{,}"}:
            return atom
        self._at = found.end()
        if found.group(1):
            return atom if found.group(1) == "+" else ""
        times = int(found.group(2) or 0)
        if times > REPEAT_MAX:
            raise OverflowError
        return atom * times

    def _atom(self) -> str:
        sign = self._take()
        if sign == "(":
            return self._group()
        if sign == "[":
            return self._class()
        if sign == "\\":
            return self._escape()
        if sign in "^$":
            return ""
        return "a" if sign == "." else sign

    def _group(self) -> str:
        number = -1
        if self._pattern.startswith("?#", self._at):
            self._at = self._pattern.index(")", self._at) + 1
            return ""
        if reference := self._eaten(r"\?P=(\w+)\)"):
            return self._groups[self._names[reference]]
        is_look = self._eaten(r"\?(<?[=!])")
        if name := self._eaten(r"\?P<(\w+)>"):
            self._names[name] = len(self._groups)
        if name or (not is_look and self._peek() != "?"):
            number = len(self._groups)
            self._groups.append("")
        elif not is_look:
            flags = self._eaten(r"\?([aiLmsux-]*[:)>]|>)")
            if flags.endswith(")"):
                return ""
        written = self.alternatives()
        self._at += 1
        if number >= 0:
            self._groups[number] = written
        return "" if is_look else written

    def _class(self) -> str:
        is_negated = bool(self._eaten(r"(\^)"))
        start = self._at
        first = self._escape() if self._take() == "\\" else self._pattern[self._at - 1]
        while self._take() != "]":
            if self._pattern[self._at - 1] == "\\":
                self._at += 1
        if not is_negated:
            return first
        refused = re.compile("[" + self._pattern[start : self._at])
        return next((sign for sign in map(chr, range(32, 0x500)) if not refused.match(sign)), "")

    def _escape(self) -> str:
        if number := self._eaten(r"([1-9]\d?)"):
            return self._groups[int(number) - 1]
        if code := self._eaten(r"x([0-9a-fA-F]{2})") or self._eaten(r"u([0-9a-fA-F]{4})"):
            return chr(int(code, 16))
        sign = self._take()
        return "" if sign in _ANCHORS else _CLASSES.get(sign, sign)

    def _eaten(self, what: str) -> str:
        """What stands here, if it is this; its first group."""
        found = re.compile(what).match(self._pattern, self._at)
        if not found:
            return ""
        self._at = found.end()
        return found.group(1)

    def _peek(self) -> str:
        return self._pattern[self._at : self._at + 1]

    def _take(self) -> str:
        sign = self._peek()
        self._at += 1
        return sign
