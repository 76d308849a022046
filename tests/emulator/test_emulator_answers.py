"""What the emulated model says: pure, the same for the same question, and true."""

import ast
import contextlib
import io
import re
import sqlite3
import struct

import pytest

from gigadesk.emulator.answers import compose
from gigadesk.emulator.answers.arithmetic import sum_in
from gigadesk.emulator.answers.file_talk import picture_size
from gigadesk.emulator.answers.library import ENGLISH, RUSSIAN
from gigadesk.emulator.answers.topics import topic_of
from gigadesk.emulator.prompts import HeldFile, Mode, Part, Prompt, Turn
from gigadesk.emulator.requests_v1 import check_shape, read_prompt
from gigadesk.resources import resource_bytes

TITLE_RUSSIAN = "Придумай короткий заголовок для этой беседы: от двух до шести слов."
TITLE_ENGLISH = "Write a short title for this conversation: two to six words."
CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
QUESTIONS = {
    "Привет!": "greeting",
    "Покажи, что умеет Markdown": "tour",
    "Сравни языки программирования в таблице": "table",
    "Напиши функцию на Python": "python",
    "Пример на JavaScript": "javascript",
    "SQL-запрос для отчёта": "sql",
    "Команда в терминале Linux": "bash",
    "Реши квадратное уравнение": "math",
    "Рецепт блинов": "recipe",
    "Как сварить борщ?": "soup",
    "Напиши письмо коллеге": "letter",
    "Расскажи сказку": "story",
    "Расскажи анекдот": "joke",
    "Почему небо голубое?": "sky",
    "Спасибо!": "thanks",
    "Сколько стоит билет на Марс?": "default",
    "Нарисуйте лес": "picture",
    "Сделай красивую картинку": "picture",
    "Опиши картинку подробно": "default",
    "Создай 3D-модель дома": "model_3d",
    "Draw me a house": "picture",
    "A picture of a house": "picture",
    "Make a 3D house": "model_3d",
    "Describe the picture": "default",
    "Hello": "greeting",
    "Show me Markdown": "tour",
    "Write Python code": "python",
    "A pancake recipe": "recipe",
    "Tell me a story": "story",
    "What is photosynthesis?": "explain",
    "What is the price of a ticket to Mars, and when does it leave?": "explain",
}


def answer_to(messages, seed=0, *, model="GigaChat-2", **more):
    """The answer to a request of the first contract."""
    body = {"model": model, "messages": messages, **more}
    check_shape(body)
    return compose(read_prompt(body, model, ()), seed)


def ask(*contents: str, seed: int = 0, system: str = "", **more):
    roles = ["user", "assistant"] * len(contents)
    messages = [{"role": role, "content": text} for role, text in zip(roles, contents, strict=False)]
    first = [{"role": "system", "content": system}] if system else []
    return answer_to([*first, *messages], seed, **more)


@pytest.mark.parametrize(("question", "topic"), QUESTIONS.items(), ids=QUESTIONS.keys())
def test_question_finds_its_topic(question, topic):
    assert topic_of(question) == topic


@pytest.mark.parametrize("question", QUESTIONS)
def test_answer_is_in_the_language_of_the_question_and_repeats(question):
    answer = ask(question)

    assert answer == ask(question)
    assert answer.finish_reason == "stop"
    assert bool(CYRILLIC.search(answer.text)) == bool(CYRILLIC.search(question))
    assert "{" not in answer.text or "```" in answer.text or "$" in answer.text
    assert "⏎" not in answer.text


def test_seed_changes_the_variant():
    assert len({ask("Расскажи анекдот", seed=seed).text for seed in range(20)}) == len(RUSSIAN.texts["joke"])


def test_both_languages_know_the_same_topics():
    assert RUSSIAN.texts.keys() == ENGLISH.texts.keys()


@pytest.mark.parametrize("library", [RUSSIAN, ENGLISH], ids=["russian", "english"])
def test_python_in_answers_runs_and_prints_what_it_promises(library):
    for texts in library.texts.values():
        for text in texts:
            blocks = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
            promised = re.findall(r"```text\n(.*?)```", text, re.DOTALL)
            for block in blocks:
                printed = io.StringIO()
                with contextlib.redirect_stdout(printed):
                    exec(compile(ast.parse(block), "answer", "exec"), {"__name__": "__main__"})  # noqa: S102 - our own texts
                if promised:
                    assert printed.getvalue() == promised[0]


@pytest.mark.parametrize("library", [RUSSIAN, ENGLISH], ids=["russian", "english"])
def test_sql_in_answers_runs(library):
    database = sqlite3.connect(":memory:")
    database.executescript(
        "CREATE TABLE customers (id, name); CREATE TABLE orders (id, customer_id, amount, created_at);"
        "INSERT INTO customers VALUES (1, 'A'); INSERT INTO orders VALUES (1, 1, 2000, DATE('now'));"
    )
    query, index = re.findall(r"```sql\n(.*?)```", library.texts["sql"][0], re.DOTALL)

    assert database.execute(query).fetchall() == [("A", 1, 2000, 2000.0)]
    database.execute(index)
    database.close()


@pytest.mark.parametrize("library", [RUSSIAN, ENGLISH], ids=["russian", "english"])
def test_fences_are_closed_and_tables_even(library):
    for texts in library.texts.values():
        for text in texts:
            assert text.count("```") % 2 == 0
            for table in re.findall(r"(?:^\|.*\|$\n?)+", text, re.MULTILINE):
                assert len({row.count("|") for row in table.strip().split("\n")}) == 1


@pytest.mark.parametrize("library", [RUSSIAN, ENGLISH], ids=["russian", "english"])
def test_story_is_several_thousand_characters_long(library):
    assert len(library.texts["story"][0]) > 3000


@pytest.mark.parametrize(
    ("question", "length"),
    [
        ("Длинный ответ", 20_000),
        ("a long answer", 20_000),
        ("Длинный ответ на 50 000 знаков", 50_000),
        ("текст на 3 тыс. символов", 3_000),
        ("300000 characters please", 300_000),
    ],
)
def test_long_answer_has_the_wanted_length(question, length):
    assert length <= len(ask(question).text) < length + 1000


def test_marked_words_are_refused():
    for question in ("Расскажи про [запрет]", "[blacklist] please"):
        assert ask(question).finish_reason == "blacklist"


@pytest.mark.parametrize(
    ("system", "question", "title"),
    [
        (TITLE_RUSSIAN, "Напиши функцию на Python", "Код на Python"),
        (TITLE_RUSSIAN, "Расскажи, пожалуйста, о планетах", "О планетах"),
        (TITLE_RUSSIAN, "Объясни, что такое фотосинтез?", "Что такое фотосинтез"),
        (TITLE_RUSSIAN, "Найди в интернете последние новости о космосе", "Последние новости о космосе"),
        (TITLE_RUSSIAN, "Рецепт вишнёвого пирога", "Рецепт вишнёвого пирога"),
        (TITLE_RUSSIAN, "Как работает интернет?", "Как работает сеть"),
        (TITLE_ENGLISH, "Search the web for news about space", "News about space"),
        (TITLE_ENGLISH, "A trip to Rome", "A trip to Rome"),
        (TITLE_ENGLISH, "Please explain how lasers work!", "How lasers work"),
        (TITLE_ENGLISH, "Tell me a story", "The lamplighter's tale"),
        (TITLE_ENGLISH, "one two three four five six seven", "One two three four five six"),
    ],
)
def test_title_is_short_and_about_the_question(system, question, title):
    assert ask(f"{question}\n\n---\n\nОтвет про таблицу", system=system).text == title


def test_title_asked_for_at_the_end_of_a_conversation():
    assert ask("Рецепт блинов", "Вот рецепт", TITLE_RUSSIAN).text == "Тонкие блины на молоке"


def test_ordinary_system_prompt_does_not_make_titles():
    prompt = "Ты помощник в чате. Начинай ответ с заголовка."

    assert len(ask("Расскажи сказку", system=prompt).text) > 1000


@pytest.mark.parametrize(
    "wish",
    [
        "Твой последний ответ оборвался. Продолжи его ровно с того места, где он остановился.",
        "Продолжай",
        "Your last answer broke off. Continue it exactly where it stopped.",
        "Continue",
    ],
)
def test_broken_answer_is_continued_where_it_stopped(wish):
    whole = ask("Расскажи сказку").text

    assert ask("Расскажи сказку", whole[:1000], wish).text == whole[1000:]
    assert ask("Расскажи сказку", whole, wish).text not in whole


def test_continued_twice():
    whole = ask("Расскажи сказку").text
    messages = [{"role": "user", "content": "Расскажи сказку"}, {"role": "assistant", "content": whole[:700]}]

    assert answer_to([*messages, {"role": "user", "content": "Продолжи"}]).text == whole[700:]


WEATHER = {
    "name": "weather_forecast",
    "description": "Погода в городе",
    "parameters": {
        "type": "object",
        "properties": {
            "city": {"type": "string"},
            "days": {"type": "integer"},
            "unit": {"type": "string", "enum": ["celsius"]},
            "place": {"type": "object", "properties": {"indoors": {"type": "boolean"}}},
            "tags": {"type": "array", "items": {"type": "string"}},
        },
    },
}


def test_auto_calls_a_function_the_question_is_about():
    call = ask("Какая погода в Казани", functions=[WEATHER], function_call="auto").function_call

    assert call == (
        "weather_forecast",
        {"city": "Казани", "days": 1, "unit": "celsius", "place": {"indoors": True}, "tags": ["Казани"]},
    )
    assert ask("Привет", functions=[WEATHER], function_call="auto").function_call is None
    assert ask("Какая погода", functions=[WEATHER]).function_call is None


def test_partial_arguments_win():
    forced = {"name": "weather_forecast", "partial_arguments": {"days": 9}}

    assert ask("Погода", functions=[WEATHER], function_call=forced).function_call[1]["days"] == 9


def test_result_of_a_function_is_shown():
    messages = [
        {"role": "user", "content": "Какая погода?"},
        {"role": "assistant", "content": "", "function_call": {"name": "f", "arguments": {}}},
        {"role": "function", "name": "f", "content": '{"t": 25}'},
    ]

    assert '"t": 25' in answer_to(messages, functions=[WEATHER], function_call="auto").text


def test_broken_answer_of_a_tool_is_continued_too():
    picture = {"function_call": "auto"}
    whole = ask("Нарисуй кота", **picture).text
    begun = f'<img src="a-b" fuse="true"/> {whole[:40]}'

    assert ask("Нарисуй кота", begun, "Продолжи", **picture).text == whole[40:]


@pytest.mark.parametrize("library", [RUSSIAN, ENGLISH], ids=["russian", "english"])
def test_pictures_of_the_answers_are_small_and_real(library):
    for name in library.tools.pictures:
        data = resource_bytes(f"emulator/{name}.jpg")

        assert len(data) < 120 * 1024
        assert picture_size(data) == (768, 768)


def test_model_of_the_answers_is_whole():
    data = resource_bytes("emulator/vase.fbx")
    names, at = [], 27
    while (node := struct.unpack_from("<IIIB", data, at))[0]:
        names.append(data[at + 13 : at + 13 + node[3]].decode())
        at = node[0]

    assert data[:27] == b"Kaydara FBX Binary  \0\x1a\0" + struct.pack("<I", 7400)
    assert names == ["FBXHeaderExtension", "GlobalSettings", "Definitions", "Objects", "Connections"]


@pytest.mark.parametrize("library", [RUSSIAN, ENGLISH], ids=["russian", "english"])
def test_marks_point_at_sources_that_are_there(library):
    for found in library.tools.found:
        numbers = {
            int(number) for mark in re.findall(r"\[sources=\[([\d,]+)\]\]", found.text) for number in mark.split(",")
        }

        assert numbers
        assert numbers <= set(range(1, len(found.pages) + 1))
        assert all(page.url.startswith("https://") for page in found.pages)


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("посчитай 2 + 2", 4),
        ("(1 + 2) × 3 : 9", 1.0),
        ("сколько будет 2^10?", 1024),
        ("7 − 10", -3),
        ("от 1 до 3, а ещё 10*10", 100),
        ("9**9**9", None),
        ("1/0", None),
        ("(0-8)**0.5", None),
        ("*".join(["999999**64"] * 16), None),
        ("(((", None),
        ("2 +", None),
        ("нет чисел", None),
    ],
)
def test_sum_of_a_question_is_worked_out(question, value):
    found = sum_in(question)

    assert (None if found is None else found[1]) == value


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Сколько будет 17*23?", "17 × 23 = **391**."),
        ("Сколько будет 17*23, подумай", "17 × 23 = **391**."),
        ("7 : 2", None),
        ("2+2*2=", "2 + 2 × 2 = **6**."),
        ("Чему равно 1/8?", "1 ÷ 8 = **0,125**."),
        ("What is 2^10?", "2 ^ 10 = **1024**."),
        ("How much is 1/8?", "1 ÷ 8 = **0.125**."),
        ("What is 9/11?", None),
        ("Позвони 8-800-555-35-35", None),
    ],
)
def test_sum_is_answered_without_a_tool(question, text):
    answer = ask(question).text

    assert answer == text if text else "= **" not in answer


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("Что значит *p = &x[0]?", r"Что значит \*p = \&x\[0\]"),
        ("Где лежит my_file_name и C#", r"Где лежит my_file_name и C\#"),
        ("Кто такие <b>они</b> и `они`", r"Кто такие \<b\>они\</b\> и \`они\`"),
    ],
)
def test_echo_of_the_question_is_escaped(question, shown):
    assert shown in ask(question).text


def test_prompt_with_a_file_is_about_the_file_unless_a_search_is_wanted():
    picture = HeldFile("1", "кот_1*.png", "image/png", b"")
    for question, is_searched in (
        ("Что это за порода?", False),
        ("Найди кота на картинке", False),
        ("Поищи в интернете", True),
    ):
        turn = Turn(Part.USER, question, file_ids=("1",))
        prompt = Prompt("GigaChat-2-Max", (turn,), frozenset({"web_search"}), Mode.AUTO, files={"1": picture})
        answer = compose(prompt, 0)

        assert bool(answer.sources) is is_searched
        assert is_searched or r"кот_1\*.png" in answer.text
