-- Facts about this database itself: its purpose and how far programme time is ahead of the machine's clock.
CREATE TABLE db_meta (
        key TEXT NOT NULL PRIMARY KEY,
        value TEXT NOT NULL
) @strict, @clustered;
