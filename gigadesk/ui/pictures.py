"""Pictures from files: the one gate through which foreign bytes become an image.

The format is told by the first bytes and named to Qt, which never guesses: its guessing would hand an SVG that calls
itself `photo.png` to a renderer that reads local files and can be kept busy for ever.
"""

import os
import stat
import threading
from collections import OrderedDict, deque
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal

from gigadesk.limits import DOWNLOAD_MAX_BYTES, PICTURE_MAX_PIXELS, PICTURE_MEMORY_MAX_MB

# What decodes is loaded with the first picture: the first window shows none.
if TYPE_CHECKING:
    from PySide6.QtGui import QImage

CACHE_MAX_BYTES = 96 * 1024 * 1024
"""Of decoded pictures: some two dozen as large as the transcript shows them at 200 %."""
HEADER_BYTES = 256 * 1024
"""Within these the size of nearly every picture stands; a camera's preview and colour profile come before it."""
KNOWN_MAX = 4096
"""Paths of which size or failure is remembered."""
WAITING_MAX = 48
"""Of more that wait, the oldest are given up: they have long been scrolled past, and are asked for again in sight."""
POLL_MS = 12
_PIXEL_BYTES = 4


class _Job(NamedTuple):
    path: str
    width: int
    height: int


class _Result(NamedTuple):
    job: _Job
    image: "QImage | None"
    size: QSize


class Pictures(QObject):
    """Decodes pictures in a thread of its own and keeps those that were used last. One for each window.

    A path is taken to name the same bytes for ever, as the data folder's do; `forget` begins anew.

    Signals:
        loaded(str): the picture of this path is there now, or has failed.
    """

    loaded = Signal(str)

    def __init__(self, parent: QObject | None = None, *, cache_max_bytes: int = CACHE_MAX_BYTES) -> None:
        super().__init__(parent)
        self._cache: OrderedDict[_Job, QImage] = OrderedDict()
        self._cache_max_bytes = cache_max_bytes
        self._cached_bytes = 0
        self._sizes: OrderedDict[str, QSize] = OrderedDict()
        self._failed: OrderedDict[str, None] = OrderedDict()
        self._worker = _Worker()
        # The thread never touches a QObject: this one looks after it while there is something to wait for.
        self._poll = QTimer(self)
        self._poll.setInterval(POLL_MS)
        self._poll.timeout.connect(self._on_poll)

    def image(self, path: str, max_width_px: int, max_height_px: int) -> "QImage | None":
        """The picture, upright, within so many device pixels and never enlarged; None while it loads or if it cannot.

        Asking begins the loading; `loaded` tells when it is worth asking again. Animated pictures stand still.
        """
        job = _Job(path, max(1, max_width_px), max(1, max_height_px))
        found = self._cache.get(job)
        if found is not None:
            self._cache.move_to_end(job)
            return found
        if path and path not in self._failed:
            self._worker.add(job)
            if not self._poll.isActive():
                self._poll.start()
        return None

    def has_failed(self, path: str) -> bool:
        """Whether there is no such file, or it is no picture, broken, too large or of a kind that is never read."""
        return path in self._failed or not path

    def size(self, path: str) -> QSize:
        """How large the original is, upright, as its header says; invalid when unknown. Reads the header, no more."""
        found = self._sizes.get(path)
        if found is not None:
            return found
        if self.has_failed(path):
            return QSize()
        size = _size_in(_read(path, HEADER_BYTES))
        self._note_size(path, size)
        return size

    def forget(self, path: str) -> None:
        """Look at a path anew: its file has come, or has changed."""
        self._failed.pop(path, None)
        self._sizes.pop(path, None)
        for job in [job for job in self._cache if job.path == path]:
            self._cached_bytes -= self._cache.pop(job).sizeInBytes()

    @property
    def cached_bytes(self) -> int:
        """Memory of the decoded pictures that are kept."""
        return self._cached_bytes

    def _on_poll(self) -> None:
        results, is_busy = self._worker.take()
        if not is_busy:
            self._poll.stop()
        for result in results:
            path = result.job.path
            if result.image is None:
                self._failed[path] = None
                self._note_size(path, QSize())
                if len(self._failed) > KNOWN_MAX:
                    self._failed.popitem(last=False)
            else:
                self._note_size(path, result.size)
                self._keep(result.job, result.image)
            self.loaded.emit(path)

    def _keep(self, job: _Job, image: "QImage") -> None:
        old = self._cache.pop(job, None)
        self._cached_bytes += image.sizeInBytes() - (old.sizeInBytes() if old is not None else 0)
        self._cache[job] = image
        # The newest stays, however large: somebody is about to ask for it.
        while self._cached_bytes > self._cache_max_bytes and len(self._cache) > 1:
            _, dropped = self._cache.popitem(last=False)
            self._cached_bytes -= dropped.sizeInBytes()

    def _note_size(self, path: str, size: QSize) -> None:
        self._sizes[path] = size
        if len(self._sizes) > KNOWN_MAX:
            self._sizes.popitem(last=False)


class _Worker:
    """A thread that lives as long as there is work, the newest first."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._jobs: OrderedDict[_Job, None] = OrderedDict()
        self._current: _Job | None = None
        self._results: deque[_Result] = deque()
        self._is_running = False

    def add(self, job: _Job) -> None:
        with self._lock:
            if job == self._current or any(result.job == job for result in self._results):
                return
            self._jobs.pop(job, None)
            self._jobs[job] = None
            if len(self._jobs) > WAITING_MAX:
                self._jobs.popitem(last=False)
            if not self._is_running:
                self._is_running = True
                threading.Thread(target=self._run, name="pictures", daemon=True).start()

    def take(self) -> tuple[list[_Result], bool]:
        """What has been done since, and whether there is more to come."""
        with self._lock:
            results = list(self._results)
            self._results.clear()
            return results, self._is_running

    def _run(self) -> None:
        while True:
            with self._lock:
                if not self._jobs:
                    self._current, self._is_running = None, False
                    return
                self._current, _ = self._jobs.popitem()
            image, size = _decode(self._current)
            with self._lock:
                self._results.append(_Result(self._current, image, size))
                self._current = None


def _decode(job: _Job) -> "tuple[QImage | None, QSize]":
    """The picture at the wanted size, and how large the original is."""
    from PySide6.QtGui import QImage

    content = _read(job.path, DOWNLOAD_MAX_BYTES)
    reader = _Reader(content)
    if not reader.is_acceptable:
        return None, QSize()
    whole = reader.upright_size
    wanted = whole.boundedTo(whole.scaled(job.width, job.height, Qt.AspectRatioMode.KeepAspectRatio))
    if whole.width() * whole.height() * _PIXEL_BYTES > PICTURE_MEMORY_MAX_MB * 1024 * 1024:
        # A JPEG can be decoded at half its size or less; other formats will be refused by the limit.
        wanted = wanted.boundedTo(whole / 2)
    if wanted != whole:
        reader.scale_to(wanted.expandedTo(QSize(1, 1)))
    image = reader.read()
    if image is None:
        return None, QSize()
    has_alpha = image.hasAlphaChannel()
    kind = QImage.Format.Format_ARGB32_Premultiplied if has_alpha else QImage.Format.Format_RGB32
    return image.convertToFormat(kind), whole


def _size_in(head: bytes) -> QSize:
    reader = _Reader(head)
    return reader.upright_size if reader.is_acceptable else QSize()


class _Reader:
    """A `QImageReader` over bytes, which was told the format."""

    def __init__(self, content: bytes) -> None:
        from PySide6.QtCore import QBuffer, QByteArray, QIODevice
        from PySide6.QtGui import QImageReader

        picture_format = _format_of(content[:16])
        self._buffer = QBuffer()
        self._buffer.setData(QByteArray(content) if picture_format else QByteArray())
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        # For all of the program: nothing else in it reads pictures.
        QImageReader.setAllocationLimit(PICTURE_MEMORY_MAX_MB)
        self._reader = QImageReader(self._buffer, QByteArray(picture_format))
        self._reader.setAutoDetectImageFormat(False)
        self._reader.setDecideFormatFromContent(False)
        self._reader.setAutoTransform(True)
        # Without a format Qt would guess after all.
        self._size = self._reader.size() if picture_format else QSize()

    @property
    def is_acceptable(self) -> bool:
        """Of a kind that is read, and not too large. Nothing has been decoded yet."""
        return not self._size.isEmpty() and self._size.width() * self._size.height() <= PICTURE_MAX_PIXELS

    @property
    def _is_turned(self) -> bool:
        from PySide6.QtGui import QImageIOHandler

        return bool(self._reader.transformation() & QImageIOHandler.Transformation.TransformationRotate90)

    @property
    def upright_size(self) -> QSize:
        return self._size.transposed() if self._is_turned else self._size

    def scale_to(self, size: QSize) -> None:
        """Read it at another size, given upright."""
        self._reader.setScaledSize(size.transposed() if self._is_turned else size)

    def read(self) -> "QImage | None":
        """The first frame; None for what is broken. A file that was cut off may give its upper part."""
        image = self._reader.read()
        return None if image.isNull() else image


def _format_of(head: bytes) -> bytes:
    """The name Qt has for the format of a file; empty for all that are never read (SVG, TIFF, ICNS, XPM, ...)."""
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return b"png"
    if head.startswith(b"\xff\xd8\xff"):
        return b"jpeg"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return b"webp"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return b"gif"
    if head.startswith(b"BM") and head[6:10] == bytes(4):
        return b"bmp"
    return b""


def _read(path: str, max_bytes: int) -> bytes:
    """The beginning of a regular file; empty if there is none. A pipe or a device is not waited for."""
    # Opening a pipe for reading would block until somebody writes; Windows has neither flag.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            return b""
        descriptor = os.open(path, flags)
    except (OSError, ValueError):
        return b""
    with os.fdopen(descriptor, "rb") as file:
        try:
            return file.read(max_bytes) if stat.S_ISREG(os.fstat(descriptor).st_mode) else b""
        except OSError:
            return b""
