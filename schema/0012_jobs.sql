-- Background work: leased rows.

CREATE TABLE jobs_job (
        id              @int PRIMARY KEY,
        kind            TEXT NOT NULL,
        key             TEXT NOT NULL,
        clock           @int NOT NULL CHECK (clock IN (0, 1)),         -- 0 programme time, 1 machine time
        due             @int NOT NULL,
        a               @int NOT NULL,
        b               @int NOT NULL,
        state           TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'dead')),
        tries           @int NOT NULL DEFAULT 0,
        not_before      @int NOT NULL DEFAULT 0,        -- machine time: back-off after a failure
        lease_until     @int NOT NULL DEFAULT 0,        -- machine time
        error           TEXT,
        UNIQUE (kind, key)
) @strict;
CREATE INDEX jobs_job_due ON jobs_job (state, clock, due);
