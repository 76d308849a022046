"""What holds for every answer: where its bytes are cut makes no difference, and no damage to them does harm."""

import json
import tracemalloc
from contextlib import suppress
from functools import partial

import pytest

from gigadesk.errors import ServiceError
from gigadesk.gigachat.events import (
    FileReady,
    Finished,
    FunctionCall,
    ReasoningDelta,
    SourcesFound,
    TextDelta,
    ToolProgress,
)
from gigadesk.gigachat.failures import FailedAnswer, from_api, from_files, from_oauth, from_token_login
from gigadesk.gigachat.protocol.balance import read_balance
from gigadesk.gigachat.protocol.batches import read_batch, read_batches
from gigadesk.gigachat.protocol.checks import read_ai_check, read_filter_check
from gigadesk.gigachat.protocol.decode import OddJsonError
from gigadesk.gigachat.protocol.embeddings import read_embeddings
from gigadesk.gigachat.protocol.function_checks import read_function_check, read_functions
from gigadesk.gigachat.protocol.grant import read_grant
from gigadesk.gigachat.protocol.models import read_models
from gigadesk.gigachat.protocol.reply_v1 import ReplyReaderV1
from gigadesk.gigachat.protocol.reply_v2 import ReplyReaderV2
from gigadesk.gigachat.protocol.stored_files import read_deletion, read_stored_file, read_stored_files
from gigadesk.gigachat.protocol.token_counts import read_counts
from tests.gigachat.stream_samples import dice_for, pieces_of, play, texts_v1, texts_v2, wire_of

WIRES = 400
MUTATIONS = 10_000
MEMORY_MAX_BYTES = 8 * 1024 * 1024
"""For any one of the damaged answers, which are a few kilobytes long."""

CONTRACTS = [(ReplyReaderV1, texts_v1), (ReplyReaderV2, texts_v2)]
_EVENTS = (TextDelta, ReasoningDelta, FunctionCall, ToolProgress, FileReady, SourcesFound, Finished)


@pytest.mark.parametrize(("reader", "texts"), CONTRACTS, ids=["v1", "v2"])
def test_where_a_stream_is_cut_makes_no_difference(reader, texts):
    for seed in range(WIRES):
        dice = dice_for(seed)
        wire = wire_of(dice, texts(dice))

        whole = play(reader(), [wire])

        assert play(reader(), pieces_of(dice, wire)) == whole, f"seed {seed}"
        if seed % 10 == 0:
            assert play(reader(), [bytes([byte]) for byte in wire]) == whole, f"seed {seed}, byte by byte"


@pytest.mark.parametrize(("reader", "texts"), CONTRACTS, ids=["v1", "v2"])
def test_the_framing_of_a_stream_makes_no_difference(reader, texts):
    for seed in range(WIRES):
        events = texts(dice_for(seed))
        wires = [wire_of(dice_for(seed + number), events) for number in range(3)]

        first, *others = [play(reader(), [wire]) for wire in wires]

        assert all(other == first for other in others), f"seed {seed}"


@pytest.mark.parametrize("part", range(5))
def test_no_damage_to_a_stream_does_harm(part):
    """Ten thousand damaged streams: events, and typed failures, and nothing else."""
    for seed in range(part * MUTATIONS // 5, (part + 1) * MUTATIONS // 5):
        dice = dice_for(seed)
        reader, texts = CONTRACTS[seed % 2]
        wire = _damaged(dice, wire_of(dice, texts(dice)))

        events, failure, *_ = play(reader(), pieces_of(dice, wire))

        assert failure is type(None) or issubclass(failure, ServiceError), f"seed {seed}"
        _check_events(events, wire, seed)


_READERS = [
    *(read_grant, read_models, read_balance, read_batch, read_batches, read_ai_check, read_filter_check, read_deletion),
    *(read_function_check, read_functions, read_stored_file, read_stored_files),
    *(partial(read_embeddings, expected=1), partial(read_counts, expected=1)),
]
_BODIES = [
    {"choices": [{"message": {"content": "Hello.", "role": "assistant"}, "index": 0, "finish_reason": "stop"}]},
    {"messages": [{"role": "assistant", "content": [{"text": "Hello"}]}], "finish_reason": "stop", "usage": {"a": 1}},
    {"access_token": "eyJhbGciOi.abc", "expires_at": 1768998571234},
    {"tok": "abc", "exp": 1780321924},
    {"object": "list", "data": [{"id": "GigaChat", "object": "model", "owned_by": "salutedevices", "type": "chat"}]},
    {"balance": [{"usage": "GigaChat", "value": 900000}]},
    [{"object": "tokens", "tokens": 2, "characters": 10}],
    {"data": [{"object": "embedding", "index": 0, "embedding": [0.5, -1], "usage": {"prompt_tokens": 7}}]},
    {"id": "59af", "object": "file", "bytes": 133107, "created_at": 1742999340, "filename": "cat.jpg"},
    {"category": "mixed", "characters": 533, "tokens": 224, "ai_intervals": [[1, 262]]},
    {"id": "b", "request_counts": {"total": 3}, "status": "created"},
    {"status": 404, "message": "No such model"},
    {"code": 7, "message": "scope from db not fully includes consumed scope"},
]


@pytest.mark.parametrize("part", range(5))
def test_no_damage_to_a_body_does_harm(part):
    for seed in range(part * MUTATIONS // 5, (part + 1) * MUTATIONS // 5):
        dice = dice_for(seed)
        body = _damaged(dice, json.dumps(dice.choice(_BODIES), ensure_ascii=False).encode())

        for reader in (ReplyReaderV1(), ReplyReaderV2()):
            reader.read(body)
            _check_events([*reader.take(), *reader.finish()], body, seed)
        for read in _READERS:
            with suppress(OddJsonError):
                read(body)
        for failure in (from_api, from_oauth, from_files, from_token_login):
            status = dice.choice([200, 307, 400, 401, 403, 404, 407, 413, 422, 429, 500, 503])
            error = failure(
                FailedAnswer(status, "application/json", body, retry_after=dice.choice(["", "nan", "9e99"]))
            )
            assert isinstance(error, ServiceError)
            assert len(error.detail) <= 500


@pytest.mark.parametrize("reader", [ReplyReaderV1, ReplyReaderV2])
@pytest.mark.parametrize(
    "data",
    [
        b"[" * 200_000,
        b'{"choices":' * 50_000,
        b'{"messages":[' + b'{"content":[' * 50_000,
        b'{"choices":[' + b"null," * 200_000 + b"null]}",
        b'{"choices":[{"index":' + b"9" * 200_000 + b"}]}",
        b'{"usage":{"prompt_tokens":1' + b"0" * 200_000 + b"}}",
        b'{"choices":[{"delta":{"content":"' + b"\\ud800" * 50_000 + b'"}}]}',
        b'{"choices":[{"delta":{"content":"' + b"[sources=[" * 50_000 + b'"}}]}',
        b'{"messages":[{"content":"' + b"[sources=[1" * 50_000 + b'"}]}',
        b'{"messages":[{"content":[{"text":"' + b"<" * 300_000 + b'"}]}]}',
        b'{"choices":[{"delta":{"content":"' + b" " * 300_000 + b'<think>"}}]}',
    ],
    ids=range(11),
)
def test_a_hostile_event_takes_bounded_memory(reader, data):
    reply = reader()
    tracemalloc.start()
    try:
        reply.read(data)
        events = [*reply.take(), *reply.finish()]
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    _check_events(events, data, 0)
    assert peak < MEMORY_MAX_BYTES * 4


_HOSTILE = (b"9" * 5000, b"1e999", b"-1", b"NaN", b"[" * 1500, b'"\\ud800"', b"true", b"{}", b'"\\u0000"')


def _damaged(dice, wire):
    """The bytes with one to five things done to them."""
    for _ in range(dice.randrange(1, 6)):
        start, end = sorted((dice.randrange(len(wire) + 1), dice.randrange(len(wire) + 1)))
        match dice.randrange(10):
            case 0:
                wire = wire[:start] + wire[end:]
            case 1:
                wire = wire[:end] + wire[start:]
            case 2:
                wire = wire[:start]
            case 3:
                wire = wire[:start] + dice.randbytes(dice.randrange(1, 9)) + wire[start:]
            case 4:
                wire = wire[:start] + bytes([dice.randrange(256)]) + wire[start + 1 :]
            case 5:
                words = (b'"content"', b'"choices"', b'"text"', b'"messages"', b"null", b"1", b"[", b"}", b'"', b":")
                wire = wire.replace(dice.choice(words), dice.choice(words), dice.randrange(1, 3))
            case 6:
                hostile = (
                    b"9" * 5000,
                    b"1e999",
                    b"-1",
                    b"NaN",
                    b"[" * 1500,
                    b'"\\ud800"',
                    b"true",
                    b"{}",
                    b'"\\u0000"',
                )
                wire = wire.replace(dice.choice((b"1", b'"stop"', b"null", b'"assistant"')), dice.choice(hostile), 2)
            case 7:
                wire = (
                    wire[:start]
                    + dice.choice((b"\r", b"\n", b"\r\n", b"\n\n", b"\xef\xbb\xbf", b"\x00"))
                    + wire[start:]
                )
            case 8:
                wire = wire[start:] + wire[:start]
            case _:
                wire = wire[:start] + wire[start:end] * dice.randrange(2, 4) + wire[end:]
    return wire


def _check_events(events, wire, seed):
    told = 0
    for event in events:
        assert isinstance(event, _EVENTS), f"seed {seed}"
        if isinstance(event, TextDelta | ReasoningDelta):
            assert event.text, f"seed {seed}"
            event.text.encode()  # no lone surrogates
            assert "\x00" not in event.text, f"seed {seed}"
            assert "\r" not in event.text, f"seed {seed}"
            told += len(event.text)
    assert told <= len(wire), f"seed {seed}"
