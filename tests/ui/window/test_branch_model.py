"""What a row of the map of the branches says of its message."""

import pytest
from PySide6.QtCore import QObject

from gigadesk.chat import MessageId, Role
from gigadesk.conversations import Beginning, BranchRun
from gigadesk.ui.branches.branch_model import BranchModel


def words_of(text: str, file_name: str = "") -> str:
    run = BranchRun(MessageId(1), MessageId(1), 1, 1, 1, is_shown=True)
    beginning = Beginning(MessageId(1), Role.ASSISTANT, text, "GigaChat", 1e9, file_name)
    owner = QObject()
    model = BranchModel([run], lambda _ids: {MessageId(1): beginning}, owner)
    return str(model.data(model.index(0, 0)))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("## A **title**\n- and a point", "A title and a point"),
        ("```python\nprint(1)\n```\nThat is all.", "print(1) That is all."),
        ("Look:\n\n> ~~~~ c++ linenums\n> int a;\n> ~~~~", "Look: int a;"),
        ("```mermaid", "Code (mermaid)"),
        ("``````", "Code (…)"),
        ("Use ```inline``` code", "Use inline code"),
        ("", "No text yet"),
    ],
)
def test_a_row_has_the_words_of_its_message_and_not_the_name_of_a_language(qapp, text, words):
    assert words_of(text) == words


def test_a_message_without_words_is_called_by_its_file(qapp):
    assert words_of("", "cat.png") == "cat.png"
