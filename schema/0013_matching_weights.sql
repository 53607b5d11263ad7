-- What a cohort weighs differently from the defaults, and who said so. No row: the defaults.
CREATE TABLE matching_weights (
        cohort          @int PRIMARY KEY REFERENCES programmes_cohort (id),
        weights         TEXT NOT NULL,                  -- "name value" lines, as matching_weights_text() writes them
        by_person       @int NOT NULL,
        at              @int NOT NULL,
        reason          TEXT NOT NULL
) @strict;
