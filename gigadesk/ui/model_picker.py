"""A flat button that names the model of the chat and lets the user choose another."""

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from gigadesk.ui.buttons import Button
from gigadesk.ui.tooltips import plain_tooltip


class ModelPicker(Button):
    """Names the model and opens a list above itself.

    Signals:
        model_chosen(str): the id of a model; empty means the one of the settings.
    """

    model_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._models: tuple[str, ...] = ()
        self._chosen = ""
        self._default = ""
        self._menu = QMenu(self)
        self._menu.aboutToHide.connect(self.update)
        self.set_arrow(visible=True)
        self.clicked.connect(self.show_menu)
        self._show_choice()

    def set_models(self, models: tuple[str, ...]) -> None:
        """The models that the service offers, in its order."""
        self._models = models
        self._show_choice()

    def set_default(self, model: str) -> None:
        """The model of the settings; empty for the first one that the service offers."""
        self._default = model
        self._show_choice()

    def set_chosen(self, model: str) -> None:
        """The model of the shown chat; empty for that of the settings."""
        self._chosen = model
        self._show_choice()

    def show_menu(self) -> None:
        """Open the list of models above the button."""
        self._fill_menu()
        self._menu.popup(self.mapToGlobal(QPoint(0, -self._menu.sizeHint().height() - 4)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self.show_menu()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._show_choice()
        super().changeEvent(event)

    def _fill_menu(self) -> None:
        self._menu.clear()
        group = QActionGroup(self._menu)
        default = self._default_model()
        words = self.tr("As in the settings: {model}").format(model=default) if default else self.tr("Default model")
        self._add(group, words, "")
        self._menu.addSeparator()
        known = self._models if not self._chosen or self._chosen in self._models else (self._chosen, *self._models)
        for model in known:
            self._add(group, model, model)

    def _add(self, group: QActionGroup, words: str, model: str) -> None:
        action = QAction(words.replace("&", "&&"), group)
        action.setCheckable(True)
        action.setChecked(model == self._chosen)
        action.setData(model)
        action.triggered.connect(self._on_triggered)
        self._menu.addAction(action)
        if action.isChecked():
            self._menu.setActiveAction(action)

    def _on_triggered(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.model_chosen.emit(str(action.data()))

    def _default_model(self) -> str:
        return self._default or (self._models[0] if self._models else "")

    def _show_choice(self) -> None:
        name = self._chosen or self._default_model()
        self.setText(name or self.tr("Default model"))
        self.setAccessibleName(self.tr("Model: {model}").format(model=self.text()))
        self.setToolTip(plain_tooltip(self.tr("Choose the model of this chat")))
        self.updateGeometry()
