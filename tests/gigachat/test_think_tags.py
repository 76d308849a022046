import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigadesk.gigachat.protocol.think_tags import ThinkTags


def tell_apart(*pieces):
    """Thoughts and answer of a text in pieces."""
    tags = ThinkTags()
    results = [*(tags.feed(piece) for piece in pieces), tags.close()]
    return tuple("".join(part) for part in zip(*results, strict=True))


@pytest.mark.parametrize(
    ("text", "thought", "answer"),
    [
        ("Hello", "", "Hello"),
        ("", "", ""),
        ("<think>Hm</think>Hello", "Hm", "Hello"),
        (" \n<think>\nHm\n</think>\n\n Hello\n", "\nHm\n", "Hello\n"),
        ("<think></think>", "", ""),
        ("<think>never ends </thin", "never ends </thin", ""),
        ("<thin", "", "<thin"),
        ("  ", "", "  "),
        ("Say <think>x</think>", "", "Say <think>x</think>"),
        ("<think>a</think>b<think>c</think>", "a", "b<think>c</think>"),
        (" " * 2000 + "<think>a</think>", "", " " * 2000 + "<think>a</think>"),
    ],
)
def test_thoughts_stand_at_the_beginning_only(text, thought, answer):
    assert tell_apart(text) == (thought, answer)
    assert tell_apart(*text) == (thought, answer)


_PARTS = st.sampled_from(["<think>", "</think>", "<", "think", ">", "/", " ", "\n", "word", "</thi"])


@given(st.lists(_PARTS, max_size=12).map("".join), st.data())
def test_any_cut_tells_the_same(text, data):
    cut = data.draw(st.integers(0, len(text)))

    assert tell_apart(text[:cut], text[cut:]) == tell_apart(text) == tell_apart(*text)
