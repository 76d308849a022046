"""The official SDK, in every call it has, takes the emulator for the service."""

import pytest

pytest.importorskip("gigachat", reason="the official SDK is not installed")

from gigachat import GigaChatAsyncClient, GigaChatSyncClient
from gigachat.assistants import AssistantsAsyncClient, AssistantsSyncClient
from gigachat.resources import AsyncChatNamespace, ChatNamespace
from gigachat.threads import ThreadsAsyncClient, ThreadsSyncClient

from gigadesk.emulator import EmulatorOptions
from tests.emulator.sdk_calls import STORIES
from tests.emulator.sdk_support import calling, public_calls

# The SDK hands the path of the root to httpx in a way that httpx calls old.
pytestmark = pytest.mark.filterwarnings("ignore:.verify=<str>. is deprecated:DeprecationWarning")

PLANS = {"check_ai": "corp"}
"""Of the accounts that may make these calls; all others are made by a company with prepaid packages."""


@pytest.mark.parametrize("name", STORIES)
@pytest.mark.parametrize("is_async", [False, True], ids=["sync", "async"])
async def test_call(name, is_async):
    options = EmulatorOptions(characters_per_s=0, tls=True, plan=PLANS.get(name, "b2b"))

    async with calling(is_async=is_async, options=options) as call:
        await STORIES[name](call)

        assert name in call.called
        assert call.emulator.generations_running == 0


def test_no_call_of_the_sdk_is_missing():
    in_sync = (
        public_calls(GigaChatSyncClient)
        | public_calls(ChatNamespace, "chat")
        | public_calls(AssistantsSyncClient, "assistants")
        | public_calls(ThreadsSyncClient, "threads")
    )
    in_async = (
        public_calls(GigaChatAsyncClient, is_async=True)
        | public_calls(AsyncChatNamespace, "chat")
        | public_calls(AssistantsAsyncClient, "assistants")
        | public_calls(ThreadsAsyncClient, "threads")
    )

    assert in_sync == in_async == set(STORIES)
