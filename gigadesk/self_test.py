"""Whether this installation works: `--self-test`. A line for each part; the first that fails ends it with exit code 1.

Made for the bundle, where a missing file shows only on the user's machine.
"""

import asyncio
import platform
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from gigadesk import __version__
from gigadesk.chat import Role, Status
from gigadesk.errors import GigadeskError, KeyringError
from gigadesk.files import write_private
from gigadesk.gigachat.tls import ROOT_WARNING_S, root_expires_at, ssl_context
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
CODE = "def f(): pass"
IMPORTED = (
    b'[{"id": "c1", "title": "Self-test", "chat": {"history": {"currentId": "m1", "messages": {"m1":'
    b' {"id": "m1", "parentId": null, "childrenIds": [], "role": "user", "content": "Hello", "timestamp": 1}}}}}]'
)
"""A chat as Open WebUI exports it."""
WORK_LIMIT_S = 30.0
POLL_S = 0.05
SMALLEST_PICTURE = (400, 300)
SMALLEST_PDF_BYTES = 2000


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
        ("languages", _check_languages),
        ("colours", lambda: _check_colours(session)),
        ("formula", lambda: _check_formula(session)),
        ("expression", lambda: _check_expression(session)),
        ("paper", lambda: _check_paper(session)),
        ("search", _check_search),
        ("import", lambda: _check_import(session)),
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
    return f"root certificate checked, {lifetime_of_root(time.time())}, {authorities} authorities"


def lifetime_of_root(now: float) -> str:
    """Until when the root that came with the program is valid; a year before its end, that a newer one is needed.

    Raises:
        _FailedError: it is over.
        CertificateError: it was tampered with, or is missing.
    """
    end = root_expires_at()
    last_day = datetime.fromtimestamp(end, UTC).date()
    if now >= end:
        raise _FailedError(f"the root certificate was valid until {last_day}: install a newer GigaDesk")
    if now >= end - ROOT_WARNING_S:
        return f"valid ONLY until {last_day}: install a newer GigaDesk before that day"
    return f"valid until {last_day}"


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


async def _check_languages() -> str:
    """All that is loaded by name only when a code of that language comes."""
    from gigadesk.markdown.highlight import load
    from gigadesk.markdown.languages import LEXERS

    for name in LEXERS:
        load(name)
    return f"{len(set(LEXERS.values()))} kinds of code"


async def _check_colours(session: "Session") -> str:
    from gigadesk.ui.highlighter import Highlighter

    highlighter = Highlighter(session.window)
    await _until(lambda: highlighter.known("python", CODE) or highlighter.request("python", CODE), "no answer")
    colours = highlighter.request("python", CODE)
    highlighter.close()
    if colours is None or not colours.runs:
        raise _FailedError("the worker colours nothing")
    return f"{len(colours.runs)} runs"


async def _check_formula(session: "Session") -> str:
    """Through the worker process and its fonts, which a bundle may lack."""
    from gigadesk.ui.formulas import Formulas
    from gigadesk.ui.worker import Worker

    worker = Worker(session.window)
    formulas = Formulas(worker, session.window)
    await _until(lambda: formulas.shape(FORMULA), "the worker draws nothing")
    shape = formulas.shape(FORMULA)
    worker.close()
    return f"drawn, {shape.numbers if shape else 0} numbers"


async def _check_expression(session: "Session") -> str:
    """Through the other worker process, that of the find bar."""
    from gigadesk.ui.transcript.find.expressions import Expressions
    from gigadesk.ui.transcript.find.places import Words
    from gigadesk.ui.transcript.find.query import Query

    expressions = Expressions(session.window)
    found: list[int] = []
    ended: list[object] = []
    expressions.found.connect(lambda _, hits: found.append(len(hits)))
    expressions.ended.connect(ended.append)
    expressions.search(Query("w[aeiou]rd", is_expression=True), [0], lambda _: Words("One **word**, two words"))
    await _until(lambda: ended, "the worker does not answer")
    expressions.close()
    if found != [2]:
        raise _FailedError(f"found {found}, {ended}")
    return f"found {found[0]} places"


async def _check_paper(session: "Session") -> str:
    """The shown conversation as a PDF, with its fonts."""
    transcript = session.window.page.transcript
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "self-test.pdf"
        transcript.paper.write_pdf(target)
        await _until(lambda: not transcript.paper.is_busy, "the PDF is never complete")
        written = target.read_bytes() if target.exists() else b""
    if not written.startswith(b"%PDF") or len(written) < SMALLEST_PDF_BYTES:
        raise _FailedError(f"a PDF of {len(written)} bytes")
    return f"a PDF of {len(written)} bytes"


async def _check_search() -> str:
    """The word forms of both languages, whose rules are loaded by name."""
    from gigadesk.search.stems import stem

    for form, word in (("договором", "договор"), ("searching", "search")):
        if stem(form) != stem(word):
            raise _FailedError(f"{form} is no form of {word}")
    return "forms of Russian and English words"


async def _check_import(session: "Session") -> str:
    """Through the process that reads files of other programs."""
    from gigadesk.ui.exchange.file_reader import FileReader

    reader = FileReader(session.window)
    found: list[int] = []
    ended: list[object] = []
    reader.chats_found.connect(lambda chats: found.append(len(chats)))
    reader.ended.connect(lambda kind, _folders, _problems: ended.append(kind))
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "self-test.json"
        write_private(source, IMPORTED)
        reader.read(source, Path(folder), 0.0)
        await _until(lambda: ended, "the process does not answer")
        reader.stop()
    if sum(found) != 1:
        raise _FailedError(f"found {sum(found)} chats, {ended}")
    return f"read a file of {ended[0]}"


async def _until(condition: Callable[[], object], failure: str) -> None:
    """Wait; a machine that is busy gets the time it needs."""
    for _ in range(int(WORK_LIMIT_S / POLL_S)):
        if condition():
            return
        await asyncio.sleep(POLL_S)
    raise _FailedError(failure)


def _print(line: str) -> None:
    if sys.stdout is not None:  # a windowed program on Windows has none; its exit code tells
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
