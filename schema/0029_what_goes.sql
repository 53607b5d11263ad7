-- What does not stay for ever: work that is done (how much there was does), and whose an answer is (the answer does).

ALTER TABLE jobs_job ADD COLUMN ended_at @int;          -- machine time; NULL: not done, or done by an older version

CREATE TABLE jobs_tally (
        kind            TEXT PRIMARY KEY,
        done            @int NOT NULL,                  -- whose rows are gone
        failed          @int NOT NULL                   -- of those, how many did not work at the first try
) @strict;

-- NULL: as the person says. Set when the answer was cut off from its person a year after the end; then person is somebody who
-- stands for all answers of one in this cohort and has no name, and pair is none.
ALTER TABLE evaluation_wave ADD COLUMN as_mentor @int;
