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

-- :name evaluation_pair_rows
-- :reads nobody
-- :in  cohort id
-- :out many id id, mentor id, mentee id, state text, activated_at time, clock_start time, planned_end time, cadence_days int, paused_at time?, resumed_at time?, closed_at time?, end_reason text?, first_met_at time?, n_met int, closings int
SELECT p.id, p.mentor, p.mentee, p.state, p.activated_at, p.clock_start, p.planned_end, p.cadence_days, p.paused_at, p.resumed_at,
       p.closed_at, p.end_reason, p.first_met_at, p.n_met,
       (SELECT count(*) FROM journeys_closing c WHERE c.pair = p.id AND c.done_at IS NOT NULL) AS closings
  FROM journeys_pair p WHERE p.cohort = :cohort ORDER BY p.id;

-- :name evaluation_people_rows
-- :in  cohort id
-- :out many person id, mentor bool, state text, capacity int, applied_at time?, accepted_at time?, location text?
-- :reads nobody
SELECT t.person, CASE WHEN t.role = 'mentor' THEN 1 ELSE 0 END AS mentor, t.state, t.capacity, t.applied_at, t.accepted_at, f.location
  FROM programmes_participant t LEFT JOIN people_profile f ON f.person = t.person
 WHERE t.cohort = :cohort ORDER BY t.id;

-- :name evaluation_rank_rows
-- :in  cohort id
-- :out many mentee id, mentor id, rank int
-- :reads nobody
SELECT mentee, mentor, rank FROM matching_rank WHERE cohort = :cohort ORDER BY mentee, rank, mentor;

-- :name evaluation_proposal_counts
-- :in  cohort id
-- :out one sent int, declined int
SELECT count(*) AS sent,
       CAST(coalesce(sum(CASE WHEN mentor_answer = 'no' OR mentee_answer = 'no' THEN 1 ELSE 0 END), 0) AS @int) AS declined
  FROM matching_proposal WHERE cohort = :cohort AND published_at IS NOT NULL;

-- :name evaluation_contact_rows
-- :in  cohort id
-- :out many pair id, at time
-- :reads nobody
SELECT c.pair, c.at
  FROM journeys_contact c JOIN journeys_pair p ON p.id = c.pair
 WHERE p.cohort = :cohort ORDER BY c.pair, c.at;

-- :name evaluation_seat_rows
-- :in  cohort id
-- :out many person id, seats int, live int, seen int
-- :reads nobody
-- Of gatherings whose attendance was taken, by person.
SELECT s.person, count(*) AS seats, CAST(sum(CASE WHEN s.attended = 'live' THEN 1 ELSE 0 END) AS @int) AS live,
       CAST(sum(CASE WHEN s.attended IN ('live', 'recording') THEN 1 ELSE 0 END) AS @int) AS seen
  FROM gatherings_seat s JOIN gatherings_gathering g ON g.id = s.gathering
 WHERE g.cohort = :cohort AND s.attended IS NOT NULL
 GROUP BY s.person ORDER BY s.person;

-- :name evaluation_flag_rows
-- :in  cohort id
-- :out many level int, opened_at time, closed_at time?, called_at time?
-- :reads nobody
SELECT f.level, f.opened_at, f.closed_at,
       (SELECT min(coalesce(c.done_at, c.last_attempt_at)) FROM care_call c WHERE c.flag = f.id) AS called_at
  FROM care_flag f WHERE f.cohort = :cohort ORDER BY f.id;

-- :name evaluation_asked_rows
-- :in  cohort id
-- :out many person id, pair id, as_mentor int?, wave text, answered bool
-- :reads nobody
SELECT person, pair, as_mentor, wave, CASE WHEN answered_at IS NULL THEN 0 ELSE 1 END AS answered
  FROM evaluation_wave WHERE cohort = :cohort ORDER BY person, asked_at, id;

-- :name evaluation_rating_rows
-- :in  cohort id
-- :out many person id, pair id, as_mentor int?, value int
-- :reads nobody
SELECT w.person, w.pair, w.as_mentor, a.value
  FROM evaluation_wave w JOIN evaluation_answer a ON a.wave = w.id
 WHERE w.cohort = :cohort AND w.answered_at IS NOT NULL AND a.question IN ('match', 'useful') AND a.value IS NOT NULL
 ORDER BY w.person, w.answered_at DESC, w.id DESC, a.question;

-- :name evaluation_goal_rows
-- :in  cohort id
-- :out many pair id, attainment int?, mentor_attainment int?
-- :reads nobody
SELECT g.pair, g.attainment, g.mentor_attainment
  FROM journeys_goal g JOIN journeys_pair p ON p.id = g.pair WHERE p.cohort = :cohort ORDER BY g.pair, g.id;

-- :name evaluation_finished_rows
-- :in  cohort id
-- :out many person id, mentor bool, again bool, said_so bool
-- :reads nobody
-- A person once for each role, whoever their partners were.
SELECT c.person, CASE WHEN p.mentor = c.person THEN 1 ELSE 0 END AS mentor,
       max(CASE WHEN c.again = 1 OR c.next = 'mentor' THEN 1 ELSE 0 END) AS again,
       max(CASE WHEN EXISTS (SELECT 1 FROM evaluation_wave w JOIN evaluation_answer a ON a.wave = w.id
                              WHERE w.cohort = p.cohort AND w.person = c.person AND a.question = 'again' AND a.words = 'as-mentor')
                THEN 1 ELSE 0 END) AS said_so
  FROM journeys_closing c JOIN journeys_pair p ON p.id = c.pair
 WHERE p.cohort = :cohort AND c.done_at IS NOT NULL
 GROUP BY c.person, CASE WHEN p.mentor = c.person THEN 1 ELSE 0 END
 ORDER BY c.person;

-- :name evaluation_call_counts
-- :in  cohort id, now time
-- :out one due int, done int
SELECT count(*) AS due, CAST(coalesce(sum(CASE WHEN state = 'done' THEN 1 ELSE 0 END), 0) AS @int) AS done
  FROM care_call WHERE cohort = :cohort AND until_at <= :now AND state <> 'dropped';

-- :name evaluation_cost_find
-- :in  cohort id
-- :out maybe amount int, currency text
SELECT amount, currency FROM evaluation_cost WHERE cohort = :cohort;

-- :name evaluation_cost_save
-- :in  cohort id, amount int, currency text, by_person id, now time
INSERT INTO evaluation_cost (cohort, amount, currency, by_person, at) VALUES (:cohort, :amount, :currency, :by_person, :now)
    ON CONFLICT (cohort) DO UPDATE SET amount = :amount, currency = :currency, by_person = :by_person, at = :now;

-- :name evaluation_sponsor_find
-- :in  cohort id
-- :out maybe name text, address text, locale text, on_day int, active bool, decision text
SELECT name, address, locale, on_day, active, decision FROM evaluation_sponsor WHERE cohort = :cohort;

-- :name evaluation_sponsor_planned
-- :in  cohort id
-- :out many name text, address text
-- :reads nobody
-- As the design worksheet has it, to begin the form with.
SELECT sponsor_name AS name, sponsor_email AS address
  FROM programmes_design WHERE cohort = :cohort AND sponsor_name <> '' ORDER BY id DESC LIMIT 1;

-- :name evaluation_sponsor_save
-- :in  cohort id, name text, address text, locale text, on_day int, active bool, decision text, by_person id, now time
INSERT INTO evaluation_sponsor (cohort, name, address, locale, on_day, active, decision, by_person, at)
VALUES (:cohort, :name, :address, :locale, :on_day, :active, :decision, :by_person, :now)
    ON CONFLICT (cohort) DO UPDATE SET name = :name, address = :address, locale = :locale, on_day = :on_day, active = :active,
       decision = :decision, by_person = :by_person, at = :now;

-- :name evaluation_sponsor_asked
-- :in  cohort id
-- The question of the letter that has gone is not asked again by itself.
UPDATE evaluation_sponsor SET decision = '' WHERE cohort = :cohort;

-- :name evaluation_forget_answers
-- :in  wave id
DELETE FROM evaluation_answer WHERE wave = :wave;

-- :name evaluation_wave_unanswered
-- :in  id id
UPDATE evaluation_wave SET answered_at = NULL WHERE id = :id;
