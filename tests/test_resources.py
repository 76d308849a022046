"""Bundled files are found the same way everywhere."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from gigadesk.resources import resource_bytes, resource_path, resource_text

REPOSITORY = Path(__file__).parent.parent
CERTIFICATE = "certs/russian_trusted_root_ca.pem"

LIST_RESOURCES = """
import json, sys
sys.path.insert(0, sys.argv[1])
from gigadesk.resources import resource_bytes, resource_path
root = resource_path("certs").parent
files = [path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()]
print(json.dumps({name: len(resource_bytes(name)) for name in files}))
"""


def test_source_checkout_uses_the_repository_folder():
    assert resource_path(CERTIFICATE) == REPOSITORY / "resources" / "certs" / "russian_trusted_root_ca.pem"


def test_text_and_bytes_are_the_same_file():
    assert resource_text(CERTIFICATE).startswith("-----BEGIN CERTIFICATE-----")
    assert resource_bytes(CERTIFICATE).replace(b"\r\n", b"\n") == resource_text(CERTIFICATE).encode()


def test_missing_file_is_an_os_error():
    with pytest.raises(OSError, match="no-such-file"):
        resource_bytes("icons/no-such-file.svg")


def test_installed_wheel_carries_every_file(tmp_path):
    built = tmp_path / "built"
    site = tmp_path / "site packages"

    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(built)],
        cwd=REPOSITORY,
        check=True,
        capture_output=True,
    )
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    listing = subprocess.run(
        [sys.executable, "-I", "-c", LIST_RESOURCES, str(site)], cwd=tmp_path, check=True, capture_output=True
    )

    source = REPOSITORY / "resources"
    expected = {
        path.relative_to(source).as_posix(): path.stat().st_size
        for path in source.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert json.loads(listing.stdout) == expected
