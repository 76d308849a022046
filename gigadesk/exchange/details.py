"""What Open WebUI keeps in the text of an answer as `<details type="...">`: thoughts, calls of tools, code. Pure.

An element has its facts in attributes, escaped as HTML; for thoughts, and for code, what counts is inside. What else is
in a text, also such tags that do not end, stays as it is.
"""

import html
import re

from gigadesk.exchange.chatgpt import fenced
from gigadesk.exchange.json_gate import load

_BEGINNING = re.compile(r"<details\s+type=\"(reasoning|tool_calls|code_interpreter)\"")
_ATTRIBUTE = re.compile(r'\s*([\w-]{1,40})="([^"]*)"')
_END = "</details>"
_THINK_MARKS = ("think", "thinking", "thought")
_SUMMARY, _SUMMARY_END = "<summary>", "</summary>"


def read_details(text: str) -> tuple[str, str, float | None]:
    """The answer, what was thought before it, and for how long."""
    text, thought = _without_marks(text)
    if "<details" not in text:
        return text, thought, None
    thoughts: list[str] = [thought]
    seconds: float | None = None
    parts: list[str] = []
    done = 0
    for match in _BEGINNING.finditer(text):
        if match.start() < done:
            continue
        facts, inside = _attributes(text, match.end())
        # Searched for by hand: an expression for all of it takes hours where there is no end.
        end = text.find(_END, inside) if inside else -1
        if inside and end < 0:
            break
        if not inside:
            continue
        parts.append(text[done : match.start()])
        done = end + len(_END)
        body = _body(text[inside:end])
        if match[1] == "reasoning":
            lines = html.unescape(body).strip().split("\n")
            thoughts.append("\n".join(line.removeprefix(">").removeprefix(" ") for line in lines))
            duration = facts.get("duration", "")
            if duration.isdecimal() and len(duration) <= 6:
                seconds = (seconds or 0.0) + float(duration)
        else:
            parts.append(_call(facts) if match[1] == "tool_calls" else _code(facts, body))
    if not done:
        return text, thought, None
    parts.append(text[done:])
    answer = "\n\n".join(filter(None, (part.strip("\n \t") for part in parts)))
    return answer, "\n\n".join(filter(None, thoughts)), seconds


def _without_marks(text: str) -> tuple[str, str]:
    """The answer, and what was thought before it between `<think>` and its end, as versions of 2024 keep it."""
    inside = text.lstrip()
    for mark in _THINK_MARKS:
        if inside.startswith(f"<{mark}>"):
            thought, end, answer = inside.removeprefix(f"<{mark}>").partition(f"</{mark}>")
            if end:
                return answer.lstrip("\n"), thought.strip()
    return text, ""


def _attributes(text: str, place: int) -> tuple[dict[str, str], int]:
    """Those that follow, and where the inside of the element begins; 0 if it is none."""
    facts: dict[str, str] = {}
    while (match := _ATTRIBUTE.match(text, place)) is not None:
        facts[match[1]] = html.unescape(match[2])
        place = match.end()
    while text[place : place + 1].isspace():
        place += 1
    return (facts, place + 1) if text[place : place + 1] == ">" else ({}, 0)


def _body(inside: str) -> str:
    inside = inside.lstrip()
    return inside.partition(_SUMMARY_END)[2] if inside.startswith(_SUMMARY) and _SUMMARY_END in inside else inside


def _call(facts: dict[str, str]) -> str:
    """A tool that was called, with what, and what it gave."""
    name, given, result = (facts.get(key, "").strip() for key in ("name", "arguments", "result"))
    shown = f"`{name.replace('`', '')}`" if name else ""
    return "\n\n".join(filter(None, (shown, fenced(_plain(given), "json"), fenced(_plain(result), "text"))))


def _code(facts: dict[str, str], body: str) -> str:
    """Code that was run, and what it printed."""
    output = facts.get("output", "").strip()
    return "\n\n".join(filter(None, (html.unescape(body).strip(), fenced(_plain(output), "text"))))


def _plain(text: str) -> str:
    """A JSON string is shown as what it says."""
    try:
        value = load(text) if text.startswith('"') else text
    except ValueError:
        return text
    return value if isinstance(value, str) else text
