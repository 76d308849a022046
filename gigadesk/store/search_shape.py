"""How the index of the search came to its present shape: a migration of its own. Never changed once it was released."""

import sqlite3


def number_what_is_searched_by_messages(connection: sqlite3.Connection) -> None:
    """In the index of the search a message has its own id as the number of its row. It is made anew after this.

    That is so as long as ids and times agree. A message whose time is another one (it was imported, or the clock was
    wrong) has a place by its time instead, which is in `search_far`. `search_files` are those that had files when they
    were taken up.

    Of all others nothing is kept: what has ended, is not in `search_queue` and is beyond `search_state.next_old`, up to
    which all wait, is in the index. So a message leaves it when it is running again, and what is not beyond that is
    never queued. Names have no text in their index either: `search_name_gone` keeps what they were.
    """
    for name in (
        "message_added",
        "message_ended",
        "message_changed",
        "message_gone",
        "message_gone_unseen",
        "chat_added",
        "chat_renamed",
        "chat_gone",
        "file_added",
        "file_given",
        "file_gone",
    ):
        connection.execute(f"DROP TRIGGER search_{name}")
    connection.execute("INSERT INTO search_index (search_index) VALUES ('delete-all')")
    for table in ("search_rows", "search_names"):
        connection.execute(f"DROP TABLE {table}")
    for table in ("search_words", "search_gone", "search_queue", "search_name_queue"):
        connection.execute(f"DELETE FROM {table}")  # noqa: S608  (constants)
    # 3: earlier versions left of what was deleted for ever what lay between other rows.
    connection.execute(
        "UPDATE search_state SET fingerprint = 0, must_purge = 3,"
        " next_old = (SELECT coalesce(max(id), 0) FROM messages),"
        " next_old_chat = (SELECT coalesce(max(id), 0) FROM chats),"
        " next_old_file = (SELECT coalesce(max(id), 0) FROM files)"
    )
    connection.execute("CREATE TABLE search_far (place INTEGER PRIMARY KEY, message_id INTEGER NOT NULL) STRICT")
    connection.execute("CREATE UNIQUE INDEX search_far_by_message ON search_far (message_id)")
    connection.execute("CREATE TABLE search_files (message_id INTEGER PRIMARY KEY) STRICT")
    connection.execute(
        "CREATE VIRTUAL TABLE search_names USING fts5("
        "terms, content = '', detail = none, columnsize = 0, tokenize = \"ascii tokenchars ':+'\")"
    )
    connection.execute("CREATE TABLE search_name_gone (name_id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT")
    is_ended = "status NOT IN ('queued', 'streaming')"
    is_other = "(OLD.text, OLD.reasoning, OLD.role, OLD.model) IS NOT (NEW.text, NEW.reasoning, NEW.role, NEW.model)"
    queue = (
        f"INSERT OR IGNORE INTO search_queue SELECT NEW.id FROM search_state WHERE NEW.{is_ended} AND NEW.id > next_old"  # noqa: S608
    )
    forget = (
        "INSERT OR IGNORE INTO search_gone SELECT"  # noqa: S608  (constants)
        " coalesce((SELECT place FROM search_far WHERE message_id = OLD.id), OLD.id),"
        " EXISTS (SELECT 1 FROM search_files WHERE message_id = OLD.id), OLD.text, OLD.reasoning, OLD.role, OLD.model"
        f" FROM search_state WHERE OLD.{is_ended} AND OLD.id > next_old"
        " AND NOT EXISTS (SELECT 1 FROM search_queue WHERE message_id = OLD.id);"
        " DELETE FROM search_far WHERE message_id = OLD.id; DELETE FROM search_files WHERE message_id = OLD.id"
    )
    changed = (
        "UPDATE OF text, reasoning, role, model, status ON messages"
        f" WHEN {is_other} OR OLD.{is_ended} != NEW.{is_ended}"
    )
    triggers = [
        ("message_added", "INSERT ON messages", (queue,)),
        ("message_changed", changed, (forget, queue)),
        ("message_gone", "DELETE ON messages", (forget, "DELETE FROM search_queue WHERE message_id = OLD.id")),
    ]
    for kind, table, column, odd in (("chat", "chats", "title", 0), ("file", "files", "name", 1)):
        queue = (
            f"INSERT OR IGNORE INTO search_name_queue SELECT 2 * NEW.id + {odd} FROM search_state"  # noqa: S608
            f" WHERE NEW.id > next_old_{kind}"
        )
        forget = (
            f"INSERT OR IGNORE INTO search_name_gone SELECT 2 * OLD.id + {odd}, OLD.{column} FROM search_state"  # noqa: S608
            f" WHERE OLD.id > next_old_{kind}"
            f" AND NOT EXISTS (SELECT 1 FROM search_name_queue WHERE name_id = 2 * OLD.id + {odd})"
        )
        wait_no_more = f"DELETE FROM search_name_queue WHERE name_id = 2 * OLD.id + {odd}"  # noqa: S608
        changed = f"UPDATE OF {column} ON {table} WHEN OLD.{column} != NEW.{column}"
        triggers += [
            (f"{kind}_added", f"INSERT ON {table}", (queue,)),
            (f"{kind}_renamed", changed, (forget, queue)),
            (f"{kind}_gone", f"DELETE ON {table}", (forget, wait_no_more)),
        ]
    for name, event, actions in triggers:
        connection.execute(f"CREATE TRIGGER search_{name} AFTER {event} BEGIN {'; '.join(actions)}; END")
