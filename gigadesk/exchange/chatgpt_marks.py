"""Marks in the answers of ChatGPT that only its own window can read: citations, names of things, formulas. Pure.

A mark stands between U+E200 and U+E201, its parts are divided by U+E202: `cite`, `turn0search0`; `entity`, a JSON list
with the kind and the name; `genui`, a JSON object that may hold a formula. `metadata.content_references` repeats each
as `matched_text` and tells its pages, or in `alt` what to write instead. In answers of 2023 a mark is `【3†source】`.
"""

import re
from collections.abc import Iterator
from typing import Any

from gigadesk.chat import Source
from gigadesk.exchange import given
from gigadesk.exchange.json_gate import load
from gigadesk.exchange.merging import cited
from gigadesk.limits import SOURCES_MAX

_PRIVATE = re.compile("[\ue000-\uf8ff]")
_NEW = "\ue200[^\ue200\ue201]{0,20000}\ue201"
_MARK = re.compile(f"{_NEW}|[\ue000-\uf8ff]")
_MARK_OR_OLD = re.compile(f"{_NEW}|【\\d{{1,5}}(?::\\d{{1,5}})?†[^【】\\n]{{0,300}}】|[\ue000-\uf8ff]")
_REFERENCES_MAX = 2000
_INNER_MAX = 50
_LISTS = ("items", "sources", "supporting_websites", "fallback_items", "refs")


def without_marks(text: str) -> str:
    """A text of the user or of a tool."""
    return _MARK.sub("", text)


def read(text: str, metadata: dict[str, Any]) -> tuple[str, tuple[Source, ...]]:
    """A text of the model with its citations as `merging.cited`, and the pages that they lead to."""
    sources: dict[str, Source] = {}
    table: dict[str, str] = {}
    references = [*given.items(metadata.get("content_references")), *given.items(metadata.get("citations"))]
    for each in references[:_REFERENCES_MAX]:
        fields = given.fields(each)
        numbers = [_number(page, sources) for page in _pages(fields)]
        mark = fields.get("matched_text")
        if isinstance(mark, str) and mark.strip():
            told = "".join(map(cited, dict.fromkeys(filter(None, numbers))))
            table[mark] = told or _words_instead(fields)
    return _MARK_OR_OLD.sub(lambda found: table[found[0]] if found[0] in table else _read_mark(found[0]), text), tuple(
        sources.values()
    )


def _pages(fields: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What a reference leads to: itself, or lists of pages in it."""
    yield given.fields(fields.get("metadata")) or fields
    for name in _LISTS:
        for each in given.items(fields.get(name))[:_INNER_MAX]:
            page = given.fields(each)
            yield page
            yield from map(given.fields, given.items(page.get("supporting_websites"))[:_INNER_MAX])


def _number(page: dict[str, Any], sources: dict[str, Source]) -> int:
    """Of the source; 0 if there is no page of the web."""
    url = given.word(page.get("url"))
    if not url.startswith(("https://", "http://")):
        return 0
    if url not in sources:
        if len(sources) >= SOURCES_MAX:
            return 0
        sources[url] = Source(len(sources) + 1, url, given.word(page.get("title")))
    return sources[url].number


def _words_instead(fields: dict[str, Any]) -> str:
    if fields.get("type") == "file":
        name = given.word(fields.get("name"), 200).replace("`", "")
        return f" (`{name}`)" if name else ""
    return _PRIVATE.sub("", given.text(fields.get("alt")))


def _read_mark(mark: str) -> str:
    """What a mark says of which nobody tells more."""
    name, *parts = mark.strip("\ue200\ue201").split("\ue202")
    if name == "url" and parts:
        return _PRIVATE.sub("", parts[0])
    if name == "entity" and parts:
        return _PRIVATE.sub("", "".join(given.word(each) for each in given.items(_json(parts[0]))[1:2]))
    if name == "genui" and parts:
        for kind, inner in given.fields(_json(parts[0])).items():
            tex = given.text(given.fields(inner).get("content"))
            if kind.startswith("math_") and tex:
                return f"\n\n$$\n{tex.strip()}\n$$\n\n"
    return ""


def _json(text: str) -> Any:
    try:
        return load(text)
    except ValueError:
        return None
