"""The English words about a data folder that cannot be used as it should be."""

from typing import Final

from gigadesk.errors import StorageCause
from gigadesk.ui.words.notice_words import QT_TRANSLATE_NOOP, Words

BY_STORAGE_CAUSE: Final[dict[StorageCause, Words]] = {
    StorageCause.FULL: Words(
        QT_TRANSLATE_NOOP("Notices", "The disk is full: nothing is being saved"),
        QT_TRANSLATE_NOOP("Notices", "Free some space and keep GigaDesk open until then. The data is in {path}."),
    ),
    StorageCause.NO_MEMORY: Words(
        QT_TRANSLATE_NOOP("Notices", "There is no room in memory for this file"),
        QT_TRANSLATE_NOOP(
            "Notices",
            "A temporary chat keeps its files in memory, in {path}, and never on the disk. Make room there, or use an"
            " ordinary chat for this file.",
        ),
    ),
    StorageCause.READ_ONLY: Words(
        QT_TRANSLATE_NOOP("Notices", "GigaDesk may not write to its data folder"),
        QT_TRANSLATE_NOOP("Notices", "Nothing can be saved until you allow writing to {path}."),
    ),
    StorageCause.IN_USE: Words(
        QT_TRANSLATE_NOOP("Notices", "The chats are in use by another program"),
        QT_TRANSLATE_NOOP("Notices", "Close the other GigaDesk, or whatever else holds {path}, and try again."),
    ),
    StorageCause.NEWER: Words(
        QT_TRANSLATE_NOOP("Notices", "The chats were saved by a newer GigaDesk"),
        QT_TRANSLATE_NOOP("Notices", "Update GigaDesk to open them. The file {path} was left untouched."),
    ),
    StorageCause.DAMAGED: Words(
        QT_TRANSLATE_NOOP("Notices", "The file with the chats is damaged"),
        QT_TRANSLATE_NOOP(
            "Notices", "{path} cannot be read as it is. Nothing in it has been changed, and nothing will be deleted."
        ),
    ),
    StorageCause.FOREIGN: Words(
        QT_TRANSLATE_NOOP("Notices", "The file with the chats is not from GigaDesk"),
        QT_TRANSLATE_NOOP(
            "Notices",
            "Another program's file, or an encrypted one, has the name {path}. It was left untouched: put it "
            "elsewhere and try again, or choose another folder.",
        ),
    ),
    StorageCause.MISSING: Words(
        QT_TRANSLATE_NOOP("Notices", "The data folder is not there"),
        QT_TRANSLATE_NOOP(
            "Notices", "The chats are kept in {path}. If it is on another drive, connect that and try again."
        ),
    ),
    StorageCause.GONE: Words(
        QT_TRANSLATE_NOOP("Notices", "The file with the chats is gone"),
        QT_TRANSLATE_NOOP(
            "Notices",
            "{path} was here: there are snapshots of it. Put it back and try again, restore a snapshot, or begin "
            "without chats. The snapshots stay in any case.",
        ),
    ),
    StorageCause.VANISHED: Words(
        QT_TRANSLATE_NOOP("Notices", "The file with the chats was moved or deleted"),
        QT_TRANSLATE_NOOP(
            "Notices",
            "Put {path} back, or press the button: the open GigaDesk still has all chats. Nothing new is saved until "
            "then.",
        ),
    ),
    StorageCause.UNKNOWN: Words(
        QT_TRANSLATE_NOOP("Notices", "The data folder cannot be used"),
        QT_TRANSLATE_NOOP("Notices", "The system refused to read or write {path}. Its reason is below."),
    ),
}

DAMAGE_FOUND: Final = Words(
    QT_TRANSLATE_NOOP("Notices", "The file with the chats is damaged"),
    QT_TRANSLATE_NOOP(
        "Notices",
        "Press the button: GigaDesk starts again, saves what is readable or restores a snapshot, as you choose.",
    ),
)

NO_SNAPSHOT: Final = Words(
    QT_TRANSLATE_NOOP("Notices", "No snapshot could be made"),
    QT_TRANSLATE_NOOP("Notices", "The chats themselves are saved as usual. {reason}. The snapshots are in {path}."),
)

NO_ROOM_FOR_SNAPSHOT: Final = Words(
    QT_TRANSLATE_NOOP("Notices", "No snapshot could be made"),
    QT_TRANSLATE_NOOP(
        "Notices",
        "There is too little room on the disk for a copy of all chats. Make some and try again. The snapshots are in "
        "{path}.",
    ),
)

SNAPSHOT_DAMAGED: Final = Words(
    QT_TRANSLATE_NOOP("Notices", "A snapshot is damaged"),
    QT_TRANSLATE_NOOP(
        "Notices",
        "What you have deleted for ever may still be in {path}, and it cannot be restored any more. Delete it when "
        "you do not need it.",
    ),
)

SHARED_DRIVE: Final = Words(
    QT_TRANSLATE_NOOP("Notices", "The chats are on a network drive or in a synced folder"),
    QT_TRANSLATE_NOOP(
        "Notices", "{path} belongs to {drive}. The chats can be spoiled there: move them to a disk of this computer."
    ),
)

READING_ONLY: Final = Words(
    QT_TRANSLATE_NOOP("Notices", "Nothing can be saved"),
    QT_TRANSLATE_NOOP(
        "Notices",
        "GigaDesk may not write to {path}. You see a copy: what you write now is gone when you quit, so copy it to "
        "another place.",
    ),
)
