"""Puts things on the clipboard and shows for a moment that it did."""

import atexit
import functools
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication

from gigadesk.markdown.blocks import CodeBlock
from gigadesk.ui.transcript.highlights import ZoneKey
from gigadesk.ui.transcript.rows import RowKey

if TYPE_CHECKING:
    from gigadesk.ui.transcript.view import Transcript

COPIED_MS = 1600
_PLATFORMS_WITHOUT_CLIPBOARD = {"offscreen", "minimal", "linuxfb", "eglfs", "vnc"}


class Copying(QObject):
    """Copies selections, messages and code."""

    def __init__(self, view: "Transcript") -> None:
        super().__init__(view)
        self._view = view
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(COPIED_MS)
        self._timer.timeout.connect(self._on_shown_long_enough)

    # The writers are loaded with the first copy.

    def selected_markdown(self) -> str:
        from gigadesk.ui.transcript.clipboard import selected_markdown

        return selected_markdown(self._view.selection, self._view.rows)

    def copy_selection(self) -> None:
        if not self._view.selection.is_empty:
            _put(self._selection_data())

    def copy_as_markdown(self) -> None:
        """The source of the selection as plain text."""
        if not self._view.selection.is_empty:
            QGuiApplication.clipboard().setText(self.selected_markdown())

    def copy_to_primary(self) -> None:
        """What X11 pastes with the middle button."""
        clipboard = QGuiApplication.clipboard()
        if clipboard.supportsSelection() and not self._view.selection.is_empty:
            _put(self._selection_data(), QClipboard.Mode.Selection)

    def copy_message(self, message: int) -> None:
        from gigadesk.ui.transcript.clipboard import message_data

        rows = self._view.rows
        _put(message_data(rows, message))

    def copy_code(self, row: RowKey) -> None:
        """The whole code that a block of it belongs to, without its last line end and control characters."""
        from gigadesk.ui.transcript.plain_writer import code_text

        item = self._view.rows.open(row.message)
        blocks = item.blocks
        texts: list[str] = []
        for index in range(row.row - 1, len(blocks)):
            block = blocks[index]
            if not isinstance(block, CodeBlock) or (texts and not block.continues):
                break
            texts.append(code_text(block.text, item.text_behind(index)[block.source.start : block.source.end]))
        QGuiApplication.clipboard().setText("\n".join(texts))

    def copy_link(self, target: str) -> None:
        QGuiApplication.clipboard().setText(target)

    def show_copied(self, key: ZoneKey) -> None:
        self._view.highlights.copied_zone = key
        self._view.refresh_row(key[0])
        self._timer.start()

    def _selection_data(self) -> QMimeData:
        from gigadesk.ui.transcript.clipboard import selection_data

        return selection_data(self._view.selection, self._view.rows)

    def _on_shown_long_enough(self) -> None:
        key, self._view.highlights.copied_zone = self._view.highlights.copied_zone, None
        if key is not None:
            self._view.refresh_row(key[0])


def _put(data: QMimeData, mode: QClipboard.Mode = QClipboard.Mode.Clipboard) -> None:
    _clear_private_clipboard_at_exit()
    QGuiApplication.clipboard().setMimeData(data, mode)


@functools.cache
def _clear_private_clipboard_at_exit() -> None:
    # Platforms without a clipboard of the system keep ours until the libraries are unloaded. A `QMimeData` made in
    # Python must be gone before the interpreter is (PySide6 6.11.3: segmentation fault).
    if QGuiApplication.platformName() in _PLATFORMS_WITHOUT_CLIPBOARD:
        atexit.register(_clear_clipboard)


def _clear_clipboard() -> None:
    if QGuiApplication.instance() is not None:
        QGuiApplication.clipboard().clear()
