"""Footnotes: references, definitions where they stand, and numbers that never change."""

from gigadesk.markdown import Parser, parse
from gigadesk.markdown.blocks import CodeBlock, Footnote, ItemList, Paragraph, Span


def numbers(text):
    return [span.text for block in parse(text) if isinstance(block, Paragraph) for span in block.spans if span.footnote]


def test_reference_is_the_number_of_its_note():
    blocks = parse("a[^x] b\n\n[^x]: note\n")

    assert blocks[0].spans == (Span("a"), Span("1", footnote="x"), Span(" b"))
    assert (blocks[1].label, blocks[1].number) == ("x", 1)
    assert blocks[1].blocks[0].spans == (Span("note"),)


def test_notes_are_numbered_in_their_order():
    assert numbers("[^b] [^a]\n\n[^a]: A\n[^b]: B\n\n[^A]\n") == ["2", "1", "1"]


def test_second_definition_of_a_label_is_shown_with_the_number_of_the_first():
    blocks = parse("[^a]: one\n\n[^b]: two\n\n[^A]: three\n")

    assert [block.number for block in blocks] == [1, 2, 1]


def test_note_holds_paragraphs_code_and_lists_by_indentation():
    note = parse("[^a]: one\n\n    two\n\n        code\n\n    - item\n\nafter\n")[0]

    assert [type(block) for block in note.blocks] == [Paragraph, Paragraph, CodeBlock, ItemList]


def test_reference_without_a_definition_is_text():
    assert parse("a[^x]")[0].spans == (Span("a[^x]"),)


def test_references_written_one_after_the_other_stay_two():
    spans = parse("a[^x][^y]\n\n[^x]: X\n[^y]: Y\n")[0].spans

    assert spans == (Span("a"), Span("1", footnote="x"), Span("2", footnote="y"))


def test_label_never_names_a_link():
    blocks = parse("[text][^x]\n\n[^x]: https://a.b\n")

    assert blocks[0].spans == (Span("[text]"), Span("1", footnote="x"))


def test_late_note_changes_only_the_blocks_that_refer_to_it():
    parser = Parser("uses [^a]\n\nplain\n\n- in [^A] a list\n\nuses [^b]\n\nend\n\n")
    before = list(parser.blocks)

    first_changed = parser.feed("[^a]: note\n\n")

    assert first_changed == 0
    same = [old is new for old, new in zip(before, parser.blocks, strict=False)]
    assert same == [False, True, False, True, True]


def test_number_of_a_note_stays_when_others_come():
    parser = Parser("[^a] [^b]\n\n[^b]: B\n\n")
    before = parser.blocks[0].spans

    parser.feed("[^a]: A\n\n")

    assert before == (Span("[^a] "), Span("1", footnote="b"))
    assert parser.blocks[0].spans == (Span("2", footnote="a"), Span(" "), Span("1", footnote="b"))


def test_note_is_shown_as_one_while_it_comes():
    parser = Parser("text [^a]\n\n[^a]: no")

    assert isinstance(parser.blocks[1], Footnote)
    assert parser.blocks[1].blocks[0].spans == (Span("no"),)


def test_long_note_is_cut_into_pieces_of_one_note():
    text = "[^a]: begin\n\n" + "    a line of text\n\n" * 300

    blocks = parse(text)

    assert len(blocks) > 2
    assert {block.number for block in blocks} == {1}
    assert [block.continues for block in blocks] == [False] + [True] * (len(blocks) - 1)
