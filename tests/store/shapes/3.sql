PRAGMA application_id = 1198081125;
PRAGMA user_version = 3;
BEGIN TRANSACTION;
CREATE TABLE chats (
    id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT NOT NULL, title_origin TEXT NOT NULL, created_at REAL NOT NULL,
    updated_at REAL NOT NULL, session_id TEXT NOT NULL, leaf_id INTEGER, model TEXT NOT NULL,
    is_unread INTEGER NOT NULL DEFAULT 0, deleted_at REAL
, account TEXT NOT NULL DEFAULT '', tools TEXT NOT NULL DEFAULT '', effort TEXT NOT NULL DEFAULT '') STRICT;
INSERT INTO "chats" VALUES(1,'Первый','user',1.0,5.0,'s-1',5,'GigaChat-2',1,NULL,'','','');
INSERT INTO "chats" VALUES(2,'Trash','model',1.0,2.0,'s-2',NULL,'',0,3.0,'','','');
CREATE TABLE drafts (
    chat_id INTEGER PRIMARY KEY REFERENCES chats (id) ON DELETE CASCADE, text TEXT NOT NULL
) STRICT;
INSERT INTO "drafts" VALUES(1,'черновик');
CREATE TABLE edits (
            chat_id INTEGER PRIMARY KEY REFERENCES chats (id) ON DELETE CASCADE,
            message_id INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
            text TEXT NOT NULL
        ) STRICT
        ;
CREATE TABLE files (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            chat_id INTEGER NOT NULL REFERENCES chats (id) ON DELETE CASCADE,
            message_id INTEGER REFERENCES messages (id) ON DELETE CASCADE,
            name TEXT NOT NULL,
            kind TEXT NOT NULL,
            mime TEXT NOT NULL,
            size_bytes INTEGER NOT NULL,
            digest TEXT NOT NULL,
            state TEXT NOT NULL,
            is_generated INTEGER NOT NULL,
            remote_id TEXT NOT NULL,
            remote_account TEXT NOT NULL,
            error_code TEXT,
            error_data TEXT
        , is_of_edit INTEGER NOT NULL DEFAULT 0) STRICT
        ;
INSERT INTO "files" VALUES(1,1,4,'a.png','image','image/png',3,'d1','ready',0,'r','acc',NULL,NULL,0);
INSERT INTO "files" VALUES(2,1,NULL,'b.png','image','image/png',3,'d2','kept',0,'','',NULL,NULL,0);
CREATE TABLE journal (
    id INTEGER PRIMARY KEY, message_id INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE, text TEXT NOT NULL
, kind TEXT NOT NULL DEFAULT 'text') STRICT;
INSERT INTO "journal" VALUES(1,5,'b','text');
INSERT INTO "journal" VALUES(2,5,'c','text');
CREATE TABLE messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT, chat_id INTEGER NOT NULL REFERENCES chats (id) ON DELETE CASCADE,
    parent_id INTEGER REFERENCES messages (id) ON DELETE CASCADE, role TEXT NOT NULL, status TEXT NOT NULL,
    created_at REAL NOT NULL, model TEXT NOT NULL, finish_reason TEXT NOT NULL DEFAULT '', prompt_tokens INTEGER,
    completion_tokens INTEGER, total_tokens INTEGER, cached_tokens INTEGER, error_code TEXT, error_data TEXT,
    text TEXT NOT NULL
, account TEXT NOT NULL DEFAULT '', reasoning TEXT NOT NULL DEFAULT '', sources TEXT NOT NULL DEFAULT '', state_id TEXT NOT NULL DEFAULT '', reasoning_s REAL, seconds REAL, deleted_at REAL, deleted_with INTEGER, shown_child_id INTEGER) STRICT;
INSERT INTO "messages" VALUES(1,1,NULL,'user','done',1.0,'','',NULL,NULL,NULL,NULL,NULL,NULL,'Вопрос','','','','',NULL,NULL,NULL,NULL,2);
INSERT INTO "messages" VALUES(2,1,1,'assistant','done',2.0,'M','stop',1,2,3,4,NULL,NULL,'Ответ','','','','',NULL,NULL,NULL,NULL,4);
INSERT INTO "messages" VALUES(3,1,1,'assistant','failed',3.0,'M','',NULL,NULL,NULL,NULL,'network','{"detail": "x", "cause": "reset", "host": "h"}','Hal','','','','',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "messages" VALUES(4,1,2,'user','done',4.0,'','',NULL,NULL,NULL,NULL,NULL,NULL,'Ещё','','','','',NULL,NULL,NULL,NULL,5);
INSERT INTO "messages" VALUES(5,1,4,'assistant','streaming',5.0,'M','',NULL,NULL,NULL,NULL,NULL,NULL,'a','','','','',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "messages" VALUES(6,1,3,'user','done',6.0,'','',NULL,NULL,NULL,NULL,NULL,NULL,'Elsewhere','','','','',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "messages" VALUES(7,1,NULL,'user','done',7.0,'','',NULL,NULL,NULL,NULL,NULL,NULL,'Another beginning','','','','',NULL,NULL,NULL,NULL,NULL);
CREATE INDEX chats_by_time ON chats (updated_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX messages_by_parent_alone ON messages (parent_id);
CREATE INDEX messages_unfinished ON messages (id) WHERE status IN ('queued', 'streaming');
CREATE INDEX journal_by_message ON journal (message_id);
CREATE INDEX files_by_chat ON files (chat_id, message_id);
CREATE INDEX files_by_message ON files (message_id);
CREATE INDEX files_under_way ON files (id) WHERE state IN ('reading', 'uploading', 'loading');
CREATE INDEX messages_by_parent ON messages (chat_id, parent_id, deleted_at);
CREATE INDEX messages_in_trash ON messages (deleted_with) WHERE deleted_with NOT NULL;
CREATE INDEX edits_by_message ON edits (message_id);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('chats',2);
INSERT INTO "sqlite_sequence" VALUES('messages',7);
INSERT INTO "sqlite_sequence" VALUES('files',2);
COMMIT;
