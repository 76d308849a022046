"""A conversation becomes a PDF with real text, or is printed; nothing freezes and no half file is left."""

import gc
import itertools
import re
import shutil
import subprocess
import sys
from dataclasses import replace

import pytest
from PySide6.QtCore import QBuffer, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QPainter, QPdfWriter
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMessageBox, QPushButton

from gigadesk.chat import ChatFile, FileId, FileKind, FileState
from gigadesk.markdown.blocks import ListItem
from gigadesk.ui.paper.desk import file_name
from gigadesk.ui.paper.flow import pages
from gigadesk.ui.paper.progress import ProgressDialog
from gigadesk.ui.paper.sheet import Heading, Sheet
from gigadesk.ui.paper.strips import Pause, Strip, strips_of
from gigadesk.ui.transcript.words import chrome_words
from tests.ui.transcript.transcript_support import CHAT, LONG, answer, shown, user

LIMIT_MS = 30_000
TEXT = """# A heading

Words with a [link](https://example.org/page) and [another](javascript:alert(1)), `code` and **bold**.

```python
print("hello")
```

| a | b |
|---|---|
| one | two |
"""


def done(qtbot, transcript):
    qtbot.waitUntil(lambda: not transcript.paper.is_busy, timeout=LIMIT_MS)


def pdf_of(qtbot, transcript, path):
    transcript.paper.write_pdf(path)
    done(qtbot, transcript)
    return path.read_bytes()


def page_count(content):
    return len(re.findall(rb"/Type /Page\b", content))


def words(path, order="-layout"):
    if shutil.which("pdftotext") is None:
        pytest.skip("no pdftotext to read with")
    command = ["pdftotext", order, str(path), "-"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def dialogs(kind):
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, kind) and each.isVisible()]


def close_all(*found):
    for each in found:
        each.close()


def test_a_pdf_has_the_words_and_the_title(qtbot, tmp_path):
    transcript = shown(qtbot, [user(1, "What is it?"), answer(2, TEXT)])
    transcript.title = "About things"

    content = pdf_of(qtbot, transcript, tmp_path / "chat.pdf")

    text = words(tmp_path / "chat.pdf")
    assert content.startswith(b"%PDF-")
    for expected in ("About things", "What is it?", "A heading", 'print("hello")', "one", "Page 1 of 1"):
        assert expected in text


def test_what_is_copied_from_a_pdf_has_the_letters_of_the_words(qtbot, tmp_path):
    text = "An office with fish, fluent **first** efforts and `fi != flow`\n\n```\nfi <= office\n```"
    transcript = shown(qtbot, [answer(1, text)])

    pdf_of(qtbot, transcript, tmp_path / "chat.pdf")

    found = words(tmp_path / "chat.pdf")
    for expected in ("office with fish, fluent first efforts and fi != flow", "fi <= office"):
        assert expected in found


def test_no_line_is_painted_twice(qtbot, tmp_path):
    """What lies twice on one place looks bold, and is copied twice."""
    paragraph = " ".join(f"word{number}" for number in range(200))
    cell = " ".join(f"cell{number}" for number in range(60))
    piled = " ".join(f"pile{number}e\u0301\u0301\u0301\u0301" for number in range(60))
    text = f"{paragraph} and $a_1$ end\n\n| a | b |\n|---|---|\n| {cell} | two |\n\n{piled}\n\n```\n{paragraph}\n```\n"
    transcript = shown(qtbot, [answer(1, text)])

    pdf_of(qtbot, transcript, tmp_path / "chat.pdf")

    found = words(tmp_path / "chat.pdf", "-raw")
    counts = {each: len(re.findall(rf"{each}\b", found)) for each in ("word0", "word50", "word199", "cell0", "cell30")}
    assert counts == {"word0": 2, "word50": 2, "word199": 2, "cell0": 1, "cell30": 1}
    assert len(re.findall(r"pile7\D", found)) == 1


def test_links_of_the_web_work_in_a_pdf_and_no_others(qtbot, tmp_path):
    transcript = shown(qtbot, [answer(1, TEXT)])

    content = pdf_of(qtbot, transcript, tmp_path / "chat.pdf")

    assert b"https://example.org/page" in content
    assert b"javascript" not in content


def test_a_long_conversation_has_many_pages(qtbot, tmp_path):
    transcript = shown(qtbot, [answer(number, LONG) for number in range(1, 5)])

    content = pdf_of(qtbot, transcript, tmp_path / "chat.pdf")

    pages = page_count(content)
    assert pages > 3
    text = words(tmp_path / "chat.pdf")
    assert f"Page {pages} of {pages}" in text
    assert text.count("Paragraph number 59") == 4


def test_a_page_is_painted_a_line_at_a_time(qtbot):
    transcript = shown(qtbot, [answer(1, "👩‍👩‍👧‍👦" * 600)])
    buffer = QBuffer(transcript)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    device = QPdfWriter(buffer)
    sheet = Sheet(device, transcript.font(), transcript.rows.frame.look, chrome_words())
    frame = sheet.frame(transcript.pictures.size)
    view = transcript.rows.items[0].view
    strips = [each for each in strips_of(view, None, frame, 1e6, lambda _: False) if isinstance(each, Strip)]
    (page,) = pages(strips, 1e6)
    lines = sum(len(part.line_spans()) for each in strips for laid in each.boxes for part in laid.box.parts)
    painter = QPainter(device)

    steps = sum(1 for _ in sheet.paint(painter, page, Heading("", ""), 1, 1, lambda *_: None))

    painter.end()
    assert steps == lines > 10


def test_wide_code_is_wrapped_and_wide_tables_fit(qtbot, tmp_path):
    code = "```\n" + "word " * 60 + "last_word\n```"
    header = "| " + " | ".join(f"head{number}" for number in range(12)) + " |\n" + "|---" * 12 + "|\n"
    row = "| " + " | ".join(f"cell{number}" for number in range(12)) + " |"
    transcript = shown(qtbot, [answer(1, f"{code}\n\n{header}{row}")])

    pdf_of(qtbot, transcript, tmp_path / "chat.pdf")

    text = "".join(words(tmp_path / "chat.pdf").split())
    assert "last_word" in text
    assert "cell11" in text


def test_no_word_and_no_number_of_a_wide_table_is_broken(qtbot, tmp_path):
    header = "| " + " | ".join(
        f"{name} measurement" for name in ("First", "Second", "Third", "Fourth", "Fifth", "Sixth")
    )
    row = "| " + " | ".join(f"12 345 67{number},90" for number in range(6)) + " | a long remark on this row |"
    transcript = shown(qtbot, [answer(1, f"{header} | Remark |\n{'|---' * 7}|\n{row}")])

    pdf_of(qtbot, transcript, tmp_path / "chat.pdf")

    text = words(tmp_path / "chat.pdf")
    assert text.count("measurement") == 6
    assert all(f"12 345 67{number},90" in text for number in range(6))


def test_a_question_has_air_above_and_stays_with_its_answer(qtbot):
    transcript = shown(qtbot, [user(1, "Q")])
    frame = transcript.rows.frame
    view = transcript.rows.items[0].view

    strips = strips_of(view, view.message.created_at, frame, 1000.0, lambda is_ready: not is_ready)
    (question,) = [strip for strip in strips if isinstance(strip, Strip)]

    assert question.gap >= 2 * frame.typography.em
    assert question.keeps_next


def test_what_a_long_list_was_laid_out_from_is_let_go_little_by_little(qtbot):
    transcript = shown(qtbot, [user(1, "Q")])
    view = answer(2, "- a short line\n" * 5_000)

    gc.collect()
    others = items()

    counts = [
        items() - others
        for step in strips_of(view, None, transcript.rows.frame, 1e6, lambda _: False)
        if step is Pause.BREATH
    ]

    assert max(counts) > 4_000
    assert counts[-1] < 2_000
    assert max(before - after for before, after in itertools.pairwise(counts)) < 2_000


def items() -> int:
    return sum(isinstance(each, ListItem) for each in gc.get_objects())


def test_pictures_are_on_the_page(qtbot, tmp_path):
    picture = QImage(300, 200, QImage.Format.Format_RGB32)
    picture.fill(QColor("#c03060"))
    picture.save(str(tmp_path / "picture.png"))
    file = ChatFile(
        FileId(7), CHAT, "picture.png", FileKind.IMAGE, "image/png", 900, FileState.READY, "a" * 64, is_generated=True
    )
    view = answer(1, "Here it is", paths={file.id: str(tmp_path / "picture.png")})
    view = replace(view, message=replace(view.message, files=(file,)))
    transcript = shown(qtbot, [view])

    content = pdf_of(qtbot, transcript, tmp_path / "chat.pdf")

    assert b"/Subtype /Image" in content


def test_an_old_file_is_replaced_only_by_a_whole_one(qtbot, tmp_path):
    target = tmp_path / "chat.pdf"
    target.write_text("old")
    transcript = shown(qtbot, [answer(number, LONG) for number in range(1, 40)])

    transcript.paper.write_pdf(target)
    assert target.read_text() == "old"
    transcript.paper._show_progress()
    (progress,) = dialogs(ProgressDialog)
    progress.findChild(QPushButton).click()

    assert not transcript.paper.is_busy
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["chat.pdf"]


def test_the_window_lives_while_pages_are_made(qtbot, tmp_path):
    transcript = shown(qtbot, [answer(number, LONG) for number in range(1, 30)])
    beats = []
    timer = QTimer(transcript)
    timer.timeout.connect(lambda: beats.append(transcript.paper.is_busy))
    timer.start(1)

    pdf_of(qtbot, transcript, tmp_path / "chat.pdf")

    assert beats.count(True) > 20


def test_a_long_piece_of_work_shows_how_far_it_is(qtbot, tmp_path):
    transcript = shown(qtbot, [answer(number, LONG) for number in range(1, 200)])

    transcript.paper.write_pdf(tmp_path / "chat.pdf")
    qtbot.waitUntil(lambda: bool(dialogs(ProgressDialog)), timeout=LIMIT_MS)
    (progress,) = dialogs(ProgressDialog)
    qtbot.waitUntil(lambda: progress._bar.value() > 0, timeout=LIMIT_MS)
    qtbot.keyClick(progress, Qt.Key.Key_Escape)

    qtbot.waitUntil(lambda: not transcript.paper.is_busy)
    assert list(tmp_path.iterdir()) == []


def test_a_failure_is_told_in_words(qtbot, tmp_path):
    transcript = shown(qtbot, [answer(1, TEXT)])

    transcript.paper.write_pdf(tmp_path / "gone" / "chat.pdf")
    done(qtbot, transcript)

    (box,) = dialogs(QMessageBox)
    assert box.informativeText()
    close_all(box)


def test_a_full_disk_is_told_and_leaves_nothing(qtbot, tmp_path, monkeypatch):
    transcript = shown(qtbot, [answer(1, TEXT)])

    def no_space(_temporary, _path):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("gigadesk.ui.paper.desk.put_in_place", no_space)
    transcript.paper.write_pdf(tmp_path / "chat.pdf")
    done(qtbot, transcript)

    (box,) = dialogs(QMessageBox)
    assert "space" in box.informativeText()
    assert list(tmp_path.iterdir()) == []
    close_all(box)


def test_saving_asks_where_first(qtbot):
    transcript = shown(qtbot, [answer(1, TEXT)])
    transcript.title = 'What is "x/y"?'

    dialog = transcript.paper.save_pdf()

    assert isinstance(dialog, QFileDialog)
    assert [path.rpartition("/")[2] for path in dialog.selectedFiles()] == ["What is x y.pdf"]
    close_all(dialog)


def test_an_empty_conversation_is_not_printed(qtbot):
    transcript = shown(qtbot, [])

    assert transcript.paper.print_out() is None
    assert transcript.paper.save_pdf() is None


def test_the_print_dialog_does_not_stop_the_window(qtbot):
    transcript = shown(qtbot, [answer(1, TEXT)])

    dialog = transcript.paper.print_out()

    assert isinstance(dialog, QDialog)
    assert dialog.isVisible()
    close_all(dialog)


def test_a_system_without_printing_says_so(qtbot, monkeypatch):
    transcript = shown(qtbot, [answer(1, TEXT)])

    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, "PySide6.QtPrintSupport", None)
        box = transcript.paper.print_out()

    assert isinstance(box, QMessageBox)
    assert "PDF" in box.text()
    close_all(box)


def test_a_printer_gets_the_same_pages(qtbot, tmp_path):
    from PySide6.QtPrintSupport import QPrinter

    transcript = shown(qtbot, [answer(number, LONG) for number in range(1, 3)])
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))

    transcript.paper._print_on(printer)
    done(qtbot, transcript)

    assert page_count((tmp_path / "printed.pdf").read_bytes()) >= 2
    assert "Paragraph number 59" in words(tmp_path / "printed.pdf")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Plain", "Plain"),
        ('a/b\\c:d*e?f"g<h>i|j', "a b c d e f g h i j"),
        ("...", "GigaDesk"),
        ("", "GigaDesk"),
        ("line\none\u202e", "line one"),
        ("x" * 300, "x" * 80),
    ],
)
def test_a_title_becomes_the_name_of_a_file(title, name):
    assert file_name(title) == name


def test_a_fault_of_ours_while_pages_are_made_is_told_and_leaves_no_file(qtbot, tmp_path):
    transcript = shown(qtbot, [user(1, "What is it?"), answer(2, TEXT)])
    items = transcript.rows.items

    def fail(index):
        raise ValueError

    with pytest.MonkeyPatch.context() as patch, qtbot.capture_exceptions() as caught:
        patch.setattr(type(items), "view", lambda self, index: fail(index))
        transcript.paper.write_pdf(tmp_path / "chat.pdf")
        done(qtbot, transcript)

    assert [kind for kind, *_ in caught] == [ValueError]
    [box] = dialogs(QMessageBox)
    assert "not saved" in box.text()
    assert list(tmp_path.iterdir()) == []
    box.close()
