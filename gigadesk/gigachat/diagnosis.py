"""Finds out step by step why an account does not work, or that it does. What the findings are is in `findings`.

Nothing secret is sent to a host that could not prove who it is, and every connection is verified; who stands in
between is read from the certificates that were refused.
"""

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from gigadesk.errors import (
    CertificateCause,
    CertificateError,
    ForbiddenError,
    GigadeskError,
    KeyRejectedError,
    ModelUnavailableError,
    NetworkCause,
    NetworkError,
    PasswordRejectedError,
    QuotaError,
    ScopeError,
    ServiceError,
    TokenExpiredError,
)
from gigadesk.gigachat.client import Client
from gigadesk.gigachat.findings import Fact, Finding, Step, Verdict
from gigadesk.gigachat.options import ClientOptions, SignIn, with_environment
from gigadesk.gigachat.probe import Probe, probed
from gigadesk.gigachat.transport import Timeouts
from gigadesk.settings import Scope

__all__ = ["Fact", "Finding", "Step", "Verdict", "diagnose"]

STEP_MAX_S = 15.0
"""For one step; what has not answered by then keeps the user from working, too."""
WHOLE_MAX_S = 60.0
CLOCK_WARNING_S = 60.0
CLOCK_FAILED_S = 24 * 3600.0
"""From here on certificates of the service are, or soon will be, taken for expired."""

_MODELS_SHOWN = 20

T = TypeVar("T")


async def diagnose(options: ClientOptions | None = None, *, model: str = "") -> AsyncGenerator[Finding, None]:
    """One finding for each `Step`, in their order, as they come. Takes a minute at the very worst.

    Never raises for what it finds: that is `Finding.error`. Costs no tokens of the account.

    Args:
        options: as whom and where to ask; the environment is added here. Nothing is tried twice.
        model: the one that shall be there; empty for any.
    """
    diagnosis = _Diagnosis(replace(with_environment(options or ClientOptions()), max_retries=0), model)
    async for finding in diagnosis.findings():
        yield finding


class _Diagnosis:
    def __init__(self, options: ClientOptions, model: str) -> None:
        self._options = options
        self._model = model
        self._over_at = asyncio.get_running_loop().time() + WHOLE_MAX_S

    async def findings(self) -> AsyncGenerator[Finding, None]:
        try:
            probe = await probed(self._options, STEP_MAX_S)
        except ServiceError as error:  # an address, or a file of certificates, that cannot be used
            step = Step.TLS if isinstance(error, CertificateError) else Step.DNS
            for each in Step:
                yield Finding(each, Verdict.FAILED, error=error) if each is step else Finding(each, Verdict.SKIPPED)
            return
        yield _clock(probe)
        yield _dns(probe)
        yield _proxy(probe, self._options)
        yield _tls(probe)
        async with Client(self._options, timeouts=Timeouts(connect_s=STEP_MAX_S, read_s=STEP_MAX_S)) as client:
            async for finding in self._account(client, probe):
                yield finding

    async def _account(self, client: Client, probe: Probe) -> AsyncGenerator[Finding, None]:
        kind = self._options.sign_in
        facts = {Fact.SIGN_IN: kind.value}
        giver = probe.auth or probe.api
        if kind is not SignIn.NONE and giver.error is not None:
            yield Finding(Step.TOKEN, Verdict.SKIPPED, facts)
            yield Finding(Step.SCOPE, Verdict.SKIPPED)
            yield Finding(Step.MODELS, Verdict.SKIPPED)
            yield Finding(Step.BALANCE, Verdict.SKIPPED)
            return
        _, refusal = await self._limited(client.sign_in())
        models, failure = None, refusal
        if refusal is None and probe.api.error is None:
            models, failure = await self._limited(client.models())
        if kind in {SignIn.TOKEN, SignIn.CERTIFICATE} and isinstance(failure, _REFUSALS):
            # Only the first real request tells whether these are any good.
            refusal = failure
        yield Finding(Step.TOKEN, Verdict.OK if refusal is None else Verdict.FAILED, facts, refusal)
        yield await self._scope(refusal)
        if refusal is not None or probe.api.error is not None:
            yield Finding(Step.MODELS, Verdict.SKIPPED)
            yield Finding(Step.BALANCE, Verdict.SKIPPED)
            return
        yield self._models([each.id for each in models or () if each.kind == "chat"], failure)
        packages, failure = await self._limited(client.balance())
        yield _balance({each.model: each.tokens for each in packages or ()}, failure)

    async def _scope(self, refusal: GigadeskError | None) -> Finding:
        facts = {Fact.SCOPE: self._options.scope}
        if self._options.sign_in is not SignIn.KEY:
            return Finding(Step.SCOPE, Verdict.SKIPPED)
        if refusal is None:
            return Finding(Step.SCOPE, Verdict.OK, facts)
        if not isinstance(refusal, ScopeError):
            return Finding(Step.SCOPE, Verdict.SKIPPED, facts)
        for scope in Scope:
            if scope.value != self._options.scope:
                async with Client(replace(self._options, scope=scope.value)) as client:
                    _, failure = await self._limited(client.sign_in())
                if failure is None:
                    facts[Fact.RIGHT_SCOPE] = scope.value
                    break
        return Finding(Step.SCOPE, Verdict.FAILED, facts, refusal)

    def _models(self, models: list[str], failure: GigadeskError | None) -> Finding:
        if failure is not None:
            return Finding(Step.MODELS, Verdict.FAILED, error=failure)
        facts = {Fact.COUNT: str(len(models)), Fact.MODELS: ", ".join(models[:_MODELS_SHOWN])}
        if self._model:
            facts[Fact.MODEL] = self._model
        if self._model not in models if self._model else not models:
            return Finding(Step.MODELS, Verdict.WARNING, facts, ModelUnavailableError(status=404))
        return Finding(Step.MODELS, Verdict.OK, facts)

    async def _limited(self, answer: Awaitable[T]) -> tuple[T | None, GigadeskError | None]:
        """The answer, or why there is none."""
        now = asyncio.get_running_loop().time()
        try:
            async with asyncio.timeout_at(min(now + STEP_MAX_S, self._over_at)):
                return await answer, None
        except TimeoutError:
            return None, NetworkError("no answer in time", cause=NetworkCause.TIMEOUT)
        except GigadeskError as error:
            return None, error


_REFUSALS = (KeyRejectedError, PasswordRejectedError, TokenExpiredError, CertificateError)


def _clock(probe: Probe) -> Finding:
    host = next((each for each in probe.hosts if each.server_time is not None), None)
    if host is None or host.server_time is None:
        doubt = next((each.error for each in probe.hosts if _blames_the_clock(each.error)), None)
        return Finding(Step.CLOCK, Verdict.WARNING if doubt else Verdict.SKIPPED, error=doubt)
    ahead_s = host.asked_at - (host.server_time + 0.5)  # the header knows whole seconds only
    facts = {
        Fact.DIFFERENCE_S: f"{ahead_s:.0f}",
        Fact.SERVER_TIME: time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(host.server_time)),
    }
    if abs(ahead_s) >= CLOCK_FAILED_S:
        return Finding(Step.CLOCK, Verdict.FAILED, facts)
    return Finding(Step.CLOCK, Verdict.WARNING if abs(ahead_s) > CLOCK_WARNING_S else Verdict.OK, facts)


def _blames_the_clock(error: GigadeskError | None) -> bool:
    causes = {CertificateCause.EXPIRED, CertificateCause.NOT_YET_VALID}
    return isinstance(error, CertificateError) and error.cause in causes


def _dns(probe: Probe) -> Finding:
    facts: dict[Fact, str] = {}
    for host, names in zip(probe.hosts, _OF_HOST, strict=False):
        facts[names.host] = host.name
        if host.addresses:
            facts[names.addresses] = ", ".join(host.addresses)
    asked = [host for host in probe.hosts if host.proxy is None]
    if not asked:
        return Finding(Step.DNS, Verdict.SKIPPED, facts)  # the proxy looks names up
    error = next((host.dns_error for host in asked if host.dns_error is not None), None)
    return Finding(Step.DNS, Verdict.OK if error is None else Verdict.FAILED, facts, error)


def _proxy(probe: Probe, options: ClientOptions) -> Finding:
    proxies = [str(host.proxy.url) if host.proxy is not None else "" for host in probe.hosts]
    facts = {Fact.PROXY: proxies[0]}
    if proxies[-1] != proxies[0]:
        facts[Fact.AUTH_PROXY] = proxies[-1]
    if any(proxies):
        facts[Fact.PROXY_SOURCE] = "settings" if options.proxy else "system"
    error = next((host.error for host in probe.hosts if _blames_the_proxy(host.error)), None)
    return Finding(Step.PROXY, Verdict.OK if error is None else Verdict.FAILED, facts, error)


def _blames_the_proxy(error: GigadeskError | None) -> bool:
    return isinstance(error, NetworkError) and error.cause in {NetworkCause.PROXY, NetworkCause.PROXY_AUTH}


def _tls(probe: Probe) -> Finding:
    facts: dict[Fact, str] = {}
    for host, names in zip(probe.hosts, _OF_HOST, strict=False):
        if host.chain:
            first = host.chain[0]
            facts[names.subject], facts[names.issuer] = first.subject, first.issuer
            facts[names.chain] = " → ".join(each.issuer for each in host.chain)
            facts[names.valid_from], facts[names.valid_until] = first.valid_from, first.valid_until
        if isinstance(host.error, CertificateError):
            facts[names.verify] = host.error.detail
    error = next((host.error for host in probe.hosts if host.is_reached_wrongly), None)
    if error is not None:
        return Finding(Step.TLS, Verdict.FAILED, facts, error)
    is_asked = any(host.is_tls and host.error is None for host in probe.hosts)
    return Finding(Step.TLS, Verdict.OK if is_asked else Verdict.SKIPPED, facts)


def _balance(packages: Mapping[str, int], failure: GigadeskError | None) -> Finding:
    if isinstance(failure, ForbiddenError):
        return Finding(Step.BALANCE, Verdict.OK, {Fact.PAY_AS_YOU_GO: "true"})
    if failure is not None:
        return Finding(Step.BALANCE, Verdict.FAILED, error=failure)
    facts = {Fact.PACKAGES: ", ".join(f"{name}: {tokens}" for name, tokens in packages.items())}
    if packages and not any(packages.values()):
        return Finding(Step.BALANCE, Verdict.WARNING, facts, QuotaError(status=402))
    return Finding(Step.BALANCE, Verdict.OK, facts)


@dataclass(frozen=True, slots=True)
class _Names:
    """What the facts of one host are called."""

    host: Fact
    addresses: Fact
    subject: Fact
    issuer: Fact
    chain: Fact
    valid_from: Fact
    valid_until: Fact
    verify: Fact


_OF_HOST = (
    _Names(
        Fact.HOST,
        Fact.ADDRESSES,
        Fact.SUBJECT,
        Fact.ISSUER,
        Fact.CHAIN,
        Fact.VALID_FROM,
        Fact.VALID_UNTIL,
        Fact.VERIFY,
    ),
    _Names(
        Fact.AUTH_HOST,
        Fact.AUTH_ADDRESSES,
        Fact.AUTH_SUBJECT,
        Fact.AUTH_ISSUER,
        Fact.AUTH_CHAIN,
        Fact.AUTH_VALID_FROM,
        Fact.AUTH_VALID_UNTIL,
        Fact.AUTH_VERIFY,
    ),
)
