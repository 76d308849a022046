"""What other programs export becomes our chats; and our chats become documents that hold nothing alive."""

import dataclasses
import html.parser
import json
import re
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale

from gigadesk.chat import Source
from gigadesk.exchange.markdown_document import MarkdownDocument
from gigadesk.exchange.names import Names, file_name
from gigadesk.exchange.records import ChatRecord, FileRecord, MessageRecord
from gigadesk.exchange.targets import FileTarget, FolderTarget
from gigadesk.exchange.text_writer import DocumentWords, DocumentWriter, FileCopies
from gigadesk.exchange.trees import tree_of
from gigadesk.markdown.endings import closing
from gigadesk.settings import Language
from gigadesk.ui.file_saving import copy_whole
from gigadesk.ui.language import LanguageSwitcher
from tests.exchange.exchange_support import Library, Reading

SAMPLES = Path(__file__).parents[1] / "samples"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000 1f15c4890000000d49444154789c6364f8cf500f0003060180"
    "5a34 7d6b0000000049454e44ae426082".replace(" ", "")
)
WORDS = DocumentWords(
    **{field.name: field.name for field in dataclasses.fields(DocumentWords) if field.name != "answers_to"},
    answers_to="{number} answers {parent}",
)


Taken = dict[str, tuple[ChatRecord, list[MessageRecord]]]


def taken(path: Path, tmp_path: Path, **wish: object) -> tuple[Library, Taken]:
    """All chats of a file, imported, by their titles."""
    reading = Reading(path, tmp_path / "spool")
    assert set(reading.troubles) <= {"bad_time"}  # very old ones have none
    library = Library(tmp_path / "library")
    chats = {}
    for chat_id in library.take(reading, **wish).chat_ids:
        exports = library.store.exports
        record = exports.chat(chat_id)
        chats[record.title] = (record, exports.messages(exports.message_ids(chat_id)))
    return library, chats


def test_an_archive_of_chatgpt(tmp_path):
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.write(SAMPLES / "chatgpt.json", "conversations.json")
        made.writestr("file-AbCd1234-список.png", PNG)
        made.writestr("user.json", "{}")

    library, chats = taken(path, tmp_path, takes_prompts=False)

    record, [question, answer, thanks, other] = chats["Сортировка списка"]
    assert (record.created_at, record.updated_at) == (1711000000.25, 1711000100.5)
    assert question.text == "Как отсортировать список на картинке?"
    [picture] = question.files
    assert (picture.name, picture.kind, picture.state) == ("список.png", "image", "kept")
    assert library.shelf.path(picture.digest).read_bytes() == PNG
    assert answer.text == ("```python\nprint(sorted([3, 1, 2]))\n```\n\n```text\n[1, 2, 3]\n```\n\nВызовите `sorted`.")
    assert answer.reasoning == "**Looking at the list**\n\nNumbers, ascending."
    assert (answer.reasoning_s, answer.model) == (8.0, "gpt-5-thinking")
    assert answer.sources == (Source(1, "https://docs.python.org/3/", "Python"),)
    assert (other.text, other.parent, other.model) == ("Другой ответ", question.number, "gpt-4o")
    assert (thanks.text, thanks.parent, record.shown) == ("Спасибо", answer.number, thanks.number)
    assert chats["Hello"][0].archived_at == 1712000000
    library.store.close()


def test_system_prompts_come_in_only_when_they_are_wanted(tmp_path):
    reading = Reading(SAMPLES / "chatgpt.json", tmp_path / "spool")
    assert [chat.prompts for chat in reading.chats] == [("Always answer as a pirate.",), ()]
    for is_wanted in (True, False):
        library = Library(tmp_path / str(is_wanted))
        chat_id = library.take(reading, takes_prompts=is_wanted).chat_ids[0]
        ids = library.store.exports.message_ids(chat_id)
        assert ("system" in {each.role for each in library.store.exports.messages(ids)}) == is_wanted
        library.store.close()


def test_an_export_of_open_webui(tmp_path):
    library, chats = taken(SAMPLES / "open_webui.json", tmp_path)

    record, [prompt, question, failed, answer, thanks] = chats["Три закона"]
    assert (prompt.role, prompt.text) == ("system", "Answer briefly.")
    assert record.pinned_at is not None
    assert library.shelf.path(question.files[0].digest).read_bytes().startswith(b"\x89PNG")
    assert (failed.status, json.loads(failed.error[1])["detail"]) == ("failed", "Out of memory")
    assert answer.text == "Инерция, $F=ma$, действие и противодействие."
    assert (answer.reasoning, answer.reasoning_s) == ("Three <laws>\nof motion", 5.0)
    assert (answer.usage.prompt, answer.usage.total) == (11, 33)
    assert answer.sources[0].url == "https://en.wikipedia.org/wiki/Newton"
    assert (failed.parent, answer.parent, record.shown) == (question.number, question.number, thanks.number)
    assert [each.text for each in chats["Very old"][1]] == ["Hi", "Hello"]
    library.store.close()


@pytest.mark.parametrize(
    ("time", "expected"),
    [
        (1713000000, 1713000000),
        (1713000000123, 1713000000.123),
        (1713000000 * 10**9, 1713000000),
        (0, None),
        (True, None),
    ],
)
def test_times_in_any_unit(time, expected):
    from gigadesk.exchange import given

    assert given.time(time, 1.8e9) == expected


def test_a_tree_keeps_the_order_in_which_it_was_given():
    tree = tree_of([("c", "b"), ("a", None), ("b", "a"), ("d", "a"), ("e", "a")])

    assert tree.order == ("a", "b", "c", "d", "e")
    assert tree.mistakes == ()


HOSTILE = [
    "<script>alert(1)</script>",
    "![x](https://example.org/track.png) <img src=x onerror=alert(1)>",
    "[click](javascript:alert(1)) [ok](https://example.org/?a=\"b\"&c='d')",
    "```html\n</code></pre><script>1</script>\n```",
    '| a | b |\n|---|---|\n| <b onclick="1"> | </td></table><iframe src="x"> |',
    "$\\text{</svg><script>}$ and $$x^2$$",
    "[^1]\n\n[^1]: <style>*{}</style>",
    "\x1b[31m \x00 \u202e <base href=//evil>",
]
ALLOWED = re.compile(
    "html|head|meta|title|style|body|main|header|h[1-6]|p|article|time|details|summary|div|section|ol|ul|li|pre|code|span|"
    "b|i|s|sup|a|hr|blockquote|table|thead|tbody|tr|t[hd]|br|figure|img|figcaption|svg|path"
)


class Watcher(html.parser.HTMLParser):
    """Collects what a browser would make of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.addresses: list[str] = []
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            self.attributes.add(name)
            if name in {"href", "src"}:
                self.addresses.append(value or "")


def test_a_page_holds_nothing_alive_and_loads_nothing(qapp, tmp_path):
    from gigadesk.ui.exchange.html_document import HtmlDocument
    from gigadesk.ui.exchange.html_drawings import Drawings

    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "d1").write_bytes(PNG)
    (tmp_path / "files" / "d2").write_bytes(b"<svg onload='alert(1)'>")
    drawings = Drawings(qapp)
    find = lambda digest: tmp_path / "files" / digest  # noqa: E731
    page = HtmlDocument(WORDS, "en", drawings, find, str)
    writer = DocumentWriter(tmp_path / "page.html", page, WORDS, is_folder=False)
    writer.begin_chat(ChatRecord("</title><script>", "user", 1.0, 2.0, model="<m>"))
    files = (
        FileRecord('a"onerror="x.png', "image", "image/png", 1, "d1"),
        FileRecord("b.svg", "image", "image/svg+xml", 1, "d2"),
    )
    sources = (Source(1, "javascript:alert(1)", "<t>"), Source(2, "https://example.org/", "ok"))
    writer.add_messages(
        MessageRecord(number, number - 1 or None, role, "done", 5.0, text, reasoning=text, files=files, sources=sources)
        for number, (text, role) in enumerate(((text, role) for text in HOSTILE for role in ("user", "assistant")), 1)
    )
    writer.end_chat()
    writer.finish()
    writer.place()
    drawings.close()
    drawings.deleteLater()

    text = (tmp_path / "page.html").read_text(encoding="utf-8")
    watcher = Watcher()
    watcher.feed(text)
    assert [tag for tag in watcher.tags if not ALLOWED.fullmatch(tag)] == []
    assert not [name for name in watcher.attributes if name.startswith("on")]
    assert all(re.match(r"data:image/png;base64,|https://example\.org/|#", each) for each in watcher.addresses)
    assert any(each.startswith("data:image/png") for each in watcher.addresses)
    assert "\x1b" not in text
    assert "\x00" not in text


@pytest.mark.parametrize(
    ("language", "said"), [(Language.ENGLISH, "March 21, 2024, "), (Language.RUSSIAN, "21 марта 2024 г., ")]
)
def test_times_in_a_page_are_for_people_and_for_programs(qapp, language, said):
    from gigadesk.ui.exchange.export_formats import moment_sayer
    from gigadesk.ui.exchange.html_document import HtmlDocument
    from gigadesk.ui.exchange.html_drawings import Drawings

    before, switcher = QLocale(), LanguageSwitcher(qapp)
    switcher.apply(language)
    say = moment_sayer()
    switcher.remove()
    QLocale.setDefault(before)
    drawings = Drawings(qapp)
    page = HtmlDocument(WORDS, str(language), drawings, Path, say)
    made = page.begin(ChatRecord("Chat", "user", 1711000000.25, 2.0))
    made += page.message(MessageRecord(1, None, "user", "done", 1711000000.25, "Hello"), 1, None)
    drawings.close()
    drawings.deleteLater()

    times = re.findall('<time datetime="([^"]+)">([^<]+)</time>', made)
    assert len(times) == 2
    for exact, shown in times:
        assert datetime.fromisoformat(exact).timestamp() == 1711000000
        assert shown.startswith(said)


def test_numbers_in_a_table_of_a_page_are_not_broken(qapp, tmp_path):
    from gigadesk.ui.exchange.html_document import HtmlDocument
    from gigadesk.ui.exchange.html_drawings import Drawings

    drawings = Drawings(qapp)
    writer = DocumentWriter(tmp_path / "a.html", HtmlDocument(WORDS, "ru", drawings, Path, str), WORDS, is_folder=False)
    writer.begin_chat(ChatRecord("Prices", "user", 1.0, 2.0))
    table = "| what | price |\n|---|--:|\n| tea | 1 234,56 ₽ |\n| a long word | on request |"
    writer.add_messages([MessageRecord(1, None, "assistant", "done", 5.0, table)])
    writer.end_chat()
    writer.finish()
    writer.place()
    drawings.close()
    drawings.deleteLater()

    text = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert '<td class="right number">1 234,56 ₽</td>' in text
    assert '<td class="right">on request</td>' in text
    assert ".number{white-space:nowrap}" in text


def test_markdown_with_files_beside_it(tmp_path):
    (tmp_path / "shelf").mkdir()
    (tmp_path / "shelf" / "d1").write_bytes(PNG)
    document = MarkdownDocument(WORDS, lambda _: "", closing)
    writer = DocumentWriter(tmp_path / "out", document, WORDS, is_folder=True)
    assert writer.folder is not None
    document.path_of = FileCopies(writer.folder / "Files", lambda digest: tmp_path / "shelf" / digest).path
    for _ in range(2):
        writer.begin_chat(ChatRecord('A: "b" / c', "user", 1.0, 2.0))
        picture = FileRecord("../a b.png", "image", "image/png", 1, "d1")
        writer.add_messages(
            [
                MessageRecord(7, None, "user", "done", 5.0, "# Question", files=(picture,)),
                MessageRecord(9, 7, "assistant", "stopped", 6.0, "```py\nAnswer", "m", reasoning="Why\nnot"),
                MessageRecord(12, 7, "assistant", "done", 7.0, "Other"),
            ]
        )
        writer.end_chat()
    assert not (tmp_path / "out").exists()
    writer.finish()
    writer.place()

    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["A b c (2).md", "A b c.md", "Files"]
    assert [path.name for path in (tmp_path / "out" / "Files").iterdir()] == [".. a b.png".strip(" .")]
    text = (tmp_path / "out" / "A b c.md").read_text(encoding="utf-8")
    assert text.startswith('---\ntitle: "A: \\"b\\" / c"\n')
    assert "![../a b.png](<Files/a b.png>)" in text
    assert "> **thoughts**\n>\n> Why\n> not\n\n```py\nAnswer\n```\n\n*stopped*" in text
    assert "*3 answers 1*" in text


def test_what_is_not_finished_leaves_the_old_file(tmp_path):
    path = tmp_path / "a.md"
    path.write_text("old", encoding="utf-8")
    target = FileTarget(path)
    target.file.write(b"new")
    assert path.read_text(encoding="utf-8") == "old"

    target.abandon()

    assert [each.name for each in tmp_path.iterdir()] == ["a.md"]
    assert path.read_text(encoding="utf-8") == "old"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("a/b\\c:d", "a b c d"),
        ("  . ", "GigaDesk"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("com¹", "_com¹"),
        ("x" * 300, "x" * 80),
        ("я" * 300, "я" * 80),
        ("😀" * 300, "😀" * 50),
        ("\u202egpj.exe\u202c", "gpj.exe"),
        ("\ud800", "GigaDesk"),
    ],
)
def test_names_of_files_are_good_on_any_system(title, name, tmp_path):
    assert file_name(title) == name
    target = FileTarget(tmp_path / (name + " (100).gigadesk.zip"))
    target.finish()
    target.place()


@pytest.mark.parametrize("name", ["x" * 255, "я" * 127, "語" * 85, "😀" * 63])
def test_the_longest_names_can_be_written_to(name, tmp_path):
    target = FileTarget(tmp_path / name)
    target.file.write(b"new")
    target.finish()
    target.place()
    folder = FolderTarget(tmp_path / name[::-1][:-1])
    (folder.folder / "a").write_bytes(b"new")
    folder.finish()
    made = folder.place()
    copy_whole(b"newer", tmp_path / name)

    assert (tmp_path / name).read_bytes() == b"newer"
    assert (made / "a").read_bytes() == b"new"
    assert len(list(tmp_path.iterdir())) == 2


def test_endings_of_attached_files_are_kept_where_they_are_endings(tmp_path):
    (tmp_path / "source").write_bytes(b"bytes")
    copies = FileCopies(tmp_path / "Files", lambda _: tmp_path / "source")
    names = ["a.pdf", "b.p/d:f", "c." + "d" * 150, ".hidden", "no", "😀" * 100 + ".png"]

    paths = [copies.path(FileRecord(name, "other", "", 5, str(number))) for number, name in enumerate(names)]

    expected = ["a.pdf", "b.p d f", "c." + "d" * 78, "hidden", "no", "😀" * 50 + ".png"]
    assert paths == [f"Files/{name}" for name in expected]
    assert sorted(each.name for each in (tmp_path / "Files").iterdir()) == sorted(expected)


def test_each_name_is_given_once():
    names = Names()

    assert [names.next(each, ".md") for each in ("a", "A", "a (2)", "a")] == [
        "a.md",
        "A (2).md",
        "a (2) (2).md",
        "a (3).md",
    ]
