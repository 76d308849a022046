"""Threads for calls that may never end, such as reading from a drive of a network that is gone."""

import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import ParamSpec, TypeVar

from gigadesk.errors import GigadeskError

P = ParamSpec("P")
T = TypeVar("T")


class DaemonThreads(Executor):
    """Runs each call in a thread of its own, which the end of the program does not wait for.

    The default executor of a loop is joined at the end. Only expected errors reach the caller as they are; any other
    is left to `threading.excepthook` and told as a `RuntimeError`.
    """

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> "Future[T]":
        future: Future[T] = Future()

        def run() -> None:
            if not future.set_running_or_notify_cancel():
                return
            is_settled = False
            try:
                result = fn(*args, **kwargs)
                is_settled = True
                future.set_result(result)
            except GigadeskError as exc:
                is_settled = True
                future.set_exception(exc)
            finally:
                if not is_settled:
                    future.set_exception(RuntimeError("a call in a thread failed; see the crash log"))

        threading.Thread(target=run, name="reading", daemon=True).start()
        return future
