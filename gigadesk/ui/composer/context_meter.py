"""A small ring: how much of the model's memory the next request takes. Opens the details."""

from PySide6.QtCore import QEvent, QLocale, QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from gigadesk.chat import ContextUse
from gigadesk.ui.theme import Theme
from gigadesk.ui.widgets.buttons import Button
from gigadesk.ui.widgets.labels import Heading, PlainLabel
from gigadesk.ui.widgets.tooltips import plain_tooltip

_RING = 15.0
_PEN = 2.5
NEARLY_FULL = 0.85
"""From here on the ring takes the colour of a warning."""
_FULL_CIRCLE = 5760
"""Qt counts sixteenths of a degree."""
_DETAILS_WIDTH_EM = 22


class ContextMeter(Button):
    """Hidden while nothing is known."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent=parent)
        self._use: ContextUse | None = None
        self._details: _Details | None = None
        self.clicked.connect(self.show_details)
        self.hide()

    @property
    def use(self) -> ContextUse | None:
        return self._use

    def set_use(self, use: ContextUse | None) -> None:
        """Show this, or nothing."""
        self._use = use if use is not None and use.limit_tokens > 0 else None
        self._show_use()

    def show_details(self) -> None:
        """Open a small card with the figures above the ring."""
        if self._use is None:
            return
        if self._details is None:
            self._details = _Details(self, self._theme)
        self._details.show_words(self.title_text(), self.sentences())
        size = self._details.sizeHint()
        self._details.resize(size)
        corner = self.mapToGlobal(QPoint(self.width() - size.width(), -size.height() - 4))
        self._details.move(corner)
        self._details.show()

    def title_text(self) -> str:
        """The share, in words."""
        if self._use is None:
            return ""
        percent = round(100 * self._share)
        if self._use.is_exact:
            return self.tr("Context: {percent} % used").format(percent=percent)
        return self.tr("Context: about {percent} % used").format(percent=percent)

    def sentences(self) -> tuple[str, ...]:
        """The figures, where they come from, and what does not fit any more."""
        if self._use is None:
            return ()
        use, number = self._use, QLocale().toString
        used = self.tr("The next request takes {used} of {limit} tokens.")
        counted = self.tr("GigaChat has counted them.")
        estimated = self.tr("This is an estimate.")
        found = [used.format(used=number(use.used_tokens), limit=number(use.limit_tokens))]
        found.append(counted if use.is_exact else estimated)
        if use.dropped_messages:
            found.append(self.tr("%n messages at the beginning do not fit and are not sent.", "", use.dropped_messages))
        else:
            found.append(self.tr("The whole chat fits."))
        return tuple(found)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        if self._details is not None:
            self._details.deleteLater()
            self._details = None

    def sizeHint(self) -> QSize:
        side = super().sizeHint().height()
        return QSize(side, side)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._show_use()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._use is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = QRectF(0, 0, _RING, _RING)
        ring.moveCenter(QPointF(self.rect().center()) + QPointF(0.5, 0.5))
        painter.setPen(QPen(self._theme.border, _PEN))
        painter.drawEllipse(ring)
        pen = QPen(self._color(), _PEN)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawArc(ring, _FULL_CIRCLE // 4, -round(_FULL_CIRCLE * self._share))

    @property
    def _share(self) -> float:
        return min(self._use.used_tokens / self._use.limit_tokens, 1.0) if self._use is not None else 0.0

    def _color(self) -> QColor:
        if self._use is not None and self._use.dropped_messages:
            return self._theme.danger
        return self._theme.warning if self._share >= NEARLY_FULL else self._theme.accent

    def _show_use(self) -> None:
        self.setVisible(self._use is not None)
        title = self.title_text()
        self.setAccessibleName(title)
        self.setAccessibleDescription(" ".join(self.sentences()))
        self.setToolTip(plain_tooltip("\n".join((title, *self.sentences()[2:]))))
        self.update()


class _Details(QFrame):
    """A card that any click or key closes."""

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._theme = theme
        self._title = Heading(self)
        self._text = PlainLabel(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.setSpacing(6)
        layout.addWidget(self._title)
        layout.addWidget(self._text)

    def show_words(self, title: str, sentences: tuple[str, ...]) -> None:
        self._title.setText(title)
        self._text.setText("\n".join(sentences))
        self.setAccessibleName(title)
        self.setAccessibleDescription(" ".join(sentences))
        self.setFixedWidth(self.fontMetrics().averageCharWidth() * 2 * _DETAILS_WIDTH_EM)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        painter = QPainter(self)
        painter.setPen(QPen(self._theme.border, 1))
        painter.setBrush(self._theme.surface)
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))

    def sizeHint(self) -> QSize:
        width = self.minimumWidth()
        return QSize(width, self.heightForWidth(width) if self.hasHeightForWidth() else super().sizeHint().height())
