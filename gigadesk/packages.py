"""What is left of an account's packages of tokens, and when that is little. Does no I/O."""

from collections.abc import Iterable

from gigadesk.chat import ModelBalance

LOW_TOKENS = 20_000
"""Some ten answers."""
LOW_SHARE = 0.05
"""Of what was seen first."""


class PackageWatch:
    """Remembers how much there was of each package of one account since the program began."""

    def __init__(self) -> None:
        self._first: dict[str, int] = {}
        self._warned: set[str] = set()

    def note(self, balance: Iterable[ModelBalance]) -> None:
        """What the service said last. A package that has grown was bought anew."""
        for package in balance:
            first = self._first.setdefault(package.model, package.tokens)
            if package.tokens > first:
                self._first[package.model] = package.tokens
                self._warned.discard(package.model)

    def is_low(self, package: ModelBalance) -> bool:
        """Whether it will soon be used up."""
        first = self._first.get(package.model, package.tokens)
        return package.tokens < max(LOW_TOKENS, first * LOW_SHARE)

    def warn_once(self, package: ModelBalance) -> bool:
        """True the first time."""
        is_first = package.model not in self._warned
        self._warned.add(package.model)
        return is_first


def package_of(model: str, balance: Iterable[ModelBalance]) -> ModelBalance | None:
    """The package that answers of this model are taken from; None when no name fits.

    Packages of the second generation of models are named with its number or without it.
    """
    by_name = {package.model.lower(): package for package in balance}
    name = model.lower().partition(":")[0].removesuffix("-preview")
    return by_name.get(name) or by_name.get(name.replace("-2", "", 1))
