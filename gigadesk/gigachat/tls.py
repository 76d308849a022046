"""The one place that makes an `ssl.SSLContext`.

GigaChat's certificates end at the Russian Trusted Root CA, which is in no public list. That root has no name
constraints: it may vouch for any site, so a context with it must never serve anything but the hosts of the account.

Not `ssl.create_default_context`: it obeys `SSLKEYLOGFILE` and `SSL_CERT_FILE` and loads whatever the distribution has.
"""

import base64
import binascii
import hashlib
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import certifi

from gigadesk.errors import CertificateCause, CertificateError
from gigadesk.files import is_file
from gigadesk.resources import resource_bytes

ROOT_NAME = "certs/russian_trusted_root_ca.pem"
ROOT_SHA256 = "d26d2d0231b7c39f92cc738512ba54103519e4405d68b5bd703e9788ca8ecf31"

ROOT_WARNING_S = 365 * 24 * 3600
"""How long before its end the bundled root should be replaced by a newer program."""

_CERTIFICATE_MESSAGE = 11

_PEM_BEGIN = b"-----BEGIN CERTIFICATE-----"
_CA_FILE_MAX_BYTES = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class ClientCertificate:
    """Files (PEM) by which this side shows who it is. The key may be in the file of the certificate."""

    cert_file: str
    key_file: str = ""
    password: str = field(default="", repr=False)


def ssl_context(ca_file: str = "", certificate: ClientCertificate | None = None) -> ssl.SSLContext:
    """A context for the hosts of GigaChat: it trusts the public roots, the bundled Russian one, and `ca_file`.

    Takes some 20 ms the first time; the same files give the same context again, except with a client certificate.

    Raises:
        CertificateError: with cause `BAD_CA_FILE` (the bundled root was tampered with, or `ca_file` cannot be used) or
            `BAD_CLIENT_FILE`.
    """
    further = _read_ca_file(ca_file) if ca_file else b""
    if certificate is None:
        return _context(further)
    # Not kept for others: it would hold the key, and the password that opens it, for as long as the program runs.
    context = _context.__wrapped__(further)
    _load_client_certificate(context, certificate)
    return context


def watched_ssl_context(
    ca_file: str, certificate: ClientCertificate | None, on_chain: Callable[[str, bytes, bool], None]
) -> ssl.SSLContext:
    """The same, and as strict, for who wants to know the certificates also when they are refused.

    Args:
        ca_file: as for `ssl_context`.
        certificate: as for `ssl_context`.
        on_chain: is given the name of the host, the handshake message with its certificates, and whether that is of
            TLS 1.3. The message is read before it is verified: nothing in it is to be believed.

    Raises:
        CertificateError: as for `ssl_context`.
    """
    context = _context.__wrapped__(_read_ca_file(ca_file) if ca_file else b"")
    if certificate is not None:
        _load_client_certificate(context, certificate)

    def on_message(
        connection: ssl.SSLObject, direction: str, version: int, _content: int, kind: int, message: bytes
    ) -> None:
        if direction == "read" and kind == _CERTIFICATE_MESSAGE:
            on_chain(connection.server_hostname or "", message, version >= ssl.TLSVersion.TLSv1_3)

    # Made for debugging, in every CPython from 3.8 on. Without it nobody learns who intercepts, and that is all.
    context._msg_callback = on_message  # type: ignore[attr-defined]  # not in typeshed
    return context


def public_ssl_context() -> ssl.SSLContext:
    """A context for every other host: public roots only, since the Russian root could vouch for any of them."""
    context = _strict_context()
    context.load_verify_locations(cafile=certifi.where())
    return context


def root_expires_at() -> float:
    """The end of the bundled root, in Unix seconds. `ROOT_WARNING_S` before it is the time to say so.

    Raises:
        CertificateError: with cause `BAD_CA_FILE`; it was tampered with.
    """
    context = _strict_context()
    context.load_verify_locations(cadata=checked_root(bundled(ROOT_NAME)))
    return ssl.cert_time_to_seconds(str(context.get_ca_certs()[0]["notAfter"]))


def bundled(name: str) -> bytes:
    """A certificate that came with the program.

    Raises:
        CertificateError: it is missing; the installation is damaged.
    """
    try:
        return resource_bytes(name)
    except OSError as error:
        raise _bad_file("the root certificate that came with the program is missing") from error


def checked_root(pem: bytes) -> bytes:
    """The root certificate, DER, if it is the one whose fingerprint is known.

    Raises:
        CertificateError: it is not.
    """
    try:
        der = ssl.PEM_cert_to_DER_cert(pem.decode("ascii").strip())
    except ValueError:
        der = b""
    if hashlib.sha256(der).hexdigest() != ROOT_SHA256:
        raise _bad_file("the root certificate that came with the program was changed")
    return der


@lru_cache(maxsize=4)
def _context(further: bytes) -> ssl.SSLContext:
    context = _strict_context()
    context.load_verify_locations(cadata=checked_root(bundled(ROOT_NAME)))
    # So that a move of GigaChat to a public authority does not lock every user out.
    context.load_verify_locations(cafile=certifi.where())
    if further:
        _load_further(context, further)
    return context


def _strict_context() -> ssl.SSLContext:
    """Without any trust yet."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.verify_flags |= ssl.VerifyFlags.VERIFY_X509_STRICT
    return context


def _load_client_certificate(context: ssl.SSLContext, certificate: ClientCertificate) -> None:
    cert_file = Path(certificate.cert_file).expanduser()
    key_file = Path(certificate.key_file).expanduser() if certificate.key_file else None
    for path, what in ((cert_file, "certificate"), (key_file, "key")):
        if path is not None and not is_file(path):
            raise _bad_client_file(f"the file of the {what} does not exist")
    why = ""
    try:
        # A password is always given: without one OpenSSL would ask for it on the terminal, and wait.
        context.load_cert_chain(cert_file, key_file, password=lambda: certificate.password)
    except ssl.SSLError as error:
        why = _client_file_words(error, cert_file, key_file, has_password=bool(certificate.password))
    except OSError as error:
        why = f"the file cannot be read: {error.strerror}"
    except ValueError:
        why = "the password of the key is too long"
    if why:
        raise _bad_client_file(why)


def _client_file_words(error: ssl.SSLError, cert_file: Path, key_file: Path | None, *, has_password: bool) -> str:
    """OpenSSL says `PEM lib (_ssl.c:3921)` for nearly everything, so the files are looked at."""
    if error.reason == "KEY_VALUES_MISMATCH":
        return "the key does not belong to the certificate"
    try:
        certificate, key = cert_file.read_bytes(), (key_file or cert_file).read_bytes()
    except OSError:
        return "the file cannot be read"
    if _PEM_BEGIN not in certificate:
        return "the file of the certificate is no PEM text; a .p12, .pfx or .der file must be converted first"
    if b"PRIVATE KEY-----" not in key:
        return "there is no private key in the file"
    if b"ENCRYPTED" in key:
        return "the password of the key is wrong" if has_password else "the key needs a password"
    return f"the files cannot be used: {error.reason or 'no PEM'}"


def _bad_client_file(why: str) -> CertificateError:
    return CertificateError(why, cause=CertificateCause.BAD_CLIENT_FILE)


def _read_ca_file(ca_file: str) -> bytes:
    path = Path(ca_file).expanduser()
    try:
        if not path.is_file():
            raise _bad_file("the file does not exist")
        if path.stat().st_size > _CA_FILE_MAX_BYTES:
            raise _bad_file("the file is too big for a certificate")
        content = path.read_bytes()
    except OSError as error:
        raise _bad_file(f"the file cannot be read: {error.strerror}") from error
    if not content.strip():
        raise _bad_file("the file is empty")
    return content


def _load_further(context: ssl.SSLContext, content: bytes) -> None:
    if content.lstrip()[:1] == b"<":
        raise _bad_file("the file is a web page, not a certificate")
    if b"PRIVATE KEY-----" in content and _PEM_BEGIN not in content:
        raise _bad_file("the file is a private key, not a certificate")
    if _PEM_BEGIN not in content:
        content = _without_wrapping(content)
    try:
        if _PEM_BEGIN in content:
            # From the first certificate on: tools write descriptions in any language before it.
            text = content[content.index(_PEM_BEGIN) :].decode("ascii", "replace")
            context.load_verify_locations(cadata=text)
        else:
            context.load_verify_locations(cadata=content)
    except (ssl.SSLError, ValueError) as error:
        raise _bad_file("the file is neither a PEM nor a DER certificate") from error


def _without_wrapping(content: bytes) -> bytes:
    """DER as it is; what was encoded in base64 once too often, decoded."""
    try:
        return base64.b64decode(b"".join(content.split()), validate=True)
    except binascii.Error:
        return content


def _bad_file(why: str) -> CertificateError:
    return CertificateError(why, cause=CertificateCause.BAD_CA_FILE)
