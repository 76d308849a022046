"""Packs of requests that are answered later, `/batches`. Pure."""

from collections.abc import Mapping
from typing import Any

from gigadesk.gigachat.protocol.decode import Decoder, OddJsonError, count_of, encode, number_of, text_of
from gigadesk.gigachat.values import Batch
from gigadesk.text import clean

_decode = Decoder(object)


def batch_line(line_id: str, request: Mapping[str, Any]) -> bytes:  # JSON: the request body of the batch's method
    """One line of a batch, with its line end."""
    return encode({"id": line_id, "request": request}) + b"\n"


def read_batch(body: bytes) -> Batch:
    """One batch.

    Raises:
        OddJsonError: the body holds none.
    """
    (batch, *_) = read_batches(body) or (None,)
    if batch is None:
        raise OddJsonError
    return batch


def read_batches(body: bytes) -> tuple[Batch, ...]:
    """The batches in the server's order; those without an id are left out.

    Three shapes are known: `{"batches":[...]}`, a bare list, and one bare object when one was asked for.

    Raises:
        OddJsonError: none of them.
    """
    found = _decode(body)
    if isinstance(found, dict):
        found = found.get("batches", [found] if "id" in found else None)
    if not isinstance(found, list):
        raise OddJsonError
    return tuple(_batch(entry) for entry in found if isinstance(entry, dict) and text_of(entry.get("id")))


def _batch(fields: dict[str, Any]) -> Batch:  # JSON
    counts = fields.get("request_counts")
    counts = counts if isinstance(counts, dict) else {}
    return Batch(
        id=clean(text_of(fields["id"])),
        method=clean(text_of(fields.get("method"))),
        status=clean(text_of(fields.get("status"))),
        total=count_of(counts.get("total")),
        completed=count_of(counts.get("completed")),
        failed=count_of(counts.get("failed")),
        output_file_id=clean(text_of(fields.get("output_file_id"))),
        created_at=number_of(fields.get("created_at")),
        updated_at=number_of(fields.get("updated_at")),
    )
