-- ---- flags ----

-- :name care_open_flags
-- :in   cohort id
-- :out  many id id, pair id, person id, rule text, level int, since time, data text, opened_at time, mentor_name text?, mentee_name text?, person_name text?
-- The desk's list with names: red first, then the oldest.
SELECT f.id, f.pair, f.person, f.rule, f.level, f.since, f.data, f.opened_at, a.first_name AS mentor_name,
       b.first_name AS mentee_name, o.first_name AS person_name
  FROM care_flag f
  LEFT JOIN journeys_pair p ON p.id = f.pair
  LEFT JOIN people_person a ON a.id = p.mentor
  LEFT JOIN people_person b ON b.id = p.mentee
  LEFT JOIN people_person o ON o.id = f.person
 WHERE f.cohort = :cohort AND f.closed_at IS NULL
 ORDER BY f.level DESC, f.since, f.id;

-- :name care_flags_of_pair
-- :in   pair id
-- :out  many id id, rule text, level int, since time, data text
SELECT id, rule, level, since, data FROM care_flag WHERE pair = :pair AND closed_at IS NULL ORDER BY level DESC, since, id;

-- :name care_calls_open_of_pair
-- :in   pair id
-- :out  many id id, person id, first_name text, due_at time
SELECT k.id, k.person, p.first_name, k.due_at
  FROM care_call k JOIN people_person p ON p.id = k.person
 WHERE k.pair = :pair AND k.state IN ('due', 'scheduled')
 ORDER BY k.due_at, k.id;

-- :name care_frame_pairs
-- :in   cohort id, call_until time
-- :out  many pair id, flags int, calls int
-- :reads nobody
-- The same counts pair by pair (0: of no pair), for those who look after some of them.
SELECT x.pair, CAST(sum(x.flags) AS @int) AS flags, CAST(sum(x.calls) AS @int) AS calls
  FROM (SELECT f.pair, 1 AS flags, 0 AS calls
          FROM (SELECT DISTINCT pair, CASE WHEN pair = 0 THEN person ELSE 0 END AS who
                  FROM care_flag WHERE cohort = :cohort AND closed_at IS NULL) AS f
        UNION ALL
        SELECT c.pair, 0 AS flags, 1 AS calls
          FROM (SELECT DISTINCT k.person, k.pair FROM care_call k
                 WHERE k.cohort = :cohort AND k.state IN ('due', 'scheduled') AND coalesce(k.scheduled_at, k.due_at) <= :call_until
                   AND NOT EXISTS (SELECT 1 FROM journeys_pair p WHERE p.id = k.pair AND p.state = 'paused' AND k.why <> 'asked')
                   AND NOT (k.why IN ('plan', 'risk', 'lot')
                            AND EXISTS (SELECT 1 FROM care_call y
                                         WHERE y.cohort = k.cohort AND y.person = k.person AND y.why IN ('red', 'asked')
                                           AND y.state IN ('due', 'scheduled') AND y.due_at <= :call_until))) AS c) AS x
 GROUP BY x.pair;

-- :name care_flag_row
-- :in   id id
-- :out  maybe id id, cohort id, pair id, person id, rule text, level int, since time, data text, opened_at time, closed_at time?, closed_why text?, mentor_name text?, mentee_name text?, person_name text?
SELECT f.id, f.cohort, f.pair, f.person, f.rule, f.level, f.since, f.data, f.opened_at, f.closed_at, f.closed_why,
       a.first_name AS mentor_name, b.first_name AS mentee_name, o.first_name AS person_name
  FROM care_flag f
  LEFT JOIN journeys_pair p ON p.id = f.pair
  LEFT JOIN people_person a ON a.id = p.mentor
  LEFT JOIN people_person b ON b.id = p.mentee
  LEFT JOIN people_person o ON o.id = f.person
 WHERE f.id = :id;

-- :name care_flag_history
-- :in   cohort id, pair id, person id
-- :out  many id id, rule text, level int, since time, data text, opened_at time, closed_at time?, closed_why text?
-- Everything that ever stood about this pair, or about this person where there is no pair.
SELECT id, rule, level, since, data, opened_at, closed_at, closed_why
  FROM care_flag
 WHERE cohort = :cohort AND ((:pair <> 0 AND pair = :pair) OR (:pair = 0 AND pair = 0 AND person = :person))
 ORDER BY opened_at DESC, id DESC LIMIT 30;

-- :name care_standing
-- :in   cohort id
-- :out  many id id, pair id, person id, rule text, level int, since time, closed_why text?, quiet_until time?, closed bool
-- For the review: what is open, and what a coordinator has closed, newest first.
SELECT id, pair, person, rule, level, since, closed_why, quiet_until, CASE WHEN closed_at IS NULL THEN 0 ELSE 1 END AS closed
  FROM care_flag
 WHERE cohort = :cohort AND (closed_at IS NULL OR closed_by IS NOT NULL)
 ORDER BY opened_at DESC, id DESC;

-- :name care_insert_flag
-- :in   id id, cohort id, pair id, person id, rule text, level int, since time, data text, now time
INSERT INTO care_flag (id, cohort, pair, person, rule, level, since, data, opened_at)
VALUES (:id, :cohort, :pair, :person, :rule, :level, :since, :data, :now)
    ON CONFLICT (cohort, pair, person, rule, opened_at) DO NOTHING;

-- :name care_update_flag
-- :in   id id, level int, data text
UPDATE care_flag SET level = :level, data = :data WHERE id = :id;

-- :name care_shut_flag
-- :in   id id, now time, why text, by_person id?, quiet_until time?
UPDATE care_flag SET closed_at = :now, closed_why = :why, closed_by = :by_person, quiet_until = :quiet_until
 WHERE id = :id AND closed_at IS NULL;

-- :name care_shut_unreachable
-- :in   cohort id, person id, now time
-- Somebody answered: the flag of three calls in vain is over.
UPDATE care_flag SET closed_at = :now, closed_why = 'over'
 WHERE cohort = :cohort AND person = :person AND rule = 'unreachable' AND closed_at IS NULL;

-- ---- the river ----

-- :name care_put_week
-- :in   cohort id, week int, good int, soon int, quiet int
INSERT INTO care_week (cohort, week, good, soon, quiet) VALUES (:cohort, :week, :good, :soon, :quiet)
    ON CONFLICT (cohort, week) DO UPDATE SET good = excluded.good, soon = excluded.soon, quiet = excluded.quiet;

-- :name care_weeks
-- :in   cohort id
-- :out  many week int, good int, soon int, quiet int
SELECT week, good, soon, quiet FROM care_week WHERE cohort = :cohort ORDER BY week;

-- ---- calls ----

-- :name care_known_calls
-- :in   cohort id
-- :out  many id id, pair id, person id, kind text, state text, done_at time?
-- For the review: who has, or had, which call.
SELECT id, pair, person, kind, state, coalesce(done_at, last_attempt_at) AS done_at FROM care_call WHERE cohort = :cohort ORDER BY due_at DESC;

-- :name care_insert_call
-- :in   id id, cohort id, pair id, person id, kind text, why text, flag id, asked text, due_at time, until_at time
INSERT INTO care_call (id, cohort, pair, person, kind, why, flag, asked, due_at, until_at, state)
VALUES (:id, :cohort, :pair, :person, :kind, :why, :flag, :asked, :due_at, :until_at, 'due')
    ON CONFLICT (cohort, person, pair, kind, due_at) DO NOTHING;

-- :name care_drop_calls
-- :in   cohort id, stale time
-- The pair has ended, a red flag is gone before anybody rang, or the time the call was for is long over: it is no longer needed.
UPDATE care_call SET state = 'dropped'
 WHERE cohort = :cohort AND state IN ('due', 'scheduled')
   AND ((until_at < :stale AND why NOT IN ('red', 'asked'))
        OR (kind <> 'C5' AND pair <> 0 AND EXISTS (SELECT 1 FROM journeys_pair p WHERE p.id = care_call.pair AND p.state = 'closed'))
        OR (why = 'red' AND EXISTS (SELECT 1 FROM care_flag f WHERE f.id = care_call.flag AND f.closed_at IS NOT NULL)));

-- :name care_queue
-- :reads calls person
-- :in   cohort id, until time
-- :out  many id id, pair id, person id, kind text, why text, flag id, asked text, due_at time, until_at time, state text, scheduled_at time?, attempts int, first_name text, last_name text, phone text?, zone text, call_from int?, call_until int?, rule text?, level int?, data text?
-- Who is to be rung until a moment; a pair that pauses is left in peace, and who is rung for a red flag is not rung for the plan too.
SELECT c.id, c.pair, c.person, c.kind, c.why, c.flag, c.asked, c.due_at, c.until_at, c.state, c.scheduled_at, c.attempts,
       o.first_name, o.last_name, o.phone, o.zone, o.call_from, o.call_until, f.rule, f.level, f.data
  FROM care_call c
  JOIN people_person o ON o.id = c.person
  LEFT JOIN care_flag f ON f.id = c.flag
 WHERE c.cohort = :cohort AND c.state IN ('due', 'scheduled') AND coalesce(c.scheduled_at, c.due_at) <= :until
   AND NOT EXISTS (SELECT 1 FROM journeys_pair p WHERE p.id = c.pair AND p.state = 'paused' AND c.why <> 'asked')
   AND NOT (c.why IN ('plan', 'risk', 'lot')
            AND EXISTS (SELECT 1 FROM care_call x
                         WHERE x.cohort = c.cohort AND x.person = c.person AND x.why IN ('red', 'asked')
                           AND x.state IN ('due', 'scheduled') AND x.due_at <= :until))
 ORDER BY c.due_at, c.id;

-- :name care_call_row
-- :reads calls person
-- :in   id id
-- :out  maybe id id, cohort id, pair id, person id, kind text, why text, flag id, asked text, due_at time, until_at time, state text, scheduled_at time?, attempts int, outcome text?, minutes int?, done_at time?, done_by id?, action text?, action_day day?, team_note text?, private_note text?
SELECT id, cohort, pair, person, kind, why, flag, asked, due_at, until_at, state, scheduled_at, attempts, outcome, minutes, done_at,
       done_by, action, action_day, team_note, private_note
  FROM care_call WHERE id = :id;

-- :name care_calls_of
-- :in   cohort id, pair id, person id
-- :out  many id id, person id, kind text, outcome text?, minutes int?, done_at time, action text?, action_day day?, team_note text?, first_name text
-- What was rung before, about this pair or person.
SELECT c.id, c.person, c.kind, c.outcome, c.minutes, coalesce(c.done_at, 0) AS done_at, c.action, c.action_day, c.team_note, o.first_name
  FROM care_call c JOIN people_person o ON o.id = c.person
 WHERE c.cohort = :cohort AND c.state = 'done' AND ((:pair <> 0 AND c.pair = :pair) OR c.person = :person)
 ORDER BY c.done_at DESC LIMIT 20;

-- :name care_done_calls
-- :in   cohort id, since time
-- :out  many id id, person id, kind text, outcome text?, minutes int?, done_at time, first_name text, last_name text
SELECT c.id, c.person, c.kind, c.outcome, c.minutes, coalesce(c.done_at, 0) AS done_at, o.first_name, o.last_name
  FROM care_call c JOIN people_person o ON o.id = c.person
 WHERE c.cohort = :cohort AND c.state = 'done' AND c.done_at >= :since
 ORDER BY c.done_at DESC LIMIT 30;

-- :name care_open_call_of
-- :in   cohort id, pair id, person id, kind text
-- :out  maybe id id
SELECT id FROM care_call
 WHERE cohort = :cohort AND pair = :pair AND person = :person AND kind = :kind AND state IN ('due', 'scheduled')
 ORDER BY due_at LIMIT 1;

-- :name care_done_call
-- :in   id id, outcome text, minutes int?, now time, by_person id, action text?, action_day day?, team_note text?, private_note text?
UPDATE care_call
   SET state = 'done', outcome = :outcome, minutes = :minutes, done_at = :now, done_by = :by_person, action = :action,
       action_day = :action_day, team_note = :team_note, private_note = :private_note
 WHERE id = :id;

-- :name care_missed_call
-- :in   id id, state text, attempts int, now time, again_at time?, by_person id, team_note text?, private_note text?
UPDATE care_call
   SET state = :state, attempts = :attempts, last_attempt_at = :now, scheduled_at = :again_at, outcome = 'not-reached',
       done_by = :by_person, team_note = coalesce(:team_note, team_note), private_note = coalesce(:private_note, private_note)
 WHERE id = :id;

-- :name care_set_time
-- :in   id id, at time
UPDATE care_call SET state = 'scheduled', scheduled_at = :at WHERE id = :id;

-- ---- help ----

-- :name care_insert_ticket
-- :in   id id, cohort id, person id, address text?, category text, body text, page text, now time
INSERT INTO care_ticket (id, cohort, person, address, category, body, page, opened_at)
VALUES (:id, :cohort, :person, :address, :category, :body, :page, :now);

-- :name care_open_tickets
-- :in   cohort id
-- :out  many id id, person id, address text?, category text, body text, page text, opened_at time, answered_at time?, first_name text?, last_name text?
-- Unanswered first, oldest first. Those of nobody's cohort are everybody's.
SELECT t.id, t.person, t.address, t.category, t.body, t.page, t.opened_at, t.answered_at, o.first_name, o.last_name
  FROM care_ticket t LEFT JOIN people_person o ON o.id = t.person
 WHERE t.cohort IN (:cohort, 0) AND t.closed_at IS NULL
 ORDER BY CASE WHEN t.answered_at IS NULL THEN 0 ELSE 1 END, t.opened_at, t.id;

-- :name care_ticket_row
-- :in   id id
-- :out  maybe id id, cohort id, person id, address text?, category text, body text, page text, opened_at time, answered_at time?, closed_at time?
SELECT id, cohort, person, address, category, body, page, opened_at, answered_at, closed_at FROM care_ticket WHERE id = :id;

-- :name care_tickets_of
-- :in   person id
-- :out  many id id, category text, opened_at time, answered_at time?, closed_at time?
SELECT id, category, opened_at, answered_at, closed_at FROM care_ticket WHERE person = :person ORDER BY opened_at DESC LIMIT 10;

-- :name care_ticket_replies
-- :reads nobody
-- :in   ticket id
-- :out  many id id, author id, at time, body text, first_name text
SELECT r.id, r.author, r.at, r.body, o.first_name
  FROM care_ticket_reply r JOIN people_person o ON o.id = r.author
 WHERE r.ticket = :ticket ORDER BY r.id;

-- :name care_insert_reply
-- :in   ticket id, id id, author id, now time, body text
INSERT INTO care_ticket_reply (ticket, id, author, at, body) VALUES (:ticket, :id, :author, :now, :body);

-- :name care_ticket_answered
-- :in   id id, now time, closed_at time?
UPDATE care_ticket SET answered_at = coalesce(answered_at, :now), closed_at = :closed_at WHERE id = :id;

-- ---- the frame ----

-- :name care_frame
-- :in   cohort id, call_until time
-- :out  one name text, flags int, calls int, tickets int, pairs int
-- What the desk's navigation counts, in one go.
SELECT c.name,
       (SELECT count(*) FROM (SELECT DISTINCT f.pair, CASE WHEN f.pair = 0 THEN f.person ELSE 0 END AS who
                                FROM care_flag f WHERE f.cohort = c.id AND f.closed_at IS NULL) AS d) AS flags,
       (SELECT count(DISTINCT k.person) FROM care_call k
         WHERE k.cohort = c.id AND k.state IN ('due', 'scheduled') AND coalesce(k.scheduled_at, k.due_at) <= :call_until
           AND NOT EXISTS (SELECT 1 FROM journeys_pair p WHERE p.id = k.pair AND p.state = 'paused' AND k.why <> 'asked')
           AND NOT (k.why IN ('plan', 'risk', 'lot')
                    AND EXISTS (SELECT 1 FROM care_call x
                                 WHERE x.cohort = k.cohort AND x.person = k.person AND x.why IN ('red', 'asked')
                                   AND x.state IN ('due', 'scheduled') AND x.due_at <= :call_until))) AS calls,
       (SELECT count(*) FROM care_ticket t WHERE t.cohort IN (c.id, 0) AND t.answered_at IS NULL AND t.closed_at IS NULL) AS tickets,
       (SELECT count(*) FROM journeys_pair p WHERE p.cohort = c.id AND p.state <> 'closed') AS pairs
  FROM programmes_cohort c WHERE c.id = :cohort;

-- ---- what an act of the desk is taken back with ----

-- :name care_put_call
-- :in   id id, state text, scheduled_at time?, attempts int, last_attempt_at time?, outcome text?, minutes int?, done_at time?, done_by id?, action text?, action_day day?, team_note text?, private_note text?
UPDATE care_call
   SET state = :state, scheduled_at = :scheduled_at, attempts = :attempts, last_attempt_at = :last_attempt_at, outcome = :outcome,
       minutes = :minutes, done_at = :done_at, done_by = :done_by, action = :action, action_day = :action_day,
       team_note = :team_note, private_note = :private_note
 WHERE id = :id;

-- :name care_last_attempt
-- :in   id id
-- :out  one last_attempt_at time?
SELECT last_attempt_at FROM care_call WHERE id = :id;

-- :name care_call_dropped
-- :in   id id
UPDATE care_call SET state = 'dropped' WHERE id = :id AND state IN ('due', 'scheduled');

-- :name care_flags_shut_at
-- :in   cohort id, person id, at time
-- That a call has shut, because somebody answered.
UPDATE care_flag SET closed_at = NULL, closed_why = NULL
 WHERE cohort = :cohort AND person = :person AND rule = 'unreachable' AND closed_at = :at AND closed_why = 'over';

-- :name care_flags_raised_at
-- :in   cohort id, person id, at time
DELETE FROM care_flag WHERE cohort = :cohort AND person = :person AND rule = 'unreachable' AND opened_at = :at;

-- :name care_open_flag_again
-- :in   id id
UPDATE care_flag SET closed_at = NULL, closed_why = NULL, closed_by = NULL, quiet_until = NULL WHERE id = :id;

-- :name care_same_flags
-- :in   id id
-- :out  one n int
-- Open ones of the same rule about the same: the review has seen it again.
SELECT count(*) AS n FROM care_flag f JOIN care_flag g ON g.cohort = f.cohort AND g.pair = f.pair AND g.person = f.person AND g.rule = f.rule
 WHERE f.id = :id AND g.id <> f.id AND g.closed_at IS NULL;

-- :name care_replies_from
-- :in   ticket id, author id, at time
-- :out  one n int
SELECT count(*) AS n FROM care_ticket_reply WHERE ticket = :ticket AND (at > :at OR (at = :at AND author <> :author));

-- :name care_drop_reply
-- :in   ticket id, author id, at time
DELETE FROM care_ticket_reply WHERE ticket = :ticket AND author = :author AND at = :at;

-- :name care_put_ticket
-- :in   id id, answered_at time?, closed_at time?
UPDATE care_ticket SET answered_at = :answered_at, closed_at = :closed_at WHERE id = :id;

-- :name care_unreached
-- :in   cohort id
-- :out  many person id, first_name text
-- Whose mail fails, of those who take part.
SELECT p.id AS person, p.first_name
  FROM mail_trouble t JOIN people_person p ON p.id = t.person
 WHERE t.address <> '' AND EXISTS (SELECT 1 FROM programmes_participant m
                                    WHERE m.cohort = :cohort AND m.person = p.id AND m.state NOT IN ('left', 'done', 'declined'))
 GROUP BY p.id, p.first_name ORDER BY p.first_name, p.id;
