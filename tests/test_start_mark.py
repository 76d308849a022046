"""The file that tells whether the last start came to its end."""

import stat

import pytest

from gigadesk.chat import ChatId
from gigadesk.start_mark import StartMark

CHAT = ChatId(7)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "starting"


def crash(path, chat_id: ChatId | None = None) -> None:
    """A start that ends before its time."""
    mark = StartMark(path)
    if chat_id is not None:
        mark.begin_chat(chat_id)


def test_the_first_start_suspects_nothing(path):
    mark = StartMark(path)

    assert (mark.failed_starts, mark.suspect, mark.is_safe_mode) == (0, None, False)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_chat_that_was_being_shown_is_suspected(path):
    crash(path, CHAT)

    mark = StartMark(path)

    assert mark.suspect == CHAT
    assert mark.distrusts(CHAT)
    assert not mark.distrusts(ChatId(8))
    assert not mark.is_safe_mode


def test_a_chat_that_was_painted_is_not_suspected(path):
    mark = StartMark(path)
    mark.begin_chat(CHAT)
    mark.end_chat()

    assert StartMark(path).suspect is None


def test_a_chat_that_hangs_long_after_the_start_is_suspected_too(path):
    mark = StartMark(path)
    mark.end_start()
    assert not path.exists()
    mark.begin_chat(CHAT)

    again = StartMark(path)

    assert (again.failed_starts, again.suspect) == (1, CHAT)


def test_two_failed_starts_in_a_row_ask_for_safe_mode(path):
    crash(path)
    assert not StartMark(path).is_safe_mode

    assert StartMark(path).is_safe_mode
    assert StartMark(path).distrusts(ChatId(1))


def test_a_start_that_succeeds_ends_the_row(path):
    crash(path)
    crash(path)
    StartMark(path).close()
    assert not path.exists()
    crash(path)

    assert StartMark(path).failed_starts == 1


def test_trust_is_given_for_this_run(path):
    crash(path, CHAT)
    mark = StartMark(path)

    mark.trust()

    assert not mark.distrusts(CHAT)
    assert not mark.is_safe_mode


@pytest.mark.parametrize("content", [b"", b"x y", b"1", b"1 2 3", b"\xff\x00"], ids=repr)
def test_a_damaged_mark_is_a_failed_start_of_no_chat(path, content):
    path.write_bytes(content)

    mark = StartMark(path)

    assert (mark.failed_starts, mark.suspect) == (1, None)


def test_without_a_place_nothing_is_remembered(tmp_path):
    mark = StartMark(tmp_path / "missing" / "starting")
    mark.begin_chat(CHAT)
    mark.close()

    assert not StartMark().is_safe_mode
    assert list(tmp_path.iterdir()) == []
