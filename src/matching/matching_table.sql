-- :name matching_light
-- :reads nobody
-- :in  cohort id
-- :out many id id, mentor id, mentee id, score int, state text, edited bool, expires_at time?, mentor_answer text?, mentee_answer text?
-- All that is on the table, light: names, sorting and paging happen in memory, reasons are read for one page only.
SELECT id, mentor, mentee, score, state, CASE WHEN edit_reason IS NULL THEN 0 ELSE 1 END AS edited, expires_at, mentor_answer,
       mentee_answer
  FROM matching_proposal WHERE cohort = :cohort AND state <> 'dropped' ORDER BY score, id;

-- :name matching_line_words
-- :reads nobody
-- :in  id id
-- :out one reasons text, edit_reason text?
SELECT reasons, edit_reason FROM matching_proposal WHERE id = :id;

-- :name matching_unsent
-- :in  cohort id
-- :out many id id, mentor id, mentee id, state text, score int
SELECT id, mentor, mentee, state, score FROM matching_proposal
 WHERE cohort = :cohort AND state IN ('draft', 'locked') ORDER BY mentee, id;

-- :name matching_lock_with
-- :in  id id, by_person id, reason text
UPDATE matching_proposal SET state = 'locked', edited_by = :by_person, edit_reason = :reason WHERE id = :id;

-- :name matching_ruled_out_rows
-- :in  cohort id
-- :out many mentor id, mentee id, by_person id, reason text, at time
SELECT mentor, mentee, by_person, reason, at FROM matching_forbidden WHERE cohort = :cohort ORDER BY at DESC, mentee, mentor;

-- :name matching_allow_delete
-- :in  cohort id, mentor id, mentee id
-- :changes
DELETE FROM matching_forbidden WHERE cohort = :cohort AND mentor = :mentor AND mentee = :mentee;

-- :name matching_places_taken
-- :in  cohort id, mentor id
-- :out one n int
-- Pairs of this cohort, and proposals that are to become one.
SELECT CAST((SELECT count(*) FROM journeys_pair j WHERE j.cohort = :cohort AND j.mentor = :mentor AND j.state <> 'closed') +
       (SELECT count(*) FROM matching_proposal p WHERE p.cohort = :cohort AND p.mentor = :mentor
           AND p.state IN ('draft', 'locked', 'published', 'accepted')
           AND NOT EXISTS (SELECT 1 FROM journeys_pair j WHERE j.proposal = p.id)) AS @int) AS n;

-- :name matching_others
-- :in  cohort id, mentee id
-- :out one n int
-- What a mentee has or waits for: a proposal that lives, or a pair.
SELECT (SELECT count(*) FROM matching_proposal p
         WHERE p.cohort = :cohort AND p.mentee = :mentee AND p.state IN ('draft', 'locked', 'published', 'accepted')
           AND NOT EXISTS (SELECT 1 FROM journeys_pair j WHERE j.proposal = p.id))
     + (SELECT count(*) FROM journeys_pair j WHERE j.cohort = :cohort AND j.mentee = :mentee AND j.state <> 'closed') AS n;

-- :name matching_unlock_pair
-- :in  cohort id, mentor id, mentee id
UPDATE matching_proposal SET state = 'draft' WHERE cohort = :cohort AND mentor = :mentor AND mentee = :mentee AND state = 'locked';
