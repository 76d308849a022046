"""The search in all chats: brings the page and what is found together, and leads to the place and back."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from gigadesk import facts
from gigadesk.conversations import Conversations
from gigadesk.facts import Event
from gigadesk.search.hits import Hit
from gigadesk.search.matching import Matcher
from gigadesk.search.query import parse
from gigadesk.ui.pane.chat_page import ChatPage
from gigadesk.ui.search.page import SearchPage
from gigadesk.ui.search.result_list import Kept
from gigadesk.ui.search.return_bar import BACK_KEYS, NEXT_KEYS, PREVIOUS_KEYS, ReturnBar
from gigadesk.ui.shortcuts import Shortcut
from gigadesk.ui.theme import LIGHT, Theme
from gigadesk.ui.transcript.find.forms import Form, lead_to
from gigadesk.ui.widgets.announce import announce

FORMS_MAX = 100


class ShownSearch(QObject):
    """One for the main window. The page and the bar are made when the search is first wanted.

    Signals:
        opened(int): show this chat.
        sidebar_requested()
    """

    opened = Signal(int)
    sidebar_requested = Signal()

    def __init__(self, conversations: Callable[[], Conversations], page: ChatPage, parent: QWidget) -> None:
        super().__init__(parent)
        self._conversations = conversations
        self._chat_page = page
        self._theme = LIGHT
        self._page: SearchPage | None = None
        self._bar: ReturnBar | None = None
        self._ticket = 0
        self._number = -1
        """Of the result that was led to last."""
        self._is_leading = False
        self._is_partial = False
        """What is shown was found before all messages could be."""
        self._kept: Kept | None = None
        """Where the reader was when all was searched again, until that is found."""
        self._is_sidebar_visible = True
        self._progress = (0, 0)
        self.place = QStackedWidget(parent)
        """Where the chat is, or the page of the search in its stead."""
        self.place.addWidget(page)
        page.composer.draft_changed.connect(self._rest)
        page.transcript.verticalScrollBar().valueChanged.connect(self._rest)

    # What is asked

    @property
    def is_shown(self) -> bool:
        """The page stands in the place of the chat."""
        return self._page is not None and self.place.currentWidget() is self._page

    @property
    def page(self) -> SearchPage:
        """Made when it is first wanted."""
        if self._page is None:
            page = self._page = SearchPage(self.place)
            page.set_theme(self._theme)
            page.set_sidebar_visible(visible=self._is_sidebar_visible)
            page.show_progress(*self._progress)
            page.search_requested.connect(self._search)
            page.as_typed_requested.connect(lambda: self._search(as_typed=True))
            page.more_requested.connect(self._go_on)
            page.chosen.connect(self._on_chosen)
            page.restore_requested.connect(self._on_restore_requested)
            page.left.connect(self.leave)
            page.sidebar_requested.connect(self.sidebar_requested)
            self.place.addWidget(page)
        return self._page

    @property
    def bar(self) -> ReturnBar:
        """The line above a chat that was come to from here; made with the first."""
        if self._bar is None:
            bar = self._bar = ReturnBar(self._chat_page)
            bar.set_theme(self._theme)
            bar.back_requested.connect(self.go_back)
            bar.closed.connect(self._close_bar)
            bar.step_requested.connect(self.step)
            self._chat_page.add_bar(bar)
        return self._bar

    def open(self, text: str = "") -> None:
        """Show the page: as it was, or with this text in its field."""
        page = self.page
        page.vocabulary = self._conversations().search.vocabulary()
        self.place.setCurrentWidget(page)
        if text and text != page.text:
            page.field.setText(text)
        else:
            if self._number >= 0:
                page.list.go_to(self._number)
            self._complete()
        page.focus_field()

    def go_back(self) -> None:
        """From a chat to the results."""
        self.open()

    def leave(self) -> None:
        """Show the chat again, as it was."""
        self.place.setCurrentWidget(self._chat_page)
        self._chat_page.composer.setFocus()

    def focus(self) -> None:
        """Let the user type what to search for."""
        self.page.focus_field()

    def step(self, direction: int) -> None:
        """Go to the next result, or to the one before, from the chat."""
        if self._page is None or self._number < 0:
            return
        number = self._number + direction
        if self._page.hit(number) is not None:
            self._page.list.go_to(number)
            self._on_chosen(number)
            if number + 1 == len(self._page.results.hits) and self._page.results.can_go_on:
                self._page.results.fetchMore()

    def shortcuts(self) -> tuple[Shortcut, ...]:
        """For the table of the window."""
        return (
            Shortcut((BACK_KEYS,), self.tr("Search in all chats; back to what was found"), self.open),
            Shortcut(("Shift+Enter",), self.tr("In the search of chats: search everywhere")),
            Shortcut((NEXT_KEYS,), self.tr("Next result of the search"), lambda: self.step(1)),
            Shortcut((PREVIOUS_KEYS,), self.tr("Previous result of the search"), lambda: self.step(-1)),
        )

    # What happens

    def apply(self, event: Event) -> None:
        """Show what was found."""
        match event:
            case facts.SearchProgress():
                self._progress = (event.waiting, event.total)
                self._is_partial = self._is_partial or event.waiting > 0
                if self._page is not None:
                    self._page.show_progress(event.waiting, event.total)
                    page = self._page
                    is_untouched = page.list.is_untouched and page.in_trash.isHidden()
                    is_waited_for = page.has_found_nothing or (not event.waiting and is_untouched)
                    if self.is_shown and page.text and is_waited_for:
                        self._search()  # perhaps it is in what was just taken up, or more of it
                    elif self.is_shown or self._is_bar_shown:
                        self._complete()
            case facts.SearchFound() | facts.SearchCounted() if self._page is None or event.ticket != self._ticket:
                pass  # of a search that is over
            case facts.SearchFound():
                self.page.show_found(event)
                self._find_again()
                self._show_number()
            case facts.SearchCounted():
                self.page.show_count(event)
            case _:
                pass

    def note_opened(self, chat_id: int) -> None:
        """A chat is shown in the place of the page. Another one than that of the result ends the way back."""
        if self.is_shown:
            self.place.setCurrentWidget(self._chat_page)
        if not self._is_leading:
            self._kept = None
        if not self._is_leading and self._is_bar_shown:
            hit = self.page.hit(self._number)
            if hit is None or hit.chat_id != chat_id:
                self._close_bar()

    def forget(self) -> None:
        """Another store is shown: what was found means nothing any more."""
        self._number, self._ticket, self._kept = -1, 0, None
        if self._page is not None:
            self._close_bar()
            self.place.setCurrentWidget(self._chat_page)
            self._page.field.clear()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for part in (self._page, self._bar):
            if part is not None:
                part.set_theme(theme)

    def set_sidebar_visible(self, *, visible: bool) -> None:
        """While the sidebar is hidden the page offers to show it."""
        self._is_sidebar_visible = visible
        if self._page is not None:
            self._page.set_sidebar_visible(visible=visible)

    # Inside

    def _rest(self) -> None:
        self._conversations().search.rest()

    def _search(self, *, as_typed: bool = False) -> None:
        self._number, self._kept = -1, None
        self._close_bar()
        self._start(as_typed=as_typed)

    def _start(self, *, as_typed: bool = False) -> None:
        page = self.page
        page.search_begun()
        self._is_partial = self._progress[0] > 0
        self._ticket = self._conversations().search.search(
            page.text, page.order, also=page.places, is_typing=page.is_typing, as_typed=as_typed
        )

    def _complete(self) -> None:
        """Search again when there is more to be found by now; the reader stays where he is."""
        page = self.page
        if self._is_partial and not self._progress[0] and page.text and page.in_trash.isHidden():
            self._kept = page.list.kept(is_led_to=self._number >= 0)
            self._number = -1
            self._start()

    def _find_again(self) -> None:
        """Go to the place of the reader in the results that have come, or in more of them."""
        kept, page = self._kept, self.page
        if kept is None:
            return
        number = page.results.number_of(kept.hit)
        if not page.list.is_untouched:
            self._kept = None  # the reader is somewhere else by now
        elif number is not None:
            self._kept = None
            page.list.go_back_to(number, kept)
            self._number = number if kept.is_led_to else -1
        elif page.results.can_go_on:
            page.results.fetchMore()
            return
        elif page.is_counted:
            self._kept = None
        if self._kept is None and kept.is_led_to and self._number < 0:
            self._close_bar()  # what it is about is not found any more

    def _go_on(self) -> None:
        self._conversations().search.go_on()

    def _on_chosen(self, number: int) -> None:
        hit = self.page.hit(number)
        if hit is None:
            return
        search = self._conversations().search
        if search.is_gone(hit) or any(search.is_in_trash(hit)):
            if not self.is_shown:
                self.open()
            self._show_lost(number, hit)
        else:
            self._lead_to(number, hit)

    def _show_lost(self, number: int, hit: Hit) -> None:
        """What was found is not where it was: offer to bring it back, or search again without it."""
        if self._conversations().search.is_gone(hit):
            announce(self.page, self.tr("This has been deleted for ever."))
            self._search()
        else:
            self.page.list.go_to(number)
            self.page.offer_restore(offered=True)

    def _on_restore_requested(self, number: int) -> None:
        hit, conversations = self.page.hit(number), self._conversations()
        if hit is None:
            return
        if conversations.search.is_gone(hit):
            self._show_lost(number, hit)
            return
        is_chat_gone, is_message_gone = conversations.search.is_in_trash(hit)
        if is_chat_gone:
            conversations.library.restore_chats([hit.chat_id])
        if is_message_gone and hit.message_id is not None:
            conversations.restore_message(hit.message_id)
        self.page.offer_restore(offered=False)
        if not any(conversations.search.is_in_trash(hit)):
            self._lead_to(number, hit)

    def _lead_to(self, number: int, hit: Hit) -> None:
        """Show the chat of a result, the branch with the message, and the place in it."""
        conversations = self._conversations()
        self._number = number
        self._is_leading = True
        try:
            self.opened.emit(hit.chat_id)
            if hit.message_id is not None:
                if conversations.outline(hit.chat_id).index_of(hit.message_id) is None:
                    conversations.show_branch(hit.message_id)
                lead_to(self._chat_page.transcript.finder, self._forms(hit), hit.message_id)
        finally:
            self._is_leading = False
        self._show_number()

    def _forms(self, hit: Hit) -> list[Form]:
        """How what was searched for is written in the message."""
        assert hit.message_id is not None
        message = self._conversations().message(hit.message_id)
        matcher = Matcher(parse(self.page.searched, date.today(), is_typing=self.page.is_typing))  # noqa: DTZ011
        forms = []
        for text in (message.text, message.reasoning):
            for start, end in matcher.spots(text, FORMS_MAX):
                around = text[max(0, start - 1) : start] + text[end : end + 1]
                forms.append(Form(text[start:end], is_whole=not any(each.isalnum() for each in around)))
        return forms

    def _show_number(self) -> None:
        if self._number >= 0 and not self.is_shown and self._page is not None:
            count = len(self._page.results.hits)
            self.bar.show_place(self._number + 1, count, is_more=not self._page.is_counted)

    @property
    def _is_bar_shown(self) -> bool:
        return self._bar is not None and not self._bar.isHidden()

    def _close_bar(self) -> None:
        if self._bar is not None and not self._bar.isHidden():
            self._bar.hide()
            self._chat_page.transcript.finder.close()
