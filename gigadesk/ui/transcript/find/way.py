"""Which of the places is the current one, and the way from there, or from where the reader is, to the next."""

from typing import TYPE_CHECKING

from gigadesk.chat import MessageId
from gigadesk.ui.transcript.find.goal import Goal, Outcome
from gigadesk.ui.transcript.find.messages import Messages
from gigadesk.ui.transcript.find.places import Hit

if TYPE_CHECKING:
    from gigadesk.ui.transcript.find.scan import Scan
    from gigadesk.ui.transcript.view import Transcript

Place = tuple[MessageId, Hit]


class Way:
    """Goes on as far as a scan knows what there is; the view follows with `reveal`."""

    def __init__(self, view: "Transcript", messages: Messages) -> None:
        self._view = view
        self._messages = messages
        self.current: Place | None = None
        self._origin: Place | None = None
        """Where typing more letters begins again."""
        self._goal: Goal | None = None
        self.wants_first = False
        """The search has begun and has not led anywhere yet."""
        self._revealing: Place | None = None

    @property
    def is_looking(self) -> bool:
        return self._goal is not None

    @property
    def is_revealing(self) -> bool:
        """More of the message with the current place must be parsed before it can be shown."""
        return self._revealing is not None

    @property
    def first_message(self) -> int:
        """Where a search begins."""
        return self._index_of(self._origin) or 0

    def stop(self) -> None:
        """Look for nothing; where the reader began is kept."""
        self._goal = self._revealing = None
        self.wants_first = False

    def forget(self) -> None:
        """Nothing is looked for any more, or in another chat."""
        self.stop()
        self._origin = self.current = None

    def set_out(self, origin: Place | None = None) -> None:
        """The next search begins at this place; else where the one before began, or else where the reader is."""
        if origin is not None or self._index_of(self._origin) is None:
            self._origin = origin or self._messages.place_of_reader()
        self.current = None

    def seek_first(self) -> None:
        """The goal is the first place from the origin on."""
        index = self._index_of(self._origin)
        if self._origin is not None and index is not None:
            self._goal = Goal(1, index, self._origin[1], includes=True, tells=False)
            self.wants_first = True

    def step(self, direction: int) -> None:
        """The goal is the next place (1) or the one before (-1)."""
        at = self.current or self._origin
        index = self._index_of(at)
        if index is None:
            at = self._origin = self._messages.place_of_reader()
            index = self._index_of(at)
        after = at[1] if at is not None else None
        self._goal = Goal(direction, index or 0, after, includes=self.current is None, tells=True)

    def seek(self, scan: "Scan", *, has_ended: bool) -> Goal | None:
        """Go on with the goal; returns it when it has led to a place, which is the current one then."""
        goal = self._goal
        if goal is None:
            return None
        match goal.seek(scan, has_ended=has_ended):
            case Hit() as hit:
                self.stop()
                self.current = self._revealing = (self._view.rows.items[goal.index].view.message.id, hit)
                if goal.tells:
                    self._origin = self.current
                return goal
            case Outcome.NOWHERE:
                self._goal = None
        return None

    def reveal(self) -> None:
        """Show the current place, or parse a little more of its message: see `is_revealing`."""
        if self._revealing is None:
            return
        from gigadesk.ui.transcript.find.reveal import is_revealed

        index = self._index_of(self._revealing)
        if index is None or is_revealed(self._view, index, self._revealing[1]):
            self._revealing = None

    def _index_of(self, place: Place | None) -> int | None:
        return self._view.rows.index_of(place[0]) if place is not None else None
