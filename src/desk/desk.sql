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

-- ---- who looks after whom ----

-- :name desk_marks
-- :in   cohort id, day day
-- :out  many pair id, state text, mentor id, mentee id, owner id, owner_name text, covering bool, level int, unreached int, mentor_name text, mentee_name text
-- Each pair with who looks after it on a day, its flags and whether mail fails.
SELECT p.id AS pair, p.state, p.mentor, p.mentee, w.id AS owner, w.first_name AS owner_name,
       CASE WHEN c.id IS NULL THEN 0 ELSE 1 END AS covering,
       coalesce((SELECT max(f.level) FROM care_flag f WHERE f.cohort = p.cohort AND f.pair = p.id AND f.closed_at IS NULL), 0) AS level,
       (SELECT count(*) FROM mail_trouble t WHERE t.address <> '' AND t.person IN (p.mentor, p.mentee)) AS unreached,
       m.first_name AS mentor_name, n.first_name AS mentee_name
  FROM journeys_pair p
  JOIN people_person m ON m.id = p.mentor
  JOIN people_person n ON n.id = p.mentee
  JOIN programmes_cohort k ON k.id = p.cohort
  LEFT JOIN desk_owner o ON o.pair = p.id
  LEFT JOIN desk_cover c ON c.cohort = p.cohort AND c.ended_at IS NULL AND c.from_person = coalesce(o.person, k.coordinator)
                        AND c.from_day <= :day AND c.until_day >= :day
  JOIN people_person w ON w.id = coalesce(c.to_person, o.person, k.coordinator)
 WHERE p.cohort = :cohort
 ORDER BY p.id;

-- :name desk_owner_row
-- :in   pair id
-- :out  maybe person id
SELECT person FROM desk_owner WHERE pair = :pair;

-- :name desk_put_owner
-- :in   pair id, person id, now time, by_person id
INSERT INTO desk_owner (pair, person, since_at, by_person) VALUES (:pair, :person, :now, :by_person)
    ON CONFLICT (pair) DO UPDATE SET person = excluded.person, since_at = excluded.since_at, by_person = excluded.by_person;

-- :name desk_drop_owner
-- :in   pair id
DELETE FROM desk_owner WHERE pair = :pair;

-- :name desk_stand_in_row
-- :in   cohort id, person id, day day
-- :out  maybe id id, to_person id, until_day day, note text
SELECT id, to_person, until_day, note FROM desk_cover
 WHERE cohort = :cohort AND from_person = :person AND ended_at IS NULL AND from_day <= :day AND until_day >= :day
 ORDER BY made_at DESC LIMIT 1;

-- :name desk_covers
-- :reads nobody
-- :in   cohort id, day day
-- :out  many id id, from_person id, to_person id, from_day day, until_day day, note text, told bool, from_name text, to_name text
SELECT c.id, c.from_person, c.to_person, c.from_day, c.until_day, c.note, c.told, a.first_name AS from_name, b.first_name AS to_name
  FROM desk_cover c JOIN people_person a ON a.id = c.from_person JOIN people_person b ON b.id = c.to_person
 WHERE c.cohort = :cohort AND c.ended_at IS NULL AND c.until_day >= :day
 ORDER BY c.from_day, c.id;

-- :name desk_cover_overlap
-- :in   cohort id, person id, from_day day, until_day day
-- :out  one n int
SELECT count(*) AS n FROM desk_cover
 WHERE cohort = :cohort AND from_person = :person AND ended_at IS NULL AND from_day <= :until_day AND until_day >= :from_day;

-- :name desk_insert_cover
-- :in   id id, cohort id, from_person id, to_person id, from_day day, until_day day, note text, told bool, by_person id, now time
INSERT INTO desk_cover (id, cohort, from_person, to_person, from_day, until_day, note, told, made_by, made_at)
VALUES (:id, :cohort, :from_person, :to_person, :from_day, :until_day, :note, :told, :by_person, :now);

-- :name desk_cover_row
-- :in   id id
-- :out  maybe cohort id, from_person id, to_person id, ended_at time?
SELECT cohort, from_person, to_person, ended_at FROM desk_cover WHERE id = :id;

-- :name desk_set_cover_end
-- :in   id id, at time?
UPDATE desk_cover SET ended_at = :at WHERE id = :id;

-- ---- filters that are kept ----

-- :name desk_views
-- :in   person id
-- :out  many id id, name text, filter text
SELECT id, name, filter FROM desk_view WHERE person = :person ORDER BY name;

-- :name desk_put_view
-- :in   id id, person id, name text, filter text, now time
INSERT INTO desk_view (id, person, name, filter, made_at) VALUES (:id, :person, :name, :filter, :now)
    ON CONFLICT (person, name) DO UPDATE SET filter = excluded.filter, made_at = excluded.made_at;

-- :name desk_drop_view
-- :in   id id, person id
-- :changes
DELETE FROM desk_view WHERE id = :id AND person = :person;

-- ---- many at once ----

-- :name desk_insert_bulk
-- :in   id id, cohort id, by_person id, kind text, filter text, now time
INSERT INTO desk_bulk (id, cohort, by_person, kind, filter, made_at) VALUES (:id, :cohort, :by_person, :kind, :filter, :now);

-- :name desk_insert_bulk_row
-- :in   bulk id, pair id
INSERT INTO desk_bulk_row (bulk, pair) VALUES (:bulk, :pair) ON CONFLICT (bulk, pair) DO NOTHING;

-- :name desk_bulk_terms
-- :in   id id, day day, person id, whom text, body text
UPDATE desk_bulk SET day = :day, person = :person, whom = :whom, body = :body WHERE id = :id AND done_at IS NULL;

-- :name desk_bulk_row
-- :in   id id
-- :out  maybe id id, cohort id, by_person id, kind text, filter text, day day, person id, whom text, body text, made_at time, done_at time?
SELECT id, cohort, by_person, kind, filter, day, person, whom, body, made_at, done_at FROM desk_bulk WHERE id = :id;

-- :name desk_bulk_pairs
-- :in   bulk id
-- :out  many pair id, act id, why text, mentor id, mentee id, mentor_name text, mentee_name text, state text, undone_at time?
SELECT r.pair, r.act, r.why, p.mentor, p.mentee, a.first_name AS mentor_name, b.first_name AS mentee_name, p.state, x.undone_at
  FROM desk_bulk_row r
  JOIN journeys_pair p ON p.id = r.pair
  JOIN people_person a ON a.id = p.mentor
  JOIN people_person b ON b.id = p.mentee
  LEFT JOIN desk_act x ON x.id = r.act
 WHERE r.bulk = :bulk
 ORDER BY b.first_name, a.first_name, r.pair;

-- :name desk_set_bulk_row
-- :in   bulk id, pair id, act id, why text
UPDATE desk_bulk_row SET act = :act, why = :why WHERE bulk = :bulk AND pair = :pair;

-- :name desk_set_bulk_done
-- :in   id id, now time
UPDATE desk_bulk SET done_at = :now WHERE id = :id;

-- :name desk_forget_bulks
-- :in   before time
DELETE FROM desk_bulk_row WHERE bulk IN (SELECT id FROM desk_bulk WHERE done_at IS NULL AND made_at < :before);

-- :name desk_act_of_bulk
-- :in   key text
-- :out  maybe id id, at time, undone_at time?
SELECT id, at, undone_at FROM desk_act WHERE kind = 'bulk' AND key = :key LIMIT 1;
