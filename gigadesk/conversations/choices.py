"""Which account and which model a chat asks, with what: its own choice, else that of the settings."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from gigadesk.chat import ChatId, Effort, Tool
from gigadesk.conversations.live_chats import LiveChats, reporting
from gigadesk.conversations.reply import Reply
from gigadesk.conversations.service import Services
from gigadesk.conversations.service_link import ServiceLinks
from gigadesk.facts import ChatChanged, Event
from gigadesk.settings import Generation
from gigadesk.store import Store


class Choices:
    """Reads chats and settings anew each time: they may be changed while a reply waits."""

    def __init__(
        self,
        store: Store,
        services: Services,
        links: ServiceLinks,
        live: LiveChats,
        generation: Callable[[], Generation],
        publish: Callable[[Event], None],
        on_account: Callable[[str], None],
    ) -> None:
        """`on_account` is called with the id of an account that was chosen just now."""
        self._store = store
        self._services = services
        self._links = links
        self._live = live
        self._generation = generation
        self._publish = publish
        self._on_account = on_account

    def set_model(self, chat_id: ChatId, model: str) -> None:
        """Choose the model for the next replies of this chat; empty follows the settings."""
        with self._changing(chat_id):
            self._store.set_model(chat_id, model)

    def set_account(self, chat_id: ChatId, account_id: str) -> None:
        """Choose the account for the next replies of this chat, waiting ones included; empty follows the settings.

        Models of an account that are not known yet are asked for: `ModelsChanged`.
        """
        with self._changing(chat_id):
            self._store.set_account(chat_id, account_id)
        self._on_account(account_id)

    def set_tools(self, chat_id: ChatId, tools: Sequence[Tool]) -> None:
        """Switch on these built-in tools for the next replies, and all others off."""
        with self._changing(chat_id):
            self._store.set_tools(chat_id, tools)

    def set_effort(self, chat_id: ChatId, effort: Effort | None) -> None:
        """Choose how much the model should think; None leaves it to the model."""
        with self._changing(chat_id):
            self._store.set_effort(chat_id, effort)

    def account_of(self, chat_id: ChatId) -> str:
        """The id of the account."""
        try:
            account = self._store.chat(chat_id).account
        except LookupError:
            account = ""  # deleted for ever, while the request for its title waited
        return self._services.resolve(account)

    def model_of_chat(self, chat_id: ChatId) -> str:
        """The model that the next reply would be asked of; empty while the service has not told which it has."""
        return self._chosen(chat_id) or next(iter(self._links.of(self.account_of(chat_id)).models), "")

    def model_for(self, reply: Reply) -> str:
        """The model to ask for a reply; empty for the service's first."""
        chosen = self._chosen(reply.chat_id)
        return chosen if reply.is_continuation else reply.message.model or chosen

    @contextmanager
    def _changing(self, chat_id: ChatId) -> Iterator[None]:
        with reporting(self._publish):
            yield
            self._publish(ChatChanged(self._live.chat(chat_id)))

    def _chosen(self, chat_id: ChatId) -> str:
        return self._store.chat(chat_id).model or self._generation().model
