"""Where the user writes: the text, what is attached to it, the tools and the model for the answer."""

from gigadesk.ui.composer.composer import ATTACH_KEYS, DRAFT_DELAY_MS, Composer
from gigadesk.ui.composer.editor import LINES_MAX
from gigadesk.ui.composer.tool_bar import EFFORT_KEYS, tool_keys

__all__ = ["ATTACH_KEYS", "DRAFT_DELAY_MS", "EFFORT_KEYS", "LINES_MAX", "Composer", "tool_keys"]
