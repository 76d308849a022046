"""The lines of a diagnosis: words for every step and verdict, as they come, and a copy without secrets."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from gigadesk import errors
from gigadesk.errors import CertificateCause, CertificateError, NetworkCause, NetworkError
from gigadesk.gigachat.findings import Fact, Finding, Step, Verdict
from gigadesk.settings import Language
from gigadesk.ui.diagnosis_dialog import DiagnosisDialog
from gigadesk.ui.theme import DARK, LIGHT
from gigadesk.ui.words.finding_words import finding_text, step_text, verdict_text

INTERCEPTED = CertificateError("self-signed (19)", cause=CertificateCause.INTERCEPTED, host="api.giga.chat")
HOSTS = {Fact.HOST: "api.giga.chat", Fact.AUTH_HOST: "ngw.devices.sberbank.ru"}
FINE = {
    Step.CLOCK: Finding(Step.CLOCK, Verdict.OK, {Fact.DIFFERENCE_S: "1"}),
    Step.DNS: Finding(Step.DNS, Verdict.OK, {**HOSTS, Fact.ADDRESSES: "10.0.0.1", Fact.AUTH_ADDRESSES: "10.0.0.2"}),
    Step.PROXY: Finding(Step.PROXY, Verdict.OK, {Fact.PROXY: ""}),
    Step.TLS: Finding(
        Step.TLS,
        Verdict.OK,
        {**HOSTS, Fact.ISSUER: "Sub CA", Fact.VALID_UNTIL: "2027-03-06", Fact.AUTH_ISSUER: "Sub CA"},
    ),
    Step.TOKEN: Finding(Step.TOKEN, Verdict.OK, {Fact.SIGN_IN: "key"}),
    Step.SCOPE: Finding(Step.SCOPE, Verdict.OK, {Fact.SCOPE: "GIGACHAT_API_PERS"}),
    Step.MODELS: Finding(Step.MODELS, Verdict.OK, {Fact.COUNT: "2", Fact.MODELS: "GigaChat-2, GigaChat-2-Max"}),
    Step.BALANCE: Finding(Step.BALANCE, Verdict.OK, {Fact.PACKAGES: "GigaChat: 900000, GigaChat-Pro: 5"}),
}
FAILED = (
    Finding(Step.CLOCK, Verdict.WARNING, {Fact.DIFFERENCE_S: "300"}),
    Finding(Step.CLOCK, Verdict.FAILED, {Fact.DIFFERENCE_S: "-400000"}),
    Finding(Step.CLOCK, Verdict.WARNING, error=CertificateError(cause=CertificateCause.EXPIRED)),
    Finding(Step.DNS, Verdict.FAILED, HOSTS, NetworkError("x", cause=NetworkCause.DNS, host="api.giga.chat")),
    Finding(Step.PROXY, Verdict.FAILED, {Fact.PROXY: "http://p:1"}, NetworkError("x", cause=NetworkCause.PROXY)),
    Finding(Step.TLS, Verdict.FAILED, {**HOSTS, Fact.ISSUER: "AV", Fact.VERIFY: "self-signed (19)"}, INTERCEPTED),
    Finding(Step.TOKEN, Verdict.FAILED, {Fact.SIGN_IN: "key"}, errors.KeyRejectedError("code 6", status=401)),
    Finding(Step.TOKEN, Verdict.FAILED, {Fact.SIGN_IN: "none"}, errors.MissingAuthError()),
    Finding(Step.SCOPE, Verdict.FAILED, {Fact.SCOPE: "GIGACHAT_API_PERS"}, errors.ScopeError("code 7", status=400)),
    Finding(Step.SCOPE, Verdict.FAILED, {Fact.RIGHT_SCOPE: "GIGACHAT_API_CORP"}, errors.ScopeError("code 7")),
    Finding(Step.MODELS, Verdict.FAILED, error=errors.ServerFailedError("oops", status=500)),
    Finding(Step.BALANCE, Verdict.WARNING, {Fact.PACKAGES: "GigaChat: 0"}, errors.QuotaError()),
)
SKIPPED = tuple(Finding(step, Verdict.SKIPPED) for step in Step)
LANGUAGES = [Language.ENGLISH, Language.RUSSIAN]


@pytest.fixture
def dialog(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    shown = DiagnosisDialog(parent, "Work")
    shown.open()
    qtbot.waitUntil(shown.isActiveWindow)
    yield shown  # noqa: PT022 - returned, the parent would be gone


def text(dialog):
    return "\n".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def button(dialog, words):
    return next(each for each in dialog.findChildren(QPushButton) if each.text() == words and each.isVisible())


@pytest.mark.parametrize("language", LANGUAGES, ids=str)
def test_every_finding_has_words_in_both_languages(speak, language):
    speak(language)

    for finding in (*FINE.values(), *FAILED):
        words = finding_text(finding)
        assert words, finding
        assert "{" not in words
    assert len({step_text(step) for step in Step}) == len(Step)
    assert len({verdict_text(verdict) for verdict in Verdict}) == len(Verdict)


def test_russian_findings_are_russian(speak):
    speak(Language.ENGLISH)
    english = {step_text(step) for step in Step} | {verdict_text(verdict) for verdict in Verdict}
    english |= {finding_text(finding).splitlines()[0] for finding in FAILED if not finding.facts}
    speak(Language.RUSSIAN)

    russian = {step_text(step) for step in Step} | {verdict_text(verdict) for verdict in Verdict}
    russian |= {finding_text(finding).splitlines()[0] for finding in FAILED if not finding.facts}

    assert not english & russian


@pytest.mark.parametrize("finding", FAILED, ids=lambda finding: f"{finding.step} {finding.verdict}")
def test_what_is_wrong_comes_with_a_next_step(finding):
    assert len(finding_text(finding)) > 40


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        ("70", "ahead of the server’s by 1 min"),
        ("-3600", "behind the server’s by 60 min"),
        ("-36000", "by 10 h"),
        ("400000", "by 5 days"),
    ],
)
def test_a_wrong_clock_says_by_how_much(seconds, words):
    assert words in finding_text(Finding(Step.CLOCK, Verdict.FAILED, {Fact.DIFFERENCE_S: seconds}))


def test_the_right_scope_is_named():
    words = finding_text(FAILED[9])

    assert "(CORP)" in words
    assert "Choose it in the settings" in words


def test_lines_come_one_by_one(dialog):
    dialog.begin()
    dialog.add(FINE[Step.CLOCK])

    assert "The clock agrees" in text(dialog)
    assert text(dialog).count("Looking…") == 1
    assert dialog._rows[Step.CLOCK].accessibleName() == "Clock of this computer: All right"
    assert button(dialog, "Stop").isVisible()


@pytest.mark.parametrize(
    ("findings", "words"),
    [
        (FINE.values(), "Everything is all right."),
        ((*FINE.values(), FAILED[0]), "It works, but something deserves attention."),
        ((*FINE.values(), FAILED[5]), "Something is wrong"),
        ([FINE[Step.CLOCK]], "The search was stopped."),
    ],
    ids=["all right", "warning", "failed", "stopped"],
)
def test_the_end_says_how_it_is(dialog, findings, words):
    dialog.begin()
    for finding in findings:
        dialog.add(finding)
    dialog.end()

    assert words in text(dialog)
    assert "Looking…" not in text(dialog)


def test_it_is_stopped_begun_anew_and_closed_by_key(dialog, qtbot):
    dialog.begin()
    stop = button(dialog, "Stop")
    stop.setFocus()
    with qtbot.waitSignal(dialog.stop_requested):
        qtbot.keyClick(stop, Qt.Key.Key_Space)
    dialog.end()

    again = button(dialog, "Look again")
    assert again.hasFocus()
    with qtbot.waitSignal(dialog.again_requested):
        qtbot.keyClick(again, Qt.Key.Key_Space)
    with qtbot.waitSignal(dialog.finished):
        qtbot.keyClick(again, Qt.Key.Key_Escape)


def test_the_copy_holds_every_line(dialog):
    dialog.begin()
    for finding in (*FINE.values(), FAILED[5]):
        dialog.add(finding)
    dialog.end()

    button(dialog, "Copy").click()

    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("GigaDesk ")
    assert [line for line in copied.splitlines() if line.startswith("[")] == [
        f"[{'Wrong' if step is Step.TLS else 'All right'}] {step_text(step)}" for step in Step
    ]
    assert "self-signed (19)" in copied
    assert button(dialog, "Copied").isVisible()


@pytest.mark.parametrize("language", LANGUAGES, ids=str)
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_nothing_is_cut_off_in_a_narrow_window(dressed, dialog, qtbot, speak, language, theme):
    dressed(theme)
    speak(language)
    dialog.resize(360, 400)
    dialog.begin()
    for finding in (*FINE.values(), *FAILED):
        dialog.add(finding)
    dialog.end()

    def cut_off():
        rows = [row._text for row in dialog._rows.values()]
        buttons = [each for each in dialog.findChildren(QPushButton) if each.isVisible()]
        return [each.text() for each in rows if each.height() < each.heightForWidth(each.width())] + [
            each.text() for each in buttons if each.width() < each.sizeHint().width()
        ]

    qtbot.waitUntil(lambda: not cut_off())


def test_the_language_changes_while_it_is_open(dialog, speak, qtbot):
    dialog.begin()
    dialog.add(FINE[Step.CLOCK])
    speak(Language.RUSSIAN)

    qtbot.waitUntil(lambda: "Часы компьютера" in text(dialog))
    assert "Часы совпадают" in text(dialog)
