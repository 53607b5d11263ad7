-- :name test_add
-- :in   id id, name text, flag bool, whole int?, part real?,
--       words text?, bytes blob?
INSERT INTO test_all (id, name, flag, whole, part, words, bytes)
VALUES (:id, :name, :flag, :whole, :part, :words, :bytes);

-- :name test_get
-- :in   id id
-- :out  one id id, name text, flag bool, whole int?, part real?, words text?, bytes blob?
SELECT id, name, flag, whole, part, words, bytes FROM test_all WHERE id = :id;

-- :name test_find
-- :in   name text
-- :out  maybe id id, flag bool
SELECT id, flag FROM test_all WHERE name = :name;

-- :name test_many
-- :in   first id, flag bool?
-- :out  many id id, name text
SELECT id, name FROM test_all
 WHERE id >= :first AND (CAST(:flag AS @int) IS NULL OR flag = :flag)  -- twice; a comment;
 ORDER BY id;

-- :name test_rename
-- :in   id id, name text
-- :changes
UPDATE test_all SET name = :name WHERE id = :id;

-- :name test_child_add
-- :in   parent id, n int
INSERT INTO test_child (parent, n) VALUES (:parent, :n);

-- :name test_forget
-- :in   id id
-- :out  maybe name text
DELETE FROM test_all WHERE id = :id RETURNING name;

-- :name test_counter_set
-- :in   id id, value int
INSERT INTO test_counter (id, value) VALUES (:id, :value)
    ON CONFLICT (id) DO UPDATE SET value = excluded.value;

-- :name test_counter_get
-- :in   id id
-- :out  one value int
SELECT value FROM test_counter WHERE id = :id;

-- :name test_entry_add
-- :in   id id, worker int, note text
INSERT INTO test_entry (id, worker, note) VALUES (:id, :worker, :note);

-- :name test_entries
-- :in   worker int
-- :out  many id id
SELECT id FROM test_entry WHERE worker = :worker ORDER BY id;

-- :name test_entry_total
-- :out  one total int, letters int
SELECT count(*), CAST(coalesce(sum(length(note)), 0) AS @int) FROM test_entry;

-- :name test_engine
-- :out  one name text
SELECT 'sqlite' AS name;
-- :postgres
SELECT 'postgres'::text AS name;

-- :name test_spoil
-- :in   id id
-- A duplicate gives up the whole transaction on SQLite, and with it whatever shares its commit.
INSERT OR ROLLBACK INTO test_entry (id, worker) VALUES (:id, 0);
-- :postgres
INSERT INTO test_entry (id, worker) VALUES (:id, 0);
