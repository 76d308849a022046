"""Whoever uses the library finds every name, and every name says what it is."""

import ast
import dataclasses
import enum
import inspect
import subprocess
import sys
import types
import typing
from pathlib import Path

import pytest

import gigadesk.errors
import gigadesk.gigachat as library

ERRORS = [name for name, value in vars(gigadesk.errors).items() if inspect.isclass(value) and name != "ClassVar"]


def homes_of_type_checkers() -> dict[str, str]:
    """What a type checker believes: names and where they are from."""
    tree = ast.parse(Path(library.__file__).read_text(encoding="utf-8"))
    (block,) = (node for node in tree.body if isinstance(node, ast.If))
    return {alias.name: node.module for node in block.body for alias in node.names}


def is_documented(value) -> bool:
    text = inspect.getdoc(value) or ""
    # A dataclass without a docstring is given one: its signature.
    return bool(text) and not text.startswith(getattr(value, "__name__", "?") + "(")


def members(kind):
    """Public methods and properties that a class does not merely inherit from somebody else's."""
    for name, value in inspect.getmembers_static(kind):
        is_ours = any(name in vars(base) and base.__module__.startswith("gigadesk") for base in kind.__mro__)
        is_callable = isinstance(value, types.FunctionType | property | classmethod | staticmethod)
        if not name.startswith("_") and is_ours and is_callable:
            yield name, value


def test_every_name_loads():
    assert sorted(set(library.__all__)) == library.__all__
    for name in library.__all__:
        assert getattr(library, name) is not None
    with pytest.raises(AttributeError):
        library.nothing  # noqa: B018


def test_type_checkers_see_the_same_names():
    assert sorted(homes_of_type_checkers()) == library.__all__
    for name, home in homes_of_type_checkers().items():
        assert getattr(sys.modules[home], name) is getattr(library, name)


@pytest.mark.parametrize("name", [name for name in library.__all__ if name != "ReplyEvent"])
def test_every_name_says_what_it_is(name):
    value = getattr(library, name)

    assert is_documented(value)
    if inspect.isclass(value) and not issubclass(value, enum.Enum):
        mute = [member for member, inner in members(value) if not is_documented(inner)]
        assert mute == []


@pytest.mark.parametrize("name", ERRORS)
def test_every_error_says_what_it_is(name):
    assert is_documented(getattr(gigadesk.errors, name))


def test_every_method_of_the_client_says_what_it_raises():
    mute = [
        name
        for name, method in members(library.Client)
        if inspect.iscoroutinefunction(method) and "Raises:" not in inspect.getdoc(method)
    ]

    assert mute == ["close", "whole"]  # the one cannot fail, the other is `complete` in other words


def test_every_event_is_a_public_name():
    for event in typing.get_args(library.ReplyEvent):
        assert dataclasses.is_dataclass(event)
        assert event.__name__ in library.__all__


def test_values_load_without_the_network():
    code = "import sys; from gigadesk.gigachat import TextDelta, StoredFile, Step; print('aiohttp' in sys.modules)"

    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert found.stdout == "False\n"


def test_client_loads_without_qt():
    code = "import sys; from gigadesk.gigachat import Client, GigaChat, diagnose; print('PySide6' in sys.modules)"

    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert found.stdout == "False\n"
