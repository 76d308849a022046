"""A client library for GigaChat, usable without the window and without Qt.

The names below load on first use, so that a program which only needs the values does not pay for aiohttp.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gigadesk.errors import MissingAuthError
    from gigadesk.gigachat.client import Client
    from gigadesk.gigachat.provider import AsyncGeneratorProvider, GigaChat, ProviderModelMixin

__all__ = ["AsyncGeneratorProvider", "Client", "GigaChat", "MissingAuthError", "ProviderModelMixin"]

_HOMES = {
    "AsyncGeneratorProvider": "gigadesk.gigachat.provider",
    "Client": "gigadesk.gigachat.client",
    "GigaChat": "gigadesk.gigachat.provider",
    "MissingAuthError": "gigadesk.errors",
    "ProviderModelMixin": "gigadesk.gigachat.provider",
}


def __getattr__(name: str) -> Any:  # the type depends on the name
    if name not in _HOMES:
        raise AttributeError(name)
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
