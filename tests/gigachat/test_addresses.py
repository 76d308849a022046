import pytest
from yarl import URL

from gigadesk.errors import RequestRejectedError
from gigadesk.gigachat.addresses import Addresses, addresses_of, is_loopback

AUTH = "https://ngw.devices.sberbank.ru:9443/api/v2/oauth"


@pytest.mark.parametrize(
    ("base_url", "base"),
    [
        ("", "https://api.giga.chat/v1"),
        ("https://api.giga.chat", "https://api.giga.chat/v1"),
        ("https://api.giga.chat/", "https://api.giga.chat/v1"),
        (" https://api.giga.chat/v1/ \n", "https://api.giga.chat/v1"),
        ("https://gigachat.devices.sberbank.ru", "https://gigachat.devices.sberbank.ru/api/v1"),
        ("https://gigachat.devices.sberbank.ru/api/v1", "https://gigachat.devices.sberbank.ru/api/v1"),
        ("https://gw.example/giga/v1/chat/completions", "https://gw.example/giga/v1"),
        ("https://gw.example:8443/x?y=1#z", "https://gw.example:8443/x"),
        ("http://127.0.0.1:8000/v1", "http://127.0.0.1:8000/v1"),
        ("http://localhost:8000", "http://localhost:8000/v1"),
        ("http://[::1]:8000/v1", "http://[::1]:8000/v1"),
    ],
)
def test_base_addresses(base_url, base):
    assert addresses_of(base_url) == Addresses(base, AUTH)


def test_the_environment_fills_what_is_not_given(monkeypatch):
    monkeypatch.setenv("GIGACHAT_BASE_URL", "https://one.example/v1")
    monkeypatch.setenv("GIGACHAT_AUTH_URL", "https://two.example/oauth")

    assert addresses_of() == Addresses("https://one.example/v1", "https://two.example/oauth")
    assert addresses_of("https://a.example/v1", "https://b.example/o").base == "https://a.example/v1"


@pytest.mark.parametrize(
    "address",
    [
        "http://api.giga.chat/v1",
        "http://192.168.0.1/v1",
        "http://127.0.0.1.example/v1",
        "http://localhost.example/v1",
        "ftp://api.giga.chat",
        "api.giga.chat",
        "https://",
        "https://host:99999/v1",
        "https://user:canary@host/v1",
        "http://[::1",
        "nonsense",
    ],
)
def test_addresses_that_no_key_is_sent_to(address):
    for base_url, auth_url in ((address, ""), ("", address)):
        with pytest.raises(RequestRejectedError) as caught:
            addresses_of(base_url, auth_url)
        assert "canary" not in str(caught.value)


@pytest.mark.parametrize(
    ("host", "answer"),
    [
        *((host, True) for host in ("localhost", "LOCALHOST.", "a.localhost", "127.8.8.8", "::1")),
        *((host, False) for host in ("10.0.0.1", "example.com", "", "127.1")),
    ],
)
def test_this_machine(host, answer):
    assert is_loopback(host) is answer


def test_paths_of_the_service():
    addresses = addresses_of("https://h.example/v1")

    assert str(addresses.chat) == "https://h.example/v1/chat/completions"
    assert str(addresses.models) == "https://h.example/v1/models"


@pytest.mark.parametrize(
    ("base_url", "places"),
    [
        ("", ["https://api.giga.chat/v2/chat/completions"]),
        ("https://gw.example/x/v3", ["https://gw.example/x/v2/chat/completions"]),
        ("https://gw.example/x", ["https://gw.example/x/chat/completions"]),
        (
            "https://gigachat.devices.sberbank.ru",
            [
                "https://gigachat.devices.sberbank.ru/api/v2/chat/completions",
                "https://gigachat.devices.sberbank.ru/v2/chat/completions",
            ],
        ),
        ("https://gw.example/apis/v1", ["https://gw.example/apis/v2/chat/completions"]),
    ],
)
def test_where_the_second_contract_may_be(base_url, places):
    assert [str(place) for place in addresses_of(base_url).chat_v2] == places


@pytest.mark.parametrize(
    ("parts", "path"),
    [
        (("files", "1-2", "content"), "/v1/files/1-2/content"),
        (("files", "../../oauth"), "/v1/files/..%2F..%2Foauth"),
        (("files", "a b?c#d%2F"), "/v1/files/a%20b%3Fc%23d%252F"),
        (("models", "кот:1"), "/v1/models/%D0%BA%D0%BE%D1%82%3A1"),
    ],
)
def test_an_id_stays_one_segment_of_the_path(parts, path):
    url = addresses_of("https://api.giga.chat").path(*parts)

    assert str(url) == "https://api.giga.chat" + path


@pytest.mark.parametrize("part", ["", ".", ".."])
def test_an_id_that_leads_elsewhere_is_refused(part):
    with pytest.raises(RequestRejectedError):
        addresses_of("").path("files", part)


def test_only_the_host_of_the_service_is_trusted_with_a_token():
    addresses = addresses_of("https://api.giga.chat")

    assert addresses.holds(addresses.chat)
    for other in (AUTH, "http://api.giga.chat/v1", "https://api.giga.chat:8443/v1", "https://evil.example/v1"):
        assert not addresses.holds(URL(other))


def test_an_id_of_any_length_is_not_sent():
    addresses = addresses_of("https://a.example/v1")

    assert str(addresses.path("files", "x" * 512)).endswith("x" * 512)
    with pytest.raises(RequestRejectedError):
        addresses.path("files", "x" * 513)
