"""Vectors of texts: like ones for texts with like words. Pure."""

import hashlib
import itertools
import math
import re
import struct
from collections.abc import Iterator

EMBEDDERS = {
    "Embeddings": (1024, 512),
    "Embeddings-2": (1024, 512),
    "EmbeddingsGigaR": (2560, 4096),
    "GigaEmbeddings-3B-2025-09": (2048, 4096),
}
"""Size of the vector and context in tokens of each model.

Source: a recording for the first; a live test of June 2026 for the size of the third; the rest is not known.
"""
_WORD = re.compile(r"\w+")
_PLACES_OF_A_WORD = 24
_WHOLE_TEXT = 0.05
"""So that no two texts have the same vector, and that of a text without words is not zero."""


def vector(text: str, size: int) -> list[float]:
    """A vector of length 1 whose values are 16-bit floats, written out in decimal as the service does."""
    values = [_WHOLE_TEXT * value for _, value in itertools.islice(_noise(text), size)]
    for word in _WORD.findall(text.lower()):
        for place, value in itertools.islice(_noise(word), _PLACES_OF_A_WORD):
            values[place % size] += value
    length = math.sqrt(sum(value * value for value in values)) or 1.0
    halves = struct.pack(f"<{size}e", *(value / length for value in values))
    return list(struct.unpack(f"<{size}e", halves))


def _noise(word: str) -> Iterator[tuple[int, float]]:
    """Places and values that follow from the word alone."""
    for number in itertools.count():
        digest = hashlib.sha256(f"{number} {word}".encode("utf-8", "surrogatepass")).digest()
        for place, value in struct.iter_unpack("<Hh", digest):
            yield place, value / 0x8000
