"""`/batches`: packs of requests that are answered later. Does no I/O.

A batch goes one step each time it is looked at: created, in progress, completed. Nothing happens by the clock, so
that whoever waits for it need not wait.
"""

import json
import time
import uuid
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from gigadesk.emulator.calls import Call
from gigadesk.emulator.checks import RefusedError, malformed
from gigadesk.emulator.exchange import RecordedRequest, Reply
from gigadesk.emulator.files import FileRoom
from gigadesk.emulator.options import Plan
from gigadesk.emulator.wire import api_reply, compact

LINES_MAX = 500
BODY_MAX_BYTES = 16 * 1024 * 1024
BATCHES_KEPT = 50
METHODS = {"chat_completions": ("chat", "completions"), "embedder": ("embeddings",)}
UNKNOWN = "Batch task not found"
WRONG_METHOD = "Invalid params: method must be one of: chat_completions, embedder"
NO_LINES = "Invalid params: batch must not be empty"
TOO_MANY_LINES = f"Invalid params: batch must have at most {LINES_MAX} lines"
"""All but the first are ours: these texts are not published."""


@dataclass(slots=True)
class _Batch:
    id: str
    method: str
    call: Call
    """With which it came, without its body."""
    lines: list[tuple[str, Mapping[str, Any]]] = field(repr=False)
    """Nothing is left of them when they have been answered."""
    total: int
    created_at: int
    updated_at: int
    status: str = "created"
    failed: int = 0
    output_file_id: str = ""

    @property
    def value(self) -> dict[str, Any]:
        counts = {"total": self.total}
        value: dict[str, Any] = {"id": self.id, "method": self.method, "request_counts": counts, "status": self.status}
        if self.status == "completed":
            counts |= {"completed": self.total - self.failed, "failed": self.failed}
            value["output_file_id"] = self.output_file_id
        return value | {"created_at": self.created_at, "updated_at": self.updated_at}


class BatchRoutes:
    """Companies that pay as they go only. `answer` answers one request of a pack; it takes no lane."""

    def __init__(self, files: FileRoom, answer: Callable[[Call], Reply]) -> None:
        self._files = files
        self._answer = answer
        self._batches: OrderedDict[str, _Batch] = OrderedDict()

    def reply(self, call: Call) -> Reply | None:
        match call.method, call.path:
            case "POST", ("batches",):
                call.require_plan(Plan.CORP)
                return self._create(call)
            case "GET", ("batches",):
                call.require_plan(Plan.CORP)
                return self._show(call)
        return None

    def _create(self, call: Call) -> Reply:
        method = call.query("method")
        if method not in METHODS:
            raise RefusedError(422, WRONG_METHOD)
        if len(call.request.body) > BODY_MAX_BYTES:
            raise RefusedError(413, "Payload too large")
        lines = [_line(line) for line in call.request.body.splitlines() if line.strip()]
        if not lines:
            raise RefusedError(422, NO_LINES)
        if len(lines) > LINES_MAX:
            raise RefusedError(422, TOO_MANY_LINES)
        now = int(time.time())
        bare = replace(call, request=replace(call.request, body=b""))
        batch = _Batch(str(uuid.uuid4()), method, bare, lines, len(lines), created_at=now, updated_at=now)
        self._batches[batch.id] = batch
        if len(self._batches) > BATCHES_KEPT:
            self._batches.popitem(last=False)
        return api_reply(batch.value, call.headers)

    def _show(self, call: Call) -> Reply:
        wanted = call.query("batch_id")
        if wanted and wanted not in self._batches:
            raise RefusedError(404, UNKNOWN)
        shown = [self._batches[wanted]] if wanted else list(self._batches.values())
        for batch in shown:
            self._step(batch)
        return api_reply({"batches": [batch.value for batch in shown]}, call.headers)

    def _step(self, batch: _Batch) -> None:
        if batch.status == "created":
            batch.status = "in_progress"
        elif batch.status == "in_progress":
            results = [self._result(batch, line_id, request) for line_id, request in batch.lines]
            batch.failed = sum("error" in result for result in results)
            output = b"".join(compact(result) + b"\n" for result in results)
            batch.output_file_id = self._files.add_generated(output, "application/jsonl", batch.call.client_id)
            batch.lines.clear()
            batch.status = "completed"
        else:
            return
        batch.updated_at = int(time.time())

    def _result(self, batch: _Batch, line_id: str, request: Mapping[str, Any]) -> dict[str, Any]:
        """One line of the output. The form of these lines is not published: `id` with `result` or `error` is ours."""
        body = compact(dict(request) | ({"stream": False} if batch.method == "chat_completions" else {}))
        headers = {"X-Client-ID": batch.call.client_id} if batch.call.client_id else {}
        asked = RecordedRequest("POST", batch.call.request.path, "", headers, body)
        # With a name of its own it takes no lane from those who talk meanwhile.
        account = replace(batch.call.account, client_id=f"{batch.call.account.client_id} batch")
        try:
            reply = self._answer(replace(batch.call, request=asked, account=account, path=METHODS[batch.method]))
        except RefusedError as refused:
            return {"id": line_id, "error": {"status": refused.status, "message": refused.message}}
        return {"id": line_id, "result": json.loads(reply.body)}


def _line(line: bytes) -> tuple[str, Mapping[str, Any]]:
    """The id and the request of a line, as JSON of the client's making."""
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as exc:
        raise malformed() from exc
    if not isinstance(value, dict) or not isinstance(value.get("request"), dict):
        raise malformed()
    line_id = value.get("id")
    if not isinstance(line_id, str) or not line_id:
        raise malformed()
    return line_id, value["request"]
