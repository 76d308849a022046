"""What an answer took, in one line of words."""

from PySide6.QtCore import QCoreApplication, QLocale

from gigadesk.chat import Message


def has_usage(message: Message) -> bool:
    """Whether there is anything to tell."""
    return message.usage is not None or message.seconds is not None


def usage_text(message: Message) -> str:
    """Tokens of question, cache and answer, time, speed and model, as far as they are known."""
    locale = QLocale()
    parts = []
    usage = message.usage
    if usage is not None:
        prompt = QCoreApplication.translate("Usage", "question %Ln tokens", "", usage.prompt)
        if usage.cached:
            cached = QCoreApplication.translate("Usage", "%Ln from the cache", "", usage.cached)
            prompt = f"{prompt} ({cached})"
        parts.append(prompt)
        parts.append(QCoreApplication.translate("Usage", "answer %Ln tokens", "", usage.completion))
    if message.seconds is not None:
        parts.append(
            QCoreApplication.translate("Usage", "{seconds} s").format(seconds=locale.toString(message.seconds, "f", 1))
        )
        if message.seconds > 0 and message.text:
            speed = round(len(message.text) / message.seconds)
            parts.append(QCoreApplication.translate("Usage", "%Ln characters a second", "", speed))
    if message.model:
        parts.append(message.model)
    return "  ·  ".join(parts)
