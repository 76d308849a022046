"""How many tokens texts have, `POST /tokens/count`. Pure."""

from collections.abc import Sequence
from typing import Any

from gigadesk.gigachat.protocol.decode import Decoder, OddJsonError, count_of, encode
from gigadesk.gigachat.values import TokenCount

_decode = Decoder(list[dict[str, Any]])


def count_request(model: str, texts: Sequence[str]) -> bytes:
    """The body that asks for the tokens of each text."""
    return encode({"model": model, "input": list(texts)})


def read_counts(body: bytes, expected: int) -> tuple[TokenCount, ...]:
    """One count for each text, in their order.

    Raises:
        OddJsonError: the body holds no counts, or not as many as expected.
    """
    entries = _decode(body)
    if len(entries) != expected or not all("tokens" in entry for entry in entries):
        raise OddJsonError
    return tuple(TokenCount(count_of(entry["tokens"]), count_of(entry.get("characters"))) for entry in entries)
