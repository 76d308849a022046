"""Tables: how wide their columns are."""

import pytest

from tests.ui.transcript.transcript_support import answer, point_of, shown

TABLE = (
    "| Язык | Типизация | Где силён | Чем особенно хорош | Порог входа |\n|---|---|---|---|---|\n"
    "| Python | динамическая | анализ данных, автоматизация | простота, библиотеки, сообщество | низкий |\n"
    "| Rust | статическая | системное программирование | безопасность памяти без сборщика мусора | высокий |"
)
WORD = "программирование"


@pytest.mark.parametrize("width", [480, 560, 640, 720, 900])
def test_words_of_a_table_stay_whole(qtbot, width):
    transcript = shown(qtbot, [answer(1, TABLE)], width=width)

    # In a table that is wider than its place the word may be out of sight, but it is on one line all the same.
    assert point_of(transcript, WORD).y() == point_of(transcript, WORD, len(WORD) - 1).y()


@pytest.mark.parametrize("width", [800, 360])
def test_long_texts_of_a_table_that_scrolls_take_few_lines(qtbot, width):
    prose = "a rather long remark that would make a very high row in a narrow column, and then goes on for a while"
    head = "| " + " | ".join(f"column number {n}" for n in range(9)) + " | remark |\n" + "|---" * 10 + "|\n"
    row = "| " + " | ".join(f"value {n}" for n in range(9)) + f" | {prose} |\n"
    transcript = shown(qtbot, [answer(1, head + row)], width=width)

    box = transcript.rows.items[0].box(1)
    (part,) = [part for part in box.parts if part.text == prose]
    pitch = transcript.rows.frame.typography.body.pitch

    assert box.areas[0].reach > 0
    assert part.height <= 4 * pitch
    assert part.width <= box.areas[0].rect.width()


def test_a_table_that_is_a_little_too_wide_is_made_to_fit(qtbot):
    """Narrower by a word in its header rather than scrolled, and no word of it is broken."""
    head = "| Язык | Появился | Типизация | Где особенно хорош | Порог входа |\n|:---|:---:|:---|:---|:---:|\n"
    rows = (
        "| **JavaScript** | 1995 | динамическая | анализ данных, автоматизация | низкий |\n"
        "| **Rust** | 2015 | статическая | системное программирование | высокий |\n"
    )
    transcript = shown(qtbot, [answer(1, head + rows)], width=900)

    box = transcript.rows.items[0].box(1)

    assert box.areas[0].reach == 0
    for word in ("динамическая", "автоматизация", "Появился", "программирование", "JavaScript"):
        assert point_of(transcript, word).y() == point_of(transcript, word, len(word) - 1).y()
