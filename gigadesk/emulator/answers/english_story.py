# ruff: noqa: E501 - a paragraph is one line, as a model writes it
"""A long English story, and the paragraphs of which answers of any length are made."""

STORY = """# The Lamplighter of Quiet Street

In a town by the sea there lived an old lamplighter called Matthew. Every evening, when the gulls had settled on the roofs, he took the long pole with a little flame at its tip and walked down Quiet Street. There were twenty-seven lamps in it, and Matthew knew each by its voice: one lit with a sigh, another with a soft click, and the seventh, by the bakery, always refused at first and had to be talked round.

"Come now," Matthew would say. "The baker will be going home soon. He has to see where he is walking."

And the lamp would light.

## The letter

One autumn a letter with a large seal came to the town. It said that from now on there would be new lamps in every street: they would know by themselves when it grew dark, and had no need of a lamplighter. The mayor read it out in the square, the people clapped, and then for some reason everybody looked at Matthew.

Matthew took off his cap, thought for a while and said:

"That is a fine thing. Only, let the old lamps stay in Quiet Street until spring. They need time to get used to it. Not I — they do."

The mayor was a kind man, and agreed.

## Winter

The new lamps gave a bright and even light. One could read a newspaper under them, and the children coming home from the ice no longer stumbled. In Quiet Street the yellow flames burned as before and trembled a little in the wind. And here is the odd thing: people began to go that way even when it was not on their way at all. It was warmer there, they said. The snow sounded different there, they said. The chemist insisted that his best thoughts came to him between the eleventh lamp and the twelfth.

On the longest night of the year a storm rose. The wind tore the wires outside the town, and the new lamps went out all at once, from the station to the lighthouse. It was so dark that you could not see your own hand. And out at sea, just then, seven fishing boats were on their way home.

The keeper of the lighthouse rang the bell, but the wind carried the sound away. So Matthew took his pole and walked down Quiet Street. He lit lamp after lamp; the flames lay down flat but did not go out. The twenty-seventh stood at the very edge, where the street goes down to the water.

"Do your best, will you," said Matthew.

And the lamp did its best.

## The boats

From the sea they saw one spark, then two, then a whole thread of lights. The eldest of the fishermen, who had sailed with Matthew's father, laughed and said:

"Why, that is Quiet Street! Steer for the last lamp, and there is the pier."

All seven boats came in before dawn. They were met on the shore with blankets and hot tea, and nobody asked whose light it had been: that was plain enough.

## Spring

In spring the mayor called everybody to the square again. He unrolled a large sheet of paper, cleared his throat and read that the town had decided: the new lamps would stay wherever bright light was needed, and in Quiet Street the old ones would burn. And there was to be an office for them — *the keeper of the twenty-seven lights*.

Matthew took an apprentice, a boy called Elias, who happened to live right by the seventh lamp. The first thing the old man taught him was not how to hold the pole, and not how to clean the glass.

"The first thing," said Matthew, "is to say good evening to them. Light is polite. It comes to those who wait for it."

They say that Quiet Street is still there. If you come to that town in autumn, take a walk down it when it grows dark. And if the seventh lamp, the one by the bakery, takes its time, do not hurry it. Just wait beside it for a little while.

*The end.*"""

PARAGRAPHS = (
    """The morning begins with silence. The town is not awake yet, and you can hear the wind walking over the roofs, the trains calling to each other beyond the river, and somebody in the next yard sweeping yesterday's leaves into tidy heaps.""",
    """The road followed the shore. To the left rose the pines, to the right lay the water, so still that the clouds in it seemed nearer than the real ones. The traveller stopped, took out the map, and found that it was no longer needed.""",
    """Good tools go unnoticed. We remember them only when they break, and for the rest of the time we think of the work. So whoever makes tools should be glad of the silence.""",
    """The library smelled of paper and apples. The old books stood three rows deep, and to find the right one you first had to read a few wrong ones, which nobody ever regretted.""",
    """Every number in a report was once an event: somebody opened a door, made a call, bought a ticket, changed their mind. Look at a table for long enough, and people begin to show behind the columns.""",
    """Towards evening it grew warmer. The kettle came to the boil, somebody opened the window, and the smell of wet earth walked into the room. The talk went from one thing to another, and nobody noticed that it had grown dark.""",
    """A thought is easy to test: try to put it into one sentence. If there is no such sentence, the thought is not ready; if it comes too easily, it may be somebody else's.""",
    """They were nine years building the bridge. In that time the children of the first masons grew up, and the first to walk across it had been born in the very year when the first stone was let down into the river.""",
)
LISTS = (
    """- first, what matters most;
- then, what cannot wait;
- and only then, what one simply feels like doing.""",
    """1. Look carefully.
2. Think again.
3. Take a small step and see what comes of it.""",
    """| Measure | Before | After |
|:--------|-------:|------:|
| speed | 12 | 48 |
| errors | 9 | 2 |
| patience | 5 | 7 |""",
    """> Patience and time do more than strength or passion.""",
    """```python
total = sum(value for value in (1, 2, 3, 5, 8) if value % 2)
print(f"Sum of the odd ones: {total}")
```""",
)
CHAPTER = "Chapter {number}"
