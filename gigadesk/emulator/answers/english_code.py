"""English answers with code and formulas, by topic."""

TEXTS: dict[str, tuple[str, ...]] = {
    "python": (
        '''This function finds the most common words of a text:

```python
import re
from collections import Counter


def most_common_words(text: str, limit: int = 5) -> list[tuple[str, int]]:
    """The most common words, upper and lower case alike."""
    words = re.findall(r"[a-z']+", text.lower())
    return Counter(words).most_common(limit)


if __name__ == "__main__":
    sample = "How much wood would a woodchuck chuck if a woodchuck could chuck wood?"
    for word, count in most_common_words(sample, limit=3):
        print(f"{word:10} {count}")
```

What happens here:

- `re.findall` picks the words and skips the punctuation;
- `Counter` counts how often each word occurs;
- `most_common` sorts them and takes the first `limit`.

It prints:

```text
wood       2
a          2
woodchuck  2
```''',
    ),
    "sorting": (
        '''Merge sort splits the list in half, sorts the halves and merges them:

```python
def merge_sort(items: list[int]) -> list[int]:
    """A new sorted list; the given one is not changed."""
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

| Property | Value |
|:---------|:------|
| Time | O(n log n), always |
| Memory | O(n) |
| Stable | yes: equal items keep their order |

It is the `<=`, rather than `<`, that makes it stable.''',
    ),
    "javascript": (
        """A function that waits until the user has stopped typing:

```javascript
/** Calls `action` once, `delayMs` after the last call. */
function debounce(action, delayMs = 300) {
  let timer;
  return (...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => action(...args), delayMs);
  };
}

const search = debounce(async (query) => {
  const response = await fetch(`/api/search?q=${encodeURIComponent(query)}`);
  if (!response.ok) throw new Error(`Error ${response.status}`);
  console.log(await response.json());
});

document.querySelector("#query").addEventListener("input", (event) => search(event.target.value));
```

Mind the `encodeURIComponent`: without it a space or an `&` would spoil the request.""",
    ),
    "sql": (
        """A query for the best customers of the last month:

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

- `WHERE` filters rows **before** they are grouped, `HAVING` **after**.
- It groups by `c.id` and not by the name alone: namesakes must not become one customer.
- An index keeps it fast:

```sql
CREATE INDEX orders_by_customer ON orders (customer_id, created_at);
```""",
    ),
    "bash": (
        """The ten largest files of the current folder:

```bash
find . -type f -printf '%s\\t%p\\n' \\
  | sort -nr \\
  | head -n 10 \\
  | while IFS=$'\\t' read -r size path; do
      printf '%8s  %s\\n' "$(numfmt --to=iec "$size")" "$path"
    done
```

1. `find` prints size and path of each file.
2. `sort -nr` puts the large numbers first.
3. `numfmt` turns bytes into a readable `12M` or `3.4G`.

> It deletes nothing, it only shows.""",
    ),
    "math": (
        """## A quadratic equation

Let us solve $x^2 - 5x + 6 = 0$.

**Step 1.** The discriminant:

$$
D = b^2 - 4ac = (-5)^2 - 4 \\cdot 1 \\cdot 6 = 1
$$

**Step 2.** The roots:

$$
x_{1,2} = \\frac{-b \\pm \\sqrt{D}}{2a} = \\frac{5 \\pm 1}{2}
$$

So $x_1 = 2$ and $x_2 = 3$.

**Check** with Vieta's formulas: the sum of the roots is $x_1 + x_2 = 2 + 3 = 5$, their product
$x_1 x_2 = 2 \\cdot 3 = 6$, as it should be.

### Where the formula comes from

Complete the square in $ax^2 + bx + c = 0$, where $a \\ne 0$:

$$
\\begin{aligned}
x^2 + \\frac{b}{a}x &= -\\frac{c}{a} \\\\
\\left(x + \\frac{b}{2a}\\right)^2 &= \\frac{b^2 - 4ac}{4a^2} \\\\
x &= \\frac{-b \\pm \\sqrt{b^2 - 4ac}}{2a}
\\end{aligned}
$$

| Discriminant | Roots | How many |
|:--|:-:|:--|
| $D > 0$ | $x_{1,2} = \\frac{-b \\pm \\sqrt{D}}{2a}$ | two different ones |
| $D = 0$ | $x = -\\frac{b}{2a}$ | one (double) |
| $D < 0$ | $x_{1,2} = \\frac{-b \\pm i\\sqrt{-D}}{2a}$ | none in $\\mathbb{R}$, two in $\\mathbb{C}$ |""",
    ),
}
