# ruff: noqa: E501 - a paragraph is one line, as a model writes it
"""English answers that use a tool, talk of a file or think first."""

from gigadesk.emulator.answers.answer import WebPage
from gigadesk.emulator.answers.tool_texts import FoundPages, ToolTexts

TEXTS = ToolTexts(
    pictures={
        "cat": "Here is the cat: sitting on the windowsill and watching the town in the evening. I can change the time of day, let it snow outside, or paint it in other colours.",
        "landscape": "Here is the landscape: calm hills before sunrise, with mist in the valley. Tell me if you would like it warmer, with water in front, or in another season.",
        "sea": "Here is the sea at sunset: quiet water, the path of the sun, and a sail far out. I can raise the waves or move it all into a moonlit night.",
        "abstract": "This is what came of “{subject}”: a calm abstract of soft shapes. The demo has only a few pictures; with a GigaChat key the model draws just what you ask for.",
    },
    model_3d="Done: this is a 3D model of a low-poly vase in the FBX format. Save the file and open it in any 3D editor. The demo always has this one; with a GigaChat key the model makes what you describe.",
    found=(
        FoundPages(
            "baikal",
            """**Lake Baikal** is the deepest lake on Earth: **1,642 metres** at its deepest [sources=[1]]. It holds about a fifth of all the liquid fresh water there is on the surface [sources=[1,3]].

In short:

- **Age.** About 25 million years; it lies in a rift that is still widening [sources=[3]].
- **Life.** Many of its species live nowhere else, among them the Baikal seal and the golomyanka [sources=[4]].
- **Protection.** It has been a UNESCO World Heritage site since 1996 [sources=[2]].

The ice usually sets in January and stays until May, and the water is clearest under the ice in spring [sources=[4]].""",
            (
                WebPage("https://en.wikipedia.org/wiki/Lake_Baikal", "Lake Baikal — Wikipedia"),
                WebPage("https://whc.unesco.org/en/list/754", "Lake Baikal — UNESCO World Heritage Centre"),
                WebPage("https://www.britannica.com/place/Lake-Baikal", "Lake Baikal | Britannica"),
                WebPage("https://lin.irk.ru/", "Limnological Institute, Irkutsk"),
            ),
        ),
        FoundPages(
            "python",
            """This is what changed in the latest releases of **Python**:

1. **Python 3.14** (October 2025): template strings `t"…"`, annotations that are evaluated later, and several interpreters in one process from the standard library [sources=[1]].
2. **Template strings** are described in PEP 750: they look like f-strings, but give an object that can be processed safely instead of finished text [sources=[2]].
3. **Python 3.13** (October 2024): a new interactive shell with colour and editing of several lines, and an experimental build without the GIL [sources=[3]].

Each release gets fixes for two years and security updates for three more [sources=[4]].""",
            (
                WebPage("https://docs.python.org/3/whatsnew/3.14.html", "What’s new in Python 3.14"),
                WebPage("https://peps.python.org/pep-0750/", "PEP 750 – Template Strings"),
                WebPage("https://docs.python.org/3/whatsnew/3.13.html", "What’s new in Python 3.13"),
                WebPage("https://devguide.python.org/versions/", "Status of Python versions"),
            ),
        ),
        FoundPages(
            "",
            """The demo has nowhere to search for “{subject}”: its built-in server does not go online. So this is what an answer with a real search will look like.

- Each statement gets the number of its source, and the sources are listed under the answer [sources=[1]].
- What several pages say gets several numbers [sources=[1,2]].
- A link opens in the browser only when you click it [sources=[3]].

For an example with real pages, ask: “What is known about Lake Baikal?\"""",
            (
                WebPage("https://developers.sber.ru/docs/ru/gigachat/overview", "GigaChat API: overview (in Russian)"),
                WebPage("https://en.wikipedia.org/wiki/Large_language_model", "Large language model — Wikipedia"),
                WebPage("https://en.wikipedia.org/wiki/Search_engine", "Search engine — Wikipedia"),
            ),
        ),
    ),
    calculation="""I worked it out with code:

```python
{code}
```

The result is **{result}**.""",
    simulation="""I checked it with code: the first twenty prime numbers, added up.

```python
def primes(count):
    found = []
    number = 2
    while len(found) < count:
        if all(number % prime for prime in found):
            found.append(number)
        number += 1
    return found


print(sum(primes(20)))
```

```text
639
```

The sum of the first twenty prime numbers is **639**. Send me a sum of your own, such as “calculate 17 * 23 + 4”, and I will work it out.""",
    page="""You sent a page of **{host}**. The built-in server of the demo does not go online, so it cannot be read now. With a GigaChat key the answer would have:

1. **What the page is about**, in a sentence or two.
2. **Its main points**, with figures and names.
3. **What follows from them**: a short conclusion and the answer to your question.

The address: <{url}>""",
    now="It is **{time}** on {date} ({zone}).",
    remembered="Noted. I will keep it in mind from now on.",
    image="**{name}** is a picture ({mime}, {pixels}{size}). The built-in server of the demo cannot see; with a GigaChat key the model describes what is in it, reads its lettering and answers questions.",
    audio="**{name}** is a sound recording ({mime}, {size}). The built-in server of the demo cannot hear; with a GigaChat key the model sums it up and answers questions.",
    document="**{name}** is a document ({mime}, {size}). The built-in server of the demo reads plain text only; with a GigaChat key the model takes in this one as well.",
    text="""**{name}** is a text file: {size}, {lines} lines, {words} words. It begins like this:

> {beginning}

I can sum it up, list its main points, or find a passage in it.""",
    several="I see {number} attachments:",
    pixels="{width} × {height}, ",
    thoughts=(
        "First, what is being asked: “{subject}”. It matters not only to answer the words of the question but to see what it is for, since that decides how much detail is welcome.",
        "Let me take it apart. Some of it can be said for certain, some depends on conditions, and some deserves a warning in advance. The first kind comes first: it is what the answer stands on.",
        "Now to check myself. Do the parts contradict each other? Did I miss the simple case? At the extremes the conclusion still holds, so the reasoning does too.",
        "About the form: a long block of text is hard to read, so the gist comes first, the details after it, and a table or a list only where it helps.",
        "What remains is the wording. Plain sentences, no needless hedging, and at the end what could be done next. Time to answer.",
    ),
    decimal_comma=False,
)
