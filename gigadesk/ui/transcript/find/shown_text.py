"""The texts of a message as they are shown, a text for each block, made a slice at a time. Pure."""

from collections.abc import Iterator

from gigadesk.ui.transcript.parsed_text import ParsedText
from gigadesk.ui.transcript.pieces import text_of


class ShownText:
    """Reads one text of a message. `texts` are whole when `read` has gone to its end."""

    def __init__(self, text: str, *, is_plain: bool) -> None:
        self._text = text
        self._is_plain = is_plain
        self.texts: list[str] = []

    def read(self) -> Iterator[None]:
        """Stops whenever some milliseconds may have gone by."""
        parsed = ParsedText(is_plain=self._is_plain)
        parsed.parse(self._text, is_running=False)
        while not parsed.is_whole:
            yield
            parsed.parse_more(is_running=False)
        size = 0
        for block in parsed.blocks:
            self.texts.append(text_of(block))
            size += len(self.texts[-1])
            if size > _SLICE_CHARS:
                size = 0
                yield


_SLICE_CHARS = 64 * 1024


def shown_texts(text: str, *, is_plain: bool) -> list[str]:
    """All at once."""
    shown = ShownText(text, is_plain=is_plain)
    for _ in shown.read():
        pass
    return shown.texts
