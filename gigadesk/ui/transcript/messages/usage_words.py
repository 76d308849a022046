"""What an answer took, in one line of words."""

from PySide6.QtCore import QCoreApplication, QLocale

from gigadesk.chat import Message
from gigadesk.ui.words.numbers import number_text


def has_usage(message: Message) -> bool:
    """Whether there is anything to tell."""
    return message.usage is not None or message.seconds is not None


def usage_action_text(*, is_shown: bool) -> str:
    """On the button, and in the menu."""
    if is_shown:
        return QCoreApplication.translate("Transcript", "Hide usage")
    return QCoreApplication.translate("Transcript", "Show usage")


def usage_text(message: Message) -> str:
    """Tokens of question, cache and answer, time, speed and model, as far as they are known."""
    parts = []
    usage = message.usage
    if usage is not None:
        words = (
            QCoreApplication.translate("Usage", "Tokens: question {prompt} ({cached} from the cache), answer {answer}")
            if usage.cached
            else QCoreApplication.translate("Usage", "Tokens: question {prompt}, answer {answer}")
        )
        counts = {"prompt": usage.prompt, "cached": usage.cached, "answer": usage.completion}
        parts.append(words.format(**{name: number_text(count) for name, count in counts.items()}))
    if message.seconds is not None:
        seconds = QLocale().toString(message.seconds, "f", 1)
        parts.append(QCoreApplication.translate("Usage", "{seconds} s").format(seconds=seconds))
        if message.seconds > 0 and message.text:
            speed = number_text(round(len(message.text) / message.seconds))
            parts.append(QCoreApplication.translate("Usage", "{count} characters/s").format(count=speed))
    if message.model:
        parts.append(message.model)
    # Lines are broken between the parts only.
    return "  · ".join(part.replace(" ", "\u00a0").replace("-", "\u2011") for part in parts)
