"""A picture of the real window after a real conversation with the demo: `--demo --screenshot FILE`."""

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from gigadesk.chat import ChatId
from gigadesk.settings import Language
from gigadesk.ui.language import resolve_language

if TYPE_CHECKING:
    from gigadesk.session import Session

ANSWER_LIMIT_S = 60
SETTLE_S = 1.0
"""For the last repaint and the colours of the code, which come from another process."""

# Asked in this order, each in a chat of its own; the last one is on the picture.
QUESTIONS = {
    Language.RUSSIAN: (
        "Напиши письмо коллеге: встреча переносится на четверг",
        "Сравни SQLite и PostgreSQL в таблице",
        "Рецепт борща на четверых",
        "Напиши на Python функцию: самые частые слова в тексте",
    ),
    Language.ENGLISH: (
        "Write a letter to a colleague: the meeting moves to Thursday",
        "Compare SQLite and PostgreSQL in a table",
        "A recipe for borscht for four",
        "Write a Python function: the most common words of a text",
    ),
}


async def take_screenshot(session: "Session", file: Path, language: Language) -> int:
    """Ask, wait for the answers, write the picture as PNG. The exit code: 0, or 1 if there is none."""
    for question in QUESTIONS[resolve_language(language)]:
        await ask_in_new_chat(session, question)
    await asyncio.sleep(SETTLE_S)
    if not session.window.grab().save(str(file)):
        sys.stderr.write(f"the picture could not be written to {file}\n")
        return 1
    return 0


async def ask_in_new_chat(session: "Session", question: str) -> ChatId:
    """Open a chat as a user would, ask, and come back when its answer and its title are there.

    Raises:
        TimeoutError: the answer took longer than `ANSWER_LIMIT_S`.
    """
    session.window.open_new_chat()
    chat_id = session.conversations.new_chat()
    session.conversations.send(chat_id, question)
    async with asyncio.timeout(ANSWER_LIMIT_S):
        await session.until_idle()
    return chat_id
