"""What may have been meant by words that are nowhere."""

from gigadesk.search.stems import stem
from gigadesk.search.typos import LONG_CHARS, SHORT_CHARS, near_words, nearest, other_layout
from gigadesk.search.words import CHUNK, folded, plain, wanted_of
from gigadesk.store.search_words import ASKED_AT_ONCE, WordTable

_QUOTES = '"“”„«»'
_WORDS_MAX = 8


def suggestion(text: str, words: WordTable) -> str | None:
    """The text with other words for those that no message has; None when there are none to put in their place."""
    tokens = text.split()
    if len(tokens) > _WORDS_MAX:
        return None
    meant = [_meant(token, words) for token in tokens]
    return " ".join(meant) if meant != tokens else None


def _meant(token: str, words: WordTable) -> str:
    if ":" in token or token.startswith("-"):
        return token
    core = token.strip(_QUOTES)
    if not core or _is_known(core, words):
        return token
    swapped = other_layout(core)
    if swapped != core and _is_known(swapped, words):
        return token.replace(core, swapped)
    word = folded(plain(core))
    other = _near(word, words) if len(word) > SHORT_CHARS else None
    return token.replace(core, other) if other is not None else token


def _is_known(core: str, words: WordTable) -> bool:
    """Whether all its words, or other forms of them, were seen."""
    wanted = [word for chunk in CHUNK.findall(plain(core)) for word in wanted_of(chunk)]
    return bool(wanted) and all(words.has(word) or words.has_form(word, stem(word)) for word in wanted)


def _near(word: str, words: WordTable) -> str | None:
    near = list(dict.fromkeys(near_words(word)))
    weights: dict[str, int] = {}
    for start in range(0, len(near), ASKED_AT_ONCE):
        weights |= words.weights(near[start : start + ASKED_AT_ONCE])
    weights.pop(word, None)
    if weights:
        return max(weights, key=lambda other: (weights[other], -near.index(other)))
    if len(word) < LONG_CHARS:
        return None
    return nearest(word, words.of_length(word[0], len(word) - 2, len(word) + 2), 2)
