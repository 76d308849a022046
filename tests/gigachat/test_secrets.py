"""Neither the key nor the token nor the conversation shows in errors, their causes, or the log."""

import base64
import logging

import pytest

from gigadesk.errors import GigadeskError
from gigadesk.gigachat.client import Client, ClientOptions
from gigadesk.gigachat.events import Finished
from gigadesk.gigachat.transport import Timeouts
from tests.gigachat.client_support import REQUEST
from tests.gigachat.raw_server import END, RawServer, Say, answer, data, delta, failed, grant, http, piece, stream_head

KEY = base64.b64encode(b"canary-id:canary-secret").decode()
TOKEN = "canarytoken" * 10
WORDS = "canarywords"

SAYS = {
    "refused": failed(401, status=401, message=f"bad header: Bearer {TOKEN}"),
    "echo": failed(400, status=400, message=f"token {TOKEN}"),
    "page": Say((http(403, f"<html>{TOKEN}</html>".encode(), "text/html"),)),
    "redirect": Say((http(307, b"", "", headers=[f"Location: http://h/{TOKEN}"]),)),
    "closed": Say((), close=True),
    "reset": Say((), reset=True),
    "not http": Say((f"{TOKEN}\r\n\r\n".encode(),), close=True),
    "silent": Say((None,)),
    "cut": Say((stream_head() + piece(delta(WORDS)),), close=True),
    "broken chunk": Say((stream_head(), b"zz\r\n"), close=True),
    "nonsense": answer(data(WORDS)),
    "error": answer(data({"status": 500, "message": f"Bearer {TOKEN}"})),
    "bad header": Say((stream_head(f"X: {TOKEN * 500}") + END,), close=True),
}


def everything(error, seen=None):
    """All that can be printed of an error and of what hangs on it."""
    seen = [] if seen is None else seen
    if error is None or error in seen:
        return ""
    seen.append(error)
    own = f"{error}\n{error!r}\n{vars(error)}\n"
    return own + everything(error.__cause__, seen) + everything(error.__context__, seen)


async def ask(client, way):
    if way == "stream":
        async for event in client.reply(REQUEST):
            assert not isinstance(event, Finished)
    elif way == "whole":
        await client.complete(REQUEST)
    else:
        await client.models()


async def fail(client, way):
    with pytest.raises(GigadeskError) as caught:
        await ask(client, way)
    return caught.value


@pytest.mark.parametrize("name", SAYS)
@pytest.mark.parametrize("part", ["api", "oauth"])
async def test_no_failure_shows_a_secret(name, part, caplog):
    caplog.set_level(logging.DEBUG)
    server = RawServer(oauth=lambda _: grant(TOKEN))
    await server.start()
    if part == "api":
        server.script = lambda _: SAYS[name]
    else:
        server.oauth = lambda _: SAYS[name]
    options = ClientOptions(credentials=KEY, base_url=server.options.base_url, auth_url=server.options.auth_url)
    timeouts = Timeouts(read_s=0.1, whole_read_s=0.1)

    for way in ("stream", "whole", "models"):
        async with Client(options, timeouts=timeouts) as client:
            printed = everything(await fail(client, way))
            for secret in (KEY, "canary-id", "canary-secret", TOKEN, WORDS):
                assert secret not in printed
    await server.stop()

    for secret in (KEY, "canary-id", "canary-secret", TOKEN, WORDS, "Привет"):
        assert secret not in caplog.text
