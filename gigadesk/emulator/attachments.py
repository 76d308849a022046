"""The files that a chat request refers to: looked up, and held against the rules. Does no I/O.

Source of the limits: the official description of `POST /files` and the guide to working with files.
"""

from collections.abc import Mapping

from gigadesk.emulator import choices, models
from gigadesk.emulator.answers.file_talk import readable_text
from gigadesk.emulator.checks import RefusedError
from gigadesk.emulator.files import FileRoom
from gigadesk.emulator.prompts import HeldFile, Prompt
from gigadesk.emulator.tokens import count

IMAGES_PER_MESSAGE = 1
IMAGES_PER_REQUEST = 10
MEDIA_MAX_BYTES = 80 * 1024 * 1024
"""Pictures and sound together stay below; documents do not count."""
BYTES_PER_TOKEN = 40
"""Of documents whose text is not read here: most of their bytes are no text."""


def attached_files(prompt: Prompt, room: FileRoom, client_id: str) -> dict[str, HeldFile]:
    """The files by id.

    Raises:
        RefusedError: one is unknown (404), another's (403), or together they break a rule (422).
    """
    ids = dict.fromkeys(file_id for turn in prompt.turns for file_id in turn.file_ids)
    kept = [room.get(file_id, client_id) for file_id in ids]
    files = {file.id: HeldFile(file.id, file.name, file.mime, file.data) for file in kept}
    _check_rules(prompt, files)
    return files


def file_tokens(file: HeldFile) -> int:
    """About what the service would count for this file."""
    if file.kind == "image":
        return choices.IMAGE_TOKENS
    if file.kind == "audio":
        return max(1, len(file.data) // choices.AUDIO_BYTES_PER_TOKEN)
    text = readable_text(file)
    return len(file.data) // BYTES_PER_TOKEN if text is None else count(text)


def read_documents(files: Mapping[str, HeldFile]) -> list[HeldFile]:
    """What the model gets to see: of several documents only the first."""
    documents = [file for file in files.values() if file.kind == "text"]
    return [*(file for file in files.values() if file.kind != "text"), *documents[:1]]


def _check_rules(prompt: Prompt, files: Mapping[str, HeldFile]) -> None:
    media = [file for file in files.values() if file.kind != "text"]
    if media and not models.has_eyes(prompt.model):
        raise RefusedError(422, choices.NO_MEDIA.format(kind=media[0].kind))
    for turn in prompt.turns:
        if sum(files[file_id].kind == "image" for file_id in turn.file_ids) > IMAGES_PER_MESSAGE:
            raise RefusedError(422, choices.ONE_IMAGE)
    shown = sum(files[file_id].kind == "image" for turn in prompt.turns for file_id in turn.file_ids)
    if shown > IMAGES_PER_REQUEST:
        raise RefusedError(422, choices.TEN_IMAGES)
    if sum(len(file.data) for file in media) >= MEDIA_MAX_BYTES:
        raise RefusedError(422, choices.MEDIA_SIZE)
    if sum(file_tokens(file) for file in read_documents(files) if file.kind == "text") > models.CONTEXT_TOKENS:
        raise RefusedError(422, choices.TOO_LARGE_DOCUMENT)
