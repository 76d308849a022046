"""What works and what does not on the way to GigaChat: a line for each step, as it is found out."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from gigadesk import __version__
from gigadesk.gigachat.findings import Finding, Step, Verdict
from gigadesk.ui.settings_dialog.button_row import ButtonRow
from gigadesk.ui.theme import DARK, DARK_BELOW, LIGHT
from gigadesk.ui.widgets.announce import announce
from gigadesk.ui.widgets.icons import DEFAULT_SIZE, pixmap
from gigadesk.ui.widgets.labels import Heading, PlainLabel
from gigadesk.ui.widgets.screen_room import resize_within_screen
from gigadesk.ui.words.finding_words import finding_text, step_text, verdict_text

MARGIN = 24
SPACING = 12
SIZE = (620, 600)
MIN_SIZE = (360, 320)

_ICONS = {Verdict.OK: "check", Verdict.WARNING: "warning", Verdict.FAILED: "close", Verdict.SKIPPED: "chevron-right"}


class DiagnosisDialog(QDialog):
    """Does not block the window; Esc ends the search and closes it.

    Signals:
        again_requested(), stop_requested(): the user's wishes.
    """

    again_requested = Signal()
    stop_requested = Signal()

    def __init__(self, parent: QWidget, account_name: str) -> None:
        super().__init__(parent)
        self._account_name = account_name
        self._is_running = False
        self._findings: dict[Step, Finding] = {}
        self._title = Heading(self, scale=1.2)
        self._summary = PlainLabel(self, kind="muted")
        self._area = QScrollArea(self)
        self._area.setProperty("kind", "bare")
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QWidget(self._area)
        self._rows = {step: _Row(column, step) for step in Step}
        self._again, self._stop, self._copy, self._close = (QPushButton(self) for _ in range(4))
        self._close.setDefault(True)
        self._buttons = ButtonRow(self, self._again, self._stop, self._copy, self._close)
        lines = QVBoxLayout(column)
        lines.setContentsMargins(0, 0, MARGIN, 0)
        lines.setSpacing(SPACING)
        for row in self._rows.values():
            lines.addWidget(row)
        lines.addStretch(1)
        self._area.setWidget(column)
        self._area.viewport().setAutoFillBackground(False)
        column.setAutoFillBackground(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, 0, MARGIN)
        layout.setSpacing(SPACING)
        for widget in (self._title, self._summary):
            layout.addWidget(widget)
        layout.addWidget(self._area, 1)
        layout.addWidget(self._buttons)
        self.setMinimumSize(*MIN_SIZE)
        resize_within_screen(self, *SIZE)
        self._again.clicked.connect(self.again_requested)
        self._stop.clicked.connect(self.stop_requested)
        self._copy.clicked.connect(self._on_copy_clicked)
        self._close.clicked.connect(self.reject)
        self._retranslate()

    def open(self) -> None:
        """Show the window; the rest of the program stays usable."""
        self.setWindowModality(Qt.WindowModality.NonModal)
        self.show()
        self.raise_()
        self.activateWindow()
        self._close.setFocus()

    def begin(self) -> None:
        """The search begins (anew)."""
        self._findings.clear()
        self._is_running = True
        for row in self._rows.values():
            row.show_waiting()
        self._rows[Step.CLOCK].show_working()
        self._retranslate()

    def add(self, finding: Finding) -> None:
        """One step has been found out."""
        self._findings[finding.step] = finding
        self._rows[finding.step].show_finding(finding)
        waiting = [step for step in Step if step not in self._findings]
        if waiting:
            self._rows[waiting[0]].show_working()

    def end(self) -> None:
        """The search is over, or was stopped."""
        self._is_running = False
        for step, row in self._rows.items():
            if step not in self._findings:
                row.show_waiting()
        self._retranslate()
        announce(self, self._summary.text())

    def report(self) -> str:
        """All of it as text for whoever is asked for help. Holds no secret: findings have none."""
        lines = [f"GigaDesk {__version__}", self._summary.text(), ""]
        for step, finding in self._findings.items():
            lines.append(f"[{verdict_text(finding.verdict)}] {step_text(step)}")
            lines += [f"    {line}" for line in finding_text(finding).splitlines()]
        return "\n".join(lines) + "\n"

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Diagnosis"))
        self._title.setText(self.tr("Diagnosis of “{name}”").format(name=self._account_name))
        self._summary.setText(self._summary_text())
        self._again.setText(self.tr("Look again"))
        self._stop.setText(self.tr("Stop"))
        self._copy.setText(self.tr("Copy"))
        self._copy.setToolTip(self.tr("Copy the result; it holds no key and no password"))
        self._copy.setAccessibleDescription(self._copy.toolTip())
        self._close.setText(self.tr("Close"))
        had_focus = self._stop.hasFocus() or self._again.hasFocus()
        self._buttons.show_buttons(self._stop if self._is_running else self._again, self._copy, self._close)
        if had_focus:
            (self._stop if self._is_running else self._again).setFocus()

    def _summary_text(self) -> str:
        if self._is_running:
            return self.tr("GigaDesk goes the way to GigaChat step by step. It costs no tokens.")
        verdicts = {finding.verdict for finding in self._findings.values()}
        if len(self._findings) < len(Step):
            return self.tr("The search was stopped.")
        if Verdict.FAILED in verdicts:
            return self.tr("Something is wrong: see the lines in red.")
        if Verdict.WARNING in verdicts:
            return self.tr("It works, but something deserves attention.")
        return self.tr("Everything is all right.")

    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self.report())
        self._copy.setText(self.tr("Copied"))


class _Row(QWidget):
    """One step: a sign, its name, and what was found."""

    def __init__(self, parent: QWidget, step: Step) -> None:
        super().__init__(parent)
        self._step = step
        self._finding: Finding | None = None
        self._is_working = False
        self._sign = QLabel(self)
        self._sign.setFixedWidth(DEFAULT_SIZE)
        self._name = Heading(self)
        self._text = PlainLabel(self, kind="muted")
        self._text.make_selectable()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._name)
        words.addWidget(self._text)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING)
        layout.addWidget(self._sign, alignment=Qt.AlignmentFlag.AlignTop)
        layout.addLayout(words, 1)
        self._retranslate()

    def show_waiting(self) -> None:
        self._finding, self._is_working = None, False
        self._retranslate()

    def show_working(self) -> None:
        self._finding, self._is_working = None, True
        self._retranslate()

    def show_finding(self, finding: Finding) -> None:
        self._finding, self._is_working = finding, False
        self._retranslate()
        announce(self, f"{step_text(self._step)}: {verdict_text(finding.verdict)}")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in {QEvent.Type.LanguageChange, QEvent.Type.PaletteChange, QEvent.Type.FontChange}:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        name = step_text(self._step)
        self._name.setText(name)
        text = self.tr("Looking…") if self._is_working else ""
        verdict = self._finding.verdict if self._finding is not None else None
        if self._finding is not None:
            text = finding_text(self._finding) or verdict_text(self._finding.verdict)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self.setAccessibleName(f"{name}: {verdict_text(verdict)}" if verdict is not None else name)
        self.setAccessibleDescription(text)
        icon_name = "clock" if verdict is None else _ICONS[verdict]
        self._sign.setPixmap(pixmap(icon_name, self._color(verdict), DEFAULT_SIZE, self.devicePixelRatioF()))

    def _color(self, verdict: Verdict | None) -> QColor:
        is_dark = self.palette().color(QPalette.ColorRole.Window).lightness() < DARK_BELOW
        theme = DARK if is_dark else LIGHT
        return {
            Verdict.OK: theme.accent,
            Verdict.WARNING: theme.warning,
            Verdict.FAILED: theme.danger,
            Verdict.SKIPPED: theme.text_faint,
            None: theme.text_faint,
        }[verdict]
