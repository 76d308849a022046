"""Whether this installation works: `--self-test`. A line for each part; the first that fails ends it with exit code 1.

Made for the bundle, where a missing file shows only on the user's machine.
"""

import asyncio
import platform
import sys
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from gigadesk import __version__
from gigadesk.chat import Role, Status
from gigadesk.errors import GigadeskError, KeyringError
from gigadesk.gigachat.tls import ssl_context
from gigadesk.resources import resource_bytes, resource_path
from gigadesk.screenshot import ask_in_new_chat
from gigadesk.store.engine import engine_version, has_full_text_search

if TYPE_CHECKING:
    from gigadesk.session import Session

NEEDED_RESOURCES = (
    "certs/russian_trusted_root_ca.pem",
    "translations/gigadesk_en.qm",
    "translations/gigadesk_ru.qm",
    "icons/logo.svg",
    "icons/send.svg",
    "icons/style/check-light.svg",
)
"""Some of each kind, by name: counting what is there would not miss a folder that is not."""
FEWEST_RESOURCES = 40
QUESTION = "Show a short example in Python"
FORMULA = r"$$\sum_{i=1}^{n} \frac{x_i}{\text{число}} = \sqrt{\alpha}$$"
FORMULA_LIMIT_S = 30.0
FORMULA_POLL_S = 0.1
SMALLEST_PICTURE = (400, 300)


class _FailedError(Exception):
    """A part does not work; the text says how."""


async def check_installation(session: "Session") -> int:
    """Try every part and print what came of it. The exit code."""
    checks: tuple[tuple[str, Callable[[], Awaitable[str]]], ...] = (
        ("program", _check_program),
        ("resources", _check_resources),
        ("certificate", _check_certificate),
        ("database", _check_database),
        ("keyring", lambda: _check_keyring(session)),
        ("window", lambda: _check_window(session)),
        ("answer", lambda: _check_answer(session)),
        ("formula", lambda: _check_formula(session)),
    )
    for name, check in checks:
        try:
            found = await check()
        except (_FailedError, GigadeskError, OSError, TimeoutError) as exc:
            _print(f"FAILED {name}: {exc}")
            return 1
        _print(f"ok {name}: {found}")
    return 0


async def _check_program() -> str:
    return f"GigaDesk {__version__}, Python {platform.python_version()}, {platform.platform()}"


async def _check_resources() -> str:
    for name in NEEDED_RESOURCES:
        if not resource_bytes(name):
            raise _FailedError(f"{name} is empty")
    root = resource_path("icons").parent
    files = [path for path in root.rglob("*") if path.is_file()]
    for path in files:
        if not path.read_bytes():
            raise _FailedError(f"{path.relative_to(root)} is empty")
    if len(files) < FEWEST_RESOURCES:
        raise _FailedError(f"only {len(files)} files")
    return f"{len(files)} files"


async def _check_certificate() -> str:
    authorities = ssl_context().cert_store_stats()["x509_ca"]
    return f"root certificate checked, {authorities} authorities"


async def _check_database() -> str:
    if not has_full_text_search():
        raise _FailedError(f"SQLite {engine_version()} has no FTS5")
    return f"SQLite {engine_version()} with FTS5"


async def _check_keyring(session: "Session") -> str:
    try:
        await session.credentials.read("self-test")
    except KeyringError as exc:
        # No failure of the installation: a build machine has no keyring, and the program says so and goes on.
        return f"{session.credentials.backend_name() or 'none'} ({exc})"
    return session.credentials.backend_name()


async def _check_window(session: "Session") -> str:
    picture = session.window.grab()
    if picture.width() < SMALLEST_PICTURE[0] or picture.height() < SMALLEST_PICTURE[1]:
        raise _FailedError(f"painted {picture.width()} x {picture.height()} pixels only")
    return f"painted, {picture.width()} x {picture.height()} pixels"


async def _check_answer(session: "Session") -> str:
    chat_id = await ask_in_new_chat(session, QUESTION)
    last = session.conversations.messages(chat_id)[-1]
    if last.role is not Role.ASSISTANT or last.status is not Status.DONE or not last.text:
        raise _FailedError(f"{last.role} {last.status} with {len(last.text)} characters: {last.error}")
    transcript = session.window.page.transcript
    transcript.select_all()
    if last.text.strip() not in transcript.selected_markdown():
        raise _FailedError("the window does not show the answer")
    return f"{len(last.text)} characters streamed into the window"


async def _check_formula(session: "Session") -> str:
    """Through the worker process and its fonts, which a bundle may lack."""
    from gigadesk.ui.formulas import Formulas
    from gigadesk.ui.worker import Worker

    formulas = Formulas(Worker(session.window), session.window)
    # The first one may take too long on a machine that is busy: it is tried again.
    for _ in range(int(FORMULA_LIMIT_S / FORMULA_POLL_S)):
        shape = formulas.shape(FORMULA)
        if shape is not None:
            return f"drawn, {shape.numbers} numbers"
        await asyncio.sleep(FORMULA_POLL_S)
    raise _FailedError("the worker draws nothing")


def _print(line: str) -> None:
    if sys.stdout is not None:  # a windowed program on Windows has none; its exit code tells
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
