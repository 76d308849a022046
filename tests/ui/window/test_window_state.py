"""What the window remembers, and what it makes of damaged bytes."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigadesk.ui.window_state import WindowState, pack, unpack

states = st.builds(
    WindowState,
    geometry=st.binary(max_size=80),
    is_sidebar_wanted=st.booleans(),
    sidebar_width=st.integers(0, 5000),
    chat_id=st.integers(0, 2**63 - 1),
    folded_folders=st.lists(st.integers(0, 2**63 - 1), max_size=3).map(tuple),
    chat_windows=st.dictionaries(st.integers(0, 2**63 - 1), st.binary(max_size=20), max_size=3),
    open_windows=st.lists(st.integers(0, 2**63 - 1), max_size=3).map(tuple),
)


@given(states)
def test_what_was_packed_comes_back(state):
    assert unpack(pack(state)) == state


@given(st.binary(max_size=200))
def test_any_bytes_give_a_state(data):
    assert isinstance(unpack(data), WindowState)


@pytest.mark.parametrize("value", [None, [], {}, "x", 1e999, "[" * 50])
@pytest.mark.parametrize("name", ["geometry", "sidebar_width", "chat"])
def test_one_wrong_value_gives_the_defaults(name, value):
    data = json.loads(pack(WindowState(b"abc", chat_id=7)))
    data[name] = value

    assert unpack(json.dumps(data).encode()) == WindowState()


@pytest.mark.parametrize("number", [2**63, -1, "x", None, 1e999])
@pytest.mark.parametrize(
    ("name", "wrap"),
    [
        ("chat", lambda number: number),
        ("open_windows", lambda number: [1, number]),
        ("folded", lambda number: [number]),
        ("windows", lambda number: {str(number): ""}),
    ],
    ids=["chat", "open_windows", "folded", "windows"],
)
def test_what_is_no_number_of_a_chat_gives_the_defaults(name, wrap, number):
    data = json.loads(pack(WindowState(b"abc", chat_id=7)))
    data[name] = wrap(number)

    assert unpack(json.dumps(data).encode()) == WindowState()


def test_nested_rubbish_gives_the_defaults():
    assert unpack(b"[" * 100_000) == WindowState()
