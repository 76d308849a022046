"""A private certificate authority for one run of the emulator, in a folder only this user can read."""

import secrets
import shutil
import ssl
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from gigadesk.emulator.options import ClientCertificates

if TYPE_CHECKING:
    import trustme

HOSTS = ("127.0.0.1", "localhost", "::1")
CLIENT_NAME = "GigaDesk demo client"
CLIENT_ADDRESS = "client@gigadesk.invalid"


class MissingAuthorityError(Exception):
    """The optional library that makes certificates is not installed."""


class PrivateAuthority:
    """Makes a root, an intermediate and a leaf for this machine; `close` removes the folder.

    As at the real hosts the server sends the intermediate, and the root alone is enough for a client.
    """

    def __init__(self, clients: ClientCertificates = ClientCertificates.OFF) -> None:
        try:
            import trustme
        except ImportError as exc:
            raise MissingAuthorityError("TLS needs the package trustme: pip install 'gigadesk[emulator-tls]'") from exc
        root = trustme.CA(organization_name="GigaDesk emulator")
        intermediate = root.create_child_ca()
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.minimum_version = ssl.TLSVersion.TLSv1_2
        intermediate.issue_cert(*HOSTS).configure_cert(self.context)
        self._folder = Path(tempfile.mkdtemp(prefix="gigadesk-emulator-"))
        self.ca_file = self._folder / "ca.pem"
        root.cert_pem.write_to_path(self.ca_file)
        self.cert_file = self._folder / "client.pem"
        self.key_file = self._folder / "client.key"
        self.protected_key_file = self._folder / "client-protected.key"
        self.key_file_password = ""
        if clients is not ClientCertificates.OFF:
            is_required = clients is ClientCertificates.REQUIRED
            self.context.verify_mode = ssl.CERT_REQUIRED if is_required else ssl.CERT_OPTIONAL
            root.configure_trust(self.context)
            # The official page asks for RSA keys of 2048 bits.
            self._write_client(root.issue_cert(CLIENT_ADDRESS, common_name=CLIENT_NAME, key_type=trustme.KeyType.RSA))

    def close(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)

    def _write_client(self, leaf: "trustme.LeafCert") -> None:
        import trustme
        from cryptography.hazmat.primitives import serialization

        leaf.cert_chain_pems[0].write_to_path(self.cert_file)
        leaf.private_key_pem.write_to_path(self.key_file)
        self.key_file_password = secrets.token_urlsafe(12)
        protected = serialization.load_pem_private_key(leaf.private_key_pem.bytes(), None).private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(self.key_file_password.encode()),
        )
        trustme.Blob(protected).write_to_path(self.protected_key_file)


def common_name(certificate: object) -> str:
    """The name in a verified certificate, as the `ssl` module describes it; empty when there is none."""
    subject = certificate.get("subject", ()) if isinstance(certificate, dict) else ()
    return next((value for pairs in subject for name, value in pairs if name == "commonName"), "")
