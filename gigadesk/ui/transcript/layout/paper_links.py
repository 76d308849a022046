"""Links that work in a PDF: Qt makes them of a text's format."""

from PySide6.QtGui import QTextCharFormat


def linked(text_format: QTextCharFormat, target: str) -> QTextCharFormat:
    """The format with a link to an address of the web or of mail; as it was for all that is not opened unasked."""
    # Loaded late: the first window needs no addresses.
    from gigadesk.ui.links import Reason, Verdict, read_link

    link = read_link(target)
    # What would be asked about first is no link in a file that opens without us.
    if link.verdict is not Verdict.OPEN and link.reasons != (Reason.NOT_ENCRYPTED,):
        return text_format
    result = QTextCharFormat(text_format)
    result.setAnchor(True)
    result.setAnchorHref(link.target)
    return result
