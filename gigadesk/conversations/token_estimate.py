"""How many tokens a text or a file takes, guessed without asking anybody. Pure.

The service tells three to four characters a token, fewer for code and for Russian. A guess that is a fifth off is good
enough for a meter; where it matters, it is corrected by what the service counted (see `context_desk`).
"""

from gigadesk.chat import ChatFile, FileKind, Message
from gigadesk.conversations.history import text_of

LATIN_CHARS = 4.0
CYRILLIC_CHARS = 3.0
CODE_CHARS = 3.0
MESSAGE_TOKENS = 4
"""Who speaks, where it begins and ends."""
IMAGE_TOKENS = 800
TEXT_BYTES = 5.0
"""Of a text file a token: between Latin letters and Russian ones, which take two bytes each."""
DOCUMENT_BYTES = 60.0
"""Of a PDF or the like a token: most of it is no text."""
DOCUMENT_MAX_TOKENS = 30_000
SOUND_BYTES = 1_000.0
"""Of sound a token: some twenty a second of speech in an MP3."""

_FENCE = "```"


def tokens_of_text(text: str) -> float:
    """About how many tokens `text` is."""
    if _FENCE not in text:
        return _tokens_of_words(text)
    pieces = text.split(_FENCE)
    return sum(map(_tokens_of_words, pieces[::2])) + sum(len(piece) / CODE_CHARS for piece in pieces[1::2])


def tokens_of_file(file: ChatFile) -> float:
    """About how many tokens a file adds to a request; rough, for nobody tells how the service reads it."""
    match file.kind:
        case FileKind.IMAGE:
            return IMAGE_TOKENS
        case FileKind.TEXT if file.mime == "text/plain":
            return file.size_bytes / TEXT_BYTES
        case FileKind.AUDIO:
            return min(file.size_bytes / SOUND_BYTES, DOCUMENT_MAX_TOKENS)
        case _:
            return min(file.size_bytes / DOCUMENT_BYTES, DOCUMENT_MAX_TOKENS)


def tokens_of_message(message: Message) -> float:
    """A message as it is sent, without its files."""
    text = text_of(message)
    return tokens_of_text(text) + MESSAGE_TOKENS if text.strip() else 0.0


def _tokens_of_words(text: str) -> float:
    # In UTF-8 a Russian letter takes two bytes and a Latin one takes one: counted at the speed of copying. Letters of
    # three and four bytes come out as half a token.
    wide = 0 if text.isascii() else len(text.encode("utf-8", "replace")) - len(text)
    return wide / CYRILLIC_CHARS + (len(text) - wide) / LATIN_CHARS
