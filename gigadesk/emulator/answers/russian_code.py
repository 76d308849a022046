"""Russian answers with code and formulas, by topic."""

TEXTS: dict[str, tuple[str, ...]] = {
    "python": (
        '''Вот функция, которая находит самые частые слова в тексте:

```python
import re
from collections import Counter


def most_common_words(text: str, limit: int = 5) -> list[tuple[str, int]]:
    """Самые частые слова текста, без учёта регистра."""
    words = re.findall(r"[а-яёa-z]+", text.lower())
    return Counter(words).most_common(limit)


if __name__ == "__main__":
    sample = "Ехал Грека через реку, видит Грека — в реке рак."
    for word, count in most_common_words(sample, limit=3):
        print(f"{word:10} {count}")
```

Что здесь происходит:

- `re.findall` выбирает слова из букв и пропускает знаки препинания;
- `Counter` считает, сколько раз встретилось каждое слово;
- `most_common` сортирует по убыванию и берёт первые `limit`.

Программа напечатает:

```text
грека      2
ехал       1
через      1
```''',
    ),
    "sorting": (
        '''Сортировка слиянием делит список пополам, сортирует половины и соединяет их:

```python
def merge_sort(items: list[int]) -> list[int]:
    """Новый отсортированный список; исходный не меняется."""
    if len(items) < 2:
        return items[:]
    middle = len(items) // 2
    left, right = merge_sort(items[:middle]), merge_sort(items[middle:])
    merged: list[int] = []
    i = j = 0
    while i < len(left) and j < len(right):
        if left[i] <= right[j]:
            merged.append(left[i])
            i += 1
        else:
            merged.append(right[j])
            j += 1
    return merged + left[i:] + right[j:]


assert merge_sort([5, 2, 9, 1, 5]) == [1, 2, 5, 5, 9]
```

| Свойство | Значение |
|:---------|:---------|
| Время | O(n log n) всегда |
| Память | O(n) |
| Устойчивость | да: равные элементы сохраняют порядок |

Сравнение `<=`, а не `<`, и делает сортировку устойчивой.''',
    ),
    "javascript": (
        """Пример функции, которая ждёт, пока пользователь перестанет печатать:

```javascript
/** Вызывает `action` не чаще, чем через `delayMs` после последнего обращения. */
function debounce(action, delayMs = 300) {
  let timer;
  return (...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => action(...args), delayMs);
  };
}

const search = debounce(async (query) => {
  const response = await fetch(`/api/search?q=${encodeURIComponent(query)}`);
  if (!response.ok) throw new Error(`Ошибка ${response.status}`);
  console.log(await response.json());
});

document.querySelector("#query").addEventListener("input", (event) => search(event.target.value));
```

Обратите внимание на `encodeURIComponent`: без него запрос с пробелом или знаком `&` уйдёт испорченным.""",
    ),
    "sql": (
        """Запрос, который показывает лучших покупателей за последний месяц:

```sql
SELECT
    c.name,
    COUNT(o.id)              AS orders,
    SUM(o.amount)            AS total,
    ROUND(AVG(o.amount), 2)  AS average
FROM customers AS c
JOIN orders AS o ON o.customer_id = c.id
WHERE o.created_at >= DATE('now', '-1 month')
GROUP BY c.id, c.name
HAVING SUM(o.amount) > 1000
ORDER BY total DESC
LIMIT 10;
```

- `WHERE` отбирает строки **до** группировки, `HAVING` — **после** неё.
- Группируем по `c.id`, а не только по имени: тёзки не должны слиться в одного покупателя.
- Чтобы запрос был быстрым, нужен индекс:

```sql
CREATE INDEX orders_by_customer ON orders (customer_id, created_at);
```""",
    ),
    "bash": (
        """Десять самых больших файлов в текущей папке:

```bash
find . -type f -printf '%s\\t%p\\n' \\
  | sort -nr \\
  | head -n 10 \\
  | while IFS=$'\\t' read -r size path; do
      printf '%8s  %s\\n' "$(numfmt --to=iec "$size")" "$path"
    done
```

1. `find` печатает размер и путь каждого файла.
2. `sort -nr` ставит большие числа первыми.
3. `numfmt` превращает байты в понятные `12M` или `3.4G`.

> Команда ничего не удаляет, только показывает.""",
    ),
    "math": (
        """## Квадратное уравнение

Решим уравнение $x^2 - 5x + 6 = 0$.

**Шаг 1.** Дискриминант:

$$
D = b^2 - 4ac = (-5)^2 - 4 \\cdot 1 \\cdot 6 = 1
$$

**Шаг 2.** Корни:

$$
x_{1,2} = \\frac{-b \\pm \\sqrt{D}}{2a} = \\frac{5 \\pm 1}{2}
$$

Получаем $x_1 = 2$ и $x_2 = 3$.

**Проверка** по теореме Виета: сумма корней $x_1 + x_2 = 2 + 3 = 5$, произведение $x_1 x_2 = 2 \\cdot 3 = 6$.
Всё сходится.

### Откуда берётся формула

Выделим полный квадрат в $ax^2 + bx + c = 0$, где $a \\ne 0$:

$$
\\begin{aligned}
x^2 + \\frac{b}{a}x &= -\\frac{c}{a} \\\\
\\left(x + \\frac{b}{2a}\\right)^2 &= \\frac{b^2 - 4ac}{4a^2} \\\\
x &= \\frac{-b \\pm \\sqrt{b^2 - 4ac}}{2a}
\\end{aligned}
$$

| Дискриминант | Корни | Сколько их |
|:--|:-:|:--|
| $D > 0$ | $x_{1,2} = \\frac{-b \\pm \\sqrt{D}}{2a}$ | два разных |
| $D = 0$ | $x = -\\frac{b}{2a}$ | один (двойной) |
| $D < 0$ | $x_{1,2} = \\frac{-b \\pm i\\sqrt{-D}}{2a}$ | в $\\mathbb{R}$ нет, в $\\mathbb{C}$ два |""",
    ),
}
