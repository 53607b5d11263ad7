-- Pairs and what happens in them: the one ledger of contacts, meetings, agreement, goals, steps, reminders sent, the ending.

CREATE TABLE journeys_state (name TEXT PRIMARY KEY) @strict;
INSERT INTO journeys_state (name) VALUES ('active'), ('paused'), ('closing'), ('closed'), ('suspended');

CREATE TABLE journeys_pair (
        id              @int PRIMARY KEY,
        cohort          @int NOT NULL REFERENCES programmes_cohort (id),
        mentor          @int NOT NULL REFERENCES people_person (id),
        mentee          @int NOT NULL REFERENCES people_person (id),
        proposal        @int NOT NULL,
        state           TEXT NOT NULL REFERENCES journeys_state (name),
        activated_at    @int NOT NULL,                  -- A
        clock_start     @int NOT NULL,                  -- S: the later of activation and launch
        planned_end     @int NOT NULL,                  -- E of this pair; pauses move it
        cadence_days    @int NOT NULL,                  -- agreed; the pack's first until then
        channel         TEXT NOT NULL DEFAULT 'video',
        paused_at       @int,
        paused_until    @int,
        paused_by       @int,
        resumed_at      @int,                           -- the rhythm starts anew after a pause
        closed_at       @int,
        end_reason      TEXT,                           -- completed, goals met early, life change, ... ; staff only
        mentor_reveal_at @int,
        mentee_reveal_at @int,
        -- kept up to date with the ledger, in the same transaction
        first_message_at @int,                          -- by the mentee
        first_reply_at  @int,                           -- by the mentor
        first_met_at    @int,                           -- F: first two-way meeting
        last_met_at     @int,
        last_contact_at @int,
        last_mentor_at  @int,
        last_mentee_at  @int,
        n_contacts      @int NOT NULL DEFAULT 0,
        n_met           @int NOT NULL DEFAULT 0,
        n_goals         @int NOT NULL DEFAULT 0,
        agreed_at       @int,                           -- both signed
        reviewed_at     @int                            -- mid-point review logged
) @strict;
CREATE INDEX journeys_pair_cohort ON journeys_pair (cohort, state);
CREATE INDEX journeys_pair_mentor ON journeys_pair (mentor);
CREATE INDEX journeys_pair_mentee ON journeys_pair (mentee);

CREATE TABLE journeys_contact_kind (name TEXT PRIMARY KEY, conversation @int NOT NULL) @strict;
INSERT INTO journeys_contact_kind (name, conversation) VALUES
        ('message', 0), ('mail', 0), ('video', 1), ('phone', 1), ('in-person', 1), ('other', 1);

-- The one ledger: whatever the channel, a contact is a row here. Rhythm, health and evaluation read this and nothing else.
CREATE TABLE journeys_contact (
        pair            @int NOT NULL REFERENCES journeys_pair (id),
        id              @int NOT NULL,
        at              @int NOT NULL,
        kind            TEXT NOT NULL REFERENCES journeys_contact_kind (name),
        by_person       @int NOT NULL,                  -- who wrote or logged it
        two_way         @int NOT NULL,                  -- 1: a conversation both took part in
        minutes         @int,
        source          TEXT NOT NULL,                  -- message, meeting, logged, reply
        source_id       @int NOT NULL DEFAULT 0,
        PRIMARY KEY (pair, id)
) @strict, @clustered;

CREATE TABLE journeys_meeting_state (name TEXT PRIMARY KEY) @strict;
INSERT INTO journeys_meeting_state (name) VALUES ('booked'), ('held'), ('moved'), ('cancelled'), ('missed');

CREATE TABLE journeys_meeting (
        id              @int PRIMARY KEY,
        pair            @int NOT NULL REFERENCES journeys_pair (id),
        starts_at       @int NOT NULL,
        minutes         @int NOT NULL,
        channel         TEXT NOT NULL,
        place           TEXT,                           -- a link or a number, as typed
        agenda          TEXT NOT NULL,                  -- key in the pack
        state           TEXT NOT NULL REFERENCES journeys_meeting_state (name),
        booked_by       @int NOT NULL,
        booked_at       @int NOT NULL,
        settled_at      @int,                           -- held, moved, cancelled or missed was said
        settled_by      @int,
        sequence        @int NOT NULL DEFAULT 0         -- of the calendar entry
) @strict;
CREATE INDEX journeys_meeting_pair ON journeys_meeting (pair, starts_at);

CREATE TABLE journeys_agreement (
        pair            @int PRIMARY KEY REFERENCES journeys_pair (id),
        cadence_days    @int NOT NULL,
        channel         TEXT NOT NULL,
        quiet           TEXT NOT NULL,                  -- "if we go quiet"
        boundaries      TEXT NOT NULL DEFAULT '',
        written_by      @int NOT NULL,
        written_at      @int NOT NULL,
        mentor_signed_at @int,
        mentee_signed_at @int
) @strict;

CREATE TABLE journeys_goal (
        id              @int PRIMARY KEY,
        pair            @int NOT NULL REFERENCES journeys_pair (id),
        statement       TEXT NOT NULL,
        why             TEXT NOT NULL DEFAULT '',
        measure         TEXT NOT NULL DEFAULT '',
        category        TEXT NOT NULL,                  -- what staff may see
        next_step       TEXT NOT NULL DEFAULT '',
        due_day         @int,
        progress        @int NOT NULL DEFAULT 0,        -- percent
        attainment      @int,                           -- -2 .. +2 at the end
        shared          @int NOT NULL DEFAULT 0,        -- 1: the mentee lets staff read the text
        created_by      @int NOT NULL,
        created_at      @int NOT NULL,
        closed_at       @int
) @strict;
CREATE INDEX journeys_goal_pair ON journeys_goal (pair);

-- Notes of one person, or shared with the partner; never for staff.
CREATE TABLE journeys_note (
        id              @int PRIMARY KEY,
        pair            @int NOT NULL REFERENCES journeys_pair (id),
        meeting         @int,
        author          @int NOT NULL,
        shared          @int NOT NULL,
        body            TEXT NOT NULL,
        written_at      @int NOT NULL
) @strict;
CREATE INDEX journeys_note_pair ON journeys_note (pair);

-- A step that has no trace elsewhere, ticked by a person.
CREATE TABLE journeys_step (
        pair            @int NOT NULL,
        person          @int NOT NULL,
        key             TEXT NOT NULL,
        done_at         @int NOT NULL,
        PRIMARY KEY (pair, person, key)
) @strict;

-- Five cards at the end; one row per person, so that either side can close alone.
CREATE TABLE journeys_closing (
        pair            @int NOT NULL REFERENCES journeys_pair (id),
        person          @int NOT NULL,
        learned         TEXT,
        thanks          TEXT,                           -- the partner reads this one
        goals_word      TEXT,
        next            TEXT,                           -- stay in touch, extend, rematch, become a mentor, rest
        notes_choice    TEXT,                           -- keep, delete
        card            @int NOT NULL DEFAULT 0,        -- cards done, 0..5
        started_at      @int NOT NULL,
        done_at         @int,
        PRIMARY KEY (pair, person)
) @strict;

-- Sent once: the key that makes a reminder unrepeatable. skipped: decided and not sent, with the reason.
CREATE TABLE journeys_sent (
        rule            TEXT NOT NULL,
        person          @int NOT NULL,
        anchor          TEXT NOT NULL,
        at              @int NOT NULL,
        class           TEXT NOT NULL,
        outbox          @int,
        skipped         TEXT,
        pair            @int,
        cohort          @int NOT NULL,
        PRIMARY KEY (rule, person, anchor)
) @strict;
CREATE INDEX journeys_sent_person ON journeys_sent (person, at);
CREATE INDEX journeys_sent_cohort ON journeys_sent (cohort, at);

-- Tomorrow's mails that a coordinator has held back.
CREATE TABLE journeys_hold (
        rule            TEXT NOT NULL,
        person          @int NOT NULL,
        anchor          TEXT NOT NULL,
        by_person       @int NOT NULL,
        reason          TEXT NOT NULL,
        at              @int NOT NULL,
        PRIMARY KEY (rule, person, anchor)
) @strict;

-- One-click actions in mails: what /do/TOKEN may do, once, until it expires.
CREATE TABLE journeys_action (
        id              @int PRIMARY KEY,
        kind            TEXT NOT NULL,                  -- an action of the pack's closed list
        person          @int NOT NULL,
        pair            @int NOT NULL DEFAULT 0,
        subject         @int NOT NULL DEFAULT 0,        -- meeting, proposal, gathering ...
        created_at      @int NOT NULL,
        expires_at      @int NOT NULL,                  -- programme time
        used_at         @int
) @strict;
