"""The structure of blocks in one notation, from our parser and from markdown-it-py on the whole text."""

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.common.utils import unescapeAll
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.footnote import footnote_plugin

from gigadesk.markdown.blocks import (
    Block,
    CodeBlock,
    Footnote,
    Formula,
    Heading,
    ItemList,
    ListItem,
    Paragraph,
    Quote,
    Rule,
    Span,
    Table,
)

MARKS = (("strong", "is_bold"), ("em", "is_italic"), ("s", "is_strike"))


def oracle() -> MarkdownIt:
    options = {"html": False, "tasklists": True, "strikethrough_single_tilde": True}
    parser = MarkdownIt("commonmark", options).use(footnote_plugin, inline=False, move_to_end=False)
    parser.enable(["table", "strikethrough"]).disable(["html_block", "html_inline"])
    parser.validateLink = lambda _: True
    parser.normalizeLink = str
    parser.normalizeLinkText = str
    parser.core.ruler.before("inline", "blanks", _strip_lines)
    return parser


def _strip_lines(state) -> None:
    """Blanks at the begin of a paragraph's line are no part of it; the library forgets them only outside of code."""
    for token in state.tokens:
        if token.type == "inline":
            token.content = re.sub(r"\n[ \t]+", "\n", token.content)


def expected(text: str) -> list[object]:
    """What markdown-it-py finds in a text.

    A tick alone is an item without anything in it, not one with an empty paragraph. Without a line end the library
    forgets the last line of a code if that is blank.
    """
    tokens = oracle().parse(text if text.endswith("\n") else text + "\n")
    nodes = [_node(node) for node in SyntaxTreeNode(tokens).children]
    # Of nothing but definitions we make an empty paragraph, which holds their source.
    return nodes if nodes or not text.strip() else [("p", [])]


def shown(blocks: Sequence[Block]) -> list[object]:
    """Our blocks in the same notation; pieces of one block are put together again."""
    result: list[object] = []
    for block in blocks:
        value = _block(block)
        if block.continues and result:
            result[-1] = _join(result[-1], value)
        else:
            result.append(value)
    return result


def _join(first, second):
    kind = first[0]
    match kind:
        case "p":
            return ("p", merge([*first[1], (" ", frozenset(), ""), *second[1]]))
        case "code":
            return ("code", first[1], first[2] + "\n" + second[2])
        case "list":
            return ("list", first[1], first[2], _join_items(first[3], second[3]))
        case "quote":
            return ("quote", _join_blocks(first[1], second[1]))
        case "note":
            return ("note", first[1], _join_blocks(first[2], second[2]))
        case "table":
            return ("table", first[1], first[2] + second[2])
    raise AssertionError(kind)


def _join_items(first, second):
    if second and second[0][2]:
        last = first[-1]
        return [*first[:-1], (last[0], _join_blocks(last[1], second[0][1]), last[2]), *second[1:]]
    return [*first, *second]


def _join_blocks(first, second):
    if first and second and isinstance(second[0], Continued):
        return [*first[:-1], _join(first[-1], second[0]), *second[1:]]
    return [*first, *second]


class Continued(tuple):
    """A block that goes on."""

    __slots__ = ()


def _block(block: Block):
    value = _plain(block)
    return Continued(value) if block.continues else value


def _plain(block: Block):
    match block:
        case Paragraph():
            return ("p", spans(block.spans))
        case Heading():
            return (f"h{block.level}", spans(block.spans))
        case CodeBlock():
            return ("code", block.language, block.text)
        case Formula():
            return ("formula", block.text)
        case Rule():
            return ("hr",)
        case Quote():
            return ("quote", [_block(child) for child in block.blocks])
        case Footnote():
            return ("note", block.label, [_block(child) for child in block.blocks])
        case ItemList():
            has_text = any(isinstance(child, Paragraph) for item in block.items for child in item.blocks)
            # Only paragraphs show how tight a list is.
            return ("list", block.start, block.is_tight or not has_text, [_item(item) for item in block.items])
        case Table():
            rows = [
                [spans(cell) for cell in row] for row in ((block.header, *block.rows) if block.header else block.rows)
            ]
            return ("table", [align.value for align in block.aligns], rows)


def _item(item: ListItem):
    return (item.is_checked, [_block(child) for child in item.blocks], item.continues)


def spans(values: Sequence[Span]):
    return merge(
        [
            (
                span.footnote or span.text,
                frozenset(
                    [name for name, field in MARKS if getattr(span, field)]
                    + ["code"] * span.is_code
                    + ["image"] * span.is_image
                    + ["footnote"] * bool(span.footnote)
                ),
                span.link,
            )
            for span in values
        ]
    )


def merge(values):
    result = []
    for text, marks, link in values:
        if result and result[-1][1:] == (marks, link):
            result[-1] = (result[-1][0] + text, marks, link)
        else:
            result.append((text, marks, link))
    return [value for value in result if value[0] or "image" in value[1]]


def _node(node: SyntaxTreeNode):
    match node.type:
        case "paragraph":
            return ("p", _inline(node))
        case "heading":
            return (node.tag, _inline(node))
        case "fence":
            words = unescapeAll(node.info).split()
            return ("code", words[0].lower() if words else "", node.content.removesuffix("\n"))
        case "code_block":
            return ("code", "", node.content.removesuffix("\n"))
        case "hr":
            return ("hr",)
        case "blockquote":
            return ("quote", [_node(child) for child in node.children])
        case "bullet_list" | "ordered_list":
            start = None if node.type == "bullet_list" else int(node.attrs.get("start", 1))
            tight = not any(
                child.type == "paragraph" and not child.hidden for item in node.children for child in item.children
            )
            items = [
                (item.meta.get("checked"), [_node(child) for child in item.children if not _is_empty(child)], False)
                for item in node.children
            ]
            return ("list", start, tight, items)
        case "footnote_reference":
            return ("note", node.meta["label"], [_node(child) for child in node.children])
        case "table":
            rows = [row for part in node.children for row in part.children]
            aligns = [(cell.attrs.get("style") or ":default").split(":")[1] for cell in rows[0].children]
            return ("table", aligns, [[_inline(cell) for cell in row.children] for row in rows])
    raise AssertionError(node.type)


def _is_empty(node: SyntaxTreeNode) -> bool:
    return node.type == "paragraph" and not _inline(node)


def _inline(node: SyntaxTreeNode):
    result = []
    _collect(node.children[0].children if node.children else [], frozenset(), "", result)
    values = merge(result)
    if values:
        values[0] = (values[0][0], *values[0][1:])
    return values


def _collect(nodes, marks, link, result):
    for node in nodes:
        match node.type:
            case "strong" | "em" | "s":
                _collect(node.children, marks | {node.type}, link, result)
            case "link":
                _collect(node.children, marks, node.attrs["href"], result)
            case "softbreak":
                result.append((" ", marks, link))
            case "hardbreak":
                result.append(("\n", marks, link))
            case "code_inline":
                result.append((node.content, marks | {"code"}, link))
            case "image":
                inner = []
                _collect(node.children, frozenset(), "", inner)
                result.append(("".join(value[0] for value in inner), marks | {"image"}, node.attrs["src"]))
            case "footnote_ref":
                result.append((node.meta["label"], marks | {"footnote"}, ""))
            case _:
                result.append((node.content, marks, link))
