"""The user's own text as blocks: shown letter by letter as it was typed, code fences apart. Pure."""

import re

from gigadesk.limits import PARAGRAPH_MAX_CHARS
from gigadesk.markdown.blocks import Block, CodeBlock, Paragraph, Source, Span

_FENCE = re.compile(r"^```[ \t]*([\w+#.-]*)[^\n`]*\n(.*?)(?:^```[ \t]*$\n?|\Z)", re.MULTILINE | re.DOTALL)


def plain_blocks(text: str) -> list[Block]:
    """Paragraphs and fenced code of a text in which nothing else has a meaning."""
    blocks: list[Block] = []
    place = 0
    for fence in _FENCE.finditer(text):
        _add_paragraphs(blocks, text, place, fence.start())
        code = fence[2].removesuffix("\n")
        _add_code(blocks, fence[1].lower(), code, fence.start(), fence.end(), fence.start(2))
        place = fence.end()
    _add_paragraphs(blocks, text, place, len(text))
    return blocks


def _add_paragraphs(blocks: list[Block], text: str, start: int, end: int) -> None:
    while start < end and text[start] == "\n":
        start += 1
    while end > start and text[end - 1] in "\n ":
        end -= 1
    is_first = True
    while start < end:
        last = end
        if end - start > PARAGRAPH_MAX_CHARS:
            middle = start + PARAGRAPH_MAX_CHARS // 2
            last = text.rfind("\n", middle, start + PARAGRAPH_MAX_CHARS) + 1
            if not last:
                last = text.rfind(" ", middle, start + PARAGRAPH_MAX_CHARS) + 1 or start + PARAGRAPH_MAX_CHARS
        shown = text[start:last].removesuffix("\n") if last < end else text[start:last]
        blocks.append(Paragraph((Span(shown),), Source(start, last), continues=not is_first))
        is_first = False
        start = last


def _add_code(blocks: list[Block], language: str, code: str, start: int, end: int, code_start: int) -> None:
    place = 0
    is_first, joins_line = True, False
    while True:
        last = len(code)
        if last - place > PARAGRAPH_MAX_CHARS:
            last = code.rfind("\n", place, place + PARAGRAPH_MAX_CHARS)
            last = last if last > place else place + PARAGRAPH_MAX_CHARS
        is_last = last == len(code)
        source = Source(start if is_first else code_start + place, end if is_last else code_start + last)
        piece = code[place:last]
        blocks.append(CodeBlock(language, piece, source, continues=not is_first, joins_line=joins_line))
        if is_last:
            return
        is_first = False
        joins_line = code[last] != "\n"
        place = last if joins_line else last + 1
