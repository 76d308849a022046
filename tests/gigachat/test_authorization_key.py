import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigadesk.gigachat.authorization_key import KeyProblem, KeyReading, read_key

PAIR = "2f1b5b1e-1111-4222-8333-944455566677:0c1d2e3f-aaaa-4bbb-8ccc-9ddd0eee1fff"
KEY = base64.b64encode(PAIR.encode()).decode()


def encoded(text, times=1):
    for _ in range(times):
        text = base64.b64encode(text.encode()).decode()
    return text


@pytest.mark.parametrize(
    "pasted",
    [
        KEY,
        f"  {KEY}\n",
        f"Basic {KEY}",
        f"basic  {KEY}",
        f"Basic\u00a0{KEY}",
        f"Authorization: Basic {KEY}",
        f"Bearer {KEY}",
        f'"{KEY}"',
        f"«{KEY}»",
        f"'Basic {KEY}'",
        f"GIGACHAT_CREDENTIALS={KEY}",
        f'GIGACHAT_CREDENTIALS="{KEY}"',
        f"\ufeff{KEY}",
        f"\u200b{KEY}\u00a0",
        f"{KEY[:40]}\n{KEY[40:]}",
        f"{KEY[:40]} \r\n {KEY[40:]}",
        f"{KEY[:40]}\u00ad{KEY[40:]}",
        KEY.rstrip("="),
        KEY.replace("+", "-").replace("/", "_"),
        encoded(KEY),
        PAIR,
    ],
)
def test_usual_damage_is_mended(pasted):
    assert read_key(pasted) == KeyReading(KEY)


@pytest.mark.parametrize(
    ("pasted", "problem"),
    [
        ("", KeyProblem.EMPTY),
        (" \n\u00a0\ufeff", KeyProblem.EMPTY),
        ("Basic ", KeyProblem.EMPTY),
        ('""', KeyProblem.EMPTY),
        ("0c1d2e3f-aaaa-4bbb-8ccc-9ddd0eee1fff", KeyProblem.CLIENT_SECRET),
        ("Basic 0C1D2E3F-AAAA-4BBB-8CCC-9DDD0EEE1FFF", KeyProblem.CLIENT_SECRET),
        ("eyJjdHkiOiJqd3QiLCJlbmMi.abc.def.ghi.jkl", KeyProblem.ACCESS_TOKEN),
        ("Bearer eyJhbGciOi.eyJzdWIi.sig", KeyProblem.ACCESS_TOKEN),
        ("мой ключ", KeyProblem.FOREIGN_CHARACTERS),
        (KEY.replace("M", "М", 1), KeyProblem.FOREIGN_CHARACTERS),
        (KEY + "\x07", KeyProblem.FOREIGN_CHARACTERS),
        ("hello!", KeyProblem.NOT_BASE64),
        ("abcde", KeyProblem.NOT_BASE64),
        ("A" * 5000, KeyProblem.NOT_BASE64),
        (encoded("no pair"), KeyProblem.NOT_A_PAIR),
        (encoded("id:"), KeyProblem.NOT_A_PAIR),
        (encoded("a pair: with spaces"), KeyProblem.NOT_A_PAIR),
        (base64.b64encode(b"\xff:\xfe").decode(), KeyProblem.NOT_A_PAIR),
        (encoded("abcdef"), KeyProblem.NOT_A_PAIR),
        (encoded(PAIR, 3), KeyProblem.DOUBLE_BASE64),
        (encoded(PAIR, 6), KeyProblem.NOT_A_PAIR),
    ],
)
def test_what_cannot_be_mended_is_named(pasted, problem):
    assert read_key(pasted).problem is problem


@pytest.mark.parametrize("pasted", ["key-of_a_gateway", "abc_d-e", encoded(PAIR, 3), encoded("no pair")])
def test_what_cannot_be_mended_stays_as_it_was_pasted(pasted):
    assert read_key(f" {pasted}\n").key == pasted


@given(st.text())
def test_any_text_gives_a_key_that_can_be_sent_or_a_problem(pasted):
    reading = read_key(pasted)

    assert reading.problem is not None or base64.b64decode(reading.key, validate=True).count(b":") >= 1


@given(st.from_regex(r"[!-9;-~]{1,40}", fullmatch=True), st.from_regex(r"[!-~]{1,40}", fullmatch=True))
def test_every_encoded_pair_is_a_key(client_id, secret):
    key = encoded(f"{client_id}:{secret}")

    assert read_key(key) == KeyReading(key)


def test_a_reading_does_not_show_the_key():
    assert KEY not in repr(read_key(KEY))
