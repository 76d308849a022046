"""The sum in a question, worked out. Numbers and the usual signs only; never names, never calls. Pure."""

import ast
import operator
import re
from collections.abc import Callable

_SUM = re.compile(r"[\d(][\d\s.()+\-*/%^×·:÷−]*[\d)]")
_SIGNS = str.maketrans({"^": "**", "×": "*", "·": "*", ":": "/", "÷": "/", "−": "-"})
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")
SUM_MAX_CHARS = 200
POWER_MAX = 64
_OPERATORS: dict[type[ast.operator], Callable[[int | float, int | float], int | float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Mod: operator.mod,
    ast.Pow: operator.pow,
}


def sum_in(question: str) -> tuple[str, int | float] | None:
    """The longest sum of a question as code, and its value; None when it holds none that can be worked out."""
    found = [match.group() for match in _SUM.finditer(_DECIMAL_COMMA.sub(".", question))]
    for written in sorted(found, key=len, reverse=True):
        code = " ".join(written.translate(_SIGNS).split())
        if len(code) > SUM_MAX_CHARS:
            continue
        try:
            tree = ast.parse(code, mode="eval").body
            if isinstance(tree, ast.BinOp):
                return code, _value(tree)
        except (SyntaxError, ValueError, ArithmeticError, RecursionError):
            continue
    return None


def _value(node: ast.expr) -> int | float:
    """Raises `ValueError` for anything but numbers and signs, and for powers that are too high."""
    if isinstance(node, ast.Constant) and isinstance(node.value, (int, float)) and not isinstance(node.value, bool):
        return node.value
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_value(node.operand)
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        left, right = _value(node.left), _value(node.right)
        if isinstance(node.op, ast.Pow) and (abs(left) > 1_000_000 or not 0 <= right <= POWER_MAX):
            raise ValueError
        return _OPERATORS[type(node.op)](left, right)
    raise ValueError
