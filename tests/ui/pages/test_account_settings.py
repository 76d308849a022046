"""Accounts in the settings: chosen, added, renamed, removed, each with its own way to sign in and its own words."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLabel, QLineEdit, QListWidget, QPushButton, QWidget

from gigadesk import errors
from gigadesk.chat import ModelBalance
from gigadesk.settings import OLD_BASE_URL, Account, ApiChoice, Language, Scope, Settings, SignIn
from gigadesk.ui.notices import notice_for
from gigadesk.ui.settings_dialog import KeyPlace, SettingsDialog
from gigadesk.ui.settings_dialog.key_section import mended
from gigadesk.ui.theme import DARK, LIGHT

HOME = Account()
WORK = Account(id="work", name="Work", sign_in=SignIn.PASSWORD, user="me", lanes=3)
BOTH = Settings(accounts=(HOME, WORK))
TOKEN = "eyJjdHkiOiJqd3QifQ.part.part.part.part"


class Shown:
    """The dialog as a user sees it: controls are found by the name that a screen reader would say."""

    def __init__(self, qtbot, settings) -> None:
        self.qtbot = qtbot
        self.dialog = SettingsDialog(None, settings, (), has_key=False)
        self.changes: list[Settings] = []
        self.accounts_shown: list[str] = []
        self.dialog.settings_changed.connect(self.changes.append)
        self.dialog.account_shown.connect(self.accounts_shown.append)
        qtbot.addWidget(self.dialog)
        self.dialog.open()
        qtbot.waitUntil(self.dialog.isActiveWindow)

    def control(self, name, kind=QWidget):
        found = [each for each in self.dialog.findChildren(kind) if each.accessibleName() == name and each.isVisible()]
        assert len(found) == 1, name
        return found[0]

    def button(self, text):
        return next(each for each in self.dialog.findChildren(QPushButton) if each.text() == text and each.isVisible())

    def buttons(self):
        return [each.text() for each in self.dialog.findChildren(QPushButton) if each.isVisible()]

    def type(self, name, text):
        line = self.control(name, QLineEdit)
        line.setFocus()
        line.selectAll()
        self.qtbot.keyClicks(line, text)
        self.qtbot.keyClick(line, Qt.Key.Key_Return)

    def choose(self, name, text):
        box = self.control(name, QComboBox)
        index = box.findText(text)
        assert index >= 0
        box.setCurrentIndex(index)
        box.activated.emit(index)

    @property
    def names(self):
        names = next(each for each in self.dialog.findChildren(QListWidget) if each.accessibleName() == "Accounts")
        return [names.item(row).text() for row in range(names.count())]

    def text(self):
        return "\n".join(label.text() for label in self.dialog.findChildren(QLabel) if label.isVisible())


@pytest.fixture
def both(qtbot):
    return Shown(qtbot, BOTH)


def test_one_account_needs_no_list(qtbot):
    shown = Shown(qtbot, Settings())

    assert "Add an account" in shown.buttons()
    assert "Remove the account" not in shown.buttons()
    assert [each for each in shown.dialog.findChildren(QListWidget) if each.isVisible()] == [shown.dialog._list]


def test_another_account_is_shown_by_key(both, qtbot):
    names = both.control("Accounts", QListWidget)
    names.setFocus()

    qtbot.keyClick(names, Qt.Key.Key_Down)

    assert both.dialog.account_id == "work"
    assert both.control("User name", QLineEdit).text() == "me"
    assert both.control("Answers at once", QLineEdit).text() == "3"
    assert both.accounts_shown == ["work"]
    assert both.changes == []


def test_an_added_account_is_named_at_once(both, qtbot):
    both.button("Add an account").click()

    assert both.control("Name", QLineEdit).hasFocus()
    qtbot.keyClicks(QApplication.focusWidget(), "Lab")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)

    added = both.changes[-1].accounts[-1]
    assert (added.name, added.sign_in) == ("Lab", SignIn.KEY)
    assert added.id not in {HOME.id, WORK.id, "Lab"}
    assert both.names == ["GigaChat (default)", "Work", "Lab"]
    assert both.changes[-1].account == HOME


def test_names_of_added_accounts_differ_before_they_are_typed(both):
    for _ in range(3):
        both.button("Add an account").click()

    assert len({account.name for account in both.changes[-1].accounts}) == 5
    assert len({account.id for account in both.changes[-1].accounts}) == 5


def test_an_empty_name_is_none(both):
    both.type("Name", "")

    assert both.changes == []
    assert both.names[0] == "GigaChat (default)"


def test_an_account_is_removed_after_a_question(both, qtbot):
    names = both.control("Accounts", QListWidget)
    names.setFocus()
    qtbot.keyClick(names, Qt.Key.Key_Down)
    qtbot.keyClick(names, Qt.Key.Key_Delete)
    assert both.button("Keep it").hasFocus()
    assert "Remove “Work”?" in both.text()
    both.button("Keep it").click()
    assert both.changes == []

    both.button("Remove the account").click()
    both.button("Remove it").click()

    assert both.changes == [Settings()]
    assert both.dialog.account_id == HOME.id
    assert both.accounts_shown[-1] == HOME.id


def test_when_the_default_account_goes_another_takes_its_place(both):
    both.button("Remove the account").click()
    both.button("Remove it").click()

    assert both.changes[-1].accounts == (WORK,)
    assert both.changes[-1].account == WORK


def test_another_account_becomes_the_default(both):
    both.dialog.show_account("work")

    both.button("Use for new chats").click()

    assert both.changes[-1].account == WORK
    assert both.names == ["GigaChat", "Work (default)"]
    assert "Use for new chats" not in both.buttons()


def test_typed_text_stays_with_its_account(both, qtbot):
    line = both.control("Answers at once", QLineEdit)
    line.setFocus()
    qtbot.keyClicks(line, "7")

    both.dialog.show_account("work")

    assert [account.lanes for account in both.changes[-1].accounts] == [7, 3]
    assert both.control("Answers at once", QLineEdit).text() == "3"


@pytest.mark.parametrize(
    ("kind", "words"),
    [(SignIn.KEY, "There is no key yet."), (SignIn.PASSWORD, "There is no password yet.")],
    ids=["another kind", "the same kind"],
)
def test_nothing_of_one_account_is_shown_at_another(qtbot, kind, words):
    both = Shown(qtbot, Settings(accounts=(Account(sign_in=kind), WORK)))
    both.dialog.show_account("work")
    both.dialog.set_key_place("work", KeyPlace.KEYRING)
    both.button("Change the password").click()
    both.control("Password", QLineEdit).setText("half typed")
    both.dialog.show_balance("work", [ModelBalance("GigaChat-2", 5)])

    both.dialog.show_account(HOME.id)
    both.dialog.show_check_result("work", notice_for(errors.PasswordRejectedError()))
    both.dialog.show_balance("work", [ModelBalance("GigaChat-2", 5)])
    both.dialog.set_key_place("work", KeyPlace.KEYRING)

    assert "5 tokens" not in both.text()
    assert "did not accept" not in both.text()
    assert words in both.text()
    assert all(line.text() != "half typed" for line in both.dialog.findChildren(QLineEdit))


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("Authorization key", {"Whose key is it?"}),
        ("Access token", set()),
        ("Name and password", {"User name"}),
        ("Client certificate", {"Certificate", "Key of the certificate"}),
    ],
)
def test_each_way_to_sign_in_has_its_own_fields(qtbot, kind, fields):
    shown = Shown(qtbot, Settings())
    shown.choose("Way to sign in", "Access token")

    shown.choose("Way to sign in", kind)

    visible = {each.accessibleName() for each in shown.dialog.findChildren(QWidget) if each.isVisible()}
    assert visible & {"Whose key is it?", "User name", "Certificate", "Key of the certificate"} == fields


def test_another_way_to_sign_in_has_another_secret(qtbot):
    shown = Shown(qtbot, Settings())
    shown.dialog.set_key_place(HOME.id, KeyPlace.KEYRING)

    shown.choose("Way to sign in", "Access token")

    assert shown.changes[-1].account.sign_in is SignIn.TOKEN
    assert "There is no access token." in shown.text()


@pytest.mark.parametrize(
    ("kind", "typed", "sent"),
    [
        (SignIn.TOKEN, f" Bearer {TOKEN} ", TOKEN),
        (SignIn.TOKEN, TOKEN, TOKEN),
        (SignIn.PASSWORD, " with spaces ", " with spaces "),
        (SignIn.CERTIFICATE, "Bearer of rings", "Bearer of rings"),
    ],
)
def test_a_secret_is_mended_only_where_that_is_safe(qtbot, kind, typed, sent):
    shown = Shown(qtbot, Settings(accounts=(Account(sign_in=kind),)))
    shown.button("Enter a token" if kind is SignIn.TOKEN else "Enter the password").click()
    line = QApplication.focusWidget()
    assert line.echoMode() is QLineEdit.EchoMode.Password
    line.setText(typed)

    with qtbot.waitSignal(shown.dialog.key_submitted) as submitted:
        qtbot.keyClick(line, Qt.Key.Key_Return)

    assert submitted.args == [HOME.id, sent]
    assert line.text() == ""
    assert mended(kind, typed) == sent


def test_nothing_is_no_secret(qtbot):
    shown = Shown(qtbot, Settings(accounts=(WORK,)))
    shown.button("Enter the password").click()

    with qtbot.assertNotEmitted(shown.dialog.key_submitted):
        shown.button("Save the password").click()

    assert shown.control("Password", QLineEdit).hasFocus()


def test_a_certificate_can_be_checked_without_a_password(qtbot, tmp_path):
    certificate = tmp_path / "me.pem"
    certificate.write_text("x")
    shown = Shown(qtbot, Settings(accounts=(Account(sign_in=SignIn.CERTIFICATE),)))
    assert "Check the certificate" not in shown.buttons()

    shown.control("Choose the client certificate", QPushButton).click()
    chooser = shown.dialog.findChild(QFileDialog)
    chooser.fileSelected.emit(str(certificate))
    chooser.reject()

    assert shown.changes[-1].account.certificate_file == str(certificate)
    with qtbot.waitSignal(shown.dialog.check_requested) as asked:
        shown.button("Check the certificate").click()
    assert asked.args == [HOME.id]


def test_a_server_is_chosen_or_typed(qtbot):
    shown = Shown(qtbot, Settings())

    shown.choose("Server", "The former one")
    shown.choose("Server", "Another:")
    shown.type("Address of the service", "https://gateway.example/v1")
    shown.choose("Server", "The usual one")

    assert [each.account.base_url for each in shown.changes] == [OLD_BASE_URL, "", "https://gateway.example/v1", ""]


@pytest.mark.parametrize(
    ("account", "choice"),
    [
        (Account(), "The usual one"),
        (Account(base_url=OLD_BASE_URL), "The former one"),
        (Account(base_url="https://gateway.example/v1"), "Another:"),
        (Account(auth_url="https://gateway.example/oauth"), "Another:"),
    ],
)
def test_the_server_in_force_is_shown(qtbot, account, choice):
    shown = Shown(qtbot, Settings(accounts=(account,)))

    assert shown.control("Server", QComboBox).currentText() == choice


def test_the_version_of_the_interface_is_chosen(qtbot):
    shown = Shown(qtbot, Settings())

    shown.choose("Version of the chat interface", "Second")

    assert shown.changes[-1].account.api is ApiChoice.V2


def test_a_scope_of_the_environment_is_shown_and_can_be_overruled(qtbot):
    shown = Shown(qtbot, Settings())
    shown.dialog.set_key_place(HOME.id, KeyPlace.ENVIRONMENT, Scope.B2B)
    assert "B2B" in shown.control("Whose key is it?", QComboBox).currentText()

    shown.type("Name", "Other")
    assert shown.changes[-1].account.scope is None
    shown.choose("Whose key is it?", "Mine, as a private person (PERS)")

    assert shown.changes[-1].account.scope is Scope.PERS


def test_the_balance_is_asked_for_and_shown(both, qtbot, speak):
    speak(Language.ENGLISH)
    with qtbot.waitSignal(both.dialog.balance_requested) as asked:
        both.button("Refresh the balance").click()
    both.dialog.set_asking_balance(HOME.id)
    assert not both.button("Asking…").isEnabled()

    both.dialog.show_balance(HOME.id, [ModelBalance("GigaChat-2-Max", 1_234_567), ModelBalance("embeddings", 1)])

    assert asked.args == [HOME.id]
    lines = both.text().splitlines()
    assert {"GigaChat-2-Max", "1,234,567 tokens", "embeddings", "1 token"} <= set(lines)
    assert both.button("Refresh the balance").isEnabled()


def test_the_balance_says_why_it_is_not_known(both):
    both.dialog.show_balance_problem(HOME.id, errors.ForbiddenError("Permission denied", status=403))
    assert "pays as it goes" in both.text()

    both.dialog.show_balance_problem(HOME.id, errors.NetworkError(cause=errors.NetworkCause.TIMEOUT, host="a.example"))
    assert "a.example does not answer." in both.text()

    both.dialog.show_balance(HOME.id, [])
    assert "no packages" in both.text()


def test_a_diagnosis_is_asked_for(both, qtbot):
    both.dialog.show_account("work")

    with qtbot.waitSignal(both.dialog.diagnosis_requested) as asked:
        both.button("Find out what is wrong…").click()

    assert asked.args == ["work"]


@pytest.mark.parametrize("language", [Language.ENGLISH, Language.RUSSIAN], ids=str)
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("kind", list(SignIn), ids=str)
def test_no_button_is_cut_off_in_a_narrow_window(dressed, qtbot, speak, language, theme, kind):
    dressed(theme)
    speak(language)
    shown = Shown(qtbot, Settings(accounts=(HOME, Account(id="other", name="Name " * 30, sign_in=kind))))
    shown.dialog.show_account("other")
    shown.dialog.set_key_place("other", KeyPlace.KEYRING)
    shown.dialog.resize(480, 500)

    def cut_off():
        visible = [each for each in shown.dialog.findChildren(QPushButton) if each.isVisible()]
        return [each.text() for each in visible if each.width() < each.sizeHint().width()]

    page = shown.dialog._account
    qtbot.waitUntil(lambda: not cut_off())
    qtbot.waitUntil(lambda: page.widget().width() <= page.viewport().width())
