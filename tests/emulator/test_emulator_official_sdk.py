"""The official SDK takes the emulator for the service."""

import pytest

from gigadesk.emulator import Emulator, EmulatorOptions, Fault

# The SDK hands the path of the root to httpx in a way that httpx calls old.
pytestmark = pytest.mark.filterwarnings("ignore:.verify=<str>. is deprecated:DeprecationWarning")

gigachat = pytest.importorskip("gigachat", reason="the official SDK is not installed")


@pytest.fixture
async def sdk():
    emulator = Emulator(EmulatorOptions(characters_per_s=0, tls=True))
    endpoint = await emulator.start()
    client = gigachat.GigaChat(
        base_url=endpoint.base_url,
        auth_url=endpoint.auth_url,
        credentials=endpoint.credentials,
        scope=endpoint.scope,
        ca_bundle_file=endpoint.ca_file,
        model="GigaChat-2-Max",
    )
    async with client:
        yield emulator, client
    await emulator.stop()


async def test_models_chat_stream_tokens_and_balance(sdk):
    emulator, client = sdk
    emulator.answer_next("Один, ", "два.")
    emulator.answer_next("Один, ", "два.")

    models = await client.aget_models()
    answer = await client.achat("Раз")
    chunks = [chunk async for chunk in client.astream("Раз")]
    tokens = await client.atokens_count(["First text"], model="GigaChat-2")
    balance = await client.aget_balance()

    assert models.data[1].id_ == "GigaChat-2-Max"
    assert answer.choices[0].message.content == "Один, два."
    assert answer.choices[0].finish_reason == "stop"
    assert "".join(chunk.choices[0].delta.content for chunk in chunks) == "Один, два."
    assert (chunks[-1].choices[0].finish_reason, chunks[-1].usage) == ("stop", answer.usage)
    assert tokens[0].tokens == 2
    assert balance.balance
    assert len(emulator.requests_to("/oauth")) == 1


@pytest.mark.expects_logs  # of the SDK
async def test_asks_again_after_a_token_has_expired(sdk):
    emulator, client = sdk
    await client.aget_models()

    emulator.expire_tokens()

    assert (await client.aget_models()).data
    assert len(emulator.requests_to("/oauth")) == 2


@pytest.mark.expects_logs  # of the SDK
async def test_errors_are_what_the_sdk_expects(sdk):
    emulator, client = sdk

    for status, error in ((422, "UnprocessableEntityError"), (429, "RateLimitError"), (500, "ServerError")):
        emulator.faults.next(Fault(status=status))
        with pytest.raises(getattr(gigachat.exceptions, error)):
            await client.achat("Раз")
