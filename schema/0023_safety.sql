-- Backups and trial restores that this installation has made, and how they went. Times are the machine's.
CREATE TABLE safety_run (
        id              @int PRIMARY KEY,
        kind            TEXT NOT NULL,                  -- backup, drill
        began_at        @int NOT NULL,
        ended_at        @int NOT NULL,
        good            @int NOT NULL CHECK (good IN (0, 1)),
        file            TEXT NOT NULL,                  -- name in the backup folder
        bytes           @int NOT NULL,
        entries         @int NOT NULL,                  -- rows of the database in it
        error           TEXT
) @strict;
CREATE INDEX safety_run_kind ON safety_run (kind, good, ended_at);
