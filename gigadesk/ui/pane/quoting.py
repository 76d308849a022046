"""A quotation in Markdown. Pure."""


def quoted(markdown: str) -> str:
    """The text as a quotation, with the empty line behind it that ends one."""
    lines = markdown.strip("\n").split("\n")
    return "\n".join(f"> {line}".rstrip() for line in lines) + "\n\n"
