"""A client library for GigaChat, usable without the window and without Qt: `docs/library.md`.

The names below load on first use, so that a program which only needs the values does not pay for aiohttp. Errors are in
`gigadesk.errors`; `Role`, `Tool`, `Effort` and the like, in which the whole program speaks, in `gigadesk.chat`.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gigadesk.chat import Effort, FileKind, ModelBalance, Role, Source, Tool, Usage
    from gigadesk.errors import GigadeskError, MissingAuthError
    from gigadesk.gigachat.capabilities import Capabilities, capabilities_of
    from gigadesk.gigachat.client import Client
    from gigadesk.gigachat.diagnosis import diagnose
    from gigadesk.gigachat.events import (
        ApiVersion,
        FileReady,
        Finished,
        ForcedFunction,
        FunctionCall,
        FunctionMode,
        Model,
        ReasoningDelta,
        ReplyEvent,
        ReplyRequest,
        RequestMessage,
        Retrying,
        SourcesFound,
        TextDelta,
        ToolProgress,
        ToolStatus,
    )
    from gigadesk.gigachat.findings import Fact, Finding, Step, Verdict
    from gigadesk.gigachat.options import ClientOptions, SignIn
    from gigadesk.gigachat.provider import AsyncGeneratorProvider, GigaChat, ProviderModelMixin
    from gigadesk.gigachat.stateful_values import (
        AddedMessages,
        Assistant,
        AssistantChanges,
        NamedFile,
        Thread,
        ThreadMessage,
        ThreadRequest,
        ThreadRun,
        ThreadStatus,
    )
    from gigadesk.gigachat.token import TokenOwner
    from gigadesk.gigachat.transport import Timeouts
    from gigadesk.gigachat.values import (
        AiCheck,
        Batch,
        BatchMethod,
        Downloaded,
        Embedding,
        FilterCheck,
        FunctionCheck,
        FunctionIssue,
        StoredFile,
        TokenCount,
        UploadSource,
    )

__all__ = [
    "AddedMessages",
    "AiCheck",
    "ApiVersion",
    "Assistant",
    "AssistantChanges",
    "AsyncGeneratorProvider",
    "Batch",
    "BatchMethod",
    "Capabilities",
    "Client",
    "ClientOptions",
    "Downloaded",
    "Effort",
    "Embedding",
    "Fact",
    "FileKind",
    "FileReady",
    "FilterCheck",
    "Finding",
    "Finished",
    "ForcedFunction",
    "FunctionCall",
    "FunctionCheck",
    "FunctionIssue",
    "FunctionMode",
    "GigaChat",
    "GigadeskError",
    "MissingAuthError",
    "Model",
    "ModelBalance",
    "NamedFile",
    "ProviderModelMixin",
    "ReasoningDelta",
    "ReplyEvent",
    "ReplyRequest",
    "RequestMessage",
    "Retrying",
    "Role",
    "SignIn",
    "Source",
    "SourcesFound",
    "Step",
    "StoredFile",
    "TextDelta",
    "Thread",
    "ThreadMessage",
    "ThreadRequest",
    "ThreadRun",
    "ThreadStatus",
    "Timeouts",
    "TokenCount",
    "TokenOwner",
    "Tool",
    "ToolProgress",
    "ToolStatus",
    "UploadSource",
    "Usage",
    "Verdict",
    "capabilities_of",
    "diagnose",
]

_NAMES = {
    "gigadesk.chat": ("Effort", "FileKind", "ModelBalance", "Role", "Source", "Tool", "Usage"),
    "gigadesk.errors": ("GigadeskError", "MissingAuthError"),
    "gigadesk.gigachat.capabilities": ("Capabilities", "capabilities_of"),
    "gigadesk.gigachat.client": ("Client",),
    "gigadesk.gigachat.diagnosis": ("diagnose",),
    "gigadesk.gigachat.findings": ("Fact", "Finding", "Step", "Verdict"),
    "gigadesk.gigachat.options": ("ClientOptions", "SignIn"),
    "gigadesk.gigachat.provider": ("AsyncGeneratorProvider", "GigaChat", "ProviderModelMixin"),
    "gigadesk.gigachat.stateful_values": (
        "AddedMessages",
        "Assistant",
        "AssistantChanges",
        "NamedFile",
        "Thread",
        "ThreadMessage",
        "ThreadRequest",
        "ThreadRun",
        "ThreadStatus",
    ),
    "gigadesk.gigachat.token": ("TokenOwner",),
    "gigadesk.gigachat.transport": ("Timeouts",),
    "gigadesk.gigachat.values": (
        "AiCheck",
        "Batch",
        "BatchMethod",
        "Downloaded",
        "Embedding",
        "FilterCheck",
        "FunctionCheck",
        "FunctionIssue",
        "StoredFile",
        "TokenCount",
        "UploadSource",
    ),
}
_HOMES = {name: home for home, names in _NAMES.items() for name in names}


def __getattr__(name: str) -> Any:  # the type depends on the name
    from importlib import import_module

    # What is in no other home is an event.
    home = _HOMES.get(name, "gigadesk.gigachat.events" if name in __all__ else "")
    if not home:
        raise AttributeError(name)
    return getattr(import_module(home), name)
