"""What goes to the clipboard, or with a drag: Markdown source, HTML and plain text of the same, offered together."""

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import QByteArray, QMetaType, QMimeData

from gigadesk.chat import Message, Role, Status
from gigadesk.ui.transcript.copy import table_texts
from gigadesk.ui.transcript.copy.copied import Copied, CopiedText, stretch_of
from gigadesk.ui.transcript.copy.excerpts import HEAVY_WEIGHT, large_excerpt
from gigadesk.ui.transcript.copy.html_writer import document
from gigadesk.ui.transcript.messages.rows import Rows
from gigadesk.ui.transcript.selecting.selection import FAR, Position, Selection
from gigadesk.ui.transcript.words import chrome_words

MARKDOWN_TYPE = "text/markdown"
PLAIN_TYPE = "text/plain"
HTML_TYPE = "text/html"
AT_ONCE_MAX_CHARS = 4 * 1024
"""Of larger texts each format is made when somebody asks for it: 16,000 characters of nothing but marks took 0.4 s."""
AT_ONCE_WEIGHT = 8 * 1024
WRITTEN_MAX_CHARS = 1024 * 1024
"""Of larger texts the Markdown source alone is copied: it needs no parsing."""
COPIED_MAX_CHARS = 8 * 1024 * 1024
"""Nothing larger is copied: the clipboard holds it several times, and few programs could take it."""

MEASURED_AT_ONCE = 5_000


class Format(StrEnum):
    """One of the formats alone."""

    MARKDOWN = "markdown"
    PLAIN = "plain"
    RICH = "rich"
    HTML_SOURCE = "html source"


class _LazyData(QMimeData):
    """Makes a format when another program asks for it. Holds values only: the chat may be closed by then."""

    def __init__(self, text: CopiedText, *, is_source_alone: bool) -> None:
        super().__init__()
        self._text = text
        self._is_source_alone = is_source_alone
        self._made: dict[str, str] = {}

    def formats(self) -> list[str]:
        return [PLAIN_TYPE, MARKDOWN_TYPE] if self._is_source_alone else [PLAIN_TYPE, HTML_TYPE, MARKDOWN_TYPE]

    def hasFormat(self, mime: str) -> bool:
        return _base(mime) in self.formats()

    def retrieveData(self, mime: str, kind: QMetaType | QMetaType.Type) -> object:
        del kind
        asked = mime = _base(mime)
        if mime not in self.formats():
            return None
        makers = {PLAIN_TYPE: self._text.plain, HTML_TYPE: self._html, MARKDOWN_TYPE: self._text.markdown}
        if self._is_source_alone:
            mime, makers = MARKDOWN_TYPE if mime == PLAIN_TYPE else mime, {MARKDOWN_TYPE: self._text.markdown}
        if mime not in self._made:
            self._made[mime] = makers[mime]()
        made = self._made[mime]
        return QByteArray(made.encode("utf-8")) if asked == MARKDOWN_TYPE else made

    def at_once(self) -> QMimeData:
        """The same, made by now: for the time in which nobody is left to make it."""
        return _source_alone(self._text) if self._is_source_alone else _all_formats(self._text)

    def _html(self) -> str:
        return document(self._text.html())


def copied_selection(selection: Selection, rows: Rows) -> CopiedText:
    """What is selected, as values."""
    parts: list[Copied] = []
    authors, bounds = _Authors(), selection.bounds
    if bounds is None:
        return CopiedText([])
    for message in selection.messages(rows):
        if selection.holds_whole(message):
            # Without the thoughts, with what stands below the text.
            parts.append(_whole(rows, message, authors))
            continue
        item = rows.open(message)
        first, last = _bounds_in(message, bounds)
        _read_until(rows, message, last.block if last.block < FAR else 0)
        excerpt = large_excerpt(item, first, last)
        if excerpt is not None:
            parts.append(Copied(authors.of(item.view.message), excerpt=excerpt))
            continue
        _read_until(rows, message, last.block)
        selected = selection.blocks_of(rows, message)
        thoughts = [each for each in selected if each.is_thought]
        answer = selected[len(thoughts) :]
        stretches = [stretch_of(thoughts, item.text_behind(0), is_user=False)] if thoughts else []
        if answer:
            stretches.append(stretch_of(answer, item.text_behind(item.thought_count), is_user=item.is_user))
        if stretches:
            parts.append(Copied(authors.of(item.view.message), stretches=tuple(stretches)))
    return CopiedText(parts)


def _read_until(rows: Rows, message: int, block: int) -> None:
    """What is selected may still be to be read."""
    item = rows.items[message]
    while item.has_unparsed_text and len(item.blocks) <= block:
        item.parse_more()
        rows.adopt_height(message)


def _bounds_in(message: int, bounds: tuple[Position, Position]) -> tuple[Position, Position]:
    return max(bounds[0], Position(message, 0, 0)), min(bounds[1], Position(message, FAR, 0))


def copied_messages(rows: Rows, first: int, last: int) -> CopiedText:
    """Whole messages from one to another, as values."""
    authors = _Authors()
    return CopiedText([_whole(rows, message, authors) for message in range(first, last + 1)])


def is_too_large(rows: Rows, first: int, last: int) -> bool:
    """Whether the messages from one to another have more text than is ever copied. Reads none of it."""
    size = 0
    for start in range(first, min(last, len(rows) - 1) + 1, MEASURED_AT_ONCE):
        size += sum(rows.items.lengths(start, min(MEASURED_AT_ONCE, last + 1 - start)))
        if size > COPIED_MAX_CHARS:
            return True
    return False


def mime_data(text: CopiedText) -> QMimeData:
    """A text in all formats; of a heavy one, and of what is too large to be written, in its source alone."""
    if is_small(text):
        return _all_formats(text)
    return _LazyData(text, is_source_alone=not has_formats(text) or is_heavy(text))


def is_small(text: CopiedText) -> bool:
    """Whether all formats may be made at once."""
    return text.size <= AT_ONCE_MAX_CHARS and text.weight <= AT_ONCE_WEIGHT


def has_formats(text: CopiedText) -> bool:
    """Whether there will be other formats than the source."""
    return text.size <= WRITTEN_MAX_CHARS and not text.is_excerpt


def is_heavy(text: CopiedText) -> bool:
    """Whether writing its formats would hold the window for long: a process of its own does it."""
    return text.weight > HEAVY_WEIGHT


def written_data(text: CopiedText, wanted: Format | None) -> QMimeData:
    """A heavy text whose formats have been written, in all of them or in the one that is wanted."""
    return mime_data_as(text, wanted) if wanted is not None else _LazyData(text, is_source_alone=False)


def mime_data_as(text: CopiedText, wanted: Format) -> QMimeData:
    """A text in one format and no other."""
    data = QMimeData()
    match wanted:
        case Format.MARKDOWN:
            data.setText(text.markdown())
        case Format.PLAIN:
            data.setText(text.plain())
        case Format.RICH:
            data.setHtml(document(text.html()))
        case Format.HTML_SOURCE:
            data.setText(text.html())
    return data


def cells_data(rows: Sequence[Sequence[str]]) -> QMimeData:
    """Cells as HTML, which spreadsheets paste as cells, and as text with tabs."""
    data = QMimeData()
    data.setText(table_texts.tab_text(rows))
    data.setHtml(document(table_texts.html_table(rows)))
    return data


def settled(data: QMimeData) -> QMimeData | None:
    """What to put in the place of data that would be made too late; None for data that may stay."""
    return data.at_once() if isinstance(data, _LazyData) else None


def _base(mime: str) -> str:
    """Without the encoding."""
    return mime.partition(";")[0]


def _all_formats(text: CopiedText) -> QMimeData:
    data = QMimeData()
    data.setText(text.plain())
    data.setHtml(document(text.html()))
    data.setData(MARKDOWN_TYPE, text.markdown().encode("utf-8"))
    return data


def _source_alone(text: CopiedText) -> QMimeData:
    markdown = text.markdown()
    data = QMimeData()
    data.setText(markdown)
    data.setData(MARKDOWN_TYPE, markdown.encode("utf-8"))
    return data


def _whole(rows: Rows, message: int, authors: "_Authors") -> Copied:
    value = rows.items.view(message).message
    is_running = value.status in {Status.QUEUED, Status.STREAMING}
    # Of a running answer the view knows more than the message says.
    return Copied(authors.of(value), value, rows.items[message].source_text if is_running else None)


class _Authors:
    """Whose messages they are; the words are asked for once, not for each of thousands of messages."""

    def __init__(self) -> None:
        self._words = chrome_words()

    def of(self, message: Message) -> str:
        return self._words.you if message.role is Role.USER else message.model or self._words.assistant
