"""`/functions/validate` and the older `/functions/convert`. Does no I/O."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from gigadesk.emulator.calls import Call
from gigadesk.emulator.checks import RefusedError
from gigadesk.emulator.exchange import Reply
from gigadesk.emulator.openapi import NotOpenApiError, functions_of
from gigadesk.emulator.wire import api_reply

RULES_VERSION = "1.0.5"
NOT_OPENAPI = "Invalid params: OpenAPI document is expected"
"""Ours: what the service says of other texts is not published."""
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")
_ROOT = "(root)"
_MAX_DEPTH = 32

Issue = tuple[str, str]
"""Description and place."""


class FunctionRoutes:
    """Judging and making descriptions of functions."""

    def reply(self, call: Call) -> Reply | None:
        match call.method, call.path:
            case "POST", ("functions", "validate"):
                return _validated(call)
            case "POST", ("functions", "convert"):
                return _converted(call)
        return None


def _validated(call: Call) -> Reply:
    """Status 200 also for a bad description; warnings are told of good ones only."""
    description = call.json()
    errors = list(_errors(description))
    value: dict[str, Any] = {
        "status": 200,
        "message": "Incorrect function syntax" if errors else "Function is valid",
        "json_ai_rules_version": RULES_VERSION,
    }
    issues = errors or list(_warnings(description))
    if issues:
        told = [{"description": text, "schema_location": place} for text, place in issues]
        value["errors" if errors else "warnings"] = told
    return api_reply(value, call.headers)


def _converted(call: Call) -> Reply:
    try:
        return api_reply({"functions": functions_of(call.request.body)}, call.headers)
    except NotOpenApiError as exc:
        raise RefusedError(422, NOT_OPENAPI) from exc


def _errors(description: Mapping[str, Any]) -> Iterator[Issue]:  # JSON of the client's making
    name = description.get("name")
    if not name:
        yield "name is required", _ROOT
    elif not isinstance(name, str) or not _NAME.fullmatch(name):
        yield "name does not match pattern ^[A-Za-z][A-Za-z0-9_.-]*$", "name"
    if not isinstance(description.get("description", ""), str):
        yield "description must be a string", "description"
    for field in ("parameters", "return_parameters"):
        if field in description:
            yield from _schema_errors(description[field], field)
    if "parameters" not in description:
        yield "parameters is required", _ROOT
    examples = description.get("few_shot_examples", [])
    if not isinstance(examples, list):
        yield "few_shot_examples must be an array", "few_shot_examples"
        return
    for at, example in enumerate(examples):
        fields = example if isinstance(example, dict) else {}
        for field in ("request", "params"):
            if field not in fields:
                yield f"{field} is required", f"few_shot_examples.{at}"


def _schema_errors(schema: Any, place: str, depth: int = 0) -> Iterator[Issue]:  # JSON of the client's making
    if not isinstance(schema, dict):
        yield "must be an object", place
        return
    properties = schema.get("properties")
    if schema.get("type") == "object" and properties is None:
        yield "properties is required", place
    if properties is not None and not isinstance(properties, dict):
        yield "properties must be an object", place
    required = schema.get("required", [])
    if not isinstance(required, list) or not all(isinstance(name, str) for name in required):
        yield "required must be an array of strings", place
    for name, value in (properties if isinstance(properties, dict) else {}).items():
        inner = f"{place}.properties.{name}"
        if isinstance(value, dict) and "type" not in value:
            yield "type is required", inner
        if depth < _MAX_DEPTH:
            yield from _schema_errors(value, inner, depth + 1)


def _warnings(description: Mapping[str, Any]) -> Iterator[Issue]:  # JSON that was checked
    if not description.get("description"):
        yield "description is missing", _ROOT
    if not description.get("few_shot_examples"):
        yield "few_shot_examples are missing", _ROOT
    if not description.get("return_parameters"):
        yield "return_parameters are missing", _ROOT
    properties = description["parameters"].get("properties") or {}
    for name, value in properties.items():
        if not value.get("description"):
            yield "description is missing", f"parameters.properties.{name}"
