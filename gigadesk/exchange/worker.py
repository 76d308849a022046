"""The process that reads files to be imported: a JSON request a line on stdin, JSON answers a line on stdout.

    <- {"read": "/home/…/conversations.json", "spool": "/…/imports/1", "now": 1790000000.0}
    -> {"progress": [65536, 200000]}
    -> {"chats": [[1, 0, "Title", …], …]}       see `summaries.ChatSummary`
    -> {"problem": ["bad_time", 3, "Title", "node", ""]}
    -> {"end": "chatgpt", "folders": […], "untold": 0}
    <- {"extract": [0, 5120, …], "from": "/…/export.zip", "spool": "/…/imports/1"}
    -> {"file": ["file-abc", "<digest>", 12345]}
    -> {"end": ""}

What cannot go on says {"failed": "<what the system says>"}. A process of its own, without Qt, because JSON of hundreds
of megabytes holds the interpreter for seconds, and because a file may be made to eat all memory: there is a limit.
Ends when stdin does.
"""

import contextlib
import json
import os
import time
from pathlib import Path
from typing import Any, BinaryIO

from gigadesk.exchange import given
from gigadesk.exchange.json_gate import load
from gigadesk.exchange.own_format import folder_values
from gigadesk.exchange.problems import Problem, Unreadable
from gigadesk.exchange.reading import Listener, extract, read
from gigadesk.exchange.summaries import ChatSummary

_REQUEST_MAX_BYTES = 64 * 1024 * 1024
_MEMORY_MAX_BYTES = 4 * 1024 * 1024 * 1024
_BATCH = 100
_TELL_EVERY_S = 0.05


def main() -> int:
    """Serve until stdin ends. Works with the plain descriptors: a windowed bundle has no `sys.stdin`."""
    _limit_memory()
    with os.fdopen(0, "rb", closefd=False) as requests, os.fdopen(1, "wb", closefd=False) as answers:
        serve(requests, answers)
    return 0


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer requests until there are no more."""
    with contextlib.suppress(BrokenPipeError):
        while line := requests.readline(_REQUEST_MAX_BYTES):
            request = given.fields(load(line))
            voice = _Voice(answers)
            try:
                if "read" in request:
                    _read(request, voice)
                else:
                    _extract(request, voice)
            except (OSError, Unreadable) as exc:
                if isinstance(exc, BrokenPipeError):
                    raise
                said = exc.detail if isinstance(exc, Unreadable) else exc.strerror
                voice.say({"failed": said or ""})


def _read(request: dict[str, Any], voice: "_Voice") -> None:
    listener = Listener(voice.chat, voice.problem, voice.progress)
    contents = read(Path(request["read"]), Path(request["spool"]), float(request["now"]), listener)
    voice.flush()
    voice.say(
        {
            "end": contents.type or "",
            "folders": [folder_values(folder) for folder in contents.folders],
            "problems": contents.problems,
        }
    )


def _extract(request: dict[str, Any], voice: "_Voice") -> None:
    extract(
        Path(request["from"]),
        [int(offset) for offset in request["extract"]],
        Path(request["spool"]),
        lambda member, digest, size: voice.say({"file": [member, digest, size]}),
    )
    voice.say({"end": ""})


class _Voice:
    def __init__(self, answers: BinaryIO) -> None:
        self._answers = answers
        self._chats: list[list[Any]] = []
        self._told_at = 0.0

    def say(self, answer: dict[str, Any]) -> None:
        self._answers.write(json.dumps(answer, ensure_ascii=True).encode() + b"\n")
        self._answers.flush()

    def chat(self, summary: ChatSummary) -> None:
        self._chats.append(summary.as_json())
        if len(self._chats) >= _BATCH:
            self.flush()

    def flush(self) -> None:
        if self._chats:
            self.say({"chats": self._chats})
            self._chats = []

    def problem(self, problem: Problem) -> None:
        self.say({"problem": [problem.trouble, problem.chat, problem.title, problem.place, problem.detail]})

    def progress(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self._told_at >= _TELL_EVERY_S:
            self._told_at = now
            self.say({"progress": [done, total]})


def _limit_memory() -> None:
    """Where the system can: beyond it there is a `MemoryError`, which becomes words."""
    try:
        import resource
    except ImportError:
        return
    with contextlib.suppress(OSError, ValueError):
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        most = _MEMORY_MAX_BYTES if hard == resource.RLIM_INFINITY else min(_MEMORY_MAX_BYTES, hard)
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))


if __name__ == "__main__":
    raise SystemExit(main())
