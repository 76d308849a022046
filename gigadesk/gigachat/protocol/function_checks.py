"""Descriptions of functions: `POST /functions/validate` and the older `POST /functions/convert`. Pure."""

from collections.abc import Mapping
from typing import Any

from gigadesk.gigachat.protocol.decode import Decoder, OddJsonError, encode, text_of
from gigadesk.gigachat.values import FunctionCheck, FunctionIssue
from gigadesk.text import clean

_decode = Decoder(dict[str, Any])


def validate_request(description: Mapping[str, Any]) -> bytes:  # JSON as the service documents it
    """The body that asks whether a description can be used."""
    return encode(description)


def read_function_check(body: bytes) -> FunctionCheck:
    """The verdict, which the server gives with status 200 also when it is bad.

    Raises:
        OddJsonError: the body holds none.
    """
    fields = _decode(body)
    message = clean(text_of(fields.get("message")))
    if not message:
        raise OddJsonError
    rules = clean(text_of(fields.get("json_ai_rules_version")))
    return FunctionCheck(message, _issues(fields.get("errors")), _issues(fields.get("warnings")), rules)


def read_functions(body: bytes) -> tuple[Mapping[str, Any], ...]:
    """Descriptions of functions, ready for `ReplyRequest.functions`.

    Raises:
        OddJsonError: the body holds none.
    """
    functions = _decode(body).get("functions")
    if not isinstance(functions, list) or not all(isinstance(entry, dict) for entry in functions):
        raise OddJsonError
    return tuple(functions)


def _issues(entries: Any) -> tuple[FunctionIssue, ...]:  # a leaf of foreign JSON
    return tuple(
        FunctionIssue(clean(text_of(entry.get("description"))), clean(text_of(entry.get("schema_location"))))
        for entry in (entries if isinstance(entries, list) else ())
        if isinstance(entry, dict)
    )
