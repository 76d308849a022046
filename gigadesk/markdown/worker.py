"""The process that colours code and draws formulas: a JSON request a line on stdin, two JSON answers a line on stdout.

    <- {"id": 7, "language": "python", "code": "x = 1"}
    -> {"id": 7}                                 the lexer is loaded: from here on the time limit counts
    -> {"id": 7, "runs": [[4, 1, "number"]]}
    <- {"id": 8, "kind": "formula", "tex": "x^2", "display": false}
    -> {"id": 8}
    -> {"id": 8, "size": [940, 760, 11], "outline": [0, 27, 0, ...]}    see `formula_drawing.Drawing`; or "size": null

It lives in a process of its own, without Qt, because a lexer can hold the interpreter for seconds, and a formula for
minutes: the program kills it then.
Ends when stdin does, so that it never outlives the program.
"""

import faulthandler
import json
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import BinaryIO

from gigadesk import limits
from gigadesk.markdown.highlight import highlight, load

# Twelve bytes for a character at most (two escapes of JSON), and some room for the rest of the request.
_REQUEST_MAX_BYTES = 12 * limits.CODE_HIGHLIGHT_MAX_CHARS + 4096
_STDERR = 2
JOB_MAX_S = 10.0
"""The program kills a slow worker long before; this is for the worker whose program has died in the meantime."""


@dataclass(frozen=True, slots=True)
class _Job:
    """One request: what it needs is loaded first, and does not count as time of the job."""

    number: int
    load: Callable[[], None]
    answer: Callable[[], dict[str, object]]


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
        job = _read(line)
        if job is None:
            continue
        try:
            with watch():
                job.load()
                _write(answers, {"id": job.number})
                _write(answers, {"id": job.number, **job.answer()})
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


def _read(line: bytes) -> _Job | None:
    try:
        request = json.loads(line)
    except (ValueError, RecursionError):
        return None
    match request:
        case {"id": int(number), "kind": "formula", "tex": str(tex), "display": bool(is_display)}:
            return _Job(number, _load_formulas, lambda: _formula_answer(tex, is_display=is_display))
        case {"id": int(number), "language": str(language), "code": str(code)}:
            return _Job(number, lambda: load(language), lambda: {"runs": highlight(language, code)})
    return None


# What formulas need is imported with the first of them.


def _load_formulas() -> None:
    from gigadesk.markdown.formula_drawing import load

    load()


def _formula_answer(tex: str, *, is_display: bool) -> dict[str, object]:
    from gigadesk.markdown.formula_drawing import draw

    drawing = draw(tex, is_display=is_display)
    return drawing.as_json() if drawing is not None else {"size": None}


def _write(answers: BinaryIO, answer: dict[str, object]) -> None:
    answers.write(json.dumps(answer).encode() + b"\n")
    answers.flush()


if __name__ == "__main__":
    raise SystemExit(main())
