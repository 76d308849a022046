"""Files that come with the program: icons, translations, the root certificate.

The same names work from a source checkout (`resources/` beside the package), from an installed wheel and from a
PyInstaller bundle (both carry them as `gigadesk/_resources`).
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource_path(name: str) -> Path:
    """Path of a bundled file or folder, such as `icons/send.svg`. Not checked: opening it tells."""
    return _root().joinpath(*name.split("/"))


def resource_text(name: str) -> str:
    """Content of a bundled text file, which is always UTF-8.

    Raises:
        OSError: it is missing; the installation is damaged.
    """
    return resource_path(name).read_text(encoding="utf-8")


def resource_bytes(name: str) -> bytes:
    """Content of a bundled file.

    Raises:
        OSError: it is missing; the installation is damaged.
    """
    return resource_path(name).read_bytes()


def _root() -> Path:
    packaged = _PACKAGE / "_resources"
    return packaged if packaged.is_dir() else _PACKAGE.parent / "resources"
