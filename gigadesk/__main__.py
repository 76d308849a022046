"""The command line. Decides what runs before anything heavy is imported.

`--highlight-worker` turns this process into the worker that colours code, `--find-worker` into the one that runs the
regular expressions of the find bar, `--copy-worker` into the one that writes the formats of large copies,
`--import-worker` into the one that reads files to be imported (no Qt, no window); everything else goes to `app.py`.
"""

import argparse
import contextlib
import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from gigadesk import __version__


def main(arguments: Sequence[str] | None = None) -> int:
    """Run GigaDesk and return the exit code of the process."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    if given == ["--find-worker"]:
        from gigadesk.ui.transcript.find.worker import main as find_words

        return find_words()
    if given == ["--copy-worker"]:
        from gigadesk.ui.transcript.copy.worker import main as write_formats

        return write_formats()
    if given == ["--import-worker"]:
        from gigadesk.exchange.worker import main as read_imports

        return read_imports()
    if given == ["--highlight-worker"]:
        from gigadesk.markdown.worker import main as work

        return work()

    code = _run_program(given, ends_process=arguments is None)
    if arguments is None:
        _end_process(code)
    return code


def _run_program(given: list[str], *, ends_process: bool) -> int:
    options = _parser().parse_args(given)
    _forbid_core_dumps()
    _forbid_key_log()
    if ends_process:
        # `GarbageCollector` takes over, on the thread of the window; nothing that imports make is garbage.
        gc.disable()
    from gigadesk.app import run
    from gigadesk.options import Options

    return run(
        Options(
            data_folder=options.data_dir,
            is_demo=options.demo or options.self_test or options.screenshot is not None,
            screenshot=options.screenshot,
            is_self_test=options.self_test,
            theme=options.theme,
            language=options.language,
            ends_after_first_paint=options.exit_after_first_paint,
        ),
        ends_process=ends_process,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="gigadesk", description="A native desktop chat for GigaChat.")
    parser.add_argument("--version", action="version", version=f"GigaDesk {__version__}")
    parser.add_argument("--demo", action="store_true", help="try it without a key, on a built-in imitation of GigaChat")
    parser.add_argument("--data-dir", type=_folder, metavar="DIR", help="keep chats and settings in DIR")
    parser.add_argument("--screenshot", type=Path, metavar="FILE", help="write a picture of the demo's window and end")
    parser.add_argument("--theme", choices=("light", "dark"), help="use these colours this time")
    parser.add_argument("--language", choices=("ru", "en"), help="speak this language this time")
    parser.add_argument("--self-test", action="store_true", help="check that this installation works and end")
    # For benchmarks/startup.py.
    parser.add_argument("--exit-after-first-paint", action="store_true", help=argparse.SUPPRESS)
    return parser


def _folder(text: str) -> Path:
    """A folder as it is named on the command line, or in a file that starts the program, where no shell has read it."""
    if not text.strip():
        # "$FOLDER" of a script that has not set it: the chats would lie wherever it was started.
        raise argparse.ArgumentTypeError("it names no folder")
    try:
        return Path(text).expanduser()
    except RuntimeError:
        return Path(text)


def _end_process(code: int) -> NoReturn:
    """End at once: all is on the disk, and taking Qt and the interpreter apart costs time and crashes now and then."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            with contextlib.suppress(OSError):
                stream.flush()
    os._exit(code)


def _forbid_core_dumps() -> None:
    """A core dump would hold the key and the conversations."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def _forbid_key_log() -> None:
    """Keep the keys of connections out of files.

    Our own TLS context does not know this variable, but aiohttp makes another one while it is imported: that would
    create the file, and fail, and the import with it, where the file cannot be written.
    """
    os.environ.pop("SSLKEYLOGFILE", None)


if __name__ == "__main__":
    sys.exit(main())
