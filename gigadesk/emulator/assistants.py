"""`/assistants`: a model with a name, instructions, files and functions. Does no I/O.

Not documented in public: the paths and fields are those of the official SDK, the texts of refusals are ours.
"""

import time
import uuid
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from gigadesk.emulator import models
from gigadesk.emulator.calls import Call
from gigadesk.emulator.checks import RefusedError, malformed, mapping, mappings, text, texts
from gigadesk.emulator.exchange import Reply
from gigadesk.emulator.files import UNKNOWN as UNKNOWN_FILE
from gigadesk.emulator.files import FileRoom
from gigadesk.emulator.rules import check_functions
from gigadesk.emulator.wire import api_reply

ASSISTANTS_KEPT = 200
BODY_MAX_BYTES = 1024 * 1024
UNKNOWN = "No such assistant"
METADATA_MAX = 16
TOO_MUCH_METADATA = f"Invalid params: metadata must have at most {METADATA_MAX} keys"


@dataclass(frozen=True, slots=True)
class Assistant:
    """One assistant."""

    id: str
    model: str
    created_at: int
    updated_at: int
    name: str = ""
    description: str = ""
    instructions: str = ""
    files: tuple[tuple[str, str], ...] = ()
    """Id and name of each."""
    functions: Sequence[Mapping[str, Any]] = ()  # JSON: descriptions that were checked
    metadata: Mapping[str, Any] = field(default_factory=dict)  # JSON of the client's own

    def value(self, threads_count: int) -> dict[str, Any]:
        """As the service describes it."""
        return {
            "model": self.model,
            "assistant_id": self.id,
            "name": self.name,
            "description": self.description,
            "instructions": self.instructions,
            "created_at": self.created_at,
            "updated_at": self.updated_at,
            "files": [{"file_id": file_id, "name": name} for file_id, name in self.files],
            "metadata": dict(self.metadata),
            "threads_count": threads_count,
            "functions": list(self.functions),
        }


class AssistantRoutes:
    """All calls about assistants."""

    def __init__(self, files: FileRoom) -> None:
        self._files = files
        self._assistants: OrderedDict[str, Assistant] = OrderedDict()
        self._threads_of: Callable[[str], int] = lambda _: 0

    def count_threads(self, threads_of: Callable[[str], int]) -> None:
        """From now on ask this how many threads an assistant has."""
        self._threads_of = threads_of

    def get(self, assistant_id: str) -> Assistant:
        """The assistant with this id.

        Raises:
            RefusedError: there is none (404).
        """
        if assistant_id not in self._assistants:
            raise RefusedError(404, UNKNOWN)
        return self._assistants[assistant_id]

    def reply(self, call: Call) -> Reply | None:
        match call.method, call.path:
            case "GET", ("assistants",):
                wanted = call.query("assistant_id")
                found = [self.get(wanted)] if wanted else list(self._assistants.values())
                return api_reply({"data": [self._value(each) for each in found]}, call.headers)
            case "POST", ("assistants",):
                return self._create(call)
            case "POST", ("assistants", "modify"):
                return self._modify(call)
            case "POST", ("assistants", "delete"):
                assistant = self._named(call.json())
                del self._assistants[assistant.id]
                return api_reply({"assistant_id": assistant.id, "deleted": True}, call.headers)
            case "POST", ("assistants", "files", "delete"):
                return self._delete_file(call)
        return None

    def _create(self, call: Call) -> Reply:
        body = _small_body(call)
        model = models.served_name(text(body, "model"), is_old_host=call.is_old_host, plan=call.account.plan)
        if not text(body, "model"):
            raise malformed()
        if model is None:
            raise RefusedError(404, "No such model")
        now = int(time.time())
        assistant = self._changed(Assistant(str(uuid.uuid4()), model, now, now), body, call.client_id)
        self._assistants[assistant.id] = assistant
        if len(self._assistants) > ASSISTANTS_KEPT:
            self._assistants.popitem(last=False)
        return api_reply({"assistant_id": assistant.id, "created_at": now}, call.headers)

    def _modify(self, call: Call) -> Reply:
        body = _small_body(call)
        assistant = replace(self._named(body), updated_at=int(time.time()))
        self._assistants[assistant.id] = self._changed(assistant, body, call.client_id)
        return api_reply(self._value(self._assistants[assistant.id]), call.headers)

    def _delete_file(self, call: Call) -> Reply:
        body = call.json()
        assistant, file_id = self._named(body), text(body, "file_id")
        left = tuple(pair for pair in assistant.files if pair[0] != file_id)
        if len(left) == len(assistant.files):
            raise RefusedError(404, UNKNOWN_FILE)
        self._assistants[assistant.id] = replace(assistant, files=left, updated_at=int(time.time()))
        return api_reply({"file_id": file_id, "deleted": True}, call.headers)

    def _changed(self, assistant: Assistant, body: Mapping[str, Any], client_id: str) -> Assistant:  # JSON
        """With the fields that the body has; what is missing or null stays as it is."""
        changed = replace(
            assistant,
            name=_given(body, "name", assistant.name),
            description=_given(body, "description", assistant.description),
            instructions=_given(body, "instructions", assistant.instructions),
        )
        if body.get("file_ids") is not None:
            found = [self._files.get(file_id, client_id) for file_id in texts(body, "file_ids")]
            changed = replace(changed, files=tuple((file.id, file.name) for file in found))
        if body.get("functions") is not None:
            check_functions(mappings(body, "functions"))
            changed = replace(changed, functions=mappings(body, "functions"))
        if body.get("metadata") is not None:
            if len(mapping(body, "metadata")) > METADATA_MAX:
                raise RefusedError(422, TOO_MUCH_METADATA)
            changed = replace(changed, metadata=mapping(body, "metadata"))
        return changed

    def _named(self, body: Mapping[str, Any]) -> Assistant:  # JSON of the client's making
        return self.get(text(body, "assistant_id"))

    def _value(self, assistant: Assistant) -> dict[str, Any]:
        return assistant.value(self._threads_of(assistant.id))


def _small_body(call: Call) -> dict[str, Any]:  # JSON of the client's making
    if len(call.request.body) > BODY_MAX_BYTES:
        raise RefusedError(413, "Payload too large")
    return call.json()


def _given(body: Mapping[str, Any], name: str, before: str) -> str:  # JSON of the client's making
    return before if body.get(name) is None else text(body, name)
