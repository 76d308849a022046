"""Lists and quotes that begin from right to left have their marks on the right."""

import pytest

from gigadesk.ui.transcript.layout.boxes import Bullet, CheckBox, Fill
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
