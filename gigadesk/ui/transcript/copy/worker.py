"""The process that writes the formats of large copies: JSON requests on stdin, JSON answers on stdout, a line each.

    <- {"id": 7, "texts": [["# text", false]]}      whole messages, and whether the user has written them
    -> {"id": 7, "formats": [["text", "<h1>text</h1>"]]}

It lives in a process of its own because a megabyte of nothing but marks takes ten seconds. Ends when stdin does, so
that it never outlives the program. No Qt.
"""

import faulthandler
import json
import os
from typing import BinaryIO

from gigadesk.ui.transcript.copy.html_writer import html_text
from gigadesk.ui.transcript.copy.plain_writer import plain_text
from gigadesk.ui.transcript.copy.whole_blocks import blocks_of

_STDERR = 2
REQUEST_MAX_S = 90.0
"""The program kills a slow worker before; this is for the worker whose program has died in the meantime."""


def main() -> int:
    """Serve until stdin ends. Works with the plain descriptors: a windowed bundle has no `sys.stdin`."""
    with os.fdopen(0, "rb", closefd=False) as requests, os.fdopen(1, "wb", closefd=False) as answers:
        serve(requests, answers)
    return 0


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer until there are no more requests. A bad one is passed over."""
    while line := requests.readline():
        try:
            request = json.loads(line)
        except (ValueError, RecursionError):
            continue
        match request:
            case {"id": int(number), "texts": list(texts)}:
                faulthandler.dump_traceback_later(REQUEST_MAX_S, exit=True, file=_STDERR)
                answer = {"id": number, "formats": [formats_of(text, is_user=is_user) for text, is_user in texts]}
                faulthandler.cancel_dump_traceback_later()
                try:
                    answers.write(json.dumps(answer).encode() + b"\n")
                    answers.flush()
                except BrokenPipeError:
                    return


def formats_of(text: str, *, is_user: bool) -> tuple[str, str]:
    """A whole text as plain text and as HTML."""
    blocks = blocks_of(text, is_user=is_user)
    return plain_text(blocks), html_text(blocks)


if __name__ == "__main__":
    raise SystemExit(main())
