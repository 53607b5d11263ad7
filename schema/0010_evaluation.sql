-- Answers to pulses and surveys.

CREATE TABLE evaluation_wave (
        id              @int PRIMARY KEY,
        cohort          @int NOT NULL REFERENCES programmes_cohort (id),
        survey          TEXT NOT NULL,                  -- key in the pack: pulse, mid, end ...
        wave            TEXT NOT NULL,                  -- W1, W2, W3 ...
        person          @int NOT NULL REFERENCES people_person (id),
        pair            @int NOT NULL DEFAULT 0,
        asked_at        @int NOT NULL,
        answered_at     @int,
        UNIQUE (cohort, wave, person, pair)
) @strict;
CREATE INDEX evaluation_wave_person ON evaluation_wave (person);

CREATE TABLE evaluation_answer (
        wave            @int NOT NULL REFERENCES evaluation_wave (id),
        question        TEXT NOT NULL,
        value           @int,
        words           TEXT,
        PRIMARY KEY (wave, question)
) @strict;
