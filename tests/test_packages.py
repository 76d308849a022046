import pytest

from gigadesk.chat import ModelBalance
from gigadesk.packages import PackageWatch, package_of


def package(tokens, model="GigaChat-2"):
    return ModelBalance(model, tokens)


def watch(*seen):
    """A watch that has seen so many tokens, one after the other, and whether the last ones are few."""
    found = PackageWatch()
    for tokens in seen:
        found.note([package(tokens)])
    return found, found.is_low(package(seen[-1]))


@pytest.mark.parametrize(
    ("seen", "is_low"),
    [
        ([1_000_000], False),
        ([1_000_000, 50_000], False),
        ([1_000_000, 49_999], True),
        ([20_000], False),
        ([19_999], True),
        ([0], True),
        ([1_000_000, 10_000, 2_000_000], False),
    ],
)
def test_little_is_a_twentieth_of_the_first_or_ten_answers(seen, is_low):
    assert watch(*seen)[1] is is_low


def test_a_warning_comes_once_until_there_is_more_again():
    found, _ = watch(1_000_000, 10_000)

    assert found.warn_once(package(10_000))
    assert not found.warn_once(package(9_000))
    found.note([package(1_500_000)])
    assert found.warn_once(package(10_000))


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        ("GigaChat-2", "GigaChat"),
        ("GigaChat-2:2.0.28.2", "GigaChat"),
        ("GigaChat-2-Pro", "GigaChat-Pro"),
        ("GigaChat-2-Pro-preview", "GigaChat-Pro"),
        ("gigachat-2-max", "GigaChat-2-Max"),
        ("GigaChat-3-Ultra", None),
        ("", None),
    ],
)
def test_a_model_finds_its_package(model, expected):
    balance = [package(1, name) for name in ("embeddings", "GigaChat", "GigaChat-Pro", "GigaChat-2-Max")]

    found = package_of(model, balance)

    assert (found.model if found else None) == expected
