import json

import pytest

from gigadesk.gigachat.protocol.decode import OddJsonError
from gigadesk.gigachat.protocol.grant import Grant, read_grant


@pytest.mark.parametrize(
    ("fields", "grant"),
    [
        ({"access_token": "t", "expires_at": 1768998571234}, Grant("t", 1768998571.234)),
        ({"access_token": "t", "expires_at": 1768998571}, Grant("t", 1768998571)),
        ({"tok": "t", "exp": 1780321924}, Grant("t", 1780321924)),
        ({"access_token": "t", "expires_at": 10**12}, Grant("t", 10**9)),
        ({"access_token": "t"}, Grant("t", 0)),
        ({"access_token": "t", "expires_at": "soon"}, Grant("t", 0)),
        ({"access_token": "t", "expires_at": None, "exp": 5}, Grant("t", 5)),
        ({"access_token": "t", "expires_at": 10**400}, Grant("t", 2**53 / 1000)),
    ],
)
def test_both_spellings_and_both_units(fields, grant):
    assert read_grant(json.dumps(fields).encode()) == grant


@pytest.mark.parametrize("token", [None, "", 5, "с русскими", "two words", "line\nbreak", {}, "nul\x00"])
def test_a_token_that_cannot_be_sent_is_no_token(token):
    with pytest.raises(OddJsonError):
        read_grant(json.dumps({"access_token": token}).encode())


def test_a_grant_does_not_show_its_token():
    assert "canary" not in repr(Grant("canary", 1))
