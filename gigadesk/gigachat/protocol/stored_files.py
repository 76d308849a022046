"""Files that the service keeps, `/files`. Pure."""

from typing import Any

from gigadesk.gigachat.protocol.decode import Decoder, OddJsonError, count_of, number_of, text_of
from gigadesk.gigachat.values import StoredFile
from gigadesk.text import clean

ID_MAX_CHARS = 512

_decode = Decoder(object)


def read_stored_file(body: bytes) -> StoredFile:
    """One file.

    Raises:
        OddJsonError: the body holds none, or none with an id.
    """
    fields = _decode(body)
    if not isinstance(fields, dict) or not is_file_id(fields.get("id")):
        raise OddJsonError
    return _stored_file(fields)


def read_stored_files(body: bytes) -> tuple[StoredFile, ...]:
    """The files in the server's order; those without an id are left out.

    Raises:
        OddJsonError: the body is no list of files.
    """
    found = _decode(body)
    entries = found.get("data") if isinstance(found, dict) else found
    if not isinstance(entries, list):
        raise OddJsonError
    return tuple(_stored_file(entry) for entry in entries if isinstance(entry, dict) and is_file_id(entry.get("id")))


def read_deletion(body: bytes) -> bool:
    """Whether a file is deleted now. A server that answers with the file alone has deleted it.

    Raises:
        OddJsonError: the body says nothing about a file.
    """
    fields = _decode(body)
    if not isinstance(fields, dict) or not is_file_id(fields.get("id")):
        raise OddJsonError
    return fields.get("deleted", True) is True


def is_file_id(value: Any) -> bool:  # a leaf of foreign JSON
    """Whether a value can stand for a file in an address. It is never a way up in the path."""
    return isinstance(value, str) and 0 < len(value) <= ID_MAX_CHARS and value.isprintable() and bool(value.strip(". "))


def _stored_file(fields: dict[str, Any]) -> StoredFile:  # JSON
    modalities = fields.get("modalities")
    return StoredFile(
        id=text_of(fields["id"]),
        name=clean(text_of(fields.get("filename"))),
        size_bytes=count_of(fields.get("bytes")),
        created_at=number_of(fields.get("created_at")),
        purpose=clean(text_of(fields.get("purpose"))),
        access=clean(text_of(fields.get("access_policy"))),
        modalities=tuple(
            clean(word) for word in (modalities if isinstance(modalities, list) else ()) if isinstance(word, str)
        ),
    )
