-- What is decided about a cohort that there is: data protection before it opens, figures to reach that change on the way.

CREATE TABLE programmes_assessment (
        cohort          @int PRIMARY KEY REFERENCES programmes_cohort (id),
        agreed          @int NOT NULL,                  -- 1: with whoever answers for data protection; 0: begun before that
        name            TEXT NOT NULL,                  -- who agreed; or who answers for beginning without
        reason          TEXT NOT NULL DEFAULT '',       -- why it begins without
        by_person       @int NOT NULL REFERENCES people_person (id),
        at              @int NOT NULL
) @strict;

-- A figure to reach that was changed after the worksheet. The latest holds; earlier ones tell how it came about.
CREATE TABLE programmes_target (
        id              @int PRIMARY KEY,
        cohort          @int NOT NULL REFERENCES programmes_cohort (id),
        figure          TEXT NOT NULL,                  -- key of a figure of evaluation/
        was             @int NOT NULL,                  -- per cent, 0: none
        least           @int NOT NULL,
        reason          TEXT NOT NULL,
        by_person       @int NOT NULL REFERENCES people_person (id),
        at              @int NOT NULL
) @strict;
CREATE INDEX programmes_target_cohort ON programmes_target (cohort, at);
