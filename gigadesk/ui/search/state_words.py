"""What the page says about how far a search has got."""

from PySide6.QtCore import QDateTime, QLocale, QObject

from gigadesk.facts import SearchFound
from gigadesk.search.completion import values_of
from gigadesk.search.hits import Place, Tally
from gigadesk.search.query import Key, Query

Places = frozenset[Place]

_QUOTED_MAX_CHARS = 80


class StateWords(QObject):
    """Sentences for the line under the field."""

    def words(
        self, found: SearchFound | None, tally: Tally | None, query: Query, text: str, count: int, unsearched: Places
    ) -> str:
        """How much was found; `count` is how many results are shown, `unsearched` where else there may be some."""
        if found is None or not text.strip():
            return ""
        if query.is_empty:
            if query.odd:
                return "" if query.odd[0].is_excluded else self._wanted(query.odd[0].key)
            # Or nothing yet: `from:`.
            is_unfinished = any(map(str.isalnum, text))
            return "" if is_unfinished else self.tr("Only words and numbers can be searched for.")
        if not count:
            return self._working(found) if found.is_working else self._nothing(query, text, unsearched)
        parts = [self._instead(found, text)]
        if tally is not None:
            parts.append(self._counted(tally) if tally.messages else self.tr("Only in titles and names of files."))
        elif found.is_working:
            parts.append(self._working(found))
        return " ".join(part for part in parts if part)

    def progress(self, waiting: int, total: int) -> str:
        """How much can be found so far; nothing when it is all."""
        if waiting <= 0:
            return ""
        locale = QLocale()
        return self.tr("{done} of {total} messages can be found so far; the rest is being taken up.").format(
            done=locale.toString(total - waiting), total=locale.toString(total)
        )

    def _nothing(self, query: Query, text: str, unsearched: Places) -> str:
        words = self.tr("Nothing found.")
        if query.odd:
            odd = query.odd[0]
            taken = self.tr("“{filter}” was searched for as words.").format(filter=_brief(text[odd.start : odd.end]))
            return " ".join(filter(None, (words, taken, "" if odd.is_excluded else self._wanted(odd.key))))
        if unsearched == {Place.ARCHIVE, Place.TRASH}:
            return words + " " + self.tr("The archive and the trash were not searched: the buttons above add them.")
        if Place.ARCHIVE in unsearched:
            return words + " " + self.tr("The archive was not searched: a button above adds it.")
        if Place.TRASH in unsearched:
            return words + " " + self.tr("The trash was not searched: a button above adds it.")
        return words

    def _wanted(self, key: Key) -> str:
        """What the value of a filter can be."""
        values = ", ".join(values_of(key, QLocale().name()[:2]))
        if key in {Key.BEFORE, Key.AFTER, Key.ON}:
            return self.tr(
                "A time is a day, a month or a year: 31.12.2025, 2025-12-31, 2025-12, 2025, {values}."
            ).format(values=values)
        return self.tr("It can be: {values}.").format(values=values) if values else ""

    def _instead(self, found: SearchFound, text: str) -> str:
        if not found.instead:
            return ""
        return self.tr("Nothing for “{text}”. These are results for “{other}”.").format(
            text=_brief(text.strip()), other=_brief(found.instead)
        )

    def _counted(self, tally: Tally) -> str:
        if tally.is_more:
            words = self.tr("Messages: more than {count}, in %n chat(s)", "", tally.chats)
        else:
            words = self.tr("Messages: {count}, in %n chat(s)", "", tally.chats)
        return words.format(count=QLocale().toString(tally.messages))

    def _working(self, found: SearchFound) -> str:
        if found.searched_to is None:
            return self.tr("Searching…")
        day = QDateTime.fromSecsSinceEpoch(int(max(0.0, found.searched_to))).date()
        shown = QLocale().toString(day, QLocale.FormatType.ShortFormat)
        return self.tr("Searching… back to {day}").format(day=shown)


def _brief(text: str) -> str:
    """What was typed, in the middle of a sentence: a pasted page must not take the room of the results."""
    return text if len(text) <= _QUOTED_MAX_CHARS else text[: _QUOTED_MAX_CHARS - 1] + "…"
