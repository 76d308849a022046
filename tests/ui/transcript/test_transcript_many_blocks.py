"""One answer of very many blocks: what is far from sight is estimated, whatever is asked about it."""

import pytest

from gigadesk.chat import ChatId
from gigadesk.ui.transcript import arrangement
from gigadesk.ui.transcript.arrangement import Anchor
from gigadesk.ui.transcript.messages.message_body import ESTIMATED_AT_ONCE
from gigadesk.ui.transcript.messages.rows import RowKey
from tests.ui.transcript.transcript_support import answer, settle, shown

COUNT = 5 * ESTIMATED_AT_ONCE + 500


@pytest.fixture
def transcript(qtbot, monkeypatch):
    monkeypatch.setattr(arrangement, "TURN_S", float("inf"))
    transcript = shown(qtbot, [answer(1, "".join(f"Block {number}.\n\n" for number in range(COUNT)))])
    settle(transcript)
    return transcript


def test_an_anchor_far_from_its_row_lays_out_nothing_between(transcript):
    body = transcript.rows.items[0].body
    transcript.follow.scrolled_up()
    transcript.arranger.anchor = Anchor(RowKey(0, 1), 0.0)
    transcript.arranger.arrange(600.0)
    before = body.box_count

    transcript.arranger.anchor = Anchor(RowKey(0, 1), 40_000.0)
    transcript.arranger.arrange(600.0)

    assert body.box_count - before < 60
    assert abs(transcript.arranger.offset() - 40_000) < 600
    assert transcript.arranger.placed[0].y <= 0 < transcript.arranger.placed[-1].y


def test_another_width_is_taken_over_little_by_little(qtbot, transcript):
    text = "\n\n".join("Words enough for two lines in a narrow window. " * 3 for _ in range(COUNT))
    transcript.show_chat(ChatId(7), [answer(7, text)])
    qtbot.waitUntil(lambda: not transcript.is_parsing)
    before = transcript.rows.total_height

    transcript.resize(400, 600)
    settle(transcript)
    first = transcript.rows.total_height
    qtbot.waitUntil(lambda: transcript.rows.is_measured)

    assert first < before * 1.1
    assert transcript.rows.total_height > before * 1.2
    assert transcript.verticalScrollBar().maximum() == transcript.rows.total_height - transcript.viewport().height()


def test_another_width_keeps_whole_pixels_and_about_the_height(qtbot, transcript):
    before = transcript.rows.total_height

    transcript.resize(400, 600)
    settle(transcript)
    qtbot.waitUntil(lambda: transcript.rows.is_measured)

    assert transcript.rows.total_height == int(transcript.rows.total_height)
    assert before * 0.9 < transcript.rows.total_height < before * 4
    assert transcript.arranger.is_at_end
