"""Why an address or a file cannot be used, in words; "" when it can. Asks nobody: looks at the text alone."""

import ipaddress
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QUrl

PROXY_SCHEMES = ("http", "https", "socks5", "socks5h", "socks4")


def service_address_problem(text: str) -> str:
    """For the address of the service: https, or http on this computer."""
    url = _parsed(text)
    if url is None or url.scheme() not in {"http", "https"}:
        return QCoreApplication.translate("Addresses", "A web address, please, such as https://api.giga.chat/v1.")
    if url.userInfo():
        return QCoreApplication.translate("Addresses", "The address must not hold a user name or a password.")
    if url.scheme() == "http" and not _is_this_computer(url.host()):
        return QCoreApplication.translate("Addresses", "It has to begin with https: else it can be read on the way.")
    return ""


def proxy_address_problem(text: str) -> str:
    """For the address of a proxy."""
    url = _parsed(text)
    if url is None or url.scheme() not in PROXY_SCHEMES:
        return QCoreApplication.translate(
            "Addresses", "The address of a proxy, please, such as http://proxy.example:8080 or socks5://127.0.0.1:1080."
        )
    return ""


def certificate_file_problem(text: str) -> str:
    """For a file with a further certificate authority."""
    try:
        is_file = Path(text).is_file()
    except (OSError, ValueError):
        is_file = False
    return "" if is_file else QCoreApplication.translate("Addresses", "There is no such file.")


def _parsed(text: str) -> QUrl | None:
    url = QUrl(text, QUrl.ParsingMode.StrictMode)
    return url if url.isValid() and url.host() else None


def _is_this_computer(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
