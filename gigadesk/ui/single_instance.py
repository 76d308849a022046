"""One program per data folder: a lock file tells the truth, a local socket only wakes the one that runs."""

import asyncio
import contextlib
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, QSysInfo, QTimer, Signal

from gigadesk.files import is_there, make_private_folder

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

LISTEN_DELAY_MS = 300  # QtNetwork costs 8 ms to load: the first window comes first
LOCK_NAME = "gigadesk.lock"
SOCKET_NAME = "gigadesk.sock"
ANSWER_POLL_S = 0.02
NOTIFY_LIMIT_MS = 1000  # the other side answers in a millisecond, unless it hangs
SOCKET_PATH_MAX_BYTES = 90  # the system's limit is 104 or 108, and Qt makes a folder beside it for a moment


class SingleInstance(QObject):
    """Keeps two programs from using one data folder.

    Signals:
        activated(): a second program was started and gave way; the window should come to the front.
    """

    activated = Signal()

    def __init__(self, data_folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = data_folder
        self._lock = QLockFile(str(data_folder / LOCK_NAME))
        # However old: a lock counts while its process lives, and no longer (it survives `kill -9`).
        self._lock.setStaleLockTime(0)
        self._server: QLocalServer | None = None
        self._delay = QTimer(self, singleShot=True, interval=LISTEN_DELAY_MS)
        self._delay.timeout.connect(self.listen)

    def try_acquire(self) -> bool:
        """Whether this program is the only one; if it is, it can be woken soon after its loop has started.

        True as well when the folder cannot be written: the store has the words for that.
        """
        with contextlib.suppress(OSError):
            make_private_folder(self._folder)
        if not self._lock.tryLock(0):
            return self._lock.error() is not QLockFile.LockError.LockFailedError
        with contextlib.suppress(OSError):
            (self._folder / LOCK_NAME).chmod(0o600)
        self._delay.start()
        return True

    def other_computer(self) -> str:
        """The name of the computer on which the folder is held; empty when it is this one."""
        _process, host, _program = self._lock.getLockInfo()
        return host if host != QSysInfo.machineHostName() else ""

    def take_over(self) -> None:
        """Let a lock of another computer count no more. Does nothing while a program of this one holds the folder."""
        self._lock.removeStaleLockFile()

    def hold_again(self) -> bool:
        """The folder may be another one by now: hold that as well. False when another program has it."""
        path = self._folder / LOCK_NAME
        if is_there(path):
            found = QLockFile(str(path))
            found.setStaleLockTime(0)
            process, _host, _program = found.getLockInfo()
            if process == os.getpid():
                return True
            if not found.removeStaleLockFile():
                return False
        self._lock.unlock()
        if not self._lock.tryLock(0):
            return self._lock.error() is not QLockFile.LockError.LockFailedError
        with contextlib.suppress(OSError):
            path.chmod(0o600)
        if self._server is not None:
            self._server.close()
            self._server.deleteLater()
            self._server = None
        self._delay.start()
        return True

    async def wake_other(self) -> bool:
        """Ask the program that holds the folder to show itself; False when it does not answer in a second."""
        from PySide6.QtNetwork import QLocalSocket

        caller = QLocalSocket()
        caller.connectToServer(self._server_name())
        # The system takes a call although the program hangs; the program itself ends it.
        is_reached = caller.waitForConnected(NOTIFY_LIMIT_MS)
        end = time.monotonic() + NOTIFY_LIMIT_MS / 1000
        while is_reached and caller.state() is not QLocalSocket.LocalSocketState.UnconnectedState:
            if time.monotonic() > end:
                caller.abort()
                return False
            await asyncio.sleep(ANSWER_POLL_S)
        return is_reached

    def release(self) -> None:
        """Let another program have the folder."""
        self._delay.stop()
        if self._server is not None:
            self._server.close()
            self._server.deleteLater()
            self._server = None
        self._lock.unlock()

    def listen(self) -> None:
        """Wait for the calls of other programs. Happens by itself; the lock has to be held."""
        from PySide6.QtNetwork import QLocalServer

        # Left by a program that was killed; whoever holds the lock may remove it.
        QLocalServer.removeServer(self._server_name())
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)
        # Without the socket everything works but the waking.
        self._server.listen(self._server_name())

    def _on_connection(self) -> None:
        # A call is the whole message: nothing that a caller sends is read, so nothing in it can do harm.
        while self._server is not None and (caller := self._server.nextPendingConnection()) is not None:
            caller.disconnectFromServer()
            caller.deleteLater()
        self.activated.emit()

    def _server_name(self) -> str:
        path = str((self._folder / SOCKET_NAME).absolute())
        if sys.platform != "win32" and len(path.encode()) <= SOCKET_PATH_MAX_BYTES:
            return path  # in the private folder nobody else can sit on the name
        import hashlib

        return f"gigadesk-{hashlib.sha256(path.encode()).hexdigest()[:32]}"
