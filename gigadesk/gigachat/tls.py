"""The one place that makes an `ssl.SSLContext`. For the hosts of GigaChat only.

GigaChat's certificates end at the Russian Trusted Root CA, which is in no public list. That root has no name
constraints: it may vouch for any site, so a context with it must never serve anything but the hosts of the account.

Not `ssl.create_default_context`: it obeys `SSLKEYLOGFILE` and `SSL_CERT_FILE` and loads whatever the distribution has.
"""

import base64
import binascii
import hashlib
import ssl
from functools import lru_cache
from pathlib import Path

import certifi

from gigadesk.errors import CertificateCause, CertificateError
from gigadesk.resources import resource_bytes

ROOT_NAME = "certs/russian_trusted_root_ca.pem"
ROOT_SHA256 = "d26d2d0231b7c39f92cc738512ba54103519e4405d68b5bd703e9788ca8ecf31"

_PEM_BEGIN = b"-----BEGIN CERTIFICATE-----"
_CA_FILE_MAX_BYTES = 4 * 1024 * 1024


def ssl_context(ca_file: str = "") -> ssl.SSLContext:
    """A context that trusts the public roots, the bundled Russian root and the certificates in `ca_file`.

    Takes some 20 ms the first time; the same files give the same context again.

    Raises:
        CertificateError: with cause `BAD_CA_FILE`; the bundled root was tampered with, or `ca_file` cannot be used.
    """
    return _context(_read_ca_file(ca_file) if ca_file else b"")


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
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.verify_flags |= ssl.VerifyFlags.VERIFY_X509_STRICT
    context.load_verify_locations(cadata=checked_root(bundled(ROOT_NAME)))
    # So that a move of GigaChat to a public authority does not lock every user out.
    context.load_verify_locations(cafile=certifi.where())
    if further:
        _load_further(context, further)
    return context


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
