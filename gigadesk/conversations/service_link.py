"""The present service: what is known of the way to it, and which models it offers."""

from collections.abc import Callable

from gigadesk.conversations.service import Service
from gigadesk.errors import (
    BrokenAnswerError,
    CertificateError,
    GigadeskError,
    KeyRejectedError,
    MissingAuthError,
    NetworkError,
    ScopeError,
)
from gigadesk.facts import Connection, ConnectionChanged, Event, ModelsChanged

FALLBACK_MODEL = "GigaChat-2"
"""Asked for when the service does not tell which models it has; the smallest one, which every account may use."""

_NOT_REACHED = (NetworkError, CertificateError, BrokenAnswerError)
# No request would fare better: do not ask for a reply after the list of models failed like this.
_HOPELESS = (NetworkError, CertificateError, KeyRejectedError, ScopeError, MissingAuthError)


class ServiceLink:
    """Holds the service, and publishes `ConnectionChanged` and `ModelsChanged`."""

    def __init__(self, service: Service, publish: Callable[[Event], None]) -> None:
        self.service = service
        self._publish = publish
        self._connection = Connection.UNKNOWN
        self._has_error = False
        self._models: tuple[str, ...] = ()

    def use(self, service: Service) -> None:
        """Ask another service from now on; what was known of the old one is forgotten."""
        self.service = service
        self._models = ()
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
        if not self._models:
            try:
                await self._fetch_models()
            except _HOPELESS:
                raise
            except GigadeskError:
                return FALLBACK_MODEL
        return self._models[0] if self._models else FALLBACK_MODEL

    async def _fetch_models(self) -> None:
        service = self.service
        self.note_request()
        models = await service.models()
        if service is not self.service:
            return
        self.note_answer()
        names = tuple(model.id for model in models if model.kind == "chat")
        if names != self._models:
            self._models = names
        self._publish(ModelsChanged(names))

    def _set_connection(self, connection: Connection, error: GigadeskError | None) -> None:
        if connection is not self._connection or error is not None or self._has_error:
            self._connection = connection
            self._has_error = error is not None
            self._publish(ConnectionChanged(connection, error))
