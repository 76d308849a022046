"""Messages in the words of a screen reader: who, in which state, and the text without marks."""

from PySide6.QtCore import QCoreApplication

from gigadesk.chat import Role, Status
from gigadesk.text import clean
from gigadesk.ui.transcript.copy.hidden_tags import without_tags
from gigadesk.ui.transcript.layout.file_boxes import file_name
from gigadesk.ui.transcript.layout.source_boxes import source_title
from gigadesk.ui.transcript.messages.message_item import MessageItem
from gigadesk.ui.transcript.messages.usage_words import usage_text
from gigadesk.ui.transcript.messages.waiting_line import waiting_text
from gigadesk.ui.transcript.values import MessageView
from gigadesk.ui.transcript.words import chrome_words, thought_text

SPOKEN_MAX_CHARS = 32 * 1024
"""Of one message. A screen reader fetches it in one piece, and nobody listens for an hour at a stretch."""


def author(view: MessageView) -> str:
    """Who wrote a message: the user, or the model by its name."""
    words = chrome_words()
    return words.you if view.message.role is Role.USER else view.message.model or words.assistant


def name_of(view: MessageView) -> str:
    """Author and state of a message; a finished one has no state worth a word."""
    state = _state(view)
    return f"{author(view)}, {state}" if state else author(view)


def text_of(item: MessageItem) -> str:
    """What a message says, with its files, sources and notice. Parses again what is not laid out.

    Text and unfolded thoughts are cut at `SPOKEN_MAX_CHARS` each.
    """
    text = _cut(_body(item))
    thought = _cut(_thought(item))
    message = item.view.message
    files = ", ".join(file_name(file) for file in message.files)
    sources = "\n".join(f"{source.number}. {source_title(source)}" for source in message.sources)
    notice = item.view.notice
    words = [notice.title, notice.text] if notice is not None else []
    if item.extras.shows_usage:
        words.append(usage_text(message))
    return "\n\n".join(part for part in (thought, text, files, sources, *words) if part)


def beginning_of(view: MessageView) -> str:
    """To be said when an answer begins."""
    return QCoreApplication.translate("Transcript", "{author} is answering").format(author=author(view))


def end_of(view: MessageView) -> str:
    """To be said when an answer has come to its end, good or bad."""
    match view.message.status:
        case Status.DONE:
            return QCoreApplication.translate("Transcript", "The answer is complete")
        case Status.STOPPED:
            return QCoreApplication.translate("Transcript", "The answer was stopped")
        case Status.FAILED:
            notice = view.notice
            return notice.title if notice else QCoreApplication.translate("Transcript", "There is no answer")
        case Status.QUEUED | Status.STREAMING:
            return ""


def _state(view: MessageView) -> str:
    if view.waiting is not None:
        return waiting_text(view)
    match view.message.status:
        case Status.QUEUED:
            return waiting_text(view)
        case Status.STREAMING:
            return QCoreApplication.translate("Transcript", "answering")
        case Status.STOPPED:
            return QCoreApplication.translate("Transcript", "stopped")
        case Status.FAILED:
            return QCoreApplication.translate("Transcript", "failed")
        case Status.DONE:
            return ""


def _body(item: MessageItem) -> str:
    if item.is_user:
        return clean(item.view.message.text[: SPOKEN_MAX_CHARS + 1])
    # Loaded late: the first window needs no parser.
    from gigadesk.markdown import parse
    from gigadesk.ui.transcript.copy.plain_writer import plain_text

    if item.is_open:
        return plain_text(item.answer_blocks)
    return plain_text(parse(without_tags(clean(item.view.message.text[: SPOKEN_MAX_CHARS + 1]))))


def _thought(item: MessageItem) -> str:
    """What was thought, if it is unfolded; else how long it took."""
    thought = item.thought
    if thought is None:
        return ""
    words = thought_text(thought.seconds, is_running=thought.is_running)
    if thought.is_folded:
        return words
    from gigadesk.markdown import parse
    from gigadesk.ui.transcript.copy.plain_writer import plain_text

    return f"{words}\n\n{plain_text(parse(clean(thought.text[: SPOKEN_MAX_CHARS + 1])))}"


def _cut(text: str) -> str:
    return text[:SPOKEN_MAX_CHARS] + "…" if len(text) > SPOKEN_MAX_CHARS else text
