"""Puts things on the clipboard and shows for a moment that it did."""

import atexit
import functools
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QMimeData, QObject, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication

from gigadesk.ui.transcript.selecting.highlights import ZoneKey

if TYPE_CHECKING:
    from gigadesk.ui.transcript.copy.clipboard import Format
    from gigadesk.ui.transcript.copy.copied import CopiedText
    from gigadesk.ui.transcript.copy.heavy_copies import HeavyCopies
    from gigadesk.ui.transcript.view import Transcript

COPIED_MS = 1600
DRAGGED_WORDS_MAX_CHARS = 200
_PLATFORMS_WITHOUT_CLIPBOARD = {"offscreen", "minimal", "linuxfb", "eglfs", "vnc"}


class Copying(QObject):
    """Copies selections, messages and code."""

    def __init__(self, view: "Transcript") -> None:
        super().__init__(view)
        self._view = view
        self._heavy: HeavyCopies | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(COPIED_MS)
        self._timer.timeout.connect(self._on_shown_long_enough)

    # The writers are loaded with the first copy.

    def selected_markdown(self) -> str:
        text = self._selected()
        return text.markdown() if text is not None else ""

    def copy_selection(self) -> None:
        self._put(self._selected())

    def copy_selection_as(self, wanted: str) -> None:
        """The selection in one `Format` alone."""
        self._put(self._selected(), wanted)

    def copy_to_primary(self) -> None:
        """What X11 pastes with the middle button."""
        clipboard = QGuiApplication.clipboard()
        if clipboard.supportsSelection() and not self._view.selection.is_empty:
            text = self._selected(is_asked=False)
            if text is not None:
                put(_mime_data(text), QClipboard.Mode.Selection)

    def drag_selection(self) -> None:
        """Let the selected text be dragged to where it is wanted; returns when it has been dropped."""
        text = self._selected()
        if text is None:
            return
        # Loaded with the first drag.
        from gigadesk.ui.transcript.copy.clipboard import is_small
        from gigadesk.ui.widgets.drag_out import drag_text

        words = text.plain() if is_small(text) else text.markdown()
        drag_text(self._view, _mime_data(text), words[:DRAGGED_WORDS_MAX_CHARS], self._view.stage.theme)

    def copy_message(self, message: int) -> None:
        self._put(self._messages(message, message))

    def copy_message_as(self, message: int, wanted: str) -> None:
        self._put(self._messages(message, message), wanted)

    def copy_conversation_as(self, wanted: str) -> None:
        """The whole chat in one `Format` alone."""
        self._put(self._messages(0, len(self._view.rows) - 1), wanted)

    def copy_link(self, target: str) -> None:
        QGuiApplication.clipboard().setText(target)

    def copy_formula(self, source: str) -> None:
        """The TeX of a formula, without what it stands between."""
        from gigadesk.markdown.formulas import bare_tex

        QGuiApplication.clipboard().setText(bare_tex(source))

    def show_copied(self, key: ZoneKey) -> None:
        self._view.highlights.copied_zone = key
        self._view.refresh_row(key[0])
        self._timer.start()

    def _selected(self, *, is_asked: bool = True) -> "CopiedText | None":
        from gigadesk.ui.transcript.copy.clipboard import copied_selection, is_too_large

        view = self._view
        view.show_pending()
        bounds = view.selection.bounds
        if bounds is None:
            return None
        if is_too_large(view.rows, bounds[0].message, bounds[1].message):
            self._refuse(is_asked=is_asked)
            return None
        text = copied_selection(view.selection, view.rows)
        view.rows.tidy()
        return text

    def _messages(self, first: int, last: int) -> "CopiedText | None":
        from gigadesk.ui.transcript.copy.clipboard import copied_messages, is_too_large

        view = self._view
        view.show_pending()
        if is_too_large(view.rows, first, last):
            self._refuse(is_asked=True)
            return None
        return copied_messages(view.rows, first, last)

    def _refuse(self, *, is_asked: bool) -> None:
        from gigadesk.ui.notices import Notice
        from gigadesk.ui.transcript.copy.clipboard import COPIED_MAX_CHARS
        from gigadesk.ui.words.file_words import size_text

        if is_asked:
            title = QCoreApplication.translate("Transcript", "Too much to copy at once")
            words = QCoreApplication.translate("Transcript", "At most {size} of text can be copied. Select less of it.")
            self._view.notice_raised.emit(Notice(title, words.format(size=size_text(COPIED_MAX_CHARS)), is_error=False))

    def _put(self, text: "CopiedText | None", wanted: str = "") -> None:
        from gigadesk.ui.transcript.copy.clipboard import Format, has_formats, is_heavy, mime_data_as

        if self._heavy is not None:
            self._heavy.stop()
        if text is None:
            return
        if wanted == Format.MARKDOWN or not is_heavy(text):
            put(mime_data_as(text, Format(wanted)) if wanted else _mime_data(text))
            return
        data = _mime_data(text)
        put(data)
        if has_formats(text):
            self._write(text, data, Format(wanted) if wanted else None)

    def _write(self, text: "CopiedText", source: QMimeData, wanted: "Format | None") -> None:
        """Let the formats of a heavy text be written, and offer them if its source is still what was copied last."""
        from gigadesk.ui.transcript.copy.clipboard import written_data
        from gigadesk.ui.transcript.copy.heavy_copies import HeavyCopies

        def offer() -> None:
            if QGuiApplication.clipboard().mimeData() is source:
                put(written_data(text, wanted))

        self._heavy = self._heavy or HeavyCopies(self)
        self._heavy.write(text, offer)

    def _on_shown_long_enough(self) -> None:
        key, self._view.highlights.copied_zone = self._view.highlights.copied_zone, None
        if key is not None:
            self._view.refresh_row(key[0])


def _mime_data(text: "CopiedText") -> QMimeData:
    from gigadesk.ui.transcript.copy.clipboard import mime_data

    return mime_data(text)


def put(data: QMimeData, mode: QClipboard.Mode = QClipboard.Mode.Clipboard) -> None:
    """Put data on the clipboard, where it stays when the program ends."""
    _settle_clipboard_at_exit()
    QGuiApplication.clipboard().setMimeData(data, mode)


@functools.cache
def _settle_clipboard_at_exit() -> None:
    atexit.register(_settle_clipboard)


def _settle_clipboard() -> None:
    """Leave nothing on the clipboard that needs the interpreter.

    Platforms without a clipboard of the system keep ours until the libraries are unloaded. A `QMimeData` made in Python
    must be gone before the interpreter is (PySide6 6.11.3: segmentation fault), and one that makes its formats when it
    is asked for must have made them.
    """
    if QGuiApplication.instance() is None:
        return
    from gigadesk.ui.transcript.copy.clipboard import settled

    clipboard = QGuiApplication.clipboard()
    if QGuiApplication.platformName() in _PLATFORMS_WITHOUT_CLIPBOARD:
        clipboard.clear()
        return
    for mode in (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection):
        is_own = clipboard.ownsClipboard() if mode is QClipboard.Mode.Clipboard else clipboard.ownsSelection()
        data = settled(clipboard.mimeData(mode)) if is_own else None
        if data is not None:
            clipboard.setMimeData(data, mode)
