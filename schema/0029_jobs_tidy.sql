-- Work that is done does not stay for ever; how much there was does.

ALTER TABLE jobs_job ADD COLUMN ended_at @int;          -- machine time; NULL: not done, or done by an older version

CREATE TABLE jobs_tally (
        kind            TEXT PRIMARY KEY,
        done            @int NOT NULL,                  -- whose rows are gone
        failed          @int NOT NULL                   -- of those, how many did not work at the first try
) @strict;
