"""The words the transcript itself says, in the language of the window."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale

from gigadesk.ui.transcript.layout.builder import Words

LATEST_S = 250_000_000_000.0
"""About the year 9,900."""


@dataclass(frozen=True, slots=True)
class ChromeWords:
    """Words around the texts of messages. `{...}` is filled in when they are shown."""

    assistant: str
    you: str
    copy_message: str
    regenerate: str
    edit: str
    more: str
    older_version: str
    newer_version: str
    version: str
    waiting: str
    waiting_place: str
    waiting_in_chat: str
    move_to_front: str
    copied: str
    conversation: str
    jump_to_end: str


def block_words() -> Words:
    """Words inside of blocks. Asked again when the language changes."""
    return Words(
        code=QCoreApplication.translate("Transcript", "Code"),
        copy_code=QCoreApplication.translate("Transcript", "Copy code"),
        save_code=QCoreApplication.translate("Transcript", "Save code as file…"),
        wrap_lines=QCoreApplication.translate("Transcript", "Wrap lines"),
        unwrap_lines=QCoreApplication.translate("Transcript", "Do not wrap lines"),
        show_line_numbers=QCoreApplication.translate("Transcript", "Show line numbers"),
        hide_line_numbers=QCoreApplication.translate("Transcript", "Hide line numbers"),
        show_lines=QCoreApplication.translate("Transcript", "Show all lines: {count}"),
        table=QCoreApplication.translate("Transcript", "Table: copy or open"),
        open_table=QCoreApplication.translate("Transcript", "Open as table"),
        large_table=QCoreApplication.translate("Transcript", "Large table"),
        fold_code=QCoreApplication.translate("Transcript", "Fold code"),
        link=QCoreApplication.translate("Transcript", "Link: {target}"),
        hidden_characters=QCoreApplication.translate("Transcript", "Hidden characters: {count}"),
        foreign_letters=QCoreApplication.translate(
            "Transcript", "The name of the site has letters of another alphabet: {host}"
        ),
        footnote=QCoreApplication.translate("Transcript", "Footnote {number}"),
        back_to_text=QCoreApplication.translate("Transcript", "Footnote {number}: back to the text"),
    )


def chrome_words() -> ChromeWords:
    """Words around messages. Asked again when the language changes."""
    return ChromeWords(
        assistant=QCoreApplication.translate("Transcript", "GigaChat"),
        you=QCoreApplication.translate("Transcript", "You"),
        copy_message=QCoreApplication.translate("Transcript", "Copy message"),
        regenerate=QCoreApplication.translate("Transcript", "Answer again"),
        edit=QCoreApplication.translate("Transcript", "Edit"),
        more=QCoreApplication.translate("Transcript", "More actions"),
        older_version=QCoreApplication.translate("Transcript", "Previous version"),
        newer_version=QCoreApplication.translate("Transcript", "Next version"),
        version=QCoreApplication.translate("Transcript", "Version {number} of {count}"),
        waiting=QCoreApplication.translate("Transcript", "Waiting for its turn"),
        waiting_place=QCoreApplication.translate("Transcript", "Waiting for its turn, place {place}"),
        waiting_in_chat=QCoreApplication.translate("Transcript", "Waiting: {place} of {count}"),
        move_to_front=QCoreApplication.translate("Transcript", "Move to front"),
        copied=QCoreApplication.translate("Transcript", "Copied"),
        conversation=QCoreApplication.translate("Transcript", "Chat"),
        jump_to_end=QCoreApplication.translate("Transcript", "Jump to the end"),
    )


def time_text(seconds: float) -> str:
    """The time of a message as the user's language writes it; its day stands above."""
    return QLocale().toString(_moment(seconds).time(), QLocale.FormatType.ShortFormat)


def exact_time_text(seconds: float) -> str:
    """Day and time to the second."""
    moment, locale = _moment(seconds), QLocale()
    # The long format would add the name of the time zone.
    to_the_second = locale.timeFormat(QLocale.FormatType.ShortFormat).replace("mm", "mm:ss")
    return f"{date_text(seconds)}, {locale.toString(moment.time(), to_the_second)}"


def short_moment_text(seconds: float) -> str:
    """Day and time as short as the language has them."""
    return QLocale().toString(_moment(seconds), QLocale.FormatType.ShortFormat)


def date_text(seconds: float) -> str:
    """The day, in full."""
    return _capital(QLocale().toString(_moment(seconds).date(), QLocale.FormatType.LongFormat))


def day_text(day: date, today: date) -> str:
    """What a day is called above its first message."""
    age_days = (today - day).days
    if age_days == 0:
        return QCoreApplication.translate("Transcript", "Today")
    if age_days == 1:
        return QCoreApplication.translate("Transcript", "Yesterday")
    # Qt's pattern of a day with its weekday, in the order of the language.
    pattern = QCoreApplication.translate("Transcript", "dddd, MMMM d")
    if day.year != today.year:
        pattern = QCoreApplication.translate("Transcript", "dddd, MMMM d, yyyy")
    return _capital(QLocale().toString(QDate(day.year, day.month, day.day), pattern))


def _moment(seconds: float) -> QDateTime:
    if not abs(seconds) < LATEST_S:
        seconds = 0.0  # from a damaged row
    return QDateTime.fromMSecsSinceEpoch(round(seconds * 1000))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def thought_text(seconds: float | None, *, is_running: bool) -> str:
    """The line above what the model thought."""
    if is_running:
        if seconds is None or seconds < 1:
            return QCoreApplication.translate("Transcript", "Thinking…")
        return QCoreApplication.translate("Transcript", "Thinking… {seconds} s").format(seconds=int(seconds))
    if seconds is None:
        return QCoreApplication.translate("Transcript", "Thoughts")
    return QCoreApplication.translate("Transcript", "Thought for {seconds} s").format(seconds=max(1, round(seconds)))
