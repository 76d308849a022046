"""What is copied of parts of everything, in three formats, and where the limits are."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, QPointF
from PySide6.QtGui import QGuiApplication

from gigadesk.markdown import parse
from gigadesk.markdown.blocks import CodeBlock
from gigadesk.ui.transcript.copy.clipboard import AT_ONCE_MAX_CHARS, COPIED_MAX_CHARS, MARKDOWN_TYPE, WRITTEN_MAX_CHARS
from gigadesk.ui.transcript.copy.copied import stretch_of
from gigadesk.ui.transcript.copy.html_writer import document, html_text
from gigadesk.ui.transcript.copy.plain_writer import plain_text
from gigadesk.ui.transcript.layout.pieces import length
from gigadesk.ui.transcript.selecting.selection import SelectedBlock
from tests.ui.transcript.transcript_support import (
    LONG,
    answer,
    begun,
    point_of,
    position,
    selected_text,
    settle,
    shown,
    user,
)
from tests.work import calls

PARTS = {
    "cut in bold": ("a **bold word** b", 3, 8, "**old w**", "old w"),
    "cut in a link": ("see [the manual](https://e.x) now", 6, 12, "[e manu](https://e.x)", "e manu"),
    "cut in code": ("run `make all` now", 4, 8, "`make`", "make"),
    "bold and italic": ("***both** it*", 2, 7, "***th** it*", "th it"),
    "one item": ("- one\n- two", 4, 7, "two", "two"),
    "numbers go on": ("4. one\n5. two\n6. three", 4, 10, "5. two\n6. th", "5. two\n6. th"),
    "a cell": ("| a | b |\n|---|---|\n| one | **two** |", 9, 11, "**wo**", "wo"),
    "rows": (
        "| a | b |\n|:--|--:|\n| one | two |\n| three | four |",
        8,
        17,
        "|  |  |\n|:--|--:|\n|  | two |\n| three |  |",
        "\ttwo\nthree\t",
    ),
    "lines of code": ("```python\none = 1\ntwo = 2\n```", 0, 11, "```python\none = 1\ntwo\n```", "one = 1\ntwo"),
    "in a line of code": ("```python\none = 1\n```", 0, 3, "one", "one"),
    "a star is a star": ("2 \\* 3 \\*x\\* # y", 0, 9, "2 * 3 \\*x\\*", "2 * 3 *x*"),
    "a task": ("- [x] done\n- [ ] open", 1, 8, "- [x] one\n- [ ] ope", "☑ one\n☐ ope"),
    "a footnote": ("text[^a] on\n\n[^a]: the note", 2, 8, "xt[^a] on", "xt[1] on"),
}


@pytest.mark.parametrize(("source", "start", "end", "markdown", "plain"), PARTS.values(), ids=PARTS)
def test_a_part_of_a_block_is_valid_markdown_of_that_part(source, start, end, markdown, plain):
    block = parse(source)[0]

    stretch = stretch_of([SelectedBlock(block, start, end)], source, is_user=False)

    assert stretch.markdown == markdown
    assert plain_text(stretch.blocks) == plain


WORDS = [
    *(
        "one",
        "пр😀",
        "**bold**",
        "*it*",
        "`code`",
        "[link](https://e.x/a)",
        "a_b_c",
        "~~gone~~",
        "2 * 3",
        "1.",
        "#",
        "-",
    ),
    *("> q", "&amp;", "\\*", "<b>", "![alt](u)", "$x$", "www.e.com", "**a *b* c**", "x|y", "`", "**", "_", "[", "]"),
]
BETWEEN = [
    *(" ", "\n", "\n- ", "\n\n", "\n1. ", "\n> ", "\n  - ", "\\\n", "\n# "),
    "\n\n| a | b |\n|---|---|\n| c | d |\n\n",
    "\n\n```py\nx = `1`\n\ny\n```\n\n",
]


@st.composite
def parts(draw):
    """A text, one of its blocks, and two places in it."""
    pieces = draw(st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(BETWEEN)), min_size=1, max_size=6))
    source = "".join(word + between for word, between in pieces)
    blocks = [block for block in parse(source) if length(block)]
    assume(blocks)
    block = draw(st.sampled_from(blocks))
    start = draw(st.integers(0, length(block) - 1))
    return source, block, start, draw(st.integers(start + 1, length(block)))


@given(parts())
def test_the_markdown_of_any_part_reads_back_as_its_words(part):
    source, block, start, end = part

    stretch = stretch_of([SelectedBlock(block, start, end)], source, is_user=False)

    if isinstance(block, CodeBlock):
        assert plain_text(stretch.blocks) == plain_text([replace(block, text=block.text[start:end])])
    else:
        again = plain_text(parse(stretch.markdown))
        assert re.sub(r"\s+", " ", again).strip() == re.sub(r"\s+", " ", plain_text(stretch.blocks)).strip()


@given(parts())
def test_a_whole_block_reads_back_as_itself(part):
    source, block, _, _ = part

    stretch = stretch_of([SelectedBlock(block, 0, length(block))], source, is_user=False)

    assert html_text(parse(stretch.markdown)) == html_text([block])


class Balance(HTMLParser):
    """Fails on an end without a beginning."""

    def __init__(self) -> None:
        super().__init__()
        self.open = []

    def handle_starttag(self, tag, attrs):
        assert dict(attrs).keys() <= {"href", "start", "class", "id", "style", "border", "charset"}
        if tag not in {"br", "hr", "meta"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@given(parts())
def test_the_html_of_any_part_is_balanced_and_has_no_strange_attributes(part):
    source, block, start, end = part
    balance = Balance()

    balance.feed(html_text(stretch_of([SelectedBlock(block, start, end)], source, is_user=False).blocks))
    balance.close()

    assert balance.open == []


def test_a_block_that_needs_a_definition_elsewhere_is_copied_with_its_address(qtbot):
    source = "See [the manual][m] now.\n\nMore.\n\n[m]: https://example.com/manual"
    transcript = shown(qtbot, [answer(1, source)])
    transcript.selection.set(position(0, 0, 0), position(0, 0, len("See the manual now.")))

    assert transcript.selected_markdown() == "See [the manual](https://example.com/manual) now."


def test_an_endless_code_block_is_copied_as_one_wherever_it_was_cut(qtbot):
    code = "\n".join(f"line_{number} = {number}" for number in range(200))
    transcript = shown(qtbot, [answer(1, f"Before.\n\n```python\n{code}\n```\n\nAfter.")])
    blocks = transcript.rows.items[0].blocks
    assert len(blocks) > 4
    transcript.selection.set(position(0, 2, 0), position(0, 3, length(blocks[3])))

    transcript.copy()
    data = QGuiApplication.clipboard().mimeData()
    inner = f"{blocks[2].text}\n{blocks[3].text}"

    assert data.text() == inner
    assert bytes(data.data(MARKDOWN_TYPE).data()).decode() == f"```python\n{inner}\n```"
    assert data.html().count("<pre>") == 1
    transcript.selection.set(position(0, 1, 0), position(0, len(blocks) - 2, 1 << 40))
    assert transcript.selected_markdown() == f"```python\n{code}\n```"


def test_an_endless_paragraph_and_list_are_joined_without_a_seam(qtbot):
    words = "word " * 2000
    items = "\n".join(f"{number}. item" for number in range(1, 200))
    source = f"{words.strip()}\n\n{items}"
    transcript = shown(qtbot, [answer(1, source), user(2, "x")])
    qtbot.waitUntil(lambda: not transcript.is_parsing, timeout=20_000)
    transcript.selection.set(position(0, 0, 5), position(0, len(transcript.rows.items[0].blocks) - 1, 1 << 40))

    text = selected_text(transcript)

    assert text == f"{words.strip()[5:]}\n\n{items}"
    assert QGuiApplication.clipboard().mimeData().html().count("<ol") == 1


def test_the_users_long_text_keeps_its_lines_and_blanks(qtbot):
    text = "\n".join(f"line  {number} " + "*word* " * (number % 30) for number in range(600))
    transcript = shown(qtbot, [user(1, text), answer(2, "x")])
    item = transcript.rows.open(0)
    assert len(item.blocks) > 2
    transcript.selection.set(position(0, 0, 0), position(0, len(item.blocks) - 1, 1 << 40))

    assert selected_text(transcript) == text.rstrip()
    assert "line&nbsp; 5 " in QGuiApplication.clipboard().mimeData().html().replace(" &nbsp;", "&nbsp; ")
    assert transcript.selected_markdown() == text.rstrip()


def menu_texts(menu):
    return {action.text(): action for action in menu.actions()}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Markdown", {"text/plain": "**bold**"}),
        ("Plain text", {"text/plain": "bold"}),
        ("Formatted text", {"text/html": '<meta charset="utf-8"><p><b>bold</b></p>'}),
        ("HTML source", {"text/plain": "<p><b>bold</b></p>"}),
    ],
)
def test_copy_as_puts_one_format_alone_on_the_clipboard(qtbot, name, expected):
    transcript = shown(qtbot, [answer(1, "a **bold** word")])
    transcript.selection.set(position(0, 0, 2), position(0, 0, 6))
    menu = transcript.menu.build(QPointF(point_of(transcript, "bold")))

    menu_texts(menu_texts(menu)["Copy as"].menu())[name].trigger()
    menu.close()

    data = QGuiApplication.clipboard().mimeData()
    assert set(data.formats()) == set(expected)
    assert {mime: bytes(data.data(mime).data()).decode() for mime in data.formats()} == expected


def test_the_whole_conversation_is_copied_in_one_format(qtbot):
    transcript = shown(qtbot, [user(1, "Why?"), answer(2, "**So.**")])
    menu = transcript.menu.build(QPointF(point_of(transcript, "So")))

    menu_texts(menu_texts(menu)["Copy the whole chat as"].menu())["Markdown"].trigger()
    menu.close()

    assert QGuiApplication.clipboard().text() == "**You:**\n\nWhy?\n\n**GigaChat-2:**\n\n**So.**"


def test_a_message_is_copied_in_one_format(qtbot):
    transcript = shown(qtbot, [user(1, "Why?"), answer(2, "**So.**")])

    transcript.copying.copy_message_as(1, "plain")

    assert QGuiApplication.clipboard().text() == "So."


def test_too_much_is_refused_with_words_and_the_clipboard_stays(qtbot):
    part = "word " * (COPIED_MAX_CHARS // 50)
    transcript = shown(qtbot, [user(number, part) for number in range(1, 13)])
    QGuiApplication.clipboard().setText("before")
    notices = []
    transcript.notice_raised.connect(notices.append)

    transcript.select_all()
    transcript.copy()

    assert QGuiApplication.clipboard().text() == "before"
    assert "8.0 MB" in notices[0].text


def test_large_texts_are_copied_as_their_source_and_larger_than_small_ones_when_they_are_asked_for(qtbot):
    middle = "*word* " * (AT_ONCE_MAX_CHARS // 6)
    transcript = shown(qtbot, [answer(1, middle), answer(2, "*word* " * (WRITTEN_MAX_CHARS // 6))])

    transcript.copying.copy_message(0)
    data = QGuiApplication.clipboard().mimeData()
    lazy = (data.text()[:9], data.html()[-22:], bytes(data.data(MARKDOWN_TYPE).data()).decode()[:6])
    transcript.copying.copy_message(1)
    data = QGuiApplication.clipboard().mimeData()

    assert lazy[0] == "word word"
    assert lazy[1].endswith("<i>word</i></p>")
    assert lazy[2] == "*word*"
    assert not data.hasHtml()
    assert data.text().startswith("*word* *word*")


HEAVY = "*word* `code` [link](https://e.x) " * 2_000
HEAVY_PLAIN = "word code link " * 2_000


def copied() -> QMimeData:
    return QGuiApplication.clipboard().mimeData()


def test_of_heavy_texts_the_source_is_there_at_once_and_the_rest_when_another_process_has_written_it(qtbot):
    transcript = shown(qtbot, [user(1, "*a*"), answer(2, HEAVY)])
    transcript.select_all()
    text = transcript.copying._selected()
    transcript.copying.copy_selection()
    at_once = copied().text(), copied().hasHtml()

    qtbot.waitUntil(lambda: copied().hasHtml(), timeout=60_000)

    assert at_once == (text.markdown(), False)
    assert copied().html() == document(text.html())
    assert copied().text() == text.plain()
    assert HEAVY_PLAIN.strip() in copied().text()
    assert bytes(copied().data(MARKDOWN_TYPE).data()).decode() == text.markdown()


def test_what_was_copied_meanwhile_stays(qtbot):
    transcript = shown(qtbot, [answer(1, HEAVY), answer(2, HEAVY)])
    transcript.copying.copy_message(0)
    QGuiApplication.clipboard().setText("other")
    transcript.copying.copy_message_as(1, "rich")
    source = copied().text(), copied().hasHtml()

    qtbot.waitUntil(lambda: copied().hasHtml(), timeout=60_000)

    assert source == (HEAVY.strip("\n"), False)
    assert copied().formats() == ["text/html"]


def test_a_large_part_of_a_message_is_its_source_between_two_ends(qtbot):
    paragraphs = [f"Paragraph **number {number}** with `code`" for number in range(4_000)]
    transcript = shown(qtbot, [answer(1, "\n\n".join(paragraphs))])
    item = transcript.rows.open(0)
    while item.has_unparsed_text:
        item.parse_more()
    texts = {}
    ways = (((10, 14), (3_000, 11)), ((10, 0), (3_000, 1 << 40)), ((10, 14), (1 << 40, 0)), ((10, 1 << 30), (3_000, 0)))
    for first, last in ways:
        transcript.selection.set(position(0, *first), position(0, *last))
        work = calls(lambda last=last: texts.update({last: transcript.selected_markdown()}))
        assert work < 3_000

    middle = "\n\n".join(paragraphs[11:3_000])
    assert texts[3_000, 11] == f"**er 10** with `code`\n\n{middle}\n\nParagraph **n**"
    assert texts[3_000, 1 << 40] == f"{paragraphs[10]}\n\n{middle}\n\n{paragraphs[3_000]}"
    assert texts[3_000, 0] == middle
    assert texts[1 << 40, 0] == "**er 10** with `code`\n\n" + "\n\n".join(paragraphs[11:])


def test_a_large_part_of_what_is_not_parsed_yet_is_copied_without_parsing_it(qtbot):
    text = "\n\n".join(f"Paragraph **number {number}**" for number in range(20_000))
    transcript = begun(qtbot, [answer(1, text), user(2, "next")])
    parsed = len(transcript.rows.open(0).blocks)
    transcript.selection.set(position(0, 1, 0), position(1, 0, 2))

    transcript.copying.copy_selection()

    assert copied().text().count("Paragraph") == 19_999
    assert copied().text().endswith("ne")
    assert len(transcript.rows.open(0).blocks) == parsed < 20_000


def test_a_large_part_of_thoughts_and_answer_is_both(qtbot):
    thoughts = "\n\n".join(f"thought {number}" for number in range(2_000))
    reply = "\n\n".join(f"*word {number}*" for number in range(4_000))
    view = answer(1, reply)
    transcript = shown(qtbot, [replace(view, message=replace(view.message, reasoning=thoughts))])
    item = transcript.rows.items[0]
    item.set_folded(is_folded=False)
    while item.has_unparsed_text:
        item.parse_more()
    transcript.selection.set(position(0, 1, 0), position(0, item.thought_count + 3_000, 4))

    copied_text = transcript.selected_markdown()

    assert copied_text.startswith("thought 1\n\nthought 2\n")
    assert "thought 1999\n\n*word 0*\n\n*word 1*" in copied_text
    assert copied_text.endswith("*word 2999*\n\n*word*")


def test_what_the_terminal_would_obey_is_not_copied(qtbot):
    transcript = shown(qtbot, [user(1, "ls\x1b[2J\x07 now"), answer(2, "x")])
    transcript.selection.set(position(0, 0, 0), position(0, 0, 1 << 20))

    assert "\x1b" not in selected_text(transcript)
    assert "\x1b" not in QGuiApplication.clipboard().mimeData().html()


def test_selecting_a_hundred_thousand_messages_reads_none_of_them(qtbot):
    transcript = shown(qtbot, [user(number, LONG[:80]) for number in range(1, 20_001)])
    made = len(list(transcript.rows.items.made()))

    transcript.select_all()
    settle(transcript)

    assert len(list(transcript.rows.items.made())) == made
    assert transcript.selection.holds_whole(10_000)
