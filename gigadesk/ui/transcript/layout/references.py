"""Numbers in square brackets that lead to the sources of an answer. Pure."""

import re
from collections.abc import Mapping
from dataclasses import replace

from gigadesk.chat import Message
from gigadesk.markdown.blocks import Span
from gigadesk.ui.transcript.layout.pieces import Cell

_NONE: Mapping[int, str] = {}
_REFERENCE = re.compile(r"\[(\d{1,3})\]")


def with_references(spans: Cell, references: Mapping[int, str]) -> Cell:
    """The same text, in which `[2]` is a link if a source has that number. Code and links stay as they are."""
    if not any("[" in span.text for span in spans):
        return spans
    result: list[Span] = []
    for span in spans:
        if span.is_code or span.link or span.is_image or span.is_formula:
            result.append(span)
        else:
            result.extend(_split(span, references))
    return tuple(result)


def references_of(message: Message) -> Mapping[int, str]:
    """Where the numbers in the text of an answer lead."""
    return _NONE if not message.sources else {source.number: source.url for source in message.sources}


def _split(span: Span, references: Mapping[int, str]) -> list[Span]:
    result: list[Span] = []
    place = 0
    for found in _REFERENCE.finditer(span.text):
        target = references.get(int(found[1]))
        if target:
            if found.start() > place:
                result.append(replace(span, text=span.text[place : found.start()]))
            result.append(replace(span, text=found[0], link=target))
            place = found.end()
    if place < len(span.text):
        result.append(replace(span, text=span.text[place:]))
    return result
