"""Every example of the page about the library runs, against the emulator."""

import ast
import asyncio
import inspect
import os
import re
import textwrap
from dataclasses import asdict
from pathlib import Path

import pytest

import gigadesk.errors
import gigadesk.gigachat as library
from gigadesk.emulator import EmulatorOptions
from gigadesk.gigachat import ClientOptions
from tests.gigachat.threaded_emulator import emulator_thread

PAGE = (Path(__file__).parents[2] / "docs" / "library.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


def name_of(example: str) -> str:
    """The heading above it."""
    headings = re.findall(r"^## (.+)$", PAGE[: PAGE.index(example)], re.MULTILINE)
    return headings[-1]


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "report.txt").write_text("Отчёт за год: всё хорошо.\n", encoding="utf-8")
    for name in list(os.environ):
        if name.startswith("GIGACHAT_"):
            monkeypatch.delenv(name)
    return tmp_path


@pytest.mark.parametrize("example", EXAMPLES, ids=name_of)
def test_example_runs(example, here, monkeypatch, capsys):
    plan = "corp" if "create_batch" in example else "b2b"
    with emulator_thread(EmulatorOptions(characters_per_s=0, tls=True, plan=plan)) as endpoint:
        monkeypatch.setenv("GIGACHAT_CREDENTIALS", endpoint.credentials)
        monkeypatch.setenv("GIGACHAT_SCOPE", endpoint.scope)
        monkeypatch.setenv("GIGACHAT_BASE_URL", endpoint.base_url)
        monkeypatch.setenv("GIGACHAT_AUTH_URL", endpoint.auth_url)
        monkeypatch.setenv("GIGACHAT_CA_BUNDLE_FILE", endpoint.ca_file)
        names: dict = {"__name__": "example"}
        code = compile(example, "docs/library.md", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
        if code.co_flags & inspect.CO_COROUTINE:
            asyncio.run(eval(code, names))  # noqa: S307 - our own page
        else:
            exec(code, names)  # noqa: S102 - our own page

    said = capsys.readouterr().out
    expected = {
        "The first answer": "Привет",
        "Streaming": "stop Usage(",
        "Built-in tools": ("image/jpeg", "[1] https://"),
        "Files": "of",
        "Assistants and threads": "assistant ",
        "Errors and what to do": "another key, please",
        "When it does not work": "balance  ok",
        "As a provider": "Привет",
    }.get(name_of(example), "")
    choices = (expected,) if isinstance(expected, str) else expected
    assert any(words in said for words in choices)
    if name_of(example) == "Functions":
        assert names["answer"][-1].reason == "stop"
    if name_of(example) == "Files":
        assert (here / "copy.txt").read_bytes() == (here / "report.txt").read_bytes()


def test_page_has_its_examples():
    assert len(EXAMPLES) >= 11
    assert all(textwrap.dedent(example) == example for example in EXAMPLES)


def test_every_name_on_the_page_exists():
    known = {name for module in (library, gigadesk.errors) for name in vars(module)} | set(library.__all__)
    plain = re.sub(r"```.*?```", "", PAGE, flags=re.DOTALL)
    named = {word for word in re.findall(r"`([A-Z]\w+)[`(.]", plain) if not word.isupper()}

    assert named - known - {"Authorization", "Retry"} == set()


def test_every_error_is_in_the_table():
    named = set(re.findall(r"`(\w+Error)`", PAGE))
    raised = {
        name
        for name, value in vars(gigadesk.errors).items()
        if inspect.isclass(value) and issubclass(value, gigadesk.errors.GigadeskError)
    }

    # Groups, and what only the program itself can raise.
    assert raised - named == {"ServiceError", "KeyringError", "SettingsError", "UnexpectedError", "WebPictureError"}


def test_every_variable_is_in_the_table():
    source = (Path(library.__file__).parent / "options.py").read_text(encoding="utf-8")
    read = set(re.findall(r'_(?:variable|truth|number|whole_number)\("([A-Z_]+)"\)', source)) | {"PASSWORD", "FLAGS"}

    for name in read:
        assert f"`GIGACHAT_{name}`" in PAGE
    for option in re.findall(r"^\| `GIGACHAT_.*?\| (.*?) \|$", PAGE, re.MULTILINE):
        for name in re.findall(r"`(\w+)`", option):
            assert name in asdict(ClientOptions())
