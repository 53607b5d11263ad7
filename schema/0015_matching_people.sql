-- What people say before they are matched, who stands by, and the circles of a cohort.

-- While it is open, mentees put suggested mentors in order and mentors mark mentees. One per cohort; a new one begins anew.
CREATE TABLE matching_window (
        cohort          @int PRIMARY KEY REFERENCES programmes_cohort (id),
        opened_at       @int NOT NULL,
        closes_at       @int NOT NULL,
        by_person       @int NOT NULL,
        closed_at       @int                            -- by its job, or sooner by a coordinator
) @strict;

-- Who was suggested to whom, and why; made when the window opens, the same whatever people answer.
CREATE TABLE matching_shortlist (
        cohort          @int NOT NULL REFERENCES programmes_cohort (id),
        mentee          @int NOT NULL REFERENCES people_person (id),
        mentor          @int NOT NULL REFERENCES people_person (id),
        score           @int NOT NULL,                  -- millionths
        reasons         TEXT NOT NULL,                  -- as in matching_proposal
        PRIMARY KEY (cohort, mentee, mentor)
) @strict;
CREATE INDEX matching_shortlist_mentor ON matching_shortlist (cohort, mentor);

-- Who has given an answer in this window, "no opinion" included; then nobody asks again.
CREATE TABLE matching_answered (
        cohort          @int NOT NULL REFERENCES programmes_cohort (id),
        person          @int NOT NULL REFERENCES people_person (id),
        side            TEXT NOT NULL CHECK (side IN ('mentor', 'mentee')),
        at              @int NOT NULL,
        PRIMARY KEY (cohort, person, side)
) @strict;

-- Mentees that a mentor would like to work with.
CREATE TABLE matching_mark (
        cohort          @int NOT NULL REFERENCES programmes_cohort (id),
        mentor          @int NOT NULL REFERENCES people_person (id),
        mentee          @int NOT NULL REFERENCES people_person (id),
        at              @int NOT NULL,
        PRIMARY KEY (cohort, mentor, mentee)
) @strict;

-- "Not with", said of somebody on the list: private to the one who said it and to staff.
CREATE TABLE matching_avoid (
        cohort          @int NOT NULL REFERENCES programmes_cohort (id),
        mentee          @int NOT NULL REFERENCES people_person (id),
        mentor          @int NOT NULL REFERENCES people_person (id),
        at              @int NOT NULL,
        PRIMARY KEY (cohort, mentee, mentor)
) @strict;

-- Mentors who are matched in another way than one by one. No row: one by one.
CREATE TABLE matching_mentor (
        cohort          @int NOT NULL REFERENCES programmes_cohort (id),
        mentor          @int NOT NULL REFERENCES people_person (id),
        reserve         @int NOT NULL DEFAULT 0,        -- 1: only for mentees who would stay without
        group_least     @int NOT NULL DEFAULT 0,        -- a group of so many mentees, or none; 0: no group
        PRIMARY KEY (cohort, mentor)
) @strict;

-- Proposals that came up by themselves, and why: the coordinator reads them before they go.
CREATE TABLE matching_origin (
        proposal        @int PRIMARY KEY REFERENCES matching_proposal (id),
        why             TEXT NOT NULL CHECK (why IN ('declined', 'expired', 'asked'))
) @strict;

-- Peer circles: four to six of one side, who keep each other company.
CREATE TABLE gatherings_circle (
        id              @int PRIMARY KEY,
        cohort          @int NOT NULL REFERENCES programmes_cohort (id),
        side            TEXT NOT NULL CHECK (side IN ('mentor', 'mentee')),
        number          @int NOT NULL,
        formed_at       @int NOT NULL,
        confirmed_at    @int,                           -- until then only staff sees it
        place           TEXT                            -- where they meet: an address, a telephone number
) @strict;
CREATE INDEX gatherings_circle_cohort ON gatherings_circle (cohort, side);

CREATE TABLE gatherings_circle_member (
        circle          @int NOT NULL REFERENCES gatherings_circle (id),
        person          @int NOT NULL REFERENCES people_person (id),
        moved_by        @int,
        move_reason     TEXT,                           -- for staff
        PRIMARY KEY (circle, person)
) @strict;
CREATE INDEX gatherings_circle_member_person ON gatherings_circle_member (person);
