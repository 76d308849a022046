"""The conversation is shown larger or smaller around what is being read."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent

from gigadesk.ui.transcript.zoom_sign import ZoomSign
from tests.ui.transcript.transcript_support import LONG, answer, point_of, settle, shown, top_line, user

CONTROL = Qt.KeyboardModifier.ControlModifier
SOMEWHERE = QPoint(300, 200)
EVERYTHING = """Words with `code` in them.

```python
print("hello")
```

| a | b |
|---|---|
| 1 | 2 |

- one
- two

> a quote
"""


def turn(transcript, delta, point=SOMEWHERE, modifiers=CONTROL, phase=Qt.ScrollPhase.NoScrollPhase):
    """One event of a wheel."""
    viewport = transcript.viewport()
    event = QWheelEvent(
        QPointF(point),
        QPointF(viewport.mapToGlobal(point)),
        QPoint(),
        QPoint(0, delta),
        Qt.MouseButton.NoButton,
        modifiers,
        phase,
        False,
    )
    QGuiApplication.sendEvent(viewport, event)
    settle(transcript)


def reading(qtbot):
    """Somewhere in the middle of a long answer."""
    transcript = shown(qtbot, [user(1, "Tell me"), answer(2, LONG), answer(3, LONG)])
    transcript.show_offset(0)
    settle(transcript)
    while "number 24" not in top_line(transcript)[0]:
        transcript.scroll_by(13)
        if transcript.is_parsing:
            settle(transcript)
    settle(transcript)
    return transcript


def test_a_notch_of_the_wheel_with_ctrl_is_a_step(qtbot):
    transcript = reading(qtbot)

    turn(transcript, 120)
    assert transcript.zoom.percent == 110
    turn(transcript, -240)
    assert transcript.zoom.percent == 90


def test_small_turns_add_up_to_a_step(qtbot):
    transcript = reading(qtbot)

    percents = []
    for _ in range(8):
        turn(transcript, 15)
        percents.append(transcript.zoom.percent)

    assert percents == [100] * 7 + [110]


def test_turning_back_begins_anew(qtbot):
    transcript = reading(qtbot)

    for delta in (100, -20, -80):
        turn(transcript, delta)

    assert transcript.zoom.percent == 100


def test_letting_go_of_a_touch_pad_does_not_zoom_on(qtbot):
    transcript = reading(qtbot)

    turn(transcript, 240, phase=Qt.ScrollPhase.ScrollMomentum)

    assert transcript.zoom.percent == 100


def test_the_wheel_alone_scrolls(qtbot):
    transcript = reading(qtbot)
    before = transcript.arranger.offset()

    turn(transcript, -120, modifiers=Qt.KeyboardModifier.NoModifier)

    assert transcript.zoom.percent == 100
    assert transcript.arranger.offset() > before


def test_sizes_end_at_50_and_300_percent(qtbot):
    transcript = reading(qtbot)

    for _ in range(20):
        transcript.zoom.step(1)
    assert transcript.zoom.percent == 300
    for _ in range(20):
        transcript.zoom.step(-1)
    assert transcript.zoom.percent == 50


@pytest.mark.parametrize("delta", [120, 480, -120, -480])
def test_the_line_under_the_pointer_stays_there(qtbot, delta):
    transcript = reading(qtbot)
    point = point_of(transcript, "number 28", 3, message=1)

    turn(transcript, delta, point)

    text = transcript.rows.box(transcript.zones.row_at(QPointF(point))).parts[0].text
    assert "number 28" in text
    assert abs(point_of(transcript, "number 28", 3, message=1).y() - point.y()) <= 3


def test_there_and_back_again_is_the_same_place(qtbot):
    transcript = reading(qtbot)
    point = point_of(transcript, "number 28", message=1)
    before = [(each.key, each.y) for each in transcript.arranger.placed]

    for delta in (120, 360, -240, -240):
        turn(transcript, delta, point)

    assert transcript.zoom.percent == 100
    assert [(each.key, each.y) for each in transcript.arranger.placed] == before


def test_the_keys_keep_the_line_at_the_top(qtbot):
    transcript = reading(qtbot)
    text, _ = top_line(transcript)

    transcript.zoom.step(1)
    transcript.zoom.step(1)
    settle(transcript)

    top = transcript.arranger.placed[0].key
    assert text in [part.text for row in (top, transcript.rows.after(top)) for part in transcript.rows.box(row).parts]


def test_who_reads_at_the_end_stays_there(qtbot):
    transcript = shown(qtbot, [user(1, "Tell me"), answer(2, LONG)])

    turn(transcript, 480)

    assert transcript.arranger.is_at_end
    assert transcript.follow.sticks_to_end


def test_everything_grows_in_the_same_measure(qtbot):
    transcript = shown(qtbot, [answer(1, EVERYTHING)], width=3000, height=2400)
    item = transcript.rows.items[0]

    def heights():
        return [item.box(row).height for row in range(item.row_count)]

    usual = heights()
    transcript.zoom.set_percent(200)
    settle(transcript)
    doubled = heights()

    # The space above the first message is that of the window.
    header = [(before - 20, after - 20) for before, after in zip(usual, doubled, strict=True)][:1]
    for before, after in [*header, *list(zip(usual, doubled, strict=True))[1:]]:
        assert after == pytest.approx(2 * before, abs=6)


def test_the_column_keeps_its_letters_a_line(qtbot):
    transcript = shown(qtbot, [answer(1, LONG)], width=2560)
    usual = transcript.rows.frame

    transcript.zoom.set_percent(150)
    settle(transcript)

    frame = transcript.rows.frame
    assert frame.width == pytest.approx(1.5 * usual.width, abs=2)
    assert frame.x == pytest.approx(2560 - frame.x - frame.width, abs=1)


def test_the_size_is_told_when_the_hand_rests_and_only_once(qtbot):
    transcript = reading(qtbot)
    told = []
    transcript.zoom.chosen.connect(told.append)

    for _ in range(3):
        turn(transcript, 120)
    assert told == []
    qtbot.waitUntil(lambda: bool(told))

    assert told == [150]


def test_a_size_from_the_settings_is_not_told_again(qtbot):
    transcript = reading(qtbot)
    told = []
    transcript.zoom.chosen.connect(told.append)

    transcript.zoom.set_percent(150)
    transcript.zoom.keep()

    assert told == []
    assert not transcript.findChildren(ZoomSign)


def test_a_sign_says_the_size_and_goes_away(qtbot):
    transcript = reading(qtbot)

    turn(transcript, 120)

    sign = transcript.findChild(ZoomSign)
    assert sign.isVisible()
    assert sign.text() == "110%"
    qtbot.waitUntil(lambda: not sign.isVisible())
