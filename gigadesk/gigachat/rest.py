"""The small endpoints: tokens, balance, embeddings, checks, functions, batches."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from gigadesk.chat import ModelBalance
from gigadesk.errors import AttachmentCause, AttachmentError
from gigadesk.gigachat.calls import Calls, understood
from gigadesk.gigachat.events import RequestMessage
from gigadesk.gigachat.protocol.balance import read_balance
from gigadesk.gigachat.protocol.batches import batch_line, read_batch, read_batches
from gigadesk.gigachat.protocol.checks import ai_check_request, filter_request, read_ai_check, read_filter_check
from gigadesk.gigachat.protocol.embeddings import embeddings_request, read_embeddings
from gigadesk.gigachat.protocol.function_checks import read_function_check, read_functions, validate_request
from gigadesk.gigachat.protocol.token_counts import count_request, read_counts
from gigadesk.gigachat.transport import json_body
from gigadesk.gigachat.uploads import checked_lines, sent
from gigadesk.gigachat.values import (
    AiCheck,
    Batch,
    BatchMethod,
    Embedding,
    FilterCheck,
    FunctionCheck,
    TokenCount,
)
from gigadesk.limits import TEXT_FILE_MAX_BYTES

_JSON = {"Content-Type": "application/json"}


class RestCalls(Calls):
    """Calls of one request and one answer. Each raises `GigadeskError` when there is no answer that makes sense."""

    async def sign_in(self) -> None:
        """Get a token now, where one is needed, and not only with the first request. Shows whether a key is good.

        A ready access token and a client certificate are tried by requests only.

        Raises:
            MissingAuthError: there is nothing to sign in with.
            GigadeskError: no token could be had; trying again helps only if it is a `NetworkError` or the like.
        """
        await self._connection.sign_in()

    async def count_tokens(self, model: str, texts: Sequence[str]) -> tuple[TokenCount, ...]:
        """How many tokens each of the texts has for `model`, in their order.

        Raises:
            ModelUnavailableError: there is no such model.
            GigadeskError: the service could not be asked.

        Source: https://developers.sber.ru/docs/ru/gigachat/api/reference/rest/post-tokens-count
        """
        if not texts:
            return ()
        read = partial(read_counts, expected=len(texts))
        return await self._ask(read, "POST", "/tokens/count", headers=_JSON, body=count_request(model, texts))

    async def balance(self) -> tuple[ModelBalance, ...]:
        """What is left of each package, in tokens.

        Raises:
            ForbiddenError: the account pays as it goes and has no packages.
            GigadeskError: the service could not be asked.

        Source: https://developers.sber.ru/docs/ru/gigachat/api/reference/rest/get-balance
        """
        return await self._ask(read_balance, "GET", "/balance")

    async def embeddings(self, texts: Sequence[str], model: str = "Embeddings") -> tuple[Embedding, ...]:
        """Each of the texts as a vector, in their order. `Embeddings` gives 1,024 numbers, other models give others.

        Raises:
            TooLargeError: a text is longer than the model takes.
            GigadeskError: the service could not be asked.

        Source: https://developers.sber.ru/docs/ru/gigachat/api/reference/rest/post-embeddings
        """
        if not texts:
            return ()
        read = partial(read_embeddings, expected=len(texts))
        return await self._ask(read, "POST", "/embeddings", headers=_JSON, body=embeddings_request(model, texts))

    async def check_ai(self, text: str, model: str = "GigaCheckDetection") -> AiCheck:
        """Whether a machine has written a Russian text of at least 20 words. For companies that pay as they go.

        Raises:
            ForbiddenError: not for this account.
            RequestRejectedError: the text is too short, or not Russian.
            GigadeskError: the service could not be asked.

        Source: https://developers.sber.ru/docs/ru/gigachat/api/reference/rest/post-ai-check
        """
        return await self._ask(read_ai_check, "POST", "/ai/check", headers=_JSON, body=ai_check_request(model, text))

    async def check_filter(self, messages: Sequence[RequestMessage], model: str = "GigaFilter") -> FilterCheck:
        """Whether the filter of the service would stop this conversation.

        Not in the public reference: the official Java library has it, and some accounts may not.

        Raises:
            ModelUnavailableError: not for this account.
            GigadeskError: the service could not be asked.
        """
        body = filter_request(model, messages)
        return await self._ask(read_filter_check, "POST", "/filter/check", headers=_JSON, body=body)

    async def validate_function(self, description: Mapping[str, Any]) -> FunctionCheck:  # JSON
        """Whether the service understands the description of a function. A bad one is an answer, not an error.

        Raises:
            GigadeskError: the service could not be asked.

        Source: https://developers.sber.ru/docs/ru/gigachat/api/reference/rest/post-functions-validate
        """
        body = validate_request(description)
        return await self._ask(read_function_check, "POST", "/functions/validate", headers=_JSON, body=body)

    async def convert_functions(self, openapi_text: str) -> tuple[Mapping[str, Any], ...]:  # JSON
        """The operations of an OpenAPI document (JSON or YAML) as descriptions for `ReplyRequest.functions`.

        Not in the public reference: the official Python library has it.

        Raises:
            RequestRejectedError: the text is no such document.
            GigadeskError: the service could not be asked.
        """
        headers = {"Content-Type": "text/plain; charset=utf-8"}
        body = openapi_text.encode("utf-8", "replace")
        return await self._ask(read_functions, "POST", "/functions/convert", headers=headers, body=body)

    async def create_batch(
        self, requests: Iterable[tuple[str, Mapping[str, Any]]] | Path, method: BatchMethod = BatchMethod.CHAT
    ) -> Batch:
        """Hand in many requests to be answered later, for companies that pay as they go.

        It is not sent again when it fails: the service might have taken it already, and would do the work twice.

        Args:
            requests: ids of your choice, each with the body of a request (JSON) of `method`; or a file that has them,
                one `{"id":...,"request":...}` a line. 40 MB at most; the service takes some 500 lines.
            method: what the requests ask for.

        Raises:
            AttachmentError: the file cannot be read, or is too large or empty.
            ForbiddenError: not for this account.
            GigadeskError: the service could not be asked.

        Source: https://developers.sber.ru/docs/ru/gigachat/api/reference/rest/post-batches
        """
        checked = await checked_lines(requests if isinstance(requests, Path) else _joined(requests))
        url = self._connection.addresses.path("batches").with_query({"method": method.value})

        async def once(headers: Mapping[str, str], body: Any) -> bytes:  # see `transport.Body`
            headers = {"Accept": "application/json", "Content-Type": "application/octet-stream", **headers}
            return await json_body(await self._connection.open_once("POST", url, headers=headers, body=body))

        return understood(read_batch, await sent(self._connection, checked, once))

    async def batches(self) -> tuple[Batch, ...]:
        """All batches of the account, in the server's order.

        Raises:
            GigadeskError: the service could not be asked.

        Source: https://developers.sber.ru/docs/ru/gigachat/api/reference/rest/get-batches
        """
        return await self._ask(read_batches, "GET", "/batches")

    async def batch(self, batch_id: str) -> Batch:
        """How far a batch has come. Once it `is_completed`, `download` its `output_file_id`.

        Raises:
            ModelUnavailableError: there is no such batch.
            GigadeskError: the service could not be asked.
        """
        url = self._connection.addresses.path("batches").with_query({"batch_id": batch_id})
        return await self._ask(read_batch, "GET", url)


def _joined(requests: Iterable[tuple[str, Mapping[str, Any]]]) -> bytes:
    lines, size = [], 0
    for line_id, request in requests:
        lines.append(batch_line(line_id, request))
        size += len(lines[-1])
        if size > TEXT_FILE_MAX_BYTES:
            raise AttachmentError(AttachmentCause.TOO_LARGE, limit_bytes=TEXT_FILE_MAX_BYTES)
    return b"".join(lines)
