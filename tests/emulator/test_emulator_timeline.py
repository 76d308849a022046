"""When each part of an answer is ready, as values: no clock, no server."""

import itertools
import random
from dataclasses import replace

import pytest

from gigadesk.emulator import completions, completions_v2
from gigadesk.emulator.answers import Answer, ToolWork
from gigadesk.emulator.generation import (
    Completion,
    Made,
    Speed,
    StoredFile,
    Thought,
    Words,
    Worked,
    Working,
    timeline,
)

NATURAL = Speed(100.0, 0.5)
AT_ONCE = Speed(0.0, 0.5)
EVERYTHING = Completion(
    Answer(
        "Слово за словом " * 20,
        reasoning="Мысль за мыслью " * 20,
        tools=(ToolWork("image_generate", 3), ToolWork("web_search", 2)),
    ),
    model="GigaChat-3-Ultra:1",
    created=1,
    shown_tokens=10,
    cached_tokens=2,
    files=(StoredFile("f", "image/jpeg", "image"),),
)


def happenings(done: Completion, speed: Speed, kind: type) -> list:
    return [(at_s, one) for at_s, one in timeline(done, speed, random.Random(1)) if isinstance(one, kind)]


def test_order_is_thoughts_tools_files_words():
    order = [type(one) for _, one in timeline(EVERYTHING, NATURAL, random.Random(1))]

    assert list(dict.fromkeys(order)) == [Thought, Working, Worked, Made, Words]
    assert order.index(Made) < order.index(Words)


def test_nothing_comes_before_what_stands_before_it():
    moments = [at_s for at_s, _ in timeline(EVERYTHING, NATURAL, random.Random(1))]

    assert moments == sorted(moments)
    assert moments[0] > 0


def test_progress_comes_second_by_second():
    steps = [(at_s, one.seconds_left) for at_s, one in happenings(EVERYTHING, NATURAL, Working)]
    ends = [at_s for at_s, _ in happenings(EVERYTHING, NATURAL, Worked)]
    start_s = steps[0][0]

    assert [left for _, left in steps] == [3, 2, 1, None]
    assert [at_s - start_s for at_s, _ in steps] == pytest.approx([0, 1, 2, 3])
    assert [at_s - start_s for at_s in ends] == pytest.approx([3, 5])


def test_text_is_written_at_its_speed():
    words = happenings(replace(EVERYTHING, answer=Answer("Слово за словом " * 50)), NATURAL, Words)
    duration_s = words[-1][0] - words[0][0]

    assert duration_s == pytest.approx(8, rel=0.25)
    assert [one.is_last for _, one in words] == [False] * (len(words) - 1) + [True]


def test_at_once_means_all_at_once_and_all_of_it():
    assert {at_s for at_s, _ in timeline(EVERYTHING, AT_ONCE, random.Random(1))} == {0.0}
    assert len(happenings(EVERYTHING, AT_ONCE, Working)) == 4


@pytest.mark.parametrize("kind", [Thought, Words])
def test_interval_joins_thoughts_and_words(kind):
    joined = happenings(replace(EVERYTHING, update_interval_s=1.0), NATURAL, kind)
    moments = [at_s for at_s, _ in joined]

    assert len(joined) < len(happenings(EVERYTHING, NATURAL, kind))
    assert all(after - before >= 0.999 for before, after in itertools.pairwise(moments))
    whole = EVERYTHING.answer.reasoning if kind is Thought else EVERYTHING.answer.text
    assert "".join(one.text for _, one in joined) == whole


@pytest.mark.parametrize("wire", [completions, completions_v2], ids=["v1", "v2"])
def test_whole_answer_keeps_nobody_waiting_for_long(wire):
    slow = Speed(1.0, 0.5)

    (piece,) = wire.whole_reply(EVERYTHING, {}, slow, random.Random(1)).pieces

    assert piece.at_s == completions.WHOLE_ANSWER_MAX_S


@pytest.mark.parametrize("wire", [completions, completions_v2], ids=["v1", "v2"])
def test_empty_answer_is_a_stream_too(wire):
    empty = replace(EVERYTHING, answer=Answer(""), files=())

    assert wire.streamed_reply(empty, {}, NATURAL, random.Random(1)).body.count(b"data: ") >= 2


def test_tokens_of_everything_add_up():
    usage = completions.usage(EVERYTHING)

    assert usage["total_tokens"] == usage["prompt_tokens"] + usage["completion_tokens"]
    assert usage["prompt_tokens"] > 18_000
    assert completions_v2.usage(EVERYTHING)["input_tokens_details"]["cached_tokens"] == 2
    assert EVERYTHING.billed_tokens == usage["total_tokens"] - 2
