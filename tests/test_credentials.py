"""Keys go to the keyring or nowhere; a keyring that is absent, locked, slow or lying costs seconds, not the program."""

import asyncio
import base64
import gc
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from gigadesk import credentials as module
from gigadesk.credentials import CALL_LIMIT_S, Credentials, FoundBackEnd
from gigadesk.errors import KeyringCause, KeyringError

ACCOUNT = "GigaChat"
KEY = "Y2FuYXJ5OmNhbmFyeS1zZWNyZXQtMTIzNDU2Nzg5MA=="
REPOSITORY = Path(__file__).parent.parent


class Memory:
    """A back end that works, and keeps what was done to it."""

    def __init__(self) -> None:
        self.keys: dict[str, str] = {}
        self.calls: list[str] = []

    def get_password(self, service, username):
        self.calls.append("get")
        return self.keys.get(username)

    def set_password(self, service, username, password):
        self.calls.append("set")
        self.keys[username] = password

    def delete_password(self, service, username):
        self.calls.append("delete")
        del self.keys[username]


class Forgetful(Memory):
    """Takes everything, keeps nothing: the null back end."""

    def set_password(self, service, username, password):
        pass


class Stuck(Memory):
    """Hangs in `get` until it is released."""

    def __init__(self) -> None:
        super().__init__()
        self.is_asked = threading.Event()
        self.release = threading.Event()

    def get_password(self, service, username):
        self.is_asked.set()
        self.release.wait()
        return super().get_password(service, username)


class Failing(Memory):
    def __init__(self, problem: Exception) -> None:
        super().__init__()
        self.problem = problem

    def get_password(self, service, username):
        raise self.problem


def credentials(back_end: Memory | None, *, may_prompt: bool = False, **limits: float) -> Credentials:
    found = FoundBackEnd("Fake", back_end, lambda: may_prompt) if back_end is not None else None
    return Credentials(find=lambda: found, **limits)


@pytest.fixture
def stuck() -> Iterator[Stuck]:
    back_end = Stuck()
    yield back_end
    back_end.release.set()


def cause_of(caught: pytest.ExceptionInfo[KeyringError]) -> KeyringCause:
    return caught.value.cause


async def test_key_comes_back():
    back_end = Memory()
    keys = credentials(back_end)

    await keys.save(ACCOUNT, KEY)

    assert await keys.read(ACCOUNT) == KEY
    assert await keys.read("another") is None
    assert keys.backend_name() == "Fake"


async def test_new_key_replaces_the_old_one_by_deleting_it_first():
    back_end = Memory()
    keys = credentials(back_end)

    await keys.save(ACCOUNT, "old")
    back_end.calls.clear()
    await keys.save(ACCOUNT, KEY)

    assert back_end.calls == ["get", "delete", "set", "get"]
    assert await keys.read(ACCOUNT) == KEY


async def test_deleted_key_is_gone_and_deleting_nothing_is_no_failure():
    keys = credentials(Memory())
    await keys.save(ACCOUNT, KEY)

    await keys.delete(ACCOUNT)
    await keys.delete(ACCOUNT)

    assert await keys.read(ACCOUNT) is None


async def test_without_keyring_the_key_lives_as_long_as_the_program():
    keys = credentials(None)

    with pytest.raises(KeyringError) as caught:
        await keys.save(ACCOUNT, KEY)

    assert cause_of(caught) is KeyringCause.ABSENT
    assert await keys.read(ACCOUNT) == KEY
    with pytest.raises(KeyringError):
        await keys.delete(ACCOUNT)
    with pytest.raises(KeyringError):
        await keys.read(ACCOUNT)


async def test_keyring_that_keeps_nothing_is_found_out():
    keys = credentials(Forgetful())

    with pytest.raises(KeyringError) as caught:
        await keys.save(ACCOUNT, KEY)

    assert cause_of(caught) is KeyringCause.OTHER
    assert await keys.read(ACCOUNT) == KEY


async def test_keyring_that_does_not_delete_is_found_out():
    class Sticky(Memory):
        def delete_password(self, service, username):
            pass

    keys = credentials(Sticky())
    await keys.save(ACCOUNT, KEY)

    with pytest.raises(KeyringError) as caught:
        await keys.delete(ACCOUNT)

    assert cause_of(caught) is KeyringCause.REFUSED


async def test_hung_keyring_ends_in_words_and_comes_back(stuck):
    keys = credentials(stuck, call_limit_s=0.02)

    with pytest.raises(KeyringError) as first:
        await keys.read(ACCOUNT)
    with pytest.raises(KeyringError) as second:
        await keys.save(ACCOUNT, KEY)

    assert (cause_of(first), cause_of(second)) == (KeyringCause.TIMEOUT, KeyringCause.TIMEOUT)
    assert await keys.read(ACCOUNT) == KEY
    stuck.release.set()
    # The answer to the abandoned call arrives on the loop; from then on the keyring is asked again.
    while keys._is_stuck:
        await asyncio.sleep(0.001)
    keys._call_limit_s = CALL_LIMIT_S  # the machine may be busy
    await keys.delete(ACCOUNT)
    assert await keys.read(ACCOUNT) is None


async def test_abandoned_save_does_not_go_on_behind_the_users_back(stuck):
    keys = credentials(stuck, call_limit_s=0.02)
    stuck.keys[ACCOUNT] = "old"

    with pytest.raises(KeyringError):
        await keys.save(ACCOUNT, KEY)
    stuck.release.set()
    while keys._is_stuck:
        await asyncio.sleep(0.001)

    assert stuck.keys == {ACCOUNT: "old"}


async def test_prompt_gives_the_user_time(stuck):
    asked: list[str] = []

    def answer() -> None:
        asked.append("unlock")
        asyncio.get_running_loop().call_later(0.7, stuck.release.set)

    keys = Credentials(
        find=lambda: FoundBackEnd("Fake", stuck, lambda: True),
        on_prompt=answer,
        call_limit_s=0.5,
        prompt_limit_s=30,
    )

    assert await keys.read(ACCOUNT) is None
    assert asked == ["unlock"]


async def test_waiting_can_be_cancelled(stuck):
    keys = credentials(stuck, may_prompt=True)

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.02):
            await keys.read(ACCOUNT)


async def test_a_call_waits_for_one_whose_caller_has_left(stuck):
    keys = credentials(stuck)
    reading = asyncio.create_task(keys.read(ACCOUNT))
    while not stuck.is_asked.is_set():
        await asyncio.sleep(0.001)
    reading.cancel()
    await asyncio.wait([reading])

    saving = asyncio.create_task(keys.save(ACCOUNT, KEY))
    for _ in range(10):
        await asyncio.sleep(0)
    assert not saving.done()
    stuck.release.set()
    await saving

    assert stuck.keys == {ACCOUNT: KEY}


async def test_a_call_that_waits_for_one_before_it_has_a_limit(stuck):
    keys = credentials(stuck, call_limit_s=0.02)
    reading = asyncio.create_task(keys.read(ACCOUNT))
    while not stuck.is_asked.is_set():
        await asyncio.sleep(0)
    reading.cancel()
    await asyncio.wait([reading])

    with pytest.raises(KeyringError) as caught:
        await keys.save(ACCOUNT, KEY)

    assert cause_of(caught) is KeyringCause.TIMEOUT
    assert await keys.read(ACCOUNT) == KEY


async def test_calls_take_turns():
    back_end = Memory()
    keys = credentials(back_end)

    await asyncio.gather(*(keys.save(ACCOUNT, f"{KEY}{number}") for number in range(5)))

    assert back_end.calls.count("set") == 5
    assert await keys.read(ACCOUNT) == f"{KEY}4"


def named(name: str, *bases: type) -> Exception:
    kind = type(name, bases or (Exception,), {})
    return kind("the text of it")


@pytest.mark.parametrize(
    ("problem", "cause"),
    [
        (named("KeyringLocked"), KeyringCause.LOCKED),
        (named("NoKeyringError"), KeyringCause.ABSENT),
        (named("PasswordSetError"), KeyringCause.REFUSED),
        (named("error"), KeyringCause.OTHER),
        (ConnectionRefusedError(), KeyringCause.ABSENT),
        (ValueError("1783"), KeyringCause.OTHER),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else str(value),
)
async def test_every_failure_is_typed(problem, cause):
    with pytest.raises(KeyringError) as caught:
        await credentials(Failing(problem)).read(ACCOUNT)

    assert cause_of(caught) is cause


def test_cause_behind_the_failure_counts():
    problem = named("InitError")
    problem.__cause__ = named("PromptDismissedException")

    assert module._cause(problem) is KeyringCause.REFUSED


def test_stuck_keyring_does_not_hold_the_program(tmp_path):
    program = """
import asyncio, sys, threading
from gigadesk.credentials import CALL_LIMIT_S, Credentials, FoundBackEnd
from gigadesk.errors import KeyringError
class Stuck:
    def get_password(self, service, username): threading.Event().wait()
async def main():
    try:
        await Credentials(find=lambda: FoundBackEnd("Stuck", Stuck(), lambda: False), call_limit_s=0.05).read("x")
    except KeyringError as error:
        print(error.cause)
asyncio.run(main())
"""

    ended = subprocess.run(
        [sys.executable, "-c", program], cwd=REPOSITORY, capture_output=True, text=True, timeout=60, check=True
    )

    assert ended.stdout.strip() == "timeout"


def test_importing_does_not_load_the_library():
    program = "import sys, gigadesk.credentials; print([name for name in sys.modules if 'keyring' in name])"

    ended = subprocess.run([sys.executable, "-c", program], cwd=REPOSITORY, capture_output=True, text=True, check=True)

    assert ended.stdout.strip() == "[]"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="D-Bus is Linux's")
class TestOnLinux:
    """With the real back ends of the `keyring` library."""

    async def test_no_bus_is_absent(self):
        keys = Credentials()

        with pytest.raises(KeyringError) as caught:
            await keys.save(ACCOUNT, KEY)

        assert cause_of(caught) is KeyringCause.ABSENT
        assert keys.backend_name() == ""

    async def test_what_writes_to_files_is_never_chosen(self, private_home, monkeypatch, tmp_path):
        plain = tmp_path / "modules" / "plain_keyring.py"
        plain.parent.mkdir()
        plain.write_text(
            "import keyring.backend, pathlib\n"
            "pathlib.Path.home().joinpath('imported').write_text('yes')\n"
            "class Keyring(keyring.backend.KeyringBackend):\n"
            "    priority = 100\n"
            "    def get_password(self, service, username): return 'from a file'\n"
            "    def set_password(self, service, username, password):\n"
            "        pathlib.Path.home().joinpath('keys').write_text(password)\n"
            "    def delete_password(self, service, username): pass\n",
            encoding="utf-8",
        )
        configuration = private_home / ".config" / "python_keyring" / "keyringrc.cfg"
        configuration.parent.mkdir(parents=True)
        configuration.write_text(
            f"[backend]\ndefault-keyring=plain_keyring.Keyring\nkeyring-path={plain.parent}\n", encoding="utf-8"
        )
        monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "plain_keyring.Keyring")
        monkeypatch.syspath_prepend(plain.parent)

        with pytest.raises(KeyringError) as caught:
            await Credentials().save(ACCOUNT, KEY)

        assert cause_of(caught) is KeyringCause.ABSENT
        assert not (private_home / "imported").exists()
        assert files_with(KEY, private_home) == []

    async def test_real_keyring_keeps_the_key(self, private_keyring, private_home, caplog):
        keys = Credentials()

        assert await keys.read(ACCOUNT) is None
        await keys.save(ACCOUNT, "b2xk")
        await keys.save(ACCOUNT, KEY)
        restarted = Credentials()

        assert await restarted.read(ACCOUNT) == KEY
        assert restarted.backend_name() == "SecretService"
        assert files_with(KEY, private_home) == []
        assert KEY not in caplog.text
        await restarted.delete(ACCOUNT)
        assert await Credentials().read(ACCOUNT) is None

    # The library forgets to close its connection when the keyring stays locked.
    @pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
    async def test_locked_keyring_without_prompter(self, private_keyring):
        prompts: list[str] = []
        keys = Credentials(on_prompt=lambda: prompts.append("unlock"))
        await keys.save(ACCOUNT, KEY)
        private_keyring.lock()

        with pytest.raises(KeyringError) as caught:
            await keys.read(ACCOUNT)

        assert cause_of(caught) is KeyringCause.LOCKED
        assert prompts == ["unlock"]
        del caught
        gc.collect()

    async def test_hung_daemon(self, private_keyring):
        keys = Credentials(call_limit_s=0.3)
        await Credentials().save(ACCOUNT, KEY)
        private_keyring.hang()

        with pytest.raises(KeyringError) as caught:
            await keys.read(ACCOUNT)

        assert cause_of(caught) is KeyringCause.TIMEOUT
        private_keyring.resume()
        while keys._is_stuck:
            await asyncio.sleep(0.01)
        keys._call_limit_s = CALL_LIMIT_S
        assert await keys.read(ACCOUNT) == KEY

    async def test_daemon_that_died_and_came_back(self, private_keyring):
        keys = Credentials()
        await keys.save(ACCOUNT, KEY)
        private_keyring.stop_daemon()

        with pytest.raises(KeyringError) as caught:
            await keys.read(ACCOUNT)
        private_keyring.start_daemon()

        assert cause_of(caught) is KeyringCause.ABSENT
        assert await keys.read(ACCOUNT) == KEY


def files_with(text: str, folder: Path) -> list[Path]:
    """Files below `folder` that hold `text`, plainly or as base64."""
    needles = [text.encode(), base64.b64encode(text.encode())]
    files = [Path(root) / name for root, _, names in os.walk(folder) for name in names]
    return [path for path in files if path.is_file() and any(needle in path.read_bytes() for needle in needles)]
