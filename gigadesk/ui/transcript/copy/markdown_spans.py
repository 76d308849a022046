"""Running text as Markdown: the marks of its styles, and escapes where a character would mean something. Pure."""

import re
from collections.abc import Callable

from gigadesk.markdown.blocks import Span
from gigadesk.ui.transcript.layout.pieces import Cell

_ALWAYS = re.compile(r"[\\`\[]|~(?=~)|(?<=~)~")
_EMPHASIS = re.compile(r"[*_]+")
_HTML = re.compile(r"<(?=[A-Za-z/!?])|&(?=#?\w{1,32};)")
_LINE_START = re.compile(r"^[ \t]*([#>|]|[-+*:=](?=[-+*=\s|:]|$)|\d{1,9}(?=[.)](?:\s|$))|~~~)")
_INSIDE_LINK = re.compile(r"\]")
_BARE_TARGET = re.compile(r"[^\s<>()\\|]+")
_ENCODED = {ord(character): f"%{ord(character):02X}" for character in "<>|\\"}
_FLAGS: tuple[tuple[Callable[[Span], bool], str], ...] = (
    (lambda span: span.is_bold, "**"),
    (lambda span: span.is_italic, "*"),
    (lambda span: span.is_strike, "~~"),
)


def spans_text(spans: Cell, *, is_cell: bool = False) -> str:
    """Markdown that reads back as these spans; in the cell of a table, bars are escaped."""
    parts: list[str] = []
    is_line_start = not is_cell
    index = 0
    while index < len(spans):
        # All spans of one link stand in one pair of brackets.
        last = index + 1
        link = "" if spans[index].is_image else spans[index].link
        while last < len(spans) and not spans[last].is_image and spans[last].link == link and not spans[index].is_image:
            last += 1
        parts.append(_linked(spans[index:last], link, is_line_start=is_line_start, is_cell=is_cell))
        is_line_start = is_line_start and not parts[-1].strip()
        index = last
    # A break at the end breaks nothing.
    return "".join(parts).strip(" \t").removesuffix("\\\n").rstrip(" \t")


def escaped(text: str) -> str:
    """Text without a meaning in Markdown, in the middle of a line."""
    text = _ALWAYS.sub(r"\\\g<0>", text)
    text = _EMPHASIS.sub(_escape_emphasis, text)
    if text.count("$") > 1:
        text = text.replace("$", "\\$")
    return _HTML.sub(r"\\\g<0>", text)


def _linked(spans: Cell, link: str, *, is_line_start: bool, is_cell: bool) -> str:
    if spans[0].is_image:
        return "".join(f"![{_bracketed(escaped(span.text))}]({_target(span.link)})" for span in spans)
    if not link:
        return _styled(spans, is_line_start=is_line_start, is_cell=is_cell)
    text = "".join(span.text for span in spans)
    is_plain = all(not any(flag(span) for flag, _ in _FLAGS) and not span.is_code for span in spans)
    if is_plain and text == link and "://" in link and _BARE_TARGET.fullmatch(link):
        return f"<{link}>"
    if is_plain and link.endswith(text) and link.removesuffix(text) in {"http://", "https://", "mailto:"}:
        return text  # it became a link by itself
    styled = _styled(spans, is_line_start=False, is_cell=is_cell)
    before, after = styled[: len(styled) - len(styled.lstrip())], styled[len(styled.rstrip()) :]
    return f"{before}[{_bracketed(styled.strip())}]({_target(link)}){after}"


def _bracketed(text: str) -> str:
    """Text between square brackets: those in it are escaped, but not those in code."""
    return "".join(
        part if part.startswith("`") else _INSIDE_LINK.sub(r"\\]", part)
        for part in re.split(r"((?<!\\)`+[^`]+`+)", text)
    )


def _target(link: str) -> str:
    if link and _BARE_TARGET.fullmatch(link):
        return link
    encoded = link.translate(_ENCODED)
    return f"<{encoded}>" if link else ""


def _styled(spans: Cell, *, is_line_start: bool, is_cell: bool) -> str:
    """Marks are opened and closed where a style begins and ends, never around blanks."""
    done: list[str] = []
    written = ""  # behind what is done: marks may still be put before the blanks at its end
    opened: list[str] = []
    for index, span in enumerate(spans):
        is_first = is_line_start and not written and not done and not any(flag(span) for flag, _ in _FLAGS)
        text = _text(span, is_line_start=is_first, is_cell=is_cell)
        if not text:
            continue
        wanted = [mark for flag, mark in _FLAGS if flag(span)]
        if not text.strip() and all(mark in opened for mark in wanted):
            wanted = [mark for mark in opened if mark in wanted] if wanted else wanted
        keep = 0
        while keep < len(opened) and opened[keep] in wanted:
            keep += 1
        if keep < len(opened):
            body = written.rstrip(" \t\n") if not written.endswith("\\\n") else written
            blanks = written[len(body) :]
            written = body + "".join(reversed(opened[keep:])) + blanks
            del opened[keep:]
        new = sorted((mark for mark in wanted if mark not in opened), key=lambda mark: -_lasts(spans, index, mark))
        if new:
            inner = text.lstrip(" \t")
            if not inner:
                written += text
                continue
            written += text[: len(text) - len(inner)] + "".join(new)
            text = inner
            opened.extend(new)
        written += text
        sure = len(written.rstrip(" \t\n")) - 1
        if sure > 0:
            done.append(written[:sure])
            written = written[sure:]
    body = written.rstrip(" \t\n")
    return "".join(done) + body + "".join(reversed(opened)) + written[len(body) :]


def _lasts(spans: Cell, index: int, mark: str) -> int:
    """For how many spans a style goes on: what is closed last is opened first."""
    has = next(flag for flag, each in _FLAGS if each == mark)
    count = 0
    while index + count < len(spans) and has(spans[index + count]):
        count += 1
    return count


def _text(span: Span, *, is_line_start: bool, is_cell: bool) -> str:
    if span.footnote:
        return f"[^{span.footnote}]"
    if span.is_formula:
        return span.text  # a bar inside of a formula parts no cells
    text = _code(span.text) if span.is_code else _lines(span.text, is_line_start=is_line_start)
    return text.replace("|", "\\|") if is_cell else text


def _code(text: str) -> str:
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    is_tight = text[:1] != "`" and text[-1:] != "`" and not (text.strip() and text[:1] == text[-1:] == " ")
    return f"{fence}{text}{fence}" if is_tight else f"{fence} {text} {fence}"


def _escape_emphasis(found: re.Match[str]) -> str:
    text, start, end = found.string, found.start(), found.end()
    before, after = text[start - 1 : start], text[end : end + 1]
    if before.isspace() and after.isspace():
        return found[0]
    if found[0][0] == "_" and set(found[0]) == {"_"} and before.isalnum() and after.isalnum():
        return found[0]
    return "".join(f"\\{mark}" for mark in found[0])


def _lines(text: str, *, is_line_start: bool) -> str:
    """Text with its hard breaks; at the beginning of a line, more has a meaning."""
    first, *others = escaped(text).split("\n")
    if is_line_start:
        first = _LINE_START.sub(_escape_line_start, first)
    return "\\\n".join([first, *(_LINE_START.sub(_escape_line_start, line.lstrip(" \t")) for line in others)])


def _escape_line_start(found: re.Match[str]) -> str:
    mark = found[1]
    # Blanks at the beginning of a line mean code, or nothing.
    return f"{mark}\\" if mark.isdigit() else f"\\{mark}"
