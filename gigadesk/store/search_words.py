"""The words that were seen in messages, and about how often."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from random import randrange

from gigadesk.search.documents import MODEL_MARK
from gigadesk.search.pairs import common_forms
from gigadesk.search.stems import beginnings_of, stem
from gigadesk.search.words import TURN, WORD_MAX_CHARS, turned_anywhere, whole_of
from gigadesk.store.database import Database

MEMORY_MAX = 100_000
"""Words that are known to be in the table, and words whose weight is known, without asking."""
COUNTED_SHARE = 8
"""Of so many texts one is counted, when more than `COUNTED_MAX` come at once."""
COUNTED_MAX = 4
OPENED_MAX = 64
"""Words that what is being typed can become; each costs the search some hundredths of a millisecond."""
SHORT_OPENING = 3
COMPARED_MAX = 4_000
ADDED_UP_MAX = 400
"""Words whose weights are added up, in a tenth of a millisecond."""
ASKED_AT_ONCE = 500
_LAST = chr(0x10FFFF)


_SEEN = tuple(3**weight for weight in range(40))


class WordTable:
    """A word of weight n was seen about 3**n times: so it is written seldom, however common it is."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._counts: dict[str, int] = {}
        self._noted: set[str] = set()

    def note(self, texts: Sequence[Sequence[str]]) -> None:
        """These texts, each as its words, are in the index now; "" is no word. Inside a transaction.

        All words are noted. How often they come is counted in a part of the texts when there are many.
        """
        seen = set(chain.from_iterable(texts))
        seen.discard("")
        new = seen.difference(self._noted)
        if len(self._noted) + len(new) > MEMORY_MAX:
            self._noted.clear()
            new = seen
        self._noted |= new
        self._database.execute_many("INSERT OR IGNORE INTO search_words VALUES (?, 0)", ((word,) for word in new))
        share = COUNTED_SHARE if len(texts) > COUNTED_MAX else 1
        # From any of them on: questions and answers take turns.
        self._weigh(Counter(chain.from_iterable(texts[randrange(share) :: share])), share)  # noqa: S311  (no secret)

    def _weigh(self, found: Counter[str], share: int) -> None:
        counts = self._counts
        if len(counts) + len(found) > MEMORY_MAX:
            counts.clear()
        unknown = [word for word in found if word not in counts]
        for start in range(0, len(unknown), ASKED_AT_ONCE):
            known = self.weights(unknown[start : start + ASKED_AT_ONCE])
            counts.update((word, _some_count(weight)) for word, weight in known.items())
        heavier = []
        for word, times in found.items():
            before = counts.get(word, 0)
            counts[word] = count = before + times * share
            if _weight(count) > _weight(before):
                heavier.append((_weight(count), word))
        self._database.execute_many("UPDATE search_words SET weight = ? WHERE word = ?", heavier)

    def forget(self, words: Iterable[str]) -> None:
        """Messages with these words are out of the index: forget those that no other has. Inside a transaction."""
        terms = {
            word if word.startswith(MODEL_MARK) else stem(word): word
            for word in words
            if word and not word.startswith(TURN)
        }
        gone: set[str] = set()
        for term, word in terms.items():
            if not self._is_in_use(term):
                # All forms: while one message after the other went, another form had kept this one.
                gone.update((word, *self._forms(term)))
        for other in [*gone, *self._turned(gone)]:
            self._database.execute("DELETE FROM search_words WHERE word = ?", (other,))
            self._counts.pop(other, None)
            self._noted.discard(other)

    def _turned(self, gone: Iterable[str]) -> Iterator[str]:
        """What there may be of these names as they are turned."""
        cut = {name for name in gone if len(name) == WORD_MAX_CHARS}
        for name in gone:
            if name not in cut:
                yield from turned_anywhere(name)
        if cut:
            # How these go on is not known.
            rows = self._database.rows(
                "SELECT word FROM search_words WHERE word >= ? AND word < ? AND length(word) > ?",
                (TURN, TURN + _LAST, WORD_MAX_CHARS),
            )
            yield from (word for (word,) in rows if whole_of(word) in cut)

    def _is_in_use(self, term: str) -> bool:
        """Whether there is a message with it."""
        sql = "SELECT 1 FROM search_index WHERE search_index MATCH ? LIMIT 1"
        return self._database.row(sql, (f'"{term}"',)) is not None

    def _forms(self, word_stem: str) -> list[str]:
        found = []
        for opening in beginnings_of(word_stem):
            found += self._database.rows(
                "SELECT word FROM search_words WHERE word >= ? AND word < ?", (opening, opening + _LAST)
            )
        return [word for (word,) in found if stem(word) == word_stem]

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

    def names_with(self, opening: str) -> list[str] | None:
        """The words that begin so, or do from one of their pieces on; None when there are very many."""
        found = []
        for start in (opening, TURN + opening):
            found += self._database.rows(
                "SELECT word FROM search_words WHERE word >= ? AND word < ? LIMIT ?",
                (start, start + _LAST, OPENED_MAX + 1),
            )
        return [whole_of(word) for (word,) in found] if len(found) <= OPENED_MAX else None

    def names_ending_with(self, end: str) -> list[str]:
        """Those of longer names that are, from one of their pieces on, just this word: `username` of `getUserName`."""
        start = f"{TURN}{end}{TURN}"
        rows = self._database.rows(
            "SELECT word FROM search_words WHERE word >= ? AND word < ? LIMIT ?", (start, start + _LAST, OPENED_MAX)
        )
        return [whole_of(word) for (word,) in rows]

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
        found = []
        for opening in beginnings_of(word_stem):
            found += self._database.rows(
                "SELECT word FROM search_words WHERE word >= ? AND word < ? LIMIT 200", (opening, opening + _LAST)
            )
        return any(other.startswith(word) or stem(other) == word_stem for (other,) in found)

    def weights(self, words: Sequence[str]) -> dict[str, int]:
        """The weights of those of these words that were seen."""
        marks = ", ".join("?" * len(words))
        sql = f"SELECT word, weight FROM search_words WHERE word IN ({marks})"  # noqa: S608  (marks)
        return dict(self._database.rows(sql, words))

    def messages(self) -> int:
        """About how many messages there are, at least one."""
        [(last,)] = self._database.rows("SELECT max(id) FROM messages")
        return max(1, last or 0)

    def times_seen(self, known: str) -> int:
        """About how often the words of a stem were seen, give or take as often again."""
        forms = common_forms().get(known)
        if forms is not None or len(known) < SHORT_OPENING:
            return _times(self.weights(forms or (known,)).values())
        return sum(map(self.times_begun, beginnings_of(known)))

    def times_written(self, word: str) -> int:
        """The same for a word as it is written; for all of its forms when it is a common one."""
        known = stem(word)
        return self.times_seen(known) if known in common_forms() else self.times_of([word])

    def times_of(self, words: Sequence[str]) -> int:
        """The same for any of these words."""
        return _times(self.weights(words).values())

    def times_begun(self, opening: str) -> int:
        """The same for all words that begin so."""
        rows = self._database.rows(
            "SELECT weight FROM search_words WHERE word >= ? AND word < ? LIMIT ?",
            (opening, opening + _LAST, ADDED_UP_MAX),
        )
        return _times(weight for (weight,) in rows)

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
        self._noted.clear()


def _times(weights: Iterable[int]) -> int:
    return sum(_SEEN[weight] * 5 // 3 for weight in weights)


def _weight(count: int) -> int:
    return bisect_right(_SEEN, count + 1) - 1


def _some_count(weight: int) -> int:
    """By chance: who always began with the least would never come to the next weight in small steps."""
    return randrange(_SEEN[weight], _SEEN[weight + 1]) - 1  # noqa: S311  (no secret)
