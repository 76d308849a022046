"""The gate for links."""

import os

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from gigadesk.ui.links import Link, Reason, Verdict, open_folder, open_link, read_link
from tests.work import calls


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org",
        "https://example.org/path/to?q=1&r=2#part",
        "https://www.example.org:443/",
        "https://ru.wikipedia.org/wiki/Заглавная_страница",
        "https://my_host.example.org/",
        "mailto:someone@example.org",
    ],
)
def test_ordinary_addresses_open_at_once(address):
    assert read_link(address).verdict is Verdict.OPEN


@pytest.mark.parametrize(
    "address",
    [
        "",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "file:///etc/passwd",
        "vscode://file/x",
        "ms-msdt:/id",
        "smb://host/share",
        "//host/share",
        "data:text/html,<script>",
        "ftp://example.org/",
        "C:\\Windows\\system32",
        "relative/path",
        "https://",
        "https:///path",
        "https://exa mple.org/",
        "https://example.org/a b",
        " https://example.org",
        "https://example.org\n",
        "https://exam\u200bple.org/",
        "https://example.org/\u202egnp.exe",
        "https://example.org:99999/",
        "https://-bad-.org/",
        "https://example..org/",
        "https://example.org/" + "a" * 3000,
        "mailto:a@example.org?bcc=b@example.org",
        "mailto:a@b.org,c@d.org",
        "mailto:?bcc=b@example.org",
        "mailto:a?subject=x&body=y@example.org",
        "mailto:a%3Fbcc=b@example.org",
        "mailto:a%0Ab@example.org",
        "data:image/png;base64,AAAA",
        "view-source:https://example.org",
        "blob:https://example.org/1",
        "about:blank",
        "\\\\host\\share",
        "https:\\\\example.org",
        "https://\u202eexample.org/",
        "https://example.org/\U000e0041",
        "https://exa%00mple.org",
    ],
)
def test_everything_else_is_only_copied(address):
    link = read_link(address)

    assert link.verdict is Verdict.COPY_ONLY
    assert not open_link(link)


@pytest.mark.parametrize(
    "text", ["si\u200bte", "\u202eetis\u202c", "si\u25afte"], ids=["zero width", "turned", "marked"]
)
def test_words_with_hidden_characters_are_asked_about(text):
    assert read_link("https://example.org/", text).reasons == (Reason.HIDDEN_CHARACTERS,)
    assert read_link("https://example.org/", "\u05d0\u200f site").verdict is Verdict.OPEN


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("http://example.org/", Reason.NOT_ENCRYPTED),
        ("https://user:secret@example.org/", Reason.USER_INFO),
        ("https://google.com@evil.org/", Reason.USER_INFO),
        ("https://аррӏе.com/", Reason.FOREIGN_LETTERS),
        ("https://xn--80ak6aa92e.com/", Reason.FOREIGN_LETTERS),
        ("https://127.0.0.1/", Reason.NUMERIC_HOST),
        ("https://[::1]/", Reason.NUMERIC_HOST),
        ("https://2130706433/", Reason.NUMERIC_HOST),
        ("https://0x7f.1/", Reason.NUMERIC_HOST),
        ("https://localhost/", Reason.LOCAL_HOST),
        ("https://printer.local/", Reason.LOCAL_HOST),
        ("https://example.org:8123/", Reason.ODD_PORT),
        ("https://example.org/setup.exe", Reason.EXECUTABLE),
        ("https://example.org/setup%2Eexe", Reason.EXECUTABLE),
        ("https://example.org/run.sh?x=1", Reason.EXECUTABLE),
        ("https://example.org/get?file=setup.exe", Reason.EXECUTABLE),
        ("https://example.org/setup.exe;v=1", Reason.EXECUTABLE),
        ("https://example.org/setup.EXE%20.", Reason.EXECUTABLE),
        ("https://example.org/setup.exe::$DATA", Reason.EXECUTABLE),
        ("https://example.org/setup.msix/", Reason.EXECUTABLE),
        ("https://0x7f000001/", Reason.NUMERIC_HOST),
        ("https://0177.0.0.1/", Reason.NUMERIC_HOST),
        ("https://127.1/", Reason.NUMERIC_HOST),
        ("https://[::ffff:127.0.0.1]/", Reason.NUMERIC_HOST),
        ("https://\uff11\uff12\uff17.0.0.1/", Reason.NUMERIC_HOST),
        ("https://[fe80::1%25eth0]/", Reason.NUMERIC_HOST),
        ("https://localhost./", Reason.LOCAL_HOST),
        ("https://router.home.arpa/", Reason.LOCAL_HOST),
        ("https://intranet/", Reason.LOCAL_HOST),
        ("https://example.org:22/", Reason.ODD_PORT),
        ("HTTP://example.org/", Reason.NOT_ENCRYPTED),
    ],
)
def test_doubtful_addresses_are_asked_about(address, reason):
    link = read_link(address)

    assert link.verdict is Verdict.CONFIRM
    assert reason in link.reasons


@pytest.mark.parametrize(
    ("text", "is_doubtful"),
    [
        ("documentation", False),
        ("example.org", False),
        ("https://www.example.org/other/page", False),
        ("https://bank.ru/login", True),
        ("bank.ru", True),
        ("www.bank.ru/login", True),
        ("version 2.0", False),
        ("https://example.org.evil.com", True),
        ("see bank.ru, please", True),
        ("(bank.ru)", True),
        ("bank.ru.", True),
        ("example.org, not bank.ru", True),
        ("www.example.org", False),
        ("Example.ORG", False),
        ("банк.рф", True),
        ("https://банк.рф/вход", True),
        ("www.банк.рф", True),
        ("bank\u200b.ru", True),
        ("bank\u25af.ru", True),
        ("ｂａｎｋ．ｒｕ", True),
        ("bank。ru", True),
        ("xn--80aswg.xn--p1ai", True),
        ("1.1.1.1", True),
        ("chapter 1.2.3", False),
        ("someone@bank.ru", True),
    ],
)
def test_a_text_that_names_another_host_is_doubtful(text, is_doubtful):
    link = read_link("https://example.org/page", text)

    assert (Reason.OTHER_HOST_IN_TEXT in link.reasons) is is_doubtful


def test_a_mail_address_whose_text_names_another_is_asked_about():
    assert read_link("mailto:a@evil.org", "boss@bank.ru").verdict is Verdict.CONFIRM
    assert read_link("mailto:a@bank.ru", "a@bank.ru").verdict is Verdict.OPEN


def test_user_name_and_password_are_not_sent():
    link = read_link("https://google.com:x@evil.org/path")

    assert link.target == "https://evil.org/path"
    assert link.host == "evil.org"


def test_the_host_is_shown_as_the_network_knows_it():
    assert read_link("https://аррӏе.com/").host.startswith("xn--")


def test_what_is_only_copied_shows_its_invisible_letters():
    assert "\u202e" not in read_link("javascript:\u202ealert").target


class Browser(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []
        self.libraries: str | None = None

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url.toString())
        self.libraries = os.environ.get("LD_LIBRARY_PATH")


@pytest.fixture
def browser(qapp):
    receiver = Browser()
    QDesktopServices.setUrlHandler("https", receiver, "open")
    yield receiver
    QDesktopServices.unsetUrlHandler("https")


def test_the_browser_of_the_system_does_not_get_our_libraries(browser, monkeypatch):
    monkeypatch.setenv("LD_LIBRARY_PATH", "/bundle/lib")
    monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", "/usr/local/lib")

    assert open_link(read_link("https://example.org/"))

    assert browser.opened == ["https://example.org/"]
    assert browser.libraries == "/usr/local/lib"
    assert os.environ["LD_LIBRARY_PATH"] == "/bundle/lib"


def test_a_link_made_by_hand_passes_the_same_gate(browser):
    assert not open_link(Link("file:///etc/passwd", "", Verdict.COPY_ONLY))
    assert browser.opened == []


def test_the_same_link_is_looked_at_once():
    address, text = "https://xn--80ak6aa92e.com/same", "the same"

    first, again = (calls(lambda: read_link(address, text)) for _ in range(2))

    assert first > 10
    assert again < 5


def test_only_a_folder_is_shown(tmp_path, monkeypatch):
    shown = []
    monkeypatch.setattr("gigadesk.ui.links.QDesktopServices.openUrl", lambda url: not shown.append(url.toLocalFile()))
    file = tmp_path / "run #1 %20.desktop"
    file.write_text("x", encoding="utf-8")
    folder = tmp_path / "a #1 %20 ж"
    folder.mkdir()

    assert [open_folder(path) for path in (file, tmp_path / "gone", folder)] == [False, False, True]
    assert shown == [str(folder)]
