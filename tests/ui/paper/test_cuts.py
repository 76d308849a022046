"""Pages end between lines, never in one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigadesk.ui.paper.cuts import first_cut, kept_together, last_cut, merged, next_start
from gigadesk.ui.paper.flow import pages
from gigadesk.ui.paper.strips import Strip

PAGE = 100.0


def lines(count, height=10.0):
    return [(number * height, (number + 1) * height) for number in range(count)]


def strip(height, spans=None, **extra):
    return Strip([], height, [(0.0, height)] if spans is None else spans, **extra)


@st.composite
def strips(draw):
    """Lines with space between them, some kept together, some higher than a page."""
    result = []
    for _ in range(draw(st.integers(1, 8))):
        y, spans = 0.0, []
        for _ in range(draw(st.integers(0, 12))):
            y += draw(st.sampled_from([0.0, 0.0, 3.0]))
            height = draw(st.sampled_from([8.0, 10.0, 35.0, 250.0]))
            spans.append((y, y + height))
            y += height
        y += draw(st.sampled_from([0.0, 5.0]))
        gap = draw(st.sampled_from([0.0, 12.0]))
        result.append(Strip([], y, merged(spans), gap=gap, keeps_next=draw(st.booleans())))
    return result


@given(strips())
def test_no_page_is_overfull_and_nothing_overlaps(chapters):
    for page in pages(chapters, PAGE):
        bottom = 0.0
        for piece in page:
            assert piece.y >= bottom - 0.02
            bottom = piece.y + piece.end - piece.start
        assert bottom <= PAGE + 0.02


@given(strips())
def test_every_line_is_shown_once_and_whole_unless_it_is_higher_than_a_page(chapters):
    pieces = [piece for page in pages(chapters, PAGE) for piece in page]

    for chapter in chapters:
        own = [piece for piece in pieces if piece.strip is chapter]
        for top, bottom in chapter.spans:
            holding = [piece for piece in own if piece.start < bottom - 0.02 and piece.end > top + 0.02]
            if bottom - top <= PAGE:
                assert len(holding) == 1
                assert holding[0].start <= top + 0.02
                assert holding[0].end >= bottom - 0.02
            else:
                assert sum(min(each.end, bottom) - max(each.start, top) for each in holding) == pytest.approx(
                    bottom - top
                )


@given(strips())
def test_no_page_is_empty(chapters):
    assert all(page for page in pages(chapters, PAGE))


def test_a_heading_does_not_stay_alone_at_the_foot():
    text, heading, following = strip(85), strip(10, keeps_next=True), strip(60, lines(6))

    first, second = pages([text, heading, following], PAGE)

    assert [piece.strip for piece in first] == [text]
    assert [piece.strip for piece in second] == [heading, following]


def test_a_heading_stays_when_the_first_line_fits():
    text, heading, following = strip(75), strip(10, keeps_next=True), strip(60, lines(6))

    first, second = pages([text, heading, following], PAGE)

    assert [piece.strip for piece in first] == [text, heading, following]
    assert (second[0].start, second[0].end) == (10, 60)


def test_headings_alone_end_somewhere():
    headings = [strip(10, keeps_next=True) for _ in range(40)]

    assert sum(len(page) for page in pages(headings, PAGE)) == 40


def test_the_space_above_goes_away_at_the_top_of_a_page():
    _, second = pages([strip(95), strip(20, gap=15)], PAGE)

    assert second[0].y == 0


def test_two_lines_of_a_paragraph_stay_together_at_both_ends():
    assert kept_together(lines(6)) == [(0, 20), (20, 30), (30, 40), (40, 60)]
    assert kept_together(lines(3)) == [(0, 30)]
    assert kept_together([]) == []


def test_what_only_touches_is_not_merged():
    assert merged([(10, 20), (0, 10), (15, 30), (5, 5)]) == [(0, 10), (10, 30)]


def test_cuts():
    spans = [(0.0, 10.0), (12.0, 22.0), (22.0, 32.0)]

    assert last_cut(spans, 0, 25, 40) == 22
    assert last_cut(spans, 0, 5, 40) == 0
    assert last_cut(spans, 0, 40, 40) == 40
    assert next_start(spans, 10) == 12
    assert next_start(spans, 32) == 32
    assert first_cut(spans, 0, 40) == 10
    assert first_cut([], 0, 40) == 40
