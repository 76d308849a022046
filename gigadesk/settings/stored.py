"""Settings as JSON that holds only what differs from `Settings()`. Does no I/O."""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any, TypeVar

from gigadesk.limits import LINK_MAX_CHARS, MESSAGE_MAX_CHARS, TITLE_MAX_CHARS
from gigadesk.settings.values import (
    MAX_ACCOUNTS,
    MAX_FONT_SIZE_PT,
    MAX_LANES,
    MAX_REPETITION_PENALTY,
    MAX_TEMPERATURE,
    MAX_TOKENS,
    MAX_TRASH_DAYS,
    MAX_UPDATE_INTERVAL_S,
    MAX_ZOOM_PERCENT,
    MIN_FONT_SIZE_PT,
    MIN_ZOOM_PERCENT,
    Account,
    ApiChoice,
    Appearance,
    FollowMode,
    Generation,
    Keeping,
    Language,
    Scope,
    Settings,
    SignIn,
    Theme,
)
from gigadesk.text import clean


def to_json(settings: Settings, stored: Mapping[str, object] | None = None) -> dict[str, object]:
    """Sections and keys that differ from the defaults, over the unknown ones of `stored`. Pure.

    The default account is the section `account`, as it was when there was only one: an older program finds it there,
    and leaves `accounts`, the list of all, alone. In that list the default account is a mere `{"name": id}`.
    """
    result: dict[str, object] = dict(stored or {})
    for name, chosen in _sections(settings):
        _put(result, name, _changed(chosen, getattr(_DEFAULTS, name), _READERS[name], result.get(name)))
    default = settings.account
    known = {_id_of(entry): entry for entry in _entries(result)}
    known[_id_of(result.get("account")) or Account().id] = result.get("account")
    # Unknown keys go along with their account when another one becomes the default.
    written = {account.id: _account_json(account, known.get(account.id)) for account in settings.accounts}
    _put(result, "account", {key: value for key, value in written[default.id].items() if (key, value) != _FIRST_ID})
    others = {account_id: values for account_id, values in written.items() if account_id != default.id}
    listed = [others.get(each.id, {"name": default.id}) for each in settings.accounts]
    _put(result, "accounts", listed if others else [])
    return result


def from_json(stored: Mapping[str, object]) -> Settings:
    """Settings from decoded JSON of any shape: a value that is missing, wrong or out of range is the default. Pure."""
    default = _account(stored.get("account"))
    accounts = {default.id: default}
    if any(_id_of(entry) == default.id for entry in _entries(stored)):
        accounts = {}  # the list says where among the others it stands
    for entry in _entries(stored):
        account = default if _id_of(entry) == default.id else _account(entry)
        if len(accounts) < MAX_ACCOUNTS or account is default:
            accounts.setdefault(account.id, account)
    return Settings(
        accounts=tuple(accounts.values()),
        default_account=default.id,
        generation=_section(stored.get("generation"), _DEFAULTS.generation, _READERS["generation"]),
        appearance=_section(stored.get("appearance"), _DEFAULTS.appearance, _READERS["appearance"]),
        keeping=_section(stored.get("keeping"), _DEFAULTS.keeping, _READERS["keeping"]),
    )


_Section = TypeVar("_Section", Account, Generation, Appearance, Keeping)
_Reader = Callable[[object], Any]  # Any: each field has its own type, which `replace` puts in its place
# A reader raises ValueError for whatever is wrong with a value, its type too (hence the noqa: TRY004).
_DEFAULTS = Settings()
_FIRST_ID = ("name", Account().id)


def _sections(settings: Settings) -> tuple[tuple[str, object], ...]:
    return ("generation", settings.generation), ("appearance", settings.appearance), ("keeping", settings.keeping)


def _put(result: dict[str, object], name: str, value: dict[str, object] | list[dict[str, object]]) -> None:
    result.pop(name, None)
    if value:
        result[name] = value


def _changed(chosen: object, default: object, names: Iterable[str], old: object) -> dict[str, object]:
    """What differs from the default, over what is not known here."""
    values: dict[str, object] = dict(old) if isinstance(old, Mapping) else {}
    for name in names:
        values.pop(name, None)
        if getattr(chosen, name) != getattr(default, name):
            values[name] = getattr(chosen, name)
    return values


def _account_json(account: Account, old: object) -> dict[str, object]:
    values = _changed(account, Account(name=account.id), _READERS["account"], old)
    # What is called an account's name in the file was both once: its keyring name and what the user reads.
    title = values.pop("name", None)
    values.pop("id", None)
    values.pop("title", None)
    return {"name": account.id, **({"title": title} if title else {}), **values}


def _account(entry: object) -> Account:
    if not isinstance(entry, Mapping):
        return Account()
    account_id = _id_of(entry) or Account().id
    named = {**entry, "id": account_id, "name": entry.get("title", account_id)}
    return _section(named, Account(id=account_id, name=account_id), _READERS["account"])


def _entries(stored: Mapping[str, object]) -> list[object]:
    """The accounts of the list that can be told from each other."""
    entries = stored.get("accounts")
    return [entry for entry in entries if _id_of(entry)] if isinstance(entries, list) else []


def _id_of(entry: object) -> str:
    if not isinstance(entry, Mapping):
        return ""
    try:
        return str(_account_name(entry.get("name")))
    except ValueError:
        return ""


def _section(values: object, default: _Section, readers: Mapping[str, _Reader]) -> _Section:
    if not isinstance(values, Mapping):
        return default
    chosen = {}
    for key, read in readers.items():
        if key in values:
            try:
                chosen[key] = read(values[key])
            except (ValueError, OverflowError):
                continue
    return replace(default, **chosen)


def _text(max_chars: int = LINK_MAX_CHARS) -> _Reader:
    def read(value: object) -> str:
        if not isinstance(value, str) or len(value) > max_chars:
            raise ValueError
        return clean(value)

    return read


def _account_name(value: object) -> str:
    # An empty user name would mean "any" to some keyrings.
    name: str = _text(TITLE_MAX_CHARS)(value).strip()
    if not name:
        raise ValueError
    return name


def _choice(kind: type[StrEnum]) -> _Reader:
    def read(value: object) -> StrEnum:
        if not isinstance(value, str):
            raise ValueError  # noqa: TRY004
        return kind(value)

    return read


def _number(is_valid: Callable[[float], bool]) -> _Reader:
    def read(value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ValueError  # noqa: TRY004
        number = float(value)
        if not math.isfinite(number) or not is_valid(number):
            raise ValueError
        return number

    return read


def _whole(is_valid: Callable[[int], bool]) -> _Reader:
    def read(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not is_valid(value):
            raise ValueError
        return value

    return read


def _or_none(read: _Reader) -> _Reader:
    return lambda value: None if value is None else read(value)


_READERS: dict[str, dict[str, _Reader]] = {
    "account": {
        "id": _account_name,
        "name": _account_name,
        "sign_in": _choice(SignIn),
        "scope": _or_none(_choice(Scope)),
        "base_url": _text(),
        "auth_url": _text(),
        "proxy": _text(),
        "ca_file": _text(),
        "lanes": _whole(lambda value: 0 <= value <= MAX_LANES),
        "user": _text(),
        "certificate_file": _text(),
        "certificate_key_file": _text(),
        "api": _choice(ApiChoice),
    },
    "generation": {
        "model": _text(TITLE_MAX_CHARS),
        "temperature": _or_none(_number(lambda value: 0 < value <= MAX_TEMPERATURE)),
        "top_p": _or_none(_number(lambda value: 0 <= value <= 1)),
        "max_tokens": _or_none(_whole(lambda value: 0 < value <= MAX_TOKENS)),
        "repetition_penalty": _or_none(_number(lambda value: 0 < value <= MAX_REPETITION_PENALTY)),
        "system_prompt": _text(MESSAGE_MAX_CHARS),
        "update_interval_s": _number(lambda value: 0 <= value <= MAX_UPDATE_INTERVAL_S),
    },
    "appearance": {
        "theme": _choice(Theme),
        "font_size_pt": _whole(lambda value: value == 0 or MIN_FONT_SIZE_PT <= value <= MAX_FONT_SIZE_PT),
        "language": _choice(Language),
        "follow_mode": _choice(FollowMode),
        "zoom_percent": _whole(lambda value: MIN_ZOOM_PERCENT <= value <= MAX_ZOOM_PERCENT),
    },
    "keeping": {"trash_days": _whole(lambda value: 0 <= value <= MAX_TRASH_DAYS)},
}
