-- What the reminder engine reads and writes.  It looks at a whole zone of a cohort at once, so it joins tables of other rooms
-- here, read only, instead of asking their verbs person by person: see docs/decisions/reminders.md.
-- zone NULL in these statements means every zone.

-- :name journeys_due_zones
-- :in  cohort id
-- :out many zone text
-- Where its readers are: who takes part, and the sponsors.
SELECT p.zone
  FROM people_person p
 WHERE p.id IN (SELECT t.person FROM programmes_participant t WHERE t.cohort = :cohort)
    OR p.id IN (SELECT r.person
                  FROM people_role r JOIN programmes_cohort c ON c.id = :cohort
                 WHERE r.role = 'sponsor' AND (r.scope = 0 OR r.scope = c.programme))
 GROUP BY p.zone
 ORDER BY p.zone;

-- :name journeys_due_people
-- :reads name person
-- :in  cohort id, zone text?
-- :out many id id, person id, role text, state text, joined_at time, draft_at time?, accepted_at time?, manager_opted_in bool, manager_email text?, email text, first_name text, last_name text, locale text, zone text, programme_mail bool, structure int,
--      by_name text?, why text?
-- by_name, why: of whoever suggested them, for the letter that asks.
SELECT t.id, t.person, t.role, t.state, t.joined_at, t.draft_at, t.accepted_at, t.manager_opted_in, s.manager_email,
       p.email, p.first_name, p.last_name, p.locale, p.zone, p.programme_mail, p.structure, i.by_name, i.why
  FROM programmes_participant t
  JOIN people_person p ON p.id = t.person
  LEFT JOIN people_status s ON s.person = t.person AND t.manager_opted_in = 1
  LEFT JOIN recruiting_invitation i ON i.cohort = t.cohort AND i.person = t.person AND t.state = 'invited'
 WHERE t.cohort = :cohort AND (CAST(:zone AS TEXT) IS NULL OR p.zone = :zone)
 ORDER BY t.person, t.id;

-- :name journeys_due_wishes
-- :in  cohort id, zone text?
-- :out many person id, without text, tempo text, country text
SELECT w.person, w.without, w.tempo, w.country
  FROM journeys_wish w JOIN people_person p ON p.id = w.person
 WHERE EXISTS (SELECT 1 FROM programmes_participant t WHERE t.cohort = :cohort AND t.person = w.person)
   AND (CAST(:zone AS TEXT) IS NULL OR p.zone = :zone);

-- :name journeys_due_snoozed
-- :in  cohort id, zone text?, since day
-- :out many person id, rule text, anchor text, until_day day
SELECT z.person, z.rule, z.anchor, coalesce(z.until_day, 0) AS until_day
  FROM journeys_snooze z JOIN people_person p ON p.id = z.person
 WHERE z.until_day >= :since AND EXISTS (SELECT 1 FROM programmes_participant t WHERE t.cohort = :cohort AND t.person = z.person)
   AND (CAST(:zone AS TEXT) IS NULL OR p.zone = :zone)
 ORDER BY z.person, z.id;

-- :name journeys_due_sponsors
-- :in  programme id, zone text?
-- :out many person id, email text, first_name text, last_name text, locale text, zone text, programme_mail bool
SELECT p.id AS person, p.email, p.first_name, p.last_name, p.locale, p.zone, p.programme_mail
  FROM people_person p
 WHERE p.id IN (SELECT r.person FROM people_role r WHERE r.role = 'sponsor' AND (r.scope = 0 OR r.scope = :programme))
   AND (CAST(:zone AS TEXT) IS NULL OR p.zone = :zone)
 ORDER BY p.id;

-- :name journeys_due_pairs
-- :in  cohort id, zone text?, now time, since time
-- :out many id id, mentor id, mentee id, mentor_name text, mentee_name text, mentor_last text, mentee_last text, state text, activated_at time, clock_start time, planned_end time, cadence_days int, paused_until time?, resumed_at time?, closed_at time?, end_reason text?, first_message_at time?, first_reply_at time?, first_met_at time?, last_contact_at time?, n_met int, n_goals int, agreed_at time?, reviewed_at time?, next_meeting_at time?, last_booked_at time?, unsettled_at time?, mentor_done_at time?, mentee_done_at time?
-- since: pairs that were to end before it are of no interest any more.
SELECT p.id, p.mentor, p.mentee, a.first_name AS mentor_name, b.first_name AS mentee_name, a.last_name AS mentor_last,
       b.last_name AS mentee_last, p.state, p.activated_at, p.clock_start, p.planned_end, p.cadence_days, p.paused_until,
       p.resumed_at, p.closed_at, p.end_reason, p.first_message_at, p.first_reply_at, p.first_met_at, p.last_contact_at,
       p.n_met, p.n_goals, p.agreed_at, p.reviewed_at,
       (SELECT min(m.starts_at) FROM journeys_meeting m
         WHERE m.pair = p.id AND m.state = 'booked' AND m.starts_at > :now) AS next_meeting_at,
       (SELECT max(m.starts_at) FROM journeys_meeting m
         WHERE m.pair = p.id AND m.state IN ('booked', 'held')) AS last_booked_at,
       (SELECT max(m.starts_at) FROM journeys_meeting m
         WHERE m.pair = p.id AND m.state = 'booked' AND m.starts_at <= :now) AS unsettled_at,
       (SELECT c.done_at FROM journeys_closing c WHERE c.pair = p.id AND c.person = p.mentor) AS mentor_done_at,
       (SELECT c.done_at FROM journeys_closing c WHERE c.pair = p.id AND c.person = p.mentee) AS mentee_done_at
  FROM journeys_pair p
  JOIN people_person a ON a.id = p.mentor
  JOIN people_person b ON b.id = p.mentee
 WHERE p.cohort = :cohort AND p.planned_end >= :since
   AND (CAST(:zone AS TEXT) IS NULL OR a.zone = :zone OR b.zone = :zone)
 ORDER BY p.id;

-- :name journeys_due_modules
-- :in  cohort id, zone text?
-- :out many person id, module text
-- Modules done, of those who are not through with the core yet. CROSS JOIN: SQLite keeps this order, few people first.
SELECT l.person, l.module
  FROM programmes_participant t CROSS JOIN people_person p CROSS JOIN learning_progress l
 WHERE t.cohort = :cohort AND t.state = 'accepted' AND p.id = t.person AND l.cohort = t.cohort AND l.person = t.person
   AND l.done_at IS NOT NULL AND (CAST(:zone AS TEXT) IS NULL OR p.zone = :zone)
 ORDER BY l.person, l.module;

-- :name journeys_due_seats
-- :in  cohort id, zone text?, from_at time, until_at time
-- :out many person id, gathering id, sitting id, sequence int, starts_at time, minutes int, kind text, title text, key text, join_url text?, answer text?, attended text?
SELECT s.person, g.id AS gathering, t.id AS sitting, t.sequence, t.starts_at, g.minutes, g.kind, g.title, g.key, t.join_url,
       s.answer, s.attended
  FROM people_person p CROSS JOIN gatherings_seat s CROSS JOIN gatherings_sitting t CROSS JOIN gatherings_gathering g
 WHERE p.id IN (SELECT m.person FROM programmes_participant m WHERE m.cohort = :cohort)
   AND (CAST(:zone AS TEXT) IS NULL OR p.zone = :zone) AND s.person = p.id AND t.id = s.sitting
   AND t.starts_at >= :from_at AND t.starts_at < :until_at AND g.id = t.gathering AND g.cohort = :cohort
 ORDER BY s.person, t.starts_at;

-- :name journeys_due_meetings
-- :in  cohort id, from_at time, until_at time
-- :out many id id, pair id, sequence int, starts_at time, minutes int
-- Over, and nobody has said what became of it.
SELECT m.id, m.pair, m.sequence, m.starts_at, m.minutes
  FROM journeys_pair p
  JOIN journeys_meeting m ON m.pair = p.id
 WHERE p.cohort = :cohort AND p.state = 'active' AND m.state = 'booked' AND m.starts_at >= :from_at AND m.starts_at < :until_at
 ORDER BY m.pair, m.starts_at;

-- :name journeys_due_nth
-- :in  cohort id, since time
-- :out many pair id, n int, at time
-- When pairs without a goal spoke for the second and third time.  Who has spoken more than eight times was asked long ago.
SELECT x.pair, x.n, x.at
  FROM (SELECT c.pair, c.at, row_number() OVER (PARTITION BY c.pair ORDER BY c.at, c.id) AS n
          FROM journeys_pair p
          JOIN journeys_contact c ON c.pair = p.id
          JOIN journeys_contact_kind k ON k.name = c.kind
         WHERE p.cohort = :cohort AND p.state = 'active' AND p.n_goals = 0 AND p.n_met BETWEEN 2 AND 8
           AND p.last_met_at >= :since AND c.two_way = 1 AND k.conversation = 1) x
 WHERE x.n IN (2, 3)
 ORDER BY x.pair, x.n;

-- :name journeys_due_goals
-- :reads nobody
-- :in  cohort id, from_day day, until_day day
-- :out many id id, pair id, owner id, due_day day, statement text
SELECT g.id, g.pair, g.created_by AS owner, g.due_day, g.statement
  FROM journeys_pair p
  JOIN journeys_goal g ON g.pair = p.id
 WHERE p.cohort = :cohort AND p.state = 'active' AND g.closed_at IS NULL AND g.due_day IS NOT NULL
   AND g.due_day >= :from_day AND g.due_day < :until_day
 ORDER BY g.id;

-- :name journeys_due_answers
-- :in  cohort id, zone text?, since time
-- :out many person id, pair id, wave text
SELECT w.person, w.pair, w.wave
  FROM programmes_participant t
 CROSS JOIN people_person p
 CROSS JOIN evaluation_wave w
 WHERE t.cohort = :cohort AND p.id = t.person AND w.person = t.person AND w.cohort = :cohort
   AND w.answered_at IS NOT NULL AND w.answered_at >= :since
   AND (CAST(:zone AS TEXT) IS NULL OR p.zone = :zone)
 ORDER BY w.person, w.wave;

-- :name journeys_due_proposals
-- :in  cohort id
-- :out many id id, mentor id, mentee id, mentor_name text, mentee_name text, published_at time, expires_at time, mentor_answered bool, mentee_answered bool
SELECT m.id, m.mentor, m.mentee, a.first_name AS mentor_name, b.first_name AS mentee_name, m.published_at, m.expires_at,
       CASE WHEN m.mentor_answer IS NULL THEN 0 ELSE 1 END AS mentor_answered,
       CASE WHEN m.mentee_answer IS NULL THEN 0 ELSE 1 END AS mentee_answered
  FROM matching_proposal m
  JOIN people_person a ON a.id = m.mentor
  JOIN people_person b ON b.id = m.mentee
 WHERE m.cohort = :cohort AND m.state = 'published' AND m.published_at IS NOT NULL AND m.expires_at IS NOT NULL
 ORDER BY m.id;

-- :name journeys_due_rankings
-- :in  cohort id, now time
-- :out many mentee id, opened_at time, closes_at time, ranked bool
-- Whose list of mentors is open, and whether they have answered.
SELECT l.mentee, w.opened_at, w.closes_at, CASE WHEN a.person IS NULL THEN 0 ELSE 1 END AS ranked
  FROM matching_window w
  JOIN (SELECT DISTINCT cohort, mentee FROM matching_shortlist) l ON l.cohort = w.cohort
  LEFT JOIN matching_answered a ON a.cohort = w.cohort AND a.person = l.mentee AND a.side = 'mentee'
 WHERE w.cohort = :cohort AND w.closed_at IS NULL AND w.closes_at > :now
 ORDER BY l.mentee;

-- :name journeys_due_proposal
-- :in  id id
-- :out maybe expires_at time?
SELECT expires_at FROM matching_proposal WHERE id = :id;

-- :name journeys_due_mid
-- :in  cohort id
-- :out maybe day day
SELECT day FROM gatherings_gathering WHERE cohort = :cohort AND kind = 'mid' ORDER BY day LIMIT 1;

-- ---- staff letters ----

-- :name journeys_due_untrained
-- :in  cohort id
-- :out many person id, role text, first_name text, last_name text, phone text?, done int
SELECT t.person, t.role, p.first_name, p.last_name, p.phone,
       (SELECT count(*) FROM learning_progress l
         WHERE l.cohort = t.cohort AND l.person = t.person AND l.done_at IS NOT NULL) AS done
  FROM programmes_participant t
  JOIN people_person p ON p.id = t.person
 WHERE t.cohort = :cohort AND t.state = 'accepted'
 ORDER BY p.first_name, p.last_name, t.id;

-- :name journeys_due_lapsed
-- :reads nobody
-- :in  cohort id, since time
-- :out many id id, state text, expires_at time, mentor_name text, mentor_last text, mentee_name text, mentee_last text, next_id id?
-- Proposals that came to nothing, and the mentor of the draft that came up instead; who said no is for the desk, not for a letter.
SELECT m.id, m.state, m.expires_at, a.first_name AS mentor_name, a.last_name AS mentor_last,
       b.first_name AS mentee_name, b.last_name AS mentee_last,
       (SELECT d.mentor FROM matching_proposal d
         WHERE d.cohort = m.cohort AND d.mentee = m.mentee AND d.state IN ('draft', 'locked')
         ORDER BY d.score DESC, d.id LIMIT 1) AS next_id
  FROM matching_proposal m
  JOIN people_person a ON a.id = m.mentor
  JOIN people_person b ON b.id = m.mentee
 WHERE m.cohort = :cohort AND m.state IN ('declined', 'expired') AND m.expires_at IS NOT NULL AND m.expires_at >= :since
 ORDER BY m.id;

-- :name journeys_due_tickets
-- :reads nobody
-- :in  cohort id, since time
-- :out many id id, category text, opened_at time, first_name text?, last_name text?
SELECT t.id, t.category, t.opened_at, p.first_name, p.last_name
  FROM care_ticket t
  LEFT JOIN people_person p ON p.id = t.person
 WHERE t.cohort = :cohort AND t.answered_at IS NULL AND t.closed_at IS NULL AND t.opened_at >= :since
 ORDER BY t.opened_at, t.id;

-- :name journeys_due_calls
-- :reads nobody
-- :in  cohort id, until_at time
-- :out many id id, kind text, until_at time, first_name text, last_name text
SELECT c.id, c.kind, c.until_at, p.first_name, p.last_name
  FROM care_call c
  JOIN people_person p ON p.id = c.person
 WHERE c.cohort = :cohort AND c.state = 'due' AND c.scheduled_at IS NULL AND c.until_at < :until_at
 ORDER BY c.until_at, c.id;

-- ---- what was sent ----

-- :name journeys_due_sent_to
-- :in  person id, since time
-- :out many rule text, anchor text, at time, class text, dropped bool, outbox id?
-- Of every cohort that a person is in: the week is a person's, not a cohort's.
SELECT rule, anchor, at, class, CASE WHEN skipped IS NULL THEN 0 ELSE 1 END AS dropped, outbox
  FROM journeys_sent WHERE person = :person AND at >= :since ORDER BY at;

-- :name journeys_due_was_sent
-- :in  rule text, person id, anchor text
-- :out maybe at time
SELECT at FROM journeys_sent WHERE rule = :rule AND person = :person AND anchor = :anchor;

-- :name journeys_due_record
-- :in  rule text, person id, anchor text, at time, class text, outbox id?, skipped text?, pair id?, cohort id
-- :changes
INSERT INTO journeys_sent (rule, person, anchor, at, class, outbox, skipped, pair, cohort)
VALUES (:rule, :person, :anchor, :at, :class, :outbox, :skipped, :pair, :cohort)
    ON CONFLICT (rule, person, anchor) DO NOTHING;

-- :name journeys_due_sent_today
-- :in  cohort id, since time, most int
-- :out many rule text, person id, at time, class text, skipped text?, first_name text?, last_name text?, subject text?
SELECT s.rule, s.person, s.at, s.class, s.skipped, p.first_name, p.last_name, m.subject
  FROM journeys_sent s
  LEFT JOIN people_person p ON p.id = s.person
  LEFT JOIN mail_outbox m ON m.id = s.outbox
 WHERE s.cohort = :cohort AND s.at >= :since
 ORDER BY s.at DESC, s.rule, p.first_name, s.person
 LIMIT :most;

-- ---- holding ----

-- :name journeys_due_hold
-- :reads nobody
-- :in  rule text, person id, anchor text
-- :out maybe reason text, first_name text, last_name text
SELECT h.reason, p.first_name, p.last_name
  FROM journeys_hold h JOIN people_person p ON p.id = h.by_person
 WHERE h.rule = :rule AND h.person = :person AND h.anchor = :anchor;

-- :name journeys_due_put_hold
-- :in  rule text, person id, anchor text, by_person id, reason text, now time
INSERT INTO journeys_hold (rule, person, anchor, by_person, reason, at)
VALUES (:rule, :person, :anchor, :by_person, :reason, :now)
    ON CONFLICT (rule, person, anchor) DO UPDATE SET by_person = excluded.by_person, reason = excluded.reason, at = excluded.at;

-- :name journeys_due_drop_hold
-- :in  rule text, person id, anchor text
DELETE FROM journeys_hold WHERE rule = :rule AND person = :person AND anchor = :anchor;

-- ---- letters that hang on one moment ----

-- :name journeys_due_meeting
-- :in  id id
-- :out maybe id id, pair id, cohort id, sequence int, starts_at time, minutes int, channel text, place text?, agenda text, state text, pair_state text, mentor id, mentee id
SELECT m.id, m.pair, p.cohort, m.sequence, m.starts_at, m.minutes, m.channel, m.place, m.agenda, m.state,
       p.state AS pair_state, p.mentor, p.mentee
  FROM journeys_meeting m JOIN journeys_pair p ON p.id = m.pair
 WHERE m.id = :id;

-- :name journeys_due_sittings
-- :in  cohort id, from_at time, until_at time
-- :out many id id, sequence int, starts_at time, minutes int, kind text
SELECT t.id, t.sequence, t.starts_at, g.minutes, g.kind
  FROM gatherings_gathering g JOIN gatherings_sitting t ON t.gathering = g.id
 WHERE g.cohort = :cohort AND t.starts_at >= :from_at AND t.starts_at < :until_at
 ORDER BY t.starts_at, t.id;

-- :name journeys_due_sitting
-- :in  id id
-- :out maybe id id, gathering id, cohort id, sequence int, starts_at time, minutes int, kind text, title text, key text, join_url text?
SELECT t.id, t.gathering, g.cohort, t.sequence, t.starts_at, g.minutes, g.kind, g.title, g.key, t.join_url
  FROM gatherings_sitting t JOIN gatherings_gathering g ON g.id = t.gathering
 WHERE t.id = :id;

-- :name journeys_due_seated
-- :in  sitting id, cohort id
-- :out many person id, role text
-- Who expects to come: not those who said no, left, or whose every pair is paused or over.
SELECT s.person, min(t.role) AS role
  FROM gatherings_sitting g
  JOIN gatherings_seat s ON s.gathering = g.gathering AND s.sitting = g.id
  JOIN programmes_participant t ON t.cohort = :cohort AND t.person = s.person
 WHERE g.id = :sitting AND (s.answer IS NULL OR s.answer <> 'no') AND t.state IN ('accepted', 'ready', 'matched', 'waiting')
   AND (NOT EXISTS (SELECT 1 FROM journeys_pair p WHERE p.cohort = :cohort AND p.mentor = s.person)
        OR EXISTS (SELECT 1 FROM journeys_pair p
                    WHERE p.cohort = :cohort AND p.mentor = s.person AND p.state IN ('active', 'closing')))
   AND (NOT EXISTS (SELECT 1 FROM journeys_pair p WHERE p.cohort = :cohort AND p.mentee = s.person)
        OR EXISTS (SELECT 1 FROM journeys_pair p
                    WHERE p.cohort = :cohort AND p.mentee = s.person AND p.state IN ('active', 'closing')))
 GROUP BY s.person
 ORDER BY s.person;

-- :name journeys_due_insert_action
-- :in  id id, kind text, person id, pair id, subject id, now time, expires time
INSERT INTO journeys_action (id, kind, person, pair, subject, created_at, expires_at)
VALUES (:id, :kind, :person, :pair, :subject, :now, :expires);

-- ---- what a person wants of reminders ----

-- :name journeys_wish
-- :in  person id
-- :out maybe without text, tempo text, country text
SELECT without, tempo, country FROM journeys_wish WHERE person = :person;

-- :name journeys_put_wish
-- :in  person id, without text, tempo text, country text
INSERT INTO journeys_wish (person, without, tempo, country) VALUES (:person, :without, :tempo, :country)
    ON CONFLICT (person) DO UPDATE SET without = excluded.without, tempo = excluded.tempo, country = excluded.country;

-- :name journeys_offer_snooze
-- :in  id id, person id, rule text, anchor text, now time
INSERT INTO journeys_snooze (id, person, rule, anchor, offered_at) VALUES (:id, :person, :rule, :anchor, :now);

-- :name journeys_take_snooze
-- :in  id id, person id, until_day day
-- :changes
UPDATE journeys_snooze SET until_day = :until_day WHERE id = :id AND person = :person;

-- :name journeys_resting
-- :in  person id
-- :out maybe until_day day
-- All that may wait does, until a day.
SELECT coalesce(until_day, 0) AS until_day FROM journeys_snooze
 WHERE person = :person AND rule = '' AND until_day IS NOT NULL ORDER BY until_day DESC LIMIT 1;

-- :name journeys_wake
-- :in  person id
DELETE FROM journeys_snooze WHERE person = :person AND rule = '' AND until_day IS NOT NULL;

-- :name journeys_forget_snoozes
-- :in  before time
-- Offers in letters of long ago.
DELETE FROM journeys_snooze WHERE offered_at < :before;
