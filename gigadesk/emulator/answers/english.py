# ruff: noqa: E501 - a paragraph is one line, as a model writes it
"""English answers in plain words, by topic.

`{subject}` stands for what the question is about, a `⏎` at the end of a line for a hard line break.
"""

TEXTS: dict[str, tuple[str, ...]] = {
    "greeting": (
        """Hello! Good to see you. 👋

This is the demo: the answers come from a server built into the program, so neither a key nor a network is needed. Everything else is real: chats are kept on your own disk, and an answer can be stopped and continued.

You could ask, for example:

- "Compare programming languages in a table"
- "Write a function in Python"
- "Tell me a story" — a long answer
- "Draw a cat" — with pictures switched on beside the input field
- "Show me what Markdown can do\"""",
        """Hi! What can I do for you?

I can **write code**, **draw up a table**, **draft a letter** or **tell a story**. To see how answers are set, say "Show me Markdown".""",
    ),
    "thanks": (
        "You are welcome! Just ask if you need anything else. 🙂",
        "Glad it helped! If something should be different, tell me and I will change it.",
    ),
    "farewell": ("See you! The chat is saved, so you can come back to it at any time.",),
    "picture": (
        "I can draw that, but drawing is switched off. Switch pictures on beside the input field and ask again.",
    ),
    "model_3d": (
        "I can make a 3D model, but that tool is switched off. Switch it on beside the input field and ask again.",
    ),
    "tour": (
        """# What Markdown can do

A short tour: almost everything an answer can be made of.

## Text

Words can be **bold**, *italic*, ***both at once***, ~~struck out~~ or `monospaced`. A link looks like this: [Wikipedia](https://en.wikipedia.org/wiki/Markdown), and an address may stand on its own: <https://example.org/>.

## Lists

1. First item
2. Second item
   - a nested item
   - another one
     - and deeper still
3. Third item

A list of things to do:

- [x] Open the program
- [x] Ask a question
- [ ] Read the answer to the end

## Quotation

> Good typography goes unnoticed: the eye finds what it was looking for.
>
> > A quotation within a quotation works too.

## Table

| Tool | Good for | Effort |
|:-----|:---------|-------:|
| Notepad | short notes | 1 |
| Spreadsheet | numbers and comparisons | 3 |
| Chat | everything else | 2 |

## Code

```python
def greet(name: str) -> str:
    \"\"\"A greeting for one person.\"\"\"
    return f"Hello, {name}!"


print(greet("world"))
```

## Rule

---

That is all. Select and copy any part of it: the markup comes along.""",
    ),
    "table": (
        """Here is the comparison as a table:

| Language | Since | Typing | Shines at | First steps |
|:---------|:-----:|:-------|:----------|:-----------:|
| **Python** | 1991 | dynamic | data analysis, automation | easy |
| **JavaScript** | 1995 | dynamic | interfaces in the browser | easy |
| **Go** | 2009 | static | network services | medium |
| **Rust** | 2015 | static | systems programming | hard |
| **Kotlin** | 2011 | static | Android applications | medium |

In short:

1. **Python** is the quickest way from an idea to a result.
2. There is no way round **JavaScript** in the browser.
3. Where speed and safety matter, look at **Rust** or **Go**.

I can add columns or sort the rows another way.""",
    ),
    "week": (
        """Here is a table to start from:

| Day | Morning | Afternoon | Evening |
|:----|:--------|:----------|:--------|
| Monday | exercise, 20 min | project work | reading |
| Tuesday | French, 30 min | meetings | a walk |
| Wednesday | exercise, 20 min | project work | cinema |
| Thursday | French, 30 min | the inbox | sport |
| Friday | exercise, 20 min | the week reviewed | friends |

That is **one hour of exercise** and **one hour of French** a week. Do not begin with everything at once: take two rows and add one each week.""",
    ),
    "soup": (
        """# Borscht for every day

**Time:** 1 hour 30 minutes · **Serves:** 6

## Ingredients

- beef on the bone — 600 g
- beetroot — 2
- cabbage — 300 g
- potatoes — 3
- one carrot and one onion
- tomato paste — 2 tbsp
- vinegar — 1 tsp
- salt, bay leaf, garlic and dill to taste

## Method

1. Cover the meat with two and a half litres of cold water, bring to the boil, skim, and simmer for an hour.
2. Grate the beetroot, sprinkle it with vinegar so that it keeps its colour, and stew it with the tomato paste for 10 minutes.
3. Fry the onion and carrot until soft.
4. Add the potatoes to the broth, the cabbage 10 minutes later, and the vegetables from the pan after another 5 minutes.
5. Add salt, bay leaf and garlic, switch off, and let it stand for **20 minutes**.

Serve with sour cream, herbs and dark bread.""",
    ),
    "habits": (
        """Ten small habits that cost nothing:

1. Get up at the same time every day.
2. Begin the day with a glass of water.
3. Write thoughts down before they are gone.
4. Do the hardest thing first.
5. Leave the desk once an hour.
6. Walk for at least twenty minutes.
7. Answer mail twice a day instead of twenty times.
8. Read ten pages before going to sleep.
9. Put the phone away an hour before bed.
10. Thank somebody every day.

Start with **one**, and add the next when you no longer need to remember the last.""",
    ),
    "recipe": (
        """# Thin pancakes

**Time:** 40 minutes · **Serves:** 4 · **Level:** easy

## Ingredients

| Ingredient | Amount |
|:-----------|-------:|
| Milk | 500 ml |
| Eggs | 3 |
| Flour | 200 g |
| Sugar | 1 tbsp |
| Salt | a pinch |
| Vegetable oil | 2 tbsp |

## Method

1. Whisk the eggs with the sugar and salt until foamy.
2. Pour in half of the milk, then stir in the sifted flour. This way there are no lumps.
3. Add the rest of the milk and the oil, mix, and let the batter rest for **15 minutes**.
4. Heat the pan, grease it once, and pour in the batter in a thin layer.
5. Fry for about a minute on one side and half a minute on the other.

> **Tip.** If the first pancake tears, add a spoonful of flour; if it is too thick, a splash of milk.

Enjoy!""",
    ),
    "letter": (
        """Here is a draft:

---

**Subject:** Moving our meeting to Thursday

Dear Anna,

Unfortunately, I cannot make it on Wednesday: an equipment check is planned for that time and cannot be moved.

May I suggest **Thursday at 11:00**, in the same room? I will send the material beforehand, so that we can all have a look at it first.

If that does not suit you, please name a time that does; I will fit in.

Kind regards,⏎
Peter

---

I can make it shorter, warmer or more formal.""",
    ),
    "joke": (
        """A programmer puts two glasses on the bedside table: a full one in case of thirst, and an empty one in case of none. 🙂""",
        """There are only two hard things in computing: naming things, cache invalidation, and off-by-one errors.""",
        """The optimist sees the glass half full, the pessimist sees it half empty, and the engineer sees a glass twice as large as it needs to be.""",
    ),
    "translation": (
        """Here is the translation, with notes:

| English | Russian | When to say it |
|:--------|:--------|:---------------|
| Good afternoon! | Добрый день! | neutral, during the day |
| How are you? | Как у вас дела? | polite; a short answer is expected |
| Happy to help. | Был рад помочь. | after thanks |
| See you soon! | До скорой встречи! | warm, when parting |

> The demo knows only these phrases. With a GigaChat key you can have any text translated.""",
    ),
    "list": (
        """Here is a plan to start from:

1. **Name the goal.** Write down in one sentence what should be there in the end.
2. **Break it into steps.** None longer than a day of work.
3. **Mark the risks:**
   - what may take longer than it looks;
   - whom you depend on;
   - what to do when a step fails.
4. **Set a check.** Once a week, compare the plan with what has happened.
5. **Leave room.** A fifth of the time usually goes to surprises.

For today:

- [ ] write down the goal
- [ ] choose the first three steps
- [ ] set a reminder for Friday

Tell me more about the task and I will plan that very task.""",
    ),
    "travel": (
        """# Three days in Saint Petersburg

### Day 1. The grand centre

- **Morning.** Palace Square and the Hermitage: buy tickets in advance and allow three hours.
- **Afternoon.** Nevsky Prospekt as far as Kazan Cathedral, lunch by the Griboyedov Canal.
- **Evening.** A walk along the Moyka and the view from the colonnade of Saint Isaac's.

### Day 2. The islands

- **Morning.** The Peter and Paul Fortress: the noon gun is best heard from the wall.
- **Afternoon.** The Spit of Vasilyevsky Island and the Kunstkamera.
- **Evening.** New Holland, or a boat on the rivers and canals.

### Day 3. Out of town

| Where | How to get there | Takes |
|:------|:-----------------|------:|
| Peterhof | hydrofoil from the Palace Embankment | 35 minutes |
| Tsarskoye Selo | train from Vitebsky station | 30 minutes |
| Kronstadt | bus from Chyornaya Rechka | 50 minutes |

> **Tip.** From May to July the bridges are raised at night. Decide beforehand which bank you want to be on.""",
    ),
    "poem": (
        """**Evening at the Window**

The lamps come on across the street,⏎
the kettle hums a quiet tune,⏎
the day sits down to rest its feet⏎
beside a pale, unhurried moon.

The rain goes walking on the roof⏎
and counts the tiles it counted then;⏎
it never asks the world for proof,⏎
it only counts, and counts again.

Tomorrow has its own to say,⏎
its errands, letters, bread to buy.⏎
Tonight is neither night nor day —⏎
a page, a cup of tea, a sky.""",
    ),
    "sky": (
        """The sky is blue because of **Rayleigh scattering**.

Sunlight looks white but is made of waves of many lengths. The molecules of the air are much smaller than these waves and scatter the short ones far more than the long ones: roughly with the inverse fourth power of the wavelength.

| Colour | Wavelength | Scattering compared with red |
|:-------|-----------:|-----------------------------:|
| red | 700 nm | 1.0 |
| green | 530 nm | 3.0 |
| blue | 450 nm | 5.9 |

So blue light reaches us from all over the sky, while the direct beam of the sun turns yellow. At sunset the light takes a longer way through the air, hardly any blue is left in it, and the sky glows red.

*Why not violet?* There is less violet in sunlight, the upper atmosphere absorbs part of it, and our eyes are less sensitive to it.""",
    ),
    "network": (
        """## How a page gets to the screen

1. **The name becomes an address.** The browser asks DNS for the IP address of the site.
2. **A connection is made.** TCP exchanges three packets — `SYN`, `SYN-ACK`, `ACK` — and both ends know that they hear each other.
3. **Encryption is agreed on.** TLS checks the certificate of the server and chooses keys.
4. **The request goes out.** A few lines of text: method, path, headers.
5. **The answer comes in.** The server sends HTML, and the browser paints as it reads.

```http
GET /index.html HTTP/1.1
Host: example.org
Accept: text/html
```

When a packet is lost, TCP sends it again, and the receiver puts the parts in order. That is why programs may believe the network to be reliable, although packets are lost all the time.

> The streamed answers of a chat work the same way: the server does not close its answer but keeps adding to it, and the text appears before your eyes.""",
    ),
    "explain": (
        """Let us take it step by step: **{subject}**.

### Where to start

Any subject is easier in three rounds:

1. **What is it for?** Which problem does it solve, and what was there before?
2. **What is it made of?** Name the parts and say what each of them does.
3. **Where does it break?** The limits explain more than the definitions.

### How to know that you have understood

- Explain it aloud to somebody who has never heard of it.
- Find an example of your own, not from a textbook.
- Answer the question "and what if it were the other way round?"

> These are prepared answers of the built-in server. The real GigaChat will speak about this very question: add a key in the settings.""",
    ),
    "default": (
        """You asked: *{subject}*.

This is the demo, so only the real GigaChat can answer that properly, and it needs a key. The prepared answers show how the program works, though. Try these:

| Ask for | What you get |
|:--------|:-------------|
| "Show me Markdown" | headings, lists, a table, code |
| "Write Python code" | a highlighted block with a copy button |
| "A pancake recipe" | a small page with a table |
| "Draw a cat" with pictures switched on | a picture that can be saved |
| "What is known about Lake Baikal?" with web search on | an answer with numbered sources |
| "Tell me a story" | several thousand characters, to watch the stream |
| "A long answer of 50000 characters" | a test of endurance |

You may stop an answer at any moment: what is written stays, and "Continue" adds the rest.""",
        """A good question: *{subject}*.

I am the server built into the program, standing in for GigaChat while there is no key, and I do not know that much. What I do best:

- **code**: Python, JavaScript, SQL and the shell;
- **tables** and comparisons;
- **texts**: a letter, a poem, a story, a recipe, a travel plan;
- **mathematics**: quadratic equations, for one.

Open a second chat and ask there while this answer is being written: it will wait for its turn and start by itself.""",
    ),
    "refusal": (
        "I would rather not talk about this. On sensitive subjects I try not to answer, so as to neither hurt nor mislead anybody. Shall we talk about something else?",
    ),
    "function_result": (
        """The function has returned:

```json
{subject}
```

I can explain each field if you like.""",
    ),
}
