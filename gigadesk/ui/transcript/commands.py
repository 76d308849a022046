"""What can be done with a message, or with the selection: one way for buttons, menus, keys and screen readers."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gigadesk.chat import Role, Status
from gigadesk.ui.transcript.message_menu import MessageMenu, Prompt
from gigadesk.ui.transcript.messages.waiting_line import waiting_actions
from gigadesk.ui.transcript.values import MessageView
from gigadesk.ui.transcript.wishes import Command, Wish

if TYPE_CHECKING:
    from gigadesk.ui.transcript.view import Transcript


class Commands(QObject):
    """Finds the message that is meant and tells the wish.

    A key without a place of its own means the message with the light of the keyboard; without a light the last one
    that can be meant.

    Signals:
        wished(object): a `Wish`.
    """

    wished = Signal(object)

    def __init__(self, view: "Transcript") -> None:
        super().__init__(view)
        self._view = view
        self.models: tuple[str, ...] = ()
        self.menu = MessageMenu(view, self)

    def set_models(self, models: Sequence[str]) -> None:
        """The models of the account that the shown chat asks, as far as they are known."""
        self.models = tuple(models)
        self.menu.models_changed()

    def run(self, command: Command, index: int, value: str = "") -> None:
        """Do something with the message at `index`."""
        message_id = self._message(index).message.id
        match command:
            case Command.MORE:
                self.menu.open_at_button(index)
            case Command.AGAIN_WITH if not value:
                self.menu.open_models(index)
            case _:
                self.wished.emit(Wish(command, message_id, value))

    # --- keys

    def edit(self) -> None:
        """Edit the question with the light, the question of the answer with the light, or the last one."""
        index = self._view.walk.index
        found = self._last(Role.USER, len(self._view.rows) if index is None else index + 1)
        if found is not None:
            self.run(Command.EDIT, found)

    def regenerate(self) -> None:
        """Have the answer with the light, or the last one, written again."""
        index = self._answer()
        if index is not None and self._can_be_repeated(index):
            self._view.regenerate_requested.emit(self._message(index).message.id)

    def regenerate_with(self) -> None:
        """Choose a model for another version of the answer with the light, or of the last one."""
        index = self._answer()
        if index is not None and self._can_be_repeated(index):
            self.run(Command.AGAIN_WITH, index)

    def run_waiting(self, command: Command) -> None:
        """Do something with the question that waits and has the light, or whose reply has; else with the last one."""
        index = self._view.walk.index
        if index is None:
            index = len(self._view.rows) - 1
        waiting = self._message(index).waiting if index >= 0 else None
        if waiting is not None and command in {action.command for action in waiting_actions(waiting)}:
            self.run(command, index)

    def copy_branch(self) -> None:
        """Go on in a new chat from the message with the light, or from the last one."""
        index = self._view.walk.index
        index = len(self._view.rows) - 1 if index is None else index
        if index >= 0:
            self.run(Command.COPY_BRANCH, index)

    def show_details(self) -> None:
        """Tell all about the message with the light, or about the last answer."""
        index = self._view.walk.index
        index = self._answer() if index is None else index
        if index is not None:
            self.run(Command.DETAILS, index)

    def delete(self) -> bool:
        """Delete the message with the light; False without one: nothing is deleted unseen."""
        index = self._view.walk.index
        if index is not None:
            self.run(Command.DELETE, index)
        return index is not None

    def bring_back(self) -> None:
        """Take the last deletion back."""
        self.wished.emit(Wish(Command.BRING_BACK))

    def step_version(self, step: int) -> bool:
        """Show the version before (-1) or after (1) of the message with the light, or of the answer below it.

        Without a light that of the last message in sight that has versions; False when there is none.
        """
        index = self._fork()
        if index is None:
            return False
        view = self._message(index)
        place = view.siblings.index(view.message.id) + step
        if 0 <= place < len(view.siblings):
            self._view.branch_requested.emit(view.siblings[place])
        return True

    def compare(self) -> bool:
        """Compare versions of the message that `step_version` would mean; False when there is none."""
        index = self._fork()
        if index is not None:
            self.run(Command.COMPARE, index)
        return index is not None

    # --- the selection

    def quote(self) -> None:
        """Put what is selected into the composer, as a quotation."""
        text = self._view.selected_markdown()
        if text.strip():
            self.wished.emit(Wish(Command.QUOTE, value=text))

    def ask(self, prompt: Prompt | None = None) -> None:
        """Quote what is selected, with the beginning of a question about it, which the user sends or changes."""
        text = self._view.selected_markdown()
        if text.strip():
            self.wished.emit(Wish(Command.ASK, value=text, prompt=prompt.text if prompt is not None else ""))

    def choose_prompt(self) -> None:
        """Offer the questions that can be asked about the selection."""
        if self._view.has_selection():
            self.menu.open_prompts()

    # --- inside

    def _message(self, index: int) -> MessageView:
        return self._view.rows.items[index].view

    def _fork(self) -> int | None:
        """The message with the light, the answer below it, or the last in sight, if it has versions."""
        index = self._view.walk.index
        near = [index, index + 1] if index is not None else reversed(self._view.walk.in_sight())
        return next((each for each in near if each < len(self._view.rows) and self._is_fork(each)), None)

    def _is_fork(self, index: int) -> bool:
        view = self._message(index)
        return len(view.siblings) > 1 and view.message.id in view.siblings

    def _can_be_repeated(self, index: int) -> bool:
        return self._message(index).message.status not in {Status.QUEUED, Status.STREAMING}

    def _answer(self) -> int | None:
        """The answer with the light (of a question: the one below), else the last."""
        index = self._view.walk.index
        if index is None:
            return self._last(Role.ASSISTANT, len(self._view.rows))
        if self._message(index).message.role is Role.ASSISTANT:
            return index
        below = index + 1
        return below if below < len(self._view.rows) else index

    def _last(self, role: Role, end: int) -> int | None:
        return next((each for each in range(end - 1, -1, -1) if self._message(each).message.role is role), None)
