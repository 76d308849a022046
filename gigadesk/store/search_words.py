"""The words that were seen in messages, and about how often."""

from collections.abc import Iterable, Sequence

from gigadesk.search.documents import MODEL_MARK
from gigadesk.search.stems import opening_of, stem
from gigadesk.store.database import Database

MEMORY_MAX = 60_000
"""Words whose weight is known without asking."""
OPENED_MAX = 64
"""Words that what is being typed can become; each costs the search some hundredths of a millisecond."""
SHORT_OPENING = 3
COMPARED_MAX = 4_000
_LAST = chr(0x10FFFF)


class WordTable:
    """A word of weight n was seen in about 2**n messages: so it is written seldom, however common it is."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._counts: dict[str, int] = {}

    def note(self, words: Iterable[str]) -> None:
        """These words are in one more message. Inside a transaction."""
        counts = self._counts
        if len(counts) > MEMORY_MAX:
            counts.clear()
        for word in words:
            count = counts.get(word)
            if count is None:
                row = self._database.row("SELECT weight FROM search_words WHERE word = ?", (word,))
                if row is None:
                    self._database.execute("INSERT INTO search_words VALUES (?, 0)", (word,))
                    counts[word] = 1
                    continue
                count = 1 << row[0]
            counts[word] = count + 1
            if count + 1 == 1 << count.bit_length():
                self._database.execute("UPDATE search_words SET weight = ? WHERE word = ?", (count.bit_length(), word))

    def forget(self, words: Iterable[str]) -> None:
        """Messages with these words are out of the index: forget those that no other has. Inside a transaction."""
        for word in words:
            row = self._database.row("SELECT weight FROM search_words WHERE word = ?", (word,))
            if row is None:
                continue
            if row[0] == 0 or not self._is_in_use(word):
                self._database.execute("DELETE FROM search_words WHERE word = ?", (word,))
                self._counts.pop(word, None)

    def _is_in_use(self, word: str) -> bool:
        """Whether there is a message with the word or another form of it."""
        term = word if word.startswith(MODEL_MARK) else stem(word)
        sql = "SELECT 1 FROM search_index WHERE search_index MATCH ? LIMIT 1"
        return self._database.row(sql, (f'"{term}"',)) is not None

    def beginning_with(self, opening: str) -> list[str]:
        """Words that begin so, the commonest; all of them unless there are very many."""
        span = (opening, opening + _LAST)
        found = []
        if len(opening) < SHORT_OPENING:
            found = self._database.rows(
                "SELECT word FROM search_words INDEXED BY search_words_common"
                " WHERE weight >= 5 AND word >= ? AND word < ? ORDER BY weight DESC LIMIT ?",
                (*span, OPENED_MAX),
            )
        if len(found) < OPENED_MAX:
            found = self._database.rows(
                "SELECT word FROM search_words WHERE word >= ? AND word < ? ORDER BY weight DESC LIMIT ?",
                (*span, OPENED_MAX),
            )
        return [word for (word,) in found]

    def models(self, part: str) -> list[str]:
        """The marks of the models whose name has this part."""
        rows = self._database.rows(
            "SELECT word FROM search_words WHERE word >= ? AND word < ?", (MODEL_MARK, MODEL_MARK + _LAST)
        )
        return [word for (word,) in rows if part in word.removeprefix(MODEL_MARK)]

    def has(self, word: str) -> bool:
        """Whether a word was seen, as it is."""
        return self._database.row("SELECT 1 FROM search_words WHERE word = ?", (word,)) is not None

    def has_form(self, word: str, word_stem: str) -> bool:
        """Whether a word was seen that has this stem, or begins as this word."""
        opening = opening_of(word_stem)
        rows = self._database.rows(
            "SELECT word FROM search_words WHERE word >= ? AND word < ? LIMIT 200", (opening, opening + _LAST)
        )
        return any(other.startswith(word) or stem(other) == word_stem for (other,) in rows)

    def weights(self, words: Sequence[str]) -> dict[str, int]:
        """The weights of those of these words that were seen."""
        marks = ", ".join("?" * len(words))
        sql = f"SELECT word, weight FROM search_words WHERE word IN ({marks})"  # noqa: S608  (marks)
        return dict(self._database.rows(sql, words))

    def of_length(self, opening: str, shortest: int, longest: int) -> list[str]:
        """Words that begin so and have about so many letters, the commonest first."""
        rows = self._database.rows(
            "SELECT word FROM search_words WHERE word >= ? AND word < ? AND length(word) BETWEEN ? AND ?"
            " ORDER BY weight DESC LIMIT ?",
            (opening, opening + _LAST, shortest, longest, COMPARED_MAX),
        )
        return [word for (word,) in rows]

    def clear_memory(self) -> None:
        self._counts.clear()
