"""From the elements that latex2mathml makes to those that ziamath draws well. Changes elements in place."""

import html
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_WIDE_SPACE = "0.28em"
_MIDDLE_SPACE = "0.22em"
_THIN_SPACE = "0.17em"
_RELATIONS = frozenset("⟂⊂⊃⊏⊐⟹⟸⟺⟶⟵⟷⟼⇒⇐⇔⊥∥∼≃≅≍≐≜≝≟≡≢∝⊨⊢⊣⋈≺≻≼≽≪≫≲≳≶≷⫅⫆∣∤")
_BINARIES = frozenset("∩∪∧∨∖⧵⊎⊓⊔⋆⋄⊖⊘⊙⋅∘⊻⊼†‡⨿≀△▽")
# A letter for what is an operator.
_MEANT = {"~": "∼"}
# An operator for what stands close to its letter, and is one.
_LETTERS = {"∂": "\U0001d715", "∇": "∇"}
# In TeX they are as high as a letter.
_NEVER_STRETCHED = frozenset("↑↓⟨⟩")
_LIMITS_BELOW = {"sup", "inf"}
_FENCES = frozenset("()[]{}|‖⟨⟩⌊⌋⌈⌉,.;:!")
_SIGNS = frozenset({"+", "-", "\u2212", "±", "∓"})
_CLOSING = frozenset(")]}|‖⟩⌋⌉!′%")
_PUNCTUATION = frozenset(",;:.!")
_ROWS = frozenset({"math", "mrow", "mstyle", "mtd"})
_ROW_SPACING = "0.55em"
_PARTS = {"msup": 2, "msub": 2, "msubsup": 3}


def mend(root: "Element", *, is_display: bool) -> None:
    """Make the whole formula ready to be drawn."""
    _join_bases(root)
    _flatten(root)
    for element in root.iter():
        if element.text:
            element.text = html.unescape(element.text)
        match element.tag:
            case "mi" | "mo":
                _mend_sign(element)
            case "mtable":
                _mend_table(element)
            case "msub" if is_display and len(element) and element[0].text in _LIMITS_BELOW:
                element.tag = "munder"
            case _:
                pass
    for element in root.iter():
        if element.tag == "mover" and len(element) == 2 and element[1].tag == "mo":
            _mend_accent(element)
        _space_names(element)


def _join_bases(root: "Element") -> None:
    r"""Make one base of a matrix and its brackets, which stand beside each other under `\end{pmatrix}^{-1}`."""
    for element in list(root.iter()):
        extra = len(element) - _PARTS.get(element.tag, len(element))
        if extra > 0:
            base = element.makeelement("mrow", {})
            base.extend(element[: extra + 1])
            element[: extra + 1] = [base]


def _flatten(root: "Element") -> None:
    """Take rows of one thing away: the time of drawing doubles with each level."""
    for element in root.iter():
        for index in range(len(element)):
            while element[index].tag == "mrow" and len(element[index]) == 1 and not element[index].attrib:
                only = element[index] = element[index][0]
                if only.tag == "mo" and html.unescape(only.text or "") in _PUNCTUATION:
                    # In braces it is no punctuation: the decimal comma of `0{,}5`.
                    only.attrib.update({"lspace": "0em", "rspace": "0em"})


def _mend_sign(element: "Element") -> None:
    text = element.text or ""
    if element.tag == "mi" and text in _MEANT:
        element.text = text = _MEANT[text]
    if text in _LETTERS:
        element.text = _LETTERS[text]
        element.attrib.update({"lspace": "0em", "rspace": "0em", "stretchy": "false"})
    elif text in _RELATIONS or text in _BINARIES:
        space = _WIDE_SPACE if text in _RELATIONS else _MIDDLE_SPACE
        element.tag = "mo"
        element.attrib.update({"lspace": space, "rspace": space, "stretchy": "false"})
    elif text in _NEVER_STRETCHED:
        element.set("stretchy", "false")


def _mend_table(element: "Element") -> None:
    element.set("rowspacing", _ROW_SPACING)
    spacing = element.get("columnspacing", "")
    if spacing.startswith("0em"):
        element.set("columnspacing", spacing.replace("2em", "1.2em"))
    else:
        element.set("columnspacing", "0.8em")


def _mend_accent(element: "Element") -> None:
    r"""`\hat` and `\tilde` are as wide as a letter, `\widehat` and `\widetilde` as what is below them."""
    sign = element[1]
    is_narrow = element.get("accent") == "true" or sign.get("stretchy") == "false"
    if sign.text == "^":
        sign.text = "\u02c6" if is_narrow else "\u0302"
    elif sign.text in {"~", "∼"}:
        sign.text = "\u02dc" if is_narrow else "\u0303"
    else:
        return
    if is_narrow:
        sign.set("stretchy", "false")
    sign.attrib.pop("lspace", None)
    sign.attrib.pop("rspace", None)


def _space_names(parent: "Element") -> None:
    """A name such as `det` stands apart from the letter behind it.

    The bar of a quantum state, and a plus or minus with nothing on its left, stand close.
    """
    before: Element | None = None
    for sign in parent:
        begins = before is None or (before.tag == "mo" and (before.text or "") not in _CLOSING)
        if sign.tag == "mo" and sign.text in _SIGNS and begins and parent.tag in _ROWS:
            sign.attrib.update({"lspace": "0em", "rspace": "0em"})
        before = sign
    if len(parent) == 3 and (parent[0].text, parent[2].text) in {("∣", "⟩"), ("⟨", "∣")}:
        for bar in (parent[0], parent[2]):
            bar.attrib.update({"lspace": "0em", "rspace": "0em"})
    for name, behind in zip(parent, list(parent)[1:], strict=False):
        is_name = name.tag == "mo" and len(name.text or "") > 1 and (name.text or "").replace("\u2009", "").isalpha()
        if is_name and parent.tag in _ROWS and (behind.text or "") not in _FENCES - {""}:
            name.set("rspace", _THIN_SPACE)
