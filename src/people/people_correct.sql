-- Corrections that people ask for.

-- :name people_correction_insert
-- :in  id id, person id, field text, was text, wish text, reason text, now time
INSERT INTO people_correction (id, person, field, was, wish, reason, asked_at, state)
VALUES (:id, :person, :field, :was, :wish, :reason, :now, 'open');

-- :name people_correction_row
-- :reads work person
-- :in  id id
-- :out maybe id id, person id, field text, was text, wish text, reason text, asked_at time, state text, answer text
SELECT id, person, field, was, wish, reason, asked_at, state, answer FROM people_correction WHERE id = :id;

-- :name people_corrections_of
-- :reads nobody
-- :in  person id
-- :out many id id, field text, was text, wish text, reason text, asked_at time, state text, answer text, decided_at time?
-- For the person.
SELECT id, field, was, wish, reason, asked_at, state, answer, decided_at FROM people_correction
 WHERE person = :person ORDER BY asked_at DESC LIMIT 50;

-- :name people_corrections_in
-- :reads work person
-- :in  cohort id
-- :out many id id, person id, field text, was text, wish text, reason text, asked_at time, state text, answer text, first_name text, last_name text
-- Of a cohort's people; cohort 0: of those who are in none. What is open first.
SELECT c.id, c.person, c.field, c.was, c.wish, c.reason, c.asked_at, c.state, c.answer, p.first_name, p.last_name
  FROM people_correction c JOIN people_person p ON p.id = c.person
 WHERE (:cohort <> 0 AND EXISTS (SELECT 1 FROM programmes_participant t WHERE t.person = c.person AND t.cohort = :cohort))
    OR (:cohort = 0 AND NOT EXISTS (SELECT 1 FROM programmes_participant t WHERE t.person = c.person))
 ORDER BY CASE c.state WHEN 'open' THEN 0 ELSE 1 END, c.asked_at DESC LIMIT 100;

-- :name people_corrections_open
-- :in  cohort id
-- :out one n int
SELECT count(*) AS n FROM people_correction c
 WHERE c.state = 'open' AND EXISTS (SELECT 1 FROM programmes_participant t WHERE t.person = c.person AND t.cohort = :cohort);

-- :name people_correction_decide
-- :in  id id, state text, answer text, by_person id, now time
-- :changes
UPDATE people_correction SET state = :state, answer = :answer, decided_by = :by_person, decided_at = :now
 WHERE id = :id AND state = 'open';

-- :name people_correction_withdraw
-- :in  id id, person id, now time
-- :changes
UPDATE people_correction SET state = 'withdrawn', decided_at = :now WHERE id = :id AND person = :person AND state = 'open';

-- :name people_correct_email
-- :in  person id, email text, key text
UPDATE people_person SET email = :email, email_key = :key WHERE id = :person;

-- :name people_correct_status
-- :in  person id, field text, wish text
UPDATE people_status
   SET title = CASE WHEN :field = 'title' THEN :wish ELSE title END,
       grade = CASE WHEN :field = 'grade' THEN :wish ELSE grade END,
       organisation = CASE WHEN :field = 'organisation' THEN :wish ELSE organisation END,
       department = CASE WHEN :field = 'department' THEN :wish ELSE department END,
       team = CASE WHEN :field = 'team' THEN :wish ELSE team END,
       profession = CASE WHEN :field = 'profession' THEN :wish ELSE profession END,
       manager_email = CASE WHEN :field = 'manager_email' THEN :wish ELSE manager_email END
 WHERE person = :person;

-- :name people_correct_location
-- :in  person id, wish text
UPDATE people_profile SET location = :wish WHERE person = :person;
