"""The rows of the trash: read in portions, searched to the end."""

from PySide6.QtCore import QObject

from gigadesk.chat import TrashEntry, TrashKind
from gigadesk.ui.trash.model import PORTION, TrashModel

COUNT = 10_000


class Source:
    """Ten thousand chats, the last deleted first."""

    def __init__(self) -> None:
        self.all = [TrashEntry(TrashKind.CHAT, number, f"chat {number}", 1.0 * number, "") for number in range(COUNT)]
        self.all.reverse()

    def entries(self, after: TrashEntry | None, count: int) -> list[TrashEntry]:
        first = 0 if after is None else COUNT - after.id
        return self.all[first : first + count]


def test_what_is_searched_for_is_found_at_the_very_end(qtbot):
    parent = QObject()
    model = TrashModel(Source(), lambda entry: entry.title, lambda entry: "", parent)
    model.reload()
    assert model.rowCount() == PORTION

    model.set_filter("Chat 77")
    qtbot.waitUntil(lambda: model.rowCount() == 111)
    assert model.entry(model.index(110)).title == "chat 77"

    model.set_filter("nowhere")
    model.set_filter("")
    assert model.rowCount() == PORTION
