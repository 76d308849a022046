"""The conversations on the user's disk: SQLite, its migrations, messages, journal."""

from gigadesk.store.adopting import adopt, temporary_store
from gigadesk.store.branches import Beginning
from gigadesk.store.chats import TitleOrigin
from gigadesk.store.copying import Copy
from gigadesk.store.importing import Known
from gigadesk.store.messages import JournalKind
from gigadesk.store.store import Exchange, Store
from gigadesk.store.trash import Doomed
from gigadesk.store.waiting import Pair

__all__ = [
    "Beginning",
    "Copy",
    "Doomed",
    "Exchange",
    "JournalKind",
    "Known",
    "Pair",
    "Store",
    "TitleOrigin",
    "adopt",
    "temporary_store",
]
