-- How people come into a cohort: its public page, invitations and nominations, applications, the draw for places.

-- What the public page of a cohort says, and whether it takes applications. No row: the plan's dates and the usual words.
CREATE TABLE recruiting_page (
        cohort          @int PRIMARY KEY REFERENCES programmes_cohort (id),
        taking          TEXT NOT NULL CHECK (taking IN ('dates', 'open', 'closed')),
        closes_day      @int,                           -- last day for applications; NULL: the plan's
        headline        TEXT,
        for_whom        TEXT,
        gives           TEXT,
        asks            TEXT
) @strict;

CREATE TABLE recruiting_kind (name TEXT PRIMARY KEY) @strict;
INSERT INTO recruiting_kind (name) VALUES ('staff'), ('nomination'), ('alumni'), ('own');

-- One for each person in a cohort who has a personal link: asked by staff, named by somebody, back from an earlier cohort, or
-- come by themselves. Who said no here is not asked again in this cohort.
CREATE TABLE recruiting_invitation (
        id              @int PRIMARY KEY,
        cohort          @int NOT NULL REFERENCES programmes_cohort (id),
        person          @int NOT NULL REFERENCES people_person (id),
        role            TEXT NOT NULL CHECK (role IN ('mentor', 'mentee')),
        kind            TEXT NOT NULL REFERENCES recruiting_kind (name),
        by_person       @int NOT NULL,                  -- 0: nobody who has signed in
        by_name         TEXT,                           -- of whoever named them, as the letter says it
        why             TEXT,                           -- in that person's words, for the letter
        asked_at        @int NOT NULL,
        opened_at       @int,
        declined_at     @int,
        decline_reason  TEXT,
        UNIQUE (cohort, person)
) @strict;

-- Somebody suggested somebody. Those of people who have not signed in wait for a coordinator, so that nobody can make the
-- program write to strangers.
CREATE TABLE recruiting_nomination (
        id              @int PRIMARY KEY,
        cohort          @int NOT NULL REFERENCES programmes_cohort (id),
        first_name      TEXT NOT NULL,
        last_name       TEXT NOT NULL,
        email           TEXT NOT NULL,
        email_key       TEXT NOT NULL,                  -- folded
        role            TEXT NOT NULL CHECK (role IN ('mentor', 'mentee')),
        why             TEXT NOT NULL,
        by_person       @int NOT NULL,                  -- 0: not signed in
        by_name         TEXT NOT NULL,
        by_email        TEXT NOT NULL,
        at              @int NOT NULL,
        settled_at      @int,
        invited         @int NOT NULL DEFAULT 0,
        UNIQUE (cohort, email_key)
) @strict;

-- An address given on the public page that nobody here knows yet. It becomes a person when its link is used.
CREATE TABLE recruiting_start (
        id              @int PRIMARY KEY,
        cohort          @int NOT NULL REFERENCES programmes_cohort (id),
        email           TEXT NOT NULL,
        locale          TEXT NOT NULL,
        at              @int NOT NULL
) @strict;

CREATE TABLE recruiting_state (name TEXT PRIMARY KEY, rank @int NOT NULL) @strict;
INSERT INTO recruiting_state (name, rank) VALUES
        ('draft', 0), ('sent', 1), ('asked', 2), ('waiting', 3), ('accepted', 4), ('declined', 5), ('withdrawn', 6);

-- What was written stays here until it is accepted; only then does it become the profile.
CREATE TABLE recruiting_application (
        id              @int PRIMARY KEY,
        cohort          @int NOT NULL REFERENCES programmes_cohort (id),
        person          @int NOT NULL REFERENCES people_person (id),
        state           TEXT NOT NULL REFERENCES recruiting_state (name),
        mentor          @int NOT NULL DEFAULT 0,
        mentee          @int NOT NULL DEFAULT 0,
        capacity        @int NOT NULL DEFAULT 1,
        first_name      TEXT,
        last_name       TEXT,
        zone            TEXT,
        offers          TEXT,                           -- a line each, the most important first
        wants           TEXT,
        goals           TEXT,
        languages       TEXT,
        availability    TEXT,
        screens         @int NOT NULL DEFAULT 0,        -- how many of the three are filled in
        saves           @int NOT NULL DEFAULT 0,        -- what a telephone kept is newer only if it began from this
        began_at        @int NOT NULL,
        saved_at        @int NOT NULL,
        sent_at         @int,
        agreed_at       @int,                           -- to what stands above the last button
        decided_at      @int,
        decided_by      @int,
        words           TEXT,                           -- of the decision, to the applicant
        answer_day      @int,                           -- waiting: the day by which they hear
        UNIQUE (cohort, person)
) @strict;

-- "Ask for more": what was asked, and the answer.
CREATE TABLE recruiting_question (
        id              @int PRIMARY KEY,
        application     @int NOT NULL REFERENCES recruiting_application (id),
        by_person       @int NOT NULL,
        asked_at        @int NOT NULL,
        question        TEXT NOT NULL,
        answer          TEXT,
        answered_at     @int
) @strict;
CREATE INDEX recruiting_question_of ON recruiting_question (application, asked_at);

-- A draw among those who wait. The order follows from the seed alone: by the BLAKE2b-256 of "SEED:NUMBER OF THE APPLICATION".
CREATE TABLE recruiting_draw (
        id              @int PRIMARY KEY,
        cohort          @int NOT NULL REFERENCES programmes_cohort (id),
        role            TEXT NOT NULL CHECK (role IN ('mentor', 'mentee')),
        seed            TEXT NOT NULL,
        drawn_at        @int NOT NULL,
        by_person       @int NOT NULL
) @strict;
CREATE TABLE recruiting_draw_place (
        draw            @int NOT NULL REFERENCES recruiting_draw (id),
        place           @int NOT NULL,
        application     @int NOT NULL REFERENCES recruiting_application (id),
        PRIMARY KEY (draw, place)
) @strict;
