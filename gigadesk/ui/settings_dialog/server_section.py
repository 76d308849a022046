"""The way to the service: which server, through which proxy, with whose certificate authority."""

from dataclasses import replace
from enum import StrEnum

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gigadesk.settings import DEFAULT_AUTH_URL, DEFAULT_BASE_URL, OLD_BASE_URL, Account, ApiChoice
from gigadesk.ui.settings_dialog.addresses import proxy_address_problem, service_address_problem
from gigadesk.ui.settings_dialog.choice_field import ChoiceField
from gigadesk.ui.settings_dialog.file_field import CertificateFileField
from gigadesk.ui.settings_dialog.page import SPACING
from gigadesk.ui.settings_dialog.text_fields import TextField

SYSTEM_PROXY = ""
NO_PROXY = "none"
OWN_PROXY = "own"
"""The third choice of the list; the address itself is what gets saved."""


class Server(StrEnum):
    """Where an account asks."""

    NEW = "new"
    OLD = "old"
    OWN = "own"


class ServerSection(QWidget):
    """Fields of one account.

    Signals:
        changed(): a field was changed; see `apply`.
    """

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._server = ChoiceField(self, tuple(Server), Server.NEW, is_wide=True)
        self._base_url = TextField(self, service_address_problem)
        self._auth_url = TextField(self, service_address_problem)
        self._proxy_choice = ChoiceField(self, (SYSTEM_PROXY, NO_PROXY, OWN_PROXY), SYSTEM_PROXY, is_wide=True)
        self._proxy = TextField(self, proxy_address_problem)
        self._ca_file = CertificateFileField(self)
        self._api = ChoiceField(self, tuple(ApiChoice), ApiChoice.AUTO, is_wide=True)
        self._texts = (self._base_url, self._auth_url, self._proxy, self._ca_file)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING)
        for field in (self._server, self._base_url, self._auth_url, self._proxy_choice, self._proxy, self._ca_file):
            layout.addWidget(field)
        layout.addWidget(self._api)
        for changing in (self._server, self._proxy_choice, self._api, *self._texts):
            changing.changed.connect(self._on_field_changed)
        self._retranslate()

    def show_values(self, account: Account, *, is_other: bool) -> None:
        """Show what is in force; `is_other` when the fields showed another account."""
        server = _server_of(account)
        # An own address that is not typed yet is saved as the usual one: leave the list where the user put it.
        if is_other or server is not Server.NEW or self._server.value != Server.OWN:
            self._server.set_value(server)
        self._base_url.set_value(account.base_url if server is not Server.OLD else "")
        self._auth_url.set_value(account.auth_url)
        is_own = account.proxy not in {SYSTEM_PROXY, NO_PROXY}
        if is_other or is_own or self._proxy_choice.value != OWN_PROXY:
            self._proxy_choice.set_value(OWN_PROXY if is_own else account.proxy)
        if is_own or is_other:
            self._proxy.set_value(account.proxy if is_own else "")
        self._ca_file.set_value(account.ca_file)
        self._api.set_value(account.api)
        self._show_lines()

    def apply(self, account: Account) -> Account:
        """The account with what stands in these fields."""
        server = Server(self._server.value)
        choice = self._proxy_choice.value
        return replace(
            account,
            base_url={Server.NEW: "", Server.OLD: OLD_BASE_URL, Server.OWN: self._base_url.value}[server],
            auth_url=self._auth_url.value if server is Server.OWN else "",
            proxy=self._proxy.value if choice == OWN_PROXY else choice,
            ca_file=self._ca_file.value,
            api=ApiChoice(self._api.value),
        )

    def commit(self) -> None:
        """Take what is still being typed."""
        for field in self._texts:
            field.commit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._server.set_words(
            self.tr("Server"),
            self.tr("The usual one is {host}, the former one {former_host}.").format(
                host=_host(DEFAULT_BASE_URL), former_host=_host(OLD_BASE_URL)
            ),
        )
        self._server.set_texts([self.tr("The usual one"), self.tr("The former one"), self.tr("Another:")])
        self._base_url.set_words(
            self.tr("Address of the service"),
            self.tr("For a server or gateway of your own. The chats go there."),
        )
        self._base_url.set_placeholder(DEFAULT_BASE_URL)
        self._auth_url.set_words(
            self.tr("Address of the authorization"), self.tr("The key goes there and nowhere else.")
        )
        self._auth_url.set_placeholder(DEFAULT_AUTH_URL)
        self._proxy_choice.set_words(self.tr("Proxy"))
        self._proxy_choice.set_texts([self.tr("As the system"), self.tr("None"), self.tr("This one:")])
        self._proxy.set_words(
            self.tr("Address of the proxy"), self.tr("A password in it is kept in the settings file, unprotected.")
        )
        self._proxy.set_placeholder("http://proxy.example:8080")
        self._ca_file.set_file_words(
            self.tr("Further certificate authority"),
            self.tr("A file (PEM or DER) from your company or antivirus, if it inspects secure connections."),
            self.tr("Choose the certificate file"),
        )
        self._ca_file.set_placeholder(self.tr("None"))
        self._api.set_words(
            self.tr("Version of the chat interface"), self.tr("Some tools exist only in the second version.")
        )
        self._api.set_texts([self.tr("The second one when it is needed"), self.tr("First"), self.tr("Second")])

    def _on_field_changed(self) -> None:
        self._show_lines()
        self.changed.emit()

    def _show_lines(self) -> None:
        is_own = self._server.value == Server.OWN
        self._base_url.setVisible(is_own)
        self._auth_url.setVisible(is_own)
        self._proxy.setVisible(self._proxy_choice.value == OWN_PROXY)


def _server_of(account: Account) -> Server:
    if account.auth_url:
        return Server.OWN
    return {"": Server.NEW, OLD_BASE_URL: Server.OLD}.get(account.base_url, Server.OWN)


def _host(address: str) -> str:
    return address.split("/")[2]
