"""Whether a request that failed is sent again, and when. Pure, apart from the clock and the dice."""

import random
import time
from collections.abc import Callable

from gigadesk.errors import (
    AnswerInterruptedError,
    NetworkCause,
    NetworkError,
    RateLimitError,
    ServerFailedError,
    ServiceError,
)
from gigadesk.gigachat.events import Retrying

BACK_OFF_S = 0.5
BACK_OFF_MAX_S = 60.0
STATUSES = frozenset({500, 502, 503, 504})
"""Failures of the server that may be over in a moment; 429 is a choice of the caller."""
PATIENCE_S = 30.0
"""Who has waited this long for an answer that then did not come is told so, instead of waiting as long again."""

_LASTING = frozenset({NetworkCause.PROXY_AUTH, NetworkCause.NOT_TLS})


class Retries:
    """The tries of one request. To be asked only while nothing of an answer was given out."""

    def __init__(
        self,
        limit: int,
        *,
        rate_limits: bool = True,
        are_wanted: Callable[[], bool] = lambda: True,
        clock: Callable[[], float] = time.monotonic,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._left = limit
        self._made = 0
        self._rate_limits = rate_limits
        self._are_wanted = are_wanted
        self._clock = clock
        self._jitter = jitter
        self._started_at = clock()

    def after(self, error: ServiceError) -> Retrying | None:
        """The next try, or None when `error` is to be raised: it will last, or there were enough tries."""
        now, started_at = self._clock(), self._started_at
        if not self._left or not self._may_pass(error) or now - started_at > PATIENCE_S or not self._are_wanted():
            return None
        wish = getattr(error, "retry_after_s", None)
        delay_s = BACK_OFF_S * (2.0**self._made + self._jitter()) if wish is None else wish
        delay_s = min(delay_s, BACK_OFF_MAX_S)
        self._left -= 1
        self._made += 1
        self._started_at = now + delay_s
        return Retrying(delay_s, self._made, error)

    def _may_pass(self, error: ServiceError) -> bool:
        match error:
            case RateLimitError():
                return self._rate_limits
            case ServerFailedError():
                return error.status in STATUSES
            case NetworkError():
                return error.cause not in _LASTING
            case AnswerInterruptedError():
                return True
            case _:
                return False
