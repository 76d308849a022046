"""Start of the program until its first painted window, against an empty PySide6 window. Prints JSON lines.

Both are whole processes, from their start to their end right after the first paint, taken in turns so that what else
the machine does hits both. Values are medians. Offscreen unless `QT_QPA_PLATFORM` says otherwise.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 21
QUICK_ROUNDS = 7

EMPTY_WINDOW = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

class Window(QWidget):
    def paintEvent(self, event):
        QTimer.singleShot(0, application.quit)

application = QApplication(sys.argv)
window = Window()
window.resize(1080, 720)
window.show()
sys.exit(application.exec())
"""


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--quick", action="store_true", help=f"{QUICK_ROUNDS} rounds instead of {ROUNDS}")
    rounds = QUICK_ROUNDS if arguments.parse_args().quick else ROUNDS
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        environment = _environment(Path(folder))
        program = [sys.executable, "-m", "gigadesk", "--data-dir", f"{folder}/data", "--exit-after-first-paint"]
        empty = [sys.executable, "-c", EMPTY_WINDOW]
        # The first start writes bytecode and fills the caches of the system: nobody has that twice.
        _start(program, environment)
        _start(empty, environment)
        runs = [(_start(program, environment), _start(empty, environment)) for _ in range(rounds)]
    for index, figure in enumerate(("wall", "cpu")):
        ours = [own[index] for own, _ in runs]
        floors = [floor[index] for _, floor in runs]
        if not any(floors):
            continue  # Windows does not tell the time of a child's processor
        value, floor = statistics.median(ours), statistics.median(floors)
        ratio = statistics.median(own / other for own, other in zip(ours, floors, strict=True))
        _print(figure, value * 1000, "ms", floor=round(floor * 1000, 1), ratio=round(ratio, 3))
        _print(f"{figure}_ratio", ratio, "times an empty window")


def _start(command: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """Seconds on the clock and of the processor that one run of `command` takes."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    if hasattr(os, "wait4"):
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        cpu = usage.ru_utime + usage.ru_stime
    else:
        process.wait()
        cpu = 0.0
    wall = time.perf_counter() - begin
    if process.returncode != 0:
        sys.exit(f"{command[1:3]} ended with {process.returncode}")
    return wall, cpu


def _environment(home: Path) -> dict[str, str]:
    """No key, no keyring, no proxy, an empty home: the start of a new user on a quiet machine."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIGACHAT_", "DBUS_", "XDG_"))}
    runtime = home / "run"
    runtime.mkdir(mode=0o700)
    return {
        **kept,
        "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
        "PYTHONPATH": str(ROOT),
        "HOME": str(home),
        "XDG_RUNTIME_DIR": os.environ.get("XDG_RUNTIME_DIR", str(runtime)),
        "LC_ALL": "C.UTF-8",
    }


def _print(figure: str, value: float, unit: str, **more: float) -> None:
    print(json.dumps({"figure": figure, "value": round(value, 3), "unit": unit, **more}), flush=True)


if __name__ == "__main__":
    main()
