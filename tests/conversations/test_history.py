from gigadesk.chat import ChatId, Message, MessageId, Role, Status
from gigadesk.conversations.history import history_for_continuation, history_for_reply
from gigadesk.conversations.prompts import continue_prompt
from gigadesk.errors import ContentRefusedError, NetworkError


def branch(*texts: str, **replies: dict) -> list[Message]:
    """Question, reply, question, ...; `r1={...}` changes fields of the message at that place."""
    messages = []
    for place, text in enumerate(texts):
        fields = {
            "role": Role.ASSISTANT if place % 2 else Role.USER,
            "status": Status.DONE,
            "finish_reason": "stop" if place % 2 else "",
            **replies.get(f"r{place}", {}),
        }
        parent = MessageId(place) if place else None
        messages.append(Message(MessageId(place + 1), ChatId(1), parent, text=text, created_at=1.0, **fields))
    return messages


def sent(messages):
    return [(message.role, message.text) for message in messages]


def test_the_whole_branch_is_sent_after_the_system_prompt():
    history = history_for_reply(branch("q1", "a1", "q2"), "Be brief.")

    assert sent(history) == [
        (Role.SYSTEM, "Be brief."),
        (Role.USER, "q1"),
        (Role.ASSISTANT, "a1"),
        (Role.USER, "q2"),
    ]


def test_without_a_system_prompt_none_is_sent():
    assert sent(history_for_reply(branch("q1"), "  \n")) == [(Role.USER, "q1")]


def test_a_reply_without_text_is_left_out_and_its_question_joins_the_next():
    history = history_for_reply(branch("q1", "", "q2", r1={"status": Status.FAILED, "error": NetworkError()}), "")

    assert sent(history) == [(Role.USER, "q1\n\nq2")]


def test_a_partial_reply_is_sent():
    history = history_for_reply(branch("q1", "a", "q2", r1={"status": Status.STOPPED, "finish_reason": ""}), "")

    assert sent(history) == [(Role.USER, "q1"), (Role.ASSISTANT, "a"), (Role.USER, "q2")]


def test_a_turn_that_the_content_filter_refused_is_not_sent_again():
    for refusal in ({"finish_reason": "blacklist"}, {"status": Status.FAILED, "error": ContentRefusedError()}):
        history = history_for_reply(branch("q1", "a1", "bad", "no", "q3", r3=refusal), "")

        assert sent(history) == [(Role.USER, "q1"), (Role.ASSISTANT, "a1"), (Role.USER, "q3")]


def test_the_question_to_be_answered_is_always_sent():
    assert sent(history_for_reply(branch("bad"), "")) == [(Role.USER, "bad")]


def test_a_continuation_sends_the_partial_answer_and_the_wish():
    history = history_for_continuation(branch("вопрос", "Нача"), "s")

    assert sent(history) == [
        (Role.SYSTEM, "s"),
        (Role.USER, "вопрос"),
        (Role.ASSISTANT, "Нача"),
        (Role.USER, continue_prompt("Нача")),
    ]


def test_a_continuation_speaks_the_language_of_the_answer():
    assert "Продолжи" in history_for_continuation(branch("q", "Ответ"), "")[-1].text
    assert "Continue" in history_for_continuation(branch("q", "Answer"), "")[-1].text


def test_a_continuation_of_nothing_asks_the_question_again():
    assert sent(history_for_continuation(branch("q", " "), "")) == [(Role.USER, "q")]


def test_a_refused_answer_can_be_continued():
    refused = {"finish_reason": "blacklist"}

    assert len(history_for_continuation(branch("q", "half", r1=refused), "")) == 3
