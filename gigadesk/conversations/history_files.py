"""Which files go along with a request. Pure.

The service takes one picture a message and ten a request, one document a request, and so many bytes of pictures and
sound; of what the user attached in earlier turns the newest is what the question is most likely about.
"""

from collections.abc import Callable, Sequence

from gigadesk.chat import ChatFile, FileKind, Message, Role
from gigadesk.gigachat.capabilities import capabilities_of
from gigadesk.limits import (
    DOCUMENTS_PER_REQUEST,
    IMAGES_PER_MESSAGE,
    IMAGES_PER_REQUEST,
    REQUEST_MEDIA_MAX_BYTES,
)


def files_to_send(
    messages: Sequence[Message], model: str, can_send: Callable[[ChatFile], bool]
) -> tuple[ChatFile, ...]:
    """Of the messages that are sent the files that go along, those of the last question first.

    These go in any case; of the earlier ones only what the model takes, what `can_send` and what there is room for.
    """
    chosen = _Chosen()
    is_last = True
    takes = capabilities_of(model).files
    for message in reversed(messages):
        if message.role is not Role.USER:
            chosen.begin_turn()
            continue
        for file in message.files:
            if is_last or (file.kind in takes and can_send(file) and chosen.has_room_for(file)):
                chosen.add(file)
        is_last = False
    return tuple(chosen.files)


class _Chosen:
    def __init__(self) -> None:
        self.files: list[ChatFile] = []
        self._images_of_turn = 0

    def begin_turn(self) -> None:
        # Questions with no answer between them are sent as one message.
        self._images_of_turn = 0

    def add(self, file: ChatFile) -> None:
        self.files.append(file)
        self._images_of_turn += file.kind is FileKind.IMAGE

    def has_room_for(self, file: ChatFile) -> bool:
        if file.kind is FileKind.TEXT:
            return self._count(FileKind.TEXT) < DOCUMENTS_PER_REQUEST
        if file.kind is FileKind.IMAGE and (
            self._images_of_turn >= IMAGES_PER_MESSAGE or self._count(FileKind.IMAGE) >= IMAGES_PER_REQUEST
        ):
            return False
        media = sum(each.size_bytes for each in self.files if each.kind in {FileKind.IMAGE, FileKind.AUDIO})
        return media + file.size_bytes <= REQUEST_MEDIA_MAX_BYTES

    def _count(self, kind: FileKind) -> int:
        return sum(each.kind is kind for each in self.files)
