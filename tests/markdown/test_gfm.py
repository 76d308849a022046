"""What GFM adds to CommonMark and markdown-it-py does not know: addresses in running text."""

import pytest

from gigadesk.markdown import Parser, parse


def links(text):
    """Text and target of each link."""
    return [(span.text, span.link) for span in parse(text)[0].spans if span.link]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("see https://a.b/c_d_e.", "https://a.b/c_d_e"),
        ("(https://a.b/c)", "https://a.b/c"),
        ("https://a.b/c_(d), e", "https://a.b/c_(d)"),
        ("**http://a.b**", "http://a.b"),
        ("_https://a.b/c_", "https://a.b/c"),
        ("**https://a.b**: c", "https://a.b"),
        ("«https://сайт.рф/путь»", "https://сайт.рф/путь"),
        ("“https://a.b” and", "https://a.b"),
        ("https://a.b/*c*d", "https://a.b/*c*d"),
        ("https://a.b/?q=*x*&y=~z~!", "https://a.b/?q=*x*&y=~z"),
        ("https://a.b/?c=d)", "https://a.b/?c=d"),
        ("https://a.b/?q=c&hl;", "https://a.b/?q=c"),
        ("https://a.b/?q=c&copy;", "https://a.b/?q=c"),
        ("https://a.b/?c=1&amp;d=2", "https://a.b/?c=1&d=2"),
        ("https://a.b/c\\_d", "https://a.b/c_d"),
        ("https://a.b<c", "https://a.b"),
        ("http://localhost:8080/x", "http://localhost:8080/x"),
        ("[see https://a.b/c]", "https://a.b/c"),
        ("https://[a]/b", None),
        ("HTTPS://A.B", "HTTPS://A.B"),
    ],
)
def test_bare_address_is_a_link(text, address):
    assert links(text) == ([(address, address)] if address else [])


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("www.commonmark.org/help for more", "www.commonmark.org/help"),
        ("Visit www.a.b.", "www.a.b"),
        ("www.a.b/c.d.", "www.a.b/c.d"),
        ("www.a.b/s?q=M+(b)", "www.a.b/s?q=M+(b)"),
        ("(www.a.b/s?q=M+(b)))", "www.a.b/s?q=M+(b)"),
        ("*www.a.b*", "www.a.b"),
        ("www.a_b.c.d", "www.a_b.c.d"),
    ],
)
def test_www_is_a_link_to_http(text, shown):
    assert links(text) == [(shown, f"http://{shown}")]


@pytest.mark.parametrize(
    ("text", "shown", "target"),
    [
        ("foo@bar.baz", "foo@bar.baz", "mailto:foo@bar.baz"),
        ("hello@mail+xyz.example or hello+xyz@mail.example", "hello+xyz@mail.example", "mailto:hello+xyz@mail.example"),
        ("a.b-c_d@a.b.", "a.b-c_d@a.b", "mailto:a.b-c_d@a.b"),
        ("_a_b@c.d_", "a_b@c.d", "mailto:a_b@c.d"),
        ("mailto:a@b.c!", "mailto:a@b.c", "mailto:a@b.c"),
    ],
)
def test_bare_mail_address_is_a_link(text, shown, target):
    assert links(text) == [(shown, target)]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "xhttps://a.b",
            "`https://a.b`",
            "https://",
            "https://\u202ea.b",
            "ftp://a.b",
            "www.",
            "www.a_b.c",
            "xwww.a.b",
        ),
        *(
            "a@b",
            "a.b-c_d@a.b-",
            "a.b-c_d@a.b_",
            "`a@b.c`",
            "a@b.c\u202ed",
            "a@b.cф",
            "https://a_b.c",
            "javascript://a.b",
        ),
        *("\\https//a.b", "https:/a.b", "http://.a", "a@b.c@d.e"),
    ],
)
def test_no_address(text):
    assert links(text) == []


@pytest.mark.parametrize("hidden", ["\u202e", "\u200b", "\u2066", "\ufeff", "\u00ad", "\U000e0041"])
def test_address_ends_before_what_cannot_be_seen(hidden):
    assert links(f"https://a.b/c{hidden}d") == [("https://a.b/c", "https://a.b/c")]


def test_address_in_a_link_is_its_text():
    assert links("[https://a.b](https://c.d) [a@b.c](https://c.d)") == [
        ("https://a.b", "https://c.d"),
        ("a@b.c", "https://c.d"),
    ]


@pytest.mark.parametrize("text", ["see https://a.b/c", "see www.a.b", "see a@b.c", "**https://a.b/c", "a@b.c_"])
def test_address_is_no_link_before_its_end_has_come(text):
    assert [span.link for span in Parser(text).blocks[0].spans if span.link] == []
