"""Every failure of the second chat contract, up to the words under the answer, in both languages."""

import json

from gigadesk.chat import Tool
from gigadesk.emulator.faults import Fault
from tests.flows.words_support import (
    BROKE_OFF,
    CHAT,
    LANGUAGES,
    MODEL_FAILED,
    OUT_OF_ORDER,
    QUESTION,
    REFUSED_TOPIC,
    REJECTED,
    UNREADABLE,
    Case,
    Shown,
    Titles,
    api,
    ends,
    judge,
    speak,
    stream,
)

NO_TOOL = ("The model has no such tool", "У модели нет такого инструмента")
NO_MODEL = ("This model is not available to your key", "Эта модель недоступна для вашего ключа")
ODD_END = ("The answer ended in an unusual way", "Ответ закончился необычно")
CUT = ("The answer was cut: it reached the token limit", "Ответ оборван: достигнут предел токенов")
HALF = "Half an answer."


def event(name: str, **fields: object) -> str:
    value = {"model": "GigaChat-2-Max:32", "created_at": 1780321864, **fields}
    return f"event: response.message.{name}\ndata: {json.dumps(value, ensure_ascii=False)}\n\n"


DELTA = event("delta", messages=[{"role": "assistant", "content": [{"text": HALF}]}])


def done(reason: str, titles: Titles, **fields: object) -> Case:
    return stream(DELTA + event("done", finish_reason=reason, **fields), titles, HALF)


CASES = {
    "400 syntax": api(400, REJECTED, "Your request contains invalid JSON syntax."),
    "404 model": api(404, NO_MODEL, "No such model"),
    "404 tool": api(404, NO_TOOL, "Unknown tool telepathy"),
    "422 tool": api(422, NO_TOOL, "Tool code_interpreter is unavailable"),
    "422 functions": api(422, NO_TOOL, "Requested model does not support functions"),
    "500": api(500, OUT_OF_ORDER),
    "bad call": done("function_call_error", MODEL_FAILED),
    "failed at the end": done(
        "error", MODEL_FAILED, created_at="1780321864", usage={"input_tokens": 0, "output_tokens": 0, "total_tokens": 0}
    ),
    "blacklist": done("blacklist", REFUSED_TOPIC),
    "request_blacklist": done("request_blacklist", REFUSED_TOPIC),
    "request_whitelist": done("request_whitelist", REFUSED_TOPIC),
    "request_filter": done("request_filter", REFUSED_TOPIC),
    "response_blacklist": done("response_blacklist", REFUSED_TOPIC),
    "length": done("length", CUT),
    "future reason": done("tired", ODD_END),
    "without an end": stream(DELTA, BROKE_OFF, HALF),
    "nonsense": stream("event: response.message.delta\ndata: nonsense\n\n", UNREADABLE),
    "error within": stream(DELTA + 'data: {"status":500,"message":"oops"}\n\n', OUT_OF_ORDER, HALF),
}


@LANGUAGES
def test_every_failure_of_the_second_contract_has_its_words(quick, run_async, language):
    async def story():
        speak(quick, language, api="v2")
        wrong, shown = [], Shown()
        async with quick.service() as service, quick.program() as desk:
            await desk.online()
            for name, case in CASES.items():
                service.faults.set(case.fault)
                desk.open_new_chat()
                desk.ask(QUESTION)
                await ends(desk)
                wrong += judge(desk, name, case, language)
                shown.note(desk)
                service.faults.reset()
            asked = [request for request in service.emulator.requests_to(CHAT) if "max_tokens" not in request.json()]
            assert {request.path for request in asked} == {"/v2/chat/completions"}
        assert wrong + shown.missing(quick) == []

    run_async(story())


@LANGUAGES
def test_a_tool_that_is_closed_to_the_account_is_named(quick, run_async, language):
    async def story():
        speak(quick, language)
        case = Case(Fault(), NO_TOOL, "Tool web_search is unavailable")
        async with quick.service(closed_tools=("web_search",)) as _, quick.program() as desk:
            await desk.online()
            desk.window.page.composer.model_picker.model_chosen.emit("GigaChat-2-Max")
            desk.window.page.composer.tools.tools_chosen.emit((Tool.WEB_SEARCH,))
            desk.ask(QUESTION)
            await ends(desk)
            assert judge(desk, "closed tool", case, language) == []

    run_async(story())
