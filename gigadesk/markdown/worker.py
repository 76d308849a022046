"""The process that colours code and draws formulas: a JSON request a line on stdin, two JSON answers a line on stdout.

    <- {"id": 7, "language": "python", "code": "x = 1"}
    -> {"id": 7}                                 what is needed is loaded: from here on the time limit counts
    -> {"id": 7, "runs": [4, 1, 2], "state": "", "safe": 0, "safe_state": "", "language": ""}
    <- {"id": 8, "kind": "formula", "tex": "x^2", "display": false}
    -> {"id": 8}
    -> {"id": 8, "size": [940, 760, 11], "outline": [0, 27, 0, ...]}    see `formula_drawing.Drawing`; or "size": null

A request may hold the `state` out of the answer to the piece before. See `highlight.Coloured` and `highlight.pack`.

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
from gigadesk.markdown.highlight import State, colour, guessed, load, pack

# Twelve bytes for a character at most (two escapes of JSON), and some room for the rest of the request.
_REQUEST_MAX_BYTES = 12 * limits.CODE_HIGHLIGHT_MAX_CHARS + 16 * 1024
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


class _CodeJob:
    """Code to be coloured. A language that is not named is guessed while things are loaded."""

    def __init__(self, language: str, code: str, state: str) -> None:
        self._language, self._name, self._code, self._state = language, language, code, state

    def load(self) -> None:
        load(self._language)
        if not self._language and (guess := guessed(self._code)):
            self._name = guess
            load(guess)

    def answer(self) -> dict[str, object]:
        found = colour(self._name, self._code, _state(self._state))
        return {
            "runs": pack(found.runs),
            "state": _text(found.state),
            "safe": found.safe,
            "safe_state": _text(found.safe_state),
            "language": "" if self._language else self._name,
        }


def _state(text: str) -> State:
    """What was given out before: of any shape, and what does not fit is a beginning."""
    try:
        state = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        return {}
    return state if isinstance(state, dict) else {}


def _text(state: State) -> str:
    return json.dumps(state, separators=(",", ":")) if state else ""


def _read(line: bytes) -> _Job | None:
    try:
        request = json.loads(line)
    except (ValueError, RecursionError):
        return None
    match request:
        case {"id": int(number), "kind": "formula", "tex": str(tex), "display": bool(is_display)}:
            return _Job(number, _load_formulas, lambda: _formula_answer(tex, is_display=is_display))
        case {"id": int(number), "language": str(language), "code": str(code)}:
            state = request.get("state", "")
            job = _CodeJob(language, code, state if isinstance(state, str) else "")
            return _Job(number, job.load, job.answer)
    return None


# What formulas need is imported with the first of them.


def _load_formulas() -> None:
    from gigadesk.markdown.formula_drawing import warm_up

    warm_up()


def _formula_answer(tex: str, *, is_display: bool) -> dict[str, object]:
    from gigadesk.markdown.formula_drawing import draw

    drawing = draw(tex, is_display=is_display)
    return drawing.as_json() if drawing is not None else {"size": None}


def _write(answers: BinaryIO, answer: dict[str, object]) -> None:
    answers.write(json.dumps(answer).encode() + b"\n")
    answers.flush()


if __name__ == "__main__":
    raise SystemExit(main())
