"""When which piece of an answer is written. Pure: a schedule is a list of moments and texts.

The service sends phrases rather than tokens, and `update_interval` joins what falls due within one interval.
"""

import random
import re
from collections.abc import Sequence

Schedule = list[tuple[float, str]]

PHRASE_MIN_CHARS = 5
PHRASE_MAX_CHARS = 80
_WORDS = re.compile(r"\s*\S+\s*")
_JITTER = 0.35


def phrases(text: str, numbers: random.Random) -> list[str]:
    """The text in phrases of some 5 to 80 characters, cut after words; joined they are the text again."""
    found: list[str] = []
    phrase, wanted = "", numbers.randint(PHRASE_MIN_CHARS, PHRASE_MAX_CHARS // 2)
    for word in _pieces(text):
        if phrase and (len(phrase) >= wanted or len(phrase) + len(word) > PHRASE_MAX_CHARS):
            found.append(phrase)
            phrase, wanted = "", numbers.randint(PHRASE_MIN_CHARS, PHRASE_MAX_CHARS // 2)
        phrase += word
    return [*found, phrase] if phrase else found


def schedule(texts: Sequence[str], characters_per_s: float, first_delay_s: float, numbers: random.Random) -> Schedule:
    """When each text is ready at this speed; 0 means all at once and without the first delay."""
    if characters_per_s <= 0:
        return [(0.0, text) for text in texts]
    moment = first_delay_s * numbers.uniform(1 - _JITTER, 1 + _JITTER)
    moments: Schedule = []
    for text in texts:
        moments.append((moment, text))
        moment += len(text) / characters_per_s * numbers.uniform(1 - _JITTER, 1 + _JITTER)
    return moments


def coalesce(moments: Schedule, interval_s: float) -> Schedule:
    """At most one piece per interval: what becomes ready in the meantime is joined."""
    if interval_s <= 0 or not moments:
        return moments
    joined: Schedule = []
    last_s = moments[0][0] - interval_s
    for ready_s, text in moments:
        if joined and ready_s <= last_s:
            joined[-1] = (last_s, joined[-1][1] + text)
        else:
            last_s = max(last_s + interval_s, ready_s)
            joined.append((last_s, text))
    return joined


def _pieces(text: str) -> list[str]:
    """Words with the space around them, none longer than a phrase may be."""
    words = _WORDS.findall(text) or ([text] if text else [])
    return [word[at : at + PHRASE_MAX_CHARS] for word in words for at in range(0, len(word), PHRASE_MAX_CHARS)]
