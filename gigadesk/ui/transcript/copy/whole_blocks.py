"""The blocks of a whole text, without seams. Pure."""

from gigadesk.markdown.blocks import Block
from gigadesk.ui.transcript.copy.joining import joined
from gigadesk.ui.transcript.copy.plain_blocks import plain_blocks


def blocks_of(text: str, *, is_user: bool) -> list[Block]:
    """What is shown of it; the user's own is shown letter by letter."""
    if is_user:
        return joined(plain_blocks(text), text)
    # Loaded late: the first window needs no parser.
    from gigadesk.markdown import parse

    return joined(parse(text), text)
