-- The desk: acts that can be taken back, filters that are kept, who looks after whom; what a person wants of reminders; mail that
-- does not arrive.

-- What a member of staff did. A letter that it caused waits in the outbox until ten minutes are over, see mail_outbox.act.
CREATE TABLE desk_act (
        id              @int PRIMARY KEY,
        at              @int NOT NULL,
        by_person       @int NOT NULL,
        kind            TEXT NOT NULL,                  -- call.log, flag.close, contact.for ...
        cohort          @int NOT NULL,
        pair            @int NOT NULL DEFAULT 0,
        person          @int NOT NULL DEFAULT 0,        -- whom it is about, or in whose name it was done
        subject         @int NOT NULL DEFAULT 0,        -- the call, flag, meeting ... that was changed
        key             TEXT NOT NULL DEFAULT '',       -- where a number does not name it
        reason          TEXT NOT NULL DEFAULT '',
        was             TEXT NOT NULL DEFAULT '',       -- what is put back; emptied when it no longer can be
        became          TEXT NOT NULL DEFAULT '',       -- what must still hold for that
        behalf          @int NOT NULL DEFAULT 0,        -- 1: in the name of person, who was told and may object
        batch           @int NOT NULL DEFAULT 0,        -- the bulk act it is a part of
        undone_at       @int,
        undone_by       @int,
        objected_at     @int
) @strict;
CREATE INDEX desk_act_cohort ON desk_act (cohort, at);
CREATE INDEX desk_act_by ON desk_act (by_person, at);
CREATE INDEX desk_act_batch ON desk_act (batch);

-- A filter of the pairs' list under a name; the address is the filter, so that it can be sent to a colleague.
CREATE TABLE desk_view (
        id              @int PRIMARY KEY,
        person          @int NOT NULL REFERENCES people_person (id),
        name            TEXT NOT NULL,
        filter          TEXT NOT NULL,                  -- the query part of the address
        made_at         @int NOT NULL,
        UNIQUE (person, name)
) @strict;

-- Who looks after a pair; no row: the cohort's coordinator.
CREATE TABLE desk_owner (
        pair            @int PRIMARY KEY REFERENCES journeys_pair (id),
        person          @int NOT NULL REFERENCES people_person (id),
        since_at        @int NOT NULL,
        by_person       @int NOT NULL
) @strict;
CREATE INDEX desk_owner_person ON desk_owner (person);

-- Somebody is away: their pairs are looked after by a colleague from one day to another.
CREATE TABLE desk_cover (
        id              @int PRIMARY KEY,
        cohort          @int NOT NULL REFERENCES programmes_cohort (id),
        from_person     @int NOT NULL REFERENCES people_person (id),
        to_person       @int NOT NULL REFERENCES people_person (id),
        from_day        @int NOT NULL,
        until_day       @int NOT NULL,                  -- the last day
        note            TEXT NOT NULL DEFAULT '',       -- for the colleague
        told            @int NOT NULL DEFAULT 0,        -- 1: participants were written to
        made_by         @int NOT NULL,
        made_at         @int NOT NULL,
        ended_at        @int
) @strict;
CREATE INDEX desk_cover_cohort ON desk_cover (cohort, until_day);

-- An act on many pairs: first looked at, then done once.
CREATE TABLE desk_bulk (
        id              @int PRIMARY KEY,
        cohort          @int NOT NULL REFERENCES programmes_cohort (id),
        by_person       @int NOT NULL,
        kind            TEXT NOT NULL,                  -- remind, move, assign, flags, mail
        filter          TEXT NOT NULL,                  -- all that match; empty: the rows that were picked
        day             @int NOT NULL DEFAULT 0,        -- move: the new end
        person          @int NOT NULL DEFAULT 0,        -- assign: to whom
        whom            TEXT NOT NULL DEFAULT 'both',   -- remind, mail: both, mentor, mentee
        subject         TEXT NOT NULL DEFAULT '',
        body            TEXT NOT NULL DEFAULT '',       -- of the mail, or why
        made_at         @int NOT NULL,
        done_at         @int
) @strict;
CREATE TABLE desk_bulk_row (
        bulk            @int NOT NULL REFERENCES desk_bulk (id),
        pair            @int NOT NULL,
        act             @int NOT NULL DEFAULT 0,        -- what was done; 0: left out
        why             TEXT NOT NULL DEFAULT '',       -- left out because (a sentence of the catalogue)
        PRIMARY KEY (bulk, pair)
) @strict, @clustered;

ALTER TABLE mail_outbox ADD COLUMN act @int NOT NULL DEFAULT 0;
ALTER TABLE mail_outbox ADD COLUMN held_until @int NOT NULL DEFAULT 0;   -- programme time: not before
ALTER TABLE mail_outbox ADD COLUMN trouble TEXT;                         -- the last of the five ways in which it failed
CREATE INDEX mail_outbox_act ON mail_outbox (act);

-- How mail to an address fails, while it does. address '': the mail server itself.
CREATE TABLE mail_trouble (
        address         TEXT PRIMARY KEY,               -- folded
        person          @int NOT NULL,
        kind            TEXT NOT NULL CHECK (kind IN ('unknown', 'full', 'refused', 'temporary', 'relay')),
        source          TEXT NOT NULL CHECK (source IN ('answer', 'bounce')),
        since           @int NOT NULL,                  -- programme time
        last_at         @int NOT NULL,
        times           @int NOT NULL,
        stopped         @int NOT NULL DEFAULT 0,        -- 1: nothing is sent there until somebody has acted
        said            TEXT NOT NULL DEFAULT ''        -- the server's word, without contents
) @strict;
CREATE INDEX mail_trouble_person ON mail_trouble (person);

-- Between these minutes after midnight nothing is mailed that can wait.
CREATE TABLE mail_quiet (
        person          @int PRIMARY KEY,
        from_minute     @int NOT NULL,
        until_minute    @int NOT NULL,
        zone            TEXT NOT NULL
) @strict;

-- What a person wants of the reminders that may be left out.
CREATE TABLE journeys_wish (
        person          @int PRIMARY KEY REFERENCES people_person (id),
        without         TEXT NOT NULL DEFAULT '',       -- kinds not wanted: "rhythm tips"
        tempo           TEXT NOT NULL DEFAULT 'once' CHECK (tempo IN ('once', 'daily', 'weekly')),
        country         TEXT NOT NULL DEFAULT ''        -- whose holidays; empty: of the time zone
) @strict;

-- "Not now": the letter comes again on a day, and what would follow it waits. rule '': all that may be left out.
CREATE TABLE journeys_snooze (
        id              @int PRIMARY KEY,
        person          @int NOT NULL REFERENCES people_person (id),
        rule            TEXT NOT NULL,
        anchor          TEXT NOT NULL,
        offered_at      @int NOT NULL,
        until_day       @int                            -- NULL: offered in a letter and not taken up
) @strict;
CREATE INDEX journeys_snooze_person ON journeys_snooze (person, until_day);
