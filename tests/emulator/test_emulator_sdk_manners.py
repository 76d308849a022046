"""The official SDK against the emulator: errors, repetition, signing in, and what its context variables send."""

import asyncio
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import httpx
import pytest

pytest.importorskip("gigachat", reason="the official SDK is not installed")

import gigachat
from gigachat import context
from gigachat import exceptions as errors

from gigadesk.emulator import EmulatorOptions, Fault
from tests.emulator.emulator_support import until
from tests.emulator.sdk_calls import City
from tests.emulator.sdk_support import calling

# The SDK hands paths of certificates to httpx in a way that httpx calls old, and logs what it recovers from.
pytestmark = [
    pytest.mark.filterwarnings("ignore:.verify=<str>. is deprecated:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:.cert=.... is deprecated:DeprecationWarning"),
    pytest.mark.expects_logs,
]
both = pytest.mark.parametrize("is_async", [False, True], ids=["sync", "async"])


def company(**more) -> EmulatorOptions:
    return EmulatorOptions(characters_per_s=0, tls=True, **{"plan": "b2b", **more})


@contextmanager
def sent(variable: ContextVar, value: object) -> Iterator[None]:
    token = variable.set(value)
    try:
        yield
    finally:
        variable.reset(token)


# --- Errors -----------------------------------------------------------------------------------------------------


def text_question(**more) -> dict:
    return {"messages": [{"role": "user", "content": "Раз"}], **more}


@pytest.mark.parametrize(
    ("error", "message", "path", "argument"),
    [
        (
            errors.BadRequestError,
            "Empty schema with json format type is not supported",
            "chat.create",
            {
                "messages": [{"role": "user", "content": "Раз"}],
                "model_options": {"response_format": {"type": "json_schema"}},
            },
        ),
        (errors.NotFoundError, "No such model", "chat", text_question(model="GigaChat-9")),
        (
            errors.NotFoundError,
            "Function schema for f not found",
            "chat",
            text_question(function_call={"name": "f"}),
        ),
        (errors.RequestEntityTooLargeError, "Payload too large", "chat", "слово " * 130_000),
        (
            errors.UnprocessableEntityError,
            "Invalid params: temperature must be in range (0, +inf)",
            "stream",
            text_question(temperature=-1.0),
        ),
        (errors.NotFoundError, "No such file", "get_file", "unknown"),
        (errors.UnprocessableEntityError, "Invalid params: unsupported file type", "upload_file", ("a.zip", b"PK")),
    ],
    ids=["400", "404 model", "404 function", "413", "422", "404 file", "422 file"],
)
@both
async def test_refusals_are_the_errors_of_their_status(is_async, error, message, path, argument):
    async with calling(is_async=is_async, options=company()) as call:
        with pytest.raises(error) as caught:
            await call(path, argument)

    assert message in caught.value.content.decode()
    assert caught.value.content.endswith(b"}\n")
    assert caught.value.headers["content-type"] == "application/json; charset=utf-8"


@both
async def test_balance_of_an_account_that_pays_as_it_goes_is_forbidden(is_async):
    async with calling(is_async=is_async, options=company(plan="corp")) as call:
        with pytest.raises(errors.ForbiddenError, match="Permission denied"):
            await call("get_balance")


@both
async def test_detector_is_closed_to_prepaid_accounts(is_async):
    async with calling(is_async=is_async, options=company()) as call:
        with pytest.raises(errors.ForbiddenError, match="Permission denied"):
            await call("check_ai", "слово " * 20, "GigaCheckDetection")


@both
async def test_used_up_package(is_async):
    async with calling(is_async=is_async, options=company(balance_tokens=5)) as call:
        await call("chat", "Раз")

        with pytest.raises(errors.ResponseError, match="Payment Required") as caught:
            await call("chat", "Раз")

    assert caught.value.status_code == 402


@both
async def test_second_generation_of_a_private_account_is_too_many(is_async):
    async with calling(is_async=is_async, options=company(plan="pers")) as call:
        call.emulator.faults.next(Fault(hold=True))
        first = asyncio.ensure_future(call("chat", "Раз"))
        await until(lambda: call.emulator.faults.waiting == 1)

        with pytest.raises(errors.RateLimitError, match="Too many requests"):
            await call("stream", "Два")
        call.emulator.faults.release()

        assert (await first).choices


@pytest.mark.parametrize("status", [500, 502, 503, 504])
@both
async def test_failure_of_the_server(is_async, status):
    async with calling(is_async=is_async, options=company()) as call:
        call.emulator.faults.next(Fault(status=status, html=status > 500))

        with pytest.raises(errors.ServerError) as caught:
            await call("chat", "Раз")

    assert caught.value.status_code == status


@both
async def test_answer_that_does_not_fit_cannot_be_parsed(is_async):
    async with calling(is_async=is_async, options=company()) as call:
        for path in ("chat_parse", "chat.parse"):
            options = {"max_tokens": 1}
            question = text_question(**(options if path == "chat_parse" else {"model_options": options}))
            with pytest.raises(errors.LengthFinishReasonError) as caught:
                await call(path, question, response_format=City)
            assert caught.value.completion.model.startswith("GigaChat-2-Max:")


@both
async def test_model_must_be_named(is_async):
    async with calling(is_async=is_async, options=company(), model=None) as call:
        with pytest.raises(errors.ModelNotSpecifiedError):
            await call("chat", "Раз")

        assert call.emulator.requests_to("/chat/") == []


@both
async def test_stream_of_another_type_is_an_error_of_the_transport(is_async):
    async with calling(is_async=is_async, options=company()) as call:
        call.emulator.faults.next(Fault(content_type="application/json"))

        with pytest.raises(httpx.TransportError, match="text/event-stream"):
            await call("stream", "Раз")


@both
async def test_certificate_of_another_authority_is_refused(is_async):
    import certifi

    async with calling(is_async=is_async, options=company(), ca_bundle_file=certifi.where()) as call:
        with pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
            await call("get_models")


# --- Repetition -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["chat", "stream", "chat.create", "chat.stream"])
@both
async def test_too_many_requests_are_repeated_after_the_time_told(is_async, path):
    async with calling(is_async=is_async, options=company(), max_retries=2) as call:
        call.emulator.faults.next(Fault(status=429, headers=(("Retry-After", "0.01"),)), times=2)

        assert await call(path, "Раз")

        assert len(call.emulator.requests_to("/chat/completions")) == 3


@pytest.mark.parametrize("fault", [Fault(status=503, html=True), Fault(drop=True)], ids=["503", "dropped"])
@both
async def test_passing_failures_are_repeated(is_async, fault):
    async with calling(is_async=is_async, options=company(), max_retries=1, retry_backoff_factor=0.0) as call:
        call.emulator.faults.next(fault)

        assert await call("chat", "Раз")


@both
async def test_refusals_are_not_repeated(is_async):
    async with calling(is_async=is_async, options=company(), max_retries=2) as call:
        with pytest.raises(errors.NotFoundError):
            await call("chat", text_question(model="GigaChat-9"))

        assert len(call.emulator.requests_to("/chat/completions")) == 1


# --- Signing in -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["get_models", "embeddings", "chat", "stream", "chat.create", "threads.list"])
@pytest.mark.parametrize("how", ["expire_tokens", "revoke_tokens"])
@both
async def test_signs_in_again_when_the_token_has_ended(is_async, how, path):
    async with calling(is_async=is_async, options=company()) as call:
        await call("get_models")
        getattr(call.emulator, how)()

        assert await call(path, *(() if path in {"get_models", "threads.list"} else ("Раз",)))

        assert len(call.emulator.requests_to("/oauth")) == 2


@both
async def test_short_token_is_not_used_in_its_last_minute(is_async):
    async with calling(is_async=is_async, options=company(token_lifetime_s=59)) as call:
        await call("get_models")
        await call("get_models")

        assert len(call.emulator.requests_to("/oauth")) == 2


WRONG_KEY = "MTox"


@pytest.mark.parametrize(
    ("settings", "error", "content"),
    [
        (
            {"credentials": WRONG_KEY},
            errors.AuthenticationError,
            b'{"code":6,"message":"credentials doesn\'t match db data"}',
        ),
        (
            {"credentials": "MQ=="},
            errors.BadRequestError,
            b'{"code":4,"message":"Can\'t decode \'Authorization\' header"}',
        ),
        (
            {"scope": "GIGACHAT_API_PERS"},
            errors.BadRequestError,
            b'{"code":7,"message":"scope from db not fully includes consumed scope"}',
        ),
        ({"scope": "X"}, errors.BadRequestError, b'{"code":1,"message":"scope data format invalid"}'),
    ],
    ids=["key", "no pair", "scope", "unknown scope"],
)
@both
async def test_wrong_key_and_scope(is_async, settings, error, content):
    async with calling(is_async=is_async, options=company(), **settings) as call:
        with pytest.raises(error) as caught:
            await call("get_models")

    assert caught.value.content == content


@both
async def test_token_too_many_in_a_second(is_async):
    # None at all: with one a slow machine would have to be quick.
    async with calling(is_async=is_async, options=company(token_requests_per_s=0)) as call:
        with pytest.raises(errors.RateLimitError):
            await call("get_models")


@both
async def test_user_and_password_work_on_the_previous_host_only(is_async):
    password = {"credentials": None, "user": lambda one: one.user, "password": lambda one: one.password}

    async with calling(is_async=is_async, options=company(), base_url=lambda one: one.old_base_url, **password) as call:
        assert await call("get_models")
        token = await call("get_token")
        # The end is told in seconds and read as milliseconds: the SDK signs in before each call.
        assert len(call.emulator.requests_to("/token")) == 2
        assert len(token.access_token) == 173
        assert call.emulator.requests_to("/oauth") == []
    async with calling(is_async=is_async, options=company(), **password) as call:
        with pytest.raises(errors.NotFoundError):
            await call("get_models")


@both
async def test_wrong_password(is_async):
    async with calling(
        is_async=is_async,
        options=company(),
        base_url=lambda one: one.old_base_url,
        credentials=None,
        user="demo",
        password="wrong",
    ) as call:
        with pytest.raises(errors.AuthenticationError, match="Unauthorized"):
            await call("get_models")


@both
async def test_ready_token(is_async):
    async with calling(is_async=is_async, options=company()) as call:
        token = (await call("get_token")).access_token
        settings = {"base_url": call.endpoint.base_url, "ca_bundle_file": call.endpoint.ca_file}
        other = gigachat.GigaChat(access_token=token, **settings)
        wrong = gigachat.GigaChat(access_token="wrong", **settings)
        try:
            assert (await other.aget_models()).data
            with pytest.raises(errors.AuthenticationError, match="Unauthorized"):
                await wrong.aget_models()
            call.emulator.expire_tokens()
            with pytest.raises(errors.AuthenticationError, match="Token has expired"):
                await other.aget_models()
        finally:
            await other.aclose()
            await wrong.aclose()

        assert len(call.emulator.requests_to("/oauth")) == 1


@both
async def test_token_of_the_context_variable(is_async):
    async with calling(is_async=is_async, options=company()) as call:
        token = (await call("get_token")).access_token
        call.client._reset_token()
        with sent(context.authorization_cvar, f"Bearer {token}"):
            assert await call("get_models")
            assert await call("get_token") is None

        assert len(call.emulator.requests_to("/oauth")) == 1


@pytest.mark.parametrize("key", ["key_file", "protected_key_file"])
@pytest.mark.parametrize("mtls", ["accepted", "required"])
@both
async def test_client_certificate_takes_the_place_of_a_token(is_async, mtls, key):
    async with calling(
        is_async=is_async,
        options=company(mtls=mtls),
        credentials=None,
        # With a path for the root httpx forgets the client certificate; with a context it does not.
        ca_bundle_file=None,
        ssl_context=lambda one: ssl.create_default_context(cafile=one.ca_file),
        cert_file=lambda one: one.cert_file,
        key_file=lambda one: getattr(one, key),
        key_file_password=lambda one: one.key_file_password,
    ) as call:
        assert await call("get_models")
        assert await call("chat.create", "Раз")

        assert [request.path for request in call.emulator.requests] == ["/v1/models", "/v2/chat/completions"]
        assert {request.certificate for request in call.emulator.requests} == {"GigaDesk demo client"}
        assert all("Authorization" not in request.headers for request in call.emulator.requests)


@both
async def test_without_a_certificate_there_is_no_connection_or_no_entry(is_async):
    async with calling(is_async=is_async, options=company(mtls="required")) as call:
        with pytest.raises(httpx.TransportError):
            await call("get_models")
    async with calling(is_async=is_async, options=company(mtls="accepted"), credentials=None) as call:
        with pytest.raises(errors.AuthenticationError, match="Unauthorized"):
            await call("get_models")


# --- What else is sent ------------------------------------------------------------------------------------------


@both
async def test_files_are_seen_with_the_same_client_id_only(is_async):
    async with calling(is_async=is_async, options=company()) as call:
        with sent(context.client_id_cvar, "ann"):
            file = await call("upload_file", ("a.txt", b"text"))
            assert [each.id_ for each in (await call("get_files")).data] == [file.id_]
            assert file.x_headers["x-client-id"] == "ann"
        with sent(context.client_id_cvar, "bob"):
            assert (await call("get_files")).data == []
            for path in ("get_file", "delete_file"):
                with pytest.raises(errors.ForbiddenError) as caught:
                    await call(path, file.id_)
                assert caught.value.content == (
                    f'{{"status":403,"message":"Access to file \'{file.id_}\' is denied"}}\n'.encode()
                )
        with pytest.raises(errors.ResponseError, match="is denied"):
            await call("get_image", file.id_)


@both
async def test_ids_come_back(is_async):
    async with calling(is_async=is_async, options=company()) as call:
        with sent(context.session_id_cvar, "session"), sent(context.request_id_cvar, "request"):
            models = await call("get_models")
            chunks = await call("stream", "Раз")

        for one in (models, *chunks):
            assert one.x_headers == {"x-request-id": "request", "x-session-id": "session", "x-client-id": None}


@both
async def test_second_request_of_a_session_is_cached_in_part(is_async):
    async with calling(is_async=is_async, options=company()) as call:
        with sent(context.session_id_cvar, "session"):
            first = await call("chat", "Раз")
            second = await call("chat", "Раз")

    assert second.usage.precached_prompt_tokens > first.usage.precached_prompt_tokens > 0


@both
async def test_every_context_variable_arrives(is_async):
    names = ("service", "operation", "trace", "agent")
    async with calling(is_async=is_async, options=company()) as call:
        call.client._settings.model = "GigaChat-2"
        tokens = [getattr(context, f"{name}_id_cvar").set(name) for name in names]
        with sent(context.custom_headers_cvar, {"X-Own": "1"}):
            await call("chat", "Раз")
        for name, token in zip(names, tokens, strict=True):
            getattr(context, f"{name}_id_cvar").reset(token)

        headers = call.emulator.requests[-1].headers
        assert [headers[f"X-{name.title()}-ID"] for name in names] == list(names)
        assert (headers["X-Own"], headers["User-Agent"]) == ("1", "GigaChat-python-lib")


@pytest.mark.parametrize(
    ("base", "path"),
    [("base_url", "/v2/chat/completions"), ("old_base_url", "/api/v2/chat/completions")],
    ids=["new host", "old host"],
)
@both
async def test_second_contract_is_found_on_both_hosts(is_async, base, path):
    async with calling(is_async=is_async, options=company(), base_url=lambda one: getattr(one, base)) as call:
        assert await call("chat.create", "Раз")
        with sent(context.chat_completions_url_cvar, "/v2/chat/completions"):
            assert await call("chat.stream", "Раз")

        paths = [request.path for request in call.emulator.requests_to("/chat/")]
        assert paths == [path, "/v2/chat/completions"]


@both
async def test_stateful_chat_goes_on(is_async):
    async with calling(is_async=is_async, options=company()) as call:
        first = await call("chat", text_question(storage={"is_stateful": True}))
        stored = {"is_stateful": True, "thread_id": first.thread_id}
        second = await call("chat", text_question(storage=stored))

    assert first.thread_id == second.thread_id
    assert first.message_id != second.message_id
    assert second.usage.prompt_tokens > first.usage.prompt_tokens
