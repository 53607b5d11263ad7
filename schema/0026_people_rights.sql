-- The rights of people: who has read what about them, corrections they ask for, erasure, how long things are kept; and what
-- a concern needs to be handled to its end.

-- One visit: a member of staff opened a page. Opened again within a quarter of an hour it is the same visit, counted.
CREATE TABLE people_visit (
        id              @int PRIMARY KEY,
        actor           @int NOT NULL,
        office          TEXT NOT NULL,                  -- coordinator, administrator, sponsor, contact
        route           TEXT NOT NULL,                  -- the page as the program knows it: /desk/people/:person
        subject         @int NOT NULL,                  -- its first number; 0: it has none
        slot            @int NOT NULL,                  -- quarter of an hour, machine time
        at              @int NOT NULL,                  -- programme time
        last_at         @int NOT NULL,
        times           @int NOT NULL,
        why             TEXT NOT NULL DEFAULT '',       -- in the reader's words, where a reason was asked for
        UNIQUE (actor, route, subject, slot)
) @strict;
CREATE INDEX people_visit_at ON people_visit (at);

-- What a visit showed of whom.
CREATE TABLE people_seen (
        about           @int NOT NULL,
        visit           @int NOT NULL,
        what            TEXT NOT NULL,                  -- name, profile, work, calls, flags, tickets, answers ...
        PRIMARY KEY (about, visit, what)
) @strict, @clustered;
CREATE INDEX people_seen_visit ON people_seen (visit);

-- Something that a person cannot change alone and asks to have put right.
CREATE TABLE people_correction (
        id              @int PRIMARY KEY,
        person          @int NOT NULL REFERENCES people_person (id),
        field           TEXT NOT NULL,                  -- email, title, grade ... or other
        was             TEXT NOT NULL,                  -- what stood there when it was asked for
        wish            TEXT NOT NULL,                  -- what should stand there
        reason          TEXT NOT NULL DEFAULT '',
        asked_at        @int NOT NULL,
        state           TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'declined', 'withdrawn')),
        answer          TEXT NOT NULL DEFAULT '',
        decided_by      @int NOT NULL DEFAULT 0,
        decided_at      @int
) @strict;
CREATE INDEX people_correction_person ON people_correction (person, asked_at);
CREATE INDEX people_correction_state ON people_correction (state, asked_at);

-- A person wants to be forgotten. Until due_at they can call it off.
CREATE TABLE people_erasure (
        id              @int PRIMARY KEY,
        person          @int NOT NULL REFERENCES people_person (id),
        asked_at        @int NOT NULL,
        due_at          @int NOT NULL,
        called_off_at   @int,
        done_at         @int
) @strict;
CREATE INDEX people_erasure_person ON people_erasure (person, asked_at);

ALTER TABLE people_person ADD COLUMN erased_at @int;

-- How long each kind of thing is kept, where it differs from the default.
CREATE TABLE people_retention (
        kind            TEXT PRIMARY KEY,
        days            @int NOT NULL,
        set_by          @int NOT NULL,
        set_at          @int NOT NULL
) @strict;

-- Nothing of a kind is removed before that moment.
CREATE TABLE people_retention_hold (
        kind            TEXT PRIMARY KEY,
        until_at        @int NOT NULL,
        reason          TEXT NOT NULL,
        by_person       @int NOT NULL,
        at              @int NOT NULL
) @strict;

-- What was removed when. by_person 0: the nightly job.
CREATE TABLE people_retention_run (
        id              @int PRIMARY KEY,
        at              @int NOT NULL,
        kind            TEXT NOT NULL,
        days            @int NOT NULL,
        removed         @int NOT NULL,
        by_person       @int NOT NULL
) @strict;
CREATE INDEX people_retention_run_at ON people_retention_run (at);

-- Concerns: what was written is sealed with a key of the installation that is not in the database.
ALTER TABLE care_concern ADD COLUMN sealed @blob;               -- the words and how to reach the reporter
ALTER TABLE care_concern ADD COLUMN due_at @int;                -- by when somebody must have taken it
ALTER TABLE care_concern ADD COLUMN closed_at @int;
ALTER TABLE care_concern ADD COLUMN not_for @int NOT NULL DEFAULT 0;    -- a contact who is not to read it
ALTER TABLE care_concern ADD COLUMN holds @int NOT NULL DEFAULT 0;      -- 1: the pair rests until a contact decides
ALTER TABLE care_concern ADD COLUMN chased_at @int;             -- the contacts were reminded that nobody has taken it

-- What was done about it, and what the reporter adds later; sealed as well.
CREATE TABLE care_concern_step (
        id              @int PRIMARY KEY,
        concern         @int NOT NULL REFERENCES care_concern (id),
        at              @int NOT NULL,
        by_person       @int NOT NULL,                  -- 0: whoever has the code
        kind            TEXT NOT NULL,                  -- note, task, answer, reply, state, pair
        sealed          @blob NOT NULL,
        due_at          @int,                           -- a task: by when
        done_at         @int
) @strict;
CREATE INDEX care_concern_step_of ON care_concern_step (concern, at);
