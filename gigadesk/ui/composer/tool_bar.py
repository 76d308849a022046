"""Which built-in tools the next answer may use, and how much the model shall think."""

from PySide6.QtCore import QEvent, QPoint, QSize, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from gigadesk.chat import Effort, Tool
from gigadesk.gigachat.capabilities import capabilities_of
from gigadesk.ui.shortcuts import with_keys
from gigadesk.ui.theme import Theme
from gigadesk.ui.widgets.buttons import Button
from gigadesk.ui.widgets.menus import empty
from gigadesk.ui.widgets.tooltips import plain_tooltip
from gigadesk.ui.words.tool_words import TOOL_ICONS, effort_name, tool_hint, tool_name

SPACING = 2
EFFORT_KEYS = "Ctrl+E"
_OPENERS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


def tool_keys(tool: Tool) -> str:
    """The keys that switch a tool: Ctrl with its place among all tools, whether or not the model has them."""
    return f"Ctrl+{list(TOOL_ICONS).index(tool) + 1}"


class ToolBar(QWidget):
    """One small switch for each tool that the model has; all in one menu where there is no room.

    Signals:
        tools_chosen(object): a tuple of `Tool`; those that this model lacks stay as they were.
        effort_chosen(object): an `Effort`, or None.
    """

    tools_chosen = Signal(object)
    effort_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tools: tuple[Tool, ...] = ()
        self._effort: Effort | None = None
        self._capabilities = capabilities_of("")
        self._is_compact = False
        self._switches = {tool: self._switch(tool) for tool in TOOL_ICONS}
        self._effort_button = _Switch("thinking", self)
        self._effort_button.clicked.connect(self.show_effort_menu)
        self._menu_button = _Switch("tools", self)
        self._menu_button.clicked.connect(self._show_menu)
        self._menu = QMenu(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING)
        for button in self._buttons():
            layout.addWidget(button)
        self._show_state()

    def set_model(self, model: str) -> None:
        """What this model can do is offered; empty stands for one that is not known."""
        self._capabilities = capabilities_of(model)
        self._show_state()

    def set_tools(self, tools: tuple[Tool, ...]) -> None:
        """These are on."""
        self._tools = tools
        self._show_state()

    def set_effort(self, effort: Effort | None) -> None:
        self._effort = effort
        self._show_state()

    def set_compact(self, *, compact: bool) -> None:
        """Put everything into one menu."""
        if compact != self._is_compact:
            self._is_compact = compact
            self._show_state()

    def full_width(self) -> int:
        """How much room it needs to show everything."""
        shown: list[Button] = [self._switches[tool] for tool in self._offered()]
        if self._capabilities.has_effort:
            shown.append(self._effort_button)
        return sum(button.sizeHint().width() + SPACING for button in shown)

    def minimumSizeHint(self) -> QSize:
        # With the room for all of it the window could not become so narrow that one menu is needed.
        return self._menu_button.sizeHint()

    def toggle(self, tool: Tool) -> None:
        """Switch a tool on or off, if the model has it."""
        if tool not in self._capabilities.tools:
            return
        wanted = set(self._tools) ^ {tool}
        self.tools_chosen.emit(tuple(each for each in Tool if each in wanted))

    def show_effort_menu(self) -> None:
        """Open the choice of how much the model thinks, if it has one."""
        if not self._capabilities.has_effort:
            return
        button = self._menu_button if self._is_compact else self._effort_button
        empty(self._menu)
        self._menu.addAction(self.tr("Thinking")).setEnabled(False)  # a style sheet hides the words of a section
        self._add_efforts(self._menu)
        self._popup(button)

    def set_theme(self, theme: Theme) -> None:
        for button in self._buttons():
            button.set_theme(theme)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._show_state()
        super().changeEvent(event)

    def _buttons(self) -> tuple[Button, ...]:
        return (*self._switches.values(), self._effort_button, self._menu_button)

    def _offered(self) -> list[Tool]:
        return [tool for tool in TOOL_ICONS if tool in self._capabilities.tools]

    def _switch(self, tool: Tool) -> Button:
        button = _Switch(TOOL_ICONS[tool], self)
        button.clicked.connect(lambda: self.toggle(tool))
        return button

    def _show_state(self) -> None:
        offered = self._offered()
        for tool, switch in self._switches.items():
            is_on = tool in self._tools
            switch.setChecked(is_on)
            switch.setVisible(tool in offered and not self._is_compact)
            state = self.tr("{tool}, on") if is_on else self.tr("{tool}, off")
            switch.setAccessibleName(state.format(tool=tool_name(tool)))
            switch.setAccessibleDescription(tool_hint(tool))
            switch.setToolTip(plain_tooltip(with_keys(tool_name(tool), tool_keys(tool)) + "\n" + tool_hint(tool)))
        self._show_effort()
        self._show_menu_button(offered)
        self.updateGeometry()

    def _show_effort(self) -> None:
        button = self._effort_button
        button.setVisible(self._capabilities.has_effort and not self._is_compact)
        button.setChecked(self._effort is not None)
        words = self.tr("Thinking: {effort}").format(effort=effort_name(self._effort))
        button.setAccessibleName(words)
        button.setToolTip(with_keys(words, EFFORT_KEYS))

    def _show_menu_button(self, offered: list[Tool]) -> None:
        used = [tool_name(tool) for tool in offered if tool in self._tools]
        if self._effort is not None and self._capabilities.has_effort:
            used.append(self.tr("Thinking: {effort}").format(effort=effort_name(self._effort)))
        button = self._menu_button
        button.setVisible(self._is_compact and bool(offered or self._capabilities.has_effort))
        button.setChecked(bool(used))
        words = self.tr("Tools: {tools}").format(tools=", ".join(used)) if used else self.tr("Tools")
        button.setAccessibleName(words)
        button.setToolTip(plain_tooltip(words))

    def _show_menu(self) -> None:
        empty(self._menu)
        for tool in self._offered():
            action = QAction(tool_name(tool), self._menu)  # an icon would take the place of the mark
            action.setCheckable(True)
            action.setChecked(tool in self._tools)
            action.setData(tool)
            action.triggered.connect(self._on_tool_triggered)
            self._menu.addAction(action)
        if self._capabilities.has_effort:
            efforts = self._menu.addMenu(self.tr("Thinking"))
            self._add_efforts(efforts)
        self._popup(self._menu_button)

    def _add_efforts(self, menu: QMenu) -> None:
        group = QActionGroup(menu)
        for effort in (None, *Effort):
            action = QAction(effort_name(effort), group)
            action.setCheckable(True)
            action.setChecked(effort is self._effort)
            action.setData(effort)
            action.triggered.connect(self._on_effort_triggered)
            menu.addAction(action)

    def _popup(self, button: Button) -> None:
        self._menu.popup(button.mapToGlobal(QPoint(0, -self._menu.sizeHint().height() - 4)))

    def _on_tool_triggered(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.toggle(Tool(action.data()))

    def _on_effort_triggered(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            chosen = action.data()
            self.effort_chosen.emit(Effort(chosen) if chosen else None)


class _Switch(Button):
    """Stays as it is until it is told: what is on is what was stored. Enter presses it, too."""

    def __init__(self, icon_name: str, parent: QWidget) -> None:
        super().__init__(icon_name, parent=parent)
        self.setCheckable(True)

    def nextCheckState(self) -> None:
        pass

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _OPENERS:
            self.click()
        else:
            super().keyPressEvent(event)
