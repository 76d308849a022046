"""Values that are made by the thousand while an answer streams in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

__all__ = ["quick_value"]

Value = TypeVar("Value")

if TYPE_CHECKING:
    from dataclasses import dataclass as quick_value
else:

    def quick_value(*, frozen: bool, slots: bool) -> Callable[[type[Value]], type[Value]]:
        """A dataclass that is frozen for the type checker alone; equality and hash are those of its fields.

        A frozen one sets each field through `object.__setattr__`: a `Span` takes three times as long to make.
        """
        return dataclass(slots=slots, unsafe_hash=frozen)
