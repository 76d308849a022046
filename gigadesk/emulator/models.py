"""Which models each host lists, and under which version they answer. Does no I/O."""

from gigadesk.emulator.options import Plan

CONTEXT_TOKENS = 128_000

_OLD_CHAT = (
    "GigaChat",
    "GigaChat-2",
    "GigaChat-2-Max",
    "GigaChat-2-Max-preview",
    "GigaChat-2-Pro",
    "GigaChat-2-Pro-preview",
    "GigaChat-2-preview",
    "GigaChat-Max",
    "GigaChat-Max-preview",
    "GigaChat-Plus",
    "GigaChat-Pro",
    "GigaChat-Pro-preview",
    "GigaChat-preview",
)
_OLD_OTHER = (
    ("GigaFilter", "filter"),
    ("GigaCheckClassification", "aicheck"),
    ("GigaCheckDetection", "aicheck"),
    ("Embeddings", "embedder"),
    ("Embeddings-2", "embedder"),
    ("EmbeddingsGigaR", "embedder"),
    ("GigaEmbeddings-3B-2025-09", "embedder"),
)
_NEW_PRIVATE_CHAT = ("GigaChat-2", "GigaChat-2-Max", "GigaChat-2-Pro", "GigaChat-3-Ultra")
_NEW_COMPANY_CHAT = ("GigaChat-2", "GigaChat-2-Max", "GigaChat-2-Pro", "GigaChat-3-Lightning", "GigaChat-3-Pro")
_NEW_PRIVATE_OTHER = tuple((name, kind) for name, kind in _OLD_OTHER if kind == "embedder")
_NEW_COMPANY_OTHER = tuple((name, kind) for name, kind in _OLD_OTHER if kind != "filter")

_UNLISTED_CHAT = frozenset({"GigaChat-2-Reasoning"})
"""Known from the sources of the official SDK only; answered on both hosts."""
_THINKING = ("GigaChat-2-Reasoning", "GigaChat-3")
_WITHOUT_FUNCTIONS = frozenset({"GigaChat-Plus"})
_TEXT_ONLY = frozenset({"GigaChat", "GigaChat-2", "GigaChat-Plus"})

_VERSIONS = (
    ("GigaChat-3", "32.3.18.5"),
    ("GigaChat-2-Max", "2.0.30.01"),
    ("GigaChat-Max", "2.0.30.01"),
    ("GigaChat", "2.0.28.2"),
)


def model_list(*, is_old_host: bool, plan: Plan) -> tuple[tuple[str, str], ...]:
    """Ids and types in the order of the wire: the recorded list of the old host, the short one of the new host."""
    chat: tuple[str, ...]
    other: tuple[tuple[str, str], ...]
    if is_old_host:
        chat, other = _OLD_CHAT, _OLD_OTHER
    elif plan is Plan.PERS:
        chat, other = _NEW_PRIVATE_CHAT, _NEW_PRIVATE_OTHER
    else:
        chat, other = _NEW_COMPANY_CHAT, _NEW_COMPANY_OTHER
    return (*((name, "chat") for name in chat), *other)


def model_object(name: str, kind: str) -> dict[str, str]:
    return {"id": name, "object": "model", "owned_by": "salutedevices", "type": kind}


def served_name(requested: str, *, is_old_host: bool, plan: Plan) -> str | None:
    """The alias this chat model answers under, or None when there is no such chat model here.

    The old host also takes `GigaChat:latest`, as its documentation once said; the answer keeps the alias.
    """
    alias = requested.removesuffix(":latest") if is_old_host else requested
    is_known = alias in _UNLISTED_CHAT or (alias, "chat") in model_list(is_old_host=is_old_host, plan=plan)
    return alias if is_known else None


def thinks(alias: str) -> bool:
    """Whether this model reasons before it answers, and takes an effort."""
    return alias.startswith(_THINKING)


def has_functions(alias: str) -> bool:
    return alias not in _WITHOUT_FUNCTIONS


def has_eyes(alias: str) -> bool:
    """Whether this model takes pictures and sound."""
    return alias.removesuffix("-preview") not in _TEXT_ONLY


def version_of(alias: str) -> str:
    """The `model` field of an answer: alias, colon, runtime version."""
    return f"{alias}:{next(version for prefix, version in _VERSIONS if alias.startswith(prefix))}"
