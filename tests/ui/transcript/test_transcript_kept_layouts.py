"""What is as before in a block that grows is not laid out again, and stands where a new layout would put it."""

import random

import pytest

from gigadesk.chat import MessageId, Status
from gigadesk.ui.transcript import Transcript
from gigadesk.ui.transcript.layout.boxes import Box
from tests.ui.transcript.transcript_support import answer, settle, shown

LIST = (
    "- one with `code` and [a link](https://example.org)\n- two **bold**\n  - three\n  - four\n- five, " + "words " * 60
)
TABLE = "| a | b | `c` |\n|---|--:|:-:|\n| 1 | **2** | [x](https://example.org) |\n| one | 22 | ~~three~~ |\n"
WIDE = "| a | b | c |\n|---|---|---|\n" + f"| {'word ' * 30} | {'long ' * 40} | end |\n" * 3
QUOTE = "> quote\n>\n> - inside\n> - of it [^1]\n>\n> > deeper `code`\n\n[^1]: A note.\n"
NUMBERED = "1. first\n2. second\n\n   more of it\n3. $x^2$ and words\n"
MIXED = f"{LIST}\n\n{TABLE}\n\n{WIDE}\n\n{QUOTE}\n\n{NUMBERED}\n\n[x]: https://example.com"


def facts(box: Box) -> tuple[object, ...]:
    """All of a box that is seen of its texts."""
    parts = [
        (
            part.text,
            part.start,
            (part.x, part.y, part.width, part.height),
            part.area,
            part.color.name() if part.color is not None else "",
            (part.links, part.notes),
        )
        for part in (*box.parts, *box.marks)
    ]
    parts.append(tuple(pill.translated(part.x, part.y) for part in box.stretches for pill in part.pills))
    return parts, [(zone.key, zone.rects, zone.name) for zone in box.zones], box.height, box.columns


def boxes(transcript: Transcript) -> list[tuple[object, ...]]:
    item = transcript.rows.open(0)
    return [facts(item.box(row)) for row in range(1, len(item.blocks) + 1)]


@pytest.mark.parametrize("seed", range(6))
def test_any_pieces_stand_where_a_new_layout_puts_them(qtbot, seed):
    pieces = random.Random(seed)
    grown, new = (shown(qtbot, [answer(1, "", Status.STREAMING)]) for _ in range(2))
    place = 0

    while place < len(MIXED):
        size = pieces.choice((1, 3, 20, 90, 300))
        new.rows.open(0).body.drop_boxes()
        for each in (grown, new):
            each.grow(MessageId(1), MIXED[place : place + size])
            settle(each)
        place += size

        assert boxes(grown) == boxes(new)


@pytest.mark.parametrize(
    ("begun", "rest"),
    [("- one\n- two\n- thr", "ee"), ("| a | b |\n|---|---|\n| 1 | 2 |\n", "| 3 | 4 |\n"), ("> one\n>\n> tw", "o")],
    ids=["list", "table", "quote"],
)
def test_what_is_as_before_is_not_laid_out_again(qtbot, begun, rest):
    transcript = shown(qtbot, [answer(1, "", Status.STREAMING)])
    transcript.grow(MessageId(1), begun)
    settle(transcript)
    before = transcript.rows.items[0].box(1).parts[0]

    transcript.grow(MessageId(1), rest)
    settle(transcript)

    assert transcript.rows.items[0].box(1).parts[0] is before
