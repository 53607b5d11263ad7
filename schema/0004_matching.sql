-- Runs of the solver, what they proposed, what people answered.

CREATE TABLE matching_run (
        id              @int PRIMARY KEY,
        cohort          @int NOT NULL REFERENCES programmes_cohort (id),
        at              @int NOT NULL,
        by_person       @int NOT NULL,
        objective       TEXT NOT NULL,                  -- total, fair
        inputs_hash     TEXT NOT NULL,
        matched         @int NOT NULL,
        total           @int NOT NULL,                  -- millionths
        lowest          @int NOT NULL,
        unmatched       TEXT NOT NULL                   -- JSON: who and why
) @strict;
CREATE INDEX matching_run_cohort ON matching_run (cohort, at);

CREATE TABLE matching_state (name TEXT PRIMARY KEY) @strict;
INSERT INTO matching_state (name) VALUES ('draft'), ('locked'), ('published'), ('accepted'), ('declined'), ('expired'), ('dropped');

CREATE TABLE matching_proposal (
        id              @int PRIMARY KEY,
        cohort          @int NOT NULL REFERENCES programmes_cohort (id),
        run             @int NOT NULL REFERENCES matching_run (id),
        mentor          @int NOT NULL REFERENCES people_person (id),
        mentee          @int NOT NULL REFERENCES people_person (id),
        score           @int NOT NULL,                  -- millionths
        parts           TEXT NOT NULL,                  -- JSON: each criterion, for staff
        reasons         TEXT NOT NULL,                  -- JSON: three codes with a value, safe for both sides
        state           TEXT NOT NULL REFERENCES matching_state (name),
        edited_by       @int,
        edit_reason     TEXT,
        published_at    @int,
        expires_at      @int,
        mentor_answer   TEXT CHECK (mentor_answer IN ('yes', 'no')),
        mentor_answered_at @int,
        mentor_note     TEXT,                           -- decline reason: own and staff
        mentee_answer   TEXT CHECK (mentee_answer IN ('yes', 'no')),
        mentee_answered_at @int,
        mentee_note     TEXT
) @strict;
CREATE INDEX matching_proposal_cohort ON matching_proposal (cohort, state);
CREATE INDEX matching_proposal_mentor ON matching_proposal (mentor);
CREATE INDEX matching_proposal_mentee ON matching_proposal (mentee);

-- Pairs a coordinator has ruled out, with the reason.
CREATE TABLE matching_forbidden (
        cohort          @int NOT NULL REFERENCES programmes_cohort (id),
        mentor          @int NOT NULL,
        mentee          @int NOT NULL,
        by_person       @int NOT NULL,
        reason          TEXT NOT NULL,
        at              @int NOT NULL,
        PRIMARY KEY (cohort, mentor, mentee)
) @strict;

-- A mentee's wish: rank 1 is first.
CREATE TABLE matching_rank (
        cohort          @int NOT NULL REFERENCES programmes_cohort (id),
        mentee          @int NOT NULL,
        mentor          @int NOT NULL,
        rank            @int NOT NULL,
        PRIMARY KEY (cohort, mentee, mentor)
) @strict;
