-- Webinars of a cohort, their sittings for different zones, seats and attendance.

CREATE TABLE gatherings_gathering (
        id              @int PRIMARY KEY,
        cohort          @int NOT NULL REFERENCES programmes_cohort (id),
        key             TEXT NOT NULL,                  -- in the pack
        kind            TEXT NOT NULL CHECK (kind IN ('prepare', 'connect', 'mid', 'close', 'other')),
        title           TEXT NOT NULL,
        day             @int NOT NULL,
        minutes         @int NOT NULL,
        agenda          TEXT NOT NULL,
        recording_url   TEXT,
        UNIQUE (cohort, key)
) @strict;

CREATE TABLE gatherings_sitting (
        id              @int PRIMARY KEY,
        gathering       @int NOT NULL REFERENCES gatherings_gathering (id),
        starts_at       @int NOT NULL,
        join_url        TEXT,
        held_at         @int,                           -- attendance was taken
        fixed           @int NOT NULL DEFAULT 0,        -- 1: a coordinator chose the hour; stays when zones change
        sequence        @int NOT NULL DEFAULT 0         -- raised by every move, for calendars
) @strict;
CREATE INDEX gatherings_sitting_gathering ON gatherings_sitting (gathering, starts_at);

CREATE TABLE gatherings_seat (
        gathering       @int NOT NULL REFERENCES gatherings_gathering (id),
        person          @int NOT NULL REFERENCES people_person (id),
        sitting         @int NOT NULL REFERENCES gatherings_sitting (id),
        answer          TEXT CHECK (answer IN ('yes', 'no')),
        answered_at     @int,
        attended        TEXT CHECK (attended IN ('live', 'recording', 'missed')),
        PRIMARY KEY (gathering, person)
) @strict;
CREATE INDEX gatherings_seat_person ON gatherings_seat (person);
