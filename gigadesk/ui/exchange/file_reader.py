"""The process that reads a file to be imported, as signals."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from gigadesk.exchange import given
from gigadesk.exchange.own_format import found_folders
from gigadesk.exchange.problems import Problem, Trouble
from gigadesk.exchange.summaries import ChatSummary, FileType
from gigadesk.limits import IMPORT_FOLDERS_MAX
from gigadesk.ui.worker_process import WorkerProcess, command_of


class FileReader(QObject):
    """Reads one file.

    Signals:
        progressed(int): so many of a thousand parts are read.
        chats_found(object): a list of `ChatSummary`.
        problem_found(object): a `Problem`.
        ended(object, object, int): the `FileType` or None, the folders, and how many problems there were in all.
        extracted(object): the digests of files by their names, after `extract`.
        failed(str): what the system says.
    """

    progressed = Signal(int)
    chats_found = Signal(object)
    problem_found = Signal(object)
    ended = Signal(object, object, int)
    extracted = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject, command: list[str] | None = None) -> None:
        super().__init__(parent)
        self._is_reading = False
        self._digests: dict[str, str] = {}
        self._process = WorkerProcess(command or command_of("gigadesk.exchange.worker", "--import-worker"), self)
        self._process.answered.connect(self._on_answered)
        self._process.ended.connect(self._on_ended)

    def read(self, path: Path, spool: Path, now: float) -> None:
        """Read a file into a spool."""
        self._is_reading = True
        self._process.ask({"read": str(path), "spool": str(spool), "now": now})

    def extract(self, path: Path, spool: Path, chats: Sequence[ChatSummary]) -> None:
        """Take the files of these chats out of the archive into the spool."""
        self._is_reading = False
        self._digests = {}
        offsets = [chat.offset for chat in chats if chat.files]
        self._process.ask({"extract": offsets, "from": str(path), "spool": str(spool)})

    def stop(self) -> None:
        """Kill the process. No signal comes any more."""
        self._process.drop()

    def _on_answered(self, answer: dict[str, Any]) -> None:
        match answer:
            case {"progress": [int(done), int(total)]}:
                self.progressed.emit(done * 1000 // max(total, 1))
            case {"chats": list(chats)}:
                self.chats_found.emit([ChatSummary.from_json(chat) for chat in chats])
            case {"problem": [trouble, int(chat), str(title), str(place), str(detail)]}:
                self.problem_found.emit(Problem(Trouble(trouble), chat, title, place, detail))
            case {"file": [str(name), str(digest), _]}:
                self._digests[name] = digest
            case {"failed": str(reason)}:
                self.failed.emit(reason)
            case {"end": str(kind)} if self._is_reading:
                self._is_reading = False
                folders = found_folders(answer.get("folders"), IMPORT_FOLDERS_MAX, [])
                self.ended.emit(FileType(kind) if kind else None, folders, given.count(answer.get("problems")))
            case {"end": str()}:
                self.extracted.emit(self._digests)
            case _:
                pass

    def _on_ended(self) -> None:
        if self._is_reading:
            self._is_reading = False
            self.problem_found.emit(Problem(Trouble.READER_ENDED))
            self.ended.emit(None, [], 1)
        else:
            self.failed.emit("")
