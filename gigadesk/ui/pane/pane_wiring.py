"""What the page of a chat asks for, passed on, whichever window it is in."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gigadesk.ui.pane.chat_pane import ChatPane

if TYPE_CHECKING:
    from gigadesk.ui.chats_view import ChatsView


class PaneWiring(QObject):
    """Connects pages with the main window: what belongs to the whole program is done there."""

    def __init__(self, view: "ChatsView") -> None:
        super().__init__(view)
        self._view = view

    def wire(self, pane: ChatPane, *, is_temporary: bool = False) -> None:
        """Pass on what this page asks for."""
        view = self._view
        pane.new_chat_requested.connect(self.on_new_chat_wanted)
        if not is_temporary:
            pane.chat_wanted.connect(self.on_chat_wanted)
            pane.page.transcript.export_requested.connect(lambda: view.exchange.export_shown(pane.chat.id))
        pane.settings_requested.connect(self.on_settings_wanted)
        pane.leave_demo_requested.connect(view.leave_demo_requested)
        pane.link_followed.connect(view.link_followed)
        pane.picture_requested.connect(lambda address: view.picture_requested.emit(address, is_temporary))
        pane.report_requested.connect(view.report_requested)
        pane.repair_requested.connect(view.repair_requested)
        pane.snapshots_requested.connect(view.snapshots_requested)
        pane.rescue_requested.connect(view.rescue_requested)
        pane.zoom_chosen.connect(self._on_zoom_chosen)
        pane.account_settings_requested.connect(view.account_settings_requested)
        pane.diagnosis_requested.connect(view.diagnosis_requested)
        pane.draft_kept.connect(lambda chat_id: self._on_draft_kept(pane, chat_id))
        pane.use_signs(view.signs)
        if pane is not view.pane:
            pane.learn_from(view.pane)

    def on_new_chat_wanted(self) -> None:
        """The main window is where a new chat is shown."""
        self._view.open_new_chat()
        self._view.window().activateWindow()

    def on_chat_wanted(self, chat_id: int) -> None:
        """So with another chat."""
        self._view.open_chat(chat_id)
        self._view.window().activateWindow()

    def on_settings_wanted(self) -> None:
        """They belong to the main window, too."""
        self._view.window().activateWindow()
        self._view.settings_requested.emit()

    def _on_draft_kept(self, writer: ChatPane, chat_id: int) -> None:
        for pane in self._view.panes():
            if pane is not writer:
                pane.chat.draft.take_over(chat_id)

    def _on_zoom_chosen(self, percent: int) -> None:
        """All windows show conversations in one size."""
        for pane in self._view.panes():
            pane.page.transcript.zoom.set_percent(percent)
        self._view.zoom_chosen.emit(percent)
