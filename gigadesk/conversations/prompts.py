"""What the program itself says to the model, in the language of the chat. Pure."""

import re

_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)

_CONTINUE_RUSSIAN = (
    "Твой последний ответ оборвался. Продолжи его ровно с того места, где он остановился: без вступления, "
    "без повторения уже написанного и без пояснений. Первый символ продолжения должен следовать сразу за последним "
    "символом оборванного текста."
)
_CONTINUE_ENGLISH = (
    "Your last answer broke off. Continue it exactly where it stopped: no introduction, no repetition of what is "
    "already written, no explanation. The first character of your continuation must follow directly after the last "
    "character of the text that broke off."
)
_TITLE_RUSSIAN = (
    "Придумай короткий заголовок для этой беседы: от двух до шести слов на языке пользователя. "
    "Ответь только заголовком: без кавычек, без Markdown, без точки в конце."
)
_TITLE_ENGLISH = (
    "Write a short title for this conversation: two to six words in the language of the user. "
    "Answer with the title only: no quotation marks, no Markdown, no full stop at the end."
)


def is_russian(text: str) -> bool:
    """Whether to speak Russian about `text`: it has Cyrillic letters."""
    return _CYRILLIC.search(text) is not None


def continue_prompt(language_sample: str) -> str:
    """Asks the model to go on with an answer that broke off."""
    return _CONTINUE_RUSSIAN if is_russian(language_sample) else _CONTINUE_ENGLISH


def title_prompt(language_sample: str) -> str:
    """Asks the model to name a conversation."""
    return _TITLE_RUSSIAN if is_russian(language_sample) else _TITLE_ENGLISH
