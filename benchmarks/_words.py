"""Words for benchmarks: Russian and English in their real forms, with the frequencies of real texts (Zipf).

The most frequent words are the small ones of each language; then come a few hundred stems in all their forms, stems
with prefixes, and a long tail of names as programs have them, numbers and codes.
"""

import itertools
import random


def _split(words: str) -> list[str]:
    return words.split()


_SMALL_RU = _split(
    """
    и в не на я что с а то как это по но из
    к у за от так же для вы мы он она они бы до
    или если ты при есть было быть уже его её их все всё только
    мне ещё нет когда чтобы где может можно нужно надо был была были этого
    этой этом этот эта эти том тому того тогда там здесь тут этих них
    него ней вас вам нас нам меня тебя кто чем чтоб потому поэтому также
    более очень без под над между через после перед про об со во ни
    да ли раз два три один одна каждый каждая каждого другой другие другого сам
    сама сами свой свою своего какой какая какие который которая которые которого которой сейчас
    потом снова опять всегда никогда иногда часто просто именно даже лучше больше меньше почему
    зачем сколько куда откуда пока хотя ведь вот ну значит например конечно действительно спасибо
    пожалуйста привет
    """
)
_SMALL_EN = _split(
    """
    the of and to a in is it that for you this with are
    on as be at or from by an not can have has if will
    was but they your we all one use which when there what so do
    how about out up then them these some would into only also its than
    other more each like may no my here used very after before between over
    just where most should because does don't could been being such any both while
    through same under too without first two new
    """
)
_NOUNS_M = _split(
    """
    договор код файл список объект метод класс вопрос ответ текст пример вариант результат сервер
    запрос клиент документ отчёт проект план отдел бюджет процент рынок закон суд адрес номер
    заказ товар склад город район дом стол экзамен урок язык перевод рассказ роман автор
    герой концерт фильм театр рецепт салат суп торт компьютер телефон экран алгоритм граф массив
    индекс модуль пакет тест журнал доступ пароль ключ поток процесс канал сигнал датчик прибор
    цикл оператор параметр аргумент символ шаблон формат протокол контракт налог кредит доход расход убыток
    актив баланс счёт врач диагноз симптом анализ орган фактор процессор контроллер интерфейс браузер сайт
    домен запуск выпуск
    """
)
_NOUNS_F = _split(
    """
    функция переменная строка таблица база система задача
    программа ошибка проверка настройка сортировка страница команда
    работа схема модель структура сборка версия ветка очередь запись связь память сеть скорость точность
    цель часть область модель история культура школа книга глава тема идея мысль причина мера
    цена сумма доля группа компания фирма сделка покупка продажа доставка оплата услуга заявка жалоба
    справка подпись печать комната кухня улица дорога машина погода зима весна осень река гора
    трава собака кошка птица рыба вода мука соль сковорода духовка бумага краска
    """
)
_NOUNS_N = _split(
    """
    поле слово письмо место дело право тело лето утро окно зеркало значение решение условие
    приложение обновление сообщение соединение исключение выражение предложение
    объяснение описание сравнение изменение хранилище устройство количество
    качество государство производство общество средство пространство множество
    """
)
_VERBS = _split(
    """
    дела реша работа чита зна дума счита начина использова создава добавля удаля изменя проверя
    отправля получа сохраня открыва закрыва запуска останавлива
    выполня вызыва возвраща переда объясня описыва сравнива
    выбира спрашива отвеча помога понима пробова советова
    тестирова сортирова фильтрова группирова кодирова программирова оптимизирова
    обраща обеспечива рассматрива показыва указыва заменя обновля загружа скачива заказыва оплачива
    """
)
_ADJECTIVES = _split(
    """
    нов стар больш маленьк хорош плох важн главн полн пуст прост сложн быстр медленн
    точн верн общ частн личн публичн открыт закрыт русск английск немецк технич юридич экономич
    логич физич химич историч математич статистич автоматич
    электрон цифров мобильн сетев локальн глобальн внутрен
    внешн средн последн первичн основн дополнительн необходим
    возможн доступн безопасн надёжн устойчив длинн коротк
    высок низк широк узк тёпл холодн красн син зелён чёрн бел жёлт деревян железн
    стеклян
    """
)
_PREFIXES = ["пере", "под", "при", "раз", "об", "вы", "до", "за", "недо", "само", "авто", "микро", "супер", "кибер"]
_NOUNS_EN = _split(
    """
    function value list file table string number object method class error result example code
    server client request response message database query index field type model test module package
    version branch release process thread memory network user password key token session page link
    button window screen text letter word sentence document contract report project budget market price
    order product customer company team manager lawyer court law tax doctor patient symptom city
    house street school lesson book chapter story author movie recipe kitchen weather winter summer
    river mountain tree animal computer phone keyboard algorithm array graph node edge path loop
    condition variable parameter argument return operator pattern
    template format protocol interface browser domain deploy
    container cluster
    """
)
_VERBS_EN = _split(
    """
    make call read write open close start stop change check find search sort filter
    group count add remove update create delete send receive store load save print show
    hide parse build compile install import export connect compare explain describe return raise handle
    follow apply improve measure reduce increase translate learn teach play cook walk think know
    need want help try ask answer choose expect require support allow prevent include exclude
    """
)
_CASES_M = ["", "а", "у", "ом", "е", "ы", "ов", "ам", "ами", "ах"]
_CASES_M_SOFT = ["ь", "я", "ю", "ем", "е", "и", "ей", "ям", "ями", "ях"]
_CASES_F = ["а", "ы", "е", "у", "ой", "", "ам", "ами", "ах"]
_CASES_N = ["о", "а", "у", "ом", "е", "", "ам", "ами", "ах"]
_CASES_IE = ["е", "я", "ю", "ем", "и", "й", "ям", "ями", "ях"]
_CASES_IYA = ["я", "и", "ю", "ей", "й", "ям", "ями", "ях"]
_CASES_SOFT = ["ь", "и", "ью", "ей", "ям", "ями", "ях"]
_CONJUGATION = _split(
    """
    ть ю ешь ет ем ете ют л ла ло ли й йте ющий
    ющая ющие ющего вший вшая я в ться ется лся лась лись ющийся юсь
    емся
    """
)
_DECLENSION = ["ый", "ая", "ое", "ые", "ого", "ой", "ому", "ую", "ым", "ом", "ых", "ыми", "о"]
_DECLENSION_K = ["ий", "ая", "ое", "ие", "ого", "ой", "ому", "ую", "им", "ом", "их", "ими", "о"]
_FORMS_EN = ["", "s", "ed", "ing", "er", "able"]
RUSSIAN_SHARE = 0.6


class Words:
    """Makes texts. The same seed makes the same ones."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._russian = _Language(self._random, _SMALL_RU, _russian_forms(), self._russian_tail(120_000))
        self._english = _Language(self._random, _SMALL_EN, _english_forms(), self._code_tail(80_000))

    @property
    def frequent(self) -> list[str]:
        """All words but those of the tail, from the most frequent on."""
        return [each for pair in zip(self._russian.known, self._english.known, strict=False) for each in pair]

    @property
    def tail(self) -> list[str]:
        return [*self._russian.tail, *self._english.tail]

    def text(self, chars: int) -> str:
        """About so many characters, in sentences; now and then with some words of the other language, or with code."""
        first, second = self._russian, self._english
        if self._random.random() > RUSSIAN_SHARE:
            first, second = second, first
        count = max(2, chars // first.mean)
        words = first.some(count)
        if self._random.random() < 0.3:
            place = self._random.randrange(len(words))
            words[place:place] = second.some(max(1, count // 10))
        parts = []
        start = 0
        while start < len(words):
            end = start + self._random.randrange(5, 16)
            sentence = " ".join(words[start:end])
            parts.append(sentence[:1].upper() + sentence[1:])
            start = end
        text = ". ".join(parts)
        if self._random.random() < 0.1:
            text += f"\n\n```python\n{' = '.join(self._english.some(6))}\n```"
        return text + "."

    def _russian_tail(self, count: int) -> list[str]:
        known = _russian_forms()
        choose = self._random.choice
        return [
            choose(_PREFIXES) + choose(known) if self._random.random() < 0.9 else str(self._random.randrange(10**6))
            for _ in range(count)
        ]

    def _code_tail(self, count: int) -> list[str]:
        choose, found = self._random.choice, []
        for _ in range(count):
            first, second, third = choose(_VERBS_EN), choose(_NOUNS_EN), choose(_NOUNS_EN)
            found.append(
                choose(
                    [
                        f"{first}{second.title()}{third.title()}",
                        f"{first}_{second}_{third}",
                        f"{second}.{first}",
                        f"{second}-{third}",
                        f"{second}{self._random.randrange(100)}",
                        f"{self._random.randrange(10**6)}",
                        f"{self._random.getrandbits(28):07x}",
                    ]
                )
            )
        return found


class _Language:
    """Words in the order of their frequency."""

    def __init__(self, chance: random.Random, small: list[str], forms: list[str], tail: list[str]) -> None:
        self._random = chance
        forms = list(forms)
        chance.shuffle(forms)
        self.known = [*small, *forms]
        self.tail = tail
        self._words = [*self.known, *tail]
        weights = [1 / (rank + 2.7) ** 1.05 for rank in range(len(self._words))]
        self._sums = list(itertools.accumulate(weights))
        sample = self.some(2000)
        self.mean = round(sum(map(len, sample)) / len(sample) + 1.1)

    def some(self, count: int) -> list[str]:
        return self._random.choices(self._words, cum_weights=self._sums, k=count)


def _russian_forms() -> list[str]:
    found: dict[str, None] = {}
    for noun in _NOUNS_M:
        stem = noun[:-1] if noun[-1] in "ьй" else noun
        cases = _CASES_M_SOFT if noun[-1] == "ь" else _CASES_M
        found |= dict.fromkeys(stem + case for case in cases)
    for noun in _NOUNS_F:
        cases = _CASES_IYA if noun.endswith("ия") else _CASES_SOFT if noun.endswith("ь") else _CASES_F
        found |= dict.fromkeys(noun[:-1] + case for case in cases)
    for noun in _NOUNS_N:
        found |= dict.fromkeys(noun[:-1] + case for case in (_CASES_IE if noun.endswith("е") else _CASES_N))
    for verb in _VERBS:
        found |= dict.fromkeys(verb + end for end in _CONJUGATION)
    for adjective in _ADJECTIVES:
        is_soft = adjective[-1] in "кгхш"
        base = adjective + "еск" if adjective.endswith("ич") else adjective
        found |= dict.fromkeys(base + end for end in (_DECLENSION_K if is_soft or base != adjective else _DECLENSION))
    return list(found)


def _english_forms() -> list[str]:
    nouns = [noun + end for noun in _NOUNS_EN for end in ("", "s", "'s")]
    verbs = [
        (verb.removesuffix("e") if end[:1] in set("eia") else verb) + end for verb in _VERBS_EN for end in _FORMS_EN
    ]
    return list(dict.fromkeys([*nouns, *verbs]))
