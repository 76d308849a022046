"""The authorization key: where it is kept, a check, another one, none."""

from enum import StrEnum
from typing import assert_never

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from gigadesk.ui.announce import announce
from gigadesk.ui.key_field import KeyField
from gigadesk.ui.labels import PlainLabel
from gigadesk.ui.notice_card import NoticeCard
from gigadesk.ui.notices import Notice
from gigadesk.ui.settings_dialog.button_row import ButtonRow

SPACING = 8
MARGIN_RIGHT = 34
"""Ends where the controls below end, before their reset buttons."""


class KeyPlace(StrEnum):
    """Where the key that is in use is kept."""

    NONE = "none"
    KEYRING = "keyring"
    THIS_RUN = "this_run"
    ENVIRONMENT = "environment"


class KeySection(QWidget):
    """The key is never shown here, only where it is and whether it works.

    Signals:
        key_submitted(str): keep this key (mended) instead of the present one.
        key_removed(): forget the key.
        check_requested(): ask the service whether it accepts the key.
    """

    key_submitted = Signal(str)
    key_removed = Signal()
    check_requested = Signal()

    def __init__(self, parent: QWidget, place: KeyPlace) -> None:
        super().__init__(parent)
        self._place = place
        self._is_checking = False
        self._text = PlainLabel(self)
        self._change, self._check, self._remove = (_button(self) for _ in range(3))
        self._field = KeyField(self)
        self._save, self._discard = _button(self, "primary"), _button(self)
        self._question = PlainLabel(self)
        self._confirm, self._keep = _button(self, "danger"), _button(self)
        self._actions = ButtonRow(self, self._change, self._check, self._remove)
        self._editor_actions = ButtonRow(self, self._save, self._discard)
        self._question_actions = ButtonRow(self, self._confirm, self._keep)
        self._result = NoticeCard(self)
        self._praise = PlainLabel(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, MARGIN_RIGHT, 0)
        layout.setSpacing(SPACING)
        layout.addWidget(self._text)
        layout.addWidget(self._actions)
        layout.addWidget(self._field)
        layout.addWidget(self._editor_actions)
        layout.addWidget(self._question)
        layout.addWidget(self._question_actions)
        layout.addWidget(self._result)
        layout.addWidget(self._praise)
        self._connect()
        self._show_parts()
        self._retranslate()
        self._praise.hide()

    def show_place(self, place: KeyPlace) -> None:
        """Say where the key is kept now."""
        self._place = place
        self._show_parts()
        self._retranslate()

    def set_checking(self, is_checking: bool) -> None:  # noqa: FBT001 - the one thing this says
        """Show that the service is being asked."""
        self._is_checking = is_checking
        if is_checking:
            self._forget_result()
        self._check.setEnabled(not is_checking)
        self._retranslate()

    def show_check_result(self, notice: Notice | None, ok_text: str) -> None:
        """The notice of a failure, or without one `ok_text`, a sentence about success."""
        self.set_checking(False)
        self._result.show_notice(notice)
        self._praise.setText("" if notice else ok_text)
        self._praise.setVisible(bool(self._praise.text()))
        announce(self._praise, self._praise.text())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _connect(self) -> None:
        self._change.clicked.connect(self._on_change_clicked)
        self._check.clicked.connect(self._on_check_clicked)
        self._remove.clicked.connect(self._on_remove_clicked)
        self._field.submitted.connect(self._on_submitted)
        self._save.clicked.connect(self._field.submit)
        self._discard.clicked.connect(self._on_discard_clicked)
        self._confirm.clicked.connect(self._on_confirm_clicked)
        self._keep.clicked.connect(self._on_discard_clicked)

    def _retranslate(self) -> None:
        self._text.setText(self._place_text())
        self._change.setText(self._change_text())
        self._check.setText(self.tr("Checking…") if self._is_checking else self.tr("Check the key"))
        self._remove.setText(self.tr("Remove"))
        self._remove.setAccessibleName(self.tr("Remove the key"))
        self._field.set_hint(self.tr("It goes into the keyring of your system and nowhere else."))
        self._save.setText(self.tr("Save the key"))
        self._discard.setText(self.tr("Cancel"))
        self._question.setText(self.tr("Remove the key? You can get it again from your account only."))
        self._confirm.setText(self.tr("Remove the key"))
        self._keep.setText(self.tr("Keep it"))

    def _place_text(self) -> str:
        match self._place:
            case KeyPlace.NONE:
                return self.tr("There is no key yet.")
            case KeyPlace.KEYRING:
                return self.tr("The key is in the keyring of your system.")
            case KeyPlace.THIS_RUN:
                return self.tr("The key is kept until you quit GigaDesk, because the keyring could not take it.")
            case KeyPlace.ENVIRONMENT:
                return self.tr("The key comes from the environment variable GIGACHAT_CREDENTIALS.")
            case _:
                assert_never(self._place)

    def _change_text(self) -> str:
        return self.tr("Add a key") if self._place is KeyPlace.NONE else self.tr("Replace the key")

    def _show_parts(self, *, is_editing: bool = False, is_asking: bool = False) -> None:
        actions = [self._change]
        if self._place is not KeyPlace.NONE:
            actions.append(self._check)
        if self._place in {KeyPlace.KEYRING, KeyPlace.THIS_RUN}:
            actions.append(self._remove)
        self._actions.show_buttons(*([] if is_editing or is_asking else actions))
        self._field.setVisible(is_editing)
        self._editor_actions.show_buttons(*((self._save, self._discard) if is_editing else ()))
        self._question.setVisible(is_asking)
        self._question_actions.show_buttons(*((self._confirm, self._keep) if is_asking else ()))

    def _forget_result(self) -> None:
        self._result.show_notice(None)
        self._praise.hide()

    def _on_change_clicked(self) -> None:
        self._forget_result()
        self._show_parts(is_editing=True)
        self._field.setFocus()

    def _on_check_clicked(self) -> None:
        self._forget_result()
        self.check_requested.emit()

    def _on_remove_clicked(self) -> None:
        self._forget_result()
        self._show_parts(is_asking=True)
        self._keep.setFocus()

    def _on_submitted(self) -> None:
        key = self._field.reading.key
        self._close_editor()
        self.key_submitted.emit(key)

    def _on_discard_clicked(self) -> None:
        self._close_editor()

    def _on_confirm_clicked(self) -> None:
        self._close_editor()
        self.key_removed.emit()

    def _close_editor(self) -> None:
        self._field.clear()
        self._show_parts()
        self._change.setFocus()


def _button(parent: QWidget, kind: str = "") -> QPushButton:
    button = QPushButton(parent)
    button.setAutoDefault(False)
    if kind:
        button.setProperty("kind", kind)
    return button
