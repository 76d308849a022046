"""The context menu of the view."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QMetaMethod, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QContextMenuEvent, QKeySequence
from PySide6.QtWidgets import QMenu

from gigadesk.ui.transcript.layout.boxes import ZoneKind
from gigadesk.ui.transcript.messages.rows import RowKey
from gigadesk.ui.transcript.wishes import EXPORT_KEYS
from gigadesk.ui.transcript.zones import FoundZone

if TYPE_CHECKING:
    from gigadesk.ui.transcript.view import Transcript


class Menu(QObject):
    """Offers what can be done with the selection, the thing under the pointer and the message around it."""

    def __init__(self, view: "Transcript") -> None:
        super().__init__(view)
        self._view = view

    def show(self, event: QContextMenuEvent) -> None:
        """Open the menu at the pointer, or at the focused thing when it was asked for with a key."""
        view = self._view
        point = QPointF(event.pos())
        position = event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            focused = [found for found in view.zones.in_sight() if found.key == view.highlights.focused_zone]
            # Of a tall picture, the part in sight.
            sight = QRectF(view.viewport().rect())
            rect = view.zones.rect(focused[0]).intersected(sight) if focused else None
            point = rect.center() if rect else QPointF(view.viewport().rect().center())
            if rect is None and (index := view.walk.index) is not None and view.walk.rect_of(index).isValid():
                point = QPointF(2, view.walk.rect_of(index).center().y())  # in the margin: the message, not a link
            position = view.viewport().mapToGlobal(point.toPoint())
        menu = self.build(point)
        menu.popup(position)

    def build(self, point: QPointF) -> QMenu:
        """The menu for a point of the viewport; deletes itself when it is closed."""
        view = self._view
        menu = QMenu(view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        found = view.zones.at(point)
        row = view.zones.row_at(point)
        self._add_selection_actions(menu)
        if found is not None and found.zone.kind is ZoneKind.LINK:
            self._add_link_actions(menu, found)
        if found is not None and found.zone.kind is ZoneKind.PICTURE:
            self._add_picture_actions(menu, found)
        if found is not None and found.zone.kind is ZoneKind.FILE:
            self._add_file_actions(menu, found)
        if source := view.zones.formula_at(point):
            menu.addSeparator()
            words = QCoreApplication.translate("Transcript", "Copy formula")
            menu.addAction(words, partial(view.copying.copy_formula, source))
        if row is not None and (code := view.codes.find(row, view.zones.point_in_row(point, row))) is not None:
            view.codes.add_to(menu, row, code)
        if row is not None and (spot := view.tables.at(row, view.zones.point_in_row(point, row))) is not None:
            view.tables.add_to(menu, spot)
        if row is not None:
            self._add_message_actions(menu, row)
        menu.addSeparator()
        action = menu.addAction(QCoreApplication.translate("Transcript", "Select all"), view.select_all)
        action.setShortcut(QKeySequence(QKeySequence.StandardKey.SelectAll))
        if len(view.rows):
            words = QCoreApplication.translate("Transcript", "Copy the whole chat as")
            self._add_formats(menu, words, view.copying.copy_conversation_as)
        if len(view.rows):
            self._add_paper_actions(menu)
        return menu

    def _add_paper_actions(self, menu: QMenu) -> None:
        menu.addSeparator()
        words = QCoreApplication.translate("Transcript", "Save the chat as PDF…")
        menu.addAction(words, self._save_pdf)
        if self._view.isSignalConnected(QMetaMethod.fromSignal(self._view.export_requested)):  # no temporary chat
            words = QCoreApplication.translate("Transcript", "Export…")
            menu.addAction(words, self._view.export_requested.emit).setShortcut(QKeySequence(EXPORT_KEYS))
        action = menu.addAction(QCoreApplication.translate("Transcript", "Print…"), self._print)
        action.setShortcut(QKeySequence(QKeySequence.StandardKey.Print))

    # Loaded with the click, not with the menu.

    def _save_pdf(self) -> None:
        self._view.paper.save_pdf()

    def _print(self) -> None:
        self._view.paper.print_out()

    def _add_selection_actions(self, menu: QMenu) -> None:
        view = self._view
        copy = menu.addAction(QCoreApplication.translate("Transcript", "Copy"), view.copy)
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copy.setEnabled(view.has_selection())
        if view.has_selection():
            self._add_formats(menu, QCoreApplication.translate("Transcript", "Copy as"), view.copying.copy_selection_as)
        view.commands.menu.add_selection_actions(menu)

    def add_message_formats(self, menu: QMenu, index: int) -> None:
        """A menu for copying a message in one format alone; none while a part of the text is selected."""
        view = self._view
        if not view.has_selection() and view.rows.open(index).source_text:
            words = QCoreApplication.translate("Transcript", "Copy message as")
            self._add_formats(menu, words, partial(view.copying.copy_message_as, index))

    def _add_formats(self, menu: QMenu, title: str, copy: Callable[[str], None]) -> None:
        """A menu with each format alone."""
        from gigadesk.ui.transcript.copy.clipboard import Format

        formats = menu.addMenu(title)
        for wanted, words in (
            (Format.MARKDOWN, QCoreApplication.translate("Transcript", "Markdown")),
            (Format.PLAIN, QCoreApplication.translate("Transcript", "Plain text")),
            (Format.RICH, QCoreApplication.translate("Transcript", "Formatted text")),
            (Format.HTML_SOURCE, QCoreApplication.translate("Transcript", "HTML source")),
        ):
            formats.addAction(words, partial(copy, wanted))

    def _add_link_actions(self, menu: QMenu, found: FoundZone) -> None:
        from gigadesk.ui.links import read_link

        view = self._view
        menu.addSeparator()
        menu.addAction(QCoreApplication.translate("Transcript", "Open link"), partial(view.zones.activate, found))
        target = read_link(found.zone.value).target
        menu.addAction(QCoreApplication.translate("Transcript", "Copy link"), partial(view.copying.copy_link, target))

    def _add_picture_actions(self, menu: QMenu, found: FoundZone) -> None:
        from gigadesk.ui.links import read_link
        from gigadesk.ui.transcript.web_pictures import WebState

        view, address = self._view, found.zone.value
        known = view.web_pictures.of(address)
        menu.addSeparator()
        if known.state is WebState.LOADED:
            words = QCoreApplication.translate("Transcript", "Open picture")
        else:
            words = QCoreApplication.translate("Transcript", "Load picture")
        menu.addAction(words, partial(view.zones.activate, found)).setEnabled(known.state is not WebState.LOADING)
        if known.state is WebState.LOADED:
            copy_picture = QCoreApplication.translate("Transcript", "Copy picture")
            menu.addAction(copy_picture, partial(view.files.copy_picture, known.path))
        copy = QCoreApplication.translate("Transcript", "Copy the address")
        menu.addAction(copy, partial(view.copying.copy_link, read_link(address).target))

    def _add_file_actions(self, menu: QMenu, found: FoundZone) -> None:
        files = self._view.files
        message, value = found.row.message, found.zone.value
        file = files.find(message, value)
        if file is None:
            return
        menu.addSeparator()
        if files.is_picture(file[1]):
            open_picture = QCoreApplication.translate("Transcript", "Open picture")
            menu.addAction(open_picture, partial(files.open, message, value))
            copy_picture = QCoreApplication.translate("Transcript", "Copy picture")
            menu.addAction(copy_picture, partial(files.copy_picture, file[1]))
        menu.addAction(QCoreApplication.translate("Transcript", "Save as…"), partial(files.save, message, value))

    def _add_message_actions(self, menu: QMenu, row: RowKey) -> None:
        view = self._view
        menu.addSeparator()
        view.commands.menu.add_message_actions(menu, row.message)
