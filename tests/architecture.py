"""The rules of the house, read off the syntax tree. `test_architecture.py` applies them to the program.

Each rule is a function from one module to the places where it is broken. No rule imports the code it reads.
"""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

MODULE_MAX_LINES = 400

VALUES = frozenset({"chat", "errors", "facts", "kept", "limits", "text"})

IMPORTS: dict[str, frozenset[str]] = {
    "chat": frozenset({"errors"}),
    "facts": frozenset({"chat", "errors", "search.hits"}),
    "errors": frozenset(),
    "comparison": frozenset(),
    "kept": frozenset({"chat"}),
    "limits": frozenset(),
    "text": frozenset(),
    "files": frozenset(),
    "resources": frozenset(),
    "packages": VALUES,
    "settings": VALUES | {"files"},
    "credentials": VALUES | {"files"},
    "logs": VALUES | {"files"},
    "tasks": VALUES | {"files"},
    "start_mark": VALUES | {"files"},
    "search": VALUES,
    "data_folder": VALUES | {"files", "move_mark"},
    "move_mark": VALUES | {"files"},
    "moving": VALUES | {"data_folder", "files", "move_mark"},
    "store": VALUES | {"files", "search", "exchange.records"},
    "exchange": VALUES | {"files"},
    "gigachat": VALUES | {"files", "resources", "settings"},
    # Pictures that an answer names: the transport of `gigachat`, and nothing that knows the account.
    "web": VALUES
    | {
        "files",
        "gigachat.proxies",
        "gigachat.resolver",
        "gigachat.tls",
        "gigachat.transport",
    },
    "emulator": frozenset({"limits", "resources", "text"}),
    "markdown": frozenset({"limits", "text"}),
    "account_options": VALUES | {"gigachat", "settings"},
    "account": VALUES | {"account_options", "credentials", "gigachat", "settings"},
    "accounts": VALUES | {"account", "account_options", "credentials", "gigachat", "settings"},
    "attachments": VALUES | {"files", "tasks", "gigachat.capabilities", "gigachat.file_kinds"},
    "conversations": VALUES
    | {
        "attachments",
        "exchange",
        "gigachat.capabilities",
        "gigachat.events",
        "gigachat.file_kinds",
        "search",
        "settings",
        "store",
        "tasks",
    },
    "ui": VALUES
    | {
        "attachments",
        "comparison",
        "conversations",
        "data_folder",
        "exchange",
        "files",
        "gigachat.authorization_key",
        "gigachat.capabilities",
        "gigachat.file_kinds",
        "gigachat.findings",
        "logs",
        "markdown",
        "resources",
        "search",
        "settings",
        "start_mark",
        "tasks",
    },
}
"""Which part may import which. A new arrow is a deliberate change here. `app` and `__main__` know everything."""

KNOWS_ALL = frozenset(
    {
        "app",
        "__main__",
        "session",
        "options",
        "key_desk",
        "account_desk",
        "picture_desk",
        "data_desk",
        "moving_desk",
        "opening_desk",
        "snapshot_desk",
        "rescue_desk",
        "updating_desk",
        "self_test",
        "screenshot",
        "__init__",
    }
)

LIBRARY_HOMES: dict[str, tuple[str, ...]] = {
    "aiohttp": ("gigachat", "emulator", "web"),
    "aiohttp_socks": ("gigachat",),
    "Stemmer": ("search",),
    "sqlite3": ("store",),
    "keyring": ("credentials",),
    "qasync": ("app",),
    "markdown_it": ("markdown",),
    "mdit_py_plugins": ("markdown",),
    "pygments": ("markdown",),
    "latex2mathml": ("markdown",),
    "ziafont": ("markdown",),
    "ziamath": ("markdown",),
    "PySide6": ("ui", "app"),
    "shiboken6": ("ui", "app"),
    "trustme": ("emulator",),
    "certifi": ("gigachat",),
}

ONE_CALLER: dict[str, str] = {
    "openUrl": "gigadesk.ui.links",
    "sqlite3.connect": "gigadesk.store",
    "SSLContext": "gigadesk.gigachat",
}
"""Calls that have one home, a module or a package."""

FOREIGN_GATES: dict[str, tuple[str, ...]] = {
    # JSON: the network's through one decoder; the program's own files and pipes beside those who write them.
    "msgspec.json.Decoder": ("gigadesk.gigachat.protocol.decode",),
    "msgspec.json.decode": ("gigadesk.gigachat.protocol.decode",),
    "msgspec.convert": ("gigadesk.gigachat.protocol.decode",),
    "json.loads": (
        "gigadesk.store.outlines",  # numbers that SQLite has joined: a third of the time of `int` for each
        "gigadesk.gigachat.protocol.decode",
        "gigadesk.exchange.json_gate",
        "gigadesk.settings.file",
        "gigadesk.store.stored_errors",
        "gigadesk.ui.window_state",
        "gigadesk.ui.worker_process",
        "gigadesk.ui.transcript.find.worker",
        "gigadesk.ui.transcript.copy.worker",
        "gigadesk.markdown.worker",
    ),
    "json.load": (),
    # Addresses: of links, and of the service as the user types it.
    "QUrl": ("gigadesk.ui.links", "gigadesk.ui.settings_dialog.addresses"),
    "QUrl.fromUserInput": (),
    "QUrl.fromLocalFile": ("gigadesk.ui.links",),  # of a folder that this program has made
    # Pictures: our own icons, and files through one gate that names the format.
    "QImage": ("gigadesk.ui.pictures",),
    "QImageReader": ("gigadesk.ui.pictures",),
    "QMovie": (),
    "QSvgRenderer": ("gigadesk.ui.widgets.icons",),
    "QSvgWidget": (),
    "loadFromData": (),
    # Rich text: for the clipboard only, from our own writer.
    "setHtml": ("gigadesk.ui.transcript.copy.clipboard",),
}
"""Where bytes and text from outside may become something that acts. The emulator, a server of its own, is free."""

BROAD_EXCEPT = frozenset({"gigadesk.tasks", "gigadesk.__main__", "gigadesk.credentials"})

FORBIDDEN_NAMES = {
    "setMarkdown": "Qt opens local paths named by images, and hangs on deep indentation",
    "insertMarkdown": "Qt opens local paths named by images",
    "fromMarkdown": "Qt opens local paths named by images",
    "insertHtml": "Qt opens local paths named by images",
    "appendHtml": "Qt opens local paths named by images",
    "fromHtml": "Qt opens local paths named by images",
    "insertImage": "no picture enters a document",
    "setOpenExternalLinks": "links pass one gate, ui/links.py",
    "processEvents": "a nested loop stops other tasks for ever",
    "asyncSlot": "TaskScope owns tasks",
    "asyncClose": "it burns the processor while it waits",
    "executescript": "it commits first",
    "create_default_context": "it obeys SSLKEYLOGFILE and SSL_CERT_FILE",
    "_create_unverified_context": "connections are always verified",
    "get_keyring": "it may choose a plain file",
    "pickle": "it executes what it reads",
    "marshal": "it executes what it reads",
    "shelve": "it executes what it reads",
    "QThread": "threads never see Qt",
    "unsetenv": "the environment belongs to the whole process",
}

FORBIDDEN_CALLS = {
    "eval": "text is not code",
    "exec": "text is not code, and a nested Qt loop stops other tasks for ever",
    "exec_": "a nested Qt loop stops other tasks for ever",
    "compile": "text is not code",
}

DRAG_HOME = "gigadesk.ui.widgets.drag_out"
"""Qt can only drag in a loop of its own. It is begun by the mouse, so never from inside a task."""

STATIC_DIALOGS = {
    "QMessageBox": {"about", "aboutQt", "critical", "information", "question", "warning"},
    "QFileDialog": {"getOpenFileName", "getOpenFileNames", "getSaveFileName", "getExistingDirectory", "getOpenFileUrl"},
    "QInputDialog": {"getText", "getItem", "getInt", "getDouble", "getMultiLineText"},
    "QColorDialog": {"getColor"},
    "QFontDialog": {"getFont"},
}

FORBIDDEN_KEYWORDS: dict[str, tuple[object, ...]] = {
    "trust_env": (True,),
    "ssl": (False,),
    "verify": (False,),
    "verify_ssl": (False,),
    "check_hostname": (False,),
    "shell": (True,),
    "openExternalLinks": (True,),
    "allow_redirects": (True,),
}

TASK_CALLS = frozenset({"create_task", "ensure_future"})
TASK_OWNERS = ("gigadesk.tasks", "gigadesk.gigachat.token", "gigadesk.gigachat.tokens", "gigadesk.emulator")
"""`gigachat` keeps one shielded task, the fetching of a token; the emulator is a server of its own."""

REQUEST_METHODS = frozenset({"request", "get", "post", "put", "patch", "delete", "head", "options", "ws_connect"})
LOG_METHODS = frozenset({"debug", "info", "warning", "error", "critical", "exception", "log"})
FILE_WRITERS = frozenset({"write_text", "write_bytes", "mkstemp", "NamedTemporaryFile", "touch", "mkdir", "makedirs"})
FILE_CREATORS = frozenset({"gigadesk.files", "gigadesk.logs", "gigadesk.exchange.library_file"})
"""`logs` opens its files itself, after `files.create_private`; `library_file` opens entries of an archive."""

PLAIN_TEXT_WIDGETS = frozenset({"QLabel", "QMessageBox"})


@dataclass(frozen=True, slots=True)
class Module:
    """One source file, parsed."""

    name: str
    source: str
    tree: ast.Module

    @property
    def room(self) -> str:
        """First part below `gigadesk`."""
        parts = self.name.split(".")
        return parts[1] if len(parts) > 1 else "__init__"


Rule = Callable[[Module], Iterator[str]]


def parse(name: str, source: str) -> Module:
    """A module from its dotted name and text."""
    return Module(name, source, ast.parse(source))


def modules(root: Path) -> Iterator[Module]:
    """Every module of the package in the folder `root`."""
    for path in sorted(root.rglob("*.py")):
        parts = path.relative_to(root.parent).with_suffix("").parts
        name = ".".join(part for part in parts if part != "__init__")
        yield parse(name, path.read_text(encoding="utf-8"))


def broken_rules(module: Module) -> list[str]:
    """Every place where `module` breaks a rule of the house."""
    return [f"{module.name}:{complaint}" for rule in RULES for complaint in rule(module)]


def arrows_follow_the_table(module: Module) -> Iterator[str]:
    if module.room in KNOWS_ALL:
        return
    allowed = IMPORTS.get(module.room)
    for line, target in _imported(module):
        parts = target.split(".")
        if parts[0] != "gigadesk":
            continue
        inner = ".".join(parts[1:])
        if inner == "__version__":
            continue
        is_own = parts[1:2] == [module.room]
        if allowed is None:
            yield f"{line}: {module.room} is not in the import table"
        elif not is_own and not any(inner == room or inner.startswith(room + ".") for room in allowed):
            yield f"{line}: {module.room} may not import {target}"


def libraries_stay_home(module: Module) -> Iterator[str]:
    for line, target in _imported(module):
        library = target.split(".")[0]
        homes = LIBRARY_HOMES.get(library)
        if homes is not None and module.room not in homes and module.room != "self_test":
            yield f"{line}: {library} lives in {', '.join(homes)} only"


def gates_are_single(module: Module) -> Iterator[str]:
    for node in _calls(module):
        name = _dotted(node.func)
        if _is_server_context(node) and module.room == "emulator":
            continue
        for gate, home in ONE_CALLER.items():
            if (name == gate or name.endswith("." + gate)) and not _inside(module.name, home):
                yield f"{node.lineno}: {gate} is called in {home} only"


def _is_server_context(node: ast.Call) -> bool:
    return any(_dotted(argument).endswith("PROTOCOL_TLS_SERVER") for argument in node.args)


def foreign_data_passes_its_gate(module: Module) -> Iterator[str]:
    if module.room in {"emulator", "self_test"}:
        return
    for node in _calls(module):
        name = _dotted(node.func)
        for gate, homes in FOREIGN_GATES.items():
            if (name == gate or name.endswith("." + gate)) and module.name not in homes:
                yield f"{node.lineno}: {gate} is called in {', '.join(homes) or 'no module'} only"


def rich_text_is_our_own(module: Module) -> Iterator[str]:
    """What is given to `setHtml` was made by our writer, which escapes everything and knows no picture."""
    calls = [node for node in _calls(module) if _dotted(node.func).endswith(".setHtml")]
    if not calls:
        return
    if not any(target.startswith("gigadesk.ui.transcript.copy.html_writer") for _, target in _imported(module)):
        yield f"{calls[0].lineno}: setHtml without html_writer"
    for node in calls:
        owner = _dotted(node.func).split(".")[0]
        makers = [
            each.value
            for each in ast.walk(module.tree)
            if isinstance(each, ast.Assign) and isinstance(each.value, ast.Call) and _dotted(each.targets[0]) == owner
        ]
        if not makers or any(not _dotted(maker.func).endswith("QMimeData") for maker in makers):
            yield f"{node.lineno}: rich text goes to the clipboard only"


def nothing_forbidden(module: Module) -> Iterator[str]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute | ast.Name):
            name = node.attr if isinstance(node, ast.Attribute) else node.id
            if name in FORBIDDEN_NAMES:
                yield f"{node.lineno}: {name}: {FORBIDDEN_NAMES[name]}"
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names = {alias.name for alias in node.names} | {getattr(node, "module", None) or ""}
            for name in names & FORBIDDEN_NAMES.keys():
                yield f"{node.lineno}: {name}: {FORBIDDEN_NAMES[name]}"
        elif isinstance(node, ast.Call):
            yield from _forbidden_call(module, node)


def _forbidden_call(module: Module, node: ast.Call) -> Iterator[str]:
    dotted = _dotted(node.func)
    name = dotted.rsplit(".", 1)[-1]
    is_drag = dotted == "drag.exec" and module.name == DRAG_HOME
    if name in FORBIDDEN_CALLS and not is_drag and not (name == "compile" and dotted == "re.compile"):
        # The program's own loop is run by qasync; nothing else may start one.
        yield f"{node.lineno}: {name}(): {FORBIDDEN_CALLS[name]}"
    owner = dotted.split(".")[-2] if "." in dotted else ""
    if name in STATIC_DIALOGS.get(owner, ()):
        yield f"{node.lineno}: {owner}.{name} runs a nested loop"
    for keyword in node.keywords:
        values = FORBIDDEN_KEYWORDS.get(keyword.arg or "", ())
        if isinstance(keyword.value, ast.Constant) and any(keyword.value.value is value for value in values):
            yield f"{node.lineno}: {keyword.arg}={keyword.value.value}"


def tasks_have_owners(module: Module) -> Iterator[str]:
    if any(_inside(module.name, owner) for owner in TASK_OWNERS):
        return
    for node in _calls(module):
        name = _dotted(node.func).rsplit(".", 1)[-1]
        if name in TASK_CALLS:
            yield f"{node.lineno}: {name}: tasks are started by TaskScope"


def failures_are_typed(module: Module) -> Iterator[str]:
    if module.name in BROAD_EXCEPT:
        return
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ExceptHandler):
            caught = {_dotted(kind) for kind in _kinds(node.type)} if node.type else {""}
            # Cleaning up and raising again hides nothing.
            passes_on = any(isinstance(part, ast.Raise) and part.exc is None for part in ast.walk(node))
            if caught & {"", "Exception", "BaseException"} and not passes_on:
                yield f"{node.lineno}: broad except"
        elif isinstance(node, ast.Call) and _dotted(node.func).endswith("suppress"):
            caught = {_dotted(kind) for kind in node.args}
            if caught & {"Exception", "BaseException"}:
                yield f"{node.lineno}: broad suppress"


def requests_are_fenced(module: Module) -> Iterator[str]:
    if module.room != "gigachat":
        return
    for node in _calls(module):
        parts = _dotted(node.func).split(".")
        if len(parts) > 1 and parts[-1] in REQUEST_METHODS and "session" in parts[-2].lower():
            given = {keyword.arg for keyword in node.keywords}
            if None not in given:
                for needed in {"allow_redirects", "timeout"} - given:
                    yield f"{node.lineno}: a request without {needed}"


def logs_hold_no_objects(module: Module) -> Iterator[str]:
    for node in _calls(module):
        parts = _dotted(node.func).split(".")
        if len(parts) < 2 or parts[-1] not in LOG_METHODS or "log" not in parts[-2].lower():
            continue
        if parts[-1] == "exception" or any(keyword.arg == "exc_info" for keyword in node.keywords):
            yield f"{node.lineno}: a traceback may hold a token; report the type and str()"
        for part in ast.walk(node):
            is_format = isinstance(part, ast.Constant) and isinstance(part.value, str) and "%r" in part.value
            is_conversion = isinstance(part, ast.FormattedValue) and part.conversion == ord("r")
            is_call = isinstance(part, ast.Call) and _dotted(part.func) == "repr"
            if is_format or is_conversion or is_call:
                yield f"{node.lineno}: repr() in a log call may hold a token"


def files_are_private(module: Module) -> Iterator[str]:
    if module.name in FILE_CREATORS:
        return
    for node in _calls(module):
        dotted = _dotted(node.func)
        name = dotted.rsplit(".", 1)[-1]
        # `chats.touch(id, now)` is a word of the program, `path.touch()` makes a file.
        is_own_word = name == "touch" and bool(node.args)
        if (name in FILE_WRITERS and not is_own_word) or (name == "open" and _opens_for_writing(node)):
            yield f"{node.lineno}: {name}: files are made by gigadesk.files"


def foreign_text_is_plain(module: Module) -> Iterator[str]:
    """A label that is given a variable text must say that it is plain, in the same module."""
    if module.room != "ui":
        return
    pictures = {_dotted(node.func).removesuffix(".setPixmap") for node in _calls(module)}
    made = [
        node.value.func
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and _dotted(node.targets[0]) in pictures
    ]
    calls = (node.func for node in _calls(module) if node.func not in made)
    bases = (base for node in ast.walk(module.tree) if isinstance(node, ast.ClassDef) for base in node.bases)
    makes = [node for node in (*calls, *bases) if _dotted(node).rsplit(".", 1)[-1] in PLAIN_TEXT_WIDGETS]
    says = any(
        _dotted(node.func).endswith("setTextFormat") and "PlainText" in ast.unparse(node) for node in _calls(module)
    )
    if makes and not says:
        yield f"{makes[0].lineno}: no setTextFormat(PlainText) beside {_dotted(makes[0])}"
    for node in _calls(module):
        if _dotted(node.func).endswith("setTextFormat") and "PlainText" not in ast.unparse(node):
            yield f"{node.lineno}: only plain text is shown in stock widgets"


def modules_stay_small(module: Module) -> Iterator[str]:
    lines = module.source.count("\n")
    if lines > MODULE_MAX_LINES:
        yield f"1: {lines} lines; split at {MODULE_MAX_LINES}"


RULES: tuple[Rule, ...] = (
    arrows_follow_the_table,
    libraries_stay_home,
    gates_are_single,
    foreign_data_passes_its_gate,
    rich_text_is_our_own,
    nothing_forbidden,
    tasks_have_owners,
    failures_are_typed,
    requests_are_fenced,
    logs_hold_no_objects,
    files_are_private,
    foreign_text_is_plain,
    modules_stay_small,
)


def count_calls(every: list[Module], gate: str) -> int:
    """How often a gate is called in the whole program."""
    return sum(
        name == gate or name.endswith("." + gate)
        for module in every
        for name in (_dotted(node.func) for node in _calls(module) if not _is_server_context(node))
    )


def _imported(module: Module) -> Iterator[tuple[int, str]]:
    package = module.name.split(".")
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level] if node.level else []
            source = ".".join([*start, *([node.module] if node.module else [])])
            for alias in node.names:
                # `from gigadesk import store` names a module, `from gigadesk.store import Store` does not.
                yield node.lineno, f"{source}.{alias.name}" if source == "gigadesk" or not node.module else source


def _calls(module: Module) -> Iterator[ast.Call]:
    return (node for node in ast.walk(module.tree) if isinstance(node, ast.Call))


def _dotted(node: ast.AST) -> str:
    """`a.b.c` of a name; what is not a name (a call, an index) stands as `()`."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}"
    return "()"


def _kinds(node: ast.expr) -> list[ast.expr]:
    return list(node.elts) if isinstance(node, ast.Tuple) else [node]


def _inside(name: str, home: str) -> bool:
    return name == home or name.startswith(home + ".")


def _opens_for_writing(node: ast.Call) -> bool:
    modes = [*node.args, *(keyword.value for keyword in node.keywords if keyword.arg == "mode")]
    return any(
        isinstance(mode, ast.Constant)
        and isinstance(mode.value, str)
        and set(mode.value) <= set("rwaxbt+")
        and bool(set(mode.value) & set("wax+"))
        for mode in modes
    )
