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
    chat_id=st.integers(0, 2**63),
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


def test_nested_rubbish_gives_the_defaults():
    assert unpack(b"[" * 100_000) == WindowState()
