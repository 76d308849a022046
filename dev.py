"""Sets up everything GigaDesk needs and does one job. Needs Python 3.11 or newer, and nothing else.

    python3 dev.py run [-- ARGUMENTS]    start the program; without a key its first page offers the demo
    python3 dev.py test [ARGUMENTS]      all tests on all cores, or what pytest is told; `-n 0` in one process
    python3 dev.py lint                  format, lint, types, translations
    python3 dev.py check                 lint, then test: what CI runs
    python3 dev.py bench [NAME] [--quick]  measure; one JSON object a line
    python3 dev.py bundle                build the program for double-clicking in dist/, and let it test itself
    python3 dev.py lock [--upgrade]      write requirements.lock anew from pyproject.toml

The first run makes `.venv` and installs the locked packages; later ones start at once. On Debian and its kin,
missing system libraries are installed when that is allowed without a password, else the line to type is printed.
"""

import sys

# Before anything newer Pythons alone understand. The rest of the file has to *parse* on old ones, too.
if sys.version_info < (3, 11):  # noqa: UP036  (who has an older one is told so)
    sys.exit(
        f"GigaDesk needs Python 3.11 or newer, this is {sys.version.split()[0]} ({sys.executable}).\n"
        "Install a newer one and start this file with it: python3.11 dev.py ..."
    )

import hashlib
import importlib.util
import json
import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "gigadesk-setup.json"
LOCK_TOOL = "uv==0.13.8"

MAX_WORKERS = 4
"""Each is a process of 300 to 700 MB in the end."""
TESTS_FAILED = 1
"""Exit code of pytest for failed tests, and nothing worse."""
SECOND_TRIES_MAX = 10
"""More failures than that are no matter of a busy machine."""
OWN_PROCESS_OPTIONS = {
    *("-n", "--numprocesses", "--dist", "-p", "-k", "-s", "--capture", "--pdb", "--trace", "--lf", "--last-failed"),
    *("--co", "--collect-only", "--fixtures", "--markers", "--help", "-h", "--version"),
}

IS_WINDOWS = os.name == "nt"
IS_LINUX = sys.platform.startswith("linux")
PYTHON = VENV / ("Scripts/python.exe" if IS_WINDOWS else "bin/python")
PYTEST = [str(PYTHON), "-P", "-m", "pytest"]

# What Qt's files ask the system for, and the Debian package that has it.
QT_FILES = (
    "Qt*.abi3.so",
    "Qt/plugins/platforms/libqxcb.so",
    "Qt/plugins/platforms/libqwayland.so",
    "Qt/plugins/platforms/libqoffscreen.so",
    "Qt/plugins/platformthemes/libqxdgdesktopportal.so",
    "Qt/plugins/imageformats/libqsvg.so",
)
UNUSED_QT_FILES = ("QtQml", "QtQuick", "QtDesigner", "QtUiTools", "QtSql", "QtHelp", "QtXml")
DEBIAN_PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libgl1",
    "libOpenGL.so.0": "libopengl0",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libbrotlicommon.so.1": "libbrotli1",
    "libbrotlidec.so.1": "libbrotli1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libstdc++.so.6": "libstdc++6",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xinerama.so.0": "libxcb-xinerama0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libz.so.1": "zlib1g",
}
FONTS = "fonts-dejavu-core"
# Programs and files of the system that a command uses, and what they are packed in. It goes without them.
TOOLS = {
    "test": {
        "dbus-daemon": "dbus",
        "gnome-keyring-daemon": "gnome-keyring",
        "strace": "strace",
        # An X server, another program that pastes, and a screen reader, for what only they can see.
        "xvfb-run": "xvfb",
        "xauth": "xauth",
        "xclip": "xclip",
        "/usr/libexec/at-spi-bus-launcher": "at-spi2-core",
        "/usr/lib/python3/dist-packages/pyatspi": "python3-pyatspi",
    },
    "bundle": {"objdump": "binutils"},
}


class SetupError(Exception):
    """Something that only the user can put right; the text says how."""


def main(arguments: list[str]) -> int:
    """Do what the command line says and return the exit code."""
    command, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if command in {"", "help", "-h", "--help"}:
        print(__doc__)
        return 0 if command else 2
    if command not in COMMANDS:
        say("unknown command: " + command)
        print(__doc__)
        return 2
    try:
        return COMMANDS[command](rest)
    except SetupError as problem:
        say(str(problem))
        return 1
    except KeyboardInterrupt:
        return 130


def run(arguments: list[str]) -> int:
    """Start the program from the user's own folder, so that relative paths mean what they say."""
    set_up("run")
    arguments = arguments[1:] if arguments[:1] == ["--"] else arguments
    environment = python_environment()
    if not has_screen(environment):
        if not {"--screenshot", "--self-test", "--version", "--help", "-h"} & set(arguments):
            raise SetupError("There is no screen here: neither DISPLAY nor WAYLAND_DISPLAY is set.")
        environment["QT_QPA_PLATFORM"] = "offscreen"
    return hand_over([str(PYTHON), "-P", "-m", "gigadesk", *arguments], environment, Path.cwd())


def test(arguments: list[str]) -> int:
    """All tests, on a screen that nobody sees."""
    set_up("test")
    options = worker_options(arguments, core_count())
    if options:
        return test_on_all_cores(options, arguments)
    return hand_over([*PYTEST, *arguments], offscreen(python_environment()), ROOT)


def test_on_all_cores(options: list[str], arguments: list[str]) -> int:
    """Share the tests out; the few that failed beside the others get a second try, alone and with the same random seed.

    A test that fails on a busy machine only does not hold up who wants to land; it is named, so that it can be mended.
    """
    environment = offscreen(python_environment())
    with tempfile.TemporaryDirectory() as memory:
        # Whatever hypothesis has found in the first run, it finds in the second.
        seed = f"--hypothesis-seed={secrets.randbelow(1 << 32)}"
        common = [*PYTEST, "-o", f"cache_dir={memory}", seed]
        code = call([*common, *options, *arguments], environment, ROOT)
        failed = failed_tests(Path(memory))
        if code != TESTS_FAILED or not 0 < len(failed) <= SECOND_TRIES_MAX:
            return code
        say(f"{len(failed)} failed beside the others; once more, alone")
        code = call([*common, *failed], environment, ROOT)
        if code == 0:
            say("passed alone, so unsteady: " + ", ".join(failed) + ". The first report says how they fail; mend them.")
        return code


def failed_tests(memory: Path) -> list[str]:
    """What pytest has noted as failed in its folder for the next run."""
    try:
        return sorted(json.loads((memory / "v" / "cache" / "lastfailed").read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return []


def lint(arguments: list[str]) -> int:
    """Every check is made, even if one has failed."""
    if arguments:
        raise SetupError("lint takes no arguments")
    set_up("lint")
    checks = [
        ["-m", "ruff", "format", "--check", "."],
        ["-m", "ruff", "check", "."],
        ["-m", "mypy"],
        ["resources/translations/update.py", "--check"],
    ]
    failed = []
    for check_ in checks:
        say(" ".join(check_))
        if call([str(PYTHON), *check_], offscreen(python_environment()), ROOT) != 0:
            failed.append(" ".join(check_))
    for name in failed:
        say("failed: " + name)
    return 1 if failed else 0


def check(arguments: list[str]) -> int:
    """What CI runs."""
    return lint([]) or test(arguments)


def bench(arguments: list[str]) -> int:
    """Run one benchmark, or all. Only their JSON lines go to the standard output."""
    set_up("bench")
    known = {path.stem: path for path in sorted((ROOT / "benchmarks").glob("*.py")) if not path.stem.startswith("_")}
    names = [name for name in arguments if not name.startswith("-")]
    unknown = [name for name in names if name not in known]
    if unknown:
        raise SetupError(f"unknown benchmark: {', '.join(unknown)}; there are: {', '.join(known)}")
    options = [option for option in arguments if option.startswith("-")]
    environment = python_environment()
    environment = environment if has_screen(environment) else offscreen(environment)
    codes = [call([str(PYTHON), "-P", str(known[name]), *options], environment, ROOT) for name in names or known]
    return max(codes, default=0)


def bundle(arguments: list[str]) -> int:
    """Build the one-folder program and let it test itself, without anything of this checkout in its environment."""
    set_up("bundle")
    build = [str(PYTHON), "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", "gigadesk.spec", *arguments]
    code = call(build, python_environment(), ROOT)
    if code != 0:
        return code
    program = {
        "win32": ROOT / "dist" / "gigadesk" / "gigadesk.exe",
        "darwin": ROOT / "dist" / "GigaDesk.app" / "Contents" / "MacOS" / "gigadesk",
    }.get(sys.platform, ROOT / "dist" / "gigadesk" / "gigadesk")
    say(f"built {program.relative_to(ROOT)}; it tests itself now")
    environment = dict(os.environ)
    environment = environment if has_screen(environment) else offscreen(environment)
    with tempfile.TemporaryDirectory() as elsewhere:
        return call([str(program), "--self-test"], environment, Path(elsewhere))


def lock(arguments: list[str]) -> int:
    """Resolve `pyproject.toml` for all systems and Pythons. Versions stay as they are, unless `--upgrade` is given."""
    with tempfile.TemporaryDirectory() as folder:
        venv = Path(folder) / "venv"
        make_venv(venv)
        python = venv / PYTHON.relative_to(VENV)
        call_or_fail([str(python), "-m", "pip", "install", "--quiet", LOCK_TOOL], "uv could not be installed")
        resolve = [
            *(str(python), "-m", "uv", "pip", "compile", "pyproject.toml", "--group", "dev", "--all-extras"),
            *("--universal", "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url"),
            *("--no-emit-find-links", "--no-annotate", "--no-header", "--quiet", "--output-file", str(LOCK)),
        ]
        return call([*resolve, *arguments], python_environment(), ROOT)


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "run": run,
    "test": test,
    "lint": lint,
    "check": check,
    "bench": bench,
    "bundle": bundle,
    "lock": lock,
}


def set_up(command: str) -> None:
    """Bring `.venv` and the system to what the lock and the command ask for; return at once if they are."""
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    done = read_stamp()
    if done.get("lock") != wanted or done.get("python") != version() or not PYTHON.exists():
        install_packages()
        done = {"lock": wanted, "python": version(), "system": []}
        write_stamp(done)
    if command not in done["system"]:
        install_system_packages(command)
        write_stamp({**done, "system": [*done["system"], command]})


def read_stamp() -> dict:
    """What an earlier run has completed; empty if none has."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
        return stamp if isinstance(stamp.get("system"), list) else {}
    except (OSError, ValueError, AttributeError):
        return {}


def write_stamp(done: dict) -> None:
    """Remember what is complete."""
    STAMP.write_text(json.dumps(done), encoding="utf-8")


def worker_options(arguments: list[str], cores: int) -> list[str]:
    """Options of pytest that share the tests out among processes, where that helps.

    Not where the user has said how many, wants to see or type something (other processes have no terminal), or names a
    few tests, which are over before a second process has found them.
    """
    names = {word.partition("=")[0] if word.startswith("--") else word[:2] for word in arguments}
    has_said = bool(names & OWN_PROCESS_OPTIONS)
    is_narrow = any(word.endswith(".py") or "::" in word for word in arguments)
    if has_said or is_narrow or cores < 2:
        return []
    return ["-n", str(min(cores, MAX_WORKERS)), "--dist", "worksteal"]


def core_count() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def version() -> str:
    """The Python that `.venv` belongs to."""
    return f"{sys.version_info[0]}.{sys.version_info[1]} {sys.base_prefix}"


def install_packages() -> None:
    """Install the lock into `.venv`; a `.venv` that is broken or of another Python is made anew."""
    if is_in_venv():
        raise SetupError("Start this with the system's Python, not with the one in .venv.")
    is_new = not venv_works()
    if is_new:
        make_venv(VENV)
    say("installing the locked packages (a minute the first time)")
    if install_lock() == 0:
        return
    if not is_new:
        say("starting over with a new .venv")
        make_venv(VENV)
        if install_lock() == 0:
            return
    raise SetupError("The packages could not be installed; the lines above say why. Try again: what is there is kept.")


def install_lock() -> int:
    """Exit code of pip."""
    # The lock is complete. Without `--no-deps` pip 23.2 resolves `coverage[toml]` to the newest release and gives up.
    options = ["--require-hashes", "--no-deps", "--prefer-binary", "--no-input"]
    options += ["--disable-pip-version-check", "--quiet"]
    return call([str(PYTHON), "-m", "pip", "install", *options, "-r", str(LOCK)], dict(os.environ), ROOT)


def is_in_venv() -> bool:
    """Whether this very process runs on the Python that would be replaced."""
    return Path(sys.prefix).resolve() == VENV.resolve()


def venv_works() -> bool:
    """Whether `.venv` has a Python of this version that can install."""
    if not PYTHON.exists():
        return False
    probe = "import pip, sys; print('{}.{}'.format(*sys.version_info[:2]), sys.base_prefix)"
    try:
        answer = subprocess.run([str(PYTHON), "-c", probe], capture_output=True, text=True, check=False)
    except OSError:
        return False
    return answer.returncode == 0 and answer.stdout.strip() == version()


def make_venv(folder: Path) -> None:
    """A new virtual environment in place of what is there."""
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        # Debian keeps them apart from Python.
        apt_install([python_name() + "-venv"], "Python's venv module")
    shutil.rmtree(folder, ignore_errors=True)
    call_or_fail([sys.executable, "-m", "venv", str(folder)], f"{folder} could not be made")


def install_system_packages(command: str) -> None:
    """What Qt and the command need of a Linux system. Only Qt's libraries are a must."""
    if not IS_LINUX or command == "lint":
        return
    missing = missing_libraries()
    packages = sorted({DEBIAN_PACKAGES[name] for name in missing if name in DEBIAN_PACKAGES})
    if packages:
        apt_install(packages, "system libraries of Qt (" + ", ".join(sorted(missing)) + ")")
        missing = missing_libraries()
    if missing:
        raise SetupError("Qt misses these libraries of the system: " + ", ".join(sorted(missing)))
    tools = TOOLS.get(command, {})
    wanted = {package for tool, package in tools.items() if shutil.which(tool) is None and not Path(tool).exists()}
    if not has_fonts():
        wanted.add(FONTS)
    if command == "bundle" and not has_shared_python():
        wanted.add("lib" + python_name())
    if wanted:
        try:
            apt_install(sorted(wanted), f"what {command} would like to have")
        except SetupError as problem:
            say(f"{problem}\nGoing on without.")


def missing_libraries() -> set[str]:
    """System libraries that a part of Qt in use asks for and this machine lacks."""
    (package,) = list(VENV.glob("lib*/python*/site-packages/PySide6"))[:1]
    files = [path for pattern in QT_FILES for path in package.glob(pattern)]
    used = [str(path) for path in files if not path.name.startswith(UNUSED_QT_FILES)]
    listing = subprocess.run(["ldd", *used], capture_output=True, text=True, check=False).stdout
    return {line.split()[0] for line in listing.splitlines() if line.rstrip().endswith("=> not found")}


def has_shared_python() -> bool:
    """Whether PyInstaller finds Python as a library; Debian keeps it apart from the program."""
    folders = (Path(sys.base_prefix) / "lib", Path("/usr/lib"), Path("/usr/lib64"))
    names = (f"lib{python_name()}.so*", f"*-linux-gnu*/lib{python_name()}.so*")
    return any(True for folder in folders for name in names for _ in folder.glob(name))


def python_name() -> str:
    """Such as `python3.11`."""
    return f"python{sys.version_info[0]}.{sys.version_info[1]}"


def has_fonts() -> bool:
    """Whether there is any letter to draw with."""
    folders = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".fonts")
    return any(True for folder in folders for kind in ("*.ttf", "*.otf", "*.ttc") for _ in folder.rglob(kind))


def apt_install(packages: list[str], purpose: str) -> None:
    """Install Debian packages, if that needs nobody's password; else say what to type."""
    line = "apt-get install --yes --no-install-recommends " + " ".join(packages)
    if shutil.which("apt-get") is None:
        raise SetupError(
            f"Missing: {purpose}.\nInstall it with your package manager; Debian's names: {' '.join(packages)}"
        )
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if prefix and (shutil.which("sudo") is None or call([*prefix, "true"], dict(os.environ), ROOT, quiet=True) != 0):
        raise SetupError(f"Missing: {purpose}. Type this, then try again:\n  sudo {line}")
    say("installing {}: {}".format(purpose, " ".join(packages)))
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    # A machine that was never updated knows no packages at all; one without network may still have them cached.
    call([*prefix, "apt-get", "update", "-qq"], environment, ROOT, quiet=True)
    if call([*prefix, *line.split(), "-qq"], environment, ROOT, quiet=True) != 0:
        raise SetupError(f"Missing: {purpose}. This did not work:\n  {' '.join([*prefix, line])}")


def has_screen(environment: dict[str, str]) -> bool:
    """Whether a window can be shown, or where it shall be is said already."""
    return not IS_LINUX or any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def offscreen(environment: dict[str, str]) -> dict[str, str]:
    """Windows are painted into memory, unless the user has chosen otherwise."""
    return {"QT_QPA_PLATFORM": "offscreen", **environment}


def python_environment() -> dict[str, str]:
    """The user's environment, in which this checkout can be imported from any folder."""
    paths: Iterable[str] = (str(ROOT), os.environ.get("PYTHONPATH", ""))
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in paths if path), "PYTHONUTF8": "1"}


def hand_over(command: list[str], environment: dict[str, str], folder: Path) -> int:
    """Become `command` where the system can do that, so that signals and exit codes are its own."""
    if IS_WINDOWS:
        return call(command, environment, folder)
    sys.stdout.flush()
    sys.stderr.flush()
    os.chdir(folder)
    return os.execve(command[0], command, environment)  # noqa: S606  (never returns)


def call(command: list[str], environment: dict[str, str], folder: Path, *, quiet: bool = False) -> int:
    """Exit code of `command`."""
    sys.stdout.flush()
    sink = subprocess.DEVNULL if quiet else None
    return subprocess.run(command, env=environment, cwd=folder, stdout=sink, stderr=sink, check=False).returncode


def call_or_fail(command: list[str], problem: str) -> None:
    """Run a step of the set-up."""
    if call(command, dict(os.environ), ROOT) != 0:
        raise SetupError(problem + "; the lines above say why.")


def say(text: str) -> None:
    """Words for the user; the standard output belongs to the command."""
    print("dev.py: " + text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
