"""How long a reply takes, and how much of that the model thinks. The clock of the loop, which never goes back."""

import asyncio


class ReplyClock:
    """Runs from the request to the end of the answer; `before_s` are those of the parts that came before."""

    def __init__(self, seconds_before: float | None, reasoning_before_s: float | None) -> None:
        self._before_s = seconds_before
        self._reasoned_s = reasoning_before_s
        self._started_at: float | None = None
        self._thinking_since: float | None = None
        self._has_answered = False

    def start(self) -> None:
        """The request is on its way."""
        self._started_at = _now()
        self._thinking_since = None
        self._has_answered = False

    def think(self) -> None:
        """A piece of reasoning has come. What comes before any answer was thought about since the request."""
        if self._thinking_since is None:
            self._thinking_since = _now() if self._has_answered or self._started_at is None else self._started_at

    def answer(self) -> bool:
        """A piece of the answer has come; True when it ended the thinking."""
        self._has_answered = True
        if self._thinking_since is None:
            return False
        self._reasoned_s = (self._reasoned_s or 0.0) + _now() - self._thinking_since
        self._thinking_since = None
        return True

    @property
    def reasoning_s(self) -> float | None:
        """None while the model thinks, or when it did not."""
        return self._reasoned_s if self._thinking_since is None else None

    @property
    def seconds(self) -> float | None:
        """Until now; None when nothing was asked."""
        if self._started_at is None:
            return self._before_s
        return (self._before_s or 0.0) + _now() - self._started_at


def _now() -> float:
    return asyncio.get_running_loop().time()
