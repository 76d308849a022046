"""The count of tokens at the end of an answer, in the names of either contract. Pure."""

from typing import Any

from gigadesk.chat import Usage
from gigadesk.gigachat.protocol.decode import count_of


def usage_of(value: Any) -> Usage | None:  # a leaf of foreign JSON: may be anything
    """The counts, 0 for those that are missing or make no sense; None when there are none."""
    if not isinstance(value, dict):
        return None
    details = value.get("input_tokens_details")
    cached = details.get("cached_tokens") if isinstance(details, dict) else None
    return Usage(
        prompt=_count(value, "prompt_tokens", "input_tokens"),
        completion=_count(value, "completion_tokens", "output_tokens"),
        total=_count(value, "total_tokens"),
        cached=_count(value, "precached_prompt_tokens") or count_of(cached),
    )


def _count(value: dict[str, Any], *names: str) -> int:
    return next((count_of(value[name]) for name in names if name in value), 0)
