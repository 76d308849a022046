import json

from gigadesk.chat import Role
from gigadesk.gigachat.events import ReplyRequest, RequestMessage
from gigadesk.gigachat.protocol.request_v1 import request_body

MESSAGES = (RequestMessage(Role.SYSTEM, "Будь краток"), RequestMessage(Role.USER, "Привет"))


def test_a_plain_request_holds_model_and_messages_only():
    body = request_body(ReplyRequest("GigaChat-2", MESSAGES), stream=False)

    assert (
        body
        == (
            '{"model":"GigaChat-2","messages":[{"role":"system","content":"Будь краток"},'
            '{"role":"user","content":"Привет"}]}'
        ).encode()
    )


def test_parameters_stand_in_the_order_of_the_official_sdk():
    request = ReplyRequest(
        "m", MESSAGES, "session", 0.5, 0.9, 100, 1.1, update_interval_s=0.25, extra={"profanity_check": False}
    )

    fields = json.loads(request_body(request, stream=True))

    assert list(fields) == [
        *("model", "messages", "temperature", "top_p", "max_tokens", "repetition_penalty", "update_interval"),
        *("profanity_check", "stream"),
    ]
    assert (fields["update_interval"], fields["stream"]) == (0.25, True)


def test_zero_is_a_value_and_not_a_gap():
    fields = json.loads(request_body(ReplyRequest("m", MESSAGES, temperature=0.0), stream=True))

    assert fields["temperature"] == 0.0


def test_the_interval_means_nothing_without_a_stream():
    fields = json.loads(request_body(ReplyRequest("m", MESSAGES, update_interval_s=1.0), stream=False))

    assert "update_interval" not in fields
    assert "stream" not in fields
