"""The law of the small endpoints: any body gives a value or `OddJsonError`, nothing else."""

import json
import random
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigadesk.gigachat.protocol.assistants import read_assistant, read_assistant_id, read_assistants, read_deleted
from gigadesk.gigachat.protocol.balance import read_balance
from gigadesk.gigachat.protocol.batches import read_batch, read_batches
from gigadesk.gigachat.protocol.checks import read_ai_check, read_filter_check
from gigadesk.gigachat.protocol.decode import OddJsonError, count_of
from gigadesk.gigachat.protocol.embeddings import read_embeddings
from gigadesk.gigachat.protocol.function_checks import read_function_check, read_functions
from gigadesk.gigachat.protocol.stored_files import read_deletion, read_stored_file, read_stored_files
from gigadesk.gigachat.protocol.threads import read_added, read_messages, read_run, read_thread, read_threads
from gigadesk.gigachat.protocol.token_counts import read_counts

FILE = {
    "id": "f1",
    "object": "file",
    "bytes": 133107,
    "created_at": 1742999340,
    "filename": "кот.jpg",
    "modalities": [],
}
BATCH = {"id": "b1", "method": "embedder", "request_counts": {"total": 3, "failed": 1}, "status": "completed"}
ASSISTANT = {
    "assistant_id": "a1",
    "model": "GigaChat-2",
    "files": [{"file_id": "f1", "name": "кот.jpg"}],
    "functions": [{"name": "f"}],
    "metadata": {"a": 1},
    "threads_count": 2,
    "created_at": 1742999340,
}
THREAD = {"id": "t1", "assistant_id": None, "model": "GigaChat-2", "run_lock": True, "status": "in_progress"}
MESSAGE = {
    "message_id": "m1",
    "role": "assistant",
    "content": "да",
    "attachments": [{"file_id": "f1", "name": "a"}],
    "function_call": {"name": "f", "arguments": '{"a":1}'},
}
RUN = {"status": "ready", "thread_id": "t1", "updated_at": 1, "model": "GigaChat-2", "messages": [MESSAGE]}
READERS = {
    "counts": (partial(read_counts, expected=1), [{"object": "tokens", "tokens": 2, "characters": 10}]),
    "embeddings": (partial(read_embeddings, expected=1), {"data": [{"index": 0, "embedding": [0.5, -1e3, 2]}]}),
    "balance": (read_balance, {"balance": [{"usage": "GigaChat", "value": 9999967}]}),
    "ai check": (read_ai_check, {"category": "mixed", "characters": 5, "tokens": 2, "ai_intervals": [[1, 262]]}),
    "filter": (read_filter_check, {"is_profane": True, "usage": {"filter_tokens": 35}}),
    "function": (read_function_check, {"message": "Function is valid", "warnings": [{"description": "few"}]}),
    "functions": (read_functions, {"functions": [{"name": "weather", "parameters": {}}]}),
    "batch": (read_batch, BATCH),
    "batches": (read_batches, {"batches": [BATCH]}),
    "file": (read_stored_file, FILE),
    "files": (read_stored_files, {"data": [FILE]}),
    "assistant": (read_assistant, ASSISTANT),
    "assistants": (read_assistants, {"data": [ASSISTANT]}),
    "assistant id": (read_assistant_id, {"assistant_id": "a1", "created_at": 1}),
    "deleted": (read_deleted, {"deleted": True}),
    "thread": (read_thread, THREAD),
    "threads": (read_threads, {"threads": [THREAD]}),
    "messages": (read_messages, {"thread_id": "t1", "messages": [MESSAGE]}),
    "added": (read_added, {"thread_id": "t1", "messages": [{"message_id": "m1", "created_at": 1}]}),
    "run": (read_run, RUN),
    "deletion": (read_deletion, {"id": "f1", "deleted": True}),
}
LEAVES = (None, True, -1, 1.5, 10**30, 10**400, "", "я" * 100, "\ud800", [], {}, [[[]]], {"id": {"id": []}})
ROUNDS = 1000


def outcome(read, body: bytes) -> object:
    try:
        return read(body)
    except OddJsonError:
        return OddJsonError


@pytest.mark.parametrize(("read", "answer"), READERS.values(), ids=READERS)
def test_good_answer_is_understood(read, answer):
    assert outcome(read, json.dumps(answer).encode()) not in (OddJsonError, ())


@pytest.mark.parametrize(("read", "answer"), READERS.values(), ids=READERS)
def test_any_byte_may_be_wrong(read, answer):
    chance = random.Random(0)
    body = json.dumps(answer, ensure_ascii=False).encode()
    for _ in range(ROUNDS):
        odd = bytearray(body)
        for _ in range(chance.randint(1, 4)):
            place = chance.randrange(len(odd))
            match chance.randrange(4):
                case 0:
                    odd[place] = chance.randrange(256)
                case 1:
                    odd[place:place] = chance.choice((b'"', b"}", b"]", b",", b"\\u0000", b"1e999", b"\xff"))
                case 2:
                    del odd[place : place + chance.randint(1, 8)]
                case _:
                    odd = odd[: place + 1]
            if not odd:
                break
        outcome(read, bytes(odd))


@pytest.mark.parametrize(("read", "answer"), READERS.values(), ids=READERS)
def test_any_value_may_be_another(read, answer):
    for place in range(_places(answer)):
        for leaf in LEAVES:
            changed, _ = _with_leaf(answer, place, leaf)
            outcome(read, json.dumps(changed).encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("read", [read for read, _ in READERS.values()], ids=READERS)
@given(body=st.binary(max_size=40))
def test_any_bytes_are_borne(read, body):
    outcome(read, body)


@pytest.mark.parametrize("read", [read for read, _ in READERS.values()], ids=READERS)
@pytest.mark.parametrize("body", [b"", b"[" * 100_000, b'{"data":' * 50_000, b"1" * 5000, b"NaN", b'{"data":[NaN]}'])
def test_hostile_bodies_hold_nothing(read, body):
    assert outcome(read, body) in (OddJsonError, ())


def test_vector_of_no_numbers_is_odd():
    assert outcome(partial(read_embeddings, expected=1), b'{"data":[{"embedding":[NaN]}]}') is OddJsonError


@pytest.mark.parametrize(
    ("value", "count"), [(7, 7), (7.9, 7), (-1, 0), (True, 0), ("7", 0), (10**400, 2**53), (1e300, 2**53)]
)
def test_counts_are_never_more_than_a_number_can_hold(value, count):
    assert count_of(value) == count


def _places(value) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + sum(map(_places, inner))


def _with_leaf(value, place, leaf):
    """The value with what is at the place (counted from the outside) replaced; the places that are left."""
    if place == 0:
        return leaf, -1
    place -= 1
    if isinstance(value, dict | list):
        pairs = list(value.items()) if isinstance(value, dict) else list(enumerate(value))
        changed = []
        for key, inner in pairs:
            if place >= 0:
                inner, place = _with_leaf(inner, place, leaf)  # noqa: PLW2901 - the place goes on from value to value
            changed.append((key, inner))
        value = dict(changed) if isinstance(value, dict) else [inner for _, inner in changed]
    return value, place
