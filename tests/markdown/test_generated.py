"""The first of the generated texts, which `tests.hostile_run` goes on with: the laws hold for each of them."""

import random

import pytest

from gigadesk.markdown import parse
from gigadesk.text import clean
from tests.hostile_texts import KINDS, document
from tests.markdown.laws import check_bounds, check_sources, fed, is_as_expected, is_comparable, random_cuts

TEXTS = 160
AT_ONCE = 20
OTHER_THAN_MARKDOWN_IT: set[int] = set()
"""Numbers of texts in which markdown-it-py finds another structure, see `compare_with_markdown_it.py`."""


@pytest.mark.parametrize("first", range(0, TEXTS, AT_ONCE))
def test_the_laws_hold(first):
    for number in range(first, first + AT_ONCE):
        text, choice = clean(document(number).text), random.Random(number)
        blocks = parse(text)

        assert fed(text, random_cuts(text, choice), choice) == blocks, number
        check_sources(text, blocks)
        check_bounds(blocks)


def test_the_structure_is_that_of_markdown_it():
    texts = {number: clean(document(number).text) for number in range(TEXTS)}
    parsed = {number: parse(text) for number, text in texts.items()}
    compared = [number for number, text in texts.items() if is_comparable(text, parsed[number])]

    others = {number for number in compared if not is_as_expected(texts[number], parsed[number])}

    assert len(compared) >= TEXTS // 10
    assert others == OTHER_THAN_MARKDOWN_IT


def test_every_number_has_its_text():
    documents = [document(number) for number in range(TEXTS)]

    assert documents == [document(number) for number in range(TEXTS)]
    assert {each.kind for each in documents} == set(KINDS)
    assert len({each.text for each in documents}) > TEXTS * 0.9


@pytest.mark.parametrize("part", ["[^a]: ", "[a]: x ", "[a]:\n", '[a]: "b" ', "[a]: (b) 'c' "])
def test_definitions_that_may_yet_come_to_an_end_are_read_once(part):
    # Each way to read one doubled the time: twenty of them, and nothing went on any more.
    text = part * 40 + "[b]"

    assert fed(text, list(range(len(text)))) == parse(text)


def test_every_bracket_of_a_short_text_is_tried():
    (paragraph,) = parse("![![![i](y)")

    assert [(span.text, span.link, span.is_image) for span in paragraph.spans] == [
        ("![![", "", False),
        ("i", "y", True),
    ]
