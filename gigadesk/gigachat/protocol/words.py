"""What an answer says, put together from the pieces in which it comes. Pure."""

import re
from collections.abc import Callable
from typing import Any

from gigadesk.chat import FileKind, Source
from gigadesk.gigachat.events import (
    FileReady,
    FunctionCall,
    ReasoningDelta,
    ReplyEvent,
    SourcesFound,
    TextDelta,
)
from gigadesk.gigachat.file_tags import FileTags
from gigadesk.gigachat.protocol.decode import Decoder, OddJsonError, text_of
from gigadesk.gigachat.protocol.mender import NEEDS_MENDING, TextMender
from gigadesk.gigachat.protocol.source_marks import SourceMarks
from gigadesk.gigachat.protocol.think_tags import ThinkTags
from gigadesk.limits import SOURCES_MAX
from gigadesk.text import clean

CALLS_MAX = 100
_SOURCE_CHANGES_MAX = 1000
"""Each is written to the disk and shown: a source that changes for ever must not keep both busy."""
FILES_MAX = 1000
"""Of one answer, like the sources: more are not made, only invented."""
_NUMBER = re.compile("[0-9]{1,9}")
_ODD_OR_TAG = re.compile(f"[{NEEDS_MENDING}<]")
_ODD_OR_TAG_OR_MARK = re.compile(rf"[{NEEDS_MENDING}<\[]")

_decode_object = Decoder(dict[str, Any])


class Words:
    """Takes what an answer consists of, piece by piece, and gives it out as events.

    Neighbouring pieces of text become one event, thoughts apart from the answer. Files and sources that are named
    again are given out once.

    Args:
        has_marks: whether the text may hold the source marks of the second contract.
    """

    def __init__(self, *, has_marks: bool = False) -> None:
        self.text_chars = 0
        """How long the text of the answer is so far, as it came."""
        self._events: list[ReplyEvent] = []
        self._pieces: list[str] = []  # of the kind below, not given out yet
        self._kind: Callable[[str], ReplyEvent] = TextDelta
        self._needs_care: Callable[[str], Any] = (_ODD_OR_TAG_OR_MARK if has_marks else _ODD_OR_TAG).search
        self._is_plain = False  # nothing is held, and the beginning is over
        self._text = TextMender()
        self._tags = ThinkTags()
        self._marks = SourceMarks() if has_marks else None
        self._file_tags = FileTags()
        self._thought = TextMender()
        self._file_ids: set[str] = set()
        self._sources: dict[int, Source] = {}
        self._source_changes = 0
        self._calls: list[FunctionCall] = []

    def say(self, piece: str) -> None:
        """A piece of the answer."""
        self.text_chars += len(piece)
        if self._is_plain and self._needs_care(piece) is None:
            # Nearly always, at a tenth of the price.
            if self._kind is not TextDelta:
                self._turn_to(TextDelta)
            self._pieces.append(piece)
            return
        self._say_carefully(self._text.feed(piece))
        self._is_plain = self._tags.is_over and not (
            self._text.holds or self._file_tags.holds or (self._marks is not None and self._marks.holds)
        )

    def think(self, piece: str) -> None:
        """A piece of the thoughts."""
        self._append(ReasoningDelta, self._thought.feed(piece))

    def add(self, event: ReplyEvent) -> None:
        """Something that is no text."""
        self._flush()
        self._events.append(event)

    def add_file(self, file_id: str, kind: FileKind = FileKind.IMAGE, mime: str = "") -> None:
        """A generated file, named in a tag or by itself."""
        if file_id and file_id not in self._file_ids and len(self._file_ids) < FILES_MAX:
            self._file_ids.add(file_id)
            self.add(FileReady(file_id, kind, mime))

    def add_call(self, call: Any, state_id: str) -> None:  # JSON of the model's making
        """A function that is to be called, unless that very call was named before. No answer has a hundred of them."""
        if not isinstance(call, dict) or len(self._calls) >= CALLS_MAX:
            return
        wished = FunctionCall(
            name=clean(text_of(call.get("name"))),
            arguments=_arguments_of(call.get("arguments")),
            state_id=state_id,
            call_id=clean(text_of(call.get("id"))),
        )
        if wished not in self._calls:
            self._calls.append(wished)
            self.add(wished)

    def add_sources(self, sources: Any) -> None:  # a leaf of foreign JSON: may be anything
        """Pages by their numbers."""
        if not isinstance(sources, dict) or self._source_changes >= _SOURCE_CHANGES_MAX:
            return
        found = []
        for key, value in sources.items():
            source = _source_of(key, value)
            if source is None or self._sources.get(source.number) == source:
                continue
            if source.number in self._sources or len(self._sources) < SOURCES_MAX:
                self._sources[source.number] = source
                found.append(source)
        if found:
            self._source_changes += 1
            self.add(SourcesFound(tuple(found)))

    def take(self) -> list[ReplyEvent]:
        """The events since the last time."""
        pieces = self._pieces
        if len(pieces) == 1 and not self._events:
            event = self._kind(pieces[0])
            pieces.clear()
            return [event]
        self._flush()
        events, self._events = self._events, []
        return events

    def end(self) -> list[ReplyEvent]:
        """The last events: also what was held back."""
        self._append(ReasoningDelta, self._thought.close())
        self._say_carefully(self._text.close())
        thought, text = self._tags.close()
        self._append(ReasoningDelta, thought)
        self._say_as_is(text)
        if self._marks is not None:
            self._append(TextDelta, self._marks.close())
        return self.take()

    def _say_carefully(self, text: str) -> None:
        if not self._tags.is_over:
            thought, text = self._tags.feed(text)
            self._append(ReasoningDelta, thought)
        self._say_as_is(text)

    def _say_as_is(self, text: str) -> None:
        if self._marks is not None:
            text = self._marks.feed(text)
        self._append(TextDelta, text)
        for file_id, kind in self._file_tags.feed(text):
            self.add_file(file_id, kind)

    def _append(self, kind: Callable[[str], ReplyEvent], text: str) -> None:
        if text:
            if self._kind is not kind:
                self._turn_to(kind)
            self._pieces.append(text)

    def _turn_to(self, kind: Callable[[str], ReplyEvent]) -> None:
        self._flush()
        self._kind = kind

    def _flush(self) -> None:
        if self._pieces:
            self._events.append(self._kind("".join(self._pieces)))
            self._pieces.clear()


def _source_of(key: object, value: Any) -> Source | None:  # a leaf of foreign JSON: may be anything
    if (
        not isinstance(key, str)
        or not (key.isascii() and key.isdigit() and len(key) <= 9)
        or not isinstance(value, dict)
    ):
        return None
    url = clean(text_of(value.get("url")))
    return Source(int(key), url, clean(text_of(value.get("title")))) if url else None


def _arguments_of(value: Any) -> dict[str, Any]:  # JSON of the model's making
    """The arguments as an object; old descriptions of the service put them into a string."""
    if isinstance(value, str):
        try:
            return _decode_object(value)
        except OddJsonError:
            return {}
    return value if isinstance(value, dict) else {}
