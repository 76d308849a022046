"""Reading a form with a file in it, as browsers and HTTP libraries write it. Pure.

Lenient where clients differ (names in UTF-8, in percent signs or in the extended form; text before the first part),
strict where bytes would be lost: a form without its last line has been cut on the way.

Source: https://www.rfc-editor.org/rfc/rfc7578, https://www.rfc-editor.org/rfc/rfc2046#section-5.1
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote

PARTS_MAX = 32
HEAD_MAX_BYTES = 16 * 1024
_BOUNDARY = re.compile(r'boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))', re.IGNORECASE)
_FIELD = re.compile(r';\s*([\w-]+\*?)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]*))')


class BrokenFormError(Exception):
    """The body is not the form that its content type says it is."""


@dataclass(frozen=True, slots=True)
class FormPart:
    """One field of a form."""

    file_name: str | None
    """None when this is no file."""
    content_type: str
    data: bytes

    @property
    def text(self) -> str:
        return self.data.decode("utf-8", "replace")


def read_form(content_type: str, body: bytes) -> dict[str, FormPart]:
    """The fields by their names; of two with one name the first.

    Raises:
        BrokenFormError: no form, no boundary, parts without names, or no end.
    """
    kind, _, _ = content_type.partition(";")
    found = _BOUNDARY.search(content_type)
    if kind.strip().lower() != "multipart/form-data" or found is None:
        raise BrokenFormError("no form")
    fields: dict[str, FormPart] = {}
    for name, part in _parts(b"--" + (found[1] or found[2]).encode("latin-1", "replace"), body):
        fields.setdefault(name, part)
    return fields


def _parts(line: bytes, body: bytes) -> list[tuple[str, FormPart]]:
    at = 0 if body.startswith(line) else body.find(b"\r\n" + line) + 2
    if at == 1:
        raise BrokenFormError("no beginning")
    found: list[tuple[str, FormPart]] = []
    while True:
        at += len(line)
        if body.startswith(b"--", at):
            return found
        begin = body.find(b"\r\n", at)
        end = body.find(b"\r\n" + line, at)
        if begin < 0 or end < begin or body[at:begin].strip(b" \t") or len(found) == PARTS_MAX:
            raise BrokenFormError("no end")
        found.append(_part(body, begin, end))
        at = end + 2


def _part(body: bytes, begin: int, end: int) -> tuple[str, FormPart]:
    """The part between the line break after its boundary and that before the next."""
    blank = body.find(b"\r\n\r\n", begin, min(end + 2, begin + HEAD_MAX_BYTES))
    if blank < 0:
        raise BrokenFormError("no headers")
    headers: dict[str, str] = {}
    for line in body[begin:blank].decode("utf-8", "replace").split("\r\n"):
        name, _, value = line.partition(":")
        headers[name.strip().lower()] = value.strip()
    fields = _fields(headers.get("content-disposition", ""))
    if "name" not in fields:
        raise BrokenFormError("no name")
    content = body[blank + 4 : end] if blank + 4 <= end else b""
    return fields["name"], FormPart(_file_name(fields), headers.get("content-type", ""), content)


def _fields(disposition: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, quoted, plain in _FIELD.findall(disposition):
        found.setdefault(name.lower(), re.sub(r"\\(.)", r"\1", quoted) or plain)
    return found


def _file_name(fields: Mapping[str, str]) -> str | None:
    extended = fields.get("filename*")
    if extended is not None:
        # RFC 5987: character set, quote, language, quote, percent signs.
        return unquote(extended.rpartition("'")[2], "utf-8", "replace")
    name = fields.get("filename")
    return None if name is None else unquote(name, "utf-8", "replace")
