"""More of what was found can be had at any moment."""

import asyncio
from types import SimpleNamespace

from gigadesk.conversations.search_desk import PAGE, SearchDesk
from gigadesk.facts import SearchCounted, SearchFound
from gigadesk.store import Store
from gigadesk.tasks import TaskScope

COUNT = 2 * PAGE + 7


def test_what_is_wanted_before_all_is_counted_comes_before_that(tmp_path):
    events = []

    async def story():
        store = Store.open(tmp_path / "chats.db")
        chat_id = store.add_chat("s", 1.0)
        with store._database.transaction(is_barrier=False):
            for number in range(COUNT):
                store._database.execute(
                    "INSERT INTO messages (chat_id, role, status, created_at, model, text)"
                    " VALUES (?, 'user', 'done', ?, '', ?)",
                    (chat_id, float(number), "слово"),
                )
        while store.search.step(0.05):
            pass
        tasks = TaskScope(lambda name, error: events.append((name, error)))
        is_over = asyncio.Event()

        def publish(event):
            events.append(event)
            if isinstance(event, SearchFound) and event.can_go_on:
                desk.go_on()  # as the list does at its end, while the search has yet to count
            if isinstance(event, SearchCounted):
                is_over.set()

        desk = SearchDesk(store, SimpleNamespace(replies=list), tasks, publish)
        desk.search("слово")
        await asyncio.wait_for(is_over.wait(), 30)
        await tasks.close(30)
        desk.close()
        store.close()

    asyncio.run(story())

    assert [len(event.hits) for event in events[:-1]] == [PAGE, PAGE, 7]
    assert events[-1].tally.messages == COUNT
