"""Which account and which model a chat asks: its own choice, else that of the settings."""

from collections.abc import Callable

from gigadesk.chat import ChatId
from gigadesk.conversations.reply import Reply
from gigadesk.conversations.service import Services
from gigadesk.conversations.service_link import ServiceLinks
from gigadesk.settings import Generation
from gigadesk.store import Store


class Choices:
    """Reads chats and settings anew each time: they may be changed while a reply waits."""

    def __init__(
        self, store: Store, services: Services, links: ServiceLinks, generation: Callable[[], Generation]
    ) -> None:
        self._store = store
        self._services = services
        self._links = links
        self._generation = generation

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

    def _chosen(self, chat_id: ChatId) -> str:
        return self._store.chat(chat_id).model or self._generation().model
