import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigadesk.gigachat.file_tags import FileTags


def ids(*pieces):
    tags = FileTags()
    return [file_id for piece in pieces for file_id, _ in tags.feed(piece)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('Вот <img src="1-2" fuse="true"/> кот', ["1-2"]),
        ('<img fuse="true" alt="" src="a">', ["a"]),
        ('<img src="a" fuse="true"/><img src="b" fuse="true"/>', ["a", "b"]),
        ('<div data-model-id="m"/>', ["m"]),
        ('<img src="cat.png">', []),
        ("a < b and c > d", []),
        ('<img src="a" fuse="true"', []),
        ("<" + "x" * 2000 + '<img src="a" fuse="true"/>', ["a"]),
    ],
)
def test_ids_in_a_text(text, found):
    assert ids(text) == found
    assert ids(*text) == found


@given(st.lists(st.sampled_from(['<img src="a" fuse="true"/>', "<", ">", "word ", '<div data-model-id="m"/>'])))
def test_a_cut_tag_is_found_once(parts):
    text = "".join(parts)

    assert ids(*text) == ids(text)


def test_an_open_bracket_does_not_collect_the_whole_answer():
    tags = FileTags()

    tags.feed("<" + "x" * 5000)

    assert tags.feed('" fuse="true"/>') == []


@pytest.mark.parametrize("attribute", [' src="x', ' data-model-id="x'])
def test_a_tag_without_an_end_is_left_at_once(attribute):
    # Read by an expression that looks back, this takes longer than anybody lives.
    assert ids("<img fuse=" + attribute * 300_000) == []
    assert ids("<div " + attribute * 300_000 + '<div data-model-id="m">') == ["m"]
