"""How stock widgets look: Fusion, the theme as a palette, and one style sheet for the whole program.

A widget asks for another look by a property that is set before it is shown:

    kind="primary"     QPushButton: the one thing to do here, filled with the accent
    kind="danger"      QPushButton: cannot be taken back
    kind="flat"        QPushButton, QToolButton, QComboBox: no frame until the pointer is over it
    kind="link"        QPushButton: leads out of the program
    kind="round"       QPushButton, QToolButton: a filled circle in the accent, for an icon
    kind="navigation"  QListWidget: the list of pages beside a dialog
    kind="card"        QFrame: a rounded surface
    kind="side"        QFrame: the ground of a side bar
    kind="line"        QFrame: a hair line
    kind="bare"        QLineEdit, QPlainTextEdit, QScrollArea: no frame and no ground of its own
    kind="error"       QLabel: says what is wrong
    kind="muted"       QLabel: explains, quietly
    kind="key"         QLabel: the cap of a key
    kind="invalid"     QLineEdit, QPlainTextEdit: holds something that is not applied
"""

from PySide6.QtCore import QDir
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from gigadesk import settings
from gigadesk.resources import resource_path
from gigadesk.ui.theme import Theme, palette, resolve_theme, stylesheet_colors

ICON_SEARCH_PATH = "styleicons"
"""The prefix under which the style sheet finds `resources/icons/style`."""


def choose_theme(app: QApplication, choice: settings.Theme) -> Theme:
    """Give the program the user's colours and return them; title bars follow where the platform lets them."""
    # Building its enumerations takes 14 ms, too much before the first paint.
    from PySide6.QtCore import Qt

    hints = app.styleHints()
    match choice:
        case settings.Theme.LIGHT:
            hints.setColorScheme(Qt.ColorScheme.Light)
        case settings.Theme.DARK:
            hints.setColorScheme(Qt.ColorScheme.Dark)
        case settings.Theme.SYSTEM:
            hints.unsetColorScheme()
    theme = resolve_theme(choice)
    apply_theme(app, theme)
    return theme


def apply_theme(app: QApplication, theme: Theme) -> None:
    """Give every widget the colours of `theme`, at once and also while windows are open."""
    QDir.setSearchPaths(ICON_SEARCH_PATH, [str(resource_path("icons/style"))])
    app.setPalette(palette(theme))
    sheet = style_sheet(theme)
    if sheet != app.styleSheet():
        app.setStyleSheet(sheet)


def apply_font_size(app: QApplication, size_pt: int) -> None:
    """Give every widget the system's font in this size, at once; 0 is the system's own size."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    if size_pt:
        font.setPointSize(size_pt)
    if font == app.font():
        return
    app.setFont(font)
    if app.styleSheet():
        # Widgets under a style sheet keep the font they were polished with.
        app.setStyleSheet(app.styleSheet())


def style_sheet(theme: Theme) -> str:
    """The style sheet of the program in the colours of `theme`."""
    tone = "dark" if theme.is_dark else "light"
    return _SHEET % {**stylesheet_colors(theme), "icons": ICON_SEARCH_PATH, "tone": tone}


# A frame grows from 1 to 2 px with the focus and the padding shrinks by as much, so that nothing moves.
_SHEET = """
QToolTip { color: %(text)s; background: %(surface)s; border: 1px solid %(border)s; padding: 4px 6px; }

QLineEdit, QPlainTextEdit, QComboBox {
    color: %(text)s; background: %(surface)s; border: 1px solid %(field_border)s; border-radius: 8px;
    selection-background-color: %(selection)s; selection-color: %(selection_text)s;
}
QLineEdit, QComboBox { padding: 6px 9px; min-height: 1.35em; }
QPlainTextEdit { padding: 5px; }
QLineEdit:focus, QComboBox:focus { border: 2px solid %(accent)s; padding: 5px 8px; }
QPlainTextEdit:focus { border: 2px solid %(accent)s; padding: 4px; }
QLineEdit[kind="invalid"], QPlainTextEdit[kind="invalid"] { border-color: %(danger)s; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled {
    color: %(text_faint)s; border-color: %(border)s;
}
QLineEdit[kind="bare"], QPlainTextEdit[kind="bare"] { border: none; background: transparent; padding: 0; }
QScrollArea[kind="bare"], QScrollArea[kind="bare"] > QWidget > QWidget[kind="bare"] {
    border: none; background: transparent;
}
QComboBox QLineEdit { border: none; padding: 0; background: transparent; min-height: 0; }

QComboBox { padding-right: 26px; combobox-popup: 0; }
QComboBox:focus { padding-right: 25px; }
QComboBox::drop-down { border: none; width: 26px; }
QComboBox::down-arrow { image: url(%(icons)s:chevron-down-%(tone)s.svg); width: 14px; height: 14px; }
QComboBox QAbstractItemView {
    color: %(text)s; background: %(surface)s; border: 1px solid %(border)s; outline: none; padding: 0;
}
QComboBox QAbstractItemView::item { padding: 5px 8px; border-radius: 6px; margin: 0 4px; }
QComboBox QAbstractItemView::item:selected { color: %(text)s; background: %(hover)s; }
QComboBoxPrivateContainer { background: %(surface)s; border: none; padding: 0; }

QListView[kind="choices"] {
    color: %(text)s; background: %(surface)s; border: 1px solid %(border)s; outline: none; padding: 0;
}
QListView[kind="choices"]::item { padding: 5px 8px; border-radius: 6px; margin: 0 4px; }
QListView[kind="choices"]::item:hover, QListView[kind="choices"]::item:selected {
    color: %(text)s; background: %(hover)s;
}

QPushButton {
    color: %(text)s; background: %(surface)s; border: 1px solid %(field_border)s; border-radius: 8px;
    padding: 7px 15px; min-height: 1.2em;
}
QPushButton:hover { background: %(hover)s; }
QPushButton:pressed { background: %(selected)s; }
QPushButton:focus { border: 2px solid %(accent)s; padding: 6px 14px; }
QPushButton:disabled { color: %(text_faint)s; border-color: %(border)s; background: transparent; }
QPushButton[kind="primary"] { color: %(accent_text)s; background: %(accent)s; border-color: %(accent)s; }
QPushButton[kind="primary"]:hover { background: %(accent_hover)s; border-color: %(accent_hover)s; }
QPushButton[kind="primary"]:focus { border-color: %(text)s; }
QPushButton[kind="primary"]:disabled {
    color: %(text_faint)s; background: %(hover)s; border-color: %(hover)s;
}
QPushButton[kind="danger"] { color: %(danger)s; border-color: %(danger)s; }
QPushButton[kind="danger"]:hover { background: %(danger_background)s; }
QPushButton[kind="danger"]:focus { border-color: %(danger)s; }
QPushButton[kind="danger"]:disabled { color: %(text_faint)s; border-color: %(border)s; }

QPushButton[kind="flat"], QToolButton, QComboBox[kind="flat"] {
    color: %(text)s; background: transparent; border: 2px solid transparent; border-radius: 8px;
}
QPushButton[kind="flat"] { padding: 5px 10px; }
QPushButton[kind="link"] {
    color: %(link)s; background: transparent; border: 2px solid transparent; border-radius: 8px; padding: 5px 10px;
}
QPushButton[kind="link"]:hover { text-decoration: underline; }
QPushButton[kind="link"]:focus { border-color: %(accent)s; }
QToolButton { padding: 4px; }
QPushButton[kind="flat"]:hover, QToolButton:hover, QComboBox[kind="flat"]:hover { background: %(hover)s; }
QPushButton[kind="flat"]:pressed, QToolButton:pressed, QToolButton:checked, QToolButton:open {
    background: %(selected)s;
}
QPushButton[kind="flat"]:focus, QToolButton:focus, QComboBox[kind="flat"]:focus { border-color: %(accent)s; }
QPushButton[kind="flat"]:disabled, QToolButton:disabled { color: %(text_faint)s; }
QToolButton::menu-indicator { image: none; }
QPushButton::menu-indicator { image: none; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }

QPushButton[kind="round"], QToolButton[kind="round"] {
    background: %(accent)s; border: 2px solid %(accent)s; border-radius: 16px; padding: 0;
    min-width: 28px; max-width: 28px; min-height: 28px; max-height: 28px;
}
QPushButton[kind="round"]:hover, QToolButton[kind="round"]:hover {
    background: %(accent_hover)s; border-color: %(accent_hover)s;
}
QPushButton[kind="round"]:focus, QToolButton[kind="round"]:focus { border-color: %(text)s; }
QPushButton[kind="round"]:disabled, QToolButton[kind="round"]:disabled {
    background: %(hover)s; border-color: %(hover)s;
}

/* The focus is shown by the frame; Fusion would fill the inside as well. */
QPushButton, QToolButton, QComboBox, QCheckBox, QRadioButton { outline: none; }

QCheckBox, QRadioButton {
    color: %(text)s; spacing: 8px; padding: 3px; border: 2px solid transparent; border-radius: 6px;
}
QCheckBox:focus, QRadioButton:focus { border-color: %(accent)s; }
QCheckBox:disabled, QRadioButton:disabled { color: %(text_faint)s; }
QCheckBox::indicator, QRadioButton::indicator {
    width: 16px; height: 16px; border: 1px solid %(text_faint)s; background: %(surface)s;
}
QCheckBox::indicator { border-radius: 4px; }
QRadioButton::indicator { border-radius: 9px; }
QCheckBox::indicator:checked, QRadioButton::indicator:checked { background: %(accent)s; border-color: %(accent)s; }
QCheckBox::indicator:checked { image: url(%(icons)s:check-%(tone)s.svg); }
QRadioButton::indicator:checked { image: url(%(icons)s:dot-%(tone)s.svg); }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: %(border)s; }

QTableView[kind="rows"] {
    color: %(text)s; background: %(surface)s; border: 1px solid %(field_border)s; outline: none;
    selection-background-color: %(selected)s; selection-color: %(text)s;
}
QTableView[kind="rows"]:focus { border-color: %(accent)s; }
QTableView[kind="rows"] QHeaderView { background: %(surface)s; }
QTableView[kind="rows"] QHeaderView::section {
    color: %(text_muted)s; background: %(surface)s; border: none; border-bottom: 1px solid %(border)s; padding: 5px 8px;
}
QTableView[kind="rows"]::item { padding: 0 6px; }
QTableView[kind="rows"]::indicator {
    width: 14px; height: 14px; border: 1px solid %(text_faint)s; border-radius: 4px; background: %(surface)s;
}
QTableView[kind="rows"]::indicator:checked {
    background: %(accent)s; border-color: %(accent)s; image: url(%(icons)s:check-%(tone)s.svg);
}

QMenu { color: %(text)s; background: %(surface)s; border: 1px solid %(border)s; padding: 5px; }
QMenu::item { padding: 6px 22px 6px 12px; border-radius: 6px; }
QMenu::item:selected { background: %(hover)s; }
QMenu::item:disabled { color: %(text_faint)s; }
QMenu::icon { padding-left: 8px; }
QMenu::indicator { width: 14px; height: 14px; margin-left: 8px; }
QMenu::separator { height: 1px; background: %(border)s; margin: 5px 8px; }

QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: %(scroll_handle)s; border-radius: 3px; margin: 3px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover, QScrollBar::handle:pressed { background: %(text_faint)s; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QListWidget[kind="navigation"] { background: transparent; border: none; outline: none; padding: 0; }
QListWidget[kind="navigation"]::item {
    color: %(text)s; padding: 8px 10px; border: 2px solid transparent; border-radius: 8px; margin: 1px 0;
}
QListWidget[kind="navigation"]::item:hover { background: %(hover)s; }
QListWidget[kind="navigation"]::item:selected { background: %(selected)s; color: %(text)s; }
QListWidget[kind="navigation"]::item:focus { border-color: %(accent)s; }

QTabBar::tab { color: %(text_muted)s; padding: 8px 12px; border: none; border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: %(text)s; border-bottom-color: %(accent)s; }
QTabBar::tab:focus { color: %(accent)s; }

QFrame[kind="card"] { background: %(surface)s; border: 1px solid %(border)s; border-radius: 12px; }
QFrame[kind="error-card"] { background: %(danger_background)s; border: none; border-radius: 8px; }
QFrame[kind="calm-card"] { background: %(sidebar)s; border: none; border-radius: 8px; }
QFrame[kind="side"] { background: %(sidebar)s; border: none; }
QFrame[kind="line"] { background: %(border)s; border: none; }
QLabel[kind="muted"] { color: %(text_muted)s; }
QLabel[kind="error"] { color: %(danger)s; }
QLabel[kind="key"] {
    color: %(text_muted)s; background: %(sidebar)s; border: 1px solid %(border)s; border-radius: 5px; padding: 1px 6px;
}
QSplitter::handle { background: %(border)s; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { background: transparent; height: 10px; }
"""
