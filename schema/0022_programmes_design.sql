-- Design worksheets: the twelve decisions before a cohort, kept as a draft until it is made.

CREATE TABLE programmes_design (
        id              @int PRIMARY KEY,
        by_person       @int NOT NULL REFERENCES people_person (id),
        cohort          @int REFERENCES programmes_cohort (id),         -- NULL: still a draft
        created_at      @int NOT NULL,
        changed_at      @int NOT NULL,
        purpose         TEXT NOT NULL DEFAULT '',       -- the decisions; '' and NULL: not made yet
        success         TEXT NOT NULL DEFAULT '',
        audience        TEXT NOT NULL DEFAULT '',
        pack            TEXT NOT NULL DEFAULT '',
        launch_day      @int,
        size            @int,
        touch           TEXT NOT NULL DEFAULT '',
        staff_hours     @int,
        budget          TEXT NOT NULL DEFAULT '',
        sponsor_name    TEXT NOT NULL DEFAULT '',
        sponsor_email   TEXT NOT NULL DEFAULT '',
        risks           TEXT NOT NULL DEFAULT '',
        basis           TEXT NOT NULL DEFAULT '',       -- consent, interest, contract, task
        name            TEXT NOT NULL DEFAULT '',       -- what has a default; '': the default holds
        zone            TEXT NOT NULL DEFAULT '',
        hours           TEXT NOT NULL DEFAULT '',
        in_person       @int NOT NULL DEFAULT 0,
        help_phone      TEXT NOT NULL DEFAULT '',
        officer         TEXT NOT NULL DEFAULT ''        -- who answers for data protection
) @strict;
CREATE INDEX programmes_design_by ON programmes_design (by_person, changed_at);
CREATE INDEX programmes_design_of ON programmes_design (cohort);

-- What a figure of the report should reach, in per cent. No row: the usual.
CREATE TABLE programmes_design_target (
        design          @int NOT NULL REFERENCES programmes_design (id),
        figure          TEXT NOT NULL,                  -- key of a figure of evaluation/
        least           @int NOT NULL,                  -- 0: no target
        PRIMARY KEY (design, figure)
) @strict;
