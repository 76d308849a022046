"""Which addresses are of the public internet. What is asked for in the name of an answer goes nowhere else. Pure."""

import ipaddress
from collections.abc import Callable

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
IsAllowed = Callable[[str], bool]

_NAT64 = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("64:ff9b:1::/48"))
_COMPATIBLE = ipaddress.IPv6Network("::/96")
_LOCAL_ENDS = (".localhost", ".local", ".internal", ".lan", ".home", ".home.arpa", ".intranet", ".corp", ".onion")


def is_public(text: str) -> bool:
    """Whether a numeric address belongs to a host of the public internet; anything else does not."""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    return "%" not in text and all(_is_global(each) for each in _meanings(address))


def is_public_name(host: str) -> bool:
    """Whether a name may be one of the public internet, for who cannot know what it stands for."""
    host = host.rstrip(".").lower()
    if _is_numeric(host):
        return is_public(host)
    # "127.1" and "0x7f.1" are numbers for some.
    last = host.rpartition(".")[2]
    return "." in host and not last.isdigit() and not last.startswith("0x") and not host.endswith(_LOCAL_ENDS)


def _is_numeric(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _is_global(address: Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address) and address.is_site_local:
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def _meanings(address: Address) -> list[Address]:
    """The address, and every one that is wrapped in it."""
    meanings: list[Address] = [address]
    if isinstance(address, ipaddress.IPv6Address):
        low = ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
        if address.ipv4_mapped is not None:
            # Python says that no mapped address is global; what counts is the one inside.
            return _meanings(address.ipv4_mapped)
        if address.sixtofour is not None:
            meanings.append(address.sixtofour)
        if address.teredo is not None:
            meanings.extend(address.teredo)
        if address in _COMPATIBLE:
            meanings.append(low)
        if address in _NAT64[0]:
            return [low]
        if address in _NAT64[1]:
            return [ipaddress.IPv4Address(0)]  # of a network's own making: it may lead anywhere
    return meanings
