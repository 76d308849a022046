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
