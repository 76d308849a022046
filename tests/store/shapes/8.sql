PRAGMA application_id = 1198081125;
PRAGMA user_version = 8;
BEGIN TRANSACTION;
CREATE TABLE chats (
    id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT NOT NULL, title_origin TEXT NOT NULL, created_at REAL NOT NULL,
    updated_at REAL NOT NULL, session_id TEXT NOT NULL, leaf_id INTEGER, model TEXT NOT NULL,
    is_unread INTEGER NOT NULL DEFAULT 0, deleted_at REAL
, account TEXT NOT NULL DEFAULT '', tools TEXT NOT NULL DEFAULT '', effort TEXT NOT NULL DEFAULT '', folder_id INTEGER REFERENCES folders (id) ON DELETE SET NULL, pinned_at REAL, archived_at REAL, deleted_with INTEGER) STRICT;
INSERT INTO "chats" VALUES(1,'Первый','user',1.0,5.0,'s-1',5,'GigaChat-2',1,NULL,'','','',1,4.0,NULL,NULL);
INSERT INTO "chats" VALUES(2,'Trash','model',1.0,2.0,'s-2',NULL,'',0,3.0,'','','',2,NULL,NULL,2);
CREATE INDEX chats_by_time ON chats (updated_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX chats_listed ON chats (updated_at DESC, id DESC) WHERE deleted_at IS NULL AND archived_at IS NULL AND pinned_at IS NULL AND folder_id IS NULL;
CREATE INDEX chats_pinned ON chats (updated_at DESC, id DESC) WHERE deleted_at IS NULL AND archived_at IS NULL AND pinned_at NOT NULL;
CREATE INDEX chats_in_folder ON chats (folder_id, updated_at DESC, id DESC) WHERE deleted_at IS NULL AND archived_at IS NULL AND pinned_at IS NULL AND folder_id NOT NULL;
CREATE INDEX chats_archived ON chats (updated_at DESC, id DESC) WHERE deleted_at IS NULL AND archived_at NOT NULL;
CREATE INDEX chats_in_trash ON chats (deleted_at DESC, id DESC) WHERE deleted_at NOT NULL;
CREATE INDEX chats_unsaid ON chats (updated_at DESC, id DESC) WHERE leaf_id IS NULL;
CREATE INDEX chats_by_session ON chats (session_id);
CREATE INDEX chats_hidden ON chats (deleted_with) WHERE deleted_with < 0;
CREATE TABLE drafts (
    chat_id INTEGER PRIMARY KEY REFERENCES chats (id) ON DELETE CASCADE, text TEXT NOT NULL
) STRICT;
INSERT INTO "drafts" VALUES(1,'черновик');
CREATE TABLE edits (
            chat_id INTEGER PRIMARY KEY REFERENCES chats (id) ON DELETE CASCADE,
            message_id INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
            text TEXT NOT NULL
        ) STRICT;
CREATE INDEX edits_by_message ON edits (message_id);
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
        , is_of_edit INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO "files" VALUES(1,1,4,'a.png','image','image/png',3,'d1','ready',0,'r','acc',NULL,NULL,0);
INSERT INTO "files" VALUES(2,1,NULL,'b.png','image','image/png',3,'d2','kept',0,'','',NULL,NULL,0);
CREATE INDEX files_by_chat ON files (chat_id, message_id);
CREATE INDEX files_by_message ON files (message_id);
CREATE INDEX files_under_way ON files (id) WHERE state IN ('reading', 'uploading', 'loading');
CREATE TABLE folders (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            parent_id INTEGER REFERENCES folders (id) ON DELETE CASCADE,
            name TEXT NOT NULL,
            color TEXT NOT NULL DEFAULT '',
            position REAL NOT NULL,
            created_at REAL NOT NULL,
            deleted_at REAL,
            deleted_with INTEGER
        ) STRICT;
INSERT INTO "folders" VALUES(1,NULL,'Работа','red',0.0,1.0,NULL,NULL);
INSERT INTO "folders" VALUES(2,1,'Gone','',0.0,2.0,3.0,2);
CREATE INDEX folders_by_parent ON folders (parent_id, position);
CREATE INDEX folders_hidden ON folders (deleted_with) WHERE deleted_with < 0;
CREATE TABLE forgotten (
            number INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,
            id INTEGER NOT NULL,
            created_at REAL NOT NULL
        ) STRICT;
INSERT INTO "forgotten" VALUES(1,'message',9,9.0);
CREATE TABLE import_keys (
            key TEXT NOT NULL,
            chat_id INTEGER NOT NULL REFERENCES chats (id) ON DELETE CASCADE,
            content TEXT NOT NULL,
            PRIMARY KEY (key, chat_id)
        ) STRICT, WITHOUT ROWID;
INSERT INTO "import_keys" VALUES('chatgpt:1',1,'abc');
CREATE INDEX import_keys_by_chat ON import_keys (chat_id);
CREATE TABLE imports (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            started_at REAL NOT NULL,
            state TEXT NOT NULL
        ) STRICT;
INSERT INTO "imports" VALUES(1,5.0,'done');
CREATE TABLE journal (
    id INTEGER PRIMARY KEY, message_id INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE, text TEXT NOT NULL
, kind TEXT NOT NULL DEFAULT 'text') STRICT;
INSERT INTO "journal" VALUES(1,5,'b','text');
INSERT INTO "journal" VALUES(2,5,'c','text');
CREATE INDEX journal_by_message ON journal (message_id);
CREATE TABLE messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT, chat_id INTEGER NOT NULL REFERENCES chats (id) ON DELETE CASCADE,
    parent_id INTEGER REFERENCES messages (id) ON DELETE CASCADE, role TEXT NOT NULL, status TEXT NOT NULL,
    created_at REAL NOT NULL, model TEXT NOT NULL, finish_reason TEXT NOT NULL DEFAULT '', prompt_tokens INTEGER,
    completion_tokens INTEGER, total_tokens INTEGER, cached_tokens INTEGER, error_code TEXT, error_data TEXT,
    text TEXT NOT NULL
, account TEXT NOT NULL DEFAULT '', reasoning TEXT NOT NULL DEFAULT '', sources TEXT NOT NULL DEFAULT '', state_id TEXT NOT NULL DEFAULT '', reasoning_s REAL, seconds REAL, deleted_at REAL, deleted_with INTEGER, shown_child_id INTEGER) STRICT;
INSERT INTO "messages" VALUES(1,1,NULL,'user','done',1.0,'','',NULL,NULL,NULL,NULL,NULL,NULL,'Вопрос','','','','',NULL,NULL,NULL,NULL,2);
INSERT INTO "messages" VALUES(2,1,1,'assistant','done',2.0,'M','stop',1,2,3,4,NULL,NULL,'Ответ','','','','',NULL,NULL,NULL,NULL,4);
INSERT INTO "messages" VALUES(3,1,1,'assistant','failed',3.0,'M','',NULL,NULL,NULL,NULL,'network','{"detail": "x", "cause": "reset", "host": "h"}','Hal and more','','','','',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "messages" VALUES(4,1,2,'user','done',4.0,'','',NULL,NULL,NULL,NULL,NULL,NULL,'Ещё','','','','',NULL,NULL,NULL,NULL,5);
INSERT INTO "messages" VALUES(5,1,4,'assistant','streaming',5.0,'M','',NULL,NULL,NULL,NULL,NULL,NULL,'a','','','','',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "messages" VALUES(6,1,3,'user','done',0.5,'','',NULL,NULL,NULL,NULL,NULL,NULL,'Elsewhere','','','','',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "messages" VALUES(7,1,NULL,'user','done',7.0,'','',NULL,NULL,NULL,NULL,NULL,NULL,'Another beginning','','','','',NULL,NULL,8.0,7,NULL);
INSERT INTO "messages" VALUES(8,1,6,'assistant','done',8.0,'M','',NULL,NULL,NULL,NULL,NULL,NULL,'waits in the queue','','','','',NULL,NULL,NULL,NULL,NULL);
CREATE INDEX messages_by_parent_alone ON messages (parent_id);
CREATE INDEX messages_unfinished ON messages (id) WHERE status IN ('queued', 'streaming');
CREATE INDEX messages_by_parent ON messages (chat_id, parent_id, deleted_at);
CREATE INDEX messages_in_trash ON messages (deleted_with) WHERE deleted_with NOT NULL;
CREATE VIRTUAL TABLE search_index USING fts5(terms, content = '', detail = none, columnsize = 0, tokenize = "ascii tokenchars ':+'");
DELETE FROM "search_index_data";
INSERT INTO "search_index_data" VALUES(1,X'071A');
INSERT INTO "search_index_data" VALUES(10,X'000000030101000001010101');
INSERT INTO "search_index_data" VALUES(137438953473,X'0000009A03303A610201050201660402026D6D020105020175010303C08080BFFF790105616E6F7468070105626567696E070108656C736577686572C08080C08000010368616C030102696E08010571756575650801037468650801047761697408010CD0B2D0BED0BFD180D0BED181010203B5D189040209BED182D0B2D0B5D182020103EE8B87080202A7AF080202BE93070104F3B4B8AA08040704070C08081006050806070F060C060505');
DELETE FROM "search_index_idx";
INSERT INTO "search_index_idx" VALUES(1,X'',2);
DELETE FROM "search_index_config";
INSERT INTO "search_index_config" VALUES('automerge',0);
INSERT INTO "search_index_config" VALUES('crisismerge',200);
INSERT INTO "search_index_config" VALUES('usermerge',8);
INSERT INTO "search_index_config" VALUES('version',4);
CREATE TABLE search_words (word TEXT PRIMARY KEY, weight INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO "search_words" VALUES(':mm',3);
INSERT INTO "search_words" VALUES('another',0);
INSERT INTO "search_words" VALUES('beginning',0);
INSERT INTO "search_words" VALUES('elsewhere',0);
INSERT INTO "search_words" VALUES('hal',0);
INSERT INTO "search_words" VALUES('in',3);
INSERT INTO "search_words" VALUES('queue',3);
INSERT INTO "search_words" VALUES('the',3);
INSERT INTO "search_words" VALUES('waits',3);
INSERT INTO "search_words" VALUES('вопрос',0);
INSERT INTO "search_words" VALUES('еще',0);
INSERT INTO "search_words" VALUES('ответ',0);
CREATE INDEX search_words_common ON search_words (word, weight) WHERE weight >= 5;
CREATE TABLE search_queue (message_id INTEGER PRIMARY KEY) STRICT;
INSERT INTO "search_queue" VALUES(2);
INSERT INTO "search_queue" VALUES(3);
INSERT INTO "search_queue" VALUES(8);
CREATE TABLE search_gone (place INTEGER PRIMARY KEY, has_file INTEGER NOT NULL, text TEXT NOT NULL, reasoning TEXT NOT NULL, role TEXT NOT NULL, model TEXT NOT NULL) STRICT;
INSERT INTO "search_gone" VALUES(2,0,'Ответ','','assistant','M');
INSERT INTO "search_gone" VALUES(3,0,'Hal','','assistant','M');
INSERT INTO "search_gone" VALUES(8,0,'waits in the queue','','assistant','M');
CREATE TABLE search_name_queue (name_id INTEGER PRIMARY KEY) STRICT;
INSERT INTO "search_name_queue" VALUES(4);
CREATE TABLE search_state (
            fingerprint INTEGER NOT NULL,
            next_old INTEGER NOT NULL,
            next_old_chat INTEGER NOT NULL,
            next_old_file INTEGER NOT NULL,
            must_purge INTEGER NOT NULL
        ) STRICT;
INSERT INTO "search_state" VALUES(3771824146,0,0,0,0);
CREATE TABLE search_far (place INTEGER PRIMARY KEY, message_id INTEGER NOT NULL) STRICT;
INSERT INTO "search_far" VALUES(2199024304128,6);
CREATE UNIQUE INDEX search_far_by_message ON search_far (message_id);
CREATE TABLE search_files (message_id INTEGER PRIMARY KEY) STRICT;
INSERT INTO "search_files" VALUES(4);
CREATE VIRTUAL TABLE search_names USING fts5(terms, content = '', detail = none, columnsize = 0, tokenize = "ascii tokenchars ':+'");
DELETE FROM "search_names_data";
INSERT INTO "search_names_data" VALUES(1,X'0409');
INSERT INTO "search_names_data" VALUES(10,X'000000000104040004010101020101030101040101');
INSERT INTO "search_names_data" VALUES(137438953473,X'0000000C063074726173680404');
INSERT INTO "search_names_data" VALUES(274877906945,X'000000160930D0BFD0B5D180D0B2020904D18BD0B902040B');
INSERT INTO "search_names_data" VALUES(412316860417,X'00000014023062050203706E67050103706E6705040406');
INSERT INTO "search_names_data" VALUES(549755813889,X'00000014023061030203706E67030103706E6703040406');
DELETE FROM "search_names_idx";
INSERT INTO "search_names_idx" VALUES(1,X'',2);
INSERT INTO "search_names_idx" VALUES(2,X'',2);
INSERT INTO "search_names_idx" VALUES(3,X'',2);
INSERT INTO "search_names_idx" VALUES(4,X'',2);
DELETE FROM "search_names_config";
INSERT INTO "search_names_config" VALUES('version',4);
CREATE TABLE search_name_gone (name_id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
INSERT INTO "search_name_gone" VALUES(4,'Trash');
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('chats',2);
INSERT INTO "sqlite_sequence" VALUES('messages',9);
INSERT INTO "sqlite_sequence" VALUES('files',2);
INSERT INTO "sqlite_sequence" VALUES('folders',2);
INSERT INTO "sqlite_sequence" VALUES('imports',1);
CREATE TRIGGER forget_chat AFTER DELETE ON chats BEGIN INSERT INTO forgotten (kind, id, created_at) VALUES ('chat', old.id, old.created_at); END;
CREATE TRIGGER forget_message AFTER DELETE ON messages BEGIN INSERT INTO forgotten (kind, id, created_at) VALUES ('message', old.id, old.created_at); END;
CREATE TRIGGER search_message_added AFTER INSERT ON messages BEGIN INSERT OR IGNORE INTO search_queue SELECT NEW.id FROM search_state WHERE NEW.status NOT IN ('queued', 'streaming') AND NEW.id > next_old; END;
CREATE TRIGGER search_message_changed AFTER UPDATE OF text, reasoning, role, model, status ON messages WHEN (OLD.text, OLD.reasoning, OLD.role, OLD.model) IS NOT (NEW.text, NEW.reasoning, NEW.role, NEW.model) OR OLD.status NOT IN ('queued', 'streaming') != NEW.status NOT IN ('queued', 'streaming') BEGIN INSERT OR IGNORE INTO search_gone SELECT coalesce((SELECT place FROM search_far WHERE message_id = OLD.id), OLD.id), EXISTS (SELECT 1 FROM search_files WHERE message_id = OLD.id), OLD.text, OLD.reasoning, OLD.role, OLD.model FROM search_state WHERE OLD.status NOT IN ('queued', 'streaming') AND OLD.id > next_old AND NOT EXISTS (SELECT 1 FROM search_queue WHERE message_id = OLD.id); DELETE FROM search_far WHERE message_id = OLD.id; DELETE FROM search_files WHERE message_id = OLD.id; INSERT OR IGNORE INTO search_queue SELECT NEW.id FROM search_state WHERE NEW.status NOT IN ('queued', 'streaming') AND NEW.id > next_old; END;
CREATE TRIGGER search_message_gone AFTER DELETE ON messages BEGIN INSERT OR IGNORE INTO search_gone SELECT coalesce((SELECT place FROM search_far WHERE message_id = OLD.id), OLD.id), EXISTS (SELECT 1 FROM search_files WHERE message_id = OLD.id), OLD.text, OLD.reasoning, OLD.role, OLD.model FROM search_state WHERE OLD.status NOT IN ('queued', 'streaming') AND OLD.id > next_old AND NOT EXISTS (SELECT 1 FROM search_queue WHERE message_id = OLD.id); DELETE FROM search_far WHERE message_id = OLD.id; DELETE FROM search_files WHERE message_id = OLD.id; DELETE FROM search_queue WHERE message_id = OLD.id; END;
CREATE TRIGGER search_chat_added AFTER INSERT ON chats BEGIN INSERT OR IGNORE INTO search_name_queue SELECT 2 * NEW.id + 0 FROM search_state WHERE NEW.id > next_old_chat; END;
CREATE TRIGGER search_chat_renamed AFTER UPDATE OF title ON chats WHEN OLD.title != NEW.title BEGIN INSERT OR IGNORE INTO search_name_gone SELECT 2 * OLD.id + 0, OLD.title FROM search_state WHERE OLD.id > next_old_chat AND NOT EXISTS (SELECT 1 FROM search_name_queue WHERE name_id = 2 * OLD.id + 0); INSERT OR IGNORE INTO search_name_queue SELECT 2 * NEW.id + 0 FROM search_state WHERE NEW.id > next_old_chat; END;
CREATE TRIGGER search_chat_gone AFTER DELETE ON chats BEGIN INSERT OR IGNORE INTO search_name_gone SELECT 2 * OLD.id + 0, OLD.title FROM search_state WHERE OLD.id > next_old_chat AND NOT EXISTS (SELECT 1 FROM search_name_queue WHERE name_id = 2 * OLD.id + 0); DELETE FROM search_name_queue WHERE name_id = 2 * OLD.id + 0; END;
CREATE TRIGGER search_file_added AFTER INSERT ON files BEGIN INSERT OR IGNORE INTO search_name_queue SELECT 2 * NEW.id + 1 FROM search_state WHERE NEW.id > next_old_file; END;
CREATE TRIGGER search_file_renamed AFTER UPDATE OF name ON files WHEN OLD.name != NEW.name BEGIN INSERT OR IGNORE INTO search_name_gone SELECT 2 * OLD.id + 1, OLD.name FROM search_state WHERE OLD.id > next_old_file AND NOT EXISTS (SELECT 1 FROM search_name_queue WHERE name_id = 2 * OLD.id + 1); INSERT OR IGNORE INTO search_name_queue SELECT 2 * NEW.id + 1 FROM search_state WHERE NEW.id > next_old_file; END;
CREATE TRIGGER search_file_gone AFTER DELETE ON files BEGIN INSERT OR IGNORE INTO search_name_gone SELECT 2 * OLD.id + 1, OLD.name FROM search_state WHERE OLD.id > next_old_file AND NOT EXISTS (SELECT 1 FROM search_name_queue WHERE name_id = 2 * OLD.id + 1); DELETE FROM search_name_queue WHERE name_id = 2 * OLD.id + 1; END;
COMMIT;
