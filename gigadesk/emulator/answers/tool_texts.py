"""The prepared texts of an answer that uses a tool, talks of a file or thinks first: their form, not their words."""

from dataclasses import dataclass

from gigadesk.emulator.answers.answer import WebPage


@dataclass(frozen=True, slots=True)
class FoundPages:
    """What a search finds for questions that match `pattern`: a text with marks, and the pages they point at."""

    pattern: str
    text: str
    pages: tuple[WebPage, ...]


@dataclass(frozen=True, slots=True)
class ToolTexts:
    """All of one language. Braces hold what the question or the file brings."""

    pictures: dict[str, str]
    """By the name of the picture in `resources/emulator`; `{subject}` is what was asked for."""
    model_3d: str
    found: tuple[FoundPages, ...]
    """The first whose pattern matches; the last one matches everything."""
    calculation: str
    """With `{code}` and `{result}`."""
    simulation: str
    """A calculation when the question holds no sum."""
    page: str
    """With `{host}` and `{url}`."""
    now: str
    """With `{time}`, `{date}` and `{zone}`."""
    remembered: str
    image: str
    """With `{name}`, `{size}`, `{pixels}` and `{mime}`."""
    audio: str
    document: str
    """A document whose text cannot be read here."""
    text: str
    """With `{words}`, `{lines}` and the `{beginning}` as well."""
    several: str
    """Introduces the descriptions of several files; with `{number}`."""
    pixels: str
    """`{width}` and `{height}` of a picture."""
    thoughts: tuple[str, ...]
    """Paragraphs; with `{subject}`. The more effort, the more of them."""
    decimal_comma: bool
