"""Asks for a folder."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from gigadesk.ui.widgets.dialogs import show_and_wait
from gigadesk.ui.widgets.file_dialog import name_fields


async def choose_folder(window: QWidget, title: str, start: Path) -> Path | None:
    """Ask for a folder; None when none was chosen."""
    dialog = QFileDialog(window, title, str(start))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly, on=True)
    name_fields(dialog)
    chosen: list[str] = []
    dialog.fileSelected.connect(chosen.append)
    await show_and_wait(dialog)
    return Path(chosen[0]) if chosen and chosen[0] else None
