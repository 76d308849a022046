"""Making function descriptions of an OpenAPI document, JSON or the plain kind of YAML. Pure.

References within the document are followed, because descriptions of functions cannot have any.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from gigadesk.emulator.plain_yaml import NotYamlError, read_yaml

_METHODS = ("get", "put", "post", "delete", "patch", "head", "options")
_KEPT = ("type", "description", "enum", "items", "properties", "required", "format", "default")
_MAX_DEPTH = 24
_MAX_FUNCTIONS = 500

Json = dict[str, Any]


class NotOpenApiError(Exception):
    """The text is no OpenAPI document."""


def functions_of(text: bytes) -> list[Json]:
    """A function for each operation, in the order of the document.

    Raises:
        NotOpenApiError: no JSON, no YAML, or no paths in it.
    """
    document = _read(text)
    paths = document.get("paths") if isinstance(document, dict) else None
    if not isinstance(paths, dict) or not paths:
        raise NotOpenApiError
    found: list[Json] = []
    for path, item in paths.items():
        for method, operation in _operations(item):
            found.append(_function(document, f"{method}{path}", operation, _mappings(item.get("parameters"))))
    return found[:_MAX_FUNCTIONS]


def _read(text: bytes) -> Any:  # JSON of the client's making
    try:
        plain = text.decode()
        return json.loads(plain) if plain.lstrip().startswith("{") else read_yaml(plain)
    except (ValueError, RecursionError, NotYamlError) as exc:
        raise NotOpenApiError from exc


def _operations(item: Any) -> Iterator[tuple[str, Json]]:
    for method in item if isinstance(item, dict) else {}:
        if method in _METHODS and isinstance(item[method], dict):
            yield method, item[method]


def _function(document: Json, place: str, operation: Json, shared: list[Json]) -> Json:
    properties: Json = {}
    required: list[str] = []
    for each in [*shared, *_mappings(operation.get("parameters"))]:
        parameter = _resolved(document, each)
        name, schema = parameter.get("name"), parameter.get("schema") or parameter
        if isinstance(name, str) and isinstance(schema, dict):
            properties[name] = _schema(document, schema) | _described(parameter)
            required += [name] if parameter.get("required") is True else []
    body = _schema(document, _content(document, operation.get("requestBody")))
    properties |= body.get("properties", {})
    required += [name for name in body.get("required", []) if name not in required]
    function: Json = {"name": str(operation.get("operationId") or _name(place))}
    if text := operation.get("description") or operation.get("summary"):
        function["description"] = str(text)
    function["parameters"] = {"type": "object", "properties": properties}
    if required:
        function["parameters"]["required"] = required
    responses = operation.get("responses")
    good = next((value for key, value in _items(responses) if str(key).startswith("2")), None)
    if answer := _schema(document, _content(document, good)):
        function["return_parameters"] = answer
    return function


def _content(document: Json, holder: Any) -> Json:
    """The schema of a request or answer with JSON in it."""
    content = _resolved(document, holder).get("content")
    for kind, media in _items(content):
        if "json" in str(kind) and isinstance(media, dict) and isinstance(media.get("schema"), dict):
            schema: Json = media["schema"]
            return schema
    return {}


def _schema(document: Json, schema: Any, depth: int = 0) -> Json:
    resolved = _resolved(document, schema)
    if depth > _MAX_DEPTH:
        return {"type": "object", "properties": {}}
    kept = {key: resolved[key] for key in _KEPT if key in resolved}
    if isinstance(kept.get("items"), dict):
        kept["items"] = _schema(document, kept["items"], depth + 1)
    if isinstance(kept.get("properties"), dict):
        kept["properties"] = {
            str(name): _schema(document, value, depth + 1) for name, value in kept["properties"].items()
        }
    if not isinstance(kept.get("required", []), list):
        del kept["required"]
    return kept


def _resolved(document: Json, value: Any) -> Json:
    """The mapping itself, or that which its `$ref` names; empty when there is none."""
    for _ in range(_MAX_DEPTH):
        reference = value.get("$ref") if isinstance(value, dict) else None
        if not isinstance(reference, str):
            break
        value = document
        for part in reference.removeprefix("#/").split("/"):
            value = value.get(part.replace("~1", "/").replace("~0", "~")) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def _described(parameter: Json) -> Json:
    text = parameter.get("description")
    return {"description": text} if isinstance(text, str) else {}


def _mappings(values: Any) -> list[Json]:
    return [value for value in values if isinstance(value, dict)] if isinstance(values, list) else []


def _items(value: Any) -> list[tuple[Any, Any]]:
    return list(value.items()) if isinstance(value, Mapping) else []


def _name(place: str) -> str:
    return "".join(letter if letter.isalnum() else "_" for letter in place).strip("_")
