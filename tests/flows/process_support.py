"""The program and the emulator as processes of their own."""

import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.flows.flow_support import ROOT

DRIVER = Path(__file__).with_name("program_driver.py")
END_LIMIT_S = 60
SAYING_LIMIT_S = 120


@contextmanager
def running_emulator(**options: object) -> Iterator[dict[str, str]]:
    """An emulator; the variables by which a program finds it."""
    arguments = [f"--{name.replace('_', '-')}={value}" for name, value in options.items()]
    command = [sys.executable, "-m", "gigadesk.emulator", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT) as process:
        try:
            assert process.stdout is not None
            endpoint = json.loads(process.stdout.readline())
            yield {
                "GIGACHAT_BASE_URL": endpoint["base_url"],
                "GIGACHAT_AUTH_URL": endpoint["auth_url"],
                "GIGACHAT_SCOPE": endpoint["scope"],
                "GIGACHAT_CREDENTIALS": endpoint["credentials"],
            }
        finally:
            process.terminate()


class DrivenProgram:
    """The real program, driven by `program_driver.py`; knows what has been shown."""

    def __init__(self, mode: str, folder: Path, environment: dict[str, str], *options: str) -> None:
        self.shown: dict[int, str] = {}
        self.grown = 0
        self.last_grown = 0
        """The message that grew last."""
        self.said: list[list] = []
        """All that was told beside what was shown."""
        self.shown_at: list[dict[int, str]] = []
        """For each of `said`, what had been shown by then."""
        self._rest = b""
        self._process = subprocess.Popen(
            [sys.executable, "-W", "error", str(DRIVER), mode, "--data-dir", str(folder), *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            env={**os.environ, **environment, "PYTHONPATH": str(ROOT)},
            start_new_session=True,
        )

    @property
    def pid(self) -> int:
        return self._process.pid

    def read_until_grown(self, times: int) -> None:
        """Wait until so many pieces have been shown."""
        while self.grown < times:
            self._take(self._next_line())

    def read_until_said(self, *words: str, limit_s: float = SAYING_LIMIT_S) -> float:
        """Wait until one of these was told; the seconds that it took."""
        began = time.monotonic()
        while not any(said[0] in words for said in self.said):
            assert self.read_for(limit_s - (time.monotonic() - began), once=True), f"it never said {words}"
        return time.monotonic() - began

    def read_for(self, seconds: float, *words: str, once: bool = False) -> bool:
        """Read for so long, or until one of these was told, or with `once` until anything was; False: time is up."""
        assert self._process.stdout is not None
        end = time.monotonic() + seconds
        while not any(said[0] in words for said in self.said):
            left = end - time.monotonic()
            if b"\n" not in self._rest and not select.select([self._process.stdout], [], [], max(left, 0))[0]:
                return False
            self._take(self._next_line())
            if once:
                return True
        return True

    def type_draft(self) -> None:
        """Type the next question, and come back at once when it stands there."""
        self.say("type")
        while (line := self._next_line()) != b'["typed"]\n':
            self._take(line)

    def say(self, command: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(command.encode() + b"\n")
        self._process.stdin.flush()

    def signal(self, number: int) -> None:
        self._process.send_signal(number)

    def wait(self) -> tuple[int, str]:
        """Read what is still told, to the end; exit code and errors."""
        out, errors = self._process.communicate(timeout=END_LIMIT_S)
        for line in (self._rest + out).splitlines(keepends=True):
            # The very last may be cut by a kill.
            if line.endswith(b"\n"):
                self._take(line)
        return self._process.returncode, errors.decode()

    def wait_for_helpers(self) -> None:
        """Wait until no process that it has started is left."""
        end = time.monotonic() + END_LIMIT_S
        while time.monotonic() < end:
            try:
                os.killpg(self.pid, 0)
            except ProcessLookupError:
                return
            time.sleep(0.01)
        raise AssertionError("a process that the program has started outlives it")

    def close(self) -> None:
        """End it in any case."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.communicate()
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            if pipe is not None:
                pipe.close()

    def _next_line(self) -> bytes:
        # Not `readline`: what it has read ahead is lost to `communicate`, which reads the descriptor itself.
        assert self._process.stdout is not None
        while b"\n" not in self._rest:
            portion = os.read(self._process.stdout.fileno(), 65536)
            assert portion, f"the program has ended: {self._errors()}"
            self._rest += portion
        line, end, self._rest = self._rest.partition(b"\n")
        return line + end

    def _take(self, line: bytes) -> None:
        match json.loads(line):
            case ["grew", message_id, delta]:
                self.shown[message_id] = self.shown.get(message_id, "") + delta
                self.grown += 1
                self.last_grown = message_id
            case ["whole", message_id, text]:
                self.shown[message_id] = text
            case said:
                self.said.append(said)
                self.shown_at.append(dict(self.shown))

    def _errors(self) -> str:
        return self._process.communicate()[1].decode()


@contextmanager
def driven_program(mode: str, folder: Path, environment: dict[str, str], *options: str) -> Iterator[DrivenProgram]:
    program = DrivenProgram(mode, folder, environment, *options)
    try:
        yield program
    finally:
        program.close()
