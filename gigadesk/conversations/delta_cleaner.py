"""`gigadesk.text.clean` for a text that comes in pieces. Pure."""

from gigadesk.text import clean


class DeltaCleaner:
    """Cleans pieces so that any cutting of a text gives the same result as cleaning it whole."""

    def __init__(self) -> None:
        self._held = ""

    def feed(self, delta: str) -> str:
        """The clean text that is certain by now; it may be empty."""
        text = self._held + delta
        # A lone "\r" may be the first half of "\r\n", a high surrogate that of a pair: keep it for the next piece.
        is_half = text.endswith("\r") or "\ud800" <= text[-1:] <= "\udbff"
        self._held = text[-1] if is_half else ""
        return clean(text[:-1] if is_half else text)

    def rest(self) -> str:
        """What was held back, once no more will come."""
        held, self._held = self._held, ""
        return clean(held)
