-- Who has done which module.

CREATE TABLE learning_progress (
        cohort          @int NOT NULL REFERENCES programmes_cohort (id),
        person          @int NOT NULL REFERENCES people_person (id),
        module          TEXT NOT NULL,                  -- key in the pack
        opened_at       @int NOT NULL,
        answer          @int,                           -- chosen answer of the scenario, 1..3
        situation       TEXT,                           -- own words: nobody else reads them
        commitment      TEXT,                           -- own words: stands in the next agenda for both
        useful          @int,                           -- 1..5
        done_at         @int,
        PRIMARY KEY (cohort, person, module)
) @strict;
