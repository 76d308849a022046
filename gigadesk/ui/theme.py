"""Colours of the window, light and dark. Sizes come from the font, never from here."""

from dataclasses import dataclass, fields

from PySide6.QtGui import QColor, QGuiApplication, QPalette

from gigadesk import settings


@dataclass(frozen=True)
class Theme:
    """One set of colours.

    Text colours keep a contrast of at least 4.5 : 1 to `window`, `sidebar`, `surface` and `user_bubble` (WCAG AA);
    `text_faint` (3 : 1) is for marks only, never for words that must be read.
    """

    is_dark: bool
    window: QColor
    sidebar: QColor
    surface: QColor
    """Cards, menus, the composer, text fields."""
    hover: QColor
    """A row or flat button under the pointer."""
    selected: QColor
    """The chosen row of a list."""
    border: QColor
    """Hair lines between parts, and around cards."""
    field_border: QColor
    """Around fields and buttons; stronger, since it says where to click."""
    scroll_handle: QColor
    text: QColor
    text_muted: QColor
    text_faint: QColor
    accent: QColor
    accent_hover: QColor
    accent_text: QColor
    """On `accent`."""
    user_bubble: QColor
    code_background: QColor
    code_border: QColor
    quote_bar: QColor
    selection: QColor
    selection_text: QColor
    found: QColor
    """Behind words that were looked for."""
    found_now: QColor
    """Behind those the reader was led to."""
    link: QColor
    danger: QColor
    danger_background: QColor
    warning: QColor
    warning_background: QColor
    syntax_keyword: QColor
    syntax_string: QColor
    syntax_number: QColor
    syntax_comment: QColor
    syntax_name: QColor
    syntax_type: QColor
    syntax_operator: QColor
    syntax_error: QColor


LIGHT = Theme(
    is_dark=False,
    window=QColor("#ffffff"),
    sidebar=QColor("#f5f6f7"),
    surface=QColor("#ffffff"),
    hover=QColor("#e9ebed"),
    selected=QColor("#dfe8e2"),
    border=QColor("#dadde0"),
    field_border=QColor("#b9bfc5"),
    scroll_handle=QColor("#c4c9ce"),
    text=QColor("#1b1f23"),
    text_muted=QColor("#5b636b"),
    text_faint=QColor("#7a828a"),
    accent=QColor("#17793a"),
    accent_hover=QColor("#12632f"),
    accent_text=QColor("#ffffff"),
    user_bubble=QColor("#eef3ef"),
    code_background=QColor("#f6f7f8"),
    code_border=QColor("#e3e6e8"),
    quote_bar=QColor("#c9ced3"),
    selection=QColor("#bfe3cb"),
    selection_text=QColor("#10251a"),
    found=QColor("#fdecb0"),
    found_now=QColor("#ffc247"),
    link=QColor("#0b62b8"),
    danger=QColor("#b3261e"),
    danger_background=QColor("#fcefee"),
    warning=QColor("#8a5300"),
    warning_background=QColor("#fdf5e6"),
    syntax_keyword=QColor("#9a2393"),
    syntax_string=QColor("#1b6e3c"),
    syntax_number=QColor("#a04900"),
    syntax_comment=QColor("#66707a"),
    syntax_name=QColor("#0b5cad"),
    syntax_type=QColor("#7a5c00"),
    syntax_operator=QColor("#3f4850"),
    syntax_error=QColor("#b3261e"),
)
DARK = Theme(
    is_dark=True,
    window=QColor("#1a1c1e"),
    sidebar=QColor("#141618"),
    surface=QColor("#222528"),
    hover=QColor("#2a2e31"),
    selected=QColor("#27362c"),
    border=QColor("#35393d"),
    field_border=QColor("#50565c"),
    scroll_handle=QColor("#454b50"),
    text=QColor("#e6e8ea"),
    text_muted=QColor("#a4abb2"),
    text_faint=QColor("#767d84"),
    accent=QColor("#4cc27a"),
    accent_hover=QColor("#6fd195"),
    accent_text=QColor("#0c1f13"),
    user_bubble=QColor("#25302a"),
    code_background=QColor("#131517"),
    code_border=QColor("#2e3236"),
    quote_bar=QColor("#474d53"),
    selection=QColor("#2f5f43"),
    selection_text=QColor("#f2fff6"),
    found=QColor("#4d4119"),
    found_now=QColor("#7a5906"),
    link=QColor("#7ab7f5"),
    danger=QColor("#f2938c"),
    danger_background=QColor("#352120"),
    warning=QColor("#e3b25f"),
    warning_background=QColor("#332a1a"),
    syntax_keyword=QColor("#d68fd0"),
    syntax_string=QColor("#8ccf9f"),
    syntax_number=QColor("#e5a36a"),
    syntax_comment=QColor("#8b949c"),
    syntax_name=QColor("#82b8f0"),
    syntax_type=QColor("#d9c27a"),
    syntax_operator=QColor("#b9c0c6"),
    syntax_error=QColor("#f2938c"),
)


DARK_BELOW = 128
"""Lightness, of 255, below which a ground counts as dark."""


def resolve_theme(choice: settings.Theme) -> Theme:
    """The colours for the user's choice; `SYSTEM` asks the platform."""
    match choice:
        case settings.Theme.LIGHT:
            return LIGHT
        case settings.Theme.DARK:
            return DARK
        case settings.Theme.SYSTEM:
            # Building the enumerations of `Qt` takes 14 ms, too much before the first paint.
            from PySide6.QtCore import Qt

            is_dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
            return DARK if is_dark else LIGHT


def first_theme(choice: settings.Theme) -> Theme:
    """The colours for the first paint, before the program has a palette of its own; `resolve_theme` soon follows.

    `SYSTEM` goes by the palette that the platform gave, which is dark where its scheme is.
    """
    if choice is not settings.Theme.SYSTEM:
        return DARK if choice is settings.Theme.DARK else LIGHT
    window = QGuiApplication.palette().color(QPalette.ColorRole.Window)
    return DARK if window.lightness() < DARK_BELOW else LIGHT


def palette(theme: Theme) -> QPalette:
    """The theme as a Qt palette, so that stock widgets fit in."""
    result = QPalette()
    roles = QPalette.ColorRole
    for role, color in (
        (roles.Window, theme.window),
        (roles.WindowText, theme.text),
        (roles.Base, theme.surface),
        (roles.AlternateBase, theme.sidebar),
        (roles.Text, theme.text),
        (roles.PlaceholderText, theme.text_muted),
        (roles.Button, theme.surface),
        (roles.ButtonText, theme.text),
        (roles.BrightText, theme.danger),
        (roles.Highlight, theme.accent),
        (roles.HighlightedText, theme.accent_text),
        (roles.Link, theme.link),
        (roles.LinkVisited, theme.link),
        (roles.ToolTipBase, theme.surface),
        (roles.ToolTipText, theme.text),
        (roles.Accent, theme.accent),
        (roles.Mid, theme.border),
        (roles.Midlight, theme.hover),
        (roles.Light, theme.hover),
        (roles.Dark, theme.text_faint),
        (roles.Shadow, theme.border),
    ):
        result.setColor(role, color)
    for role in (roles.WindowText, roles.Text, roles.ButtonText, roles.HighlightedText):
        result.setColor(QPalette.ColorGroup.Disabled, role, theme.text_faint)
    result.setColor(QPalette.ColorGroup.Disabled, roles.Highlight, theme.border)
    return result


def stylesheet_colors(theme: Theme) -> dict[str, str]:
    """Every colour by its field name as `#rrggbb`, to fill the placeholders of a style sheet."""
    values = ((each.name, getattr(theme, each.name)) for each in fields(theme))
    return {name: value.name() for name, value in values if isinstance(value, QColor)}
