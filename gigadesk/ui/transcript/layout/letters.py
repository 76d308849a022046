"""Letters that need care: those from right to left, those that nobody sees, piles of marks. Pure."""

import re
import unicodedata

RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
ASTRAL = re.compile("[\U00010000-\U0010ffff]")
"""Qt counts these twice."""
SPECIAL = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0590-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufb1d-\ufefc\ufe20-\ufe2f"
    "\U00010000-\U0010ffff]"
)
"""What any of those above and `PILED` is made of: most texts have nothing of it, and are looked through once."""
PILED = re.compile("[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{3}")
"""Marks above and below one letter, more than any language writes: they may reach far out of the line."""
_HIDDEN = "\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u00ad\u061c\u180e\U000e0000-\U000e007f"
HIDDEN_CHARACTERS = re.compile(f"[{_HIDDEN}]")
"""Invisible characters and those that turn the direction of text: they make code or an address look like another."""
HIDDEN_MARK = "\u25af"
_CONTROL = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f]")
_CONTROLS = {code: 0x2400 + code for code in range(0x20) if code not in {0x09, 0x0A}} | {0x7F: 0x2421}
_CONTROLS |= dict.fromkeys(range(0x80, 0xA0), 0xFFFD) | {0x0A: 0x2028}


def starts_right_to_left(text: str) -> bool:
    """Whether the first strong letter belongs to a script that runs from right to left."""
    if not RIGHT_TO_LEFT.search(text):
        return False
    for character in text:
        match unicodedata.bidirectional(character):
            case "R" | "AL":
                return True
            case "L":
                return False
    return False


def visible(text: str) -> str:
    """The text with control characters as pictures of themselves; as many characters as before."""
    return text.translate(_CONTROLS) if _CONTROL.search(text) else text
