"""The one gate for links: what an address from outside really is, and whether it may be opened.

Every way to a link goes through `read_link` (click, keyboard, menu, tooltip), and only `open_link` hands an address to
the operating system; `open_folder` a folder in which the program has written something.
"""

import ipaddress
import os
import re
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from gigadesk.limits import LINK_MAX_CHARS

_DECODED = QUrl.ComponentFormattingOption.FullyDecoded
_ENCODED = QUrl.ComponentFormattingOption.FullyEncoded
_WEB_PORTS = {-1, 80, 443, 8080, 8443}
_EXECUTABLE_ENDS = [
    ".exe",
    ".msi",
    ".bat",
    ".cmd",
    ".com",
    ".scr",
    ".pif",
    ".ps1",
    ".vbs",
    ".vbe",
    ".wsf",
    ".hta",
    ".lnk",
    ".reg",
    ".jar",
    ".app",
    ".dmg",
    ".pkg",
    ".command",
    ".sh",
    ".run",
    ".appimage",
    ".deb",
    ".rpm",
    ".apk",
    ".iso",
    ".img",
    ".desktop",
    ".url",
    ".webloc",
    ".msix",
    ".appx",
    ".msp",
    ".jse",
    ".wsh",
    ".cpl",
    ".scf",
    ".inf",
    ".jnlp",
    ".chm",
    ".vhd",
    ".vhdx",
    ".crx",
    ".xpi",
    ".mobileconfig",
    ".flatpakref",
    ".snap",
    ".docm",
    ".xlsm",
    ".pptm",
]
_FORBIDDEN = re.compile(
    "[\x00-\x20\x7f-\xa0\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)
"""Controls, spaces, marks that turn the direction of text, and characters nobody sees."""
_LABEL = re.compile(r"(?!-)[A-Za-z0-9_-]{1,63}(?<!-)")
# A question mark would begin a query, as in `mailto:?bcc=...@...`, and a per cent sign may hide one.
_MAIL = re.compile(r"mailto:[A-Za-z0-9.!$'*+^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,255}", re.IGNORECASE)
_HOST_IN_TEXT = re.compile(
    r"(?:[a-z][a-z0-9+.-]*:)?//(?:[^\s/?#@]*@)?([^\s/?#:]+)"
    r"|((?:[\w-]+\.)+(?:[^\W\d_]{2,}|xn--[\w-]+))(?![\w-]|\.\w)"
    r"|(?<![\w.])(\d{1,3}(?:\.\d{1,3}){3})(?![\w.])",
    re.IGNORECASE,
)
_HIDDEN_IN_TEXT = re.compile(f"{_FORBIDDEN.pattern[:1]}\u25af{_FORBIDDEN.pattern[1:]}")
"""The same and the mark that the transcript shows for them."""
_HIDDEN_IN_WORDS = re.compile("[\u25af\u200b\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u180e\U000e0000-\U000e007f]")
"""Nobody needs them in the words of a link; the mark that the transcript shows for them is the first."""
_LOCAL_ENDS = (".localhost", ".localdomain", ".local", ".internal", ".intranet", ".lan", ".home", ".home.arpa", ".corp")


class Verdict(StrEnum):
    """What may be done with a link."""

    OPEN = "open"
    CONFIRM = "confirm"
    """Ask first, showing the host and the reasons."""
    COPY_ONLY = "copy_only"
    """Never opened: not an address of the web."""


class Reason(StrEnum):
    """Why a link is asked about first."""

    OTHER_HOST_IN_TEXT = "other_host_in_text"
    USER_INFO = "user_info"
    FOREIGN_LETTERS = "foreign_letters"
    HIDDEN_CHARACTERS = "hidden_characters"
    NUMERIC_HOST = "numeric_host"
    LOCAL_HOST = "local_host"
    ODD_PORT = "odd_port"
    EXECUTABLE = "executable"
    NOT_ENCRYPTED = "not_encrypted"


@dataclass(frozen=True, slots=True)
class Link:
    """An address that was looked at."""

    target: str
    """What would be opened or copied, in ASCII letters if it can be opened; without user name and password."""
    host: str
    """The host as the network knows it (`xn--...`), empty for what cannot be opened."""
    verdict: Verdict
    reasons: tuple[Reason, ...] = ()


def read_link(address: str, text: str = "") -> Link:
    """Look at an address; `text` is what the reader sees of the link. Never raises."""
    is_short = len(address) + len(text) <= _REMEMBERED_CHARS
    return _read_short(address, text) if is_short else _read(address, text)


_REMEMBERED_CHARS = 300
_REMEMBERED = 512
"""Links that were looked at last. A page with hundreds of the same is laid out anew with each change of its size."""


def _read(address: str, text: str) -> Link:
    if len(address) <= LINK_MAX_CHARS and not _FORBIDDEN.search(address):
        if _MAIL.fullmatch(address):
            host = address.rpartition("@")[2]
            if _is_name(host):
                other = (Reason.OTHER_HOST_IN_TEXT,) if _names_other_host(text, host.lower()) else ()
                return Link(address, host.lower(), Verdict.CONFIRM if other else Verdict.OPEN, other)
        else:
            found = _read_web_address(address, text)
            if found is not None:
                return found
    return Link(_printable(address), "", Verdict.COPY_ONLY)


_read_short = lru_cache(_REMEMBERED)(_read)


def open_link(link: Link) -> bool:
    """Hand a link to the program the operating system has for it. False if it may not be opened or nothing took it.

    Links with the verdict `CONFIRM` are to be asked about before this is called.
    """
    if link.verdict is Verdict.COPY_ONLY:
        return False
    return _open(QUrl(link.target, QUrl.ParsingMode.StrictMode))


def open_folder(path: Path) -> bool:
    """Show a folder with the program the operating system has for that. False if it is none, or nothing took it."""
    return path.is_dir() and _open(QUrl.fromLocalFile(str(path)))


def _open(url: QUrl) -> bool:
    with _libraries_of_the_system():
        return QDesktopServices.openUrl(url)


def _read_web_address(address: str, text: str) -> Link | None:
    url = QUrl(address, QUrl.ParsingMode.StrictMode)
    if not url.isValid() or url.scheme() not in {"http", "https"} or not url.host():
        return None
    host = url.host(_ENCODED).lower()
    is_numeric = _is_numeric(host)
    if not is_numeric and not _is_name(host):
        return None
    reasons = []
    if _names_other_host(text, host):
        reasons.append(Reason.OTHER_HOST_IN_TEXT)
    if _HIDDEN_IN_WORDS.search(text):
        reasons.append(Reason.HIDDEN_CHARACTERS)
    if url.userInfo() or "@" in url.authority():
        reasons.append(Reason.USER_INFO)
        port = "" if url.port() < 0 else f":{url.port()}"
        url.setAuthority((f"[{host}]" if ":" in host else host) + port)
    if any(label.startswith("xn--") for label in host.split(".")):
        reasons.append(Reason.FOREIGN_LETTERS)
    if is_numeric:
        reasons.append(Reason.NUMERIC_HOST)
    if _is_local(host):
        reasons.append(Reason.LOCAL_HOST)
    if url.port() not in _WEB_PORTS:
        reasons.append(Reason.ODD_PORT)
    if _ends_as_program(url.path(_DECODED)) or _ends_as_program(url.query(_DECODED)):
        reasons.append(Reason.EXECUTABLE)
    if url.scheme() == "http":
        reasons.append(Reason.NOT_ENCRYPTED)
    target = url.toString(_ENCODED)
    return Link(target, host, Verdict.CONFIRM if reasons else Verdict.OPEN, tuple(reasons))


def _ends_as_program(part: str) -> bool:
    # Windows takes `a.exe.`, `a.exe ` and `a.exe::$DATA` for `a.exe`.
    name = re.split(r"[;:&]", part.lower().rpartition("/")[2] or part.lower().rstrip("/"), maxsplit=1)[0]
    return name.rstrip("/. ").endswith(tuple(_EXECUTABLE_ENDS))


def _is_name(host: str) -> bool:
    name = host.removesuffix(".")
    return 0 < len(name) <= 253 and all(_LABEL.fullmatch(label) for label in name.split("."))


def _is_numeric(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        # Browsers also take 2130706433, 0x7f.1 and 127.1 for addresses.
        last = host.removesuffix(".").rpartition(".")[2]
        return bool(re.fullmatch(r"\d+|0x[0-9a-f]*", last))
    return True


def _is_local(host: str) -> bool:
    name = host.removesuffix(".")
    return ("." not in name.strip("[]") and ":" not in name) or name.endswith(_LOCAL_ENDS)


def _names_other_host(text: str, host: str) -> bool:
    # What looks like a dot or a letter of ours is read as one; what cannot be seen is left out.
    words = unicodedata.normalize("NFKC", _HIDDEN_IN_TEXT.sub(lambda each: " " if each[0].isspace() else "", text))
    for named in _HOST_IN_TEXT.finditer(words.replace("\u3002", ".").strip()):
        shown = (named[1] or named[2] or named[3]).lower().rstrip(".,;!)]}>")
        url = QUrl(f"https://{shown}/")
        encoded = url.host(_ENCODED).lower() if url.isValid() else shown
        if encoded.removeprefix("www.") != host.removesuffix(".").removeprefix("www."):
            return True
    return False


def _printable(address: str) -> str:
    """An address that is only copied or shown: everything invisible in it as `%..`."""
    return _FORBIDDEN.sub(
        lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "replace")), address
    )


@contextmanager
def _libraries_of_the_system() -> Iterator[None]:
    """In a bundle the browser must not find our libraries: PyInstaller keeps the old value beside the new."""
    name = "LD_LIBRARY_PATH"
    ours = os.environ.get(name)
    original = os.environ.get(f"{name}_ORIG")
    is_bundled = original is not None or hasattr(sys, "_MEIPASS")
    if not is_bundled:
        yield
        return
    if original:
        os.environ[name] = original
    else:
        os.environ.pop(name, None)
    try:
        yield
    finally:
        if ours is not None:
            os.environ[name] = ours
