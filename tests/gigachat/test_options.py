import pytest

from gigadesk.gigachat.options import ClientOptions, SignIn, with_environment
from gigadesk.settings import DEFAULT_AUTH_URL, DEFAULT_BASE_URL

PREFIX = "GIGACHAT_"
EVERYTHING = {
    "CREDENTIALS": "env-key",
    "ACCESS_TOKEN": "env-token",
    "USER": "env-user",
    "PASSWORD": "env-password",
    "SCOPE": "GIGACHAT_API_CORP",
    "BASE_URL": "https://env.example/v1",
    "AUTH_URL": "https://env.example/oauth",
    "CA_BUNDLE_FILE": "env-ca.pem",
    "CERT_FILE": "env-cert.pem",
    "KEY_FILE": "env-key.pem",
    "KEY_FILE_PASSWORD": "env-key-password",
    "MODEL": "GigaChat-2-Max",
    "PROFANITY_CHECK": "false",
    "FLAGS": '["preprocess"]',
    "TIMEOUT": "12.5",
    "MAX_RETRIES": "5",
}


@pytest.fixture(autouse=True)
def _environment(monkeypatch):
    for name in EVERYTHING:
        monkeypatch.delenv(PREFIX + name, raising=False)


@pytest.fixture
def full_environment(monkeypatch):
    for name, value in EVERYTHING.items():
        monkeypatch.setenv(PREFIX + name, value)


def test_nothing_given_is_the_public_service_for_individuals():
    options = with_environment(ClientOptions())

    assert (options.scope, options.sign_in, options.retries) == ("GIGACHAT_API_PERS", SignIn.NONE, 2)
    assert (options.base_url, options.auth_url, options.model, options.flags) == ("", "", "", ())


def test_everything_may_come_from_the_environment(full_environment):
    assert with_environment(ClientOptions()) == ClientOptions(
        credentials="env-key",
        access_token="env-token",
        user="env-user",
        password="env-password",
        scope="GIGACHAT_API_CORP",
        base_url="https://env.example/v1",
        auth_url="https://env.example/oauth",
        ca_file="env-ca.pem",
        cert_file="env-cert.pem",
        key_file="env-key.pem",
        key_file_password="env-key-password",
        model="GigaChat-2-Max",
        profanity_check=False,
        flags=("preprocess",),
        timeout_s=12.5,
        max_retries=5,
    )


def test_what_is_given_wins_over_the_environment(full_environment):
    given = ClientOptions(
        credentials="key",
        scope="GIGACHAT_API_PERS",
        base_url="https://a/v1",
        auth_url="https://a/oauth",
        ca_file="ca.pem",
        cert_file="cert.pem",
        key_file="key.pem",
        key_file_password="pw",
        model="m",
        profanity_check=True,
        flags=("x",),
        timeout_s=1,
        max_retries=0,
    )

    assert with_environment(given) == given


@pytest.mark.parametrize(
    "given",
    [
        {"credentials": "key"},
        {"access_token": "token"},
        {"user": "u", "password": "p"},
        {"cert_file": "cert.pem"},
    ],
    ids=lambda given: next(iter(given)),
)
def test_who_signs_in_one_way_is_given_no_other(full_environment, given):
    options = with_environment(ClientOptions(**given))

    others = {"credentials", "access_token", "user", "password"} - given.keys()
    assert {getattr(options, name) for name in others} == {""}


def test_the_environment_can_be_left_out(full_environment):
    options = with_environment(ClientOptions(credentials="key", uses_environment=False))

    assert options == ClientOptions(
        credentials="key",
        scope="GIGACHAT_API_PERS",
        base_url=DEFAULT_BASE_URL,
        auth_url=DEFAULT_AUTH_URL,
        uses_environment=False,
    )
    assert with_environment(ClientOptions(uses_environment=False)).sign_in is SignIn.NONE


def test_the_key_of_another_certificate_is_not_taken(full_environment):
    options = with_environment(ClientOptions(credentials="key", cert_file="own.pem"))

    assert (options.cert_file, options.key_file) == ("own.pem", "")


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ({"access_token": "t", "credentials": "k", "user": "u", "password": "p", "cert_file": "c"}, SignIn.TOKEN),
        ({"credentials": "k", "user": "u", "password": "p", "cert_file": "c"}, SignIn.KEY),
        ({"user": "u", "password": "p", "cert_file": "c"}, SignIn.PASSWORD),
        ({"user": "u", "cert_file": "c"}, SignIn.CERTIFICATE),
        ({"password": "p"}, SignIn.NONE),
    ],
)
def test_ways_to_sign_in_come_in_the_order_of_the_official_sdk(given, kind):
    assert ClientOptions(**given).sign_in is kind


@pytest.mark.parametrize(
    ("name", "value", "field", "result"),
    [
        ("PROFANITY_CHECK", "1", "profanity_check", True),
        ("PROFANITY_CHECK", "maybe", "profanity_check", None),
        ("FLAGS", "a, b,", "flags", ("a", "b")),
        ("FLAGS", "", "flags", ()),
        ("TIMEOUT", "nan", "timeout_s", None),
        ("TIMEOUT", "-1", "timeout_s", None),
        ("TIMEOUT", "x", "timeout_s", None),
        ("MAX_RETRIES", "0", "max_retries", 0),
        ("MAX_RETRIES", "-1", "max_retries", None),
        ("MAX_RETRIES", "many", "max_retries", None),
        ("BASE_URL", "  https://a/v1 ", "base_url", "https://a/v1"),
        ("PASSWORD", " p ", "password", " p "),
    ],
)
def test_odd_values_of_the_environment(monkeypatch, name, value, field, result):
    monkeypatch.setenv(PREFIX + name, value)

    assert getattr(with_environment(ClientOptions()), field) == result


def test_more_retries_than_make_sense_are_not_made(monkeypatch):
    monkeypatch.setenv("GIGACHAT_MAX_RETRIES", "9" * 5000)

    assert with_environment(ClientOptions()).retries == 10
    assert ClientOptions(max_retries=-3).retries == 0


def test_no_secret_is_shown():
    options = ClientOptions("the-key", access_token="the-token", password="the-password", key_file_password="the-pin")

    assert "the-" not in repr(options)
