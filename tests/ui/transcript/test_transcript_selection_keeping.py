"""The selection stays on its words, whatever becomes of the blocks around them."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigadesk.chat import MessageId, Status
from gigadesk.markdown import Parser
from gigadesk.ui.transcript.layout.boxes import ZoneKind
from gigadesk.ui.transcript.layout.pieces import text_of
from gigadesk.ui.transcript.selecting.selection_keeping import relocated
from tests.ui.transcript.transcript_support import (
    CHAT,
    answer,
    begun,
    click_zone,
    drag,
    point_of,
    position,
    selected_text,
    settle,
    shown,
    user,
    zones,
)

SAMPLES = {
    "table": "w1 w2\n\nw3 | w4\n---|---\nw5 | w6\nw7 | w8\n\nw9",
    "late reference": "w1 [w2 w3][label] w4 [w5] w6\n\nw7 w8\n\n[label]: https://example.com\n[w5]: https://example.com",
    "setext": "w1 w2\nw3 **w4\nw5** w6\n===\n\nw7",
    "list that turns loose": "- w1 w2\n- w3\n  w4\n\n- w5\n\n  w6\n\nw7 *w8*",
    "lazy quote": "> w1 w2\nw3 w4\n> - w5\nw6\n\nw7",
    "code": "w1\n\n```python\nw2 = w3\nw4\n```\n\nw5",
    "marks that close late": "w1 **w2 w3 `w4 w5` w6** w7 ~~w8~~ w9",
    "footnote": "w1 [^n] w2\n\n[^n]: w3 w4\n\nw5",
}


def thinking(text, reasoning):
    view = answer(1, text)
    return replace(view, message=replace(view.message, reasoning=reasoning))


def word_after(blocks, index, place):
    """The word that stands at a place or begins right behind it."""
    text = "\n".join(text_of(block) for block in blocks[index:])
    found = re.search(r"w\d+", text[place:])
    return found[0] if found else None


@pytest.mark.parametrize("source", SAMPLES.values(), ids=SAMPLES)
@given(data=st.data())
def test_every_word_is_found_again_after_any_pieces(source, data):
    cuts = sorted({*data.draw(st.lists(st.integers(1, len(source) - 1), max_size=6)), len(source)})
    parser = Parser()
    places: dict[str, tuple[int, int]] = {}
    begin = 0
    for cut in cuts:
        before = list(parser.blocks)
        parser.feed(source[begin:cut])
        begin = cut
        now = list(parser.blocks)
        places = {word: relocated(before, *place, now) for word, place in places.items()}
        for index, block in enumerate(now):
            for found in re.finditer(r"w\d+", text_of(block)):
                places.setdefault(found[0], (index, found.start()))
    before = list(parser.blocks)
    parser.finish()
    now = list(parser.blocks)

    for word, place in places.items():
        index, offset = relocated(before, *place, now)
        assert word_after(now, index, offset) == word


def test_words_stay_selected_when_their_reference_arrives(qtbot):
    transcript = shown(qtbot, [answer(1, "See [the manual][m] and read on.\n\nMore.", Status.STREAMING)])
    drag(transcript, point_of(transcript, "read"), point_of(transcript, "on."))

    transcript.grow(MessageId(1), "\n\n[m]: https://example.com\n\nEnd")
    settle(transcript)

    assert "[m]" not in transcript.rows.items[0].blocks[0].spans[1].text
    assert selected_text(transcript) == "read "


def test_an_answer_stays_selected_while_its_thoughts_unfold_and_fold(qtbot):
    transcript = shown(qtbot, [thinking("The answer is here.", "First.\n\nSecond.")])
    drag(transcript, point_of(transcript, "answer"), point_of(transcript, "here"))

    for _ in range(2):
        click_zone(transcript, zones(transcript, ZoneKind.FOLD)[0])
        settle(transcript)
        assert selected_text(transcript) == "answer is "


def test_a_selection_in_thoughts_is_gone_when_they_are_folded(qtbot):
    transcript = shown(qtbot, [thinking("The answer.", "First thought.\n\nSecond.")])
    click_zone(transcript, zones(transcript, ZoneKind.FOLD)[0])
    settle(transcript)
    drag(transcript, point_of(transcript, "First"), point_of(transcript, "Second"))

    click_zone(transcript, zones(transcript, ZoneKind.FOLD)[0])
    settle(transcript)

    assert not transcript.has_selection()


def test_a_selection_stays_when_messages_come_above_and_below(qtbot):
    transcript = shown(qtbot, [user(3, "Question"), answer(4, "The old answer.")])
    drag(transcript, point_of(transcript, "old"), point_of(transcript, "answer."))

    transcript.show_chat(
        CHAT, [user(1, "Earlier"), answer(2, "An answer."), user(3, "Question"), answer(4, "The old answer.")]
    )
    transcript.add_message(user(5, "Later"))
    settle(transcript)

    assert selected_text(transcript) == "old "


def test_a_selection_goes_with_the_branch_it_is_in(qtbot):
    transcript = shown(qtbot, [user(1, "Question"), answer(2, "One answer.")])
    transcript.select_all()

    transcript.show_chat(CHAT, [user(1, "Question"), answer(3, "Other answer.")])

    assert not transcript.has_selection()


def test_a_drag_goes_on_from_its_word_when_the_block_is_made_anew(qtbot):
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from tests.ui.transcript.transcript_support import move

    transcript = shown(qtbot, [answer(1, "See [the manual][m] and read on.\n\nMore.", Status.STREAMING)])
    button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mousePress(transcript.viewport(), button, none, point_of(transcript, "read"))
    move(transcript, point_of(transcript, "read", 3), button)

    transcript.grow(MessageId(1), "\n\n[m]: https://example.com\n\nEnd of it")
    settle(transcript)
    move(transcript, point_of(transcript, "End", 2), button)
    QTest.mouseRelease(transcript.viewport(), button, none, point_of(transcript, "End", 2))

    assert selected_text(transcript) == "read on.\n\nMore.\n\nEn"


def test_the_head_and_the_tail_of_a_very_long_answer_are_copied_though_it_is_not_read_yet(qtbot):
    text = "\n\n".join(f"Paragraph {number}." for number in range(40_000))
    transcript = begun(qtbot, [user(1, "Q"), answer(2, text), user(3, "And?")])
    # Up to a whole block: where reading has come to is a matter of time, and the last block there may be half a word.
    transcript.selection.set(position(1, 0, 0), position(1, 30_000, 0))

    copied = transcript.selected_markdown()

    assert copied.startswith("Paragraph 0.")
    assert copied.endswith("Paragraph 29998.\n\nParagraph 29999.")
