"""Colours of code and shapes of formulas for a page of HTML, made by the worker process before the page is written."""

import asyncio
import html
from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtCore import QObject

from gigadesk.exchange.records import MessageRecord
from gigadesk.markdown import parse
from gigadesk.markdown.blocks import Block, CodeBlock, Footnote, ItemList, Quote
from gigadesk.markdown.formula_drawing import CLOSE, CUBIC, LINE, MOVE, QUAD, UNITS
from gigadesk.markdown.formula_tex import prepared
from gigadesk.markdown.formulas import tex_of
from gigadesk.markdown.highlight import KINDS, is_colourable
from gigadesk.ui.formula_shape import read_shape
from gigadesk.ui.transcript.copy.joining import joined
from gigadesk.ui.transcript.layout.pieces import span_lists
from gigadesk.ui.worker import Answer, Worker

_LETTERS = {MOVE: ("M", 2), LINE: ("L", 2), QUAD: ("Q", 4), CUBIC: ("C", 6), CLOSE: ("Z", 0)}
_FORGET_AT = 500


class Drawings(QObject):
    """What is known of the code and the formulas of the messages at hand."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.runs: dict[tuple[str, str], Sequence[int]] = {}
        """Packed runs, by language and code."""
        self.formulas: dict[str, str] = {}
        """Pictures as SVG, by their sources."""
        self._worker = Worker(self)
        self._worker.answered.connect(self._on_answered)
        self._asked: dict[str, asyncio.Future[Answer | None]] = {}

    def close(self) -> None:
        self._worker.close()

    async def prepare(self, messages: Sequence[MessageRecord]) -> None:
        """Have everything made that these messages need."""
        if len(self.runs) + len(self.formulas) > _FORGET_AT:
            self.runs.clear()
            self.formulas.clear()
        codes, sources = await asyncio.to_thread(_wanted, messages)
        for language, code in codes:
            if (language, code) not in self.runs:
                answer = await self._ask({"language": language, "code": code})
                self.runs[language, code] = _checked_runs(answer, len(code))
        for source in sources:
            tex, is_display = tex_of(source)
            if source not in self.formulas and prepared(tex) is not None:
                answer = await self._ask({"kind": "formula", "tex": tex, "display": is_display})
                picture = _svg(answer, source) if answer is not None else ""
                if picture:
                    self.formulas[source] = picture

    async def _ask(self, request: Mapping[str, object]) -> Answer | None:
        key = f"export {len(self._asked)} {id(request)}"
        future: asyncio.Future[Answer | None] = asyncio.get_running_loop().create_future()
        self._asked[key] = future
        self._worker.ask(key, request)
        try:
            return await future
        finally:
            self._asked.pop(key, None)

    def _on_answered(self, key: str, answer: Answer | None) -> None:
        future = self._asked.get(key)
        if future is not None and not future.done():
            future.set_result(answer)


def _wanted(messages: Sequence[MessageRecord]) -> tuple[list[tuple[str, str]], list[str]]:
    codes: dict[tuple[str, str], None] = {}
    sources: dict[str, None] = {}
    for message in messages:
        texts = [message.reasoning] if message.role == "user" else [message.reasoning, message.text]
        for text in filter(None, texts):
            for block in _flat(parse(text)):
                if isinstance(block, CodeBlock):
                    if block.language and is_colourable(block.language, block.text):
                        codes[block.language, block.text] = None
                else:
                    sources.update(
                        dict.fromkeys(span.text for spans in span_lists(block) for span in spans if span.is_formula)
                    )
    return list(codes), list(sources)


def _flat(blocks: Sequence[Block]) -> Iterator[Block]:
    for block in joined(blocks):
        match block:
            case Quote() | Footnote():
                yield from _flat(block.blocks)
            case ItemList():
                for item in block.items:
                    yield from _flat(item.blocks)
            case _:
                yield block


def _checked_runs(answer: Answer | None, length: int) -> list[int]:
    """Whatever the worker says is checked: code could have got the better of it."""
    runs = answer.get("runs") if answer is not None else None
    if not isinstance(runs, list) or len(runs) % 3 or any(type(each) is not int for each in runs):
        return []
    end = 0
    for at in range(0, len(runs), 3):
        start, size, kind = runs[at : at + 3]
        if start < end or size <= 0 or start + size > length or not 0 <= kind < len(KINDS):
            return []
        end = start + size
    return runs


def _svg(answer: Answer, source: str) -> str:
    size, outline = answer.get("size"), answer.get("outline")
    shape = read_shape(size, outline)
    if shape is None or not isinstance(outline, list):
        return ""
    commands, at, x, y = [], 0, 0, 0
    while at < len(outline):
        letter, count = _LETTERS[outline[at]]
        # From the last point, as `MOVE` says; a relative command of SVG would begin elsewhere behind a `Z`.
        places = [value + (y if index & 1 else x) for index, value in enumerate(outline[at + 1 : at + 1 + count])]
        if places:
            x, y = places[-2:]
        commands.append(letter + " ".join(map(str, places)))
        at += 1 + count
    height = shape.ascent + shape.descent
    box = f"0 {-shape.ascent * UNITS:g} {shape.width * UNITS:g} {height * UNITS:g}"
    label = html.escape(source, quote=True)
    return (
        f'<svg role="img" aria-label="{label}" viewBox="{box}" style="width:{shape.width:.3f}em;height:{height:.3f}em;'
        f'vertical-align:{-shape.descent:.3f}em"><path d="{"".join(commands)}"/></svg>'
    )
