"""A real gnome-keyring on a D-Bus of its own, with nothing else on it: no prompter, no activation."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

PASSWORD = b"password of the test keyring"
START_LIMIT_S = 20
TOOLS = ("dbus-daemon", "gnome-keyring-daemon")

# No <servicedir>: what is not started here does not exist, so neither a second daemon nor a password dialog can come.
_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


def missing_tools() -> list[str]:
    """Programs this machine lacks for a real keyring."""
    return [tool for tool in TOOLS if shutil.which(tool) is None]


class PrivateKeyring:
    """A bus; `start_daemon` puts an unlocked keyring on it, empty at first. The files lie in the home of `environment`.

    `address` is what `DBUS_SESSION_BUS_ADDRESS` has to be to find it.
    """

    def __init__(self, folder: Path) -> None:
        socket = folder / "bus"
        configuration = folder / "bus.conf"
        configuration.write_text(_BUS.format(socket=socket), encoding="utf-8")
        self.address = f"unix:path={socket}"
        self._environment = {**os.environ, "DBUS_SESSION_BUS_ADDRESS": self.address}
        self._bus = subprocess.Popen(
            ["dbus-daemon", f"--config-file={configuration}", "--nofork", "--print-address"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert self._bus.stdout is not None
        if not self._bus.stdout.readline():
            self._bus.wait()
            raise RuntimeError("the bus did not start")
        self._daemon: subprocess.Popen[bytes] | None = None

    def start_daemon(self) -> None:
        """Start (again) the keyring's daemon and unlock it."""
        self.stop_daemon()
        self._daemon = subprocess.Popen(
            ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        assert self._daemon.stdin is not None
        self._daemon.stdin.write(PASSWORD)
        self._daemon.stdin.close()
        limit = time.monotonic() + START_LIMIT_S
        while not self._is_unlocked():
            assert self._daemon.poll() is None, "the keyring's daemon has ended"
            assert time.monotonic() < limit, "the keyring's daemon did not start"
            time.sleep(0.01)

    def lock(self) -> None:
        """Lock the collection, as a screen saver may."""
        with self._default_collection() as collection:
            collection.lock()

    def _is_unlocked(self) -> bool:
        from secretstorage import SecretStorageException

        try:
            with self._default_collection() as collection:
                return not collection.is_locked()
        except SecretStorageException:
            return False

    @contextmanager
    def _default_collection(self) -> Iterator[Any]:
        # Libraries that only Linux has.
        from jeepney.io.blocking import open_dbus_connection
        from secretstorage import Collection

        with closing(open_dbus_connection(self.address)) as bus:
            yield Collection(bus)

    def hang(self) -> None:
        """Let the daemon live without answering."""
        assert self._daemon is not None
        self._daemon.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        """End `hang`."""
        assert self._daemon is not None
        self._daemon.send_signal(signal.SIGCONT)

    def stop_daemon(self) -> None:
        """Kill the daemon; the bus stays."""
        if self._daemon is not None:
            _end(self._daemon)
            self._daemon = None

    def close(self) -> None:
        """Kill the daemon and the bus."""
        self.stop_daemon()
        _end(self._bus)


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.kill()
    process.wait()
    if process.stdout is not None:
        process.stdout.close()
