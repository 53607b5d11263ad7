-- What a later version does to data that is there: a column more, and a table rebuilt.
ALTER TABLE test_entry ADD COLUMN note TEXT NOT NULL DEFAULT '';

CREATE TABLE test_counter_new (
        id @int NOT NULL PRIMARY KEY,
        value @int NOT NULL,
        step @int NOT NULL DEFAULT 1
) @strict;
INSERT INTO test_counter_new (id, value) SELECT id, value FROM test_counter;
DROP TABLE test_counter;
ALTER TABLE test_counter_new RENAME TO test_counter;
