"""What a diagnosis found, in words: what was looked at, how it is, and what to do."""

from typing import assert_never

from PySide6.QtCore import QCoreApplication, QDate, QLocale, Qt

from gigadesk.errors import GigadeskError
from gigadesk.gigachat.findings import Fact, Finding, Step, Verdict
from gigadesk.settings import Scope
from gigadesk.ui.notices import notice_for
from gigadesk.ui.scopes import scope_text
from gigadesk.ui.words.numbers import number_text

_HOSTS = (
    (Fact.HOST, Fact.ADDRESSES, Fact.ISSUER, Fact.VALID_UNTIL, Fact.VERIFY),
    (Fact.AUTH_HOST, Fact.AUTH_ADDRESSES, Fact.AUTH_ISSUER, Fact.AUTH_VALID_UNTIL, Fact.AUTH_VERIFY),
)


def step_text(step: Step) -> str:
    """What is looked at."""
    match step:
        case Step.CLOCK:
            return QCoreApplication.translate("Findings", "Clock of this computer")
        case Step.DNS:
            return QCoreApplication.translate("Findings", "Names of the servers")
        case Step.PROXY:
            return QCoreApplication.translate("Findings", "Proxy")
        case Step.TLS:
            return QCoreApplication.translate("Findings", "Protected connection")
        case Step.TOKEN:
            return QCoreApplication.translate("Findings", "Sign-in")
        case Step.SCOPE:
            return QCoreApplication.translate("Findings", "Kind of account")
        case Step.MODELS:
            return QCoreApplication.translate("Findings", "Models")
        case Step.BALANCE:
            return QCoreApplication.translate("Findings", "Balance")
        case _:
            assert_never(step)


def verdict_text(verdict: Verdict) -> str:
    """How it is, in one word."""
    match verdict:
        case Verdict.OK:
            return QCoreApplication.translate("Findings", "All right")
        case Verdict.WARNING:
            return QCoreApplication.translate("Findings", "Attention")
        case Verdict.FAILED:
            return QCoreApplication.translate("Findings", "Wrong")
        case Verdict.SKIPPED:
            return QCoreApplication.translate("Findings", "Not tried")
        case _:
            assert_never(verdict)


def finding_text(finding: Finding) -> str:
    """What was found, and the next step where there is one. Several lines of plain text."""
    lines = [_found(finding), _next_step(finding), _own_words(finding)]
    return "\n".join(line for line in lines if line)


def _found(finding: Finding) -> str:
    match finding.step:
        case Step.CLOCK:
            return _clock(finding)
        case Step.DNS:
            return _by_host(finding, Fact.ADDRESSES)
        case Step.PROXY:
            return _proxy(finding)
        case Step.TLS:
            return _by_host(finding, Fact.ISSUER)
        case Step.TOKEN:
            return _token(finding)
        case Step.SCOPE:
            return _scope(finding)
        case Step.MODELS:
            return _models(finding)
        case Step.BALANCE:
            return _balance(finding)
        case _:
            assert_never(finding.step)


def _next_step(finding: Finding) -> str:
    if finding.verdict in {Verdict.OK, Verdict.SKIPPED}:
        return ""
    if finding.step is Step.CLOCK and Fact.DIFFERENCE_S in finding.facts:
        return QCoreApplication.translate("Findings", "Set the date and the time of this computer.")
    if finding.step is Step.SCOPE and Fact.RIGHT_SCOPE in finding.facts:
        return QCoreApplication.translate("Findings", "Choose it in the settings of the account.")
    if finding.error is None:
        return ""
    notice = notice_for(finding.error)
    return f"{notice.title}. {notice.text}"


def _own_words(finding: Finding) -> str:
    """The technical cause, for whoever is asked for help."""
    if finding.error is None or finding.verdict in {Verdict.OK, Verdict.SKIPPED}:
        return ""
    verified = {finding.facts.get(of_host[4], "") for of_host in _HOSTS} - {""}
    detail = _detail(finding.error)
    return "\n".join([*([detail] if detail not in verified and detail else []), *sorted(verified)])


def _detail(error: GigadeskError) -> str:
    return notice_for(error).detail


def _clock(finding: Finding) -> str:
    if Fact.DIFFERENCE_S not in finding.facts:
        if finding.verdict is Verdict.SKIPPED:
            return QCoreApplication.translate("Findings", "No server told its time.")
        return ""
    seconds = int(finding.facts[Fact.DIFFERENCE_S])
    if finding.verdict is Verdict.OK:
        return QCoreApplication.translate("Findings", "The clock agrees with the server’s.")
    words = (
        QCoreApplication.translate("Findings", "The clock is ahead of the server’s by {time}.")
        if seconds > 0
        else QCoreApplication.translate("Findings", "The clock is behind the server’s by {time}.")
    )
    return words.format(time=_duration(abs(seconds)))


def _duration(seconds: int) -> str:
    if seconds < 2 * 3600:
        return QCoreApplication.translate("Findings", "{number} min").format(number=max(round(seconds / 60), 1))
    if seconds < 2 * 86400:
        return QCoreApplication.translate("Findings", "{number} h").format(number=round(seconds / 3600))
    return QCoreApplication.translate("Findings", "{number} days").format(number=round(seconds / 86400))


def _by_host(finding: Finding, what: Fact) -> str:
    lines = []
    if finding.step is Step.DNS and finding.verdict is Verdict.SKIPPED and finding.facts:
        lines.append(QCoreApplication.translate("Findings", "The proxy looks the names up."))
    for host, addresses, issuer, until, _ in _HOSTS:
        if what is Fact.ADDRESSES and addresses in finding.facts:
            lines.append(f"{finding.facts.get(host, '')}: {finding.facts[addresses]}")
        elif what is Fact.ISSUER and issuer in finding.facts:
            words = QCoreApplication.translate("Findings", "Certificate from “{issuer}”, valid until {day}.")
            day = _day(finding.facts.get(until, ""))
            lines.append(words.format(issuer=finding.facts[issuer], day=day))
    return "\n".join(dict.fromkeys(lines))


def _proxy(finding: Finding) -> str:
    proxies = list(dict.fromkeys(filter(None, (finding.facts.get(Fact.PROXY), finding.facts.get(Fact.AUTH_PROXY)))))
    if not proxies:
        return "" if finding.error else QCoreApplication.translate("Findings", "None is used.")
    words = (
        QCoreApplication.translate("Findings", "{proxy}, from the settings.")
        if finding.facts.get(Fact.PROXY_SOURCE) == "settings"
        else QCoreApplication.translate("Findings", "{proxy}, from the system.")
    )
    return words.format(proxy=", ".join(proxies))


def _token(finding: Finding) -> str:
    if finding.verdict is not Verdict.OK:
        return ""
    return {
        "key": QCoreApplication.translate("Findings", "GigaChat accepts the key."),
        "token": QCoreApplication.translate("Findings", "GigaChat accepts the access token."),
        "password": QCoreApplication.translate("Findings", "GigaChat accepts user name and password."),
        "certificate": QCoreApplication.translate("Findings", "GigaChat accepts the certificate."),
    }.get(finding.facts.get(Fact.SIGN_IN, ""), "")


def _scope(finding: Finding) -> str:
    right = finding.facts.get(Fact.RIGHT_SCOPE, "")
    if right in list(Scope):
        words = QCoreApplication.translate("Findings", "The key belongs to another one: “{kind}”.")
        return words.format(kind=scope_text(Scope(right)))
    scope = finding.facts.get(Fact.SCOPE, "")
    if finding.verdict is Verdict.OK:
        return scope_text(Scope(scope)) if scope in list(Scope) else scope
    return ""


def _models(finding: Finding) -> str:
    count, models = finding.facts.get(Fact.COUNT, "0"), finding.facts.get(Fact.MODELS, "")
    if not models:
        return ""
    return QCoreApplication.translate("Findings", "There are {count}: {models}").format(count=count, models=models)


def _balance(finding: Finding) -> str:
    if finding.facts.get(Fact.PAY_AS_YOU_GO):
        return QCoreApplication.translate("Findings", "This account pays as it goes: there are no packages to use up.")
    packages = []
    for package in filter(None, finding.facts.get(Fact.PACKAGES, "").split(", ")):
        name, _, tokens = package.rpartition(": ")
        packages.append(f"{name}: {number_text(int(tokens)) if tokens.isdigit() else tokens}")
    return "\n".join(packages)


def _day(text: str) -> str:
    day = QDate.fromString(text, Qt.DateFormat.ISODate)
    return QLocale().toString(day, QLocale.FormatType.ShortFormat) if day.isValid() else text
