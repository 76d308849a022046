"""What the self-test says of the certificate that came with the program."""

import datetime as dt

import pytest

from gigadesk.self_test import _FailedError, lifetime_of_root

END = dt.datetime(2032, 2, 27, 21, 4, 15, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("before_end", "words"),
    [
        (dt.timedelta(days=366), "valid until 2032-02-27"),
        (dt.timedelta(days=364), "valid ONLY until 2032-02-27: install a newer GigaDesk before that day"),
        (dt.timedelta(seconds=1), "valid ONLY until 2032-02-27: install a newer GigaDesk before that day"),
    ],
)
def test_the_end_of_the_root_is_told_a_year_before(before_end, words):
    assert lifetime_of_root((END - before_end).timestamp()) == words


def test_a_root_that_is_over_fails_the_self_test():
    with pytest.raises(_FailedError, match="2032-02-27"):
        lifetime_of_root(END.timestamp())
