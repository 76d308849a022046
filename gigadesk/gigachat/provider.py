"""GigaChat behind the interface of provider libraries: a class that yields pieces of text.

    async for text in GigaChat.create_async_generator(model="", messages=[...], api_key="..."):
        print(text, end="")

The typed events, usage and finish reasons are in `client.py`.
"""

import asyncio
import inspect
from collections.abc import AsyncGenerator, AsyncIterator, Generator, Mapping
from contextlib import aclosing
from typing import Any, ClassVar

import aiohttp
from yarl import URL

from gigadesk.errors import MissingAuthError
from gigadesk.gigachat.addresses import OLD_HOST, addresses_of
from gigadesk.gigachat.authorization_key import read_key
from gigadesk.gigachat.client import Client
from gigadesk.gigachat.events import TextDelta
from gigadesk.gigachat.options import ClientOptions, SignIn, with_environment
from gigadesk.gigachat.protocol.decode import encode
from gigadesk.gigachat.token import TokenOwner
from gigadesk.settings import Scope

Messages = list[dict[str, Any]]
"""Messages as they go over the wire: `role`, `content` and whatever else the service understands."""


class AsyncGeneratorProvider:
    """A provider whose answers arrive piece by piece. Only `create_async_generator` is to be written."""

    url: ClassVar[str] = ""
    working: ClassVar[bool] = False
    needs_auth: ClassVar[bool] = False
    supports_stream: ClassVar[bool] = True
    supports_message_history: ClassVar[bool] = False
    supports_system_message: ClassVar[bool] = False

    @classmethod
    def create_async_generator(cls, model: str, messages: Messages, **kwargs: Any) -> AsyncIterator[str]:
        """Pieces of the answer as they come."""
        raise NotImplementedError  # the contract alone; each provider has its own

    @classmethod
    async def create_async(cls, model: str, messages: Messages, **kwargs: Any) -> str:
        """The whole answer."""
        return "".join([text async for text in cls.create_async_generator(model, messages, **kwargs)])

    @classmethod
    def create_completion(cls, model: str, messages: Messages, **kwargs: Any) -> Generator[str, None, None]:
        """Pieces of the answer for a program without an event loop. Not to be called from within one."""
        with asyncio.Runner() as runner:
            texts = cls.create_async_generator(model, messages, **kwargs)
            while (text := runner.run(_next(texts))) is not None:
                yield text

    @classmethod
    def get_parameters(cls) -> dict[str, inspect.Parameter]:
        """What `create_async_generator` takes by name."""
        return dict(inspect.signature(cls.create_async_generator).parameters)


class ProviderModelMixin:
    """The names of a provider's models."""

    default_model: ClassVar[str] = ""
    models: ClassVar[list[str]] = []
    model_aliases: ClassVar[Mapping[str, str]] = {}

    @classmethod
    def get_models(cls, **_: Any) -> list[str]:
        """Names that may be asked for. What a key may really use, only the service knows."""
        return list(cls.models) or ([cls.default_model] if cls.default_model else [])

    @classmethod
    def get_model(cls, model: str, **_: Any) -> str:
        """The name to send for a name that was asked for. Unknown names are left to the service to judge."""
        model = model or cls.default_model
        return cls.model_aliases.get(model, model)


class GigaChat(AsyncGeneratorProvider, ProviderModelMixin):
    """GigaChat of Sber. Hosts, CA file, key and scope may come from the environment (`GIGACHAT_*`)."""

    url = "https://developers.sber.ru/gigachat"
    working = True
    needs_auth = True
    supports_message_history = True
    supports_system_message = True
    supports_stream = True

    default_model = "GigaChat:latest"
    models: ClassVar[list[str]] = [
        default_model,
        "GigaChat-Plus",
        "GigaChat-Pro",
        "GigaChat-2",
        "GigaChat-2-Pro",
        "GigaChat-2-Max",
        "GigaChat-3-Lightning",
        "GigaChat-3-Pro",
        "GigaChat-3-Ultra",
        "GigaChat",
        "GigaChat-Max",
    ]
    # The first generation is served by the old host only; everywhere else its names mean what has taken its place.
    model_aliases: ClassVar[Mapping[str, str]] = {
        "GigaChat:latest": "GigaChat-2",
        "GigaChat": "GigaChat-2",
        "GigaChat-Plus": "GigaChat-2",
        "GigaChat-Pro": "GigaChat-2-Pro",
        "GigaChat-Max": "GigaChat-2-Max",
    }
    _old_host_aliases: ClassVar[Mapping[str, str]] = {"GigaChat:latest": "GigaChat"}
    _tokens: ClassVar[dict[tuple[str, str, str], TokenOwner]] = {}

    @classmethod
    def get_model(cls, model: str, **kwargs: Any) -> str:
        """The id that the host in use serves today; `base_url` names another host than the environment does."""
        model = model or cls.default_model
        host = URL(addresses_of(kwargs.get("base_url") or "").base).host
        aliases = cls._old_host_aliases if host == OLD_HOST else cls.model_aliases
        return aliases.get(model, model)

    @classmethod
    async def create_async_generator(
        cls,
        model: str,
        messages: Messages,
        stream: bool = True,  # noqa: FBT001, FBT002 - the interface is given
        proxy: str | None = None,
        api_key: str | None = None,
        connector: aiohttp.BaseConnector | None = None,
        scope: str = "GIGACHAT_API_PERS",
        update_interval: float = 0,
        **kwargs: Any,
    ) -> AsyncGenerator[str, None]:
        """Pieces of the answer; with `stream=False` the whole in one piece.

        Args:
            model: a name of `models`, or any id that the service lists; empty for the default.
            messages: as the service takes them.
            stream: whether to yield the answer while it is written.
            proxy: `http://`, `https://` or `socks5://`; nothing follows the system.
            api_key: the authorization key; nothing takes `GIGACHAT_CREDENTIALS`, or another way to sign in that the
                environment names.
            connector: connections to use, unless `proxy` is of the SOCKS kind; it stays open.
            scope: the kind of account that the key belongs to.
            update_interval: the least time between two pieces, in seconds.
            **kwargs: further fields of the request body (`temperature`, `functions`, ...).

        Raises:
            MissingAuthError: no key.
            GigadeskError: the answer failed; what was yielded before stands.
        """
        key = read_key(api_key).key if api_key else ""
        # The default of the signature cannot be told from a wish: the environment may still say otherwise.
        scope = "" if scope == Scope.PERS.value else scope
        options = with_environment(ClientOptions(credentials=key, scope=scope, proxy=proxy or ""))
        if options.sign_in is SignIn.NONE:
            raise MissingAuthError("no api_key was given")
        body = encode(
            {
                "model": cls.get_model(model),
                "messages": messages,
                "stream": stream,
                "update_interval": update_interval,
                **kwargs,
            }
        )
        async with Client(options, connector=connector, tokens=cls._tokens_of(options)) as client:
            if not stream:
                events = await client.whole(body)
                yield "".join(event.text for event in events if isinstance(event, TextDelta))
                return
            async with aclosing(client.stream(body)) as stream_events:
                async for event in stream_events:
                    if isinstance(event, TextDelta):
                        yield event.text

    @classmethod
    def _tokens_of(cls, options: ClientOptions) -> TokenOwner:
        if options.sign_in is SignIn.KEY:
            who = (addresses_of(auth_url=options.auth_url).auth, options.credentials, options.scope)
        else:
            who = (addresses_of(options.base_url).base, options.user, options.password)
        return cls._tokens.setdefault(who, TokenOwner())


async def _next(texts: AsyncIterator[str]) -> str | None:
    return await anext(texts, None)
