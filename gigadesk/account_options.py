"""How an account asks: its scope, its lanes, the place of its secret, and the options of its client. Does no I/O.

The environment of the official SDK is read here, and is meant for the default account only.
"""

import os
from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from gigadesk.errors import GigadeskError, MissingAuthError, TokenExpiredError
from gigadesk.settings import Account, ApiChoice, Scope, SignIn

if TYPE_CHECKING:
    from gigadesk.gigachat.options import ClientOptions

_LANES = {Scope.PERS: 1, Scope.B2B: 10, Scope.CORP: 10}


def has_environment_sign_in() -> bool:
    """Whether the variables of the official SDK hold a way to sign in."""
    names = ("CREDENTIALS", "ACCESS_TOKEN", "CERT_FILE")
    has_password = bool(_variable("USER") and os.environ.get("GIGACHAT_PASSWORD"))
    return has_password or any(_variable(name) for name in names)


def effective_scope(account: Account, *, is_default: bool = True) -> Scope:
    """The scope to ask with: the account's own, else that of the environment if it is the default account."""
    if account.scope is not None:
        return account.scope
    named = _variable("SCOPE") if is_default else ""
    return Scope(named) if named in list(Scope) else Scope.PERS


def lanes(account: Account, *, is_default: bool = True) -> int:
    """How many answers this account may have written at once."""
    return account.lanes or _LANES[effective_scope(account, is_default=is_default)]


def secret_name(account_id: str, sign_in: SignIn) -> str:
    """Under which name the keyring keeps the secret of an account; empty for what is never kept.

    Each kind has a name of its own: a key must never be sent as a password because the kind was changed.
    """
    match sign_in:
        case SignIn.KEY:
            return account_id
        case SignIn.PASSWORD:
            return f"{account_id} (password)"
        case SignIn.CERTIFICATE:
            return f"{account_id} (certificate)"
        case SignIn.TOKEN:
            # Over a kilobyte, more than some keyrings take, and worth nothing after half an hour.
            return ""
        case _:
            assert_never(sign_in)


def _variable(name: str) -> str:
    return os.environ.get(f"GIGACHAT_{name}", "").strip()


def asks_alike(one: Account, other: Account | None) -> bool:
    """Whether a client for the one serves the other: names, lanes and the contract are nothing to it."""

    def asked_with(account: Account) -> Account:
        return replace(account, name="", lanes=0, api=ApiChoice.AUTO)

    return other is not None and asked_with(one) == asked_with(other)


def client_options(account: Account, secret: str, *, is_default: bool, is_strict: bool = True) -> "ClientOptions":
    """How a client asks for this account with this secret; without `is_strict` also when there is none.

    Raises:
        MissingAuthError: there is nothing to sign in with.
        TokenExpiredError: the ready token was for an earlier run of the program.
    """
    from gigadesk.gigachat.options import ClientOptions

    is_environments = not secret and account.sign_in is SignIn.KEY and is_default and has_environment_sign_in()
    error = None if is_environments else missing(account, secret)
    if error is not None and (is_strict or (is_default and has_environment_sign_in())):
        # What the environment holds is another account's: it must not fill in here.
        raise error
    options = ClientOptions(
        scope=effective_scope(account, is_default=is_default),
        base_url=account.base_url,
        auth_url=account.auth_url,
        ca_file=account.ca_file,
        proxy=account.proxy,
        retry_rate_limits=False,  # the queue of replies waits by itself
        # It speaks of one account: the secrets of the others never go where it says, nor its certificate with theirs.
        uses_environment=is_default,
    )
    match account.sign_in:
        case SignIn.KEY:
            return replace(options, credentials=secret)
        case SignIn.TOKEN:
            return replace(options, access_token=secret)
        case SignIn.PASSWORD:
            return replace(options, user=account.user, password=secret)
        case SignIn.CERTIFICATE:
            key_file = account.certificate_key_file
            return replace(options, cert_file=account.certificate_file, key_file=key_file, key_file_password=secret)
        case _:
            assert_never(account.sign_in)


def missing(account: Account, secret: str) -> GigadeskError | None:
    """Why nobody can sign in with this."""
    match account.sign_in:
        case SignIn.KEY:
            return None if secret else MissingAuthError()
        case SignIn.TOKEN:
            return None if secret else TokenExpiredError()
        case SignIn.PASSWORD:
            return None if secret and account.user else MissingAuthError()
        case SignIn.CERTIFICATE:
            return None if account.certificate_file else MissingAuthError()
        case _:
            assert_never(account.sign_in)
