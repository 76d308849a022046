"""Whether open blocks go on in a line. Source: https://spec.commonmark.org/0.31.2/#phase-1-block-structure."""

from gigadesk.markdown import starts
from gigadesk.markdown.line import Line
from gigadesk.markdown.nodes import Kind, Node


def goes_on(node: Node, line: Line, *, is_tip: bool) -> bool:
    """Whether a line belongs to an open block as far as its begin shows; if so, goes on behind that begin."""
    if node.kind is Kind.PARAGRAPH:  # as mostly
        return not line.is_blank
    match node.kind:
        case Kind.LIST:
            return True
        case Kind.QUOTE:
            if line.is_indented or line.char != ">":
                return False
            starts.skip_quote_marker(line)
            return True
        case Kind.FENCE:
            return True
        case Kind.FOOTNOTE if line.is_blank:
            line.skip_blanks()
            return True
        case Kind.ITEM if line.is_blank:
            line.skip_blanks()
            return not is_tip or bool(node.children) or node.continues
        case Kind.INDENTED if line.is_blank and not line.is_indented:
            line.skip_blanks()
            return True
        case Kind.ITEM | Kind.FOOTNOTE | Kind.INDENTED:
            columns = 4 if node.kind is Kind.INDENTED else node.indent
            if line.indent < columns:
                return False
            line.skip(columns)
            return True
        case _:
            return not line.is_blank
