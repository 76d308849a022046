"""The branches of a chat, read for a map of them."""

from collections.abc import Sequence

from gigadesk.chat import ChatId, MessageId
from gigadesk.conversations.branch_map import BranchRun, branch_map
from gigadesk.store import Beginning, Store


class BranchReading:
    """Cheap for any chat: a hundred thousand messages are read as numbers."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def runs(self, chat_id: ChatId) -> list[BranchRun]:
        """The stretches between the forks of a chat; see `BranchRun`."""
        ids, parents = self._store.branches.tree(chat_id)
        return branch_map(ids, parents, self._store.chat(chat_id).leaf_id, self._store.branches.shown_children)

    def beginnings(self, message_ids: Sequence[MessageId]) -> dict[MessageId, Beginning]:
        """What messages begin with; of those that are being written, what is not stored yet is left out."""
        return self._store.branches.beginnings(message_ids)
