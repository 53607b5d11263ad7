-- Concerns: for the designated contacts alone.  What was written is sealed; body and reach stay empty.
-- A contact of every programme (scope 0), of the concern's programme, or of any where no cohort is known; not one who is not to
-- read it, nor one of the two in the pair.

-- :name care_insert_concern
-- :in   id id, cohort id, pair id, reporter id, level int, sealed blob, code text, now time, due time, not_for id, holds bool
INSERT INTO care_concern (id, cohort, pair, reporter, level, body, code, opened_at, state, sealed, due_at, not_for, holds)
VALUES (:id, :cohort, :pair, :reporter, :level, '', :code, :now, 'new', :sealed, :due, :not_for, :holds);

-- :name care_concern_by_code
-- :reads nobody
-- :in   code text
-- :out  maybe id id, cohort id, level int, opened_at time, state text, word text
-- What the reporter may see again: never the text, which anybody with the code could read.
SELECT id, cohort, level, opened_at, state, word FROM care_concern WHERE code = :code;

-- :name care_concerns_by
-- :reads nobody
-- :in   person id
-- :out  many code text, level int, opened_at time, state text
-- Those that somebody raised under their name, for that person.
SELECT code, level, opened_at, state FROM care_concern WHERE reporter = :person ORDER BY opened_at DESC LIMIT 20;

-- :name care_concern_row
-- :reads concern reporter
-- :in   id id, person id
-- :out  maybe id id, cohort id, pair id, reporter id, level int, body text, reach text?, sealed blob?, code text, opened_at time, due_at time?, taken_by id?, state text, word text, holds bool, closed_at time?
-- Absent to a contact who is not to read it, or is in the pair.
SELECT id, cohort, pair, reporter, level, body, reach, sealed, code, opened_at, due_at, taken_by, state, word, holds, closed_at
  FROM care_concern c
 WHERE id = :id AND not_for <> :person
   AND NOT EXISTS (SELECT 1 FROM journeys_pair p WHERE p.id = c.pair AND (p.mentor = :person OR p.mentee = :person) AND c.reporter <> :person);

-- :name care_concerns
-- :reads nobody
-- :in   person id
-- :out  many id id, level int, opened_at time, due_at time?, state text, taken_name text?, tasks int
-- For a designated contact, without the text. tasks: steps that are not done yet.
SELECT c.id, c.level, c.opened_at, c.due_at, c.state, o.first_name AS taken_name,
       (SELECT count(*) FROM care_concern_step s WHERE s.concern = c.id AND s.kind = 'task' AND s.done_at IS NULL) AS tasks
  FROM care_concern c
  LEFT JOIN programmes_cohort k ON k.id = c.cohort
  LEFT JOIN people_person o ON o.id = c.taken_by
 WHERE EXISTS (SELECT 1 FROM people_role r
                WHERE r.person = :person AND r.role = 'contact' AND (r.scope = 0 OR c.cohort = 0 OR r.scope = k.programme))
   AND c.not_for <> :person
   AND NOT EXISTS (SELECT 1 FROM journeys_pair p WHERE p.id = c.pair AND (p.mentor = :person OR p.mentee = :person) AND c.reporter <> :person)
 ORDER BY CASE c.state WHEN 'new' THEN 0 WHEN 'taken' THEN 1 WHEN 'handed over' THEN 2 ELSE 3 END, c.level DESC, c.opened_at DESC LIMIT 100;

-- :name care_new_concerns
-- :in   person id
-- :out  one n int
SELECT count(*)
  FROM care_concern c LEFT JOIN programmes_cohort k ON k.id = c.cohort
 WHERE c.state = 'new'
   AND EXISTS (SELECT 1 FROM people_role r
                WHERE r.person = :person AND r.role = 'contact' AND (r.scope = 0 OR c.cohort = 0 OR r.scope = k.programme))
   AND c.not_for <> :person
   AND NOT EXISTS (SELECT 1 FROM journeys_pair p WHERE p.id = c.pair AND (p.mentor = :person OR p.mentee = :person) AND c.reporter <> :person);

-- :name care_set_concern
-- :in   id id, state text, word text, by_person id, now time
UPDATE care_concern
   SET state = :state, word = :word, taken_by = coalesce(taken_by, :by_person), taken_at = coalesce(taken_at, :now),
       closed_at = CASE WHEN :state = 'closed' THEN coalesce(closed_at, :now) END
 WHERE id = :id;

-- :name care_concern_chased
-- :in   id id, now time
UPDATE care_concern SET chased_at = :now WHERE id = :id;

-- :name care_concern_for_job
-- :reads nobody
-- :in   id id
-- :out  maybe state text, cohort id, pair id, level int, not_for id, reporter id, chased_at time?
SELECT state, cohort, pair, level, not_for, reporter, chased_at FROM care_concern WHERE id = :id;

-- :name care_concern_lets_go
-- :in   pair id
UPDATE care_concern SET holds = 0 WHERE pair = :pair;

-- :name care_concern_holds
-- :in   pair id
-- :out  one n int
SELECT count(*) AS n FROM care_concern WHERE pair = :pair AND holds = 1;

-- ---- steps ----

-- :name care_insert_step
-- :in   id id, concern id, now time, by_person id, kind text, sealed blob, due time?
INSERT INTO care_concern_step (id, concern, at, by_person, kind, sealed, due_at)
VALUES (:id, :concern, :now, :by_person, :kind, :sealed, :due);

-- :name care_steps
-- :reads nobody
-- :in   concern id
-- :out  many id id, at time, by_name text?, by_person id, kind text, sealed blob, due_at time?, done_at time?
SELECT s.id, s.at, p.first_name AS by_name, s.by_person, s.kind, s.sealed, s.due_at, s.done_at
  FROM care_concern_step s LEFT JOIN people_person p ON p.id = s.by_person
 WHERE s.concern = :concern ORDER BY s.at, s.id LIMIT 300;

-- :name care_step_done
-- :in   id id, concern id, now time
-- :changes
UPDATE care_concern_step SET done_at = :now WHERE id = :id AND concern = :concern AND kind = 'task' AND done_at IS NULL;

-- :name care_step_open
-- :in   id id
-- :out  one n int
SELECT count(*) AS n FROM care_concern_step WHERE id = :id AND done_at IS NULL;
