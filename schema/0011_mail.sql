-- The outbox: written in the transaction that caused the mail, sent by a job afterwards.

CREATE TABLE mail_outbox (
        id              @int PRIMARY KEY,
        person          @int NOT NULL,
        cohort          @int NOT NULL,
        address         TEXT NOT NULL,
        name            TEXT NOT NULL,
        locale          TEXT NOT NULL,
        class           TEXT NOT NULL CHECK (class IN ('event', 'programme', 'staff')),
        rule            TEXT NOT NULL,
        anchor          TEXT NOT NULL,
        subject         TEXT NOT NULL,
        body            TEXT NOT NULL,                  -- Markdown of the letter; emptied 90 days after sending
        from_name       TEXT,
        reply_to        TEXT,
        unsubscribe     TEXT,
        message_id      TEXT NOT NULL UNIQUE,
        created_at      @int NOT NULL,                  -- programme time: the Date of the mail
        state           TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'failed')),
        tries           @int NOT NULL DEFAULT 0,
        next_try        @int NOT NULL,                  -- machine time
        lease_until     @int NOT NULL DEFAULT 0,        -- machine time
        sent_at         @int,                           -- machine time
        error           TEXT,                           -- the server's word, without contents
        UNIQUE (rule, person, anchor)
) @strict;
CREATE INDEX mail_outbox_queue ON mail_outbox (state, next_try);
CREATE INDEX mail_outbox_person ON mail_outbox (person, created_at);
