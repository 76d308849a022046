"""Reads code by a lexer of Pygments a piece at a time: each piece begins in the state in which the one before ended.

Pygments itself reads whole texts. Here its tables are walked by our own loop, so that the stack of states is known at
every line, and with an eye on what its rules take as one token only when they see the end of it (`/* ... */`, a here
document): such a token may begin in one piece and end in another.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pygments.lexer import Lexer, RegexLexer

Token = tuple[int, Any, str]
State = dict[str, Any]
"""Of plain lexers `stack`, and `open`, the begin of a token whose end has not come yet. Of others what they keep."""

_BLOCK_COMMENT = (re.compile(r"/\*"), "*/", "Comment")
_OPENINGS: dict[str, tuple[tuple[re.Pattern[str], str, str], ...]] = {
    "/*": (_BLOCK_COMMENT,),
    "go": (_BLOCK_COMMENT, (re.compile("`"), "`", "String")),
    "<": ((re.compile("<!--"), "-->", "Comment"), (re.compile(r"<!\[CDATA\["), "]]>", "Comment")),
    "bash": ((re.compile(r"<<-?[ \t]*(['\"]?)\\?(\w+)\1[^\n]*\n"), "\n{2}", "String"),),
    "php": (_BLOCK_COMMENT, (re.compile(r"<<<[ \t]*(['\"]?)([A-Za-z_]\w*)\1\n"), "\n{2}", "String")),
    "ruby": (
        (re.compile(r"<<[~-]?(['\"`]?)([A-Z_]\w*)\1[^\n]*\n"), "\n{2}", "String"),
        (re.compile(r"^=begin\b[^\n]*\n", re.MULTILINE), "\n=end", "Comment"),
    ),
    "lua": ((re.compile(r"--\[(=*)\["), "]{1}]", "Comment"), (re.compile(r"\[(=*)\["), "]{1}]", "String")),
    "powershell": ((re.compile("<#"), "#>", "Comment"),),
}
_C_LIKE = """
    c cpp csharp css dart java javascript jsx kotlin less objective-c scala scss solidity tsx typescript
"""
_OWN = ("go", "bash", "php", "ruby", "lua", "powershell")
_OPENINGS_OF = dict.fromkeys(_C_LIKE.split(), "/*") | {"html": "<", "xml": "<"} | {name: name for name in _OWN}
"""What begins a long token, its end, and its kind, by the first name of a lexer. The others have states for theirs."""

_IN_TEXT = re.compile("str|interp|comment|regex|quot|qs|text|doc", re.IGNORECASE)
"""States inside of texts, where nothing else begins."""
_SYSTEM_TYPE = re.compile(r"[a-z]\w*_t")
_OPEN_MAX_CHARS = 200


@dataclass(slots=True)
class Reading:
    """What came of a piece."""

    tokens: list[Token] = field(default_factory=list)
    state: State = field(default_factory=dict)
    safe: int = 0
    safe_state: State = field(default_factory=dict)


def read(lexer: "Lexer", code: str, state: State) -> Reading:
    """Read a piece that begins on a new line. Positions of tokens count from its begin."""
    from pygments.lexer import RegexLexer

    if isinstance(lexer, RegexLexer):
        return _Walk(lexer, code, state).read()
    # The last line end is what some lexers need; none of them may change the text before, as `get_tokens` would.
    return Reading(list(lexer.get_tokens_unprocessed(code + "\n")))  # of JSON and sessions, whose lines stand alone


def _context(lexer: "RegexLexer", text: str, state: State) -> Any:
    """What some lexers keep beside their stack: all of it is carried on. None for the others."""
    from pygments.lexer import ExtendedRegexLexer, LexerContext
    from pygments.lexers.data import YamlLexer, YamlLexerContext

    if not isinstance(lexer, ExtendedRegexLexer):
        return None
    context: Any = (YamlLexerContext if isinstance(lexer, YamlLexer) else LexerContext)(text, 0)
    for name, value in _kept(context).items():
        if isinstance(found := state.get(name, value), type(value) if value is not None else int):
            setattr(context, name, found)
    return context


def _kept(context: Any) -> State:
    if context is None:
        return {}
    return {name: value for name, value in vars(context).items() if name not in {"text", "pos", "end", "stack"}}


class _Walk:
    """One way through a piece."""

    def __init__(self, lexer: "RegexLexer", code: str, state: State) -> None:
        self._lexer = lexer
        self._tables: dict[str, Any] = lexer._tokens  # type: ignore[attr-defined]  # the tables behind `tokens`
        name = lexer.aliases[0] if lexer.aliases else ""
        self._openings = _OPENINGS.get(_OPENINGS_OF.get(name, ""), ())
        self._has_system_types = name in {"c", "cpp", "objective-c"}
        opening = state.get("open", "")
        self._begin = opening[: _OPEN_MAX_CHARS + 1] if isinstance(opening, str) else ""
        self._text = self._begin + code + "\n"
        stack = state.get("stack")
        self._stack = [each for each in stack if each in self._tables] if isinstance(stack, list) else []
        self._stack = self._stack or ["root"]
        self._context = _context(lexer, self._text, state)
        self._reading = Reading()
        # More at the end may change the meaning of the line before it.
        last_line = code.rfind("\n") + 1
        self._last_safe = len(self._begin) + code.rfind("\n", 0, max(0, last_line - 1)) + 1

    def read(self) -> Reading:
        reading, shift = self._reading, len(self._begin)
        for start, token, text in self._tokens():
            reading.tokens.append((start - shift, token, text))
        return reading

    def _tokens(self) -> Iterator[Token]:
        from pygments.token import Comment, Error, Keyword, Name, _TokenType

        text, position = self._text, 0
        rules = self._tables[self._stack[-1]]
        # At the end no rule is tried: one that takes nothing would leave a state in which the next piece goes on.
        while position < len(text):
            if (opening := self._opening_at(position)) is not None:
                self._leave_open(position, opening)
                yield position, Comment if opening[1] == "Comment" else _string(), text[position:]
                return
            for match, action, new_state in rules:
                found = match(text, position)
                if not found:
                    continue
                if action is None:
                    position = found.end()
                elif type(action) is _TokenType:
                    value = found.group()
                    is_type = self._has_system_types and action is Name and _SYSTEM_TYPE.fullmatch(value)
                    yield position, Keyword.Type if is_type else action, value
                    position = found.end()
                elif self._context is None:
                    yield from action(self._lexer, found)
                    position = found.end()
                else:
                    self._context.pos, self._context.stack = position, self._stack
                    yield from action(self._lexer, found, self._context)
                    position = self._context.pos
                    rules = self._tables[self._stack[-1]]
                if new_state is not None:
                    self._move(new_state)
                    rules = self._tables[self._stack[-1]]
                break
            else:
                if text[position] == "\n":
                    self._stack = ["root"]
                    rules = self._tables["root"]
                else:
                    yield position, Error, text[position]
                position += 1
            self._note(position)
        self._reading.state = self._state()

    def _note(self, position: int) -> None:
        """Remember a line from which on this piece can be read again."""
        shift = len(self._begin)
        if shift < position <= self._last_safe and self._text[position - 1] == "\n":
            self._reading.safe = position - shift
            self._reading.safe_state = self._state()

    def _state(self) -> State:
        state = {"stack": self._stack.copy(), **_kept(self._context)}
        return {} if state == {"stack": ["root"]} else {name: _copied(value) for name, value in state.items()}

    def _opening_at(self, position: int) -> tuple[str, str] | None:
        """The begin of a token at this place whose end has not come, and its kind."""
        for pattern, closing, kind in self._openings:
            found = pattern.match(self._text, position)
            if found and not _IN_TEXT.search(self._stack[-1]):
                end = closing.format("", *found.groups()) if "{" in closing else closing
                start = found.end() - 1 if end.startswith("\n") else found.end()
                if _find_end(self._text, end, start) < 0:
                    # Between the begin and the end of a here document there is a line end of its own.
                    return found.group()[:_OPEN_MAX_CHARS] + ("\n" if end.startswith("\n") else ""), kind
        return None

    def _leave_open(self, position: int, opening: tuple[str, str]) -> None:
        reading, shift = self._reading, len(self._begin)
        reading.state = {**self._state(), "stack": self._stack.copy(), "open": opening[0]}
        if self._last_safe >= position + len(opening[0]) and self._last_safe > shift:
            reading.safe, reading.safe_state = self._last_safe - shift, reading.state

    def _move(self, new_state: Any) -> None:
        stack = self._stack
        if isinstance(new_state, tuple):
            for each in new_state:
                if each == "#pop":
                    if len(stack) > 1:
                        stack.pop()
                else:
                    stack.append(stack[-1] if each == "#push" else each)
        elif isinstance(new_state, int):
            del stack[max(1, len(stack) + new_state) :]
        elif new_state == "#push":
            stack.append(stack[-1])


def _find_end(text: str, end: str, start: int) -> int:
    if not end.startswith("\n"):
        return text.find(end, start)
    found = re.compile(rf"\n[ \t]*{re.escape(end[1:])}\b").search(text, start)
    return found.start() if found else -1


def _copied(value: Any) -> Any:
    return value.copy() if isinstance(value, list) else value


def _string() -> Any:
    from pygments.token import String

    return String
