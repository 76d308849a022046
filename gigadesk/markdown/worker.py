"""The process that colours code: one JSON request a line on stdin, two JSON answers a line on stdout. No Qt.

    <- {"id": 7, "language": "python", "code": "x = 1"}
    -> {"id": 7}                                 the lexer is loaded: from here on the time limit counts
    -> {"id": 7, "runs": [[4, 1, "number"]]}

It lives in a process of its own because a lexer can hold the interpreter for seconds: the program kills it then.
Ends when stdin does, so that it never outlives the program.
"""

import faulthandler
import json
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import BinaryIO

from gigadesk import limits
from gigadesk.markdown.highlight import highlight, load

# Twelve bytes for a character at most (two escapes of JSON), and some room for the rest of the request.
_REQUEST_MAX_BYTES = 12 * limits.CODE_HIGHLIGHT_MAX_CHARS + 4096
_STDERR = 2
JOB_MAX_S = 10.0
"""The program kills a slow worker long before; this is for the worker whose program has died in the meantime."""


def main() -> int:
    """Serve until stdin ends. Works with the plain descriptors: a windowed bundle has no `sys.stdin`."""
    with (
        os.fdopen(0, "rb", closefd=False) as requests,
        os.fdopen(1, "wb", closefd=False) as answers,
    ):
        serve(requests, answers, _watch)
    return 0


def serve(
    requests: BinaryIO, answers: BinaryIO, watch: Callable[[], AbstractContextManager[None]] = nullcontext
) -> None:
    """Answer requests until there are no more, each inside of a `watch`. A bad one is passed over."""
    while line := requests.readline(_REQUEST_MAX_BYTES):
        request = _read(line)
        if request is None:
            continue
        number, language, code = request
        try:
            with watch():
                load(language)
                _write(answers, {"id": number})
                _write(answers, {"id": number, "runs": highlight(language, code)})
        except BrokenPipeError:
            return


@contextmanager
def _watch() -> Iterator[None]:
    """End this process if a job takes far too long. A lexer may hold the interpreter, so this waits outside of it."""
    faulthandler.dump_traceback_later(JOB_MAX_S, exit=True, file=_STDERR)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()


def _read(line: bytes) -> tuple[int, str, str] | None:
    try:
        request = json.loads(line)
    except (ValueError, RecursionError):
        return None
    match request:
        case {"id": int(number), "language": str(language), "code": str(code)}:
            return number, language, code
    return None


def _write(answers: BinaryIO, answer: dict[str, object]) -> None:
    answers.write(json.dumps(answer).encode() + b"\n")
    answers.flush()


if __name__ == "__main__":
    raise SystemExit(main())
