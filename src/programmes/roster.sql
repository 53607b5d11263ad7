-- :name programmes_roster_part
-- :in  cohort id, person id, role text
-- :out maybe id id, capacity int
SELECT id, capacity FROM programmes_participant WHERE cohort = :cohort AND person = :person AND role = :role;

-- :name programmes_roster_here
-- :in  person id, cohort id
-- :out one n int
-- Does somebody take part in a cohort (0: in any), in whatever state?
SELECT count(*) FROM programmes_participant WHERE person = :person AND (:cohort = 0 OR cohort = :cohort);

-- :name programmes_roster_capacity
-- :in  id id, capacity int
UPDATE programmes_participant SET capacity = :capacity WHERE id = :id;

-- :name programmes_roster_not_with
-- :in  cohort id, person id, other_key text
-- :out one n int
SELECT count(*) FROM programmes_not_with WHERE cohort = :cohort AND person = :person AND other_key = :other_key;

-- :name programmes_roster_not_with_add
-- :in  cohort id, person id, other_key text
INSERT INTO programmes_not_with (cohort, person, other_key) VALUES (:cohort, :person, :other_key)
    ON CONFLICT (cohort, person, other_key) DO NOTHING;

-- :name programmes_roster_remembered
-- :in  programme id, header text
-- :out maybe meaning text
SELECT meaning FROM people_import_map WHERE programme = :programme AND header = :header;

-- :name programmes_roster_remember
-- :in  programme id, header text, meaning text
INSERT INTO people_import_map (programme, header, meaning) VALUES (:programme, :header, :meaning)
    ON CONFLICT (programme, header) DO UPDATE SET meaning = excluded.meaning;
