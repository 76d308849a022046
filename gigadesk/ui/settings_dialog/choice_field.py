"""A setting that is chosen from a short list."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtWidgets import QComboBox, QWidget

from gigadesk.ui.settings_dialog.field import Field
from gigadesk.ui.widgets.combo_box import ComboBox

Value = TypeVar("Value")


class ChoiceField(Field, Generic[Value]):
    """One of the given values. Give the words with `set_texts`, in the same order."""

    def __init__(self, parent: QWidget, values: Sequence[Value], default: Value, *, is_wide: bool = False) -> None:
        self._box = ComboBox()
        super().__init__(parent, self._box, is_wide=is_wide)
        self._values = tuple(values)
        self._default = default
        self._box.addItems([""] * len(self._values))
        self._box.activated.connect(self._on_activated)
        self._shown = default
        self.set_value(default)

    @property
    def value(self) -> Value:
        return self._shown

    @property
    def box(self) -> QComboBox:
        return self._box

    def set_texts(self, texts: Sequence[str]) -> None:
        for index, text in enumerate(texts):
            self._box.setItemText(index, text)

    def set_value(self, value: Value) -> None:
        self._shown = value
        self._box.setCurrentIndex(self._values.index(value) if value in self._values else -1)
        self.show_reset(is_visible=value != self._default)

    def reset(self) -> None:
        self._choose(self._default)
        self._box.setFocus()

    def _on_activated(self, index: int) -> None:
        self._choose(self._values[index])

    def _choose(self, value: Value) -> None:
        if value != self._shown:
            self.set_value(value)
            self.changed.emit()
