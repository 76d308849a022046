import urllib.request

import pytest
from yarl import URL

from gigadesk.errors import NetworkCause, NetworkError
from gigadesk.gigachat.proxies import Proxy, proxy_for, read_proxy

SERVICE = URL("https://api.giga.chat/v1")


@pytest.mark.parametrize(
    ("address", "proxy"),
    [
        ("http://p.example:3128", Proxy("http", "p.example", 3128)),
        ("p.example:3128", Proxy("http", "p.example", 3128)),
        ("http://p.example", Proxy("http", "p.example", 80)),
        ("https://p.example", Proxy("https", "p.example", 443)),
        ("socks5://p.example", Proxy("socks5", "p.example", 1080)),
        ("SOCKS5h://p.example:9050", Proxy("socks5", "p.example", 9050)),
        ("socks4://p.example", Proxy("socks4", "p.example", 1080)),
        ("http://us%40er:p%3Aw@p.example:1", Proxy("http", "p.example", 1, "us@er", "p:w")),
    ],
)
def test_parts_of_an_address(address, proxy):
    assert read_proxy(address) == proxy


@pytest.mark.parametrize(
    "address",
    [
        "socks5://us%C3%A9r:canary@h",
        "ftp://p.example",
        "http://",
        "http://:canary@/",
        "http://h:99999",
        "http://[::1",
        "://",
    ],
)
def test_nonsense_is_named_and_not_repeated(address):
    with pytest.raises(NetworkError) as caught:
        read_proxy(address)

    assert caught.value.cause is NetworkCause.PROXY
    assert "canary" not in f"{caught.value}{caught.value!r}"


def test_a_proxy_does_not_show_its_password():
    proxy = read_proxy("http://user:canary@p.example")

    assert "canary" not in f"{proxy!r}{proxy.url}"


@pytest.fixture
def system(monkeypatch):
    def use(addresses, bypass=lambda _host: False):
        monkeypatch.setattr(urllib.request, "getproxies", lambda: addresses)
        monkeypatch.setattr(urllib.request, "proxy_bypass", bypass)

    return use


def test_the_systems_proxy_is_followed(system):
    system({"https": "http://p.example:1", "http": "http://q.example:2"})

    assert proxy_for(SERVICE) == Proxy("http", "p.example", 1)


def test_the_systems_proxy_for_everything_is_followed(system):
    system({"all": "socks5://p.example:1"})

    assert proxy_for(SERVICE) == Proxy("socks5", "p.example", 1)


def test_the_systems_exceptions_are_followed(system):
    system({"https": "http://p.example:1"}, lambda host: host == "api.giga.chat:443")

    assert proxy_for(SERVICE) is None


def test_without_a_system_proxy_the_way_is_straight(system):
    system({})

    assert proxy_for(SERVICE) is None


def test_this_machine_is_never_asked_through_the_systems_proxy(system):
    system({"http": "http://p.example:1"})

    assert proxy_for(URL("http://127.0.0.1:8000")) is None


def test_a_proxy_that_was_chosen_is_taken_for_every_host(system):
    system({"https": "http://p.example:1"})

    assert proxy_for(SERVICE, "http://mine.example:3") == Proxy("http", "mine.example", 3)
    assert proxy_for(URL("http://127.0.0.1:1"), "http://mine.example:3") == Proxy("http", "mine.example", 3)


def test_none_goes_straight(system):
    system({"https": "http://p.example:1"})

    assert proxy_for(SERVICE, " NONE ") is None


def test_the_environment_is_a_system(monkeypatch):
    monkeypatch.setenv("https_proxy", "http://p.example:1")
    monkeypatch.setenv("no_proxy", "sberbank.ru")

    assert proxy_for(SERVICE) == Proxy("http", "p.example", 1)
    assert proxy_for(URL("https://ngw.devices.sberbank.ru:9443/")) is None
