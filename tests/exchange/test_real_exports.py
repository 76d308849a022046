"""Shapes of real exports, written after public descriptions and readers of them: nothing said is lost or ugly."""

import html
import json
from typing import Any

import pytest

from gigadesk.chat import FileKind, Source
from gigadesk.exchange import chatgpt, open_webui
from gigadesk.exchange.details import read_details
from gigadesk.exchange.records import FoundChat

NOW = 1.8e9
CITE = "\ue200cite\ue202turn0search{}\ue201"


def said(role: str, content: dict[str, Any], **fields: Any) -> dict[str, Any]:
    name = fields.pop("name", None)
    return {
        "author": {"role": role, "name": name, "metadata": {}},
        "create_time": 1.7e9,
        "update_time": None,
        "content": content,
        "status": "finished_successfully",
        "end_turn": None,
        "weight": 1.0,
        "metadata": {},
        "recipient": "all",
        "channel": None,
        **fields,
    }


def words(*parts: Any) -> dict[str, Any]:
    return {
        "content_type": "text" if all(isinstance(each, str) for each in parts) else "multimodal_text",
        "parts": parts,
    }


def line(*messages: dict[str, Any] | None) -> FoundChat:
    """A conversation without forks."""
    mapping = {
        f"n{at}": {"id": f"n{at}", "message": each, "parent": f"n{at - 1}" if at else None, "children": [f"n{at + 1}"]}
        for at, each in enumerate(messages)
    }
    value = {"title": "T", "create_time": 1.7e9, "update_time": 1.7e9, "mapping": mapping, "conversation_id": "c"}
    return chatgpt.found_chat(json.loads(json.dumps({**value, "current_node": f"n{len(messages) - 1}"})), NOW)


def test_citations_become_numbers_that_lead_to_their_pages():
    answer = said(
        "assistant",
        words(
            f"Столица — Париж{CITE.format(0)}. Река — Сена{CITE.format(1)}{CITE.format(9)}."
            " See \ue200filecite\ue202turn0file0\ue201."
        ),
        metadata={
            "content_references": [
                {
                    "matched_text": CITE.format(0),
                    "type": "grouped_webpages",
                    "items": [
                        {
                            "title": "Paris",
                            "url": "https://a.example/",
                            "supporting_websites": [{"title": "Also", "url": "https://b.example/"}],
                        }
                    ],
                    "alt": "([Paris](https://a.example/))",
                },
                {"matched_text": CITE.format(1), "type": "webpage", "title": "Seine", "url": "https://c.example/"},
                {"matched_text": "\ue200filecite\ue202turn0file0\ue201", "type": "file", "name": "отчёт.pdf"},
                {"matched_text": " ", "type": "sources_footnote", "sources": [{"title": "Seine", "url": "https://c.example/"}]},
            ]
        },
    )  # fmt: skip

    [_, message] = line(said("user", words("?")), answer).messages

    assert message.text == "Столица — Париж[1][2]. Река — Сена[3]. See  (`отчёт.pdf`)."
    assert [(each.number, each.url) for each in message.sources] == [
        (1, "https://a.example/"),
        (2, "https://b.example/"),
        (3, "https://c.example/"),
    ]


def test_citations_of_2023_and_numbers_of_parts_that_are_joined():
    def browsed(text: str, url: str) -> dict[str, Any]:
        page = {"type": "webpage", "title": "P", "url": url, "text": "…"}
        return said("assistant", words(text), metadata={"citations": [{"start_ix": 1, "end_ix": 9, "metadata": page}]})

    def cited(text: str, url: str) -> dict[str, Any]:
        reference = {"matched_text": CITE.format(0), "type": "webpage", "url": url}
        return said("assistant", words(text + CITE.format(0)), metadata={"content_references": [reference]})

    [old] = line(browsed("So it is【3†source】 and so【12:4†a.pdf】.", "https://a.example/")).messages
    [two] = line(cited("One", "https://a.example/"), cited("Two a[1]", "https://b.example/")).messages

    assert (old.text, old.sources) == ("So it is and so.", (Source(1, "https://a.example/", "P"),))
    assert two.text == "One[1]\n\nTwo a[1][2]"
    assert [each.number for each in two.sources] == [1, 2]


def test_names_and_formulas_in_marks_stay_in_the_sentence():
    entity = '\ue200entity\ue202["people","Ада Лавлейс","mathematician"]\ue201'
    formula = '\ue200genui\ue202{"math_block_widget_always_prefetch_v2":{"content":"e^{ix}"}}\ue201'
    told = "\ue200product\ue202turn0product1\ue201"
    references = [{"matched_text": told, "type": "product_entity", "alt": "**Лампа**"}]
    others = "\ue200image_group\ue202{}\ue201 \ue200url\ue202сайт\ue202turn0\ue201 \ue200genui\ue202[\ue201"
    text = f"{entity} и {told}: {formula}{others}"

    [message] = line(said("assistant", words(text), metadata={"content_references": references})).messages

    assert message.text == "Ада Лавлейс и **Лампа**: \n\n$$\ne^{ix}\n$$\n\n сайт "


def test_a_canvas_is_a_document_and_not_json():
    made = {"name": "План", "type": "document", "content": "# План\n\n- раз\n- два"}
    code = {"name": "sort.py", "type": "code/python", "content": "print(1)"}
    changed = {
        "updates": [
            {"pattern": ".*", "multiple": False, "replacement": "print(2)"},
            {"pattern": "a", "replacement": "b"},
        ]
    }
    comments = {"comments": [{"pattern": "раз", "comment": "Почему?"}]}

    def call(tool: str, value: Any) -> list[dict[str, Any]]:
        content = {"content_type": "code", "language": "json", "response_format_name": None, "text": json.dumps(value)}
        answer = words(f"Successfully updated text document with textdoc_id '{tool}'.")
        return [
            said("assistant", content, recipient=f"canmore.{tool}"),
            said("tool", answer, name=f"canmore.{tool}", metadata={"canvas": {"textdoc_id": "x"}}),
        ]

    parts = [
        *call("create_textdoc", made),
        *call("create_textdoc", code),
        *call("update_textdoc", changed),
        *call("comment_textdoc", comments),
        *call("create_textdoc", "odd"),
    ]
    [_, message] = line(said("user", words("?")), *parts, said("assistant", words("Готово."))).messages

    assert message.text == (
        "**План**\n\n# План\n\n- раз\n- два\n\n**sort.py**\n\n```python\nprint(1)\n```\n\n```\nprint(2)\n```\n\n"
        '```text\na\n→\nb\n```\n\n> раз\n\nПочему?\n\n```json\n"odd"\n```\n\nГотово.'
    )


def test_what_tools_say_to_the_model_alone_is_left_out():
    browse = {
        "content_type": "tether_browsing_display",
        "result": "L0: long page",
        "summary": None,
        "assets": [],
        "tether_id": None,
    }
    quote = {
        "content_type": "tether_quote",
        "url": "file-1",
        "domain": "a.pdf",
        "text": "all of the file",
        "title": "a.pdf",
    }
    search = {"content_type": "code", "language": "unknown", "text": 'search("Париж")'}
    memory = said("assistant", words("Likes tea."), recipient="bio")

    [_, message] = line(
        said("user", words("?")),
        said("assistant", search, recipient="browser"),
        said("tool", browse, name="browser"),
        said("tool", quote, name="myfiles_browser"),
        said("assistant", {"content_type": "code", "text": '{"search_query":[{"q":"x"}]}'}, recipient="web.run"),
        said("tool", words("Make sure to include \ue200filecite\ue202turn0file0\ue201 …"), name="file_search"),
        memory,
        said("tool", words("Model set context updated."), name="bio"),
        said("tool", words("42"), name="my_plugin.answer"),
        said("tool", {"content_type": "system_error", "name": "tool_error", "text": "Error: x"}, name="python"),
        said("assistant", words("Вот.")),
    ).messages

    assert message.text == "```\nLikes tea.\n```\n\n```text\n42\n```\n\nВот."


def test_drawn_and_spoken_things_are_files_of_the_answer():
    prompt = {"content_type": "text", "parts": ['{"prompt": "A red fox\\nin snow", "size": "1024x1024"}']}
    picture = {
        "content_type": "image_asset_pointer",
        "asset_pointer": "sediment://file_0000abc",
        "size_bytes": 5,
        "metadata": {"dalle": {"gen_id": "g", "prompt": "A red fox"}},
    }
    printed = {"content_type": "execution_output", "text": ""}
    drawn = [
        {"message_type": "image", "image_url": "file-service://file-Plot1", "width": 1},
        {"message_type": "stream"},
    ]
    voice = {
        "content_type": "real_time_user_audio_video_asset_pointer",
        "frames_asset_pointers": [],
        "video_container_asset_pointer": None,
        "audio_asset_pointer": {
            "content_type": "audio_asset_pointer",
            "asset_pointer": "sediment://file_voice1",
            "size_bytes": 9,
            "format": "wav",
            "metadata": {"start": 0, "end": 1.5},
        },
    }
    heard = {"content_type": "audio_transcription", "text": "Нарисуй лису", "direction": "in", "decoding_id": None}

    [question, answer] = line(
        said("user", words(voice, heard)),
        said("assistant", prompt, recipient="dalle.text2im"),
        said("tool", words(picture), name="dalle.text2im"),
        said("tool", words("DALL·E returned some images. They are already displayed."), name="dalle.text2im"),
        said("assistant", {"content_type": "code", "language": "unknown", "text": "plot()"}, recipient="python"),
        said("tool", printed, name="python", metadata={"aggregate_result": {"messages": drawn}}),
        said("assistant", words("Вот."), metadata={"finish_details": {"type": "interrupted"}}),
    ).messages  # fmt: skip

    assert (question.text, [(file.member, file.kind) for file in question.files]) == (
        "Нарисуй лису",
        [("file_voice1", FileKind.AUDIO)],
    )
    assert answer.text == "> A red fox\n> in snow\n\n```python\nplot()\n```\n\nВот."
    assert [(file.member, file.is_generated) for file in answer.files] == [("file_0000abc", True), ("file-Plot1", True)]
    assert answer.status == "stopped"


def test_odd_values_in_every_place_break_nothing():
    for odd in (None, 5, "x", [], {}, [None], {"a": 1}):
        references = [
            odd,
            {"matched_text": odd, "items": odd, "alt": odd},
            {"type": "file", "matched_text": "m", "name": odd},
        ]
        metadata = {"content_references": references, "citations": odd, "aggregate_result": odd, "finish_details": odd}
        for content in (words("m \ue200entity\ue202[1]\ue201"), {"content_type": odd, "parts": odd, "text": odd}, odd):
            for recipient in ("all", "canmore.create_textdoc", "dalle.text2im", odd):
                line(said("assistant", content, metadata=metadata, recipient=recipient))  # type: ignore[arg-type]
                line(said("tool", content, metadata=metadata, name=odd))  # type: ignore[arg-type]


# Open WebUI


def details(kind: str, inside: str, **facts: str) -> str:
    told = "".join(f' {name}="{html.escape(value)}"' for name, value in facts.items())
    return f'<details type="{kind}" done="true"{told}>\n{inside}\n</details>\n'


def webui(*messages: dict[str, Any]) -> FoundChat:
    history = {
        f"m{at}": {
            "id": f"m{at}",
            "parentId": f"m{at - 1}" if at else None,
            "childrenIds": [],
            "timestamp": 1.7e9,
            **each,
        }
        for at, each in enumerate(messages)
    }
    chat = {"title": "T", "models": ["m"], "history": {"messages": history, "currentId": f"m{len(messages) - 1}"}}
    return open_webui.found_chat({"id": "i", "title": "T", "chat": chat, "created_at": 1.7e9, "updated_at": 1.7e9}, NOW)


def test_tools_and_code_in_answers_of_open_webui_are_read():
    text = (
        details("reasoning", "<summary>Thought for 2 seconds</summary>\n> Hm &lt;b&gt;", duration="2")
        + "Ищу.\n"
        + details(
            "tool_calls",
            "<summary>Tool Executed</summary>",
            id="call_1",
            name="get_weather",
            arguments=json.dumps('{"city": "Москва"}'),
            result=json.dumps("-3 °C\nснег"),
            files="",
        )
        + details(
            "code_interpreter", "<summary>Analyzed</summary>\n```python\n1 &lt; 2\n```", output='{"stdout": "True"}'
        )
        + "Холодно."
    )

    [message] = webui({"role": "assistant", "content": text, "model": "m", "done": True}).messages

    assert (message.reasoning, message.reasoning_s) == ("Hm <b>", 2.0)
    assert message.text == (
        'Ищу.\n\n`get_weather`\n\n```json\n{"city": "Москва"}\n```\n\n```text\n-3 °C\nснег\n```\n\n'
        '```python\n1 < 2\n```\n\n```text\n{"stdout": "True"}\n```\n\nХолодно.'
    )


@pytest.mark.parametrize(
    "text",
    [
        "<details><summary>a</summary>b</details>",
        '<details type="reasoning" done="true"',
        '<details type="reasoning" done="true>text</details>',
        '<details type="tool_calls">no end',
        '<details type="other" a="b">text</details>',
        "x" + ' <details type="reasoning" a="' * 20_000,
        '<details type="reasoning"' + " " * 200_000,
    ],
    ids=range(7),
)
def test_what_is_no_such_element_stays_as_it_is(text):
    assert read_details(text) == (text, "", None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<think>\nHm, 1 < 2\n</think>\n\n    Да", ("    Да", "Hm, 1 < 2")),
        ("\n<thinking>Hm</thinking>Да <think>b</think>", ("Да <think>b</think>", "Hm")),
        ("<think></think>Да", ("Да", "")),
        ("<think>no end", ("<think>no end", "")),
        ("Say `<think>a</think>`", ("Say `<think>a</think>`", "")),
        ("<think>a</think><details>b</details>", ("<details>b</details>", "a")),
    ],
    ids=range(6),
)
def test_thoughts_between_marks_are_read(text, expected):
    assert read_details(text)[:2] == expected


def test_sources_of_open_webui_have_the_numbers_that_the_text_counts():
    pages = [{"source": "https://a.example/", "title": "A"}, {"source": "https://b.example/"}]
    web = {"source": {"name": "web_search"}, "document": ["…", "…"], "metadata": pages, "distances": [1, 2]}
    file = {
        "source": {"id": "f1", "type": "file"},
        "document": ["…"],
        "metadata": [{"source": "a.pdf", "file_id": "f1"}],
    }
    again = {"source": {"name": "web_search"}, "document": ["…"], "metadata": [{"source": "https://a.example/"}]}
    odd = [{"source": None, "metadata": None}, None, {"source": {"url": "https://c.example/", "name": "C"}}]

    [message] = webui({"role": "assistant", "content": "Да [1][3].", "sources": [file, web, again, *odd]}).messages

    assert [(each.number, each.url, each.title) for each in message.sources] == [
        (2, "https://a.example/", "A"),
        (3, "https://b.example/", "web_search"),
        (5, "https://c.example/", "C"),
    ]


@pytest.mark.parametrize(
    ("error", "detail"),
    [
        ("Ollama: 500", "Ollama: 500"),
        ({"content": "No"}, "No"),
        ({"message": "Why"}, "Why"),
        (True, ""),
        ({"content": {}}, ""),
    ],
)
def test_errors_of_open_webui_in_any_shape(error, detail):
    [message] = webui({"role": "assistant", "content": "", "error": error}).messages

    assert message.status == "failed"
    assert json.loads(message.error[1])["detail"] == detail


def test_an_answer_that_was_merged_from_several_is_there():
    merged = {"status": True, "content": "Вместе."}

    [message] = webui({"role": "assistant", "content": "Раз.", "merged": merged}).messages

    assert message.text == "Раз.\n\nВместе."
