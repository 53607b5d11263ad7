-- The ending in full, certificates, and what the figures and the sponsor's letter need to know.

ALTER TABLE journeys_closing ADD COLUMN again @int NOT NULL DEFAULT 0;          -- would be a mentor in a next cohort
ALTER TABLE journeys_closing ADD COLUMN extend_day @int;                        -- next = extend: until when, of this person
ALTER TABLE journeys_closing ADD COLUMN hours @int NOT NULL DEFAULT 0;          -- 1: the certificates may name the hours
ALTER TABLE journeys_goal ADD COLUMN mentor_attainment @int;                    -- -2 .. +2, as the mentor sees it

-- What a certificate says, as it was printed; the public page shows this and nothing else.
CREATE TABLE journeys_certificate (
        code            TEXT PRIMARY KEY,
        pair            @int NOT NULL REFERENCES journeys_pair (id),
        person          @int NOT NULL REFERENCES people_person (id),
        mentor          @int NOT NULL,
        name            TEXT NOT NULL,
        programme       TEXT NOT NULL,
        cohort          TEXT NOT NULL,
        from_day        @int NOT NULL,
        until_day       @int NOT NULL,
        months          @int NOT NULL,
        meetings        @int NOT NULL,
        minutes         @int,                           -- NULL: not both wanted their hours named
        signer          TEXT NOT NULL,                  -- the coordinator
        sponsor         TEXT,
        issued_day      @int NOT NULL,
        UNIQUE (pair, person)
) @strict;

-- To whom the monthly letter goes. Needs no account.
CREATE TABLE evaluation_sponsor (
        cohort          @int PRIMARY KEY REFERENCES programmes_cohort (id),
        name            TEXT NOT NULL,
        address         TEXT NOT NULL,
        locale          TEXT NOT NULL,
        on_day          @int NOT NULL,                  -- of the month, 1..28
        active          @int NOT NULL,
        decision        TEXT NOT NULL DEFAULT '',       -- what is asked in the next letter, in the coordinator's words; else we choose
        by_person       @int NOT NULL,
        at              @int NOT NULL
) @strict;

-- What a cohort has cost, for the cost of a completed pair.
CREATE TABLE evaluation_cost (
        cohort          @int PRIMARY KEY REFERENCES programmes_cohort (id),
        amount          @int NOT NULL,                  -- whole units of the currency
        currency        TEXT NOT NULL,
        by_person       @int NOT NULL,
        at              @int NOT NULL
) @strict;
