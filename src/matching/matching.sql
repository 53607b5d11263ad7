-- :name matching_run_insert
-- :in  id id, cohort id, now time, by_person id, objective text, inputs_hash text, matched int, total int, lowest int, unmatched text
INSERT INTO matching_run (id, cohort, at, by_person, objective, inputs_hash, matched, total, lowest, unmatched)
VALUES (:id, :cohort, :now, :by_person, :objective, :inputs_hash, :matched, :total, :lowest, :unmatched);

-- :name matching_run_last
-- :in  cohort id
-- :out maybe id id, at time, objective text, inputs_hash text, matched int, total int, lowest int, unmatched text
SELECT id, at, objective, inputs_hash, matched, total, lowest, unmatched
  FROM matching_run WHERE cohort = :cohort ORDER BY at DESC, id DESC LIMIT 1;

-- :name matching_drop_drafts
-- :in  cohort id
UPDATE matching_proposal SET state = 'dropped' WHERE cohort = :cohort AND state = 'draft';

-- :name matching_insert
-- :in  id id, cohort id, run id, mentor id, mentee id, score int, parts text, reasons text
INSERT INTO matching_proposal (id, cohort, run, mentor, mentee, score, parts, reasons, state)
VALUES (:id, :cohort, :run, :mentor, :mentee, :score, :parts, :reasons, 'draft');

-- :name matching_row
-- :in  id id
-- :out maybe id id, cohort id, run id, mentor id, mentee id, score int, parts text, reasons text, state text, edit_reason text?, published_at time?, expires_at time?, mentor_answer text?, mentor_note text?, mentee_answer text?, mentee_note text?
SELECT id, cohort, run, mentor, mentee, score, parts, reasons, state, edit_reason, published_at, expires_at, mentor_answer,
       mentor_note, mentee_answer, mentee_note
  FROM matching_proposal WHERE id = :id;

-- :name matching_rows
-- :in  cohort id
-- :out many id id, mentor id, mentee id, score int, reasons text, state text, edit_reason text?, expires_at time?, mentor_answer text?, mentor_note text?, mentee_answer text?, mentee_note text?, mentor_first text, mentor_last text, mentor_zone text, mentee_first text, mentee_last text, mentee_zone text
-- What a coordinator sees: everything that is not superseded, weakest first.
SELECT p.id, p.mentor, p.mentee, p.score, p.reasons, p.state, p.edit_reason, p.expires_at, p.mentor_answer, p.mentor_note,
       p.mentee_answer, p.mentee_note, r.first_name AS mentor_first, r.last_name AS mentor_last, r.zone AS mentor_zone,
       e.first_name AS mentee_first, e.last_name AS mentee_last, e.zone AS mentee_zone
  FROM matching_proposal p JOIN people_person r ON r.id = p.mentor JOIN people_person e ON e.id = p.mentee
 WHERE p.cohort = :cohort AND p.state <> 'dropped'
 ORDER BY p.score, p.id;

-- :name matching_open_rows
-- :in  cohort id
-- :out many id id, mentor id, mentee id, state text
-- Proposals that hold a place: locked, sent, or accepted and not yet a pair.
SELECT p.id, p.mentor, p.mentee, p.state
  FROM matching_proposal p
 WHERE p.cohort = :cohort AND p.state IN ('locked', 'published', 'accepted')
   AND NOT EXISTS (SELECT 1 FROM journeys_pair j WHERE j.proposal = p.id);

-- :name matching_waiting_activation
-- :in  cohort id, person id
-- :out many id id
SELECT p.id
  FROM matching_proposal p
 WHERE p.cohort = :cohort AND p.state = 'accepted' AND (p.mentor = :person OR p.mentee = :person)
   AND NOT EXISTS (SELECT 1 FROM journeys_pair j WHERE j.proposal = p.id);

-- :name matching_of_person
-- :in  person id
-- :out many id id, cohort id, mentor id, mentee id, state text, expires_at time?, mentor_answer text?, mentee_answer text?
SELECT id, cohort, mentor, mentee, state, expires_at, mentor_answer, mentee_answer
  FROM matching_proposal
 WHERE (mentor = :person OR mentee = :person) AND state IN ('published', 'accepted')
 ORDER BY published_at DESC, id DESC;

-- :name matching_set_state
-- :in  id id, state text
UPDATE matching_proposal SET state = :state WHERE id = :id;

-- :name matching_set_mentor
-- :in  id id, mentor id, score int, parts text, reasons text, by_person id, reason text
UPDATE matching_proposal
   SET mentor = :mentor, score = :score, parts = :parts, reasons = :reasons, state = 'locked', edited_by = :by_person,
       edit_reason = :reason
 WHERE id = :id;

-- :name matching_set_published
-- :in  id id, now time, expires time
UPDATE matching_proposal SET state = 'published', published_at = :now, expires_at = :expires WHERE id = :id;

-- :name matching_answer_mentor
-- :in  id id, answer text, now time, note text?
UPDATE matching_proposal SET mentor_answer = :answer, mentor_answered_at = :now, mentor_note = :note WHERE id = :id;

-- :name matching_answer_mentee
-- :in  id id, answer text, now time, note text?
UPDATE matching_proposal SET mentee_answer = :answer, mentee_answered_at = :now, mentee_note = :note WHERE id = :id;

-- :name matching_expire_due
-- :in  cohort id, now time
-- :changes
UPDATE matching_proposal SET state = 'expired' WHERE cohort = :cohort AND state = 'published' AND expires_at <= :now;

-- :name matching_forbid_insert
-- :in  cohort id, mentor id, mentee id, by_person id, reason text, now time
INSERT INTO matching_forbidden (cohort, mentor, mentee, by_person, reason, at)
VALUES (:cohort, :mentor, :mentee, :by_person, :reason, :now)
    ON CONFLICT (cohort, mentor, mentee) DO UPDATE SET reason = :reason, by_person = :by_person, at = :now;

-- :name matching_forbidden_rows
-- :in  cohort id
-- :out many mentor id, mentee id, reason text
-- Ruled out by a coordinator or by a private wish, declined or left unanswered, or a pair before: none is proposed again.
SELECT mentor, mentee, reason FROM matching_forbidden WHERE cohort = :cohort
UNION ALL
SELECT mentor, mentee, 'not with' AS reason FROM matching_avoid WHERE cohort = :cohort
UNION ALL
SELECT mentor, mentee, state AS reason FROM matching_proposal WHERE cohort = :cohort AND state IN ('declined', 'expired')
UNION ALL
SELECT mentor, mentee, 'paired' AS reason FROM journeys_pair WHERE cohort = :cohort;

-- :name matching_rank_rows
-- :in  cohort id
-- :out many mentee id, mentor id, rank int
SELECT mentee, mentor, rank FROM matching_rank WHERE cohort = :cohort;

-- :name matching_not_with_rows
-- :reads nobody
-- :in  cohort id
-- :out many person id, other_key text
SELECT person, other_key FROM programmes_not_with WHERE cohort = :cohort ORDER BY person;

-- :name matching_pair_rows
-- :in  cohort id
-- :out many mentor id, mentee id
SELECT mentor, mentee FROM journeys_pair WHERE cohort = :cohort AND state <> 'closed';

-- :name matching_count
-- :in  cohort id
-- :out one draft int, open int, accepted int, declined int, expired int
SELECT CAST(coalesce(sum(CASE WHEN state IN ('draft', 'locked') THEN 1 ELSE 0 END), 0) AS @int) AS draft,
       CAST(coalesce(sum(CASE WHEN state = 'published' THEN 1 ELSE 0 END), 0) AS @int) AS open,
       CAST(coalesce(sum(CASE WHEN state = 'accepted' THEN 1 ELSE 0 END), 0) AS @int) AS accepted,
       CAST(coalesce(sum(CASE WHEN state = 'declined' THEN 1 ELSE 0 END), 0) AS @int) AS declined,
       CAST(coalesce(sum(CASE WHEN state = 'expired' THEN 1 ELSE 0 END), 0) AS @int) AS expired
  FROM matching_proposal WHERE cohort = :cohort;

-- :name matching_declines_of
-- :in  cohort id, person id
-- :out one n int
SELECT count(*) FROM matching_proposal
 WHERE cohort = :cohort AND ((mentor = :person AND mentor_answer = 'no') OR (mentee = :person AND mentee_answer = 'no'));

-- :name matching_weights_row
-- :in  cohort id
-- :out maybe weights text, by_person id, at time, reason text
SELECT weights, by_person, at, reason FROM matching_weights WHERE cohort = :cohort;

-- :name matching_weights_put
-- :in  cohort id, weights text, by_person id, now time, reason text
INSERT INTO matching_weights (cohort, weights, by_person, at, reason)
VALUES (:cohort, :weights, :by_person, :now, :reason)
    ON CONFLICT (cohort) DO UPDATE SET weights = excluded.weights, by_person = excluded.by_person, at = excluded.at,
       reason = excluded.reason;

-- :name matching_known_pairs
-- :in  cohort id
-- :out many mentor id, mentee id, open bool, concern bool
-- Pairs of two people of this cohort, in any cohort: those that run, and those in which somebody reported misconduct or harm.
SELECT j.mentor, j.mentee, CASE WHEN j.state IN ('active', 'paused', 'closing', 'suspended') THEN 1 ELSE 0 END AS open,
       CASE WHEN j.state = 'suspended' OR EXISTS (SELECT 1 FROM care_concern k WHERE k.pair = j.id AND k.level = 1) THEN 1
            ELSE 0 END AS concern
  FROM journeys_pair j
 WHERE j.mentor IN (SELECT t.person FROM programmes_participant t WHERE t.cohort = :cohort)
   AND j.mentee IN (SELECT t.person FROM programmes_participant t WHERE t.cohort = :cohort)
 ORDER BY j.id;

-- :name matching_parts_of_pair
-- :in  pair id
-- :out maybe parts text
SELECT p.parts
  FROM matching_proposal p JOIN journeys_pair j ON j.proposal = p.id WHERE j.id = :pair;
