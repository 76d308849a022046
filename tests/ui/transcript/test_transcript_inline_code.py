"""The areas behind code in running text: they touch no letter beside them."""

import pytest

from gigadesk.ui.transcript.layout.typography import CODE_AREA, CODE_EDGE
from tests.ui.transcript.transcript_support import answer, shown

TEXTS = [
    "See `x = 1`.",
    "Сноска с `кодом` и словом",
    "**Bold `code`** and (`call()`), “`quoted`”; `a`, `b`",
    "[link `code`](https://example.org) goes on",
    "`first` and `last`",
]


def part_of(transcript):
    (part,) = transcript.rows.items[0].box(1).parts
    return part


@pytest.mark.parametrize("text", TEXTS)
def test_the_area_behind_inline_code_touches_no_letter_beside_it(qtbot, text):
    part = part_of(shown(qtbot, [answer(1, text)]))

    letters = [
        (part.text[place], part.rects(part.start + place, part.start + place + 1)[0])
        for place in range(part.length)
        if not part.text[place].isspace()
    ]

    assert len(part.pills) == text.count("`") // 2
    for pill in part.pills:
        area = pill.adjusted(-CODE_AREA, 0, CODE_AREA, 0)
        for letter, rect in letters:
            room = CODE_EDGE if letter in "(“" else 0  # which belongs to the sign before the code
            if not pill.contains(rect.center()):
                assert not area.intersects(rect.adjusted(0, 0, -room, 0)), letter


@pytest.mark.parametrize("code", ["日本語", "é́", "👍🏽", "שלום", "x"])
def test_code_in_any_letters_has_its_area(qtbot, code):
    part = part_of(shown(qtbot, [answer(1, f"Words `{code}` and more")]))

    (pill,) = part.pills
    (letters,) = part.rects(part.start + 6, part.start + 6 + len(code))

    assert pill.left() == letters.left()
    assert 0 < pill.width() <= letters.width()
