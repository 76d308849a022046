"""The lexer of 1C:Enterprise, which Pygments lacks: keywords in Russian and English."""

import re
from typing import ClassVar

from pygments.lexer import RegexLexer, bygroups, default, words
from pygments.token import Comment, Keyword, Name, Number, Operator, Punctuation, String, Whitespace

_KEYWORDS = """
    Если Тогда ИначеЕсли Иначе КонецЕсли Для Каждого Из По Пока Цикл КонецЦикла Процедура КонецПроцедуры Функция
    КонецФункции Перем Экспорт Возврат Продолжить Прервать Попытка Исключение КонецПопытки ВызватьИсключение Новый
    Знач Перейти Выполнить ДобавитьОбработчик УдалитьОбработчик Асинх Ждать
    If Then ElsIf Else EndIf For Each In To While Do EndDo Procedure EndProcedure Function EndFunction Var Export
    Return Continue Break Try Except EndTry Raise New Val Goto Execute AddHandler RemoveHandler Async Await
"""
_CONSTANTS = "Истина Ложь Неопределено Null True False Undefined"
_WORDS = "И ИЛИ НЕ And Or Not"


class BslLexer(RegexLexer):
    """Modules of 1C. Every rule is linear."""

    name = "1C"
    aliases = ("bsl",)
    flags = re.IGNORECASE | re.MULTILINE

    tokens: ClassVar = {
        "root": [
            (r"\s+", Whitespace),
            (r"//[^\n]*", Comment.Single),
            (r"[#&]\w+[^\n]*", Comment.Preproc),
            (r"'[^'\n]*'", Number.Date),
            (r'"', String, "string"),
            (
                r"(Процедура|Функция|Procedure|Function)(\s+)(\w+)",
                bygroups(Keyword, Whitespace, Name.Function),  # type: ignore[no-untyped-call]  # of Pygments
            ),
            (words(_KEYWORDS.split(), prefix=r"(?<!\.)\b", suffix=r"\b"), Keyword),
            (words(_CONSTANTS.split(), prefix=r"(?<!\.)\b", suffix=r"\b"), Keyword.Constant),
            (words(_WORDS.split(), prefix=r"(?<!\.)\b", suffix=r"\b"), Operator.Word),
            (r"\d+(?:\.\d+)?", Number),
            (r"\w+(?=\()", Name.Function),
            (r"\w+", Name),
            (r"[-+*/%=<>?]", Operator),
            (r"[^\w\s]", Punctuation),
        ],
        # A string goes on in the next line behind a bar.
        "string": [
            (r'""', String.Escape),
            (r'"', String, "#pop"),
            (r'[^"\n]+', String),
            (r"\n", Whitespace, "next line"),
        ],
        "next line": [
            (r"[ \t]+(?=\|)", Whitespace),
            (r"\|", String, "#pop"),
            (r"[ \t]*//[^\n]*\n", Comment.Single),
            default("#pop:2"),
        ],
    }
