"""Several accounts, each with its own way to sign in, against as many emulated services."""

import asyncio
import json
import urllib.request
import uuid
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import asdict, replace

import pytest

from gigadesk.account import AccountService
from gigadesk.account_options import asks_alike, secret_name
from gigadesk.accounts import Accounts
from gigadesk.chat import FileKind, Role
from gigadesk.credentials import SERVICE, Credentials, FoundBackEnd
from gigadesk.emulator import Emulator, EmulatorOptions
from gigadesk.errors import (
    KeyRejectedError,
    KeyringCause,
    KeyringError,
    MissingAuthError,
    PasswordRejectedError,
    TokenExpiredError,
)
from gigadesk.gigachat.events import Finished, ReplyRequest, RequestMessage, TextDelta
from gigadesk.gigachat.findings import Step, Verdict
from gigadesk.gigachat.options import with_environment
from gigadesk.settings import Account, ApiChoice, Scope, Settings, SignIn

KEY, TOKEN, PASSWORD, CERTIFICATE = SignIn
ENVIRONMENT = ("CREDENTIALS", "ACCESS_TOKEN", "USER", "PASSWORD", "CERT_FILE", "SCOPE", "BASE_URL", "AUTH_URL")


class Keyring:
    """A keyring in memory. With `is_locked` it refuses."""

    def __init__(self, **kept) -> None:
        self.kept = dict(kept)
        self.asked = []
        self.is_locked = False

    def get_password(self, service, name):
        assert service == SERVICE
        self.asked.append(name)
        if self.is_locked:
            raise KeyringError(KeyringCause.LOCKED)
        return self.kept.get(name)

    def set_password(self, service, name, password):
        assert service == SERVICE
        self.kept[name] = password

    def delete_password(self, service, name):
        assert service == SERVICE
        del self.kept[name]


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch):
    for name in ENVIRONMENT:
        monkeypatch.delenv(f"GIGACHAT_{name}", raising=False)
    monkeypatch.setenv("GIGACHAT_MAX_RETRIES", "0")


def credentials(keyring):
    return Credentials(find=lambda: FoundBackEnd("memory", keyring, lambda: False))


def at(endpoint, **values):
    return Account(base_url=endpoint.base_url, auth_url=endpoint.auth_url, ca_file=endpoint.ca_file, **values)


@asynccontextmanager
async def services(*options):
    """As many emulators with their endpoints."""
    async with AsyncExitStack() as stack:
        found = []
        for each in options:
            emulator = Emulator(EmulatorOptions(characters_per_s=0, **each))
            endpoint = await emulator.start()
            stack.push_async_callback(emulator.stop)
            found.append((emulator, endpoint))
        yield found


async def answer(service, question="Hello"):
    request = ReplyRequest("GigaChat-2", (RequestMessage(Role.USER, question),))
    events = [event async for event in service.reply(request)]
    assert isinstance(events[-1], Finished)
    return "".join(event.text for event in events if isinstance(event, TextDelta))


async def ready_token(endpoint):
    """A token as somebody else would fetch it."""
    headers = {"Authorization": f"Basic {endpoint.credentials}", "RqUID": str(uuid.uuid4())}
    body = f"scope={endpoint.scope}".encode()
    request = urllib.request.Request(endpoint.auth_url, body, headers)  # noqa: S310 - the emulator's own address
    with await asyncio.to_thread(urllib.request.urlopen, request) as response:
        return json.load(response)["access_token"]


def test_each_account_asks_its_own_service_with_its_own_key(run_async):
    async def story():
        async with services({"seed": 1}, {"seed": 2}) as ((first, one), (second, two)):
            settings = Settings(accounts=(at(one, id="a"), at(two, id="b")), default_account="a")
            keyring = Keyring(a=one.credentials, b=two.credentials)
            accounts = Accounts(settings, credentials(keyring))
            await accounts.service("").load_secret()
            await accounts.load_others()
            first.answer_next("from the first")
            second.answer_next("from the second")

            assert await answer(accounts.service("b")) == "from the second"
            assert await answer(accounts.service("")) == "from the first"
            assert await answer(accounts.service("removed")) != ""
            assert len(first.requests_to("/chat/completions")) == 2
            await accounts.close()

    run_async(story())


@pytest.mark.parametrize("kind", [KEY, PASSWORD, CERTIFICATE], ids=str)
def test_every_way_to_sign_in_works(run_async, kind):
    async def story():
        options = {KEY: {}, PASSWORD: {"user": "me"}, CERTIFICATE: {"tls": True, "mtls": "required"}}[kind]
        async with services(options) as ((_, endpoint),):
            more = {
                KEY: {},
                PASSWORD: {"user": endpoint.user},
                CERTIFICATE: {
                    "certificate_file": endpoint.cert_file,
                    "certificate_key_file": endpoint.protected_key_file,
                },
            }[kind]
            secret = {
                KEY: endpoint.credentials,
                PASSWORD: endpoint.password,
                CERTIFICATE: endpoint.key_file_password,
            }[kind]
            account = at(endpoint, sign_in=kind, **more)
            if kind is PASSWORD:
                account = replace(account, base_url=endpoint.old_base_url)
            keyring = Keyring(**{secret_name(account.id, kind): secret})
            service = AccountService(account, credentials(keyring), is_default=True)
            await service.load_secret()

            assert service.can_sign_in
            assert service.is_kept
            assert await answer(service)
            assert {package.model for package in await service.balance()} >= {"GigaChat-2"}
            assert await service.count_tokens("GigaChat-2", ["Hello", "world"]) > 1
            await service.close()

    run_async(story())


def test_a_file_goes_up_and_comes_down(run_async, tmp_path):
    async def story():
        async with services({}) as ((_, endpoint),):
            service = AccountService(at(endpoint), credentials(Keyring()), is_default=True)
            service.use_secret(endpoint.credentials)
            source, target = tmp_path / "note.txt", tmp_path / "back"
            source.write_text("hello " * 100)
            seen = []

            file_id = await service.upload(source, "note.txt", "text/plain", lambda done, total: seen.append(done))
            kind, mime, size_bytes = await service.download(file_id, target, lambda done, total: None)

            assert (kind, mime, size_bytes) == (FileKind.TEXT, "text/plain", 600)
            assert target.read_bytes() == source.read_bytes()
            assert seen[-1] >= 600
            await service.close()

    run_async(story())


def test_a_ready_token_is_used_and_never_kept(run_async):
    async def story():
        async with services({}) as ((emulator, endpoint),):
            keyring = Keyring()
            account = at(endpoint, sign_in=TOKEN)
            service = AccountService(account, credentials(keyring), is_default=True)
            await service.load_secret()
            with pytest.raises(TokenExpiredError):
                await answer(service)

            await service.save_secret(await ready_token(endpoint))

            assert await answer(service)
            assert not service.is_kept
            assert (keyring.kept, keyring.asked) == ({}, [])
            emulator.expire_tokens()
            with pytest.raises(TokenExpiredError):
                await answer(service)
            await service.close()

    run_async(story())


@pytest.mark.parametrize("kind", list(SignIn), ids=str)
def test_without_a_secret_nothing_is_asked(run_async, kind):
    async def story():
        async with services({}) as ((emulator, endpoint),):
            service = AccountService(at(endpoint, sign_in=kind), credentials(Keyring()), is_default=True)
            await service.load_secret()

            with pytest.raises(TokenExpiredError if kind is TOKEN else MissingAuthError):
                await answer(service)

            assert not service.can_sign_in
            assert list(emulator.requests) == []
            await service.close()

    run_async(story())


def test_a_key_is_never_taken_for_a_password(run_async):
    async def story():
        async with services({"user": "me"}) as ((emulator, endpoint),):
            keyring = Keyring(GigaChat=endpoint.credentials)
            service = AccountService(at(endpoint), credentials(keyring), is_default=True)
            await service.load_secret()
            assert await answer(service)

            by_password = replace(at(endpoint, sign_in=PASSWORD, user="me"), base_url=endpoint.old_base_url)
            has_to_be_read = service.configure(by_password, is_default=True)
            await service.load_secret()

            assert has_to_be_read
            with pytest.raises(MissingAuthError):
                await answer(service)
            assert list(emulator.requests_to("/token")) == []
            await service.save_secret("wrong")
            with pytest.raises(PasswordRejectedError):
                await answer(service)
            assert set(keyring.kept) == {"GigaChat", "GigaChat (password)"}
            await service.close()

    run_async(story())


def test_the_environment_is_for_the_default_account_only(run_async, monkeypatch):
    async def story():
        async with services({"seed": 1}, {"seed": 2}) as ((first, one), (second, two)):
            monkeypatch.setenv("GIGACHAT_CREDENTIALS", one.credentials)
            monkeypatch.setenv("GIGACHAT_BASE_URL", one.base_url)
            monkeypatch.setenv("GIGACHAT_AUTH_URL", one.auth_url)
            monkeypatch.setenv("GIGACHAT_SCOPE", Scope.B2B)
            settings = Settings(accounts=(Account(scope=Scope.PERS), at(two, id="b")))
            accounts = Accounts(settings, credentials(Keyring()))
            await accounts.service("").load_secret()
            await accounts.load_others()

            assert accounts.service("").is_environments
            assert await answer(accounts.service(""))
            with pytest.raises(MissingAuthError):
                await answer(accounts.service("b"))
            assert (len(first.requests_to("/chat/completions")), len(second.requests)) == (1, 0)
            assert accounts.scope("b") is Scope.PERS
            errors = [finding.error async for finding in accounts.diagnose("b") if finding.step is Step.TOKEN]
            assert [type(error) for error in errors] == [MissingAuthError]
            assert len(first.requests_to("/chat/completions")) == 1
            await accounts.close()

    run_async(story())


@pytest.mark.parametrize("kind", list(SignIn))
def test_no_variable_reaches_another_account(run_async, monkeypatch, kind):
    async def story():
        names = ("CREDENTIALS", "ACCESS_TOKEN", "USER", "PASSWORD", "SCOPE", "BASE_URL", "AUTH_URL", "CA_BUNDLE_FILE")
        more = ("CERT_FILE", "KEY_FILE", "KEY_FILE_PASSWORD", "MODEL", "FLAGS")
        for name in (*names, *more):
            monkeypatch.setenv(f"GIGACHAT_{name}", "canary")
        other = Account(id="b", sign_in=kind, user="u", certificate_file="own.pem")
        accounts = Accounts(Settings(accounts=(Account(), other)), credentials(Keyring()))
        service = accounts.service("b")
        service.use_secret("secret")

        for options in (service.options(), service.diagnosis_options()):
            assert "canary" not in str(asdict(with_environment(options)))
        assert "canary" in str(asdict(with_environment(accounts.service("").options(Account(), "secret"))))
        await accounts.close()

    run_async(story())


def test_only_the_client_of_a_changed_account_is_replaced(run_async):
    async def story():
        async with services({"seed": 1}, {"seed": 2}) as ((_, one), (_, two)):
            settings = Settings(accounts=(at(one, id="a"), at(two, id="b")), default_account="a")
            accounts = Accounts(settings, credentials(Keyring(a=one.credentials, b=two.credentials)))
            for account_id in accounts.ids:
                await accounts.service(account_id).load_secret()
                await answer(accounts.service(account_id))
            clients = [accounts.service(each)._client for each in accounts.ids]

            changed = settings.with_account(replace(settings.accounts[0], name="Mine", lanes=3, api=ApiChoice.V2))
            assert accounts.configure(changed) == ()
            assert [accounts.service(each)._client for each in accounts.ids] == clients
            assert (accounts.lanes("a"), accounts.uses_v2("a"), accounts.uses_v2("b")) == (3, True, False)

            changed = changed.with_account(replace(changed.accounts[1], scope=Scope.CORP))
            accounts.configure(changed)
            assert [accounts.service(each)._client for each in accounts.ids] == [clients[0], None]
            assert accounts.lanes("b") == 10
            await accounts.close()

    run_async(story())


def test_a_removed_account_loses_its_secrets_and_its_chats_go_on(run_async):
    async def story():
        async with services({}) as ((_, endpoint),):
            kept = {"a": endpoint.credentials, "b": endpoint.credentials, "b (password)": "x", "other": "y"}
            keyring = Keyring(**kept)
            settings = Settings(accounts=(at(endpoint, id="a"), at(endpoint, id="b")), default_account="a")
            accounts = Accounts(settings, credentials(keyring))
            await accounts.service("a").load_secret()

            accounts.configure(replace(settings, accounts=settings.accounts[:1]))
            await accounts.forget("b")

            assert set(keyring.kept) == {"a", "other"}
            assert accounts.resolve("b") == "a"
            assert await answer(accounts.service("b"))
            await accounts.close()

    run_async(story())


def test_an_answer_of_a_removed_account_is_written_to_its_end(run_async):
    async def story():
        async with services({"seed": 1}, {"seed": 2}) as ((_, one), (second, two)):
            settings = Settings(accounts=(at(one, id="a"), at(two, id="b")), default_account="a")
            accounts = Accounts(settings, credentials(Keyring()))
            accounts.service("b").use_secret(two.credentials)
            second.answer_next("one ", "two ", "three")
            request = ReplyRequest("GigaChat-2", (RequestMessage(Role.USER, "Count"),))
            events = accounts.service("b").reply(request)
            text = (await anext(event async for event in events if isinstance(event, TextDelta))).text

            accounts.configure(replace(settings, accounts=settings.accounts[:1]))
            await accounts.forget("b")
            text += "".join([event.text async for event in events if isinstance(event, TextDelta)])

            assert text == "one two three"
            await accounts.close()

    run_async(story())


def test_one_refusal_of_the_keyring_is_enough(run_async):
    async def story():
        keyring = Keyring()
        keyring.is_locked = True
        settings = Settings(accounts=tuple(Account(id=each) for each in "abcd"), default_account="a")
        accounts = Accounts(settings, credentials(keyring))
        with pytest.raises(KeyringError):
            await accounts.service("a").load_secret()
        await accounts.load_others()
        assert keyring.asked == ["a", "b"]

        keyring.is_locked = False
        keyring.kept["d"] = "not a key"
        with pytest.raises(MissingAuthError):
            await asyncio.wait_for(accounts.service("c").models(), 5)
        service = accounts.service("d")
        async with services({}) as ((_, endpoint),):
            accounts.configure(settings.with_account(at(endpoint, id="d")))
            with pytest.raises(KeyRejectedError):
                await service.models()
        assert service.is_kept
        await accounts.close()

    run_async(story())


def test_a_diagnosis_runs_for_an_account(run_async):
    async def story():
        async with services({}) as ((_, endpoint),):
            settings = Settings(accounts=(at(endpoint, proxy="none"),))
            accounts = Accounts(settings, credentials(Keyring()))
            without_key = {each.step: each.verdict async for each in accounts.diagnose("")}
            accounts.service("").use_secret(endpoint.credentials)
            with_key = {each.step: each.verdict async for each in accounts.diagnose("")}

            assert without_key[Step.TOKEN] is Verdict.FAILED
            assert with_key[Step.TOKEN] is Verdict.OK
            assert list(with_key) == list(Step)
            assert Verdict.FAILED not in with_key.values()
            await accounts.close()

    run_async(story())


def test_accounts_ask_alike_whatever_they_are_called():
    assert asks_alike(Account(name="Mine", lanes=2), Account())
    assert not asks_alike(Account(proxy="none"), Account())
    assert not asks_alike(Account(), None)
