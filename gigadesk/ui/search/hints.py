"""What the page says while nothing is searched: what can be asked for, with examples to click."""

from PySide6.QtCore import QEvent, QLocale, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from gigadesk.ui.theme import Theme
from gigadesk.ui.widgets.buttons import Button, Shape
from gigadesk.ui.widgets.labels import PlainLabel

_WIDTH_EM = 34


class Hints(QWidget):
    """Signals: `example_chosen(str)`: put this into the field."""

    example_chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._intro = PlainLabel(self, kind="muted")
        self._rows: list[tuple[Button, PlainLabel]] = []
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for number in range(len(self._examples())):
            button = Button(shape=Shape.CARD, parent=self)
            button.clicked.connect(lambda _checked=False, each=button: self.example_chosen.emit(each.text()))
            label = PlainLabel(self, kind="muted")
            label.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(button, number, 0)
            grid.addWidget(label, number, 1)
            self._rows.append((button, label))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 16, 4, 16)
        layout.setSpacing(16)
        layout.addWidget(self._intro)
        layout.addLayout(grid)
        layout.addStretch(1)
        self._retranslate()

    def set_theme(self, theme: Theme) -> None:
        for button, _ in self._rows:
            button.set_theme(theme)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._intro.setText(
            self.tr("Finds words in all their forms, in every message, title and file name. The newest come first.")
        )
        for (button, label), (example, words) in zip(self._rows, self._examples(), strict=True):
            button.setText(example)
            button.setAccessibleName(f"{example}: {words}")
            label.setText(words)

    def _examples(self) -> list[tuple[str, str]]:
        is_russian = QLocale().language() == QLocale.Language.Russian
        return [
            ('"' + self.tr("exact words") + '"', self.tr("These words, next to each other")),
            (self.tr("contract -draft"), self.tr("One word, but not the other")),
            ("от:меня" if is_russian else "from:me", self.tr("Only what I wrote; or only what the assistant wrote")),
            ("после:7д" if is_russian else "after:7d", self.tr("A time: a date, a month, a year, yesterday")),
            ("есть:код" if is_russian else "has:code", self.tr("With code, a table, a link or a file")),
            ("в:архив" if is_russian else "in:archive", self.tr("In a folder, in the archive or in the trash")),
        ]
