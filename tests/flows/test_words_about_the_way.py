"""What the way to the service does to an answer: silence, floods, refusals in mid-session, waits, odd doors."""

import json

import pytest

from gigadesk.chat import Status
from gigadesk.emulator.faults import Fault
from tests.flows.flow_support import until
from tests.flows.words_support import (
    AT,
    BROKE_OFF,
    CHAT,
    FOREIGN,
    LANGUAGES,
    OAUTH,
    OUT_OF_ORDER,
    QUESTION,
    REFUSED_KEY,
    TOO_LONG,
    UNREADABLE,
    Case,
    Shown,
    chunk,
    ends,
    judge,
    speak,
    stream,
)

WRONG_PASSWORD = (
    "GigaChat did not accept the user name or the password",
    "GigaChat не принял имя пользователя или пароль",
)
TOKEN_OVER = ("The access token is no longer valid", "Токен доступа больше не действует")
NO_CERTIFICATE = ("GigaChat asks for a client certificate", "GigaChat требует сертификат клиента")
LOCAL_NO_CERTIFICATE = ("127.0.0.1 asks for a client certificate", "127.0.0.1 требует сертификат клиента")
BAD_CERTIFICATE = ("The client certificate cannot be used", "Сертификат клиента не подходит")

PINGS = ": ping\n\n" * 20_000
SILENCES = {
    "slow loris": stream(chunk("One ") + chunk("two " * 1000), BROKE_OFF, "One ", piece_bytes=80, piece_delay_s=0.1),
    "pings for ever": stream(
        chunk("One ") + ": ping\n\n" * 20_000, BROKE_OFF, "One ", piece_bytes=90, piece_delay_s=0.02
    ),
    "silence": stream(chunk("One ") + chunk("two"), BROKE_OFF, "One ", stall_after_bytes=len(chunk("One ").encode())),
}


@LANGUAGES
def test_a_stream_without_events_is_ended_and_its_text_stays(quick, run_async, monkeypatch, language):
    async def story():
        monkeypatch.setenv("GIGACHAT_TIMEOUT", "1.5")
        speak(quick, language)
        wrong, shown = [], Shown()
        async with quick.service() as service, quick.program() as desk:
            await desk.online()
            for name, case in SILENCES.items():
                service.faults.set(case.fault)
                desk.open_new_chat()
                desk.ask(QUESTION)
                await ends(desk)
                wrong += judge(desk, name, case, language)
                shown.note(desk)
                service.faults.reset()
        assert wrong + shown.missing(quick) == []

    run_async(story())


FLOODS = {
    "line of a hundred megabytes": stream("data: " + "x" * 100_000_000, TOO_LONG),
    "gzip bomb": stream("0" * 100_000_000, UNREADABLE, gzip=True),
}


@LANGUAGES
@pytest.mark.parametrize("name", FLOODS)
def test_a_flood_is_refused_and_told(quick, run_async, name, language):
    async def story():
        speak(quick, language)
        case = FLOODS[name]
        async with quick.service() as service, quick.program() as desk:
            await desk.online()
            service.faults.set(case.fault)
            desk.ask(QUESTION)
            await ends(desk)
            assert judge(desk, name, case, language) == []
            assert desk.last_text == ""

    run_async(story())


def test_a_dead_kept_connection_and_an_expired_token_are_never_seen(quick, run_async):
    async def story():
        async with quick.service() as service, quick.program() as desk:
            await desk.online()
            for answer, befalls in (
                ("First", lambda: None),
                ("Second", service.emulator.expire_tokens),
                ("Third", service.emulator.revoke_tokens),
                ("Fourth", lambda: service.faults.next(Fault(path=CHAT, drop=True))),
            ):
                befalls()
                desk.open_new_chat()
                service.answer_next(answer)
                desk.ask(QUESTION)
                await ends(desk)
                assert (desk.last_text, desk.last.status, desk.notice) == (answer, Status.DONE, None)

    run_async(story())


@LANGUAGES
def test_a_key_that_is_refused_in_mid_session_is_told(quick, run_async, language):
    async def story():
        speak(quick, language)
        async with quick.service() as service, quick.program() as desk:
            await desk.online()
            service.answer_next("Before")
            desk.ask("First")
            await ends(desk)
            service.emulator.expire_tokens()
            body = json.dumps({"code": 6, "message": "credentials doesn't match db data"})
            service.faults.set(Fault(path=OAUTH, status=401, body=body, content_type="application/json"))
            desk.ask(QUESTION)
            await until(lambda: len(desk.messages) == 4 and desk.last.status is Status.FAILED)
            assert desk.notice.title == REFUSED_KEY[AT[language]]
            assert desk.texts[:3] == ["First", "Before", QUESTION]
            shown = desk.shown_id
        assert quick.store().texts(shown)[:3] == ["First", "Before", QUESTION]

    run_async(story())


@LANGUAGES
@pytest.mark.parametrize("wish", ["30", "1e9", "inf", "nan", "soon", "-5"])
def test_a_next_try_is_counted_down_and_can_be_called_off(flow, run_async, language, wish):
    async def story():
        speak(flow, language)
        async with flow.service() as service, flow.program() as desk:
            await desk.online()
            seen = []
            desk.window.chats._chat._notes.retry_changed.connect(lambda *each: seen.append(each))
            service.faults.set(Fault(path=CHAT, status=503, headers=(("Retry-After", wish),)))
            desk.ask(QUESTION)
            await until(lambda: seen, "the words about the next try")
            _, said, delay_s = seen[0]
            assert said.startswith(("GigaChat is out of order", "GigaChat сейчас не работает")[AT[language]])
            assert 0 <= delay_s <= 60
            if desk.last.status is Status.STREAMING:
                desk.press_stop()
            await until(lambda: desk.last.status in {Status.STOPPED, Status.FAILED})
            assert desk.texts[0] == QUESTION

    run_async(story())


LOGINS = {
    "wrong password": (Fault(path="nowhere"), WRONG_PASSWORD),
    "page": (Fault(path="/token", html=True), FOREIGN),
    "broken": (Fault(path="/token", status=500), OUT_OF_ORDER),
}


@LANGUAGES
@pytest.mark.parametrize("name", LOGINS)
def test_a_login_with_a_password_that_fails_is_told(quick, run_async, monkeypatch, name, language):
    async def story():
        fault, titles = LOGINS[name]
        async with quick.service(has_key=False) as service:
            monkeypatch.setenv("GIGACHAT_BASE_URL", service.endpoint.old_base_url)
            monkeypatch.setenv("GIGACHAT_USER", service.endpoint.user)
            monkeypatch.setenv("GIGACHAT_PASSWORD", "wrong")
            service.faults.set(fault)
            speak(quick, language)
            async with quick.program() as desk:
                await desk.chats_shown()
                desk.ask(QUESTION)
                await ends(desk)
                assert judge(desk, name, Case(fault, titles), language) == []

    run_async(story())


@LANGUAGES
def test_a_ready_token_that_is_refused_is_told(quick, run_async, monkeypatch, language):
    async def story():
        async with quick.service(has_key=False):
            monkeypatch.setenv("GIGACHAT_ACCESS_TOKEN", "a.stale.token")
            speak(quick, language)
            async with quick.program() as desk:
                await desk.chats_shown()
                desk.ask(QUESTION)
                await ends(desk)
                assert judge(desk, "token", Case(Fault(), TOKEN_OVER), language) == []

    run_async(story())


@LANGUAGES
@pytest.mark.parametrize(("has_tls", "titles"), [(True, BAD_CERTIFICATE), (False, LOCAL_NO_CERTIFICATE)])
def test_a_client_certificate_that_does_not_help_is_told(quick, run_async, has_tls, titles, language):
    async def story():
        (quick.home / "client.pem").write_text("<html>Not found</html>")
        speak(quick, language, sign_in="certificate", certificate_file=str(quick.home / "client.pem"))
        # Without TLS no certificate is shown, and the service knows nobody.
        async with quick.service(has_key=False, mtls="accepted" if has_tls else ""), quick.program() as desk:
            await desk.chats_shown()
            desk.ask(QUESTION)
            await ends(desk)
            assert judge(desk, "certificate", Case(Fault(), titles), language) == []

    run_async(story())


@LANGUAGES
def test_a_gateway_that_wants_a_client_certificate_is_told(quick, run_async, language):
    async def story():
        speak(quick, language)
        page = "<html><center>No required SSL certificate was sent</center></html>"
        case = Case(Fault(path=CHAT, status=400, body=page, content_type="text/html"), NO_CERTIFICATE)
        async with quick.service() as service, quick.program() as desk:
            await desk.online()
            service.faults.set(case.fault)
            desk.ask(QUESTION)
            await ends(desk)
            assert judge(desk, "gateway", case, language) == []

    run_async(story())
