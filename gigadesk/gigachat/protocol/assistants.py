"""Assistants, `/assistants`, which the service does not document in public. Pure."""

from typing import Any

from gigadesk.gigachat.protocol.decode import Decoder, OddJsonError, count_of, encode, number_of, text_of
from gigadesk.gigachat.stateful_values import Assistant, AssistantChanges, NamedFile
from gigadesk.text import clean

_OF_DELETIONS = frozenset({"deleted", "assistant_id", "file_id", "thread_id"})

_decode = Decoder(dict[str, Any])


def assistant_request(changes: AssistantChanges, *, assistant_id: str = "", model: str = "") -> bytes:
    """The body that makes an assistant, or changes the one with this id."""
    fields: dict[str, Any] = {  # JSON
        "assistant_id": assistant_id or None,
        "model": model or None,
        "name": changes.name,
        "description": changes.description,
        "instructions": changes.instructions,
        "file_ids": None if changes.file_ids is None else list(changes.file_ids),
        "functions": None if changes.functions is None else list(changes.functions),
        "metadata": changes.metadata,
    }
    return encode({name: value for name, value in fields.items() if value is not None})


def named_request(**ids: str) -> bytes:
    """The body that names one thing by its id, or a part of one by two."""
    return encode(ids)


def read_assistants(body: bytes) -> tuple[Assistant, ...]:
    """The assistants in the server's order; those without an id are left out.

    Raises:
        OddJsonError: the body is no list of assistants.
    """
    entries = _decode(body).get("data")
    if not isinstance(entries, list):
        raise OddJsonError
    found = (_assistant_of(entry) for entry in entries)
    return tuple(assistant for assistant in found if assistant is not None)


def read_assistant(body: bytes) -> Assistant:
    """One assistant.

    Raises:
        OddJsonError: the body is none.
    """
    assistant = _assistant_of(_decode(body))
    if assistant is None:
        raise OddJsonError
    return assistant


def read_assistant_id(body: bytes) -> str:
    """The id of an assistant that was made now.

    Raises:
        OddJsonError: the body holds none.
    """
    assistant_id = clean(text_of(_decode(body).get("assistant_id")))
    if not assistant_id:
        raise OddJsonError
    return assistant_id


def read_deleted(body: bytes) -> bool:
    """Whether something is deleted now. A server that does not say has done it.

    Raises:
        OddJsonError: the body speaks of something else.
    """
    fields = _decode(body)
    if fields and not fields.keys() & _OF_DELETIONS:
        raise OddJsonError
    return fields.get("deleted", True) is True


def named_files(entries: Any) -> tuple[NamedFile, ...]:  # a leaf of foreign JSON: may be anything
    """The files that have an id."""
    return tuple(
        NamedFile(file_id, clean(text_of(entry.get("name"))))
        for entry in (entries if isinstance(entries, list) else ())
        if isinstance(entry, dict) and (file_id := clean(text_of(entry.get("file_id"))))
    )


def _assistant_of(entry: Any) -> Assistant | None:  # a leaf of foreign JSON: may be anything
    if not isinstance(entry, dict) or not (assistant_id := clean(text_of(entry.get("assistant_id")))):
        return None
    functions, metadata = entry.get("functions"), entry.get("metadata")
    return Assistant(
        assistant_id,
        clean(text_of(entry.get("model"))),
        clean(text_of(entry.get("name"))),
        clean(text_of(entry.get("description"))),
        clean(text_of(entry.get("instructions"))),
        named_files(entry.get("files")),
        tuple(each for each in (functions if isinstance(functions, list) else ()) if isinstance(each, dict)),
        metadata if isinstance(metadata, dict) else {},
        count_of(entry.get("threads_count")),
        number_of(entry.get("created_at")),
        number_of(entry.get("updated_at")),
    )
