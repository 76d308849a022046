"""Values that are quick to make are dataclasses in all else, but that only the type checker keeps them frozen."""

from dataclasses import dataclass, fields, replace

import pytest

from gigadesk.markdown.nodes import Kind, Node, Shared
from gigadesk.markdown.quick_values import quick_value


@dataclass(frozen=True, slots=True)
class Usual:
    first: int
    second: str = "x"
    third: bool = False


@quick_value(frozen=True, slots=True)
class Quick:
    first: int
    second: str = "x"
    third: bool = False


def test_a_quick_value_is_like_any_other():
    for arguments, named in (((1,), {}), ((1, "y", True), {}), ((1,), {"third": True}), ((), {"first": 1})):
        usual, quick = Usual(*arguments, **named), Quick(*arguments, **named)
        assert repr(quick) == repr(usual).replace("Usual", "Quick")
        assert quick == Quick(*arguments, **named)
        assert hash(quick) == hash(usual)

    assert replace(Quick(1), second="y") == Quick(1, "y")
    with pytest.raises(TypeError):
        Quick()  # type: ignore[call-arg]
    assert not hasattr(Quick(1), "__dict__")


def test_a_copy_of_a_node_has_all_of_it_and_grows_alone():
    values = {field.name: f"a {field.name}" for field in fields(Node)}
    values |= {"kind": Kind.TABLE, "shared": Shared(**{field.name: field.name for field in fields(Shared)})}
    values |= {name: [name] for name in ("children", "lines", "offsets", "blanks")}
    node = Node(**values)

    twin = node.copy()

    assert twin == node
    assert twin.shared is not node.shared
    assert all(getattr(twin, name) is not getattr(node, name) for name in ("children", "lines", "offsets", "blanks"))
