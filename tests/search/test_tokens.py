"""What is between spaces, taken apart, is what the text is, taken apart: the quick way and the plain one agree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gigadesk.chat import Role
from gigadesk.search import tokens
from gigadesk.search.documents import Content, document_of
from gigadesk.search.pairs import (
    NO_CODE,
    code_of,
    common_forms,
    pairs_in,
    pairs_of,
    terms_of,
)
from gigadesk.search.stems import stem
from gigadesk.search.tokens import TOKENS, tokens_in
from gigadesk.search.words import (
    CHUNK,
    SIGNED,
    TURN,
    WORD_MAX_CHARS,
    elements_of,
    plain,
    signed_term,
    stems_in,
    turned_anywhere,
    turned_in,
    whole_of,
    words_in,
)

ODD = [
    "getUserName2",
    "веб-сервис",
    "os.path",
    "don't",
    "за\u0301мок",
    "日本語です",
    "ﬁne\u00a8x",
    "Ё",
    "ёж",
    "x_1.y",
    "ＡＢ",
    "C++,",
    "(с#",
]
LETTERS = "абвёйАБЁabcABC019 .,:;!?()-_'’«»\"`*\n\t\u00ad\u0301\u200b日本"
TEXTS = st.lists(st.sampled_from(ODD) | st.text(LETTERS, max_size=8) | st.text(max_size=6)).map(" ".join)


@given(TEXTS)
def test_tokens_have_the_words_the_stems_and_the_runs_of_the_text(text):
    chunks = CHUNK.findall(plain(text))
    parts = [part for token in tokens_in(text) for part in TOKENS[token]]

    words = [word for word in parts[::3] if word]
    assert [word for word in words if word[0] != TURN] == [word for chunk in chunks for word in words_in(chunk)]
    assert [word for word in words if word[0] == TURN] == [word for chunk in chunks for word in turned_in(chunk)]
    signed = [known for known in parts[1::3] if ":" in known]  # of C++ and the like: these are no words
    assert signed == list(map(signed_term, SIGNED.findall(plain(text))))
    stems = [known for known in parts[1::3] if known and known not in signed]
    assert stems == [known for chunk in chunks for known in stems_in(chunk)]
    codes = [code_of(word) for chunk in chunks for word in elements_of(chunk)]
    assert [code for code in parts[2::3] if code] == codes
    assert NO_CODE not in codes


@given(TEXTS, TEXTS)
def test_what_is_known_from_before_changes_nothing(first, second):
    TOKENS.clear()
    alone = terms(second)
    terms(first)

    assert terms(second) == alone


def terms(text: str, *, is_fine: bool = False) -> set[str]:
    return set(document_of(Content(text, "", Role.USER, "", has_file=False)).terms(is_fine=is_fine).split())


@given(TEXTS)
def test_a_message_has_the_pairs_of_each_of_its_phrases(text):
    known, fine = terms(text), terms(text, is_fine=True)

    for pair in pairs_in(text, is_open=False):
        assert {pair.rough_term, stem(pair.first), stem(pair.second)} <= known
        assert {pair.fine_term, stem(pair.first), stem(pair.second)} <= fine


def test_pairs_know_their_order_and_whether_they_are_of_common_words_alone():
    assert pairs_in("на и", is_open=False)[0].rough_term != pairs_in("и на", is_open=False)[0].rough_term
    pairs = pairs_in("договор в на аренде", is_open=False)
    assert {(pair.first, pair.second): pair.is_own for pair in pairs} == {
        ("договор", "в"): False,
        ("в", "на"): True,
        ("на", "аренде"): False,
    }
    assert pairs_in("в договоре", is_open=True) == []


def test_pairs_are_of_words_as_they_are_written_but_of_all_forms_of_common_ones():
    def term(text: str) -> str:
        return pairs_in(text, is_open=False)[0].rough_term

    assert term("на договоры") == term("На ДОГОВОРЫ,") != term("на договор")
    assert term("старый ёж") == term("старый еж") != term("старого ежа")
    assert term("которого и") == term("которые и") != term("какие и")


def test_two_common_words_share_their_term_with_no_others():
    codes = [code_of(forms[0]) for forms in common_forms().values()]
    pairs = {pair for first in codes for second in codes for pair in pairs_of([first, second])}
    other_pairs = {pair for code in codes for pair in pairs_of([code, code_of("договор"), code])}

    found, fine = (set(terms_of(pairs, is_fine=is_fine)) for is_fine in (False, True))
    others, fine_others = (set(terms_of(other_pairs, is_fine=is_fine)) for is_fine in (False, True))

    assert len(found) == len(codes) ** 2
    assert found == fine
    assert len(others) > 1.8 * len(codes)
    assert len(fine_others) > 1.9 * len(codes)
    assert not found & (others | fine_others)
    assert not others & fine_others


@given(TEXTS)
def test_only_the_terms_of_pairs_are_others_when_they_are_finer(text):
    rough, fine = terms(text), terms(text, is_fine=True)

    assert {term for term in rough if term < "\ue000"} == {term for term in fine if term < "\ue000"}
    assert all(term >= "\ue000" for term in rough ^ fine)


@pytest.mark.parametrize(
    ("text", "has_pair"),
    [
        ("новый договор", True),
        ("новый договороспособность", True),
        ("и договороспособность", True),
        ("договороспособность новый", True),
        ("договороспособность организаций", False),
        ("generalization responsibility", True),
        ("версия 12", True),
        ("версия 123", False),
        ("12345 версия", False),
        ("и 12345", False),
        ("120 12345", False),
        ("с 2026", True),
        ("с 1000", True),
    ],
)
def test_two_long_words_have_no_pair_and_what_is_a_long_number_but_no_year_and_not_round_has_none(text, has_pair):
    assert len(pairs_in(text, is_open=False)) == has_pair


def test_what_may_be_written_in_another_way_has_no_neighbours():
    assert pairs_in("новый getUserName", is_open=False) == []
    assert pairs_in("новый getusername", is_open=False)[0].rough_term in terms("Новый getUserName")


def test_the_memory_of_tokens_is_bounded(monkeypatch):
    monkeypatch.setattr(tokens, "KEPT_MAX", 100)
    TOKENS.clear()

    for number in range(1000):
        assert TOKENS[f"слово{number}"]
    long = "x" * 1000
    assert TOKENS[long]

    assert len(TOKENS) <= 100
    assert long not in TOKENS


@pytest.mark.parametrize(
    ("word", "other"),
    [("кнопок", "кнопки"), ("окон", "окна"), ("отец", "отца"), ("договором", "договор"), ("runs", "running")],
)
def test_forms_share_a_stem(word, other):
    assert stem(word) == stem(other)
    assert TOKENS[word][1] == TOKENS[other.capitalize() + ","][1] == stem(word)


def test_a_message_is_never_about_a_common_word():
    assert "+договр" in terms("Договор " * 3)
    assert "+что" not in terms("что " * 3)


@given(TEXTS)
def test_a_name_that_is_turned_is_known_from_its_whole_and_the_other_way_round(text):
    for chunk in CHUNK.findall(plain(text)):
        for word in turned_in(chunk):
            assert whole_of(word) in words_in(chunk)
            assert word in turned_anywhere(whole_of(word)) or len(whole_of(word)) == WORD_MAX_CHARS


@pytest.mark.parametrize(
    ("text", "turned"),
    [
        ("getUserName2", {">username2>get", ">name2>getuser"}),
        ("self.user_name", {">username>self"}),
        ("user_name", set()),
        ("веб-user_name", {">username>веб"}),
        ("конец.self.user_name.Начало", {">username>self"}),
        ("_".join("abcdefghijklmnopqrstuvwxyz"), set()),
        (
            "com.example.project.module.submodule.ClassName.methodName",
            {
                ">exampleprojectmodulesubmoduleclassnameme>com",
                ">projectmodulesubmoduleclassnamemethodnam>comexample",
                ">modulesubmoduleclassnamemethodname>comexampleproject",
                ">submoduleclassnamemethodname>comexampleprojectmodule",
                ">classnamemethodname>comexampleprojectmodulesubmodule",
                ">namemethodname>comexampleprojectmodulesubmoduleclass",
                ">methodname>comexampleprojectmodulesubmoduleclassnam",
            },
        ),
    ],
)
def test_a_name_can_be_looked_up_from_each_of_its_pieces_on_but_the_last(text, turned):
    assert {word for word in TOKENS[text][::3] if word.startswith(TURN)} == turned
