"""What a file holds, before anything of it is imported: its chats with check boxes, its problems, where to put it."""

import time
from collections.abc import Sequence

from PySide6.QtCore import QDateTime, QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QHeaderView,
    QListWidget,
    QPushButton,
    QTableView,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from gigadesk.chat import Folder, FolderId
from gigadesk.exchange.problems import Problem
from gigadesk.exchange.summaries import ChatSummary, FileType
from gigadesk.limits import IMPORT_PROBLEMS_MAX
from gigadesk.ui.exchange.chat_table import TITLE, ChatTable
from gigadesk.ui.exchange.words import number_text, problem_text, program_text, type_text
from gigadesk.ui.widgets.labels import Heading, PlainLabel
from gigadesk.ui.widgets.wrapping_row import WrappingRow

SPACING = 10
_NEW = "new"


class Preview(QWidget):
    """Signals: `chosen_changed()`: other chats are ticked; `prompts_requested()`: show the system prompts."""

    chosen_changed = Signal()
    prompts_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.table = ChatTable(self)
        self._problems = 0
        self._heading = Heading(self, scale=1.15)
        self._summary = PlainLabel(self)
        # Not a tree view: that one asks about each row before it shows the first (35 µs a row, measured).
        self._view = QTableView(self)
        self._view.setProperty("kind", "rows")
        self._view.setModel(self.table)
        self._view.setShowGrid(False)
        self._view.setTabKeyNavigation(False)
        self._view.setWordWrap(False)  # a long title is cut where the column ends, not behind a word
        self._view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self._view.verticalHeader().hide()
        self._view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._view.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() * 7 // 4)
        self._view.setAccessibleName(self.tr("Chats in the file"))
        self._view.setFrameShape(QFrame.Shape.NoFrame)
        header = self._view.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setStretchLastSection(False)
        header.setSectionResizeMode(TITLE, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2, 3):
            # By its heading: to measure all rows takes seconds.
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            header.resizeSection(column, header.sectionSizeHint(column) + self.fontMetrics().height())
        self._list = QListWidget(self)
        self._list.setAccessibleName(self.tr("Problems"))
        self._list.hide()  # until it is a tab
        self._list.setWordWrap(True)
        self._list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self._tabs = QTabWidget(self)
        self._tabs.addTab(self._view, self.tr("Chats"))
        self._all, self._none, self._new = (QPushButton(self) for _ in range(3))
        self._all.setText(self.tr("Select all"))
        self._none.setText(self.tr("Select none"))
        self._new.setText(self.tr("Select new ones"))
        self._all.clicked.connect(lambda: self.table.choose_all(is_chosen=True))
        self._none.clicked.connect(lambda: self.table.choose_all(is_chosen=False))
        self._new.clicked.connect(self.table.choose_new)
        self._count = PlainLabel(self, kind="muted")
        self._place = QComboBox(self)
        self._place_label = PlainLabel(self, self.tr("Put them into:"))
        self._prompts = QCheckBox(self.tr("Take over system prompts"), self)
        self._prompts_note = PlainLabel(self, kind="muted")
        self._show_prompts = QPushButton(self.tr("Show them…"), self)
        self._show_prompts.clicked.connect(self.prompts_requested)
        self.table.chosen_changed.connect(self._show_count)
        self._lay_out()

    def focus_first(self) -> None:
        self._view.setFocus()
        if self._view.model().rowCount() and not self._view.currentIndex().isValid():
            self._view.setCurrentIndex(self.table.index(0, TITLE))

    def add_problem(self, problem: Problem) -> None:
        if self._list.count() < IMPORT_PROBLEMS_MAX or problem.trouble.is_end:
            self._list.addItem(problem_text(problem))
        if self._tabs.count() == 1:
            self._tabs.addTab(self._list, "")
        self._tabs.setTabText(1, self.tr("Problems: {count}").format(count=number_text(self._list.count())))

    def show_end(self, kind: FileType | None, file_name: str, problems: int, folders: Sequence[Folder]) -> None:
        """All is read: say what it is, and offer where to put it."""
        chats = self.table.chats
        self._heading.setText(type_text(kind))
        count = sum(chat.messages for chat in chats)
        files = sum(chat.files for chat in chats)
        words = self.tr("{name}. Chats: {chats}, messages: {messages}, files: {files}.").format(
            name=file_name, chats=number_text(len(chats)), messages=number_text(count), files=number_text(files)
        )
        if chats:
            first, last = min(chat.created_at for chat in chats), max(chat.updated_at for chat in chats)
            words += " " + self.tr("From {first} to {last}.").format(first=_day(first), last=_day(last))
        if self.table.known_count:
            known = number_text(self.table.known_count)
            words += " " + self.tr("Here already and not selected: {count}.").format(count=known)
        self._summary.setText(words)
        if problems > self._list.count() > 0:
            more = number_text(problems - self._list.count())
            self._list.addItem(self.tr("And {count} more.").format(count=more))
            self._tabs.setTabText(1, self.tr("Problems: {count}").format(count=number_text(problems)))
        self._offer_places(kind, folders)
        with_prompts = self.prompts()
        note = self.tr("They are sent to the model with each question. Chats that have one: {count}")
        self._prompts_note.setText(note.format(count=number_text(len(with_prompts))))
        self._prompts.setAccessibleDescription(self._prompts_note.text())
        for widget in (self._prompts, self._show_prompts, self._prompts_note):
            widget.setVisible(bool(with_prompts))
        self._new.setVisible(self.table.known_count > 0)
        for choice in (self._all, self._none, self._count, self._place, self._place_label):
            choice.setVisible(bool(chats))  # there is nothing to choose in a file without chats
        self._show_count()
        if not chats and self._tabs.count() > 1:
            self._tabs.setCurrentIndex(1)

    def prompts(self) -> list[ChatSummary]:
        """The chats that have system prompts."""
        return [chat for chat in self.table.chats if chat.prompts]

    @property
    def takes_prompts(self) -> bool:
        return self._prompts.isChecked()

    @property
    def folder_id(self) -> FolderId | None:
        """Where the chats go to; None for no folder, or a new one."""
        chosen = self._place.currentData()
        return FolderId(chosen) if isinstance(chosen, int) else None

    @property
    def new_folder(self) -> str:
        """Name of the folder to be made."""
        return self._new_name if self._place.currentData() == _NEW else ""

    def _offer_places(self, kind: FileType | None, folders: Sequence[Folder]) -> None:
        program = program_text(kind) if kind is not None else ""
        self._new_name = self.tr("{program}, {day}").format(program=program, day=_day(time.time()))
        self._place.clear()
        self._place.addItem(self.tr("No folder"), None)
        self._place.addItem(self.tr("New folder “{name}”").format(name=self._new_name), _NEW)
        depth: dict[FolderId | None, int] = {None: -1}
        waiting = list(folders)
        for folder in waiting:
            depth[folder.id] = depth.get(folder.parent_id, -1) + 1
            self._place.addItem("    " * depth[folder.id] + folder.name, int(folder.id))
        self._place.setCurrentIndex(0 if kind is FileType.OWN else 1)

    def _show_count(self) -> None:
        chosen = self.table.chosen()
        messages = sum(chat.messages for chat in chosen)
        self._count.setText(
            self.tr("Selected: {chats}, messages in them: {messages}").format(
                chats=number_text(len(chosen)), messages=number_text(messages)
            )
        )
        self.chosen_changed.emit()

    def _lay_out(self) -> None:
        buttons = WrappingRow()
        for button in (self._all, self._none, self._new):
            buttons.addWidget(button)
        below = QGridLayout()
        self._place_label.setWordWrap(False)
        self._place_label.setBuddy(self._place)
        self._place.setAccessibleName(self.tr("Put them into"))
        below.addWidget(self._place_label, 0, 0)
        below.addWidget(self._place, 0, 1)
        below.setColumnStretch(1, 1)
        self._place.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        prompts = WrappingRow()
        prompts.addWidget(self._prompts)
        prompts.addWidget(self._show_prompts)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING)
        layout.addWidget(self._heading)
        layout.addWidget(self._summary)
        layout.addWidget(self._tabs, 1)
        layout.addWidget(self._count)
        layout.addLayout(buttons)
        layout.addLayout(below)
        layout.addLayout(prompts)
        layout.addWidget(self._prompts_note)
        self._prompts.hide()
        self._show_prompts.hide()
        self._prompts_note.hide()
        self._new_name = ""


def _day(time_s: float) -> str:
    return QLocale().toString(QDateTime.fromSecsSinceEpoch(int(time_s)).date(), QLocale.FormatType.ShortFormat)
