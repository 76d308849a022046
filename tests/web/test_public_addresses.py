"""Which addresses are asked for a picture."""

import pytest

from gigadesk.web.public_addresses import is_public, is_public_name

PRIVATE = [
    *("127.0.0.1", "127.8.8.8", "0.0.0.7", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1"),
    *("169.254.169.254", "100.64.0.1", "100.127.255.254", "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.1"),
    *("203.0.113.9", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255"),
    *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "ff02::1", "2001:db8::1", "fec0::1"),
    *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:a9fe:a9fe", "::127.0.0.1", "::10.0.0.1"),
    *("64:ff9b::7f00:1", "64:ff9b::10.0.0.1", "64:ff9b:1::808:808", "2002:7f00:1::1", "2002:a00:1::1"),
    *("2001:0:7f00:1::", "100::1", "5f00::1", "localhost", "example.org", "", "1.1.1", "0x7f.1", "2130706433"),
]
PUBLIC = ["8.8.8.8", "77.88.55.88", "2a02:6b8::2:242", "2606:4700:4700::1111", "64:ff9b::808:808", "::ffff:8.8.8.8"]


@pytest.mark.parametrize("address", PRIVATE)
def test_no_address_of_this_computer_or_a_local_network_is_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_addresses_of_the_internet_are_public(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "name",
    [
        *("localhost", "LOCALHOST.", "printer", "a.localhost", "nas.local", "git.corp", "db.internal", "box.lan"),
        *("127.0.0.1", "[::1]", "127.1", "10.0x1", "0x7f.0x1", "x.home.arpa", "hidden.onion", "192.168.0.1."),
    ],
)
def test_names_of_local_things_are_not_given_to_a_proxy(name):
    assert not is_public_name(name)


@pytest.mark.parametrize("name", ["example.org", "upload.wikimedia.org", "xn--80ak6aa92e.com", "8.8.8.8", "a.b.co."])
def test_names_of_the_internet_are_given_to_a_proxy(name):
    assert is_public_name(name)
