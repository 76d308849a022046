"""What is selected in the list, as ranges of rows: a hundred thousand rows may be, and none of them is touched."""

from PySide6.QtCore import QItemSelectionModel


def selected_ranges(selection: QItemSelectionModel) -> list[tuple[int, int]]:
    """First and last rows, from top to bottom."""
    return sorted((each.top(), each.bottom()) for each in selection.selection().toList())


def selected_rows(selection: QItemSelectionModel) -> int:
    """How many rows are selected, headings among them included."""
    return sum(last - first + 1 for first, last in selected_ranges(selection))
