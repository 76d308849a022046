"""The menus of a message and of the selection: everything that can be done, with words and wishes."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPoint, QRectF, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from gigadesk.chat import Role, Status
from gigadesk.ui.transcript import wishes
from gigadesk.ui.transcript.layout.boxes import ZoneKind
from gigadesk.ui.transcript.messages.usage_words import has_usage, usage_action_text
from gigadesk.ui.transcript.messages.waiting_line import waiting_actions
from gigadesk.ui.transcript.wishes import Command
from gigadesk.ui.widgets.menus import empty, literal

if TYPE_CHECKING:
    from gigadesk.ui.transcript.commands import Commands
    from gigadesk.ui.transcript.view import Transcript


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question about the selection: its name in the menu, and what it puts into the composer."""

    name: str
    text: str


def prompts() -> tuple[Prompt, ...]:
    """In the language of the window."""
    return (
        Prompt(
            QCoreApplication.translate("Transcript", "Explain"),
            QCoreApplication.translate("Transcript", "Explain this in simple words."),
        ),
        Prompt(
            QCoreApplication.translate("Transcript", "Translate"),
            QCoreApplication.translate("Transcript", "Translate this into English."),
        ),
        Prompt(
            QCoreApplication.translate("Transcript", "Shorten"),
            QCoreApplication.translate("Transcript", "Say this more briefly."),
        ),
        Prompt(
            QCoreApplication.translate("Transcript", "Give an example"),
            QCoreApplication.translate("Transcript", "Give an example of this."),
        ),
        Prompt(
            QCoreApplication.translate("Transcript", "Find mistakes"),
            QCoreApplication.translate("Transcript", "Find the mistakes in this and correct them."),
        ),
    )


class MessageMenu:
    """Fills menus and opens some of them. A wish goes to `Commands`."""

    def __init__(self, view: "Transcript", commands: "Commands") -> None:
        self._view = view
        self._commands = commands
        self._models_menu: tuple[QMenu, int] | None = None

    # --- one message

    def open_at_button(self, index: int) -> None:
        """The menu of a message, below its "more" button or, when that is not in sight, at its beginning."""
        menu = self._new_menu()
        self.add_message_actions(menu, index)
        menu.popup(self._place(index))

    def open_models(self, index: int) -> None:
        """Only the models that may write another version of an answer."""
        menu = self._new_menu()
        self._fill_models(menu, index)
        menu.popup(self._place(index))

    def add_message_actions(self, menu: QMenu, index: int) -> None:
        """All that can be done with a message but for what its place under the pointer adds."""
        view, run = self._view, self._commands.run
        item = view.rows.open(index)
        message = item.view.message
        copy = menu.addAction(self._words_of_copying(), partial(view.copying.copy_message, index))
        copy.setEnabled(bool(item.source_text or message.files))
        view.menu.add_message_formats(menu, index)
        if not view.stage.is_read_only:
            self._add_changes(menu, index)
        self._add_versions(menu, index)
        self._add_folds(menu, index)
        words = QCoreApplication.translate("Transcript", "Continue from here in a new chat")
        self._add(menu, words, partial(run, Command.COPY_BRANCH, index), wishes.COPY_BRANCH_KEYS)
        words = QCoreApplication.translate("Transcript", "Details…")
        self._add(menu, words, partial(run, Command.DETAILS, index), wishes.DETAILS_KEYS)
        if not view.stage.is_read_only:
            menu.addSeparator()
            words = QCoreApplication.translate("Transcript", "Delete message")
            self._add(menu, words, partial(run, Command.DELETE, index), wishes.DELETE_KEYS)

    def _add_changes(self, menu: QMenu, index: int) -> None:
        """Writing anew, the question or the answer."""
        view, run = self._view, self._commands.run
        message, waiting = view.rows.items[index].view.message, view.rows.items[index].view.waiting
        is_running = message.status in {Status.QUEUED, Status.STREAMING}
        if waiting is not None:
            for each in waiting_actions(waiting):
                self._add(menu, each.words, partial(run, each.command, index), each.keys)
        elif message.role is Role.USER:
            words = QCoreApplication.translate("Transcript", "Edit")
            self._add(menu, words, partial(run, Command.EDIT, index), wishes.EDIT_KEYS)
        again = self._add(
            menu,
            QCoreApplication.translate("Transcript", "Answer again"),
            partial(view.regenerate_requested.emit, message.id),
            wishes.AGAIN_KEYS,
        )
        models = menu.addMenu(QCoreApplication.translate("Transcript", "Answer again with"))
        models.aboutToShow.connect(partial(self._fill_models, models, index))
        for action in (again, models.menuAction()):
            action.setEnabled(not is_running and waiting is None)

    def models_changed(self) -> None:
        """Show the models in the menu that waits for them."""
        if self._models_menu is not None:
            menu, index = self._models_menu
            if index < len(self._view.rows):
                self._fill_models(menu, index)

    def _add_versions(self, menu: QMenu, index: int) -> None:
        view = self._view.rows.items[index].view
        if len(view.siblings) < 2 or view.message.id not in view.siblings:
            return
        place = view.siblings.index(view.message.id)
        for other, words, shortcut in (
            (place - 1, QCoreApplication.translate("Transcript", "Previous version"), wishes.OLDER_KEYS),
            (place + 1, QCoreApplication.translate("Transcript", "Next version"), wishes.NEWER_KEYS),
        ):
            is_there = 0 <= other < len(view.siblings)
            show = partial(self._view.branch_requested.emit, view.siblings[other]) if is_there else None
            self._add(menu, words, show, shortcut).setEnabled(is_there)
        for words, command, shortcut in (
            (QCoreApplication.translate("Transcript", "Compare versions…"), Command.COMPARE, wishes.COMPARE_KEYS),
            (QCoreApplication.translate("Transcript", "Map of the branches…"), Command.SHOW_MAP, wishes.MAP_KEYS),
        ):
            self._add(menu, words, partial(self._commands.run, command, index), shortcut)

    def _add_folds(self, menu: QMenu, index: int) -> None:
        details = self._view.details
        item = self._view.rows.open(index)
        if item.thought is not None:
            words = (
                QCoreApplication.translate("Transcript", "Show thoughts")
                if item.thought.is_folded
                else QCoreApplication.translate("Transcript", "Hide thoughts")
            )
            menu.addAction(words, partial(details.toggle, index, ZoneKind.FOLD))
        if has_usage(item.view.message):
            words = usage_action_text(is_shown=item.extras.shows_usage)
            menu.addAction(words, partial(details.toggle, index, ZoneKind.USAGE))

    def _fill_models(self, menu: QMenu, index: int) -> None:
        empty(menu)
        self._models_menu = None
        commands = self._commands
        used = self._view.rows.items[index].view.message.model
        for model in commands.models:
            action = menu.addAction(literal(model), partial(commands.run, Command.AGAIN_WITH, index, model))
            action.setCheckable(True)
            action.setChecked(model == used)
        if not commands.models:
            waiting = menu.addAction(QCoreApplication.translate("Transcript", "Asking for the models…"))
            waiting.setEnabled(False)
            self._models_menu = menu, index
            menu.destroyed.connect(self._forget_models_menu)
            commands.run(Command.LIST_MODELS, index)

    def _forget_models_menu(self) -> None:
        self._models_menu = None

    # --- the selection

    def add_selection_actions(self, menu: QMenu) -> None:
        """Quote and ask; disabled while nothing is selected."""
        if self._view.stage.is_read_only:
            return
        commands = self._commands
        words = QCoreApplication.translate("Transcript", "Quote in your message")
        quote = self._add(menu, words, commands.quote, wishes.QUOTE_KEYS)
        ask = menu.addMenu(QCoreApplication.translate("Transcript", "Ask about it"))
        self._fill_prompts(ask)
        for action in (quote, ask.menuAction()):
            action.setEnabled(self._view.has_selection())

    def open_prompts(self) -> None:
        """The questions alone, near the end of the selection or in the middle of the view."""
        menu = self._new_menu()
        self._fill_prompts(menu)
        viewport = self._view.viewport()
        menu.popup(viewport.mapToGlobal(self._view.selection_bar.place_of_head() or viewport.rect().center()))

    def _fill_prompts(self, menu: QMenu) -> None:
        menu.addAction(QCoreApplication.translate("Transcript", "Your own question"), self._commands.ask)
        menu.addSeparator()
        for prompt in prompts():
            menu.addAction(prompt.name, partial(self._commands.ask, prompt))

    # --- inside

    def _new_menu(self) -> QMenu:
        menu = QMenu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _place(self, index: int) -> QPoint:
        """Below the button of the message, else in the margin beside it."""
        view = self._view
        view.arranged()
        for found in view.zones.in_sight():
            if (found.row.message, found.zone.kind, found.zone.value) == (index, ZoneKind.COMMAND, Command.MORE):
                rect = view.zones.rect(found)
                return view.viewport().mapToGlobal(rect.bottomLeft().toPoint())
        rect = view.walk.rect_of(index).intersected(QRectF(view.viewport().rect()))
        point = rect.topLeft().toPoint() if rect.isValid() else view.viewport().rect().center()
        return view.viewport().mapToGlobal(point)

    @staticmethod
    def _words_of_copying() -> str:
        return QCoreApplication.translate("Transcript", "Copy message")

    @staticmethod
    def _add(menu: QMenu, words: str, run: Callable[[], object] | None, keys: str) -> QAction:
        action = menu.addAction(words, run) if run is not None else menu.addAction(words)
        action.setShortcut(QKeySequence(keys))
        # Shown only: while the menu is open the window's own shortcut would be ambiguous.
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        return action
