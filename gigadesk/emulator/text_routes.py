"""Endpoints that look at texts: `/tokens/count`, `/embeddings`, `/ai/check`, `/filter/check`. Does no I/O."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from gigadesk.emulator import models
from gigadesk.emulator.calls import Call
from gigadesk.emulator.checks import RefusedError, malformed, mapping, mappings, text, texts
from gigadesk.emulator.exchange import Reply
from gigadesk.emulator.options import Plan
from gigadesk.emulator.packages import EMBEDDINGS, Packages
from gigadesk.emulator.suspicion import is_profane, machine_intervals
from gigadesk.emulator.tokens import MESSAGE_OVERHEAD, count
from gigadesk.emulator.vectors import EMBEDDERS, vector
from gigadesk.emulator.wire import api_reply

WORDS_MIN = 20
TOO_SHORT = f"Invalid params: input must have at least {WORDS_MIN} words"
EMPTY_INPUT = "Invalid params: input must not be empty"
"""Ours: the texts of these refusals are not published."""


class TextRoutes:
    """Counting, vectors and the two detectors."""

    def __init__(self, packages: Packages) -> None:
        self._packages = packages

    def reply(self, call: Call) -> Reply | None:
        match call.method, call.path:
            case "POST", ("tokens", "count"):
                return self._count(call)
            case "POST", ("embeddings",):
                return self._embed(call)
            case "POST", ("ai", "check"):
                return self._check_machine(call)
            case "POST", ("filter", "check"):
                return self._check_filter(call)
        return None

    def _count(self, call: Call) -> Reply:
        """Characters are Unicode code points. Costs nothing and takes no lane, as far as is known."""
        body = call.json()
        inputs = _texts(body)
        _check_model(call, text(body, "model"), {"chat", "embedder"})
        counted = [{"object": "tokens", "tokens": count(each), "characters": len(each)} for each in inputs]
        return api_reply(counted, call.headers)

    def _embed(self, call: Call) -> Reply:
        body = call.json()
        inputs = [body["input"]] if isinstance(body.get("input"), str) else _texts(body)
        model = text(body, "model")
        _check_model(call, model, {"embedder"})
        if not inputs:
            raise RefusedError(422, EMPTY_INPUT)
        size, context_tokens = EMBEDDERS[model]
        tokens = [count(each) for each in inputs]
        if max(tokens) > context_tokens:
            raise RefusedError(413, "Payload too large")
        if self._packages.is_used_up(call.account, EMBEDDINGS):
            raise RefusedError(402, "Payment Required")
        self._packages.spend(call.account, EMBEDDINGS, sum(tokens))
        data = [
            {"object": "embedding", "index": at, "embedding": vector(each, size), "usage": {"prompt_tokens": used}}
            for at, (each, used) in enumerate(zip(inputs, tokens, strict=True))
        ]
        reply = api_reply({"object": "list", "model": model, "data": data}, call.headers)
        return replace(reply, is_chunked=True)

    def _check_machine(self, call: Call) -> Reply:
        """Companies that pay as they go only."""
        call.require_plan(Plan.CORP)
        body = call.json()
        if not isinstance(body.get("input"), str):
            raise malformed()
        checked = text(body, "input")
        _check_model(call, text(body, "model"), {"aicheck"})
        if len(checked.split()) < WORDS_MIN:
            raise RefusedError(422, TOO_SHORT)
        category, intervals = machine_intervals(checked)
        value = {
            "category": category,
            "characters": len(checked),
            "tokens": count(checked),
            "ai_intervals": [list(interval) for interval in intervals],
        }
        return api_reply(value, call.headers)

    def _check_filter(self, call: Call) -> Reply:
        """Known from the Java SDK only."""
        body = call.json()
        messages = mappings(body, "messages")
        mapping(body, "settings")
        _check_model(call, text(body, "model"), {"filter"})
        contents = [text(message, "content") for message in messages]
        used = sum(MESSAGE_OVERHEAD + count(content) for content in contents)
        value = {"is_profane": any(map(is_profane, contents)), "usage": {"filter_tokens": used}}
        return api_reply(value, call.headers)


def _texts(body: dict[str, Any]) -> Sequence[str]:  # JSON of the client's making
    if "input" not in body:
        raise malformed()
    return texts(body, "input")


def _check_model(call: Call, name: str, kinds: set[str]) -> None:
    if not name:
        raise malformed()
    is_chat = "chat" in kinds and models.served_name(name, is_old_host=call.is_old_host, plan=call.account.plan)
    listed = models.model_list(is_old_host=call.is_old_host, plan=call.account.plan)
    if not is_chat and dict(listed).get(name) not in kinds:
        raise RefusedError(404, "No such model")
