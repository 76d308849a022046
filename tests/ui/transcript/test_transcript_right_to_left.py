"""What begins from right to left has its marks, and its first column, on the right."""

import pytest

from gigadesk.ui.transcript.layout.boxes import Bullet, CheckBox, Fill
from gigadesk.ui.transcript.messages.rows import RowKey
from gigadesk.ui.transcript.side_scrolling import SideScrolling
from tests.ui.transcript.transcript_support import answer, shown

ARABIC = "عنصر"


def box_of(qtbot, text):
    transcript = shown(qtbot, [answer(1, text)])
    return transcript.rows.items[0].box(1), transcript.rows.frame.width


@pytest.mark.parametrize(("word", "is_mirrored"), [(ARABIC, True), ("item", False), (f"123 {ARABIC}", True)])
def test_bullets_stand_before_the_text(qtbot, word, is_mirrored):
    box, width = box_of(qtbot, f"- {word}\n  - {word}\n- {word}")

    ornaments = [each.center for each in box.ornaments if isinstance(each, Bullet)]
    bullets = [center.x() for center in sorted(ornaments, key=lambda center: center.y())]
    assert len(bullets) == 3
    for part, center in zip(box.parts, bullets, strict=True):
        if is_mirrored:
            assert part.x + part.width < center < width
        else:
            assert 0 < center < part.x
    # What is nested is farther from its edge.
    edge = [width - center if is_mirrored else center for center in bullets]
    assert edge[1] > edge[0] == edge[2]


def test_numbers_stand_before_the_text(qtbot):
    box, width = box_of(qtbot, f"9. {ARABIC}\n10. {ARABIC}")

    assert [mark.text for mark in box.marks] == [".9", ".10"]
    for part, mark in zip(box.parts, box.marks, strict=True):
        assert part.x + part.width < mark.x
        assert mark.x + mark.natural_width <= width + 1


def test_check_boxes_stand_before_the_text(qtbot):
    box, width = box_of(qtbot, f"- [x] {ARABIC}\n- [ ] {ARABIC}")

    for check, part in zip([each for each in box.ornaments if isinstance(each, CheckBox)], box.parts, strict=True):
        assert part.x + part.width < check.rect.left()
        assert check.rect.right() <= width


def test_the_bar_of_a_quote_stands_before_the_text(qtbot):
    box, width = box_of(qtbot, f"> {ARABIC}")

    (bar,) = [each for each in box.ornaments if isinstance(each, Fill)]
    assert bar.rect.right() == pytest.approx(width)
    assert box.parts[0].x == 0
    assert box.parts[0].width < bar.rect.left()


TABLE = f"| {ARABIC} | b |\n|---|---|\n| 1 | {ARABIC} |\n| c | d |\n"


def test_columns_run_as_the_first_word(qtbot):
    box, width = box_of(qtbot, TABLE)
    ((frame, _),) = box.tables
    columns = [[part.x for part in box.parts[column::2]] for column in range(2)]

    assert frame.right() == width
    assert min(columns[0]) > max(columns[1])
    for part in box.parts:
        assert frame.left() < part.x < part.x + part.natural_width < frame.right()
        assert box.place_at(part.x + part.natural_width / 2, part.y + 3, []) in range(part.start, part.start + 5)
    for zone in box.zones:
        assert all(0 <= rect.left() < frame.left() for rect in zone.rects)


def test_columns_of_a_table_with_one_foreign_word_stay(qtbot):
    box, _ = box_of(qtbot, TABLE.replace(ARABIC, "a", 1))

    assert box.tables[0][0].left() == 0
    assert box.parts[0].x < box.parts[1].x


def test_a_wide_table_from_right_to_left_is_seen_from_its_right_edge(qtbot):
    transcript = shown(
        qtbot, [answer(1, "|" + f" {ARABIC * 20} |" * 12 + "\n" + "|---" * 12 + "|\n" + "| x " * 12 + "|")]
    )
    row = RowKey(0, 1)
    (area,) = transcript.rows.box(row).areas
    assert area.reach > 300

    assert transcript.rows.box(row).shift_of(0, transcript.rows.items[0].scrolls(1)) == area.reach
    SideScrolling(transcript).scroll(row, 0, -100)
    assert transcript.rows.box(row).shift_of(0, transcript.rows.items[0].scrolls(1)) == area.reach - 100


def test_all_pieces_of_a_table_run_as_its_head(qtbot):
    transcript = shown(qtbot, [answer(1, f"| {ARABIC} | b |\n|---|---|\n" + "| word | other |\n" * 80)])
    boxes = [transcript.rows.box(RowKey(0, row)) for row in range(1, len(transcript.rows.items[0].blocks) + 1)]

    assert len(boxes) > 2
    assert {box.parts[0].x > box.parts[1].x for box in boxes} == {True}
    assert len({box.tables[0][0].left() for box in boxes}) == 1
