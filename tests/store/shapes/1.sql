PRAGMA application_id = 1198081125;
PRAGMA user_version = 1;
BEGIN TRANSACTION;
CREATE TABLE chats (
    id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT NOT NULL, title_origin TEXT NOT NULL, created_at REAL NOT NULL,
    updated_at REAL NOT NULL, session_id TEXT NOT NULL, leaf_id INTEGER, model TEXT NOT NULL,
    is_unread INTEGER NOT NULL DEFAULT 0, deleted_at REAL
) STRICT;
INSERT INTO "chats" VALUES(1,'Первый','user',1.0,5.0,'s-1',4,'GigaChat-2',1,NULL);
INSERT INTO "chats" VALUES(2,'Trash','model',1.0,2.0,'s-2',NULL,'',0,3.0);
CREATE TABLE drafts (
    chat_id INTEGER PRIMARY KEY REFERENCES chats (id) ON DELETE CASCADE, text TEXT NOT NULL
) STRICT;
INSERT INTO "drafts" VALUES(1,'черновик');
CREATE TABLE journal (
    id INTEGER PRIMARY KEY, message_id INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE, text TEXT NOT NULL
) STRICT;
INSERT INTO "journal" VALUES(1,5,'b');
INSERT INTO "journal" VALUES(2,5,'c');
CREATE TABLE messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT, chat_id INTEGER NOT NULL REFERENCES chats (id) ON DELETE CASCADE,
    parent_id INTEGER REFERENCES messages (id) ON DELETE CASCADE, role TEXT NOT NULL, status TEXT NOT NULL,
    created_at REAL NOT NULL, model TEXT NOT NULL, finish_reason TEXT NOT NULL DEFAULT '', prompt_tokens INTEGER,
    completion_tokens INTEGER, total_tokens INTEGER, cached_tokens INTEGER, error_code TEXT, error_data TEXT,
    text TEXT NOT NULL
) STRICT;
INSERT INTO "messages" VALUES(1,1,NULL,'user','done',1.0,'','',NULL,NULL,NULL,NULL,NULL,NULL,'Вопрос');
INSERT INTO "messages" VALUES(2,1,1,'assistant','done',2.0,'M','stop',1,2,3,4,NULL,NULL,'Ответ');
INSERT INTO "messages" VALUES(3,1,1,'assistant','failed',3.0,'M','',NULL,NULL,NULL,NULL,'network','{"detail": "x", "cause": "reset", "host": "h"}','Hal');
INSERT INTO "messages" VALUES(4,1,2,'user','done',4.0,'','',NULL,NULL,NULL,NULL,NULL,NULL,'Ещё');
INSERT INTO "messages" VALUES(5,1,4,'assistant','streaming',5.0,'M','',NULL,NULL,NULL,NULL,NULL,NULL,'a');
CREATE INDEX chats_by_time ON chats (updated_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX messages_by_parent ON messages (chat_id, parent_id);
CREATE INDEX messages_by_parent_alone ON messages (parent_id);
CREATE INDEX messages_unfinished ON messages (id) WHERE status IN ('queued', 'streaming');
CREATE INDEX journal_by_message ON journal (message_id);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('chats',2);
INSERT INTO "sqlite_sequence" VALUES('messages',5);
COMMIT;
