"""The secret of an account: where it is kept, a check, another one, none."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from gigadesk.settings import SignIn
from gigadesk.ui.notices import Notice
from gigadesk.ui.settings_dialog.button_row import ButtonRow
from gigadesk.ui.settings_dialog.secret_words import KeyPlace, SecretWords, secret_words
from gigadesk.ui.widgets.announce import announce
from gigadesk.ui.widgets.key_field import KeyField
from gigadesk.ui.widgets.labels import PlainLabel
from gigadesk.ui.widgets.notice_card import NoticeCard
from gigadesk.ui.widgets.secret_field import SecretField

SPACING = 8
MARGIN_RIGHT = 34
"""Ends where the controls below end, before their reset buttons."""


class KeySection(QWidget):
    """The secret is never shown here, only where it is and whether it works.

    Signals:
        key_submitted(str): keep this secret (a key mended) instead of the present one.
        key_removed(): forget the secret.
        check_requested(): ask the service whether it accepts the secret.
    """

    key_submitted = Signal(str)
    key_removed = Signal()
    check_requested = Signal()

    def __init__(self, parent: QWidget, place: KeyPlace) -> None:
        super().__init__(parent)
        self._sign_in = SignIn.KEY
        self._place = place
        self._can_check = place is not KeyPlace.NONE
        self._is_checking = False
        self._text = PlainLabel(self)
        self._change, self._check, self._remove = (_button(self) for _ in range(3))
        self._field = KeyField(self)
        self._secret_field = SecretField(self)
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
        layout.addWidget(self._secret_field)
        layout.addWidget(self._editor_actions)
        layout.addWidget(self._question)
        layout.addWidget(self._question_actions)
        layout.addWidget(self._result)
        layout.addWidget(self._praise)
        self._connect()
        self._show_parts()
        self._retranslate()
        self._praise.hide()

    @property
    def words(self) -> SecretWords:
        """What is said about the secret now."""
        return secret_words(self._sign_in, self._place)

    def show_place(self, place: KeyPlace) -> None:
        """Say where the secret is kept now."""
        self.show_secret(self._sign_in, place, can_check=place is not KeyPlace.NONE)

    def show_secret(self, sign_in: SignIn, place: KeyPlace, *, can_check: bool) -> None:
        """Say what kind of secret it is, where it is kept, and whether there is something to check."""
        if sign_in is not self._sign_in:
            self.forget()
        self._sign_in, self._place, self._can_check = sign_in, place, can_check
        self._show_parts()
        self._retranslate()

    def forget(self) -> None:
        """Another account is shown: nothing of the former one may stay, least of all a secret half typed."""
        self._is_checking = False
        self._check.setEnabled(True)
        self._forget_result()
        self._field.clear()
        self._secret_field.clear()

    def set_checking(self, is_checking: bool) -> None:  # noqa: FBT001 - the one thing this says
        """Show that the service is being asked."""
        self._is_checking = is_checking
        if is_checking:
            self._forget_result()
        self._check.setEnabled(not is_checking)
        self._retranslate()

    def show_check_result(self, notice: Notice | None) -> None:
        """The notice of a failure; without one, that all is well."""
        self.set_checking(False)
        self._result.show_notice(notice)
        self._praise.setText("" if notice else self.words.accepted)
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
        self._secret_field.submitted.connect(self._on_submitted)
        self._save.clicked.connect(self._on_save_clicked)
        self._discard.clicked.connect(self._on_discard_clicked)
        self._confirm.clicked.connect(self._on_confirm_clicked)
        self._keep.clicked.connect(self._on_discard_clicked)

    def _retranslate(self) -> None:
        words = self.words
        self._text.setText(words.place)
        self._change.setText(words.change)
        self._check.setText(self.tr("Checking…") if self._is_checking else words.check)
        self._remove.setText(self.tr("Remove"))
        self._remove.setAccessibleName(words.remove)
        self._field.set_hint(words.hint)
        self._secret_field.set_words(words.name, words.hint, self.tr("Nothing has been typed yet."))
        self._save.setText(words.save)
        self._discard.setText(self.tr("Cancel"))
        self._question.setText(words.remove_question)
        self._confirm.setText(words.remove)
        self._keep.setText(self.tr("Keep it"))

    @property
    def _editor(self) -> KeyField | SecretField:
        return self._field if self._sign_in is SignIn.KEY else self._secret_field

    def _show_parts(self, *, is_editing: bool = False, is_asking: bool = False) -> None:
        actions = [self._change]
        if self._can_check:
            actions.append(self._check)
        if self._place in {KeyPlace.KEYRING, KeyPlace.THIS_RUN}:
            actions.append(self._remove)
        self._actions.show_buttons(*([] if is_editing or is_asking else actions))
        for editor in (self._field, self._secret_field):
            editor.setVisible(is_editing and editor is self._editor)
        self._editor_actions.show_buttons(*((self._save, self._discard) if is_editing else ()))
        self._question.setVisible(is_asking)
        self._question_actions.show_buttons(*((self._confirm, self._keep) if is_asking else ()))

    def _forget_result(self) -> None:
        self._result.show_notice(None)
        self._praise.hide()

    def _on_change_clicked(self) -> None:
        self._forget_result()
        self._show_parts(is_editing=True)
        self._editor.setFocus()

    def _on_check_clicked(self) -> None:
        self._forget_result()
        self.check_requested.emit()

    def _on_remove_clicked(self) -> None:
        self._forget_result()
        self._show_parts(is_asking=True)
        self._keep.setFocus()

    def _on_save_clicked(self) -> None:
        self._editor.submit()

    def _on_submitted(self) -> None:
        secret = self._field.reading.key if self._sign_in is SignIn.KEY else self._secret_field.value
        self._close_editor()
        self.key_submitted.emit(mended(self._sign_in, secret))

    def _on_discard_clicked(self) -> None:
        self._close_editor()

    def _on_confirm_clicked(self) -> None:
        self._close_editor()
        self.key_removed.emit()

    def _close_editor(self) -> None:
        self._field.clear()
        self._secret_field.clear()
        self._show_parts()
        self._change.setFocus()


def mended(sign_in: SignIn, secret: str) -> str:
    """What was meant: a token is often copied with spaces around it, or with the word before it. A password is not."""
    if sign_in is not SignIn.TOKEN:
        return secret
    bare = "".join(secret.split())
    return bare[6:] if bare[:6].lower() == "bearer" else bare


def _button(parent: QWidget, kind: str = "") -> QPushButton:
    button = QPushButton(parent)
    button.setAutoDefault(False)
    if kind:
        button.setProperty("kind", kind)
    return button
