"""Failures of the service as values, and what a reader of the screen must find under the last answer."""

import json
from dataclasses import dataclass
from typing import Any

import pytest

from gigadesk.chat import Status
from gigadesk.emulator.faults import Fault
from gigadesk.ui.transcript.layout.boxes import ZoneKind
from tests.flows.flow_support import Flow, Program, until

CHAT = "/chat/completions"
OAUTH = "/oauth"
QUESTION = "Why?"
LANGUAGES = pytest.mark.parametrize("language", ["en", "ru"])
AT = {"en": 0, "ru": 1}

Titles = tuple[str, str]

REFUSED_KEY = ("GigaChat did not accept the key", "GigaChat не принял ключ")
OTHER_SCOPE = ("The key belongs to another kind of account", "Ключ относится к другому типу доступа")
REJECTED = ("GigaChat did not accept the request", "GigaChat не принял запрос")
TOO_MANY = ("Too many requests at once", "Слишком много запросов сразу")
OUT_OF_ORDER = ("GigaChat is out of order at the moment", "GigaChat сейчас не работает")
FOREIGN = ("The answer did not come from GigaChat", "Ответил не GigaChat")
ELSEWHERE = ("The server sends us to another address", "Сервер отсылает на другой адрес")
UNREADABLE = ("The answer could not be read", "Ответ не удалось прочитать")
BROKE_OFF = ("The answer broke off", "Ответ оборвался")
TOO_LONG = ("The answer is longer than GigaDesk takes", "Ответ длиннее, чем принимает GigaDesk")
REFUSED_TOPIC = ("GigaChat does not talk about this", "GigaChat не говорит на эту тему")
MODEL_FAILED = ("The model could not finish this answer", "Модель не смогла закончить ответ")


@dataclass(frozen=True)
class Case:
    """What the service does wrong, and the titles in English and Russian."""

    fault: Fault
    titles: Titles
    detail: str = ""
    """The server's own words, which stand below ours."""
    kept: str = ""
    """What had come of the answer before, and stays."""


def api(status: int, titles: Titles, message: str = "", **more: Any) -> Case:
    return Case(Fault(path=CHAT, status=status, message=message, **more), titles, message)


def oauth(status: int, code: int, message: str, titles: Titles) -> Case:
    body = json.dumps({"code": code, "message": message} if code else {"message": message})
    return Case(Fault(path=OAUTH, status=status, body=body, content_type="application/json"), titles, message)


def stream(body: str, titles: Titles, kept: str = "", **more: Any) -> Case:
    return Case(Fault(path=CHAT, body=body, content_type="text/event-stream", **more), titles, kept=kept)


def chunk(text: str, **choice: Any) -> str:
    value = {"choices": [{"delta": {"content": text}, "index": 0, **choice}], "model": "GigaChat-2:2.0"}
    return f"data: {json.dumps(value, ensure_ascii=False)}\n\n"


def speak(flow: Flow, language: str, **account: Any) -> None:
    """Settings of a program in this language, with an account that says `account` and follows no proxy."""
    flow.folder.mkdir(parents=True)
    settings = {"appearance": {"language": language}, "account": {"proxy": "none", **account}}
    (flow.folder / "settings.json").write_text(json.dumps(settings))


async def ends(desk: Program) -> None:
    await until(lambda: len(desk.messages) >= 2 and desk.last.status in {Status.DONE, Status.FAILED}, "the end")


def drawn(desk: Program) -> str:
    """What a reader of the screen hears of the last message, its notice included."""
    notice = desk.notice
    return f"{notice.title}\n{notice.text}\n{notice.detail}" if notice is not None else ""


def card_words(desk) -> list[str]:
    """Everything that is written around the last answer."""
    transcript = desk.window.page.transcript
    transcript.show_pending()
    item = transcript.rows.items[-1]
    return [mark.text for row in range(item.row_count) for mark in item.box(row).marks if hasattr(mark, "text")]


def judge(desk: Program, name: str, case: Case, language: str) -> list[str]:
    """What is wrong with the words under the last answer, and with what must have stayed."""
    said, wrong = drawn(desk), []
    if not said.startswith(case.titles[AT[language]] + "\n") or case.detail not in said:
        wrong.append(f"{name}: {said!r}")
    if case.titles is not TOO_LONG and not desk.zones(ZoneKind.ACTION):
        wrong.append(f"{name}: no way out is offered")
    if desk.texts[0] != QUESTION or not desk.last_text.startswith(case.kept):
        wrong.append(f"{name}: what was shown is gone: {desk.texts!r:.200}")
    return wrong


class Shown:
    """What stood in the chats, to be compared with what is on the disk when the program has ended."""

    def __init__(self) -> None:
        self._texts: dict[int, list[str]] = {}

    def note(self, desk: Program) -> None:
        self._texts[desk.shown_id] = [message.text for message in desk.messages]

    def missing(self, flow: Flow) -> list[str]:
        """The chats that are stored otherwise than they were shown."""
        stored = flow.store().chats()
        kept = {chat_id: [message.text for message in messages] for chat_id, messages in stored.items()}
        assert self._texts
        return [f"chat {each} is stored otherwise" for each, texts in self._texts.items() if kept.get(each) != texts]
