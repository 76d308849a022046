"""TeX as models write it to TeX as latex2mathml and ziamath understand it. Pure."""

import re

from gigadesk.limits import FORMULA_MAX_CHARS, FORMULA_MAX_DEPTH

# Commands that define, load, or lead somewhere.
_FORBIDDEN = re.compile(
    r"\\(?:def|edef|gdef|xdef|let|futurelet|newcommand|renewcommand|providecommand|newenvironment|csname|catcode|input"
    r"|include|includegraphics|href|url|html\w*|class|style|cssId|require|write|read|openin|openout|special|unicode"
    r"|loop|rule)(?![A-Za-z])"
)
_NESTING = re.compile(r"\\left(?![A-Za-z])|\\right(?![A-Za-z])|\\.|[{}]", re.DOTALL)
_CLOSES = {"{": "}", "\\left": "\\right"}
_COMMENT = re.compile(r"(?<!\\)%[^\n]*(?:\n|$)")
_TAG = re.compile(r"\\tag\*?\s*\{([^{}]*)\}")
# What is understood under another name only. Numbers of equations belong to a document.
_SAME = {
    "aligned": "align*",
    "align": "align*",
    "alignedat": "align*",
    "alignat": "align*",
    "alignat*": "align*",
    "flalign": "align*",
    "flalign*": "align*",
    "eqnarray": "align*",
    "eqnarray*": "align*",
    "gathered": "gather*",
    "gather": "gather*",
    "multline": "gather*",
    "multline*": "gather*",
    "equation": "equation*",
    "dcases": "cases",
    "rcases": "cases",
}
_ENVIRONMENT = re.compile(r"\\(begin|end)\s*\{(\w+\*?)\}(?:\{\d+\})?")
_COMMANDS = {
    r"\dotsb": r"\cdots",
    r"\dotsm": r"\cdots",
    r"\dotsi": r"\cdots",
    r"\argmin": r"\operatorname*{argmin}",
    r"\argmax": r"\operatorname*{argmax}",
    r"\tg": r"\operatorname{tg}",
    r"\ctg": r"\operatorname{ctg}",
    r"\arctg": r"\operatorname{arctg}",
    r"\arcctg": r"\operatorname{arcctg}",
    r"\sh": r"\operatorname{sh}",
    r"\ch": r"\operatorname{ch}",
    r"\cosec": r"\operatorname{cosec}",
    r"\rang": r"\operatorname{rang}",
    r"\R": r"\mathbb{R}",
    r"\N": r"\mathbb{N}",
    r"\Z": r"\mathbb{Z}",
    r"\Q": r"\mathbb{Q}",
    r"\E": r"\mathbb{E}",
    r"\bm": r"\boldsymbol",
    r"\displaylimits": "",
    r"\nonumber": "",
    r"\notag": "",
    r"\label": "",
    r"\textnormal": r"\text",
}
_COMMAND = re.compile(r"\\[A-Za-z]+")


def prepared(tex: str) -> str | None:
    """The formula to be drawn; None if it is not to be drawn."""
    if not tex.strip() or len(tex) > FORMULA_MAX_CHARS or _FORBIDDEN.search(tex) or depth(tex) > FORMULA_MAX_DEPTH:
        return None
    tex = _COMMENT.sub("", tex)
    tags = _TAG.findall(tex)
    tex = _ENVIRONMENT.sub(_rename, _TAG.sub("", tex))
    tex = _COMMAND.sub(lambda found: _COMMANDS.get(found[0], found[0]) + " " * (found[0] in _COMMANDS), tex)
    # Without the blank, a single letter would become an italic one.
    tex = tex.replace("\\mathrm{", "\\mathrm {")
    return tex + "".join(rf" \qquad \text{{({tag})}}" for tag in tags)


def _rename(found: re.Match[str]) -> str:
    name = _SAME.get(found[2])
    return found[0] if name is None else rf"\{found[1]}{{{name}}}"


def depth(tex: str) -> int:
    r"""How deep braces and `\left` are inside of each other; more than all bounds if they are not in pairs."""
    deepest = 0
    open_marks: list[str] = []
    for mark in _NESTING.findall(tex):
        if mark in _CLOSES:
            open_marks.append(mark)
            deepest = max(deepest, len(open_marks))
        elif mark in _CLOSES.values() and (not open_marks or _CLOSES[open_marks.pop()] != mark):
            return FORMULA_MAX_DEPTH + 1
    return deepest if not open_marks else FORMULA_MAX_DEPTH + 1
