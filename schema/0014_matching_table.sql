-- What a run was made from, so that it can be replayed and compared. Numbers and person ids only: no name, no profile.
CREATE TABLE matching_kept (
        run             @int PRIMARY KEY REFERENCES matching_run (id),
        mentees         @int NOT NULL,
        mentors         @int NOT NULL,
        places          @int NOT NULL,
        whole           @int NOT NULL CHECK (whole IN (0, 1)),  -- 0: too large to keep its scores, cannot be replayed
        hash            TEXT NOT NULL,                  -- of the inputs before they were compressed
        inputs          @blob NOT NULL,                 -- people, places, forbidden and locked pairs, scores; zlib
        pairs           @blob NOT NULL,                 -- who got whom, by their place in inputs; zlib
        weights         TEXT NOT NULL,
        blocking        @int NOT NULL,                  -- pairs who would both rather have each other
        restless        TEXT NOT NULL                   -- the first of them: lines of "mentee mentor"
) @strict;

-- A run is asked for its proposals when two runs are compared, dropped ones too.
CREATE INDEX matching_proposal_run ON matching_proposal (run);
