"""What the service allows of attached files in one message and one request. Pure.

Source: https://developers.sber.ru/docs/ru/gigachat/guides/working-with-files
"""

from collections.abc import Sequence

from gigadesk.chat import ChatFile, FileKind, FileState
from gigadesk.errors import AttachmentCause, AttachmentError
from gigadesk.gigachat.capabilities import capabilities_of
from gigadesk.limits import DOCUMENTS_PER_REQUEST, IMAGES_PER_MESSAGE, IMAGES_PER_REQUEST, REQUEST_MEDIA_MAX_BYTES

_UNKNOWN = frozenset({FileState.READING, FileState.FAILED})
_MEDIA = frozenset({FileKind.IMAGE, FileKind.AUDIO})


def check_message(files: Sequence[ChatFile], model: str, earlier: Sequence[ChatFile]) -> AttachmentError | None:
    """Why a message with these files cannot be sent to `model`, or None.

    `earlier` are the files that the user attached to the messages sent before it in the same request. Files that are
    still being read, or have failed, say nothing yet. Of documents only those of this message count: the history
    leaves out older ones, since the service reads one a request.
    """
    files = [each for each in files if each.state not in _UNKNOWN]
    earlier = [each for each in earlier if not each.is_generated]
    takes = capabilities_of(model).files
    for file in files:
        if file.kind not in takes:
            return AttachmentError(AttachmentCause.MODEL_CANNOT, file.name, model=model)
    pictures = _of(files, FileKind.IMAGE)
    documents = _of(files, FileKind.TEXT)
    if len(pictures) > IMAGES_PER_MESSAGE:
        return AttachmentError(AttachmentCause.ONE_IMAGE, pictures[IMAGES_PER_MESSAGE].name)
    if len(documents) > DOCUMENTS_PER_REQUEST:
        return AttachmentError(AttachmentCause.ONE_DOCUMENT, documents[DOCUMENTS_PER_REQUEST].name)
    if pictures and len(pictures) + len(_of(earlier, FileKind.IMAGE)) > IMAGES_PER_REQUEST:
        return AttachmentError(AttachmentCause.TOO_MANY_IMAGES, pictures[-1].name)
    media = [each for each in files if each.kind in _MEDIA]
    total = sum(each.size_bytes for each in (*media, *earlier) if each.kind in _MEDIA)
    if media and total > REQUEST_MEDIA_MAX_BYTES:
        return AttachmentError(AttachmentCause.TOTAL_TOO_LARGE, media[-1].name, limit_bytes=REQUEST_MEDIA_MAX_BYTES)
    return None


def _of(files: Sequence[ChatFile], kind: FileKind) -> list[ChatFile]:
    return [each for each in files if each.kind is kind]
