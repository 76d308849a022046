"""Chance that repeats: the same seed and text give the same numbers."""

import random


def numbers_for(seed: int, text: str) -> random.Random:
    # As bytes: a lone surrogate in a question must not be an error here.
    return random.Random(f"{seed} {text}".encode("utf-8", "surrogatepass"))  # noqa: S311 - repeatable, not secret
