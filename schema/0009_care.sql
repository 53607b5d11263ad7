-- The coordinator's work: flags, calls, tickets, and concerns in a store of their own.

CREATE TABLE care_flag (
        id              @int PRIMARY KEY,
        cohort          @int NOT NULL REFERENCES programmes_cohort (id),
        pair            @int NOT NULL DEFAULT 0,        -- 0: about a person alone
        person          @int NOT NULL DEFAULT 0,        -- 0: about the pair
        rule            TEXT NOT NULL,                  -- first-meeting, gap, training, pulse ...
        level           @int NOT NULL CHECK (level IN (1, 2)),         -- 1 amber, 2 red
        since           @int NOT NULL,                  -- when the condition began
        data            TEXT NOT NULL,                  -- JSON: the figures the rule saw
        opened_at       @int NOT NULL,
        closed_at       @int,
        closed_why      TEXT,                           -- 'over' or what the coordinator said
        closed_by       @int,                           -- NULL: the review, because it was over
        quiet_until     @int                            -- snoozed by the coordinator
) @strict;
CREATE INDEX care_flag_open ON care_flag (cohort, closed_at, level);
CREATE UNIQUE INDEX care_flag_once ON care_flag (cohort, pair, person, rule, opened_at);
CREATE INDEX care_flag_pair ON care_flag (pair, opened_at);

CREATE TABLE care_call (
        id              @int PRIMARY KEY,
        cohort          @int NOT NULL REFERENCES programmes_cohort (id),
        pair            @int NOT NULL DEFAULT 0,
        person          @int NOT NULL REFERENCES people_person (id),
        kind            TEXT NOT NULL,                  -- C0 .. C6, CX
        why             TEXT NOT NULL,                  -- plan, risk, lot, red, ended, missed, asked, intake
        flag            @int NOT NULL DEFAULT 0,        -- what it is about, if it is about a flag
        asked           TEXT NOT NULL DEFAULT '',       -- why, in the words of whoever asked for it
        due_at          @int NOT NULL,
        until_at        @int NOT NULL,
        state           TEXT NOT NULL CHECK (state IN ('due', 'scheduled', 'done', 'unreachable', 'dropped')),
        scheduled_at    @int,                           -- agreed with them, or when to try again
        attempts        @int NOT NULL DEFAULT 0,
        last_attempt_at @int,
        outcome         TEXT,                           -- fine, plan, change, end, not-reached
        minutes         @int,
        done_at         @int,
        done_by         @int,
        action          TEXT,                           -- what was agreed
        action_day      @int,
        team_note       TEXT,                           -- other coordinators read it
        private_note    TEXT,                           -- only the one who wrote it
        UNIQUE (cohort, person, pair, kind, due_at)
) @strict;
CREATE INDEX care_call_open ON care_call (cohort, state, due_at);
CREATE INDEX care_call_pair ON care_call (pair, done_at);

-- Where the pairs of a cohort were, week by week since the launch; the review of a day overwrites its week's row.
CREATE TABLE care_week (
        cohort          @int NOT NULL REFERENCES programmes_cohort (id),
        week            @int NOT NULL,                  -- 0: the launch's
        good            @int NOT NULL,
        soon            @int NOT NULL,
        quiet           @int NOT NULL,
        PRIMARY KEY (cohort, week)
) @strict, @clustered;

CREATE TABLE care_ticket (
        id              @int PRIMARY KEY,
        cohort          @int NOT NULL DEFAULT 0,
        person          @int NOT NULL DEFAULT 0,        -- 0: not signed in
        address         TEXT,                           -- to answer someone who is not signed in
        category        TEXT NOT NULL,                  -- technical, scheduling, content, match, data, accessibility, other
        body            TEXT NOT NULL,
        page            TEXT NOT NULL DEFAULT '',       -- where help was asked for
        opened_at       @int NOT NULL,
        answered_at     @int,
        closed_at       @int
) @strict;
CREATE INDEX care_ticket_open ON care_ticket (cohort, closed_at);

CREATE TABLE care_ticket_reply (
        ticket          @int NOT NULL REFERENCES care_ticket (id),
        id              @int NOT NULL,
        author          @int NOT NULL,
        at              @int NOT NULL,
        body            TEXT NOT NULL,
        PRIMARY KEY (ticket, id)
) @strict;

-- Concerns: for the designated contacts alone; every reading is in the audit log.
CREATE TABLE care_concern (
        id              @int PRIMARY KEY,
        cohort          @int NOT NULL DEFAULT 0,
        pair            @int NOT NULL DEFAULT 0,
        reporter        @int NOT NULL DEFAULT 0,        -- 0: not signed in or anonymous
        level           @int NOT NULL CHECK (level BETWEEN 0 AND 3),
        body            TEXT NOT NULL,
        reach           TEXT,                           -- how to reach the reporter, if wanted
        code            TEXT NOT NULL UNIQUE,           -- to look up the state without an account
        opened_at       @int NOT NULL,
        taken_by        @int,
        taken_at        @int,
        state           TEXT NOT NULL CHECK (state IN ('new', 'taken', 'handed over', 'closed')),
        word            TEXT NOT NULL DEFAULT ''        -- what the reporter is told, beside the state
) @strict;
