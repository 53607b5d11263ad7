-- :name programmes_assessment_row
-- :in  cohort id
-- :out maybe agreed bool, name text, reason text, at time, by_name text
-- :reads nobody
-- Staff said so about a programme.
SELECT s.agreed, s.name, s.reason, s.at, p.first_name AS by_name
  FROM programmes_assessment s JOIN people_person p ON p.id = s.by_person
 WHERE s.cohort = :cohort;

-- :name programmes_assessment_put
-- :in  cohort id, agreed bool, name text, reason text, by_person id, now time
INSERT INTO programmes_assessment (cohort, agreed, name, reason, by_person, at) VALUES (:cohort, :agreed, :name, :reason, :by_person, :now)
    ON CONFLICT (cohort) DO UPDATE SET agreed = :agreed, name = :name, reason = :reason, by_person = :by_person, at = :now;

-- :name programmes_target_changes
-- :in  cohort id
-- :out many figure text, was int, least int, reason text, at time, by_name text
-- :reads nobody
SELECT t.figure, t.was, t.least, t.reason, t.at, p.first_name AS by_name
  FROM programmes_target t JOIN people_person p ON p.id = t.by_person
 WHERE t.cohort = :cohort
 ORDER BY t.at, t.id;

-- :name programmes_target_insert
-- :in  id id, cohort id, figure text, was int, least int, reason text, by_person id, now time
INSERT INTO programmes_target (id, cohort, figure, was, least, reason, by_person, at)
VALUES (:id, :cohort, :figure, :was, :least, :reason, :by_person, :now);

-- :name programmes_cohort_closed
-- :in  id id, now time
UPDATE programmes_cohort SET state = 'closed', closed_at = :now WHERE id = :id AND state <> 'closed';

-- :name programmes_cohort_reopened
-- :in  id id
UPDATE programmes_cohort SET state = 'running', closed_at = NULL WHERE id = :id AND state = 'closed';
