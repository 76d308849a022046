"""Text from outside that was made to do harm, or is only enormous: it is shown, and nothing else happens."""

import os
import stat

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolTip

from gigadesk.chat import MessageId, Status
from gigadesk.ui.transcript.layout.boxes import ZoneKind
from gigadesk.ui.transcript.layout.letters import HIDDEN_CHARACTERS, HIDDEN_MARK, visible
from tests.ui.transcript.transcript_support import answer, settle, shown, user, zones

HOSTILE = {
    "a line of a megabyte": "x" * 1_000_000,
    "a megabyte of words": "слово " * 170_000,
    "a code line of a megabyte": "```\n" + "y" * 1_000_000 + "\n```",
    "100,000 lines": "line\n" * 100_000,
    "100,000 lines of code": "```python\n" + "x = 1\n" * 100_000 + "```",
    "deep quotes": ">" * 1000 + " deep",
    "deep lists": "\n".join("  " * n + "- x" for n in range(400)),
    "a table of 1,000 columns": "|" + "a|" * 1000 + "\n|" + "-|" * 1000 + "\n|" + "b|" * 1000,
    "a table of 3,000 rows": "| a | b |\n|---|---|\n" + "| 1 | 2 |\n" * 3000,
    "a flood of zero width": "a" + "\u200b" * 100_000 + "b",
    "zalgo": "e" + "\u0301" * 5_000,
    "ligatures": "\ufdfa" * 50_000,
    "ampersands": "&" * 200_000,
    "tabs": "\t" * 70_000 + "x",
    "spaces": " " * 70_000 + "x",
    "emphasis": "*a_" * 20_000,
    "brackets": "[" * 50_000,
    "overrides": "\u202e" * 1_000 + "txt.exe",
    "lone surrogates": "a\ud800b\udc00",
    "NUL": "a\x00b",
    "emoji": "👩‍👩‍👧" * 20_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_it_is_shown_and_can_be_read_to_its_end(qtbot, text):
    transcript = shown(qtbot, [user(1, text[:20_000]), answer(2, text)])
    qtbot.waitUntil(lambda: not transcript.is_parsing, timeout=30_000)

    for _ in range(6):
        QTest.keyClick(transcript, Qt.Key.Key_PageUp)
    transcript.resize(500, 400)
    settle(transcript)
    transcript.show_offset(0)
    settle(transcript)
    transcript.scroll_to_end()
    settle(transcript)
    transcript.select_all()
    transcript.copy()

    assert transcript.arranged().is_at_end


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_it_can_be_streamed(qtbot, text):
    transcript = shown(qtbot, [answer(1, "", Status.STREAMING)])

    for start in range(0, min(len(text), 4000), 500):
        transcript.grow(MessageId(1), text[start : start + 500])
        settle(transcript)
    transcript.grow(MessageId(1), text[4000:200_000])
    settle(transcript)

    assert transcript.arranged().placed


def test_no_picture_is_ever_opened(qtbot, tmp_path):
    # A reader of a FIFO without a writer would hang; the inode of a regular file would tell by its time.
    fifo = tmp_path / "fifo.png"
    os.mkfifo(fifo)
    picture = tmp_path / "x.png"
    picture.write_bytes(b"not a picture")
    os.utime(picture, (1, 1))
    text = "\n\n".join(
        f"![p]({path}) <img src='{path}'> [![x]({path})](https://example.org) ![r][{number}]\n\n[{number}]: {path}"
        for number, path in enumerate(("/dev/zero", str(fifo), str(picture), f"file://{picture}", "//host/share/x.png"))
    )

    transcript = shown(qtbot, [user(1, text), answer(2, text, Status.STREAMING)])
    transcript.grow(MessageId(2), text)
    settle(transcript)
    transcript.select_all()
    transcript.copy()

    assert picture.stat().st_atime == 1
    assert stat.S_ISFIFO(fifo.stat().st_mode)
    shown_text = " ".join(part.text for row in range(1, 5) for part in transcript.rows.items[1].box(row).parts)
    assert "/dev/zero" in shown_text


def test_hidden_characters_in_code_and_links_are_marked(qtbot):
    transcript = shown(qtbot, [answer(1, "```\nif \u202euser\u2066\n```\n\n[a\u200bb](https://example.org)")])

    code = transcript.rows.items[0].box(1)
    link = transcript.rows.items[0].box(2)

    assert code.parts[0].text.count(HIDDEN_MARK) == 2
    assert "2" in code.marks[1].text
    assert link.parts[0].text == f"a{HIDDEN_MARK}b"


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("[sber\u200bbank.ru](https://sberbank.ru)", ["Hidden characters: 1"]),
        ("[mo\u202ec.elgo\u202cog](https://example.org)", ["Hidden characters: 2"]),
        ("[apple](https://\u0430\u0440\u0440\u04cf\u0435.com/x)", ["another alphabet: xn--80ak6aa92e.com"]),
        ("[x](https://example.org/\u202egpj.exe)", ["Hidden characters: 1", "%E2%80%AEgpj.exe"]),
        ("[plain](https://example.org)", []),
    ],
    ids=["in the words", "that turn the words", "look-alike host", "in the address", "none"],
)
def test_what_may_deceive_in_a_link_is_told_in_words(qtbot, monkeypatch, source, told):
    transcript = shown(qtbot, [answer(1, source)])
    (found,) = zones(transcript, ZoneKind.LINK)
    tooltips = []
    monkeypatch.setattr(QToolTip, "showText", lambda _, text, *rest: tooltips.append(text))

    point = transcript.zones.rect(found).center().toPoint()
    where = transcript.viewport().mapToGlobal(point)
    QGuiApplication.sendEvent(transcript.viewport(), QHelpEvent(QEvent.Type.ToolTip, point, where))

    for text in (found.zone.name, tooltips[0]):
        assert all(words in text for words in told)
        assert text.count("\n") == len([words for words in told if "%" not in words])
        assert not HIDDEN_CHARACTERS.search(text)


def test_right_to_left_text_stands_on_the_right_and_code_on_the_left(qtbot):
    transcript = shown(qtbot, [answer(1, "שלום עולם\n\n```\nשלום\n```\n\nHello שלום")])
    hebrew, code, english = (transcript.rows.items[0].box(row).parts[0] for row in (1, 2, 3))

    assert hebrew.rects(0, 1)[0].right() > hebrew.width - 5
    assert english.rects(0, 1)[0].left() < 5
    assert code.rects(0, 4)[0].left() < 5


def test_the_bubble_is_as_narrow_as_its_text_in_both_directions(qtbot):
    transcript = shown(qtbot, [user(1, "שלום עולם"), answer(2, "x"), user(3, "Hello")])

    for message in (0, 2):
        item = transcript.rows.items[message]
        part = item.box(1).parts[0]
        assert item.natural_width < 100
        assert 0 <= part.rects(0, part.length)[0].left() < 5


def test_piled_up_marks_never_reach_the_lines_around_them(qtbot):
    # Two hundred marks on each letter: unclipped, they reach hundreds of pixels up.
    piles = ("e" + "\u0301" * 200 + "a" + "".join(map(chr, range(0x300, 0x340))) * 3) * 10
    transcript = shown(qtbot, [answer(1, f"Above\n\n{piles}\n\nBelow")])
    piled = transcript.viewport().grab().toImage()
    row = next(placed for placed in transcript.arranged().placed if placed.key == (0, 2))
    top = round(row.y + transcript.rows.items[0].gap(2))
    bottom = round(row.y + row.height)
    page = piled.pixelColor(2, 2)

    around = [
        (x, y)
        for y in [*range(top - 6, top), *range(bottom, bottom + 6)]
        for x in range(transcript.viewport().width())
        if piled.pixelColor(x, y) != page
    ]

    assert transcript.rows.box(row.key).parts[0].text == piles
    assert around == []


@pytest.mark.parametrize(
    ("source", "sight"),
    [("a\x1b[31mred\x1b[0m", "a␛[31mred␛[0m"), ("a\u2028b\u2029c", "a b c"), ("a\x07b\x7f", "a␇b␡")],
    ids=["ANSI", "line separators", "controls"],
)
def test_what_cannot_be_seen_is_made_visible(qtbot, source, sight):
    transcript = shown(qtbot, [answer(1, source)])

    assert visible(transcript.rows.items[0].box(1).parts[0].text) == sight
