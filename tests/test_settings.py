"""Settings survive the disk, and a bad file costs as little as possible."""

import errno
import json
import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigadesk.errors import SettingsError, StorageCause, StorageError
from gigadesk.settings import (
    MAX_ACCOUNTS,
    Account,
    ApiChoice,
    Appearance,
    FollowMode,
    Generation,
    Keeping,
    Language,
    Scope,
    Settings,
    SettingsFile,
    SignIn,
    Theme,
    from_json,
    to_json,
)
from gigadesk.settings import file as file_module
from gigadesk.settings import stored as stored_module

texts = st.text(st.characters(exclude_characters="\0\r\u2028\u2029", exclude_categories=["Cs"]), max_size=50)
names = texts.map(str.strip).filter(bool)


def numbers(low: float, high: float, *, exclude_low: bool = False) -> st.SearchStrategy[float]:
    return st.floats(low, high, exclude_min=exclude_low)


valid_accounts = st.builds(
    Account,
    id=names,
    name=names,
    sign_in=st.sampled_from(SignIn),
    scope=st.none() | st.sampled_from(Scope),
    base_url=texts,
    auth_url=texts,
    proxy=texts,
    ca_file=texts,
    lanes=st.integers(0, 100),
    user=texts,
    certificate_file=texts,
    certificate_key_file=texts,
    api=st.sampled_from(ApiChoice),
)


@st.composite
def valid_settings_of(draw, parts):
    accounts = tuple(draw(st.lists(valid_accounts, min_size=1, max_size=4, unique_by=lambda account: account.id)))
    default = draw(st.sampled_from(accounts))
    return replace(draw(parts), accounts=accounts, default_account=default.id)


valid_settings = st.builds(
    Settings,
    generation=st.builds(
        Generation,
        model=texts,
        temperature=st.none() | numbers(0, 2, exclude_low=True),
        top_p=st.none() | numbers(0, 1),
        max_tokens=st.none() | st.integers(1, 2**31 - 1),
        repetition_penalty=st.none() | numbers(0, 10, exclude_low=True),
        system_prompt=texts,
        update_interval_s=numbers(0, 10),
    ),
    keeping=st.builds(Keeping, trash_days=st.integers(0, 3650)),
    appearance=st.builds(
        Appearance,
        theme=st.sampled_from(Theme),
        font_size_pt=st.just(0) | st.integers(6, 40),
        language=st.sampled_from(Language),
        follow_mode=st.sampled_from(FollowMode),
        zoom_percent=st.integers(50, 300),
    ),
).flatmap(lambda parts: valid_settings_of(st.just(parts)))
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
keys = {
    section: list(vars_)
    for section, vars_ in {
        "account": Account.__dataclass_fields__,
        "generation": Generation.__dataclass_fields__,
        "appearance": Appearance.__dataclass_fields__,
        "keeping": Keeping.__dataclass_fields__,
        "window": {"width": 0},
    }.items()
}
stored_accounts = st.dictionaries(st.sampled_from([*keys["account"], "title"]), json_values | names)
any_files = st.fixed_dictionaries(
    {},
    optional={
        **{section: json_values | st.dictionaries(st.sampled_from(of), json_values) for section, of in keys.items()},
        "account": json_values | stored_accounts,
        "accounts": json_values | st.lists(json_values | stored_accounts, max_size=4),
    },
)


@given(valid_settings)
def test_valid_settings_survive_json(settings):
    assert from_json(json.loads(json.dumps(to_json(settings)))) == settings


@given(any_files)
def test_any_json_gives_settings_that_survive(stored):
    settings = from_json(stored)

    assert from_json(json.loads(json.dumps(to_json(settings, stored)))) == settings


def test_every_field_is_saved_and_read():
    """A new field without a reader would be forgotten in silence."""
    read = {section: set(readers) for section, readers in stored_module._READERS.items()}

    assert read == {section: set(names_) for section, names_ in keys.items() if section != "window"}


def test_defaults_need_no_word():
    assert to_json(Settings()) == {}


def test_only_differences_are_written():
    settings = Settings(generation=Generation(temperature=0.5), appearance=Appearance(theme=Theme.DARK))

    assert to_json(settings) == {"generation": {"temperature": 0.5}, "appearance": {"theme": "dark"}}


def test_unknown_keys_stay_and_known_defaults_go():
    stored = {"plugins": [1], "appearance": {"theme": "dark", "accent": "red"}, "account": {"lanes": 3}}

    assert to_json(Settings(), stored) == {"plugins": [1], "appearance": {"accent": "red"}}


@pytest.mark.parametrize(
    ("section", "key", "value"),
    [
        ("generation", "temperature", 0),
        ("generation", "temperature", 2.1),
        ("generation", "temperature", float("nan")),
        ("generation", "temperature", "0.5"),
        ("generation", "temperature", True),
        ("generation", "temperature", 10**400),
        ("generation", "top_p", -0.1),
        ("generation", "top_p", 1.1),
        ("generation", "max_tokens", 0),
        ("generation", "max_tokens", 1.5),
        ("generation", "max_tokens", 2**31),
        ("generation", "repetition_penalty", 0),
        ("generation", "repetition_penalty", float("inf")),
        ("generation", "update_interval_s", -1),
        ("generation", "update_interval_s", 11),
        ("generation", "update_interval_s", None),
        ("generation", "model", "x" * 201),
        ("appearance", "font_size_pt", 5),
        ("appearance", "font_size_pt", 41),
        ("appearance", "font_size_pt", False),
        ("appearance", "zoom_percent", 49),
        ("appearance", "zoom_percent", 301),
        ("appearance", "zoom_percent", 110.5),
        ("appearance", "theme", "sepia"),
        ("appearance", "language", ["ru"]),
        ("account", "name", "  "),
        ("account", "scope", "GIGACHAT_API_STARSHIP"),
        ("account", "lanes", -1),
        ("account", "base_url", 5),
    ],
)
def test_wrong_value_costs_only_itself(section, key, value):
    stored = {section: {key: value}, "generation": {"system_prompt": "Be brief."}}
    stored["generation"] |= {key: value} if section == "generation" else {}

    assert from_json(stored) == Settings(generation=Generation(system_prompt="Be brief."))


def test_text_is_cleaned():
    stored = json.loads('{"generation": {"system_prompt": "a\\ud800\\r\\nb\\u0000"}}')

    assert from_json(stored).generation.system_prompt == "a\ufffd\nb\ufffd"


def test_file_comes_back_after_a_restart(tmp_path: Path):
    path = tmp_path / "data" / "settings.json"
    chosen = Settings(accounts=(Account(scope=Scope.CORP),), appearance=Appearance(language=Language.RUSSIAN))

    SettingsFile(path).save(chosen)
    again = SettingsFile(path)

    assert again.load() == chosen
    assert again.problem is None
    assert [name.name for name in path.parent.iterdir()] == ["settings.json"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_only_the_owner_can_read_the_file(tmp_path: Path):
    path = tmp_path / "data" / "settings.json"

    SettingsFile(path).save(Settings())

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_no_file_is_no_problem(tmp_path: Path):
    file = SettingsFile(tmp_path / "settings.json")

    assert file.load() == Settings()
    assert file.problem is None


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 200_000, b"1" * 5000, b'{"a": ' + b"9" * 5000 + b"}"],
    ids=["empty", "cut", "list", "null", "not UTF-8", "deep", "number", "huge number"],
)
def test_damaged_file_is_set_aside(tmp_path: Path, content: bytes):
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    file = SettingsFile(path)

    assert file.load() == Settings()

    assert isinstance(file.problem, SettingsError)
    assert not path.exists()
    assert Path(file.problem.path).read_bytes() == content


def test_byte_order_mark_of_an_editor_is_read(tmp_path: Path):
    path = tmp_path / "settings.json"
    path.write_bytes(b'\xef\xbb\xbf{"appearance": {"theme": "dark"}}')

    assert SettingsFile(path).load() == Settings(appearance=Appearance(theme=Theme.DARK))


def test_unreadable_folder_in_place_of_the_file(tmp_path: Path):
    path = tmp_path / "settings.json"
    path.mkdir()
    file = SettingsFile(path)

    assert file.load() == Settings()
    assert file.problem is not None


def test_disk_errors_are_typed(tmp_path: Path):
    blocker = tmp_path / "data"
    blocker.write_text("a file where the folder should be", encoding="utf-8")

    with pytest.raises(StorageError) as caught:
        SettingsFile(blocker / "settings.json").save(Settings(accounts=(Account(lanes=2),)))

    assert caught.value.cause is StorageCause.UNKNOWN
    assert caught.value.path == str(blocker / "settings.json")


@pytest.mark.parametrize(
    ("number", "cause"),
    [(errno.ENOSPC, StorageCause.FULL), (errno.EROFS, StorageCause.READ_ONLY), (errno.EIO, StorageCause.UNKNOWN)],
)
def test_cause_follows_the_system(number, cause):
    assert file_module._cause(OSError(number, "x")) is cause


WORK = Account(id="work", name="Work", sign_in=SignIn.PASSWORD, user="me")
HOME = Account()


def test_the_file_of_one_account_is_the_account():
    stored = {"account": {"name": "mine", "scope": "GIGACHAT_API_B2B", "proxy": "none"}, "accent": 1}

    settings = from_json(stored)

    assert settings.accounts == (Account(id="mine", name="mine", scope=Scope.B2B, proxy="none"),)
    assert settings.account is settings.accounts[0]
    assert to_json(settings, stored) == stored


def test_several_accounts_keep_their_order_and_the_default_one_its_old_place():
    settings = Settings(accounts=(WORK, HOME), default_account=HOME.id)

    stored = to_json(settings)

    assert stored == {
        "accounts": [{"name": "work", "title": "Work", "sign_in": "password", "user": "me"}, {"name": "GigaChat"}]
    }
    assert from_json(stored) == settings


def test_an_older_program_finds_the_default_account_and_its_change_counts():
    stored = to_json(Settings(accounts=(HOME, WORK), default_account="work"))
    assert stored["account"] == {"name": "work", "title": "Work", "sign_in": "password", "user": "me"}

    stored["account"]["lanes"] = 3

    assert from_json(stored) == Settings(accounts=(HOME, replace(WORK, lanes=3)), default_account="work")


def test_what_is_not_known_stays_with_its_account_when_another_becomes_the_default():
    stored = {"account": {"lanes": 2, "colour": "red"}, "accounts": [{"name": "GigaChat"}, {"name": "work", "b": 1}]}
    settings = from_json(stored)

    moved = to_json(replace(settings, default_account="work"), stored)

    assert moved["account"] == {"name": "work", "b": 1}
    assert moved["accounts"] == [{"name": "GigaChat", "lanes": 2, "colour": "red"}, {"name": "work"}]
    assert to_json(settings, moved) == stored


@pytest.mark.parametrize(
    "entries",
    [None, 7, {}, [None, 7, [], {}, {"name": ""}, {"name": 5}], [{"name": "GigaChat"}, {"name": "GigaChat"}]],
    ids=["null", "number", "object", "no accounts", "the same twice"],
)
def test_there_is_always_an_account(entries):
    assert from_json({"accounts": entries}) == Settings()


def test_accounts_are_bounded():
    stored = {"accounts": [{"name": str(number)} for number in range(MAX_ACCOUNTS * 2)]}

    assert len(from_json(stored).accounts) == MAX_ACCOUNTS


def test_an_account_is_found_by_its_id_and_a_removed_one_is_the_default():
    settings = Settings(accounts=(HOME, WORK), default_account="work")

    assert settings.account_of("GigaChat") == HOME
    assert settings.account_of("") == settings.account_of("gone") == WORK
    assert replace(settings, default_account="gone").account == HOME


def test_an_account_is_replaced_or_added():
    settings = Settings().with_account(WORK)

    assert settings.accounts == (HOME, WORK)
    assert settings.with_account(replace(HOME, lanes=2)).accounts == (Account(lanes=2), WORK)
