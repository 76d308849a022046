"""The model: chosen from what the service lists, or typed."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from gigadesk.text import clean
from gigadesk.ui.settings_dialog.field import Field
from gigadesk.ui.widgets.combo_box import ComboBox


class ModelField(Field):
    """A name of a model; empty leaves the choice to the program."""

    def __init__(self, parent: QWidget, models: Sequence[str]) -> None:
        self._box = ComboBox()
        self._box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._line_edit = QLineEdit()
        self._box.setLineEdit(self._line_edit)
        super().__init__(parent, self._box, is_wide=True)
        self._value = ""
        self.set_models(models)
        self._line_edit.editingFinished.connect(self.commit)
        self._box.activated.connect(self.commit)

    @property
    def value(self) -> str:
        return self._value

    def set_words(self, name: str, hint: str = "") -> None:
        super().set_words(name, hint)
        self._line_edit.setAccessibleName(name)  # the part of the box that has the keys
        self._line_edit.setAccessibleDescription(hint)

    def set_models(self, models: Sequence[str]) -> None:
        text = self._box.currentText()
        with QSignalBlocker(self._box):
            self._box.clear()
            self._box.addItems(list(models))
            self._box.setCurrentIndex(self._box.findText(text, Qt.MatchFlag.MatchExactly))
            self._box.setEditText(text)

    def set_value(self, value: str) -> None:
        self._value = value
        self._box.setEditText(value)
        self.show_reset(is_visible=bool(value))

    def set_placeholder(self, text: str) -> None:
        self._line_edit.setPlaceholderText(text)

    def reset(self) -> None:
        self._box.setCurrentIndex(-1)
        self._box.clearEditText()
        self.commit()
        self._box.setFocus()

    def commit(self) -> None:
        text = " ".join(clean(self._box.currentText()).split())
        self.show_reset(is_visible=bool(text))
        if text != self._value:
            self._value = text
            self.changed.emit()
