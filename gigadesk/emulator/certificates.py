"""A private certificate authority for one run of the emulator, in a folder only this user can read."""

import shutil
import ssl
import tempfile
from pathlib import Path

HOSTS = ("127.0.0.1", "localhost", "::1")


class MissingAuthorityError(Exception):
    """The optional library that makes certificates is not installed."""


class PrivateAuthority:
    """Makes a root and a leaf for this machine; `close` removes the folder."""

    def __init__(self) -> None:
        try:
            import trustme
        except ImportError as exc:
            raise MissingAuthorityError("TLS needs the package trustme: pip install 'gigadesk[emulator-tls]'") from exc
        root = trustme.CA(organization_name="GigaDesk emulator")
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.minimum_version = ssl.TLSVersion.TLSv1_2
        root.issue_cert(*HOSTS).configure_cert(self.context)
        self._folder = Path(tempfile.mkdtemp(prefix="gigadesk-emulator-"))
        self.ca_file = self._folder / "ca.pem"
        root.cert_pem.write_to_path(self.ca_file)

    def close(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)
