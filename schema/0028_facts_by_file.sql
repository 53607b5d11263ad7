-- The organisation's own facts, kept up to date by file, and what came of new ones.

ALTER TABLE people_status ADD COLUMN staff_id TEXT;              -- as the organisation counts its people
ALTER TABLE people_status ADD COLUMN managers_manager_email TEXT; -- from a file that holds the manager too, who need not be known here
CREATE INDEX people_status_staff ON people_status (staff_id);

-- Proposals that a rule has forbidden since they were made: taken back, and why.
CREATE TABLE matching_withdrawn (
        proposal        @int PRIMARY KEY REFERENCES matching_proposal (id),
        cohort          @int NOT NULL REFERENCES programmes_cohort (id),
        rule            TEXT NOT NULL,                  -- manager, same_team ...
        was             TEXT NOT NULL REFERENCES matching_state (name),
        at              @int NOT NULL
) @strict;
CREATE INDEX matching_withdrawn_cohort ON matching_withdrawn (cohort, at);
