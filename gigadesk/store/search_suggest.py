"""What may have been meant by words that are nowhere."""

from gigadesk.search.stems import stem
from gigadesk.search.typos import LONG_CHARS, SHORT_CHARS, in_one_script, near_words, nearest, other_layout
from gigadesk.search.words import CHUNK, WORD_MAX_CHARS, folded, parts_of_chunk, plain, wanted_of
from gigadesk.store.search_words import ASKED_AT_ONCE, WordTable

_QUOTES = '"“”„«»'
_WORDS_MAX = 8
PART_MIN_CHARS = 3
"""Of each of two words that were written as one."""


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
    for other in (other_layout(core), *in_one_script(core), _apart(core)):
        if other != core and _is_known(other, words):
            return token.replace(core, other)
    word = folded(plain(core))
    near = _near(word, words) if SHORT_CHARS < len(word) <= WORD_MAX_CHARS else None
    near = near or _two_words(word, words)
    return token.replace(core, near) if near is not None else token


def _apart(core: str) -> str:
    """What is joined as words of their own: `бизнес-план` may be written without a hyphen, or with another ending."""
    return " ".join(part for chunk in CHUNK.findall(plain(core)) for part in parts_of_chunk(chunk))


def _two_words(word: str, words: WordTable) -> str | None:
    """The two words that it is without the space between them; those that were seen most often."""
    cuts = range(PART_MIN_CHARS, len(word) - PART_MIN_CHARS + 1)
    if not (word.isalpha() and 0 < len(cuts) < WORD_MAX_CHARS):
        return None
    seen = words.weights([part for cut in cuts for part in (word[:cut], word[cut:])])
    known = [(word[:cut], word[cut:]) for cut in cuts if word[:cut] in seen and word[cut:] in seen]
    best = max(known, key=lambda parts: min(map(seen.__getitem__, parts)), default=None)
    return " ".join(best) if best is not None else None


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
