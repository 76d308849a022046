"""A chat as one page of HTML that needs nothing else: no script, no address is ever loaded. Everything is escaped.

Colours of code and shapes of formulas were made before (`html_drawings.py`); without them, code and source stand there.
"""

import base64
import html
from collections.abc import Callable, Sequence
from pathlib import Path

from gigadesk.chat import FileKind, Role, Status
from gigadesk.exchange.records import ChatRecord, FileRecord, MessageRecord
from gigadesk.exchange.text_writer import DocumentWords, exact_moment
from gigadesk.limits import IMAGE_FILE_MAX_BYTES
from gigadesk.markdown import parse
from gigadesk.markdown.blocks import (
    Align,
    Block,
    CodeBlock,
    Footnote,
    Formula,
    Heading,
    ItemList,
    ListItem,
    Paragraph,
    Quote,
    Rule,
    Span,
    Table,
)
from gigadesk.markdown.highlight import unpack
from gigadesk.markdown.languages import proper_name
from gigadesk.ui.exchange.html_drawings import Drawings
from gigadesk.ui.exchange.html_style import STYLE
from gigadesk.ui.transcript.copy.html_writer import CONTROLS, LINK_BEGINNINGS
from gigadesk.ui.transcript.copy.joining import joined
from gigadesk.ui.transcript.copy.table_texts import is_number
from gigadesk.ui.transcript.layout.pieces import Cell, shown
from gigadesk.ui.transcript.layout.table_builder import aligns_of, runs_right_to_left

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_PICTURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
    (b"RIFF", "image/webp"),
)
"""By their first bytes; what a file says of itself counts for nothing."""


class HtmlDocument:
    """`find` gives where the bytes of a file lie, `say_time` a time as the user writes it; it is called in a thread."""

    ending = ".html"

    def __init__(
        self,
        words: DocumentWords,
        language: str,
        drawings: Drawings,
        find: Callable[[str], Path | None],
        say_time: Callable[[float], str],
    ) -> None:
        self._words = words
        self._language = language
        self._drawings = drawings
        self._find = find
        self._say_time = say_time

    def begin(self, chat: ChatRecord) -> str:
        title = _text(chat.title or self._words.untitled)
        about = f"{_text(self._words.created)} {self._time(chat.created_at)}"
        if chat.model:
            about += f" · {_text(self._words.model)} {_text(chat.model)}"
        return (
            f'<!DOCTYPE html>\n<html lang="{_text(self._language)}">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            '<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">\n'
            f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n"
            f'<header><h1>{title}</h1><p class="about">{about}</p></header>\n'
        )

    def message(self, message: MessageRecord, number: int, parent: int | None) -> str:
        words = self._words
        kind = "user" if message.role == Role.USER else "assistant"
        parts = [f'<article class="{kind}" id="m{number}"><h2>{_text(words.author(message))}']
        parts.append(f" {self._time(message.created_at)}</h2>")
        if parent is not None:
            note = words.answers_to.format(number=number, parent=parent)
            parts.append(f'<p class="note"><a href="#m{parent}">{_text(note)}</a></p>')
        if message.reasoning:
            inner = _Blocks(self._drawings, f"t{number}").blocks(parse(message.reasoning))
            parts.append(f"<details><summary>{_text(words.thoughts)}</summary>{inner}</details>")
        if message.role == Role.USER:
            parts.append(f'<div class="said">{_text(message.text)}</div>' if message.text else "")
        else:
            parts.append(_Blocks(self._drawings, f"f{number}").blocks(parse(message.text)))
        parts.extend(self._file(file) for file in message.files)
        if message.sources:
            items = "".join(
                f'<li value="{each.number}">{_link(each.url, _text(each.title or each.url))}</li>'
                for each in message.sources
            )
            parts.append(f'<section class="sources"><h3>{_text(words.sources)}</h3><ol>{items}</ol></section>')
        if message.role != Role.USER and message.status != Status.DONE:
            end = words.failed if message.status == Status.FAILED else words.stopped
            parts.append(f'<p class="note">{_text(end)}</p>')
        return "".join(parts) + "</article>\n"

    def end(self) -> str:
        return "</main>\n</body>\n</html>\n"

    def _time(self, time_s: float) -> str:
        """For people, and for programs."""
        return f'<time datetime="{exact_moment(time_s)}">{_text(self._say_time(time_s))}</time>'

    def _file(self, file: FileRecord) -> str:
        name = _text(file.name)
        path = self._find(file.digest) if file.kind == FileKind.IMAGE and file.digest else None
        if path is not None and path.stat().st_size <= IMAGE_FILE_MAX_BYTES:
            content = path.read_bytes()
            mime = next((mime for beginning, mime in _PICTURES if content.startswith(beginning)), "")
            if mime:
                data = base64.b64encode(content).decode()
                image = f'<img src="data:{mime};base64,{data}" alt="{name}">'
                return f"<figure>{image}<figcaption>{name}</figcaption></figure>"
        return f'<p class="file">{_text(self._words.file)}: {name}</p>'


class _Blocks:
    """The blocks of one text. `prefix` keeps the notes of different texts apart."""

    def __init__(self, drawings: Drawings, prefix: str) -> None:
        self._drawings = drawings
        self._prefix = prefix

    def blocks(self, blocks: Sequence[Block]) -> str:
        return "\n".join(self._block(block) for block in joined(blocks))

    def _block(self, block: Block, *, is_tight: bool = False) -> str:
        match block:
            case Paragraph():
                return self._spans(block.spans) if is_tight else f"<p>{self._spans(block.spans)}</p>"
            case Heading():
                level = min(block.level + 2, 6)
                return f"<h{level}>{self._spans(block.spans)}</h{level}>"
            case CodeBlock():
                return self._code(block)
            case Formula():
                return f'<div class="formula">{self._spans(block.spans)}</div>'
            case Rule():
                return "<hr>"
            case Table():
                return self._table(block)
            case Quote():
                return f"<blockquote>{self.blocks(block.blocks)}</blockquote>"
            case Footnote():
                inner = "".join(self._block(each, is_tight=at == 0) for at, each in enumerate(joined(block.blocks)))
                return (
                    f'<div class="footnote" id="{self._prefix}n{block.number}"><sup>{block.number}</sup> {inner}</div>'
                )
            case ItemList():
                items = "".join(self._item(item, is_tight=block.is_tight) for item in block.items)
                if block.start is None:
                    return f"<ul>{items}</ul>"
                return f'<ol start="{block.start}">{items}</ol>'

    def _item(self, item: ListItem, *, is_tight: bool) -> str:
        mark = "" if item.is_checked is None else "☑ " if item.is_checked else "☐ "
        kind = "" if item.is_checked is None else ' class="task"'
        return f"<li{kind}>{mark}{''.join(self._block(block, is_tight=is_tight) for block in joined(item.blocks))}</li>"

    def _table(self, block: Table) -> str:
        aligns = aligns_of(block)
        head = f"<thead><tr>{self._cells(aligns, block.header, 'th')}</tr></thead>" if block.header else ""
        rows = "".join(f"<tr>{self._cells(aligns, row, 'td')}</tr>" for row in block.rows)
        direction = ' dir="rtl"' if runs_right_to_left(block) else ""
        return f'<div class="wide"{direction}><table>{head}<tbody>{rows}</tbody></table></div>'

    def _cells(self, aligns: Sequence[Align], row: Sequence[Cell], tag: str) -> str:
        written = []
        for column, cell in enumerate(row):
            align = aligns[column] if column < len(aligns) else Align.DEFAULT
            kinds = [] if align is Align.DEFAULT else [str(align)]
            if is_number("".join(map(shown, cell))):
                kinds.append("number")
            style = f' class="{" ".join(kinds)}"' if kinds else ""
            written.append(f"<{tag}{style}>{self._spans(cell)}</{tag}>")
        return "".join(written)

    def _code(self, block: CodeBlock) -> str:
        pieces = []
        end = 0
        for start, length, kind in unpack(self._drawings.runs.get((block.language, block.text), ())):
            pieces.append(_text(block.text[end:start]))
            end = start + length
            pieces.append(f'<span class="c-{kind}">{_text(block.text[start:end])}</span>')
        pieces.append(_text(block.text[end:]))
        label = f'<div class="language">{_text(proper_name(block.language))}</div>' if block.language else ""
        return f"{label}<pre><code>{''.join(pieces)}</code></pre>"

    def _spans(self, spans: Cell) -> str:
        return "".join(map(self._span, spans))

    def _span(self, span: Span) -> str:
        text = _text(shown(span)).replace("\n", "<br>")
        if span.is_formula:
            drawing = self._drawings.formulas.get(span.text)
            return drawing if drawing is not None else f"<code>{text}</code>"
        for flag, tag in ((span.is_code, "code"), (span.is_bold, "b"), (span.is_italic, "i"), (span.is_strike, "s")):
            if flag:
                text = f"<{tag}>{text}</{tag}>"
        if span.footnote:
            return f'<sup><a href="#{self._prefix}n{_text(span.text)}">{text}</a></sup>'
        return _link(span.link, text) if span.link and not span.is_image else text


def _link(address: str, text: str) -> str:
    if not address.lower().startswith(LINK_BEGINNINGS):
        return text
    return f'<a href="{_text(address)}" rel="noopener noreferrer">{text}</a>'


def _text(text: str) -> str:
    return html.escape(CONTROLS.sub("", text))
