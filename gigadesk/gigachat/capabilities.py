"""What a model can do, as far as it is known: the service lists names only. Pure.

A guess that says no too much hides a feature, one that says yes too much is answered by the service with words;
so an unknown chat model is taken to be able to do what the newest ones can.

Source: https://developers.sber.ru/docs/ru/gigachat/guides/selecting-a-model
"""

import re
from dataclasses import dataclass

from gigadesk.chat import FileKind, Tool

CONTEXT_TOKENS = 128_000

_EXTRA = re.compile(r"(:.*|-preview)$")
_ALL_TOOLS = frozenset({Tool.WEB_SEARCH, Tool.CODE_INTERPRETER, Tool.URL_CONTENT, Tool.IMAGE, Tool.MODEL_3D})
_ALL_FILES = frozenset({FileKind.TEXT, FileKind.IMAGE, FileKind.AUDIO})


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What one model takes and does."""

    context_tokens: int = CONTEXT_TOKENS
    tools: frozenset[Tool] = _ALL_TOOLS
    files: frozenset[FileKind] = _ALL_FILES
    has_effort: bool = False
    """Whether it thinks before it answers, and lets itself be told how much."""


_TEXT_ONLY = frozenset({FileKind.TEXT})
_KNOWN = {
    "GigaChat-2": Capabilities(files=_TEXT_ONLY),
    "GigaChat-2-Lite": Capabilities(files=_TEXT_ONLY),
    "GigaChat-2-Pro": Capabilities(),
    "GigaChat-2-Max": Capabilities(),
    "GigaChat-2-Reasoning": Capabilities(has_effort=True),
    "GigaChat-3-Ultra": Capabilities(has_effort=True),
    "GigaChat-3-Pro": Capabilities(context_tokens=262_144, has_effort=True),
    "GigaChat-3-Lightning": Capabilities(context_tokens=256_000, has_effort=True),
    # The first generation; the service answers for it with the second one, under the old names.
    "GigaChat": Capabilities(files=_TEXT_ONLY),
    "GigaChat-Plus": Capabilities(files=_TEXT_ONLY),
    "GigaChat-Pro": Capabilities(),
    "GigaChat-Max": Capabilities(),
}


def capabilities_of(model: str) -> Capabilities:
    """What the model with this id can do; version and `-preview` do not matter, nor does upper or lower case."""
    name = _EXTRA.sub("", model.strip())
    return _KNOWN.get(name) or _BY_LOWER.get(name.lower()) or Capabilities(has_effort=True)


_BY_LOWER = {name.lower(): known for name, known in _KNOWN.items()}
