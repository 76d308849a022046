import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigadesk.gigachat.protocol.source_marks import SourceMarks


def printed(*pieces):
    marks = SourceMarks()
    return "".join([*(marks.feed(piece) for piece in pieces), marks.close()])


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("Да[sources=[2]].", "Да[2]."),
        ("[sources=[1,3]]", "[1][3]"),
        ("[sources=[ 1 , 12 ]] x", "[1][12] x"),
        ("[sources=[2]][sources=[3]]", "[2][3]"),
        ("a[0] [1] [link](x)", "a[0] [1] [link](x)"),
        ("[sources=[]]", "[sources=[]]"),
        ("[sources=[x]]", "[sources=[x]]"),
        ("[sources=[2]", "[sources=[2]"),
        ("[[sources=[2]]]", "[[2]]"),
        ("[sources=[[sources=[2]]", "[sources=[[2]"),
        ("[sources=[" + "1," * 40 + "1]]", "[sources=[" + "1," * 40 + "1]]"),
    ],
)
def test_marks_are_printed_as_numbers(text, result):
    assert printed(text) == result
    assert printed(*text) == result


_PARTS = st.sampled_from(["[sources=[", "2", "]]", "]", "[", ",", " ", "sources", "=", "word", "[sources=[1, 2]]"])


@given(st.lists(_PARTS, max_size=15).map("".join), st.data())
def test_any_cut_prints_the_same(text, data):
    cut = data.draw(st.integers(0, len(text)))

    assert printed(text[:cut], text[cut:]) == printed(text) == printed(*text)


def test_an_open_bracket_does_not_hold_up_the_answer():
    marks = SourceMarks()

    assert marks.feed("[sources=[" + "1" * 5000) == "[sources=[" + "1" * 5000
    assert not marks.holds
