"""What a new user sees: a place for the key, and a way in without one."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gigadesk.settings import Scope
from gigadesk.ui.notices import Action, Notice
from gigadesk.ui.scopes import scope_text
from gigadesk.ui.widgets.combo_box import ComboBox
from gigadesk.ui.widgets.icons import icon, pixmap
from gigadesk.ui.widgets.key_field import KeyField
from gigadesk.ui.widgets.labels import Heading, PlainLabel
from gigadesk.ui.widgets.notice_card import NoticeCard

KEY_SOURCE_URL = "https://developers.sber.ru/studio"
"""Where a person gets a key; shown to the user as it is."""
LOGO_SIZE = 72
COLUMN_WIDTH_CHARS = 70
MARGIN = 24
SPACING = 12
ABOVE = 2
"""So much of five parts of the free height is above the column."""


class FirstPage(QWidget):
    """The page without a key.

    Signals:
        key_submitted(str, str): try this key (mended) with this scope.
        cancel_requested(): stop trying it.
        demo_requested(): open the demo.
        link_activated(str): the address of the place that gives keys.
        report_requested(): show what is known about an unexpected fault.
        diagnosis_requested(): find out why the service cannot be reached.
        settings_requested(): the way to the service has to be set up first (proxy, certificate).
        other_sign_in_requested(): the user has no key, but a token, a password or a certificate.
    """

    key_submitted = Signal(str, str)
    cancel_requested = Signal()
    demo_requested = Signal()
    link_activated = Signal(str)
    settings_requested = Signal()
    other_sign_in_requested = Signal()
    report_requested = Signal()
    diagnosis_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_checking = False
        column = self._make_column()
        self._logo = QLabel(column)
        self._logo.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._title = Heading(column, scale=1.6)
        self._title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._greeting = PlainLabel(column, kind="muted")
        self._greeting.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._key_label = QLabel(column)
        self._key = KeyField(column)
        self._key_label.setBuddy(self._key.line)
        self.setFocusProxy(self._key)
        self._scope_label = QLabel(column)
        self._scope = ComboBox(column)
        self._scope_label.setBuddy(self._scope)
        for scope in Scope:
            self._scope.addItem("", scope)
        self._notice = NoticeCard(column, (Action.SHOW_REPORT, Action.DIAGNOSE))
        self._start = _button(column, "primary")
        self._cancel = _button(column)
        self._link = _button(column, "link")
        self._other_sign_in = _button(column, "flat")
        self._settings = _button(column, "flat")
        self._demo = _button(column)
        self._demo_note = PlainLabel(column, kind="muted")
        self._demo_note.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._lay_out(column)
        self._connect()
        self._retranslate()
        self._fit_column()
        self._tint()
        self.set_checking(False)

    def set_scope(self, scope: Scope) -> None:
        self._scope.setCurrentIndex(self._scope.findData(scope))

    def set_checking(self, is_checking: bool) -> None:  # noqa: FBT001 - the one thing this says
        """Show that the key is being tried; everything but "Cancel" waits."""
        self._is_checking = is_checking
        focused = QApplication.focusWidget()
        had_focus = focused is not None and self.isAncestorOf(focused)
        for widget in (self._key, self._scope, self._start, self._demo, self._other_sign_in, self._settings):
            widget.setEnabled(not is_checking)
        self._cancel.setVisible(is_checking)
        self._retranslate_start()
        if is_checking:
            self._notice.show_notice(None)
        if had_focus:
            (self._cancel if is_checking else self._key).setFocus()

    def show_notice(self, notice: Notice | None) -> None:
        """Say why the key did not work; None takes it away."""
        self._notice.show_notice(notice)

    def clear_key(self) -> None:
        """Forget what was pasted, once the key has been accepted."""
        self._key.clear()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() in {QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange}:
            self._fit_column()
        elif event.type() == QEvent.Type.PaletteChange:
            self._tint()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_logo()

    def _make_column(self) -> QWidget:
        """A column in the middle of the page that scrolls when the window is low."""
        area = QScrollArea(self)
        area.setProperty("kind", "bare")
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page = QWidget(area)
        self._column = QWidget(page)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self._column, 1000)
        middle.addStretch(1)
        layout = self._page_layout = QVBoxLayout(page)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.addStretch(ABOVE)
        layout.addLayout(middle)
        layout.addStretch(5 - ABOVE)
        area.setWidget(page)
        area.viewport().setAutoFillBackground(False)
        page.setAutoFillBackground(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        return self._column

    def _lay_out(self, column: QWidget) -> None:
        layout = QVBoxLayout(column)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING)
        for widget in (self._logo, self._title, self._greeting):
            layout.addWidget(widget)
        layout.addSpacing(SPACING)
        layout.addLayout(_labelled(self._key_label, self._key))
        layout.addSpacing(SPACING // 3)
        layout.addLayout(_labelled(self._scope_label, self._scope))
        layout.addSpacing(SPACING // 3)
        layout.addWidget(self._notice)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACING)
        buttons.addWidget(self._start, 1)
        buttons.addWidget(self._cancel)
        layout.addLayout(buttons)
        links = QVBoxLayout()
        links.setSpacing(0)
        links.addWidget(self._link, alignment=Qt.AlignmentFlag.AlignHCenter)
        links.addWidget(self._other_sign_in, alignment=Qt.AlignmentFlag.AlignHCenter)
        links.addWidget(self._settings, alignment=Qt.AlignmentFlag.AlignHCenter)
        layout.addLayout(links)
        line = QFrame(column)
        line.setProperty("kind", "line")
        line.setFixedHeight(1)
        layout.addWidget(line)
        layout.addSpacing(SPACING // 2)
        layout.addWidget(self._demo)
        layout.addWidget(self._demo_note)

    def _connect(self) -> None:
        self._key.submitted.connect(self._on_submitted)
        self._key.key_changed.connect(self._on_key_changed)
        self._start.clicked.connect(self._key.submit)
        self._cancel.clicked.connect(self.cancel_requested)
        self._notice.action_requested.connect(self._on_action)
        self._demo.clicked.connect(self.demo_requested)
        self._settings.clicked.connect(self.settings_requested)
        self._other_sign_in.clicked.connect(self.other_sign_in_requested)
        self._link.clicked.connect(self._on_link_clicked)

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Welcome to GigaDesk"))
        self._greeting.setText(self.tr("A chat window for GigaChat. Your chats are kept on this computer."))
        self._key_label.setText(self.tr("Authorization key"))
        self._key.set_hint(self.tr("It goes into the keyring of your system and nowhere else."))
        self._scope_label.setText(self.tr("Whose key is it?"))
        self._scope.setAccessibleName(self.tr("Whose key is it?"))
        for index in range(self._scope.count()):
            self._scope.setItemText(index, scope_text(Scope(self._scope.itemData(index))))
        self._cancel.setText(self.tr("Cancel"))
        self._link.setText(self.tr("Get a key at {address}").format(address=KEY_SOURCE_URL.removeprefix("https://")))
        self._link.setToolTip(KEY_SOURCE_URL)
        self._other_sign_in.setText(self.tr("Sign in another way…"))
        self._settings.setText(self.tr("Proxy, certificate, other addresses…"))
        self._demo.setText(self.tr("Try the demo without a key"))
        self._demo_note.setText(self.tr("No account and no network: the answers come from GigaDesk itself."))
        self._retranslate_start()

    def _retranslate_start(self) -> None:
        self._start.setText(self.tr("Checking the key…") if self._is_checking else self.tr("Check and start"))

    def _fit_column(self) -> None:
        self._column.setMaximumWidth(self.fontMetrics().averageCharWidth() * COLUMN_WIDTH_CHARS)
        self._logo.setPixmap(pixmap("logo", self.palette().text().color(), LOGO_SIZE, self.devicePixelRatioF()))

    def _fit_logo(self) -> None:
        """In a low window (at 200 % most are) there is no logo, nor air: the way into the demo is worth more."""
        logo_height = 0 if self._logo.isVisibleTo(self._column) else LOGO_SIZE + SPACING
        needed = self._column.sizeHint().height() + logo_height + 2 * MARGIN
        is_high = self.height() >= needed
        self._logo.setVisible(is_high)
        self._page_layout.setStretch(0, ABOVE if is_high else 0)
        margin = MARGIN if is_high else MARGIN // 3
        self._page_layout.setContentsMargins(MARGIN, margin, MARGIN, margin)

    def _tint(self) -> None:
        self._demo.setIcon(icon("demo", self.palette().color(QPalette.ColorRole.ButtonText)))

    def _on_submitted(self) -> None:
        if not self._is_checking:
            self._notice.show_notice(None)
            self.key_submitted.emit(self._key.reading.key, str(self._scope.currentData()))

    def _on_action(self, name: str) -> None:
        is_report = Action(name) is Action.SHOW_REPORT
        (self.report_requested if is_report else self.diagnosis_requested).emit()

    def _on_key_changed(self) -> None:
        self._notice.show_notice(None)

    def _on_link_clicked(self) -> None:
        self.link_activated.emit(KEY_SOURCE_URL)


def _button(parent: QWidget, kind: str = "") -> QPushButton:
    button = QPushButton(parent)
    if kind:
        button.setProperty("kind", kind)
    return button


def _labelled(label: QLabel, widget: QWidget) -> QVBoxLayout:
    label.setTextFormat(Qt.TextFormat.PlainText)
    layout = QVBoxLayout()
    layout.setSpacing(SPACING // 2)
    layout.addWidget(label)
    layout.addWidget(widget)
    return layout
