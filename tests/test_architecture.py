"""The program keeps the rules of the house, and the rules do catch what they are for."""

from pathlib import Path

import pytest

from tests.architecture import IMPORTS, KNOWS_ALL, broken_rules, count_calls, modules, parse

PACKAGE = Path(__file__).parent.parent / "gigadesk"
PROGRAM = list(modules(PACKAGE))


def test_program_was_read():
    assert {"gigadesk", "gigadesk.chat", "gigadesk.ui.theme"} <= {module.name for module in PROGRAM}


@pytest.mark.parametrize("module", PROGRAM, ids=lambda module: module.name)
def test_module_keeps_the_rules(module):
    assert broken_rules(module) == []


def test_every_room_is_in_the_table():
    assert {module.room for module in PROGRAM} <= IMPORTS.keys() | KNOWS_ALL


@pytest.mark.parametrize("gate", ["openUrl", "SSLContext"])
def test_gate_is_called_once_at_most(gate):
    assert count_calls(PROGRAM, gate) <= 1


BAD = {
    "arrow up": ("store.chats", "from gigadesk.conversations import Conversations"),
    "arrow up, whole package": ("store.chats", "import gigadesk.ui.theme"),
    "arrow up, from package": ("store.chats", "from gigadesk import app"),
    "arrow up, relative": ("store.chats", "from ..ui import theme"),
    "only the events of the service": ("conversations.send", "from gigadesk.gigachat.client import Client"),
    "new room": ("shortcuts", "from gigadesk import chat"),
    "Qt below the window": ("conversations.send", "from PySide6.QtCore import QTimer"),
    "Qt late": ("store.chats", "def f():\n    import PySide6.QtCore"),
    "aiohttp in the window": ("ui.links", "import aiohttp"),
    "second keyring": ("ui.links", "import keyring.backends"),
    "second openUrl": ("ui.main_window", "QDesktopServices.openUrl(url)"),
    "second database": ("conversations.send", "sqlite3.connect(path)"),
    "second TLS context": ("emulator.server", "context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)"),
    "foreign Markdown": ("ui.pages", "document.setMarkdown(text)"),
    "external links": ("ui.pages", "label.setOpenExternalLinks(True)"),
    "nested loop": ("ui.pages", "dialog.exec()"),
    "processEvents": ("ui.pages", "QApplication.processEvents()"),
    "static dialog": ("ui.pages", "QMessageBox.question(self, 'x', 'y')"),
    "static file dialog": ("ui.pages", "QtWidgets.QFileDialog.getOpenFileName(self)"),
    "netrc": ("gigachat.client", "aiohttp.ClientSession(trust_env=True)"),
    "no verification": ("gigachat.client", "connector(ssl=False)"),
    "shell": ("ui.pages", "subprocess.run(line, shell=True)"),
    "eval": ("ui.pages", "eval(text)"),
    "pickle": ("store.chats", "import pickle"),
    "from pickle": ("store.chats", "from pickle import loads"),
    "executescript": ("store.chats", "connection.executescript(sql)"),
    "default context": ("gigachat.tls", "ssl.create_default_context()"),
    "keyring's own choice": ("credentials", "keyring.get_keyring()"),
    "stray task": ("conversations.send", "asyncio.create_task(work())"),
    "stray task of a loop": ("ui.pages", "loop.create_task(work())"),
    "broad except": ("store.chats", "try:\n    f()\nexcept Exception:\n    pass"),
    "bare except": ("store.chats", "try:\n    f()\nexcept:\n    pass"),
    "broad except in a tuple": ("store.chats", "try:\n    f()\nexcept (OSError, Exception):\n    pass"),
    "broad suppress": ("store.chats", "with contextlib.suppress(Exception):\n    f()"),
    "redirects": ("gigachat.client", "self._session.post(url, timeout=limit)"),
    "no time limit": ("gigachat.client", "session.request('GET', url, allow_redirects=False)"),
    "follow redirects": ("gigachat.client", "session.get(url, timeout=1, allow_redirects=True)"),
    "%r in a log": ("gigachat.client", "logger.warning('failed: %r', error)"),
    "!r in a log": ("gigachat.client", "_LOGGER.warning(f'failed: {error!r}')"),
    "repr in a log": ("gigachat.client", "log.error('failed: %s', repr(error))"),
    "traceback in a log": ("gigachat.client", "logger.error('failed', exc_info=error)"),
    "logger.exception": ("gigachat.client", "logger.exception('failed')"),
    "own file": ("settings", "path.write_text(text)"),
    "own open": ("settings", "open(path, 'wb')"),
    "own open of a path": ("settings", "path.open(mode='a')"),
    "rich label": ("ui.pages", "label = QLabel(text)"),
    "rich label of our own": ("ui.pages", "class Title(QLabel):\n    pass"),
    "rich text asked for": ("ui.pages", "label.setTextFormat(Qt.TextFormat.RichText)"),
    "second decoder": ("gigachat.client", "answer = json.loads(body)"),
    "second typed decoder": ("gigachat.client", "msgspec.json.decode(body, type=Answer)"),
    "second reader of links": ("ui.pages", "url = QUrl(text)"),
    "path as an address": ("ui.pages", "QUrl.fromLocalFile(path)"),
    "picture from outside": ("ui.pages", "reader = QImageReader(path)"),
    "picture from bytes": ("ui.icons", "pixmap.loadFromData(data)"),
    "picture in a document": ("ui.transcript.builder", "cursor.insertImage(name)"),
    "rich text": ("ui.pages", "self.view.setHtml(text)"),
    "rich text in a cursor": ("ui.transcript.builder", "cursor.insertHtml(text)"),
    "foreign rich text for the clipboard": (
        "ui.transcript.clipboard",
        "from PySide6.QtCore import QMimeData\ndata = QMimeData()\ndata.setHtml(text)",
    ),
    "rich text of our own in a widget": (
        "ui.transcript.clipboard",
        "from gigadesk.ui.transcript.copy.html_writer import html_text\nview = QTextEdit()\nview.setHtml(html_text(x))",
    ),
    "giant": ("chat", "x = 1\n" * 401),
}


@pytest.mark.parametrize(("name", "source"), BAD.values(), ids=BAD)
def test_breach_is_caught(name, source):
    assert broken_rules(parse(f"gigadesk.{name}", source)) != []


GOOD = {
    "arrows down": (
        "conversations.send",
        "from gigadesk.store import Store\nfrom gigadesk.gigachat.events import Finished",
    ),
    "inside a room": ("ui.transcript.view", "from gigadesk.ui.theme import Theme\nfrom . import values"),
    "the gate itself": ("ui.links", "QDesktopServices.openUrl(url)"),
    "a server's TLS": ("emulator.server", "ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)"),
    "the owner of tasks": ("tasks", "asyncio.create_task(work())"),
    "cleaning up": ("files", "try:\n    f()\nexcept BaseException:\n    g()\n    raise"),
    "a fenced request": ("gigachat.client", "session.post(url, timeout=limit, allow_redirects=False)"),
    "a plain label": ("ui.pages", "label = QLabel(text)\nlabel.setTextFormat(Qt.TextFormat.PlainText)"),
    "a picture": ("ui.pages", "self._icon = QLabel(self)\nself._icon.setPixmap(pixmap)"),
    "reading": ("settings", "open(path, 'rb'); path.open(); path.read_text()"),
    "patterns": ("text", "re.compile('x')"),
    "a plain log": ("gigachat.client", "logger.warning('failed: %s', type(error).__name__)"),
}


@pytest.mark.parametrize(("name", "source"), GOOD.values(), ids=GOOD)
def test_good_code_passes(name, source):
    assert broken_rules(parse(f"gigadesk.{name}", source)) == []
