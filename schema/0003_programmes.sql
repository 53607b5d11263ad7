-- Programmes, their cohorts, the dates of a cohort, its gates, and who takes part in it.

CREATE TABLE programmes_programme (
        id              @int PRIMARY KEY,
        slug            TEXT NOT NULL UNIQUE,
        name            TEXT NOT NULL,
        created_at      @int NOT NULL
) @strict;

CREATE TABLE programmes_state (name TEXT PRIMARY KEY, rank @int NOT NULL) @strict;
INSERT INTO programmes_state (name, rank) VALUES
        ('design', 0), ('applications', 1), ('preparing', 2), ('running', 3), ('closing', 4), ('closed', 5);

CREATE TABLE programmes_cohort (
        id              @int PRIMARY KEY,
        programme       @int NOT NULL REFERENCES programmes_programme (id),
        slug            TEXT NOT NULL UNIQUE,
        name            TEXT NOT NULL,
        state           TEXT NOT NULL REFERENCES programmes_state (name),
        pack            TEXT NOT NULL,                  -- name of the pack
        pack_digest     TEXT NOT NULL,
        zone            TEXT NOT NULL,                  -- of the staff
        locale          TEXT NOT NULL DEFAULT 'en',
        launch_day      @int NOT NULL,                  -- L: a day number
        end_day         @int NOT NULL,                  -- E
        size            @int NOT NULL,                  -- pairs planned
        touch           TEXT NOT NULL,                  -- high, standard, light
        staff_hours     @real NOT NULL,                 -- a week that the staff really has
        help_name       TEXT NOT NULL,
        help_email      TEXT NOT NULL,
        help_phone      TEXT,
        coordinator     @int NOT NULL REFERENCES people_person (id),    -- who signs the mails
        deputy          @int REFERENCES people_person (id),
        purpose         TEXT NOT NULL DEFAULT '',
        success         TEXT NOT NULL DEFAULT '',       -- what success means, in the sponsor's words
        success_signed_by @int REFERENCES people_person (id),
        success_signed_at @int,
        in_person       @int NOT NULL DEFAULT 0,        -- 1: gatherings happen in a room; the only ground for an override
        status_blind    @int NOT NULL DEFAULT 1,
        opened_at       @int,                           -- gate 1 passed
        launched_at     @int,                           -- gate 2 passed
        closed_at       @int,
        created_at      @int NOT NULL
) @strict;

-- The pack's phases with this cohort's dates; moved=1 when a coordinator changed them.
CREATE TABLE programmes_phase (
        cohort          @int NOT NULL REFERENCES programmes_cohort (id),
        ordinal         @int NOT NULL,
        key             TEXT NOT NULL,
        from_day        @int NOT NULL,
        until_day       @int NOT NULL,
        moved           @int NOT NULL DEFAULT 0,
        PRIMARY KEY (cohort, ordinal)
) @strict;

-- A requirement set aside, by name and reason; only ever for gatherings held in person.
CREATE TABLE programmes_override (
        cohort          @int NOT NULL REFERENCES programmes_cohort (id),
        gate            TEXT NOT NULL,                  -- open, launch
        requirement     TEXT NOT NULL,
        by_person       @int NOT NULL REFERENCES people_person (id),
        reason          TEXT NOT NULL,
        at              @int NOT NULL,
        PRIMARY KEY (cohort, gate, requirement)
) @strict;

-- Which cohort a member of staff is looking at, for those who may see several.
CREATE TABLE programmes_choice (
        person          @int PRIMARY KEY REFERENCES people_person (id),
        cohort          @int NOT NULL REFERENCES programmes_cohort (id)
) @strict;

-- A test mail whose link was followed: mail from this installation arrives. Only the hash of the link's secret is kept.
CREATE TABLE programmes_mail_proof (
        hash            @blob PRIMARY KEY,
        cohort          @int NOT NULL REFERENCES programmes_cohort (id),
        person          @int NOT NULL REFERENCES people_person (id),
        sent_at         @int NOT NULL,
        proved_at       @int
) @strict;

-- invited and applied come before acceptance; ready = core training done; matched = in an active pair;
-- left = withdrew or ended; done = came to a proper end
CREATE TABLE programmes_participant_state (name TEXT PRIMARY KEY, rank @int NOT NULL) @strict;
INSERT INTO programmes_participant_state (name, rank) VALUES
        ('invited', 0), ('applied', 1), ('accepted', 2), ('ready', 3), ('matched', 4), ('waiting', 5), ('left', 6), ('done', 7),
        ('declined', 8);

CREATE TABLE programmes_participant (
        id              @int PRIMARY KEY,
        cohort          @int NOT NULL REFERENCES programmes_cohort (id),
        person          @int NOT NULL REFERENCES people_person (id),
        role            TEXT NOT NULL CHECK (role IN ('mentor', 'mentee')),
        state           TEXT NOT NULL REFERENCES programmes_participant_state (name),
        capacity        @int NOT NULL DEFAULT 1,
        joined_at       @int NOT NULL,                  -- invited or imported
        draft_at        @int,                           -- an application was begun
        applied_at      @int,
        accepted_at     @int,
        ready_at        @int,                           -- core training complete and profile confirmed
        profile_confirmed_at @int,
        manager_opted_in @int NOT NULL DEFAULT 0,
        UNIQUE (cohort, person, role)
) @strict;
CREATE INDEX programmes_participant_person ON programmes_participant (person);

-- "Not with": private to the one who said it and to staff.
CREATE TABLE programmes_not_with (
        cohort          @int NOT NULL REFERENCES programmes_cohort (id),
        person          @int NOT NULL REFERENCES people_person (id),
        other_key       TEXT NOT NULL,                  -- folded mail address, who may not have an account
        PRIMARY KEY (cohort, person, other_key)
) @strict;
