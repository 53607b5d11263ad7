-- ---- acts ----

-- :name desk_insert_act
-- :in   id id, at time, by_person id, kind text, cohort id, pair id, person id, subject id, key text, reason text, was text, behalf bool, batch id
INSERT INTO desk_act (id, at, by_person, kind, cohort, pair, person, subject, key, reason, was, behalf, batch)
VALUES (:id, :at, :by_person, :kind, :cohort, :pair, :person, :subject, :key, :reason, :was, :behalf, :batch);

-- :name desk_set_became
-- :in   id id, became text, pair id, person id, subject id
UPDATE desk_act SET became = :became, pair = :pair, person = :person, subject = :subject WHERE id = :id;

-- :name desk_act_row
-- :in   id id
-- :out  maybe id id, at time, by_person id, kind text, cohort id, pair id, person id, subject id, key text, reason text, was text, became text, behalf bool, batch id, undone_at time?, objected_at time?
SELECT id, at, by_person, kind, cohort, pair, person, subject, key, reason, was, became, behalf, batch, undone_at, objected_at
  FROM desk_act WHERE id = :id;

-- :name desk_acts_of_batch
-- :in   batch id
-- :out  many id id
-- Last first: what was done later is taken back earlier.
SELECT id FROM desk_act WHERE batch = :batch AND undone_at IS NULL ORDER BY at DESC, id DESC;

-- :name desk_set_undone
-- :in   id id, now time, by_person id
UPDATE desk_act SET undone_at = :now, undone_by = :by_person WHERE id = :id;

-- :name desk_set_objected
-- :in   id id, now time
UPDATE desk_act SET objected_at = :now WHERE id = :id AND objected_at IS NULL;

-- :name desk_last_act
-- :in   person id, since time
-- :out  maybe id id, at time, kind text, pair id, person id, batch id, first_name text?, mentor_name text?, mentee_name text?
-- The newest of this person that stands; parts of a bulk act are not named one by one.
SELECT a.id, a.at, a.kind, a.pair, a.person, a.batch, o.first_name, m.first_name AS mentor_name, n.first_name AS mentee_name
  FROM desk_act a
  LEFT JOIN people_person o ON o.id = a.person
  LEFT JOIN journeys_pair p ON p.id = a.pair
  LEFT JOIN people_person m ON m.id = p.mentor
  LEFT JOIN people_person n ON n.id = p.mentee
 WHERE a.by_person = :person AND a.at >= :since AND a.batch = 0 AND a.undone_at IS NULL
 ORDER BY a.at DESC, a.id DESC LIMIT 1;

-- :name desk_acts
-- :in   cohort id, since time, most int
-- :out  many id id, at time, by_person id, kind text, pair id, person id, reason text, behalf bool, undone_at time?, objected_at time?, by_name text, first_name text?, mentor_name text?, mentee_name text?, parts int
SELECT a.id, a.at, a.by_person, a.kind, a.pair, a.person, a.reason, a.behalf, a.undone_at, a.objected_at, b.first_name AS by_name,
       o.first_name, m.first_name AS mentor_name, n.first_name AS mentee_name,
       (SELECT count(*) FROM desk_act x WHERE x.batch = a.id) AS parts
  FROM desk_act a
  JOIN people_person b ON b.id = a.by_person
  LEFT JOIN people_person o ON o.id = a.person
  LEFT JOIN journeys_pair p ON p.id = a.pair
  LEFT JOIN people_person m ON m.id = p.mentor
  LEFT JOIN people_person n ON n.id = p.mentee
 WHERE a.cohort = :cohort AND a.at >= :since AND a.batch = 0
 ORDER BY a.at DESC, a.id DESC LIMIT :most;

-- :name desk_forget_states
-- :in   before time
-- What can no longer be undone need not be kept; what somebody may still object to is kept longer.
UPDATE desk_act SET was = '', became = ''
 WHERE became <> '' AND ((behalf = 0 AND at < :before) OR (behalf = 1 AND at < :before - 2592000));
