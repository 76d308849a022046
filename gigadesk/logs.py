"""The log on the disk, and the one place where everything unexpected ends up. Nothing is ever sent anywhere.

In a log line: ids, sizes, durations, status codes, types of failures. Not in it: text of conversations, names of
files, headers, keys. What slips through is caught by `redact`, over each line as it is written.
"""

import contextlib
import faulthandler
import logging
import re
import sys
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable
from io import TextIOWrapper
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from gigadesk.files import create_private, make_private_folder
from gigadesk.limits import LOG_FILE_MAX_BYTES, LOG_FILES, LOG_LINE_MAX_CHARS, LOG_SAME_REPORTS_MAX

LOG_NAME = "gigadesk.log"
CRASH_NAME = "crash.log"
PREVIOUS_CRASH_NAME = "crash-previous.log"

_LOGGER = logging.getLogger(__name__)
_QT_LOGGER = logging.getLogger("gigadesk.qt")
_REDACTED = "[redacted]"

# Compiled when the first line is written (`re` keeps them): the window comes first.
_SCHEMES = r"(?i)\b(bearer|basic)\s+\S+"
_USER_INFO = r"//[^/\s@]+@"
_ENCRYPTED = r"\beyJ[\w-]*(\.[\w-]*)+"
_LONG_RUN = r"[A-Za-z0-9+/_-]{40,}={0,2}"
# Folder names are short and of one case; keys and tokens are neither.
_PATH = r"[A-Z]?[a-z0-9_-]{0,38}(/[A-Z]?[a-z0-9_-]{0,38})+"


def redact(text: str) -> str:
    """`text` without what may be a key, a token or a password: better a hole in a log line than a key."""
    text = re.sub(_SCHEMES, rf"\1 {_REDACTED}", text)
    text = re.sub(_USER_INFO, f"//{_REDACTED}@", text)
    text = re.sub(_ENCRYPTED, _REDACTED, text)
    return re.sub(_LONG_RUN, lambda run: run[0] if re.fullmatch(_PATH, run[0]) else _REDACTED, text)


def start_logging(folder: Path) -> Callable[[], None]:
    """Write a rotating log into `folder`, readable by its owner only, and warnings to the terminal if there is one.

    A folder that cannot be written costs the log, not the program. Returns what ends the logging.
    """
    handlers: list[logging.Handler] = []
    with contextlib.suppress(OSError):
        make_private_folder(folder)
        handlers.append(_PrivateFile(folder / LOG_NAME))
    if sys.stderr is not None:  # a windowed program on Windows has none
        terminal = logging.StreamHandler()
        terminal.setLevel(logging.WARNING)
        handlers.append(terminal)
    root = logging.getLogger()
    ours = logging.getLogger("gigadesk")
    # DEBUG never reaches the disk, and libraries speak of other people's data: from them only warnings.
    ours.setLevel(logging.INFO)
    for handler in handlers:
        handler.setFormatter(_RedactingFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        root.addHandler(handler)

    def stop() -> None:
        ours.setLevel(logging.NOTSET)
        for handler in handlers:
            root.removeHandler(handler)
            handler.close()

    return stop


class _RedactingFormatter(logging.Formatter):
    """Lines without secrets, whoever wrote them and whatever was put into them."""

    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))[:LOG_LINE_MAX_CHARS]


class _PrivateFile(logging.FileHandler):
    """A log in several files, each readable by its owner only: `gigadesk.log`, `gigadesk.log.1`, ...

    `RotatingFileHandler` does nearly the same, but brings in 3 ms of modules for sockets, queues and pickles.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path, encoding="utf-8")
        self.setLevel(logging.INFO)

    def emit(self, record: logging.LogRecord) -> None:
        with contextlib.suppress(OSError):
            super().emit(record)  # opens the file when there is none
            if self.stream is not None and self.stream.tell() >= LOG_FILE_MAX_BYTES:
                self.stream.close()
                self.stream = None
                self._rotate()

    def _rotate(self) -> None:
        current = Path(self.baseFilename)
        for number in range(LOG_FILES - 1, 0, -1):
            newer = current.with_name(f"{current.name}.{number - 1}") if number > 1 else current
            if newer.exists():
                newer.replace(current.with_name(f"{current.name}.{number}"))

    def _open(self) -> TextIOWrapper:
        create_private(Path(self.baseFilename))
        return super()._open()

    def handleError(self, record: logging.LogRecord) -> None:
        """A full disk costs log lines and no more; by default each would print a traceback to the terminal."""


class CrashReporter:
    """Everything that nobody caught: exceptions of any thread, task or slot, complaints of Qt, fatal signals.

    Made before Qt starts. Exceptions go to the log and to `crash.log`, fatal signals to `crash.log` alone.

    Attributes:
        path: the `crash.log` of this run.
        previous: the `crash.log` of an earlier run, set aside for the user to look at; None when all was well.

    Args:
        on_report: called, in whatever thread, with one line about each new kind of unexpected exception.
    """

    def __init__(self, folder: Path, on_report: Callable[[str], None] = lambda _line: None) -> None:
        self._listeners = [on_report]
        self._seen: Counter[str] = Counter()
        self._lock = threading.Lock()
        self.path = folder / CRASH_NAME
        self.previous = _set_aside(folder)
        self._file = _open_crash_log(folder)
        self._has_fault_handler = False
        self._former_hooks = (sys.excepthook, threading.excepthook, sys.unraisablehook)

    def add_listener(self, on_report: Callable[[str], None]) -> Callable[[], None]:
        """Tell one more about each new kind of unexpected exception, as `on_report`. Returns what ends that."""
        self._listeners.append(on_report)
        return lambda: self._listeners.remove(on_report)

    def install(self) -> None:
        """Take over the hooks of the interpreter."""
        self._former_hooks = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception
        sys.unraisablehook = self._on_unraisable
        if self._file is not None and not faulthandler.is_enabled():
            faulthandler.enable(self._file)
            self._has_fault_handler = True

    def close(self) -> None:
        """Give the hooks back and close the file; an empty one is removed, since nothing happened."""
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._former_hooks
        if self._has_fault_handler:
            faulthandler.disable()
        if self._file is not None:
            path = Path(self._file.name)
            self._file.close()
            self._file = None
            with contextlib.suppress(OSError):
                if path.stat().st_size == 0:
                    path.unlink()

    def report(self, where: str, exception: BaseException) -> None:
        """The one function that all of it ends in. `where` tells which hook, task or slot it came from."""
        place = _place(exception)
        with self._lock:
            self._seen[place] += 1
            count = self._seen[place]
        if count > LOG_SAME_REPORTS_MAX:
            return  # a failing paint event comes sixty times a second
        text = redact("".join(traceback.format_exception(exception)))
        _LOGGER.error("unexpected in %s (%d): %s", where, count, text)
        if self._file is not None:
            with contextlib.suppress(OSError, ValueError):
                self._file.write(f"{time.strftime('%Y-%m-%d %H:%M:%S')} {where}\n{text}\n".encode())
                self._file.flush()
        if count == 1:
            for listener in tuple(self._listeners):
                listener(f"{type(exception).__name__} ({where}, {place})")

    def on_loop_exception(self, _loop: object, context: dict[str, Any]) -> None:
        """For `loop.set_exception_handler`."""
        exception = context.get("exception")
        if isinstance(exception, BaseException):
            self.report(str(context.get("message", "loop")), exception)
        else:
            _LOGGER.error("loop: %s", context.get("message", ""))

    def _on_exception(self, kind: type[BaseException], exception: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, exception, trace)
        else:
            self.report("main thread", exception)

    def _on_thread_exception(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None and arguments.exc_type is not SystemExit:
            self.report(f"thread {arguments.thread.name if arguments.thread else ''}", arguments.exc_value)

    def _on_unraisable(self, arguments: "sys.UnraisableHookArgs") -> None:
        if arguments.exc_value is not None:
            # The type only: the object's repr() may show anything.
            self.report(f"clean-up of {type(arguments.object).__name__}", arguments.exc_value)


def on_qt_message(kind: Any, _context: object, message: str | None) -> None:  # Any: Qt's enum, which is unknown here
    """For `qInstallMessageHandler`: Qt's complaints become log records.

    What stands in quotes may be the user's text ("No document for ..."), and is left out.
    """
    text = re.sub(_QUOTED, '"..."', message or "")[:200]
    if text.startswith(_QT_NOISE):
        return
    level = _QT_LEVELS.get(getattr(kind, "name", ""), logging.WARNING)
    _QT_LOGGER.log(level, "%s", text)


_QUOTED = r"(?s)\"[^\"]*\"?|'[^']*'|(?<=No document for ).*"
_QT_LEVELS = {
    "QtDebugMsg": logging.DEBUG,
    "QtInfoMsg": logging.DEBUG,
    "QtWarningMsg": logging.WARNING,
    "QtCriticalMsg": logging.ERROR,
    "QtFatalMsg": logging.CRITICAL,
}
# What a platform cannot do is no fault: the offscreen one says so at each window.
_QT_NOISE = ("This plugin does not support",)


def _set_aside(folder: Path) -> Path | None:
    crash, previous = folder / CRASH_NAME, folder / PREVIOUS_CRASH_NAME
    try:
        if crash.stat().st_size == 0:
            return None
        crash.replace(previous)
    except OSError:
        return None
    return previous


def _open_crash_log(folder: Path) -> IO[bytes] | None:
    try:
        make_private_folder(folder)
        create_private(folder / CRASH_NAME)
        return (folder / CRASH_NAME).open("ab")
    except OSError:
        return None


def _place(exception: BaseException) -> str:
    """Where it was raised, without the folders: `view.py:12`."""
    frames = traceback.extract_tb(exception.__traceback__, limit=-1)
    return f"{Path(frames[0].filename).name}:{frames[0].lineno}" if frames else type(exception).__name__
