"""The command: a process of its own, with TLS, ended by a signal."""

import json
import os
import signal
import ssl
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp
import pytest

from gigadesk.emulator import Endpoint
from tests.emulator.emulator_support import Visitor, question

COMMAND = [sys.executable, "-m", "gigadesk.emulator", "--characters-per-second", "0"]


@contextmanager
def running(*options: str) -> Iterator[tuple[subprocess.Popen[str], Endpoint]]:
    process = subprocess.Popen([*COMMAND, *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        yield process, Endpoint(**json.loads(process.stdout.readline()))
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no such signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["SIGINT", "SIGTERM"])
def test_ends_with_a_signal_after_exactly_one_line(number):
    with running("--plan", "b2b", "--seed", "3") as (process, endpoint):
        assert urlsplit(endpoint.base_url).hostname == "127.0.0.1"
        assert endpoint.auth_url.endswith("/api/v2/oauth")
        assert (endpoint.scope, endpoint.ca_file) == ("GIGACHAT_API_B2B", "")

        process.send_signal(number)

        assert process.communicate(timeout=10) == ("", "")
        assert process.returncode == 0


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
async def test_tls_is_good_for_a_strict_client_that_knows_the_root(host):
    with running("--tls") as (process, endpoint):
        ca_file = Path(endpoint.ca_file)
        assert endpoint.base_url.startswith("https://")
        if os.name == "posix":
            assert stat.S_IMODE(ca_file.parent.stat().st_mode) == 0o700
        context = ssl.create_default_context(cafile=str(ca_file))
        context.verify_flags |= ssl.VERIFY_X509_STRICT

        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=context)) as session:
            moved = Endpoint(
                endpoint.base_url.replace("127.0.0.1", host),
                endpoint.auth_url.replace("127.0.0.1", host),
                endpoint.ca_file,
                endpoint.credentials,
                endpoint.scope,
            )
            visitor = Visitor(session, moved, "")
            visitor.token = await visitor.fetch_token()
            status, body = await visitor.read(question(stream=True))
            assert (status, body[-14:]) == (200, b"data: [DONE]\n\n")

        process.terminate()
        process.communicate(timeout=10)
        assert not ca_file.parent.exists()


def test_fault_from_the_command_line_and_a_taken_port():
    with running("--fault", '{"path": "/oauth", "status": 500}') as (_, endpoint):
        port = str(urlsplit(endpoint.base_url).port)

        second = subprocess.run([*COMMAND, "--port", port], capture_output=True, text=True, timeout=20, check=False)

        assert (second.returncode, second.stdout) == (1, "")
        assert second.stderr.startswith("The emulator cannot start: ")
        assert len(second.stderr.splitlines()) == 1


def test_wrong_fault_is_refused():
    wrong = subprocess.run([*COMMAND, "--fault", '{"x": 1}'], capture_output=True, text=True, timeout=20, check=False)

    assert wrong.returncode == 2
    assert "unexpected keyword argument" in wrong.stderr


def test_importing_it_imports_no_server():
    heavy = "{'aiohttp', 'trustme', 'gigadesk.emulator.answers'}"
    code = f"import sys, gigadesk.emulator; print(sorted({heavy} & set(sys.modules)))"

    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


async def test_certificates_and_password_from_the_command_line():
    with running("--mtls", "required", "--user", "ann", "--password", "secret", "--plan", "corp") as (_, endpoint):
        assert (endpoint.user, endpoint.password, endpoint.scope) == ("ann", "secret", "GIGACHAT_API_CORP")
        assert endpoint.old_base_url == endpoint.base_url.replace("/v1", "/api/v1")
        context = ssl.create_default_context(cafile=endpoint.ca_file)
        context.load_cert_chain(endpoint.cert_file, endpoint.protected_key_file, endpoint.key_file_password)

        async with (
            aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=context)) as session,
            session.get(endpoint.base_url + "/models", headers={"User-Agent": "t"}) as response,
        ):
            assert response.status == 200


def test_without_tls_there_are_no_certificates():
    with running() as (_, endpoint):
        files = (endpoint.ca_file, endpoint.cert_file, endpoint.key_file, endpoint.protected_key_file)
        assert (files, endpoint.key_file_password) == (("", "", "", ""), "")
        assert (endpoint.user, len(endpoint.password)) == ("demo", 16)


def test_wrong_choice_of_certificates_is_refused():
    wrong = subprocess.run([*COMMAND, "--mtls", "x"], capture_output=True, text=True, timeout=20, check=False)

    assert wrong.returncode == 2
    assert "accepted" in wrong.stderr
