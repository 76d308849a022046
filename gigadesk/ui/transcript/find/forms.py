"""Certain words in certain forms, as a search in all chats has found them in a message."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gigadesk.chat import MessageId
from gigadesk.ui.transcript.find.messages import beginning_of
from gigadesk.ui.transcript.find.query import Query

if TYPE_CHECKING:
    from gigadesk.ui.transcript.find.finder import Finder

_WORD = re.compile(r"[^\W_]+")
_SIGNED = re.compile(r"[^\W_](?:\+\+|#)")
"""C++, which is not any C."""


@dataclass(frozen=True, slots=True)
class Form:
    """Words as they stand in a text."""

    text: str
    is_whole: bool
    """No letters are around it; else it is a part of a longer name."""

    def pattern(self, between: str) -> str:
        """Finds it, whatever marks are between its words."""
        if _SIGNED.fullmatch(self.text):
            return rf"(?<![^\W_]){re.escape(self.text)}"
        inner = between.join(map(re.escape, _WORD.findall(self.text)))
        return rf"(?<![^\W_]){inner}(?![^\W_])" if self.is_whole else inner


@dataclass(frozen=True, slots=True)
class FormsQuery(Query):
    """Finds any of some forms."""

    forms: tuple[Form, ...] = ()

    @property
    def is_plain(self) -> bool:
        return False  # signs may be between its words: only the parsed text tells

    @property
    def reach(self) -> int | None:
        return None  # signs may be between its words, however many

    def pattern(self) -> re.Pattern[str]:
        return re.compile("|".join(form.pattern(r"[\W_]+") for form in self.forms), re.IGNORECASE)

    def loose_pattern(self, dropped: str) -> re.Pattern[str] | None:
        del dropped  # there are none in words
        return re.compile(
            "|".join(Form(form.text, is_whole=False).pattern(r"[\W_]*") for form in self.forms), re.IGNORECASE
        )

    def variants(self) -> tuple[str, ...]:
        return tuple({_WORD.findall(form.text)[0] for form in self.forms})

    def refines(self, other: Query) -> bool:
        del other
        return False


def forms_query(forms: Sequence[Form]) -> FormsQuery | None:
    """A query for these; None when there are no letters in them."""
    known = tuple(dict.fromkeys(form for form in forms if _WORD.search(form.text)))
    if not known:
        return None
    # Longer ones first: an alternation takes the first that fits.
    ordered = tuple(sorted(known, key=lambda form: -len(form.text)))
    return FormsQuery(ordered[0].text, is_whole_word=True, forms=ordered)


def lead_to(finder: "Finder", forms: Sequence[Form], message_id: MessageId) -> bool:
    """Show a message of the shown chat, mark these forms, and go to the first of them; False if it is not there."""
    view = finder._view
    index = view.rows.index_of(message_id)
    if index is None:
        return False
    view.selection.clear()  # of the place that was gone to before
    view.scrolling.show_message(index, at_top=True)
    query = forms_query(forms)
    if query is not None:
        finder.search_from((message_id, beginning_of(view.rows.items[index], 0)), query)
    return True
