"""The process that runs regular expressions: JSON requests on stdin, JSON answers on stdout, a line each. No Qt.

    <- {"texts": [[3, "text", "thought", false]]}      messages by number; kept until they are given anew
    <- {"id": 7, "expression": "a+", "exact": false, "word": false, "messages": [3, 4], "most": 10001}
    -> {"id": 7}                                       all are parsed: from here on the time limit counts
    -> {"id": 7, "hits": [[3, [[true, 0, 4, 9]]]]}     of those messages in which anything was found

It lives in a process of its own because an expression can hold the interpreter for ever: the program kills it then.
Ends when stdin does, so that it never outlives the program.
"""

import faulthandler
import json
import os
import re
from typing import BinaryIO

from gigadesk.limits import FIND_MEMORY_MAX_CHARS
from gigadesk.ui.transcript.find.places import Hit, Shown, Words, hits_in
from gigadesk.ui.transcript.find.query import Query
from gigadesk.ui.transcript.find.shown_text import shown_texts

_STDERR = 2
REQUEST_MAX_S = 90.0
"""The program kills a slow worker long before; this is for the worker whose program has died in the meantime."""

ShownTexts = tuple[list[Shown], list[Shown]]


def main() -> int:
    """Serve until stdin ends. Works with the plain descriptors: a windowed bundle has no `sys.stdin`."""
    with os.fdopen(0, "rb", closefd=False) as requests, os.fdopen(1, "wb", closefd=False) as answers:
        Worker(answers).serve(requests)
    return 0


class Worker:
    """Keeps the shown texts of the messages, so that the next expression needs no parsing."""

    def __init__(self, answers: BinaryIO) -> None:
        self._answers = answers
        self._sources: dict[int, Words] = {}
        self._shown: dict[int, ShownTexts] = {}
        self._kept_chars = 0

    def serve(self, requests: BinaryIO) -> None:
        """Answer until there are no more requests. A bad one is passed over."""
        while line := requests.readline():
            try:
                request = json.loads(line)
            except (ValueError, RecursionError):
                continue
            try:
                self._take(request)
            except BrokenPipeError:
                return

    def _take(self, request: object) -> None:
        match request:
            case {"texts": list(texts)}:
                for number, text, thought, is_user in texts:
                    self._sources[number] = Words(text, thought, is_user)
                    self._forget(number)
            case {
                "id": int(number),
                "expression": str(text),
                "exact": bool(exact),
                "word": bool(word),
                "messages": list(messages),
                "most": int(most),
            }:
                pattern = Query(text, exact, word, is_expression=True).pattern()
                self._search(number, pattern, messages, most)
            case _:
                pass

    def _search(self, number: int, pattern: re.Pattern[str], messages: list[int], most: int) -> None:
        faulthandler.dump_traceback_later(REQUEST_MAX_S, exit=True, file=_STDERR)
        shown = [(message, self._texts(message)) for message in messages]
        self._write({"id": number})
        found: list[tuple[int, list[Hit]]] = []
        for message, (thoughts, answer) in shown:
            hits = hits_in(thoughts, pattern, is_answer=False) + hits_in(answer, pattern)
            if hits[:most]:
                found.append((message, hits[:most]))
                most -= len(found[-1][1])
        faulthandler.cancel_dump_traceback_later()
        self._write({"id": number, "hits": found})

    def _texts(self, message: int) -> ShownTexts:
        shown = self._shown.get(message)
        if shown is None:
            source = self._sources.get(message, Words(""))
            thoughts = shown_texts(source.thought, is_plain=False) if source.thought else []
            shown = thoughts, shown_texts(source.text, is_plain=source.is_user)
            self._kept_chars += _size(shown)
            self._shown[message] = shown
            while self._kept_chars > FIND_MEMORY_MAX_CHARS and len(self._shown) > 1:
                self._forget(next(iter(self._shown)))
        return shown

    def _forget(self, message: int) -> None:
        shown = self._shown.pop(message, None)
        self._kept_chars -= _size(shown) if shown is not None else 0

    def _write(self, answer: dict[str, object]) -> None:
        self._answers.write(json.dumps(answer).encode() + b"\n")
        self._answers.flush()


def _size(shown: ShownTexts) -> int:
    return sum([len(each.text) for part in shown for each in part])


if __name__ == "__main__":
    raise SystemExit(main())
