"""What the page says about how far a search has got."""

from PySide6.QtCore import QDateTime, QLocale, QObject

from gigadesk.facts import SearchFound
from gigadesk.search.hits import Place, Tally


class StateWords(QObject):
    """Sentences for the line under the field."""

    def words(
        self, found: SearchFound | None, tally: Tally | None, text: str, count: int, unsearched: frozenset[Place] | None
    ) -> str:
        """How much was found; `count` is how many results are shown, `unsearched` where else there may be some.

        None for `unsearched`: the text has nothing that can be searched for, or not yet: `from:`.
        """
        if found is None or not text:
            return ""
        if unsearched is None:
            is_unfinished = any(map(str.isalnum, text))
            return "" if is_unfinished else self.tr("Only words and numbers can be searched for.")
        if not count:
            return self._working(found) if found.is_working else self._nothing(unsearched)
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

    def _nothing(self, unsearched: frozenset[Place]) -> str:
        words = self.tr("Nothing found.")
        if unsearched == {Place.ARCHIVE, Place.TRASH}:
            return words + " " + self.tr("The archive and the trash were not searched: the buttons above add them.")
        if Place.ARCHIVE in unsearched:
            return words + " " + self.tr("The archive was not searched: a button above adds it.")
        if Place.TRASH in unsearched:
            return words + " " + self.tr("The trash was not searched: a button above adds it.")
        return words

    def _instead(self, found: SearchFound, text: str) -> str:
        if not found.instead:
            return ""
        return self.tr("Nothing for “{text}”. These are results for “{other}”.").format(text=text, other=found.instead)

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
