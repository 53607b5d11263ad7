-- :name evaluation_wave_insert
-- :in  id id, cohort id, survey text, wave text, person id, pair id, now time
-- :changes
INSERT INTO evaluation_wave (id, cohort, survey, wave, person, pair, asked_at)
VALUES (:id, :cohort, :survey, :wave, :person, :pair, :now)
    ON CONFLICT (cohort, wave, person, pair) DO NOTHING;

-- :name evaluation_wave_find
-- :in  cohort id, wave text, person id, pair id
-- :out maybe id id, answered_at time?
SELECT id, answered_at FROM evaluation_wave WHERE cohort = :cohort AND wave = :wave AND person = :person AND pair = :pair;

-- :name evaluation_wave_row
-- :in  id id
-- :out maybe id id, cohort id, survey text, wave text, person id, pair id, asked_at time, answered_at time?
SELECT id, cohort, survey, wave, person, pair, asked_at, answered_at FROM evaluation_wave WHERE id = :id;

-- :name evaluation_wave_open_of
-- :in  person id
-- :out many id id, survey text, wave text, pair id, asked_at time
SELECT id, survey, wave, pair, asked_at FROM evaluation_wave
 WHERE person = :person AND answered_at IS NULL ORDER BY asked_at DESC;

-- :name evaluation_wave_answered
-- :in  id id, now time
UPDATE evaluation_wave SET answered_at = coalesce(answered_at, :now) WHERE id = :id;

-- :name evaluation_answer_save
-- :in  wave id, question text, value int?, words text?
INSERT INTO evaluation_answer (wave, question, value, words) VALUES (:wave, :question, :value, :words)
    ON CONFLICT (wave, question) DO UPDATE SET value = :value, words = :words;

-- :name evaluation_answer_rows
-- :reads nobody
-- :in  wave id
-- :out many question text, value int?, words text?
SELECT question, value, words FROM evaluation_answer WHERE wave = :wave;

-- :name evaluation_pulse_rows
-- :reads nobody
-- :in  pair id, person id
-- :out many answered_at time, question text, value int?, words text?
-- Pulses alone: only they are answered with the coordinator as reader. Newest first.
SELECT w.answered_at, a.question, a.value, a.words
  FROM evaluation_wave w JOIN evaluation_answer a ON a.wave = w.id
 WHERE w.pair = :pair AND w.person = :person AND w.survey = 'pulse' AND w.answered_at IS NOT NULL
 ORDER BY w.answered_at DESC, w.id DESC;

-- :name evaluation_response
-- :in  cohort id
-- :out many survey text, asked int, answered int
SELECT survey, count(*) AS asked, CAST(sum(CASE WHEN answered_at IS NULL THEN 0 ELSE 1 END) AS @int) AS answered
  FROM evaluation_wave WHERE cohort = :cohort GROUP BY survey ORDER BY survey;

-- :name evaluation_pair_rows
-- :reads nobody
-- :in  cohort id
-- :out many id id, state text, activated_at time, clock_start time, planned_end time, cadence_days int, closed_at time?, end_reason text?, first_met_at time?, n_met int, closings int
SELECT p.id, p.state, p.activated_at, p.clock_start, p.planned_end, p.cadence_days, p.closed_at, p.end_reason, p.first_met_at, p.n_met,
       (SELECT count(*) FROM journeys_closing c WHERE c.pair = p.id AND c.done_at IS NOT NULL) AS closings
  FROM journeys_pair p WHERE p.cohort = :cohort ORDER BY p.id;

-- :name evaluation_contact_rows
-- :in  cohort id
-- :out many pair id, at time
SELECT c.pair, c.at
  FROM journeys_contact c JOIN journeys_pair p ON p.id = c.pair
 WHERE p.cohort = :cohort ORDER BY c.pair, c.at;

-- :name evaluation_gathering_counts
-- :in  cohort id
-- :out one seats int, live int, seen int
-- Of sittings whose attendance was taken.
SELECT count(*) AS seats, CAST(coalesce(sum(CASE WHEN s.attended = 'live' THEN 1 ELSE 0 END), 0) AS @int) AS live,
       CAST(coalesce(sum(CASE WHEN s.attended IN ('live', 'recording') THEN 1 ELSE 0 END), 0) AS @int) AS seen
  FROM gatherings_seat s JOIN gatherings_gathering g ON g.id = s.gathering
 WHERE g.cohort = :cohort AND s.attended IS NOT NULL;

-- :name evaluation_call_counts
-- :in  cohort id, now time
-- :out one due int, done int
SELECT count(*) AS due, CAST(coalesce(sum(CASE WHEN state = 'done' THEN 1 ELSE 0 END), 0) AS @int) AS done
  FROM care_call WHERE cohort = :cohort AND until_at <= :now AND state <> 'dropped';

-- :name evaluation_forget_answers
-- :in  wave id
DELETE FROM evaluation_answer WHERE wave = :wave;

-- :name evaluation_wave_unanswered
-- :in  id id
UPDATE evaluation_wave SET answered_at = NULL WHERE id = :id;
