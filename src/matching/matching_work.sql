-- :name matching_work_rows
-- :in  cohort id
-- :out many proposal id, pair id, mentor id, mentee id, state text, mentor_answer text?, mentee_answer text?, mentor_name text, mentee_name text
-- Everything that is to become a pair, or is one that runs.
SELECT p.id AS proposal, 0 AS pair, p.mentor, p.mentee, p.state, p.mentor_answer, p.mentee_answer, a.first_name AS mentor_name,
       b.first_name AS mentee_name
  FROM matching_proposal p JOIN people_person a ON a.id = p.mentor JOIN people_person b ON b.id = p.mentee
 WHERE p.cohort = :cohort AND p.state IN ('draft', 'locked', 'published', 'accepted')
   AND NOT EXISTS (SELECT 1 FROM journeys_pair j WHERE j.proposal = p.id)
UNION ALL
SELECT 0 AS proposal, j.id AS pair, j.mentor, j.mentee, j.state, NULL AS mentor_answer, NULL AS mentee_answer,
       a.first_name AS mentor_name, b.first_name AS mentee_name
  FROM journeys_pair j JOIN people_person a ON a.id = j.mentor JOIN people_person b ON b.id = j.mentee
 WHERE j.cohort = :cohort AND j.state IN ('active', 'paused', 'suspended')
 ORDER BY 1, 2;

-- :name matching_work_cohorts
-- :in  person id
-- :out many cohort id
SELECT DISTINCT cohort FROM programmes_participant WHERE person = :person ORDER BY cohort;

-- :name matching_withdraw
-- :in  proposal id, cohort id, rule text, was text, now time
INSERT INTO matching_withdrawn (proposal, cohort, rule, was, at) VALUES (:proposal, :cohort, :rule, :was, :now)
    ON CONFLICT (proposal) DO UPDATE SET rule = excluded.rule, was = excluded.was, at = excluded.at;

-- :name matching_withdrawn_rows
-- :in  cohort id, since time
-- :out many proposal id, mentor id, mentee id, rule text, was text, at time, mentor_name text, mentee_name text
SELECT w.proposal, p.mentor, p.mentee, w.rule, w.was, w.at, a.first_name AS mentor_name, b.first_name AS mentee_name
  FROM matching_withdrawn w JOIN matching_proposal p ON p.id = w.proposal
  JOIN people_person a ON a.id = p.mentor JOIN people_person b ON b.id = p.mentee
 WHERE w.cohort = :cohort AND w.at >= :since ORDER BY w.at DESC, w.proposal DESC LIMIT 20;

-- :name matching_left_rows
-- :in  cohort id, person id, rule text
-- :out many proposal id, mentor id, was text, others int
-- Taken back because this person left; others: what the mentee has instead by now.
SELECT w.proposal, p.mentor, w.was,
       CAST((SELECT count(*) FROM matching_proposal o WHERE o.cohort = p.cohort AND o.mentee = p.mentee AND o.id <> p.id
                AND o.state IN ('draft', 'locked', 'published', 'accepted')) AS @int) AS others
  FROM matching_withdrawn w JOIN matching_proposal p ON p.id = w.proposal
 WHERE w.cohort = :cohort AND w.rule = :rule AND p.state = 'dropped' AND (p.mentor = :person OR p.mentee = :person)
 ORDER BY w.proposal;

-- :name matching_withdrawn_forget
-- :in  proposal id
DELETE FROM matching_withdrawn WHERE proposal = :proposal;

-- ---- answers that staff writes down ----

-- :name matching_answers
-- :reads nobody
-- :in  id id
-- :out one state text, mentor_answer text?, mentor_answered_at time?, mentee_answer text?, mentee_answered_at time?, pairs int, others int
SELECT p.state, p.mentor_answer, p.mentor_answered_at, p.mentee_answer, p.mentee_answered_at,
       CAST((SELECT count(*) FROM journeys_pair j WHERE j.proposal = p.id) AS @int) AS pairs,
       CAST((SELECT count(*) FROM matching_proposal o WHERE o.cohort = p.cohort AND o.mentee = p.mentee AND o.id <> p.id
                AND o.state IN ('draft', 'locked', 'published', 'accepted')) AS @int) AS others
  FROM matching_proposal p WHERE p.id = :id;

-- :name matching_restore_answers
-- :in  id id, state text, mentor_answer text?, mentor_at time?, mentee_answer text?, mentee_at time?
UPDATE matching_proposal SET state = :state, mentor_answer = :mentor_answer, mentor_answered_at = :mentor_at,
       mentee_answer = :mentee_answer, mentee_answered_at = :mentee_at
 WHERE id = :id;
