"""Texts as vectors, `POST /embeddings`. Pure."""

import math
from collections.abc import Sequence
from typing import Any

import msgspec

from gigadesk.gigachat.protocol.decode import Decoder, OddJsonError, count_of, encode
from gigadesk.gigachat.values import Embedding


class _Entry(msgspec.Struct):
    embedding: list[float]
    index: Any = None
    usage: Any = None


class _Answer(msgspec.Struct):
    data: list[_Entry]


_decode = Decoder(_Answer)


def embeddings_request(model: str, texts: Sequence[str]) -> bytes:
    """The body that asks for the vector of each text."""
    return encode({"model": model, "input": list(texts)})


def read_embeddings(body: bytes, expected: int) -> tuple[Embedding, ...]:
    """One vector for each text, in the order of the texts, whatever the order of the answer.

    Raises:
        OddJsonError: the body holds no vectors, or not as many as expected.
    """
    entries = _decode(body).data
    if len(entries) != expected or not all(all(map(math.isfinite, entry.embedding)) for entry in entries):
        raise OddJsonError
    numbers = [entry.index for entry in entries]
    if all(isinstance(number, int) for number in numbers) and sorted(numbers) == list(range(expected)):
        entries = sorted(entries, key=lambda entry: int(entry.index))
    return tuple(Embedding(tuple(entry.embedding), _prompt_tokens(entry.usage)) for entry in entries)


def _prompt_tokens(usage: Any) -> int:  # a leaf of foreign JSON
    return count_of(usage.get("prompt_tokens")) if isinstance(usage, dict) else 0
