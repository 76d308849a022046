"""What a file that the model has made is called, so that it can be saved under that name. Pure."""

import re

from gigadesk.chat import FileKind

_STEMS = {
    FileKind.IMAGE: "image",
    FileKind.AUDIO: "audio",
    FileKind.MODEL_3D: "model",
    FileKind.TEXT: "text",
    FileKind.OTHER: "file",
}
_ENDINGS = {
    "image/jpeg": ".jpg",
    "image/jpg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "image/gif": ".gif",
    "image/bmp": ".bmp",
    "audio/mpeg": ".mp3",
    "audio/mp3": ".mp3",
    "audio/wav": ".wav",
    "audio/x-wav": ".wav",
    "audio/ogg": ".ogg",
    "model/gltf-binary": ".glb",
    "application/vnd.autodesk.fbx": ".fbx",
    "application/octet-stream": "",
    "text/plain": ".txt",
    "application/pdf": ".pdf",
    "application/json": ".json",
    "application/zip": ".zip",
}
_SHORT = re.compile("[0-9A-Za-z]+")
_SHORT_CHARS = 8


def generated_name(kind: FileKind, mime: str, remote_id: str) -> str:
    """A short name of safe letters, by the kind, the content and the beginning of the id."""
    ending = _ENDINGS.get(mime, "") or (".fbx" if kind is FileKind.MODEL_3D else "")
    short = "".join(_SHORT.findall(remote_id))[:_SHORT_CHARS].lower()
    return f"{_STEMS[kind]}-{short}{ending}" if short else f"{_STEMS[kind]}{ending}"
