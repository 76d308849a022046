"""What may go together in one message and one request."""

import pytest

from gigadesk.attachments import check_message
from gigadesk.chat import ChatFile, ChatId, FileId, FileKind, FileState
from gigadesk.errors import AttachmentCause
from gigadesk.limits import REQUEST_MEDIA_MAX_BYTES

MB = 1024 * 1024
PRO, LITE = "GigaChat-2-Pro", "GigaChat-2"


def file(kind, size_mb=1, *, state=FileState.KEPT, is_generated=False, name=""):
    name = name or f"{kind}.{size_mb}"
    return ChatFile(FileId(1), ChatId(1), name, kind, "", size_mb * MB, state, is_generated=is_generated)


IMAGE, TEXT, AUDIO = (file(kind) for kind in (FileKind.IMAGE, FileKind.TEXT, FileKind.AUDIO))
GENERATED = file(FileKind.IMAGE, is_generated=True)


@pytest.mark.parametrize(
    ("files", "model", "earlier", "cause"),
    [
        ([], PRO, [], None),
        ([IMAGE], PRO, [], None),
        ([TEXT], PRO, [], None),
        ([IMAGE, TEXT, AUDIO], PRO, [], None),
        ([AUDIO, AUDIO], PRO, [], None),
        ([IMAGE, IMAGE], PRO, [], AttachmentCause.ONE_IMAGE),
        ([TEXT, TEXT], PRO, [], AttachmentCause.ONE_DOCUMENT),
        ([TEXT], PRO, [TEXT], None),
        ([IMAGE], PRO, [IMAGE] * 9, None),
        ([IMAGE], PRO, [IMAGE] * 10, AttachmentCause.TOO_MANY_IMAGES),
        ([], PRO, [IMAGE] * 10, None),
        ([IMAGE], PRO, [GENERATED] * 20, None),
        ([TEXT], PRO, [IMAGE] * 10, None),
        ([IMAGE], LITE, [], AttachmentCause.MODEL_CANNOT),
        ([AUDIO], LITE, [], AttachmentCause.MODEL_CANNOT),
        ([TEXT], LITE, [], None),
        ([IMAGE], "GigaChat-9-Unheard", [], None),
        ([file(FileKind.OTHER)], PRO, [], AttachmentCause.MODEL_CANNOT),
        ([file(FileKind.OTHER, state=FileState.READING)], PRO, [], None),
        ([IMAGE, file(FileKind.IMAGE, state=FileState.FAILED)], PRO, [], None),
        ([file(FileKind.AUDIO, 30)], PRO, [file(FileKind.AUDIO, 30)], None),
        ([file(FileKind.AUDIO, 30)], PRO, [file(FileKind.AUDIO, 30)] * 2, AttachmentCause.TOTAL_TOO_LARGE),
        ([file(FileKind.AUDIO, 30)], PRO, [file(FileKind.TEXT, 40)] * 3, None),
        ([TEXT], PRO, [file(FileKind.AUDIO, 30)] * 3, None),
    ],
)
def test_the_rules_of_the_service(files, model, earlier, cause):
    found = check_message(files, model, earlier)

    assert (found.cause if found is not None else None) is cause


def test_the_error_names_the_file_that_is_too_many():
    error = check_message([IMAGE, file(FileKind.IMAGE, name="second.png")], PRO, [])

    assert error is not None
    assert error.name == "second.png"


def test_the_error_names_what_the_model_cannot_take():
    error = check_message([file(FileKind.IMAGE, name="cat.png")], LITE, [])

    assert error is not None
    assert (error.name, error.model) == ("cat.png", LITE)


def test_the_error_tells_the_limit_of_all_together():
    error = check_message([file(FileKind.AUDIO, 81)], PRO, [])

    assert error is not None
    assert error.limit_bytes == REQUEST_MEDIA_MAX_BYTES
