-- Ways to sign in beside the mailed link, second factors, more than one address, and where a session came from.
-- All times here are machine time.

ALTER TABLE people_session ADD COLUMN address TEXT NOT NULL DEFAULT '';         -- of the net, at sign-in
ALTER TABLE people_session ADD COLUMN proven_at @int NOT NULL DEFAULT 0;        -- when a way to sign in was last shown
ALTER TABLE people_session ADD COLUMN strong @int NOT NULL DEFAULT 0;           -- 1: with two factors
ALTER TABLE people_session ADD COLUMN pending @int NOT NULL DEFAULT 0;          -- 1: waits for the second; is nobody yet
ALTER TABLE people_session ADD COLUMN next TEXT;                                -- where a pending one was going

CREATE TABLE people_password (
        person          @int PRIMARY KEY REFERENCES people_person (id),
        hash            TEXT NOT NULL,                  -- Argon2id as libsodium writes it: salt and costs are in it
        set_at          @int NOT NULL
) @strict;

CREATE TABLE people_passkey (
        id              @int PRIMARY KEY,
        person          @int NOT NULL REFERENCES people_person (id),
        credential      @blob NOT NULL UNIQUE,
        algorithm       @int NOT NULL,                  -- COSE: -7 ES256, -8 EdDSA, -257 RS256
        public_key      @blob NOT NULL,                 -- as libfido2 gives and takes it
        sign_count      @int NOT NULL,                  -- 0 for ever: this one does not count
        name            TEXT NOT NULL,                  -- by the person: "my telephone"
        added_at        @int NOT NULL,
        used_at         @int
) @strict;
CREATE INDEX people_passkey_person ON people_passkey (person);

-- Challenges are signed and carry their end; one that has been answered stands here until then, so that no answer counts twice.
CREATE TABLE people_challenge (
        hash            @blob PRIMARY KEY,
        expires_at      @int NOT NULL
) @strict;

-- Codes from an app (RFC 6238).
CREATE TABLE people_authenticator (
        person          @int PRIMARY KEY REFERENCES people_person (id),
        secret          @blob NOT NULL,                 -- sealed with a key of the installation
        last_step       @int NOT NULL,                  -- half minutes since 1970: a code works once
        added_at        @int NOT NULL
) @strict;

CREATE TABLE people_recovery (
        id              @int PRIMARY KEY,
        person          @int NOT NULL REFERENCES people_person (id),
        salt            @blob NOT NULL,
        hash            @blob NOT NULL,
        made_at         @int NOT NULL,
        used_at         @int
) @strict;
CREATE INDEX people_recovery_person ON people_recovery (person);

-- Addresses beside the main one, which stands in people_person. One that is not confirmed counts for nothing.
CREATE TABLE people_address (
        id              @int PRIMARY KEY,
        person          @int NOT NULL REFERENCES people_person (id),
        email           TEXT NOT NULL,
        email_key       TEXT NOT NULL,                  -- folded
        added_at        @int NOT NULL,
        confirmed_at    @int,
        hash            @blob,                          -- of the secret in the mailed link; gone once it is used
        expires_at      @int NOT NULL                   -- of that link
) @strict;
CREATE UNIQUE INDEX people_address_own ON people_address (person, email_key);
CREATE UNIQUE INDEX people_address_confirmed ON people_address (email_key) WHERE confirmed_at IS NOT NULL;
