"""A chat in the trash or in the archive: keys that would change it say why not, and lead to the way out."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from tests.window_support import open_desk

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key
KEYS = {"edit": (Key.Key_E, CTRL | SHIFT), "answer again": (Key.Key_R, CTRL), "delete": (Key.Key_Delete, None)}


def words(bar) -> str:
    return "\n".join(label.text() for label in bar.findChildren(QLabel))


@pytest.mark.parametrize("name", KEYS)
@pytest.mark.parametrize("is_deleted", [False, True], ids=["archive", "trash"])
def test_a_key_that_would_change_it_says_why_not_and_enter_leads_out(run_async, name, is_deleted):
    async def story():
        async with open_desk() as desk:
            chat_id = desk.new_chat()
            await desk.exchange(chat_id, "Why?", "Because.")
            library = desk.conversations.library
            library.delete_chats([chat_id]) if is_deleted else library.set_archived([chat_id], is_archived=True)
            desk.window.open_chat(chat_id)
            page = desk.window.page
            await desk.until(page.resting.isVisible)
            before = words(page.resting)
            page.transcript.setFocus()
            page.transcript.walk.go_to(1)

            key, modifiers = KEYS[name]
            desk.press(key, modifiers or Qt.KeyboardModifier.NoModifier)

            where = "trash" if is_deleted else "archive"
            assert words(page.resting) == page.resting.button.accessibleDescription()
            assert f"Nothing is changed in a chat that is in the {where}" in words(page.resting)
            assert desk.texts(chat_id) == ["Why?", "Because."]
            await desk.until(page.resting.button.hasFocus)
            desk.press(Key.Key_Space)
            await desk.until(page.composer.isVisible)
            assert desk.conversations.edited(chat_id) is None

            library.set_archived([chat_id], is_archived=True)
            await desk.until(page.resting.isVisible)
            assert "Nothing is changed" not in before
            assert "Nothing is changed" not in words(page.resting)

    run_async(story())
