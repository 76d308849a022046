"""Where the user writes: the text, what is attached to it, the tools and the model for the answer."""

from gigadesk.ui.composer.composer import DRAFT_DELAY_MS, Composer
from gigadesk.ui.composer.editor import LINES_MAX

__all__ = ["DRAFT_DELAY_MS", "LINES_MAX", "Composer"]
