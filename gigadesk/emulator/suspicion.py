"""Detectors that can be foreseen: text of a machine by its turns of phrase, profanity by its words. Pure."""

import re

_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
_MACHINE = re.compile(
    r"важно отметить|стоит отметить|таким образом|в заключени|кроме того|следует подчеркнуть|"
    r"как языковая модель|является неотъемлем|играет ключевую роль",
    re.IGNORECASE,
)
_PROFANE = re.compile(r"\b(дурак|дура|идиот|чёрт|черт|damn|idiot)\w*", re.IGNORECASE)


def machine_intervals(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The category `ai`, `human` or `mixed`, and for the last the places of the machine's sentences.

    Places count characters from 1, ends included; sentences side by side are one interval.
    """
    sentences = [found for found in _SENTENCE.finditer(text) if found.group().strip()]
    suspects = [bool(_MACHINE.search(found.group())) for found in sentences]
    if not any(suspects):
        return "human", []
    if all(suspects):
        return "ai", []
    intervals: list[tuple[int, int]] = []
    was_suspect = False
    for found, is_suspect in zip(sentences, suspects, strict=True):
        start = found.start() + len(found.group()) - len(found.group().lstrip()) + 1
        if is_suspect and was_suspect:
            intervals[-1] = intervals[-1][0], found.end()
        elif is_suspect:
            intervals.append((start, found.end()))
        was_suspect = is_suspect
    return "mixed", intervals


def is_profane(text: str) -> bool:
    return bool(_PROFANE.search(text))
