"""The window: the chats or the first page. Light to import: what it shows is imported when it is first shown."""

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QByteArray, QEvent, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QPaintEvent, QPalette, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

from gigadesk.settings import Settings
from gigadesk.ui import window_state
from gigadesk.ui.account_signs import AccountSigns
from gigadesk.ui.theme import LIGHT, Theme
from gigadesk.ui.widgets.screen_room import resize_within_screen
from gigadesk.ui.window_state import WindowState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gigadesk.chat import ChatId, FolderId
    from gigadesk.conversations import Conversations, TemporaryChats
    from gigadesk.facts import Event
    from gigadesk.start_mark import StartMark
    from gigadesk.ui.chats_view import ChatsView
    from gigadesk.ui.first_page import FirstPage
    from gigadesk.ui.notices import Notice
    from gigadesk.ui.pane.chat_page import ChatPage
    from gigadesk.ui.sidebar import Sidebar

DEFAULT_SIZE = (1080, 760)
MINIMUM_SIZE = (360, 360)
NARROW = 640
SIDEBAR_WIDTH = 272
"""Both as in `shell.py` and `sidebar.py`, which are not imported for it."""


class MainWindow(QMainWindow):
    """Until `show_chats` or `show_first_page` is called it paints the grounds on which they will stand.

    It can be made without conversations, so that it is on the screen before the store is opened: `use_conversations`
    brings them.

    Signals:
        settings_requested(), quit_requested()
        account_settings_requested(str): show the account with this id in the settings.
        diagnosis_requested(str): find out why the account with this id does not work.
        other_sign_in_requested(): from the first page: no key, but another way to sign in.
        key_submitted(str key, str scope), demo_requested(): from the first page.
        leave_demo_requested(): the user wants back to the real service.
        link_followed(str, str): the target of a link, unchecked, and the text it wears.
        picture_requested(str, bool): a picture of the web is wanted; its address, unchecked, and whether by the
            temporary chat.
        repair_requested(): check the damaged chats and do something about them.
        snapshots_requested(): show the snapshots.
        rescue_requested(): save the chats, whose file has vanished.
        report_requested(): the user wants to see the report about an unexpected fault.
        zoom_chosen(int): show conversations in this size, in per cent, also the next time.
        closing(): the user closed the window; it stays until `allow_close`.
        ground_painted(): the window is on the screen, still empty.
    """

    settings_requested = Signal()
    account_settings_requested = Signal(str)
    diagnosis_requested = Signal(str)
    other_sign_in_requested = Signal()
    quit_requested = Signal()
    key_submitted = Signal(str, str)
    demo_requested = Signal()
    link_followed = Signal(str, str)
    picture_requested = Signal(str, bool)
    leave_demo_requested = Signal()
    report_requested = Signal()
    repair_requested = Signal()
    snapshots_requested = Signal()
    rescue_requested = Signal()
    zoom_chosen = Signal(int)
    closing = Signal()
    ground_painted = Signal()

    def __init__(self, conversations: "Conversations | None", settings: Settings) -> None:
        super().__init__()
        self._conversations = conversations
        self._temporary: TemporaryChats | None = None
        self.start_mark: StartMark | None = None
        """What is known of the last starts; given before the chats are shown, if at all."""
        self._settings = settings
        self._theme = LIGHT
        self._remembered = WindowState()
        self._signs = AccountSigns()
        self._chat_title = ""
        self._is_close_allowed = False
        self._patient_notices: list[Notice] = []
        self._chats: ChatsView | None = None
        self._first_page: FirstPage | None = None
        self._start_page: QWidget | None = None
        self._ground = _Ground(self._theme, self)
        self._ground.sidebar_width = SIDEBAR_WIDTH
        self._stack = QStackedWidget(self)
        self._ground.painted.connect(self.ground_painted)
        self._stack.addWidget(self._ground)
        self.setCentralWidget(self._stack)
        self.setMinimumSize(*MINIMUM_SIZE)
        self.resize(*DEFAULT_SIZE)
        QShortcut(QKeySequence("Ctrl+Q"), self, self.quit_requested.emit)
        self._show_title()

    # Facts

    def apply(self, event: "Event") -> None:
        """Show a fact. Called on the loop's thread with every event."""
        self.chats.apply(event)

    def apply_settings(self, settings: Settings, theme: Theme) -> None:
        """Take up colours, the default model and the manner of streaming, at once."""
        self._settings, self._theme = settings, theme
        self._ground.set_theme(theme)
        if self._chats is not None:
            self._chats.apply_settings(settings, theme)

    def use_conversations(self, conversations: "Conversations", temporary: "TemporaryChats | None" = None) -> None:
        """Show these from now on. Call `show_chats` or `show_first_page` next."""
        self._conversations, self._temporary = conversations, temporary
        if self._chats is not None:
            self._chats.use_conversations(conversations)
            self._chats.temporary.use(temporary)

    def end_temporary(self) -> None:
        """The temporary chat ends with the program: its window goes first."""
        if self._chats is not None:
            self._chats.temporary.close_now()

    # What is shown

    @property
    def chats(self) -> "ChatsView":
        """Sidebar and chat; made when they are first asked for."""
        if self._chats is None:
            from gigadesk.start_mark import StartMark
            from gigadesk.ui.chats_view import ChatsView

            assert self._conversations is not None, "use_conversations comes before the chats"
            self._chats = ChatsView(self._conversations, self, self.start_mark or StartMark())
            self._chats.settings_requested.connect(self.settings_requested)
            self._chats.leave_demo_requested.connect(self.leave_demo_requested)
            self._chats.link_followed.connect(self.link_followed)
            self._chats.picture_requested.connect(self.picture_requested)
            self._chats.report_requested.connect(self.report_requested)
            self._chats.repair_requested.connect(self.repair_requested)
            self._chats.snapshots_requested.connect(self.snapshots_requested)
            self._chats.rescue_requested.connect(self.rescue_requested)
            self._chats.zoom_chosen.connect(self.zoom_chosen)
            self._chats.account_settings_requested.connect(self.account_settings_requested)
            self._chats.diagnosis_requested.connect(self.diagnosis_requested)
            self._chats.quit_requested.connect(self.quit_requested)
            self._chats.title_changed.connect(self._on_title_changed)
            self._chats.apply_settings(self._settings, self._theme)
            self._stack.addWidget(self._chats)
            self._chats.use_signs(self._signs)
            self._chats.temporary.use(self._temporary)
            self._restore_chats()
        return self._chats

    @property
    def page(self) -> "ChatPage":
        """The right side of the chats."""
        return self.chats.page

    def pages(self, *, is_temporary_only: bool = False) -> "list[ChatPage]":
        """The pages of all windows, or that of the temporary chat."""
        panes = self.chats.temporary.panes() if is_temporary_only else self.chats.panes()
        return [pane.page for pane in panes]

    def front(self) -> QWidget:
        """The window that the user works in, to ask something over it: this one, or that of a single chat."""
        active = QApplication.activeWindow()
        is_one = self._chats is not None and any(page.window() is active for page in self.pages())
        return active if active is not None and is_one else self

    @property
    def sidebar(self) -> "Sidebar":
        """The left side of the chats."""
        return self.chats.sidebar

    @property
    def first_page(self) -> "FirstPage":
        """The page of a user without a key; made when it is first asked for."""
        if self._first_page is None:
            from gigadesk.ui.first_page import FirstPage

            self._first_page = FirstPage(self)
            self._first_page.key_submitted.connect(self.key_submitted)
            self._first_page.demo_requested.connect(self.demo_requested)
            self._first_page.settings_requested.connect(self.settings_requested)
            self._first_page.other_sign_in_requested.connect(self.other_sign_in_requested)
            self._first_page.report_requested.connect(self.report_requested)
            self._first_page.diagnosis_requested.connect(lambda: self.diagnosis_requested.emit(""))
            self._first_page.link_activated.connect(lambda target: self.link_followed.emit(target, ""))
            self._stack.addWidget(self._first_page)
        return self._first_page

    def show_start_page(self, page: QWidget | None) -> None:
        """Show what has to be said before there are chats; None takes it away again."""
        if page is not None:
            self._stack.setCurrentIndex(self._stack.addWidget(page))
            page.setFocus()
            self._start_page = page
        elif self._start_page is not None:
            self._stack.setCurrentWidget(self._ground)
            self._start_page.deleteLater()
            self._start_page = None

    def show_first_page(self) -> None:
        """Ask for a key or offer the demo."""
        self.save_draft()
        self._stack.setCurrentWidget(self.first_page)
        self._show_title()
        self.first_page.setFocus()
        if self._patient_notices:
            self.first_page.show_notice(self._patient_notices[0])

    def show_chats(self) -> None:
        """Show the chats: the last one that was open, the newest, or a new one."""
        self.chats.show_chats()
        self._stack.setCurrentWidget(self.chats)
        self._show_title()
        self.page.composer.setFocus()
        while self._patient_notices:
            self.page.notices.add_patient(self._patient_notices.pop(0))

    def open_chat(self, chat_id: int) -> None:
        """Show this chat and let the user write in it."""
        self.chats.open_chat(chat_id)

    def open_new_chat(self) -> None:
        """Show an empty chat."""
        self.chats.open_new_chat()

    def show_notice(self, notice: "Notice") -> None:
        """Show words at the top of the chat page, or on the first page while that is shown."""
        if self.shows_first_page:
            self.first_page.show_notice(notice)
        else:
            self.chats.show_notice(notice)

    def add_patient_notice(self, notice: "Notice") -> None:
        """Show words that may wait: as soon as there is a page, and nothing more urgent on it."""
        if self._chats is not None and self._stack.currentWidget() is self._chats:
            self.page.notices.add_patient(notice)
            return
        # It comes up on the chat page too: the first page shows one notice, and takes it away when a key is typed.
        self._patient_notices.append(notice)
        if self.shows_first_page and len(self._patient_notices) == 1:
            self.first_page.show_notice(notice)

    @property
    def shows_first_page(self) -> bool:
        """Whether the user is asked for a key."""
        return self._first_page is not None and self._stack.currentWidget() is self._first_page

    def dismiss_notice(self, notice: "Notice") -> None:
        """Take these words away, if they are shown."""
        if self._chats is not None:
            self._chats.dismiss_notice(notice)

    def set_account_texts(self, texts: "Mapping[str, str]") -> None:
        """What the status line calls each account, by id; `""` is for a chat of none of them."""
        self._signs.texts = dict(texts)
        self._show_signs()

    def set_balance_warning(self, account_id: str, package: str, tokens: str) -> None:
        """Say at the bottom, while a chat of this account is shown, how little is left; an empty package is enough."""
        self._signs.low_balances[account_id] = (package, tokens)
        self._show_signs()

    def set_demo(self, demo: bool) -> None:  # noqa: FBT001 - set_demo(True) is the whole sentence
        """Mark that the answers come from the demo."""
        self._signs.is_demo = demo
        self._show_signs()

    # Closing and coming back

    def save_draft(self) -> None:
        """Store what stands in the composer now."""
        if self._chats is not None:
            self._chats.save_draft()

    def state(self) -> bytes:
        """Place, sidebar and chat, for `restore` at the next start."""
        found = self._remembered
        if self._chats is not None:
            shell = self._chats.shell
            found = WindowState(
                b"",
                shell.is_sidebar_wanted,
                shell.sidebar_width,
                self._chats.last_shown,
                tuple(sorted(self._chats.sidebar.chats.folded)),
                {int(chat_id): place for chat_id, place in self._chats.windows.places.items()},
                tuple(map(int, self._chats.windows.open_chats)),
            )
        return window_state.pack(replace(found, geometry=bytes(self.saveGeometry().data())))

    def fit_screen(self) -> None:
        """Be no larger than the screen has room for: at 200 % that is half as much."""
        resize_within_screen(self, *DEFAULT_SIZE)

    def restore(self, data: bytes) -> None:
        """Take up what `state` told; call before `show_chats`. Damaged bytes change nothing."""
        self._remembered = window_state.unpack(data)
        self._ground.sidebar_width = self._remembered.sidebar_width if self._remembered.is_sidebar_wanted else 0
        if self._remembered.geometry:
            self.restoreGeometry(QByteArray(self._remembered.geometry))
        self._restore_chats()

    def allow_close(self) -> None:
        """The app has shut down: close for good."""
        self._is_close_allowed = True
        if self._chats is not None:
            self._chats.windows.close_all()
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._is_close_allowed:
            event.accept()
            return
        event.ignore()
        if self._chats is not None and self._chats.temporary.holds_back(self.close):
            return
        self.save_draft()
        self.closing.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # In this order: building the enumeration of event types takes 4 ms, too much before the first paint.
        if self._chats is not None and event.type() == QEvent.Type.LanguageChange:
            self._chats.retranslate()

    def _show_signs(self) -> None:
        if self._chats is not None:
            self._chats.show_signs()

    def _restore_chats(self) -> None:
        found = self._remembered
        if self._chats is None:
            return
        self._chats.last_shown = cast("ChatId", found.chat_id)
        self._chats.sidebar.chats.set_folded(cast("tuple[FolderId, ...]", found.folded_folders))
        places = cast("Mapping[ChatId, bytes]", found.chat_windows)
        self._chats.windows.restore_places(places, cast("tuple[ChatId, ...]", found.open_windows))
        if found.sidebar_width:
            self._chats.shell.restore(is_sidebar_wanted=found.is_sidebar_wanted, sidebar_width=found.sidebar_width)

    def _on_title_changed(self, title: str) -> None:
        self._chat_title = title
        self._show_title()

    def _show_title(self) -> None:
        is_chat = self._chats is not None and self._stack.currentWidget() is self._chats
        title = self._chat_title if is_chat else ""
        self.setWindowTitle(f"{title} — GigaDesk" if title else "GigaDesk")


class _Ground(QWidget):
    """What is there before there is anything: the two grounds of sidebar and page, so that nothing flashes.

    The palette fills them: a `QPainter` in Python would build the enumerations of `Qt` first, which takes 14 ms.

    Signals:
        painted(): it is on the screen.
    """

    painted = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.sidebar_width = 0
        self._side = QWidget(self)
        for ground in (self, self._side):
            ground.setAutoFillBackground(True)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        for ground, color in ((self, theme.window), (self._side, theme.sidebar)):
            palette = QPalette()
            palette.setColor(QPalette.ColorRole.Window, color)
            ground.setPalette(palette)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._side.resize(self.sidebar_width if self.width() >= NARROW else 0, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.painted.emit()
