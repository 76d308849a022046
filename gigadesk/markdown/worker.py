"""The process that colours code: one JSON request a line on stdin, two JSON answers a line on stdout. No Qt.

    <- {"id": 7, "language": "python", "code": "x = 1"}
    -> {"id": 7}                                 the lexer is loaded: from here on the time limit counts
    -> {"id": 7, "runs": [[4, 1, "number"]]}

It lives in a process of its own because a lexer can hold the interpreter for seconds: the program kills it then.
Ends when stdin does, so that it never outlives the program.
"""

import json
import os
from typing import BinaryIO

from gigadesk import limits
from gigadesk.markdown.highlight import highlight, load

# Six bytes for a character at most (an escape of JSON), and some room for the rest of the request.
_REQUEST_MAX_BYTES = 6 * limits.CODE_HIGHLIGHT_MAX_CHARS + 4096


def main() -> int:
    """Serve until stdin ends. Works with the plain descriptors: a windowed bundle has no `sys.stdin`."""
    with os.fdopen(0, "rb", closefd=False) as requests, os.fdopen(1, "wb", closefd=False) as answers:
        serve(requests, answers)
    return 0


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer requests until there are no more. A bad one is passed over."""
    while line := requests.readline(_REQUEST_MAX_BYTES):
        request = _read(line)
        if request is None:
            continue
        number, language, code = request
        try:
            load(language)
            _write(answers, {"id": number})
            _write(answers, {"id": number, "runs": highlight(language, code)})
        except BrokenPipeError:
            return


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
