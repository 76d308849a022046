"""Every failure of the tree has its own words, in both languages."""

import inspect

import pytest

from gigadesk import errors
from gigadesk.chat import ChatId, Message, MessageId, Role, Status
from gigadesk.errors import (
    AttachmentCause,
    AttachmentError,
    BrokenAnswerCause,
    BrokenAnswerError,
    CertificateCause,
    CertificateError,
    GigadeskError,
    KeyringCause,
    KeyringError,
    NetworkCause,
    NetworkError,
    QuotaError,
    RateLimitError,
    ServerFailedError,
    ServiceError,
    SettingsError,
    StorageCause,
    StorageError,
    WebPictureCause,
    WebPictureError,
)
from gigadesk.gigachat.authorization_key import KeyProblem
from gigadesk.limits import ERROR_DETAIL_MAX_CHARS
from gigadesk.settings import Language
from gigadesk.ui.notices import (
    Action,
    action_text,
    key_problem_text,
    keyring_wait_notice,
    low_balance_notice,
    notice_for,
    notice_for_message,
)

WITH_CAUSES = {
    AttachmentError: [AttachmentError(cause) for cause in AttachmentCause],
    NetworkError: [NetworkError(cause=cause, host="api.giga.chat") for cause in NetworkCause],
    CertificateError: [CertificateError(cause=cause, host="api.giga.chat") for cause in CertificateCause],
    BrokenAnswerError: [BrokenAnswerError(cause=cause) for cause in BrokenAnswerCause],
    StorageError: [StorageError(cause, "/home/me/GigaDesk/chats.db") for cause in StorageCause],
    KeyringError: [KeyringError(cause) for cause in KeyringCause],
    SettingsError: [SettingsError("/home/me/settings.broken.json")],
    WebPictureError: [WebPictureError(cause) for cause in WebPictureCause],
}
LANGUAGES = [Language.ENGLISH, Language.RUSSIAN]


def types_of_the_tree():
    return [each for _, each in inspect.getmembers(errors, inspect.isclass) if issubclass(each, GigadeskError)]


def every_error():
    for each in types_of_the_tree():
        yield from WITH_CAUSES.get(each) or [each()]


def message(status=Status.DONE, *, text="text", reason="stop", error=None, role=Role.ASSISTANT):
    return Message(MessageId(1), ChatId(1), None, role, text, status, 0.0, finish_reason=reason, error=error)


def every_notice():
    yield from (notice_for(error) for error in every_error())
    for shown in (
        message(reason="length"),
        message(reason="error"),
        message(reason="new_one"),
        message(Status.STOPPED),
        message(Status.STOPPED, text=""),
    ):
        notice = notice_for_message(shown)
        assert notice is not None
        yield notice
    yield keyring_wait_notice()
    yield low_balance_notice("GigaChat-2", "19,000")


@pytest.mark.parametrize("language", LANGUAGES, ids=str)
def test_every_failure_has_words_of_its_own(speak, language):
    speak(language)

    notices = list(every_notice())

    titles = [notice.title for notice in notices]
    texts = [notice.text for notice in notices]
    assert len(set(titles)) == len(titles)
    assert len(set(texts)) == len(texts)
    assert all(titles)
    assert all(text.endswith(".") for text in texts)


def test_russian_notices_are_russian(speak):
    speak(Language.ENGLISH)
    english = {words for notice in every_notice() for words in (notice.title, notice.text)}
    speak(Language.RUSSIAN)

    russian = [words for notice in every_notice() for words in (notice.title, notice.text)]

    assert not english & set(russian)
    assert all(any("а" <= letter <= "я" for letter in words.lower()) for words in russian)


@pytest.mark.parametrize("language", LANGUAGES, ids=str)
def test_no_placeholder_reaches_the_user(speak, language):
    speak(language)

    assert not [notice for notice in every_notice() if "{" in notice.title + notice.text]


def test_the_tree_in_the_docstring_is_the_tree_that_is_tested():
    assert {each.__name__ for each in types_of_the_tree()} == {
        line.split()[0] for line in (errors.__doc__ or "").splitlines() if line.startswith("    ")
    }


def test_an_unknown_kind_of_service_error_still_has_words():
    class StrangeError(ServiceError):
        pass

    assert notice_for(StrangeError()).title == notice_for(ServiceError()).title


def test_the_host_is_named():
    assert "api.giga.chat" in notice_for(NetworkError(cause=NetworkCause.DNS, host="api.giga.chat")).title


def test_a_clock_is_blamed_for_dates_and_an_antivirus_for_strange_roots():
    clock = notice_for(CertificateError(cause=CertificateCause.NOT_YET_VALID)).text
    interception = notice_for(CertificateError(cause=CertificateCause.INTERCEPTED)).text

    assert "clock" in clock
    assert "antivirus" in interception
    assert "company proxy" in interception


def test_a_file_is_called_by_its_name_and_the_limit_by_its_size():
    notice = notice_for(AttachmentError(AttachmentCause.TOO_LARGE, "a {b}\n.pdf", limit_bytes=15 * 1024**2))

    assert "“a {b} .pdf”" in notice.text
    assert "15 MB" in notice.text


def test_a_model_that_takes_no_such_file_is_named_and_another_offered():
    notice = notice_for(AttachmentError(AttachmentCause.MODEL_CANNOT, "talk.mp3", model="GigaChat-2"))

    assert notice.text.startswith("GigaChat-2 ")
    assert notice.actions == (Action.CHOOSE_MODEL,)


def test_the_servers_own_words_come_as_detail_short_and_clean():
    notice = notice_for(ServerFailedError("<img src='/dev/zero'>\x00" + "x" * 9000, status=500, request_id="a\nb"))

    assert notice.detail.startswith("<img src='/dev/zero'>\ufffd")
    assert notice.detail.endswith("\nHTTP 500\nX-Request-ID: a b")
    assert len(notice.detail) < ERROR_DETAIL_MAX_CHARS + 60


def test_braces_of_a_server_are_not_placeholders():
    assert "{0}{x}" in notice_for(NetworkError(cause=NetworkCause.DNS, host="{0}{x}")).title


def test_a_low_balance_names_the_account_where_there_are_several():
    alone = low_balance_notice("GigaChat-2", "19,000")
    several = low_balance_notice("GigaChat-2", "19,000", "Work {x}")

    assert alone.title == several.title
    assert "“Work {x}”" in several.text
    assert "19,000" in alone.text
    assert alone.actions[0] is Action.CHOOSE_MODEL
    assert not alone.is_error


def test_used_up_tokens_lead_to_another_model():
    assert notice_for(QuotaError("Payment Required", status=402)).actions[0] is Action.CHOOSE_MODEL


def test_a_rate_limit_says_how_long_to_wait():
    assert "20 s" in notice_for(RateLimitError(retry_after_s=20.0)).text


@pytest.mark.parametrize("action", list(Action))
def test_every_action_has_words_in_both_languages(speak, action):
    speak(Language.ENGLISH)
    english = action_text(action)
    speak(Language.RUSSIAN)

    assert english
    assert action_text(action) not in {"", english}


@pytest.mark.parametrize("problem", list(KeyProblem))
def test_every_key_problem_has_words_in_both_languages(speak, problem):
    speak(Language.ENGLISH)
    english = key_problem_text(problem)
    speak(Language.RUSSIAN)

    assert english
    assert key_problem_text(problem) not in {"", english}


def test_the_words_about_keys_differ():
    assert len({key_problem_text(problem) for problem in KeyProblem}) == len(KeyProblem)


@pytest.mark.parametrize(
    "shown",
    [
        message(),
        message(reason=""),
        message(reason="function_call"),
        message(Status.STREAMING, reason=""),
        message(Status.QUEUED, text="", reason=""),
        message(Status.FAILED, role=Role.USER),
    ],
    ids=["stop", "no reason", "function call", "streaming", "queued", "of the user"],
)
def test_nothing_is_said_when_all_is_well(shown):
    assert notice_for_message(shown) is None


def test_a_cut_answer_can_be_continued():
    notice = notice_for_message(message(reason="length"))

    assert notice is not None
    assert notice.actions == (Action.CONTINUE, Action.OPEN_SETTINGS)
    assert not notice.is_error


@pytest.mark.parametrize("reason", ["blacklist", "request_blacklist", "request_filter", "response_blacklist"])
def test_a_filtered_answer_says_so(reason):
    notice = notice_for_message(message(reason=reason))

    assert notice is not None
    assert notice.title == notice_for(errors.ContentRefusedError()).title


def test_an_unknown_end_is_named_and_is_no_error():
    notice = notice_for_message(message(reason="cosmic rays"))

    assert notice is not None
    assert "cosmic rays" in notice.text
    assert not notice.is_error


def test_a_failure_with_text_can_be_continued_and_one_without_cannot():
    broken = errors.AnswerInterruptedError()

    with_text = notice_for_message(message(Status.FAILED, error=broken, reason=""))
    without = notice_for_message(message(Status.FAILED, error=broken, text="", reason=""))

    assert with_text is not None
    assert without is not None
    assert with_text.actions == (Action.CONTINUE, Action.RETRY)
    assert without.actions == (Action.RETRY,)


def test_a_failure_that_trying_again_cannot_mend_offers_no_retry():
    assert Action.RETRY not in notice_for(errors.TooLargeError()).actions


def test_a_stopped_answer_is_no_error():
    notice = notice_for_message(message(Status.STOPPED, reason=""))

    assert notice is not None
    assert notice.actions == (Action.CONTINUE,)
    assert not notice.is_error


def test_a_failure_without_a_known_error_has_words():
    assert notice_for_message(message(Status.FAILED, reason="")) is not None
