-- Tables of db_test.c: every type, with and without NULL, a reference and a counter.
CREATE TABLE test_all (
        id @int NOT NULL PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        flag @int NOT NULL DEFAULT 0 CHECK (flag IN (0, 1)),
        whole @int,
        part @real,
        words TEXT,
        bytes @blob
) @strict;

CREATE TABLE test_child (
        parent @int NOT NULL REFERENCES test_all (id),
        n @int NOT NULL,
        PRIMARY KEY (parent, n)
) @strict, @clustered;

CREATE TABLE test_counter (
        id @int NOT NULL PRIMARY KEY,
        value @int NOT NULL
) @strict;

CREATE TABLE test_entry (
        id @int NOT NULL PRIMARY KEY,
        worker @int NOT NULL
) @strict;
