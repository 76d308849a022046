"""The law of reading: while the end is not followed, nothing but the reader moves the line that is read."""

import itertools
import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QWheelEvent
from PySide6.QtTest import QTest

from gigadesk.chat import ChatId, MessageId, Status
from gigadesk.settings import FollowMode
from gigadesk.ui.notices import Notice
from gigadesk.ui.theme import DARK, LIGHT
from gigadesk.ui.transcript import Transcript
from tests.ui.transcript.transcript_support import answer, settle, shown, user

ADDRESS = "https://example.org/{}.png"
STREAMED = MessageId(7)
WORD = re.compile(r"m\d+w\d+")
chats = itertools.count(1)
"""Each chat has formulas and pictures of its own: those of the one before are known."""


def words(number: int, first: int, count: int) -> str:
    return " ".join(f"m{number}w{first + each}" for each in range(count))


def text(number: int, chat: int) -> str:
    code = "\n".join(f"if m{number}w{200 + line}: return 'text'" for line in range(50))
    items = "\n".join(f"- {words(number, 300 + 10 * item, 7)}" for item in range(12))
    rows = "\n".join(f"| {words(number, 500 + 10 * row, 3)} | `m{number}w{505 + 10 * row}` |" for row in range(8))
    return (
        f"{words(number, 0, 60)} [m{number}w60 m{number}w61][late] {words(number, 62, 60)} [^note] m{number}w130\n\n"
        f"{words(number, 131, 20)} $x_{{{chat}}}^{{{number}}} + \\frac{{{chat}}}{{b}}$ {words(number, 151, 20)}\n\n"
        f"```python\n{code}\n```\n\n![m{number}w190 in a picture]({ADDRESS.format(f'{chat}-{number}')})\n\n"
        f"{items}\n\n| a | b |\n|---|---|\n{rows}\n\n{words(number, 600, 80)}\n\n"
    )


def messages(chat: int):
    thought = f"{words(5, 700, 90)}\n\n{words(5, 800, 40)}"
    thinking = answer(5, text(5, chat))
    return [
        user(1, words(1, 0, 30)),
        answer(2, text(2, chat) + "[late]: https://example.org\n"),
        user(3, words(3, 0, 10)),
        replace(thinking, message=replace(thinking.message, reasoning=thought, reasoning_s=3.0)),
        user(6, words(6, 0, 10)),
        answer(7, text(7, chat), Status.STREAMING),
    ]


def reading(transcript: Transcript) -> tuple[str, float]:
    """The first word of the uppermost line in sight that has any, and the top of its line."""
    for placed in transcript.arranged().placed:
        item = transcript.rows.items[placed.key.message]
        if not 0 < placed.key.row <= len(item.blocks):
            continue
        for part in item.box(placed.key.row).parts:
            corner = placed.y + item.gap(placed.key.row) + part.y
            for found in WORD.finditer(part.text):
                place = part.start + found.start()
                rects = part.rects(place, place + 1)
                if corner + rects[0].bottom() > 0:
                    return found[0], corner + part.top_of(place)
    raise AssertionError("nothing in sight")


def top_of(transcript: Transcript, word: str) -> float | None:
    """The top of the line that holds a word; None if it is out of sight."""
    for placed in transcript.arranged().placed:
        item = transcript.rows.items[placed.key.message]
        if 0 < placed.key.row <= len(item.blocks):
            for part in item.box(placed.key.row).parts:
                found = re.search(rf"\b{word}\b", part.text)
                if found:
                    return placed.y + item.gap(placed.key.row) + part.y + part.top_of(part.start + found.start())
    return None


def wheel(transcript: Transcript, *, angle: int = 0, pixels: int = 0) -> None:
    where = QPointF(transcript.viewport().rect().center())
    event = QWheelEvent(
        where,
        QPointF(transcript.viewport().mapToGlobal(where.toPoint())),
        QPoint(0, pixels),
        QPoint(0, angle),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QGuiApplication.sendEvent(transcript.viewport(), event)


class Desk:
    """What happens around a reader, each by its name."""

    def __init__(self, transcript: Transcript, picture: str) -> None:
        self.transcript = transcript
        self.chat = next(chats)
        self._picture = picture
        self._grown = 1000
        transcript.zoom.set_percent(100)
        transcript.resize(800, 600)
        transcript.set_theme(LIGHT)
        transcript.set_follow_mode(FollowMode.END)
        transcript.show_chat(ChatId(self.chat), messages(self.chat))
        settle(transcript)

    def _grow(self, more: str) -> None:
        self.transcript.grow(STREAMED, more)
        self.transcript.show_pending()

    def words_come(self) -> None:
        self._grown += 100
        self._grow(words(7, self._grown, 60) + "\n\n")

    def a_reference_comes_late(self) -> None:
        self._grow("\n\n[late]: https://example.org/a\n\n")

    def a_footnote_is_defined(self) -> None:
        self._grow("\n\n[^note]: What it means.\n\n")

    def thoughts_come(self) -> None:
        self.transcript.think(STREAMED, f"{words(7, 900, 40)}\n\n")
        self.transcript.show_pending()

    def the_answer_ends(self) -> None:
        view = self.transcript.rows.items[5].view
        shown_text = self.transcript.rows.items[5].source_text
        self.transcript.update_message(
            replace(view, message=replace(view.message, text=shown_text, status=Status.STREAMING))
        )

    def a_message_above_changes(self) -> None:
        notice = Notice("Stopped", "By you", is_error=False)
        self.transcript.update_message(answer(2, text(2, self.chat)[:-40], Status.STOPPED, notice=notice))

    def a_question_above_changes(self) -> None:
        self.transcript.update_message(user(1, words(1, 0, 300)))

    def pictures_load(self) -> None:
        for number in (2, 5, 7):
            self.transcript.web_pictures.set_loaded(ADDRESS.format(f"{self.chat}-{number}"), self._picture)

    def pictures_fail(self) -> None:
        for number in (2, 5, 7):
            self.transcript.web_pictures.set_failed(ADDRESS.format(f"{self.chat}-{number}"), "Not found")

    def another_day_begins(self) -> None:
        self.transcript.stage._today = date(1999, 1, 1)
        self.transcript.stage.look_at_calendar()

    def it_gets_dark(self) -> None:
        self.transcript.set_theme(DARK if self.transcript.stage.theme is LIGHT else LIGHT)

    def colours_and_formulas_come(self) -> None:
        for _ in range(30):
            QCoreApplication.processEvents()

    def nothing_is_found(self) -> None:
        self.transcript.finder.search("nowhere")

    def finding_ends(self) -> None:
        self.transcript.finder.close()

    def it_gets_narrow(self) -> None:
        self.transcript.resize(430, 600)

    def it_gets_wide(self) -> None:
        self.transcript.resize(1000, 600)

    def it_gets_low(self) -> None:
        self.transcript.resize(self.transcript.width(), 400)

    def the_settings_zoom_in(self) -> None:
        self.transcript.zoom.set_percent(150)

    def the_settings_zoom_out(self) -> None:
        self.transcript.zoom.set_percent(80)


EVENTS = [name for name in vars(Desk) if not name.startswith("_")]
WISHES = {
    "wheel up": lambda view: wheel(view, angle=240),
    "wheel down": lambda view: wheel(view, angle=-120),
    "touch pad": lambda view: wheel(view, angle=40, pixels=17),
    "page up": lambda view: QTest.keyClick(view, Qt.Key.Key_PageUp),
    "page down": lambda view: QTest.keyClick(view, Qt.Key.Key_PageDown),
    "up": lambda view: QTest.keyClick(view, Qt.Key.Key_Up),
    "bar": lambda view: view.verticalScrollBar().setValue(view.verticalScrollBar().value() - 333),
    "top": lambda view: QTest.keyClick(view, Qt.Key.Key_Home),
}


@pytest.fixture(scope="module")
def picture(tmp_path_factory):
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(QColor("#3366cc"))
    path = str(tmp_path_factory.mktemp("pictures") / "a.png")
    image.save(path)
    return path


@pytest.fixture
def transcript(qtbot):
    return shown(qtbot)


def stays(desk: Desk, event: str, word: str | None = None) -> str | None:
    """Let something happen, and look whether the line that is read is where it was.

    What is read is `word`, or what stands uppermost: in a narrower column that is another word of the same line, from
    which the line of `word` parts again in a wider one. Returns the word, or None where it could not stay.
    """
    transcript = desk.transcript
    if word is None:
        word, _ = reading(transcript)
    before = top_of(transcript, word)
    assert before is not None
    was_at_end = transcript.arranged().is_at_end
    getattr(desk, event)()
    settle(transcript)
    placed = transcript.arranged().placed
    is_at_edge = placed[0].key == (0, 0) and placed[0].y >= 0
    if is_at_edge or was_at_end or transcript.arranged().is_at_end:
        return None  # there is nothing above or below it that could fill the window
    after = top_of(transcript, word)
    assert after is not None, f"{event}: {word} was at {before} and is gone"
    assert abs(after - before) <= 1, f"{event}: {word} went from {before} to {after}"
    return word


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    start=st.integers(1, 14),
    steps=st.lists(st.one_of(*[st.sampled_from(EVENTS)] * 3, st.sampled_from(sorted(WISHES))), min_size=1, max_size=7),
)
@example(start=3, steps=["it_gets_narrow", "it_gets_wide"])
def test_nothing_but_the_reader_moves_the_line_that_is_read(transcript, picture, start, steps):
    desk = Desk(transcript, picture)
    for _ in range(start):
        QTest.keyClick(transcript, Qt.Key.Key_PageUp)
    settle(transcript)
    word = None

    for step in steps:
        if step in WISHES:
            WISHES[step](transcript)
            settle(transcript)
            word = None
        elif not transcript.follow.sticks_to_end:
            word = stays(desk, step, word)


@pytest.mark.parametrize("start", [2, 6, 10])
@pytest.mark.parametrize("event", EVENTS)
def test_the_line_that_is_read_stays_when(transcript, picture, event, start):
    desk = Desk(transcript, picture)
    for _ in range(start):
        QTest.keyClick(transcript, Qt.Key.Key_PageUp)
    settle(transcript)

    stays(desk, event)


def test_the_line_that_is_read_stays_when_thoughts_above_it_are_unfolded_and_folded(transcript, picture):
    Desk(transcript, picture)
    transcript.scrolling.show_message(3, at_top=True)
    settle(transcript)
    wheel(transcript, angle=-120)
    settle(transcript)
    word, before = reading(transcript)
    assert word.startswith("m5")

    transcript.rows.items[3].set_folded(is_folded=False)
    transcript.refresh()
    settle(transcript)
    unfolded = top_of(transcript, word)
    transcript.rows.items[3].set_folded(is_folded=True)
    transcript.refresh()
    settle(transcript)

    assert unfolded == before == top_of(transcript, word)


@pytest.mark.parametrize("wish", sorted(set(WISHES) - {"wheel down", "page down"}))
def test_every_way_up_disarms(transcript, picture, wish):
    desk = Desk(transcript, picture)
    assert transcript.follow.sticks_to_end

    WISHES[wish](transcript)
    settle(transcript)
    word, before = reading(transcript)
    desk.words_come()
    settle(transcript)

    assert not transcript.follow.sticks_to_end
    assert top_of(transcript, word) == before
