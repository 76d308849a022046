"""What is wrong with a regular expression, in plain words."""

from PySide6.QtCore import QCoreApplication


def expression_fault(detail: str) -> str:
    """Words for what Python's `re` says; the usual slips by name, all else in general."""
    faults = {
        "missing ), unterminated subpattern": QCoreApplication.translate(
            "ExpressionFault", "A bracket ( is not closed"
        ),
        "unbalanced parenthesis": QCoreApplication.translate("ExpressionFault", "A bracket ) was not opened"),
        "unterminated character set": QCoreApplication.translate("ExpressionFault", "A bracket [ is not closed"),
        "nothing to repeat": QCoreApplication.translate("ExpressionFault", "There is nothing to repeat"),
        "multiple repeat": QCoreApplication.translate("ExpressionFault", "Two signs of repetition in a row"),
        "bad escape (end of pattern)": QCoreApplication.translate(
            "ExpressionFault", "There is nothing behind the last \\"
        ),
        "look-behind requires fixed-width pattern": QCoreApplication.translate(
            "ExpressionFault", "What is looked back at must have one length"
        ),
    }
    if detail in faults:
        return faults[detail]
    if detail.startswith("bad escape"):
        return QCoreApplication.translate("ExpressionFault", "{escape} means nothing").format(
            escape=detail.removeprefix("bad escape ")
        )
    if detail.startswith("bad character range"):
        return QCoreApplication.translate("ExpressionFault", "The range {range} runs backwards").format(
            range=detail.removeprefix("bad character range ")
        )
    return QCoreApplication.translate("ExpressionFault", "Not a valid expression")
