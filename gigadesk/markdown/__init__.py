"""Answer text to blocks, incrementally, and code to colours. Pure.

    parser = Parser()
    first_changed = parser.feed(delta)   # while it streams
    parser.finish()
    parser.blocks

Law: feeding a text in any pieces and finishing gives the same blocks as `parse(text)`.
The library below is imported with the first text, not with this package.
"""

from gigadesk.markdown.parser import Parser, parse

__all__ = ["Parser", "parse"]
