"""What can be done with a code: copy, save, wrap, number, fold. Its pieces act as one."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QPoint, QPointF
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QToolTip

from gigadesk.ui.transcript.arrangement import Anchor
from gigadesk.ui.transcript.layout import code_chains
from gigadesk.ui.transcript.layout.boxes import ZoneKind
from gigadesk.ui.transcript.layout.code_facts import CodeFacts
from gigadesk.ui.transcript.layout.letters import HIDDEN_CHARACTERS
from gigadesk.ui.transcript.messages.rows import RowKey
from gigadesk.ui.transcript.words import block_words

if TYPE_CHECKING:
    from gigadesk.ui.file_saving import FileSaver
    from gigadesk.ui.transcript.view import Transcript
    from gigadesk.ui.transcript.zones import FoundZone

KINDS = frozenset(
    {ZoneKind.COPY_CODE, ZoneKind.CODE_SAVE, ZoneKind.CODE_WRAP, ZoneKind.CODE_NUMBERS, ZoneKind.CODE_FOLD}
)


class CodeActions(QObject):
    """Knows a code by the row of one of its pieces and its number among the codes of that row."""

    def __init__(self, view: "Transcript") -> None:
        super().__init__(view)
        self._view = view
        self._saver: FileSaver | None = None

    def activate(self, found: "FoundZone") -> None:
        """Do what a click on one of the buttons means."""
        number = int(found.zone.value.partition(" ")[0])
        self.do(found.zone.kind, found.row, number)
        if found.zone.kind is ZoneKind.COPY_CODE:
            self._view.copying.show_copied(found.key)
            self._warn(found, self.text(found.row, number))
        elif found.zone.value.endswith("foot") and self._view.highlights.focused_zone == found.key:
            # The line has moved; the button in the header stays.
            self._focus_header(found.row, number)

    def do(self, kind: ZoneKind, row: RowKey, number: int) -> None:
        """The same for a code that is not clicked."""
        match kind:
            case ZoneKind.COPY_CODE:
                QGuiApplication.clipboard().setText(self.text(row, number))
            case ZoneKind.CODE_SAVE:
                self.save(row, number)
            case ZoneKind.CODE_WRAP | ZoneKind.CODE_NUMBERS | ZoneKind.CODE_FOLD:
                self.toggle(kind, row, number)

    def text(self, row: RowKey, number: int) -> str:
        """The whole code, without line ends behind it and without control characters, as it is to be pasted."""
        from gigadesk.ui.transcript.copy.plain_writer import code_text

        item = self._view.rows.open(row.message)
        pieces = self._pieces(row, number)
        while item.has_unparsed_text and pieces and pieces[-1].at == len(item.blocks) - 1:
            # A very long answer may be wanted before all of it has been looked at.
            item.parse_more()
            pieces = self._pieces(row, number)
        texts = []
        for index, code in pieces:
            source = item.text_behind(index)[code.source.start : code.source.end]
            texts.append(code_text(code.text, source))
        return code_chains.joined(texts, [piece.code for piece in pieces]).rstrip("\n")

    def save(self, row: RowKey, number: int) -> None:
        """Ask where to save the whole code."""
        from gigadesk.ui.transcript.layout.code_names import file_name

        pieces = self._pieces(row, number)
        if not pieces:
            return
        index, first = pieces[0]
        source = self._view.rows.open(row.message).text_behind(index)[first.source.start : first.source.end]
        facts = self.facts(row, number)
        guessed = facts.colors.language if facts is not None and facts.colors is not None else ""
        text = self.text(row, number)
        if self._saver is None:
            from gigadesk.ui.file_saving import FileSaver

            self._saver = FileSaver(self._view)
        name = file_name(first.language or guessed, source.partition("\n")[0], text)
        self._saver.save((text + "\n").encode("utf-8", "replace"), name)

    def toggle(self, kind: ZoneKind, row: RowKey, number: int) -> None:
        """Wrap or do not wrap, number or do not number, fold or unfold; what is read stays where it is."""
        view = self._view
        view.show_pending()
        item = view.rows.open(row.message)
        code = code_chains.code_at(item.blocks[row.row - 1], number)
        facts = self.facts(row, number)
        if code is None or facts is None:
            return
        match kind:
            case ZoneKind.CODE_WRAP:
                wanted = replace(facts.view, is_wrapped=not facts.view.is_wrapped)
            case ZoneKind.CODE_NUMBERS:
                wanted = replace(facts.view, has_numbers=not facts.view.has_numbers)
            case _:
                wanted = replace(facts.view, is_unfolded=facts.is_folded)
        view.stage.arrange()
        view.scrolling.line.note()
        item.set_code_view(row.row - 1, code, wanted)
        view.rows.adopt_height(row.message)
        view.follow.scrolled_up()
        if kind is ZoneKind.CODE_FOLD:
            self._keep_in_sight(row, number, is_folded=not facts.is_folded)
        view.refresh()

    def facts(self, row: RowKey, number: int) -> CodeFacts | None:
        """All that is known of a code; None if there is none."""
        item = self._view.rows.open(row.message)
        if not 0 < row.row <= len(item.blocks):
            return None
        code = code_chains.code_at(item.blocks[row.row - 1], number)
        return item.body.code_facts(row.row - 1, number, code) if code is not None else None

    def find(self, row: RowKey, point: QPointF) -> int | None:
        """The number of the code at a point that counts from the corner of its row's box."""
        for spot in self._view.rows.box(row).codes:
            if spot.top <= point.y() < spot.bottom:
                return spot.facts.number
        return None

    def add_to(self, menu: QMenu, row: RowKey, number: int) -> None:
        """Offer in a menu what the buttons do."""
        facts, words = self.facts(row, number), block_words()
        if facts is None:
            return
        menu.addSeparator()
        entries = [
            (ZoneKind.COPY_CODE, words.copy_code),
            (ZoneKind.CODE_SAVE, words.save_code),
            (ZoneKind.CODE_WRAP, words.unwrap_lines if facts.view.is_wrapped else words.wrap_lines),
            (ZoneKind.CODE_NUMBERS, words.hide_line_numbers if facts.view.has_numbers else words.show_line_numbers),
        ]
        if facts.can_fold:
            fold = words.show_lines.format(count=facts.lines) if facts.is_folded else words.fold_code
            entries.append((ZoneKind.CODE_FOLD, fold))
        for kind, text in entries:
            menu.addAction(text, partial(self.do, kind, row, number))

    def _pieces(self, row: RowKey, number: int) -> list[code_chains.CodePiece]:
        blocks = self._view.rows.open(row.message).blocks
        code = code_chains.code_at(blocks[row.row - 1], number) if 0 < row.row <= len(blocks) else None
        return code_chains.whole(blocks, row.row - 1, code) if code is not None else []

    def _keep_in_sight(self, row: RowKey, number: int, *, is_folded: bool) -> None:
        """Nothing above a code moves when it unfolds. When it folds, its header must be in sight."""
        view = self._view
        pieces = self._pieces(row, number)
        if not pieces:
            return
        first = RowKey(row.message, pieces[0].at + 1)
        is_header_in_sight = any(placed.key == first and placed.y >= 0 for placed in view.arranger.placed)
        if is_folded and not is_header_in_sight:
            view.arranger.anchor = Anchor(first, view.rows.items[row.message].gap(first.row))

    def _focus_header(self, row: RowKey, number: int) -> None:
        view = self._view
        view.arranged()
        for found in view.zones.in_sight():
            is_same = found.zone.kind is ZoneKind.CODE_FOLD and found.zone.value == str(number)
            if is_same and found.row.message == row.message and found.row.row <= row.row:
                view.highlights.focused_zone = found.key

    def _warn(self, found: "FoundZone", text: str) -> None:
        """Say calmly, beside the button, what of the copied code cannot be seen."""
        count = len(HIDDEN_CHARACTERS.findall(text))
        if not count:
            return
        words = QCoreApplication.translate(
            "Transcript", "Copied. Mind that it contains hidden characters: {count}"
        ).format(count=count)
        view = self._view
        corner = view.zones.rect(found).bottomLeft().toPoint() + QPoint(0, 4)
        QToolTip.showText(view.viewport().mapToGlobal(corner), words, view.viewport())
        view.screen_reading.say(words)
