"""What is known of the way to each account's service, and which models it offers."""

from collections.abc import Callable

from gigadesk.conversations.service import Service, Services
from gigadesk.errors import (
    BrokenAnswerError,
    CertificateError,
    GigadeskError,
    KeyRejectedError,
    MissingAuthError,
    NetworkError,
    PasswordRejectedError,
    ScopeError,
    TokenExpiredError,
)
from gigadesk.facts import Connection, ConnectionChanged, Event, ModelsChanged

FALLBACK_MODEL = "GigaChat-2"
"""Asked for when the service does not tell which models it has; the smallest one, which every account may use."""

_NOT_REACHED = (NetworkError, CertificateError, BrokenAnswerError)
# No request would fare better: do not ask for a reply after the list of models failed like this.
_HOPELESS = (
    NetworkError,
    CertificateError,
    KeyRejectedError,
    PasswordRejectedError,
    TokenExpiredError,
    ScopeError,
    MissingAuthError,
)


class ServiceLink:
    """The way to the service of one account; publishes `ConnectionChanged` and `ModelsChanged`."""

    def __init__(self, account: str, services: Services, publish: Callable[[Event], None]) -> None:
        self.account = account
        self._services = services
        self._publish = publish
        self._connection = Connection.UNKNOWN
        self._has_error = False
        self._generation = 0
        self.models: tuple[str, ...] = ()

    @property
    def service(self) -> Service:
        return self._services.service(self.account)

    def forget(self) -> None:
        """The account was changed: what was known of it is so no more."""
        self._generation += 1
        self.models = ()
        self._set_connection(Connection.UNKNOWN, None)

    def note_request(self) -> None:
        """A request is on its way."""
        if self._connection is not Connection.ONLINE:
            self._set_connection(Connection.CONNECTING, None)

    def note_answer(self) -> None:
        """Something came from the service."""
        self._set_connection(Connection.ONLINE, None)

    def note_failure(self, error: GigadeskError) -> None:
        """A request failed. That the service refused it still shows that it can be reached."""
        if isinstance(error, MissingAuthError):
            self._set_connection(Connection.UNKNOWN, error)
        else:
            self._set_connection(Connection.OFFLINE if isinstance(error, _NOT_REACHED) else Connection.ONLINE, error)

    async def refresh_models(self) -> None:
        """Ask which models there are and publish it, or why it could not be asked. Raises nothing expected."""
        try:
            await self._fetch_models()
        except GigadeskError as exc:
            self.note_failure(exc)

    async def default_model(self) -> str:
        """The first chat model of the service; asks for the list if it is not known.

        Raises:
            GigadeskError: only what would befall any other request too.
        """
        if not self.models:
            try:
                await self._fetch_models()
            except _HOPELESS:
                raise
            except GigadeskError:
                return FALLBACK_MODEL
        return self.models[0] if self.models else FALLBACK_MODEL

    async def _fetch_models(self) -> None:
        generation = self._generation
        self.note_request()
        models = await self.service.models()
        if generation != self._generation:
            return
        self.note_answer()
        self.models = tuple(model.id for model in models if model.kind == "chat")
        self._publish(ModelsChanged(self.models, self.account))

    def _set_connection(self, connection: Connection, error: GigadeskError | None) -> None:
        if connection is not self._connection or error is not None or self._has_error:
            self._connection = connection
            self._has_error = error is not None
            self._publish(ConnectionChanged(connection, error, self.account))


class ServiceLinks:
    """A link for each account that was asked for."""

    def __init__(self, services: Services, publish: Callable[[Event], None]) -> None:
        self._services = services
        self._publish = publish
        self._links: dict[str, ServiceLink] = {}

    def of(self, account: str) -> ServiceLink:
        """The link of an account, of the default one for an id that is empty or not known."""
        account = self._services.resolve(account)
        if account not in self._links:
            self._links[account] = ServiceLink(account, self._services, self._publish)
        return self._links[account]

    def all(self) -> list[ServiceLink]:
        return list(self._links.values())

    def forget(self) -> None:
        """The settings of the accounts changed."""
        links, self._links = self._links, {}
        for account, link in links.items():
            if self._services.resolve(account) == account:
                self._links[account] = link
                link.forget()
