"""What the end of the last run left unfinished: replies that were cut short, imports that were not shown."""

from gigadesk.chat import MessageId
from gigadesk.errors import StorageCause, StorageError
from gigadesk.store.database import Database
from gigadesk.store.files import FileTable
from gigadesk.store.importing import ImportTable
from gigadesk.store.messages import MessageTable


class LastRun:
    """Settles it at the opening, or, on a disk without any room, as soon as something can be written again."""

    def __init__(self, database: Database, messages: MessageTable, files: FileTable, imports: ImportTable) -> None:
        self._database = database
        self._messages = messages
        self._files = files
        self._imports = imports
        self._unfinished: tuple[MessageId, ...] = messages.unfinished()
        self.refusal: StorageError | None = None
        """Why it is not settled yet. Replies that were cut short are read with their journals until then."""
        try:
            self._settle()
        except StorageError as error:
            if error.cause is not StorageCause.FULL:
                raise
            self.refusal = error
            messages.cut_short = frozenset(self._unfinished)

    def settle(self) -> None:
        """Try again, if that is needed.

        Raises:
            StorageError: the disk still refuses.
        """
        if self.refusal is not None:
            self._settle()
            self.refusal = None
            self._messages.cut_short = frozenset()

    def _settle(self) -> None:
        if self._unfinished:
            with self._database.transaction(is_barrier=True):
                for message_id in self._unfinished:
                    self._messages.fold_journal(message_id)
        if self._files.has_broken_off():
            with self._database.transaction(is_barrier=True):
                self._files.settle()
        self._imports.finish_shown()
