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
RESULT_MAX = 10**100
"""Larger results are not worked out: writing one with thousands of digits is refused by Python itself."""
_ASKS = re.compile(
    r"посчита|вычисл|сосчита|сколько будет|чему рав|calculate|comput|work out|how much is|what(?: is|.s) [\d(][^/]*$",
    re.IGNORECASE,
)
_ALONE = re.compile(r"[\d\s.,()+\-*/%^×·:÷−]*[*^×÷+][\d\s.,()+\-*/%^×·:÷−]*[=?\s]*")
_SPACED = re.compile(r"\s*(\*\*|[-+*/%])\s*")
_WRITTEN = {"**": "^", "*": "×", "/": "÷", "-": "−"}
_OPERATORS: dict[type[ast.operator], Callable[[int | float, int | float], int | float | complex]] = {
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


def asks_for_sum(question: str) -> bool:
    """Whether the question wants a number, or is nothing but a sum itself."""
    return _ASKS.search(question) is not None or _ALONE.fullmatch(question) is not None


def written(value: float, *, decimal_comma: bool) -> str:
    """A result as people write it, with at most 12 digits when it is no whole number."""
    if isinstance(value, int):
        return str(value)
    text = f"{value:.12g}"
    return text.replace(".", ",") if decimal_comma else text


def equation(code: str, result: str) -> str:
    """The sum with the signs of a school book and its result, as Markdown."""
    left = _SPACED.sub(lambda sign: f" {_WRITTEN.get(sign[1], sign[1])} ", code).strip()
    return f"{left} = **{result}**"


def _value(node: ast.expr) -> int | float:
    """Raises `ValueError` for anything but numbers and signs, and for what grows too large."""
    if isinstance(node, ast.Constant) and isinstance(node.value, (int, float)) and not isinstance(node.value, bool):
        return node.value
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_value(node.operand)
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        left, right = _value(node.left), _value(node.right)
        if isinstance(node.op, ast.Pow) and (abs(left) > 1_000_000 or not 0 <= right <= POWER_MAX):
            raise ValueError
        result = _OPERATORS[type(node.op)](left, right)
        # A root of a negative number is complex; NaN is not below the limit either.
        if not isinstance(result, complex) and abs(result) <= RESULT_MAX:
            return result
    raise ValueError
