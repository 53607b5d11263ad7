-- People, what they are allowed, how they sign in, and who did or read what.

CREATE TABLE people_person (
        id              @int PRIMARY KEY,
        email           TEXT NOT NULL,
        email_key       TEXT NOT NULL UNIQUE,           -- folded
        first_name      TEXT NOT NULL,
        last_name       TEXT NOT NULL,
        locale          TEXT NOT NULL DEFAULT 'en',
        zone            TEXT NOT NULL,
        zone_confirmed  @int NOT NULL DEFAULT 0,        -- 0: guessed at import, asked at the first visit
        phone           TEXT,
        call_from       @int,                           -- best hours for a call, minutes after local midnight
        call_until      @int,
        structure       @int NOT NULL DEFAULT 1,        -- 0 light, 1 standard, 2 full: chosen by the person
        programme_mail  @int NOT NULL DEFAULT 1,        -- 0: programme mails refused (unsubscribed); event mails still go
        calendar_generation @int NOT NULL DEFAULT 1,    -- raised to revoke calendar links
        created_at      @int NOT NULL
) @strict;

-- What the other side may read. Nothing in here may give status away.
CREATE TABLE people_profile (
        person          @int PRIMARY KEY REFERENCES people_person (id),
        about           TEXT,                           -- written by the person, here
        offers          TEXT,                           -- a line each
        wants           TEXT,
        goals           TEXT,
        interests       TEXT,
        languages       TEXT,                           -- BCP 47 tags or names, comma separated
        availability    TEXT,                           -- "mon-fri 17:00-20:00; sat 09:00-12:00" in the person's zone
        location        TEXT,                           -- as on the roster; pages show the zone's city instead
        biography       TEXT,                           -- from the roster: shown only once approved
        biography_approved_at @int
) @strict;

-- Status: hidden from the other side of a pair until both have said yes to the reveal. In a table of its own, so that no
-- ordinary statement can pick it up by accident.
CREATE TABLE people_status (
        person          @int PRIMARY KEY REFERENCES people_person (id),
        title           TEXT,
        grade           TEXT,
        organisation    TEXT,
        department      TEXT,
        team            TEXT,
        profession      TEXT,
        manager_email   TEXT
) @strict;

-- Roster columns that nobody has given a purpose yet: for staff only.
CREATE TABLE people_extra (
        person          @int NOT NULL REFERENCES people_person (id),
        name            TEXT NOT NULL,
        value           TEXT NOT NULL,
        PRIMARY KEY (person, name)
) @strict;

CREATE TABLE people_role_kind (name TEXT PRIMARY KEY) @strict;
INSERT INTO people_role_kind (name) VALUES ('administrator'), ('coordinator'), ('sponsor'), ('contact'), ('manager');

-- scope: a programme, or 0 for all of them.
CREATE TABLE people_role (
        person          @int NOT NULL REFERENCES people_person (id),
        role            TEXT NOT NULL REFERENCES people_role_kind (name),
        scope           @int NOT NULL DEFAULT 0,
        given_at        @int NOT NULL,
        given_by        @int NOT NULL,
        PRIMARY KEY (person, role, scope)
) @strict;

CREATE TABLE people_session (
        id              @int PRIMARY KEY,
        hash            @blob NOT NULL UNIQUE,          -- of 256 random bits
        person          @int NOT NULL REFERENCES people_person (id),
        created_at      @int NOT NULL,                  -- machine time
        touched_at      @int NOT NULL,                  -- written at most once an hour
        expires_at      @int NOT NULL,
        agent           TEXT NOT NULL,
        means           TEXT NOT NULL                   -- link, password, passkey, command
) @strict;
CREATE INDEX people_session_person ON people_session (person);

CREATE TABLE people_link (
        hash            @blob PRIMARY KEY,              -- sign-in by mail: of 256 random bits
        person          @int NOT NULL REFERENCES people_person (id),
        created_at      @int NOT NULL,
        expires_at      @int NOT NULL,
        used_at         @int,
        next            TEXT                            -- where the person was going
) @strict;

-- Rate limits: one row per (what, whom) and minute window.
CREATE TABLE people_attempt (
        what            TEXT NOT NULL,
        whom            @blob NOT NULL,                 -- hash of an address
        at              @int NOT NULL,                  -- start of the window
        n               @int NOT NULL,
        PRIMARY KEY (what, whom, at)
) @strict;

-- Who did what and who read what about whom. Never the content.
CREATE TABLE people_audit (
        id              @int PRIMARY KEY,
        at              @int NOT NULL,
        machine_at      @int NOT NULL,
        actor           @int NOT NULL,                  -- 0: the program itself
        act             TEXT NOT NULL,                  -- 'call.log', 'read.notes', 'gate.override' ...
        about           @int NOT NULL DEFAULT 0,        -- the person concerned
        subject         @int NOT NULL DEFAULT 0,
        detail          TEXT NOT NULL DEFAULT ''
) @strict;
CREATE INDEX people_audit_about ON people_audit (about, at);

-- How an organisation's columns were mapped the last time.
CREATE TABLE people_import_map (
        programme       @int NOT NULL,
        header          TEXT NOT NULL,                  -- folded header of the file
        meaning         TEXT NOT NULL,                  -- a known column, 'extra', 'drop'
        PRIMARY KEY (programme, header)
) @strict;
