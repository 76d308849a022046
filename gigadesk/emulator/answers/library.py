"""The prepared texts by language and topic."""

import random
from dataclasses import dataclass

from gigadesk.emulator.answers import (
    english,
    english_code,
    english_story,
    english_tools,
    russian,
    russian_code,
    russian_story,
    russian_tools,
)
from gigadesk.emulator.answers.tool_texts import ToolTexts


@dataclass(frozen=True, slots=True)
class Library:
    """All answers of one language. Several texts of a topic are variants of each other."""

    texts: dict[str, tuple[str, ...]]
    paragraphs: tuple[str, ...]
    lists: tuple[str, ...]
    chapter: str
    the_end: str
    nothing_left: str
    tools: ToolTexts

    def text(self, topic: str, subject: str, numbers: random.Random) -> str:
        """One of the variants, with the subject of the question in its place."""
        text = numbers.choice(self.texts[topic])
        return text.replace("{subject}", subject).replace("⏎", "  ")


RUSSIAN = Library(
    texts=russian.TEXTS | russian_code.TEXTS | {"story": (russian_story.STORY,)},
    paragraphs=russian_story.PARAGRAPHS,
    lists=russian_story.LISTS,
    chapter=russian_story.CHAPTER,
    the_end="*Конец.*",
    nothing_left="\n\nНа этом ответ закончен: добавить больше нечего.",
    tools=russian_tools.TEXTS,
)
ENGLISH = Library(
    texts=english.TEXTS | english_code.TEXTS | {"story": (english_story.STORY,)},
    paragraphs=english_story.PARAGRAPHS,
    lists=english_story.LISTS,
    chapter=english_story.CHAPTER,
    the_end="*The end.*",
    nothing_left="\n\nThat was the whole answer: there is nothing to add.",
    tools=english_tools.TEXTS,
)


def long_text(library: Library, length: int, numbers: random.Random) -> str:
    """Chapters of paragraphs, lists, tables and code: at least `length` characters, and less than a thousand more."""
    blocks: list[str] = []
    written = chapter = 0
    while written < length:
        if len(blocks) % 12 == 0:
            chapter += 1
            block = "## " + library.chapter.format(number=chapter)
        elif len(blocks) % 5 == 4:
            block = numbers.choice(library.lists)
        else:
            block = " ".join(numbers.sample(library.paragraphs, 2))
        blocks.append(block)
        written += len(block) + 2
    return "\n\n".join([*blocks, library.the_end])
