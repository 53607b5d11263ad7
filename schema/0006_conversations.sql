-- What two people write to each other. Staff never read it.

CREATE TABLE conversations_message (
        pair            @int NOT NULL,
        id              @int NOT NULL,
        sender          @int NOT NULL,
        at              @int NOT NULL,
        body            TEXT NOT NULL,
        via             TEXT NOT NULL CHECK (via IN ('web', 'mail')),
        mail_id         TEXT,                           -- Message-ID of a mail that came in, to file it once
        PRIMARY KEY (pair, id)
) @strict, @clustered;
CREATE UNIQUE INDEX conversations_message_mail ON conversations_message (mail_id);

CREATE TABLE conversations_read (
        pair            @int NOT NULL,
        person          @int NOT NULL,
        until_id        @int NOT NULL,
        PRIMARY KEY (pair, person)
) @strict;
