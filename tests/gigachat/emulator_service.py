"""An emulator with TLS, and the ways to ask it."""

import asyncio

from gigadesk.emulator import Emulator, Endpoint
from gigadesk.gigachat import GigaChat
from gigadesk.gigachat.client import ClientOptions

MESSAGES = [{"role": "system", "content": "Будь краток"}, {"role": "user", "content": "Привет"}]
LIMIT_S = 60


class EmulatorService:
    """Keeps what belongs together: the emulator, where it listens, and what it was asked."""

    def __init__(self, emulator: Emulator, endpoint: Endpoint) -> None:
        self.emulator = emulator
        self.endpoint = endpoint
        self.host = endpoint.base_url.split("/")[2]

    @property
    def options(self):
        """For the typed client; the rest comes from the environment."""
        return ClientOptions(credentials=self.endpoint.credentials, scope=self.endpoint.scope)

    @property
    def tokens(self):
        return self.emulator.requests_to("/oauth")

    @property
    def chats(self):
        return self.emulator.requests_to("/chat/completions")

    def ask(self, **kwargs):
        arguments = {"model": "", "messages": MESSAGES, "api_key": self.endpoint.credentials, **kwargs}
        return GigaChat.create_async_generator(**arguments)

    async def texts(self, **kwargs):
        return [text async for text in self.ask(**kwargs)]

    async def text(self, **kwargs):
        return "".join(await self.texts(**kwargs))

    async def until(self, is_true):
        async with asyncio.timeout(LIMIT_S):
            while not is_true():
                await asyncio.sleep(0)
