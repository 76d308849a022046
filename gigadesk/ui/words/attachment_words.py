"""The English words about files that cannot be attached. `notices.py` chooses among them and translates.

`{name}`, `{limit}` and `{model}` are filled in by the caller. Nothing here is shown untranslated.
"""

from typing import Final

from gigadesk.errors import AttachmentCause
from gigadesk.limits import DOCUMENTS_PER_REQUEST, IMAGES_PER_MESSAGE, IMAGES_PER_REQUEST
from gigadesk.ui.words.notice_words import QT_TRANSLATE_NOOP, Words

BY_ATTACHMENT_CAUSE: Final[dict[AttachmentCause, Words]] = {
    AttachmentCause.NOT_A_FILE: Words(
        QT_TRANSLATE_NOOP("Notices", "Only files can be attached"),
        QT_TRANSLATE_NOOP("Notices", "“{name}” is a folder, a device or a link that leads nowhere. Choose a file."),
    ),
    AttachmentCause.UNREADABLE: Words(
        QT_TRANSLATE_NOOP("Notices", "The file cannot be read"),
        QT_TRANSLATE_NOOP("Notices", "The system did not let GigaDesk read “{name}”. Check that you may open it."),
    ),
    AttachmentCause.EMPTY: Words(
        QT_TRANSLATE_NOOP("Notices", "The file is empty"),
        QT_TRANSLATE_NOOP("Notices", "There is nothing in “{name}” that could be sent."),
    ),
    AttachmentCause.TOO_LARGE: Words(
        QT_TRANSLATE_NOOP("Notices", "The file is too large"),
        QT_TRANSLATE_NOOP(
            "Notices", "GigaChat takes at most {limit} of this kind. Make “{name}” smaller, or attach a part of it."
        ),
    ),
    AttachmentCause.UNSUPPORTED: Words(
        QT_TRANSLATE_NOOP("Notices", "GigaChat takes no files of this kind"),
        QT_TRANSLATE_NOOP(
            "Notices",
            "“{name}” is not among the texts, documents, pictures and recordings that it reads. Save it in another "
            "format, such as PDF, TXT, PNG or MP3.",
        ),
    ),
    AttachmentCause.BAD_PICTURE: Words(
        QT_TRANSLATE_NOOP("Notices", "The picture cannot be used"),
        QT_TRANSLATE_NOOP("Notices", "“{name}” is damaged, has too many pixels, or is not what its name says."),
    ),
    AttachmentCause.CHANGED: Words(
        QT_TRANSLATE_NOOP("Notices", "The file changed while it was being read"),
        QT_TRANSLATE_NOOP("Notices", "Another program is writing to “{name}”. Attach it again when that is done."),
    ),
    AttachmentCause.LOST: Words(
        QT_TRANSLATE_NOOP("Notices", "The attached file is gone"),
        QT_TRANSLATE_NOOP(
            "Notices", "The copy of “{name}” is no longer in the data folder. Attach the file again in a new message."
        ),
    ),
    AttachmentCause.ONE_IMAGE: Words(
        QT_TRANSLATE_NOOP("Notices", "Only one picture goes with a message"),
        QT_TRANSLATE_NOOP("Notices", "Remove “{name}” or send it with the next message."),
    ),
    AttachmentCause.TOO_MANY_IMAGES: Words(
        QT_TRANSLATE_NOOP("Notices", "This chat holds as many pictures as GigaChat takes"),
        QT_TRANSLATE_NOOP("Notices", "It looks at ten pictures in one chat. Begin a new chat for “{name}”."),
    ),
    AttachmentCause.ONE_DOCUMENT: Words(
        QT_TRANSLATE_NOOP("Notices", "Only one document goes with a chat"),
        QT_TRANSLATE_NOOP("Notices", "Remove “{name}”, or begin a new chat for it."),
    ),
    AttachmentCause.TOTAL_TOO_LARGE: Words(
        QT_TRANSLATE_NOOP("Notices", "The pictures and recordings are too large together"),
        QT_TRANSLATE_NOOP("Notices", "One chat may hold {limit} of them. Remove some, or begin a new chat."),
    ),
    AttachmentCause.MODEL_CANNOT: Words(
        QT_TRANSLATE_NOOP("Notices", "This model takes no such files"),
        QT_TRANSLATE_NOOP("Notices", "{model} cannot work with “{name}”. Choose another model, or remove the file."),
    ),
}
# The sentences name these numbers.
assert (IMAGES_PER_MESSAGE, IMAGES_PER_REQUEST, DOCUMENTS_PER_REQUEST) == (1, 10, 1)

NAME_FALLBACK: Final = QT_TRANSLATE_NOOP("Notices", "the file")
MODEL_FALLBACK: Final = QT_TRANSLATE_NOOP("Notices", "The model")
LIMIT: Final = QT_TRANSLATE_NOOP("Notices", "{size} MB")
