"""One picture, large, over the whole window: zoom, copy, save. Closed with Escape."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import (
    QCoreApplication,
    QElapsedTimer,
    QEvent,
    QKeyCombination,
    QObject,
    QPoint,
    QPointF,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QHBoxLayout, QToolButton, QWidget

from gigadesk.ui.file_saving import FileSaver
from gigadesk.ui.pictures import Pictures
from gigadesk.ui.widgets.elided_label import ElidedLabel
from gigadesk.ui.widgets.icons import icon

MARGIN = 16
BAR_HEIGHT = 52
ZOOM_STEP = 1.25
ZOOM_MAX = 8.0
GROUND = QColor("#141618")
BAR_GROUND = QColor(20, 22, 24, 215)
"""Over a picture that is larger than the window."""
WORDS = QColor("#f2f4f5")
_SCROLL_STEP = 60
_QUIT = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_Q)


def show_picture(view: QWidget, pictures: Pictures, path: str, name: str, saver: FileSaver) -> "PictureViewer":
    """Show a picture over the window of `view`, which gets the keyboard back in the end."""
    viewer = PictureViewer(view, pictures, path, name, saver)
    viewer.show()
    viewer.raise_()
    viewer.setFocus(Qt.FocusReason.OtherFocusReason)
    return viewer


def copy_picture(pictures: Pictures, path: str) -> bool:
    """Put a picture on the clipboard in its own size; False if it must be decoded first (see `Pictures.loaded`)."""
    size = pictures.size(path)
    image = pictures.image(path, size.width(), size.height()) if size.isValid() else None
    if image is not None:
        QGuiApplication.clipboard().setImage(image)
    return image is not None


class PictureViewer(QWidget):
    """An overlay, no window: it goes with the window it lies on.

    `zoom` is in pixels of the screen for a pixel of the picture; 0 fits the picture into the window.
    """

    def __init__(self, view: QWidget, pictures: Pictures, path: str, name: str, saver: FileSaver) -> None:
        super().__init__(view.window())
        self.setObjectName("pictureViewer")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(QCoreApplication.translate("PictureViewer", "Picture {name}").format(name=name))
        self._view = view
        self._pictures = pictures
        self._path = path
        self._name = name
        self._saver = saver
        self._whole = pictures.size(path)
        self._zoom = 0.0
        self._offset = QPointF()
        """Of the picture's middle from the middle of the room below the bar."""
        self._dragged_from: QPointF | None = None
        self._is_copying = False
        self._since_opening = QElapsedTimer()
        self._since_opening.start()
        pictures.loaded.connect(self._on_loaded)
        self._make_bar()
        self.window().installEventFilter(self)
        self._cover()

    # --- what can be done

    @property
    def zoom(self) -> float:
        return self._zoom or self._fitting_zoom

    @property
    def is_fitted(self) -> bool:
        return not self._zoom

    def fit(self) -> None:
        """Show all of it, never larger than it is."""
        self._zoom, self._offset = 0.0, QPointF()
        self.update()

    def show_pixels(self) -> None:
        """Show it pixel for pixel."""
        self.zoom_to(1.0)

    def zoom_to(self, zoom: float, around: QPointF | None = None) -> None:
        """Zoom while the place `around` stays under the pointer."""
        old = self.zoom
        new = min(max(zoom, min(self._fitting_zoom, 0.05)), ZOOM_MAX)
        around = (around or self._area.center()) - self._area.center()
        self._offset = around + (self._offset - around) * (new / old)
        self._zoom = new
        self._bound()
        self.update()

    def copy(self) -> None:
        """Put it on the clipboard, as soon as it is decoded in its own size."""
        self._is_copying = not copy_picture(self._pictures, self._path)

    def save(self) -> None:
        """Ask where to save it."""
        self._saver.save(Path(self._path), self._name)

    # --- geometry

    @property
    def _area(self) -> QRectF:
        return QRectF(self.rect()).adjusted(MARGIN, BAR_HEIGHT, -MARGIN, -MARGIN)

    @property
    def _fitting_zoom(self) -> float:
        ratio, area = self.devicePixelRatioF(), self._area
        width, height = max(1, self._whole.width()), max(1, self._whole.height())
        return min(1.0, max(1.0, area.width()) * ratio / width, max(1.0, area.height()) * ratio / height)

    @property
    def _shown_size(self) -> tuple[float, float]:
        scale = self.zoom / self.devicePixelRatioF()
        return self._whole.width() * scale, self._whole.height() * scale

    def _shown_rect(self) -> QRectF:
        width, height = self._shown_size
        middle = self._area.center() + self._offset
        return QRectF(round(middle.x() - width / 2), round(middle.y() - height / 2), width, height)

    def _bound(self) -> None:
        """A small picture stays in the middle; of a large one no edge comes into the window."""
        width, height = self._shown_size
        x = max(0.0, (width - self._area.width()) / 2)
        y = max(0.0, (height - self._area.height()) / 2)
        self._offset = QPointF(min(max(self._offset.x(), -x), x), min(max(self._offset.y(), -y), y))

    def _cover(self) -> None:
        self.setGeometry(self.window().rect())

    def _image(self) -> QImage | None:
        """The best that is there: in its own size when zoomed in, else in the size of the window."""
        ratio = self.devicePixelRatioF()
        if self.zoom > self._fitting_zoom:
            whole = self._pictures.image(self._path, self._whole.width(), self._whole.height())
            if whole is not None:
                return whole
        fitting = self._whole * self._fitting_zoom
        screen = QSize(round(self._area.width() * ratio), round(self._area.height() * ratio))
        bounds = fitting.boundedTo(screen)
        return self._pictures.image(self._path, bounds.width(), bounds.height())

    # --- parts

    def _make_bar(self) -> None:
        row = QHBoxLayout()
        self._title = ElidedLabel(self)
        self._title.set_text(self._name)
        self._title.setStyleSheet(f"color: {WORDS.name()};")
        row.addWidget(self._title)
        row.addStretch(1)
        self._buttons = [
            self._button("minus", QCoreApplication.translate("PictureViewer", "Zoom out"), self._zoom_out),
            self._button("plus", QCoreApplication.translate("PictureViewer", "Zoom in"), self._zoom_in),
            self._button("fit", QCoreApplication.translate("PictureViewer", "Fit, or full size"), self._toggle_fit),
            self._button("copy", QCoreApplication.translate("PictureViewer", "Copy picture"), self.copy),
            self._button("save", QCoreApplication.translate("PictureViewer", "Save picture…"), self.save),
            self._button("close", QCoreApplication.translate("PictureViewer", "Close"), self._close),
        ]
        for button in self._buttons:
            row.addWidget(button)
        self.setLayout(row)
        row.setContentsMargins(MARGIN, 8, MARGIN - 6, 0)
        row.setAlignment(Qt.AlignmentFlag.AlignTop)

    def _button(self, name: str, words: str, slot: Callable[[], None]) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icon(name, WORDS))
        button.setToolTip(words)
        button.setAccessibleName(words)
        button.setFixedSize(36, 36)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setStyleSheet(
            "QToolButton { background: transparent; border: 2px solid transparent; border-radius: 8px; }"
            "QToolButton:hover { background: rgba(255, 255, 255, 36); }"
            "QToolButton:pressed { background: rgba(255, 255, 255, 60); }"
            "QToolButton:focus { border-color: #6fd195; }"
        )
        button.clicked.connect(slot)
        return button

    def _zoom_in(self) -> None:
        self.zoom_to(self.zoom * ZOOM_STEP)

    def _zoom_out(self) -> None:
        self.zoom_to(self.zoom / ZOOM_STEP)

    def _toggle_fit(self) -> None:
        if self.is_fitted:
            self.show_pixels()
        else:
            self.fit()

    def _close(self) -> None:
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.close()

    def _on_loaded(self, path: str) -> None:
        if path == self._path:
            if self._is_copying:
                self.copy()
            self.update()

    # --- Qt

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.window() and event.type() == QEvent.Type.Resize:
            self._cover()
            self._bound()
        return False

    def event(self, event: QEvent) -> bool:
        # The window's shortcuts would come first else; and what they do would happen out of sight.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and not _quits(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Save):
            self.save()
        elif not self._zoom_by_key(event.key()) and not self._move_by_key(event.key()):
            super().keyPressEvent(event)

    def _zoom_by_key(self, key: int) -> bool:
        match key:
            case Qt.Key.Key_Escape:
                self._close()
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self._zoom_in()
            case Qt.Key.Key_Minus:
                self._zoom_out()
            case Qt.Key.Key_0:
                self.fit()
            case Qt.Key.Key_1:
                self.show_pixels()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Space:
                self._toggle_fit()
            case _:
                return False
        return True

    def _move_by_key(self, key: int) -> bool:
        steps = {
            Qt.Key.Key_Left: QPoint(1, 0),
            Qt.Key.Key_Right: QPoint(-1, 0),
            Qt.Key.Key_Up: QPoint(0, 1),
            Qt.Key.Key_Down: QPoint(0, -1),
        }
        step = steps.get(Qt.Key(key))
        if step is None:
            return False
        self._offset += QPointF(step * _SCROLL_STEP)
        self._bound()
        self.update()
        return True

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - Qt's own names
        """Tab stays here: what lies below cannot be seen."""
        ring: list[QWidget] = [self, *self._buttons]
        focused = [number for number, each in enumerate(ring) if each.hasFocus()]
        place = focused[0] if focused else 0
        reason = Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason
        ring[(place + (1 if next else -1)) % len(ring)].setFocus(reason)
        return True

    def wheelEvent(self, event: QWheelEvent) -> None:
        turns = event.angleDelta().y() / 120
        self.zoom_to(self.zoom * ZOOM_STEP**turns, event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            if not self._shown_rect().contains(event.position()):
                self._close()
                return
            self._dragged_from = event.position() - self._offset
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged_from is not None and not self.is_fitted:
            self._offset = event.position() - self._dragged_from
            self._bound()
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        del event
        self._dragged_from = None
        self.unsetCursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._since_opening.elapsed() < QApplication.doubleClickInterval():
            return  # the first of the two clicks has opened the picture
        if self.is_fitted:
            self.zoom_to(1.0, event.position())
        else:
            self.fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), GROUND)
        image = self._image()
        if image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self.zoom < 3)
            painter.drawImage(self._shown_rect(), image)
            painter.fillRect(QRectF(0, 0, self.width(), BAR_HEIGHT), BAR_GROUND)
        painter.end()


def _quits(event: QKeyEvent) -> bool:
    return event.keyCombination() == _QUIT
