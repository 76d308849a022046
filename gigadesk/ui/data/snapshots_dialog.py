"""The snapshots: what there is, what is inside, and ways to bring it back."""

from collections.abc import Sequence
from pathlib import Path
from typing import cast

from PySide6.QtCore import QEvent, QLocale, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gigadesk.chat import ChatId, Role
from gigadesk.kept import KeptChat, KeptMessage, Snapshot, SnapshotContent
from gigadesk.text import clean, one_line
from gigadesk.ui.data.words import content_text, moment_text, reason_text, size_text
from gigadesk.ui.settings_dialog.button_row import ButtonRow
from gigadesk.ui.widgets.enter_key import press_focused_button
from gigadesk.ui.widgets.labels import PlainLabel
from gigadesk.ui.widgets.long_words import wrap_mode_for
from gigadesk.ui.widgets.plain_list import PlainList
from gigadesk.ui.widgets.screen_room import resize_within_screen

MARGIN = 16
SPACING = 10
SIZE = (820, 560)
MIN_SIZE = (460, 360)
_VALUE = Qt.ItemDataRole.UserRole


class SnapshotsDialog(QDialog):
    """Shows what it is given; answers that come late are for a snapshot that is not chosen any more, and left out.

    Signals:
        snapshot_chosen(object): show what is inside this `Snapshot`: `show_content`, `show_chats`.
        chat_chosen(object, int): show the last messages of a chat in it: `show_messages`.
        take_requested(): take one now, then `set_snapshots`.
        restore_requested(object): put this one in the place of the chats.
        chat_restore_requested(object, int): bring this chat back from it as a new one.
        removal_requested(object): delete it.
        set_aside_removal_requested(): delete the damaged files that were set aside.
    """

    snapshot_chosen = Signal(object)
    chat_chosen = Signal(object, int)
    take_requested = Signal()
    restore_requested = Signal(object)
    chat_restore_requested = Signal(object, int)
    removal_requested = Signal(object)
    set_aside_removal_requested = Signal()

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._snapshots: tuple[Snapshot, ...] = ()
        self._is_taking = self._has_taken_by_key = False
        self._intro = PlainLabel(self, kind="muted")
        self._list = PlainList(self)
        self._content = PlainLabel(self)
        self._chats = PlainList(self)
        self._messages = QPlainTextEdit(self)
        self._messages.setReadOnly(True)
        self._take, self._restore, self._remove, self._restore_chat = (QPushButton(self) for _ in range(4))
        self._aside = PlainLabel(self, kind="muted")
        self._aside_bytes = 0
        self._remove_aside = QPushButton(self)
        self._below = ButtonRow(self, self._restore, self._restore_chat, self._remove)
        self._lay_out()
        self._connect()
        self._retranslate()
        resize_within_screen(self, *SIZE)
        self.setMinimumSize(*MIN_SIZE)
        self._update_buttons()

    @property
    def chosen(self) -> Snapshot | None:
        """The snapshot that is looked into."""
        found = self._list.selectedItems()
        return cast("Snapshot", found[0].data(_VALUE)) if found else None

    @property
    def chosen_chat(self) -> ChatId | None:
        """The chat of it that is looked into."""
        found = self._chats.selectedItems()
        return cast("ChatId", found[0].data(_VALUE)) if found else None

    def set_snapshots(self, snapshots: Sequence[Snapshot]) -> None:
        """What there is, the newest first."""
        chosen = self.chosen
        was_taking, self._is_taking = self._is_taking, False
        self._snapshots = tuple(snapshots)
        self._list.blockSignals(True)
        self._list.clear()
        for snapshot in self._snapshots:
            item = QListWidgetItem(self._line(snapshot))
            item.setData(_VALUE, snapshot)
            self._list.addItem(item)
        self._list.blockSignals(False)
        places = [
            place for place, each in enumerate(self._snapshots) if chosen is not None and each.path == chosen.path
        ]
        if self._snapshots:
            self._list.setCurrentRow(next(iter(places), 0))
        else:
            self._clear()
        self._update_buttons()
        if was_taking and self._has_taken_by_key:
            self._take.setFocus()

    def choose(self, path: Path) -> None:
        """Show what is inside this one, if it is there."""
        for row, snapshot in enumerate(self._snapshots):
            if snapshot.path == path:
                self._list.setCurrentRow(row)

    def set_set_aside(self, size_bytes: int) -> None:
        """So much was set aside of damaged files."""
        self._aside_bytes = size_bytes
        self._show_set_aside()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not press_focused_button(self, event):
            super().keyPressEvent(event)

    def _show_set_aside(self) -> None:
        text = self.tr(
            "Damaged files that were set aside: {size}. What you delete for ever stays in them until you delete them."
        )
        self._aside.setText(text.format(size=size_text(self._aside_bytes)))
        self._aside.setVisible(self._aside_bytes > 0)
        self._remove_aside.setVisible(self._aside_bytes > 0)

    def set_taking(self) -> None:
        """A new one is being taken."""
        self._is_taking = True
        self._has_taken_by_key = self.focusWidget() is self._take
        self._update_buttons()
        if self._has_taken_by_key:
            self._list.setFocus()  # and not the button that restores everything, which would be next

    def show_content(self, snapshot: Snapshot, content: SnapshotContent) -> None:
        if snapshot == self.chosen:
            self._content.setText(content_text(content))

    def show_problem(self, snapshot: Snapshot, text: str) -> None:
        """It cannot be read."""
        if snapshot == self.chosen:
            self._content.setText(text)

    def show_chats(self, snapshot: Snapshot, chats: Sequence[KeptChat]) -> None:
        """The chats in it."""
        if snapshot != self.chosen:
            return
        self._chats.clear()
        for chat in chats:
            title = one_line(chat.title) or self.tr("New chat")
            below = self.tr("{moment} · messages: {count}")
            below = below.format(moment=moment_text(chat.updated_at), count=QLocale().toString(chat.messages))
            item = QListWidgetItem(f"{title}\n{below}")
            item.setData(_VALUE, chat.chat_id)
            self._chats.addItem(item)
        self._update_buttons()

    def show_messages(self, snapshot: Snapshot, chat_id: int, messages: Sequence[KeptMessage]) -> None:
        """The end of a chat in it."""
        if snapshot != self.chosen or chat_id != self.chosen_chat:
            return
        names = {Role.USER: self.tr("You"), Role.ASSISTANT: self.tr("GigaChat")}
        parts = [f"{names.get(each.role, '')}, {moment_text(each.created_at)}\n{clean(each.text)}" for each in messages]
        text = "\n\n".join(parts)
        self._messages.setWordWrapMode(wrap_mode_for(text))
        self._messages.setPlainText(text)
        bar = self._messages.verticalScrollBar()
        bar.setValue(bar.maximum())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _line(self, snapshot: Snapshot) -> str:
        return f"{moment_text(snapshot.taken_at)}\n{reason_text(snapshot.reason)} · {size_text(snapshot.size_bytes)}"

    def _lay_out(self) -> None:
        left, right = QWidget(self), QWidget(self)
        beside = QVBoxLayout(left)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(SPACING)
        beside.addWidget(self._list, 1)
        beside.addWidget(self._take)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING)
        column.addWidget(self._content)
        column.addWidget(self._chats, 1)
        column.addWidget(self._messages, 1)
        column.addWidget(self._below)
        both = QHBoxLayout()
        both.setSpacing(MARGIN)
        both.addWidget(left, 2)
        both.addWidget(right, 3)
        last = QHBoxLayout()
        last.addWidget(self._remove_aside)
        last.addStretch(1)
        self._close = QPushButton(self)
        self._close.clicked.connect(self.reject)
        last.addWidget(self._close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(SPACING)
        layout.addWidget(self._intro)
        layout.addLayout(both, 1)
        layout.addWidget(self._aside)
        layout.addLayout(last)
        for each in (self._list, self._chats):
            each.setProperty("kind", "navigation")
            each.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # long titles end in an ellipsis
        for button in (self._take, self._restore, self._remove, self._restore_chat, self._remove_aside, self._close):
            button.setAutoDefault(False)

    def _connect(self) -> None:
        self._list.itemSelectionChanged.connect(self._on_snapshot_chosen)
        self._chats.itemSelectionChanged.connect(self._on_chat_chosen)
        self._take.clicked.connect(self.take_requested)
        self._restore.clicked.connect(lambda: self.restore_requested.emit(self.chosen))
        self._remove_aside.clicked.connect(self.set_aside_removal_requested)
        self._remove.clicked.connect(lambda: self.removal_requested.emit(self.chosen))
        self._restore_chat.clicked.connect(lambda: self.chat_restore_requested.emit(self.chosen, self.chosen_chat))

    def _on_snapshot_chosen(self) -> None:
        self._clear()
        if self.chosen is not None:
            self._content.setText(self.tr("Reading…"))
            self.snapshot_chosen.emit(self.chosen)
        self._update_buttons()

    def _on_chat_chosen(self) -> None:
        self._messages.clear()
        if self.chosen is not None and self.chosen_chat is not None:
            self.chat_chosen.emit(self.chosen, self.chosen_chat)
        self._update_buttons()

    def _clear(self) -> None:
        self._content.setText("" if self._snapshots else self.tr("There is no snapshot yet."))
        self._chats.clear()
        self._messages.clear()

    def _update_buttons(self) -> None:
        self._take.setEnabled(not self._is_taking)
        for button in (self._restore, self._remove):
            button.setEnabled(self.chosen is not None)
        self._restore_chat.setEnabled(self.chosen_chat is not None)
        self._messages.setVisible(self.chosen_chat is not None)  # until then the chats have the room
        self._take.setText(self.tr("Making a snapshot…") if self._is_taking else self.tr("Make a snapshot now"))

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Snapshots"))
        self._intro.setText(
            self.tr(
                "A snapshot is made each day, before updates and before restoring. The last seven daily ones are kept."
            )
        )
        self._list.setAccessibleName(self.tr("Snapshots"))
        self._chats.setAccessibleName(self.tr("Chats in the snapshot"))
        self._messages.setAccessibleName(self.tr("Last messages of the chat"))
        self._restore.setText(self.tr("Restore everything…"))
        self._restore_chat.setText(self.tr("Bring this chat back"))
        self._remove.setText(self.tr("Delete…"))
        self._remove_aside.setText(self.tr("Delete the damaged files…"))
        self._show_set_aside()
        self._close.setText(self.tr("Close"))
        self._below.show_buttons(self._restore, self._restore_chat, self._remove)
        self._update_buttons()
