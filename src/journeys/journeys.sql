-- :name journeys_one_pair
-- :in   pair id, now time
-- :out  one id id, cohort id, mentor id, mentee id, state text, activated_at time, clock_start time, planned_end time, cadence_days int, channel text, paused_at time?, paused_until time?, closed_at time?, mentor_reveal_at time?, mentee_reveal_at time?, first_message_at time?, first_reply_at time?, first_met_at time?, last_met_at time?, last_contact_at time?, last_mentor_at time?, last_mentee_at time?, n_contacts int, n_met int, n_goals int, resumed_at time?, next_meeting_at time?, agreed_at time?, reviewed_at time?, end_reason text?
SELECT p.id, p.cohort, p.mentor, p.mentee, p.state, p.activated_at, p.clock_start, p.planned_end, p.cadence_days,
       p.channel, p.paused_at, p.paused_until, p.closed_at, p.mentor_reveal_at, p.mentee_reveal_at, p.first_message_at,
       p.first_reply_at, p.first_met_at, p.last_met_at, p.last_contact_at, p.last_mentor_at, p.last_mentee_at,
       p.n_contacts, p.n_met, p.n_goals, p.resumed_at,
       (SELECT min(m.starts_at) FROM journeys_meeting m
         WHERE m.pair = p.id AND m.state = 'booked' AND m.starts_at + 60 * m.minutes > :now) AS next_meeting_at,
       p.agreed_at, p.reviewed_at, p.end_reason
  FROM journeys_pair p
 WHERE p.id = :pair;

-- :name journeys_cohort_pairs
-- :reads nobody
-- :in   cohort id, now time
-- :out  many id id, cohort id, mentor id, mentee id, state text, activated_at time, clock_start time, planned_end time, cadence_days int, channel text, paused_at time?, paused_until time?, closed_at time?, mentor_reveal_at time?, mentee_reveal_at time?, first_message_at time?, first_reply_at time?, first_met_at time?, last_met_at time?, last_contact_at time?, last_mentor_at time?, last_mentee_at time?, n_contacts int, n_met int, n_goals int, resumed_at time?, next_meeting_at time?, agreed_at time?, reviewed_at time?, end_reason text?
SELECT p.id, p.cohort, p.mentor, p.mentee, p.state, p.activated_at, p.clock_start, p.planned_end, p.cadence_days,
       p.channel, p.paused_at, p.paused_until, p.closed_at, p.mentor_reveal_at, p.mentee_reveal_at, p.first_message_at,
       p.first_reply_at, p.first_met_at, p.last_met_at, p.last_contact_at, p.last_mentor_at, p.last_mentee_at,
       p.n_contacts, p.n_met, p.n_goals, p.resumed_at,
       (SELECT min(m.starts_at) FROM journeys_meeting m
         WHERE m.pair = p.id AND m.state = 'booked' AND m.starts_at + 60 * m.minutes > :now) AS next_meeting_at,
       p.agreed_at, p.reviewed_at, p.end_reason
  FROM journeys_pair p
 WHERE p.cohort = :cohort
 ORDER BY p.id;

-- :name journeys_person_pairs
-- :in   person id, now time
-- :out  many id id, cohort id, mentor id, mentee id, state text, activated_at time, clock_start time, planned_end time, cadence_days int, channel text, paused_at time?, paused_until time?, closed_at time?, mentor_reveal_at time?, mentee_reveal_at time?, first_message_at time?, first_reply_at time?, first_met_at time?, last_met_at time?, last_contact_at time?, last_mentor_at time?, last_mentee_at time?, n_contacts int, n_met int, n_goals int, resumed_at time?, next_meeting_at time?, agreed_at time?, reviewed_at time?, end_reason text?
-- Open ones first, the newest of each first.
SELECT p.id, p.cohort, p.mentor, p.mentee, p.state, p.activated_at, p.clock_start, p.planned_end, p.cadence_days,
       p.channel, p.paused_at, p.paused_until, p.closed_at, p.mentor_reveal_at, p.mentee_reveal_at, p.first_message_at,
       p.first_reply_at, p.first_met_at, p.last_met_at, p.last_contact_at, p.last_mentor_at, p.last_mentee_at,
       p.n_contacts, p.n_met, p.n_goals, p.resumed_at,
       (SELECT min(m.starts_at) FROM journeys_meeting m
         WHERE m.pair = p.id AND m.state = 'booked' AND m.starts_at + 60 * m.minutes > :now) AS next_meeting_at,
       p.agreed_at, p.reviewed_at, p.end_reason
  FROM journeys_pair p
 WHERE p.mentor = :person OR p.mentee = :person
 ORDER BY CASE WHEN p.state = 'closed' THEN 1 ELSE 0 END, p.id DESC;

-- :name journeys_insert_pair
-- :in   id id, cohort id, mentor id, mentee id, proposal id, now time, clock_start time, planned_end time, cadence_days int
INSERT INTO journeys_pair (id, cohort, mentor, mentee, proposal, state, activated_at, clock_start, planned_end, cadence_days)
VALUES (:id, :cohort, :mentor, :mentee, :proposal, 'active', :now, :clock_start, :planned_end, :cadence_days);

-- :name journeys_pair_between
-- :in   cohort id, mentor id, mentee id
-- :out  maybe id id
SELECT id FROM journeys_pair WHERE cohort = :cohort AND mentor = :mentor AND mentee = :mentee AND state <> 'closed' ORDER BY id LIMIT 1;

-- :name journeys_set_clock
-- :in   pair id, clock_start time, planned_end time
UPDATE journeys_pair SET clock_start = :clock_start, planned_end = :planned_end WHERE id = :pair;

-- :name journeys_set_state
-- :in   pair id, state text
UPDATE journeys_pair SET state = :state WHERE id = :pair;

-- :name journeys_set_paused
-- :in   pair id, by_person id, now time, until time, planned_end time
UPDATE journeys_pair
   SET state = 'paused', paused_at = :now, paused_until = :until, paused_by = :by_person, planned_end = :planned_end
 WHERE id = :pair;

-- :name journeys_set_resumed
-- :in   pair id, now time, planned_end time
UPDATE journeys_pair
   SET state = 'active', paused_at = NULL, paused_until = NULL, paused_by = NULL, resumed_at = :now,
       planned_end = :planned_end
 WHERE id = :pair;

-- :name journeys_set_reveal
-- :in   pair id, mentor_at time?, mentee_at time?
UPDATE journeys_pair SET mentor_reveal_at = :mentor_at, mentee_reveal_at = :mentee_at WHERE id = :pair;

-- :name journeys_set_reviewed
-- :in   pair id, now time
UPDATE journeys_pair SET reviewed_at = :now WHERE id = :pair;

-- :name journeys_set_agreed
-- :in   pair id, cadence_days int, channel text, now time
UPDATE journeys_pair SET cadence_days = :cadence_days, channel = :channel, agreed_at = :now WHERE id = :pair;

-- :name journeys_set_closing
-- :in   pair id, reason text
UPDATE journeys_pair
   SET state = 'closing', end_reason = :reason, paused_at = NULL, paused_until = NULL, paused_by = NULL
 WHERE id = :pair;

-- :name journeys_set_reason
-- :in   pair id, reason text
UPDATE journeys_pair SET end_reason = :reason WHERE id = :pair;

-- :name journeys_set_closed
-- :in   pair id, now time
UPDATE journeys_pair SET state = 'closed', closed_at = :now WHERE id = :pair;

-- :name journeys_open_pairs_of
-- :in   person id
-- :out  one n int
SELECT count(*) AS n FROM journeys_pair WHERE (mentor = :person OR mentee = :person) AND state <> 'closed';

-- ---- the ledger ----

-- :name journeys_insert_contact
-- :in   pair id, id id, at time, kind text, by_person id, two_way bool, minutes int?, source text, source_id id
INSERT INTO journeys_contact (pair, id, at, kind, by_person, two_way, minutes, source, source_id)
VALUES (:pair, :id, :at, :kind, :by_person, :two_way, :minutes, :source, :source_id);

-- :name journeys_contact_from
-- :in   pair id, source text, source_id id
-- :out  maybe id id
SELECT id FROM journeys_contact WHERE pair = :pair AND source = :source AND source_id = :source_id LIMIT 1;

-- :name journeys_contact_like
-- :in   pair id, kind text, by_person id, from_at time, until_at time
-- :out  maybe id id
-- The same conversation logged a second time: same kind, within the same hours, by whichever of the two.
SELECT id FROM journeys_contact
 WHERE pair = :pair AND kind = :kind AND (by_person = :by_person OR two_way = 1) AND source IN ('logged', 'meeting')
   AND at >= :from_at AND at < :until_at
 LIMIT 1;

-- :name journeys_count_contact
-- :in   pair id, at time, conversation bool, written bool, by_mentor bool, by_mentee bool
-- Everything the pair remembers of its ledger, in one statement. by_*: whose part in it this contact shows.
UPDATE journeys_pair
   SET n_contacts = n_contacts + 1,
       n_met = n_met + :conversation,
       first_message_at = CASE WHEN :written = 1 AND :by_mentee = 1 AND (first_message_at IS NULL OR first_message_at > :at)
                               THEN :at ELSE first_message_at END,
       first_reply_at = CASE WHEN :written = 1 AND :by_mentor = 1 AND (first_reply_at IS NULL OR first_reply_at > :at)
                             THEN :at ELSE first_reply_at END,
       first_met_at = CASE WHEN :conversation = 1 AND (first_met_at IS NULL OR first_met_at > :at)
                           THEN :at ELSE first_met_at END,
       last_met_at = CASE WHEN :conversation = 1 AND (last_met_at IS NULL OR last_met_at < :at)
                          THEN :at ELSE last_met_at END,
       last_contact_at = CASE WHEN last_contact_at IS NULL OR last_contact_at < :at THEN :at ELSE last_contact_at END,
       last_mentor_at = CASE WHEN :by_mentor = 1 AND (last_mentor_at IS NULL OR last_mentor_at < :at)
                             THEN :at ELSE last_mentor_at END,
       last_mentee_at = CASE WHEN :by_mentee = 1 AND (last_mentee_at IS NULL OR last_mentee_at < :at)
                             THEN :at ELSE last_mentee_at END
 WHERE id = :pair;

-- :name journeys_contacts_since
-- :in   pair id, since time
-- :out  many at time, kind text, two_way bool, by_person id, minutes int?, source text
SELECT at, kind, two_way, by_person, minutes, source
  FROM journeys_contact
 WHERE pair = :pair AND at >= :since
 ORDER BY at, id;

-- :name journeys_cohort_contacts
-- :in   cohort id, since time
-- :out  many pair id, at time, conversation bool
-- All dots of all strips of a cohort at once, for the desk's list.
SELECT c.pair, c.at, c.two_way AS conversation
  FROM journeys_contact c JOIN journeys_pair p ON p.id = c.pair
 WHERE p.cohort = :cohort AND c.at >= :since
 ORDER BY c.pair, c.at;

-- ---- meetings ----

-- :name journeys_one_meeting
-- :in   meeting id
-- :out  one id id, pair id, starts_at time, minutes int, booked_by id, sequence int, channel text, place text?, agenda text, state text, settled_at time?
SELECT m.id, m.pair, m.starts_at, m.minutes, m.booked_by, m.sequence, m.channel, m.place, m.agenda, m.state, m.settled_at
  FROM journeys_meeting m
 WHERE m.id = :meeting;

-- :name journeys_pair_meetings
-- :in   pair id
-- :out  many id id, pair id, starts_at time, minutes int, booked_by id, sequence int, channel text, place text?, agenda text, state text, settled_at time?
SELECT m.id, m.pair, m.starts_at, m.minutes, m.booked_by, m.sequence, m.channel, m.place, m.agenda, m.state, m.settled_at
  FROM journeys_meeting m
 WHERE m.pair = :pair
 ORDER BY m.starts_at, m.id;

-- :name journeys_person_meetings
-- :in   person id, since time
-- :out  many id id, pair id, starts_at time, minutes int, booked_by id, sequence int, channel text, place text?, agenda text, state text, settled_at time?
SELECT m.id, m.pair, m.starts_at, m.minutes, m.booked_by, m.sequence, m.channel, m.place, m.agenda, m.state, m.settled_at
  FROM journeys_meeting m JOIN journeys_pair p ON p.id = m.pair
 WHERE (p.mentor = :person OR p.mentee = :person) AND p.state <> 'suspended' AND m.starts_at >= :since
 ORDER BY m.starts_at, m.id;

-- :name journeys_unsettled
-- :in   pair id, now time, since time
-- :out  maybe id id, starts_at time
-- Over, and nobody has said what became of it: the latest one. After a while asking is no use any more.
SELECT id, starts_at FROM journeys_meeting
 WHERE pair = :pair AND state = 'booked' AND starts_at + 60 * minutes <= :now AND starts_at >= :since
 ORDER BY starts_at DESC LIMIT 1;

-- :name journeys_meeting_at
-- :in   pair id, starts_at time
-- :out  maybe id id
SELECT id FROM journeys_meeting WHERE pair = :pair AND starts_at = :starts_at AND state = 'booked' LIMIT 1;

-- :name journeys_insert_meeting
-- :in   id id, pair id, starts_at time, minutes int, channel text, place text?, agenda text, booked_by id, now time
INSERT INTO journeys_meeting (id, pair, starts_at, minutes, channel, place, agenda, state, booked_by, booked_at)
VALUES (:id, :pair, :starts_at, :minutes, :channel, :place, :agenda, 'booked', :booked_by, :now);

-- :name journeys_move_meeting
-- :in   meeting id, starts_at time
UPDATE journeys_meeting
   SET starts_at = :starts_at, sequence = sequence + 1, state = 'booked', settled_at = NULL, settled_by = NULL
 WHERE id = :meeting;

-- :name journeys_settle
-- :in   meeting id, state text, by_person id, now time, minutes int
UPDATE journeys_meeting
   SET state = :state, settled_at = :now, settled_by = :by_person, minutes = :minutes, sequence = sequence + 1
 WHERE id = :meeting;

-- :name journeys_cancel_booked
-- :in   pair id, by_person id, now time
-- The pair is over or held up: what was booked is off.
UPDATE journeys_meeting SET state = 'cancelled', settled_at = :now, settled_by = :by_person, sequence = sequence + 1
 WHERE pair = :pair AND state = 'booked' AND starts_at > :now;

-- ---- agreement, goals, notes, steps ----

-- :name journeys_find_agreement
-- :in   pair id
-- :out  maybe cadence_days int, channel text, quiet text, boundaries text, written_by id, written_at time, mentor_signed_at time?, mentee_signed_at time?
SELECT cadence_days, channel, quiet, boundaries, written_by, written_at, mentor_signed_at, mentee_signed_at
  FROM journeys_agreement WHERE pair = :pair;

-- :name journeys_put_agreement
-- :in   pair id, cadence_days int, channel text, quiet text, boundaries text, by_person id, now time, mentor_at time?, mentee_at time?
INSERT INTO journeys_agreement (pair, cadence_days, channel, quiet, boundaries, written_by, written_at, mentor_signed_at,
                                mentee_signed_at)
VALUES (:pair, :cadence_days, :channel, :quiet, :boundaries, :by_person, :now, :mentor_at, :mentee_at)
    ON CONFLICT (pair) DO UPDATE
   SET cadence_days = excluded.cadence_days, channel = excluded.channel, quiet = excluded.quiet,
       boundaries = excluded.boundaries, written_by = excluded.written_by, written_at = excluded.written_at,
       mentor_signed_at = excluded.mentor_signed_at, mentee_signed_at = excluded.mentee_signed_at;

-- :name journeys_sign
-- :in   pair id, mentor_at time?, mentee_at time?
UPDATE journeys_agreement SET mentor_signed_at = :mentor_at, mentee_signed_at = :mentee_at WHERE pair = :pair;

-- :name journeys_one_goal
-- :in   goal id
-- :out  one id id, pair id, statement text, why text, measure text, category text, next_step text, due_day day?, progress int, attainment int?, shared bool, created_by id, created_at time, closed_at time?
SELECT id, pair, statement, why, measure, category, next_step, due_day, progress, attainment, shared, created_by,
       created_at, closed_at
  FROM journeys_goal
 WHERE id = :goal;

-- :name journeys_pair_goals
-- :in   pair id
-- :out  many id id, pair id, statement text, why text, measure text, category text, next_step text, due_day day?, progress int, attainment int?, shared bool, created_by id, created_at time, closed_at time?
SELECT id, pair, statement, why, measure, category, next_step, due_day, progress, attainment, shared, created_by,
       created_at, closed_at
  FROM journeys_goal
 WHERE pair = :pair
 ORDER BY CASE WHEN closed_at IS NULL THEN 0 ELSE 1 END, id;

-- :name journeys_insert_goal
-- :in   id id, pair id, statement text, why text, measure text, category text, next_step text, due_day day?, shared bool, by_person id, now time
INSERT INTO journeys_goal (id, pair, statement, why, measure, category, next_step, due_day, shared, created_by, created_at)
VALUES (:id, :pair, :statement, :why, :measure, :category, :next_step, :due_day, :shared, :by_person, :now);

-- :name journeys_count_goal
-- :in   pair id
UPDATE journeys_pair SET n_goals = n_goals + 1 WHERE id = :pair;

-- :name journeys_set_goal
-- :in   goal id, progress int, next_step text, attainment int?, closed_at time?
UPDATE journeys_goal
   SET progress = :progress, next_step = :next_step, attainment = :attainment, closed_at = :closed_at
 WHERE id = :goal;

-- :name journeys_share_goal
-- :in   goal id, shared bool
UPDATE journeys_goal SET shared = :shared WHERE id = :goal;

-- :name journeys_notes
-- :in   pair id, person id
-- :out  many id id, author id, shared bool, body text, written_at time
-- Mine, and what the other one shares.
SELECT id, author, shared, body, written_at
  FROM journeys_note
 WHERE pair = :pair AND (author = :person OR shared = 1)
 ORDER BY written_at DESC, id DESC;

-- :name journeys_insert_note
-- :in   id id, pair id, author id, shared bool, body text, now time
INSERT INTO journeys_note (id, pair, author, shared, body, written_at)
VALUES (:id, :pair, :author, :shared, :body, :now);

-- :name journeys_delete_note
-- :in   note id, pair id, author id
-- :changes
DELETE FROM journeys_note WHERE id = :note AND pair = :pair AND author = :author;

-- :name journeys_forget_notes
-- :in   pair id
DELETE FROM journeys_note WHERE pair = :pair;

-- :name journeys_tick
-- :in   pair id, person id, key text, now time
INSERT INTO journeys_step (pair, person, key, done_at) VALUES (:pair, :person, :key, :now)
    ON CONFLICT (pair, person, key) DO NOTHING;

-- :name journeys_untick
-- :in   pair id, person id, key text
DELETE FROM journeys_step WHERE pair = :pair AND person = :person AND key = :key;

-- :name journeys_ticked
-- :in   pair id, person id
-- :out  many key text, done_at time
SELECT key, done_at FROM journeys_step WHERE pair = :pair AND person = :person ORDER BY done_at;

-- ---- the ending ----

-- :name journeys_open_cards
-- :in   pair id, person id, now time
INSERT INTO journeys_closing (pair, person, started_at) VALUES (:pair, :person, :now) ON CONFLICT (pair, person) DO NOTHING;

-- :name journeys_cards
-- :in   pair id
-- :out  many person id, learned text?, thanks text?, goals_word text?, next text?, notes_choice text?, again bool, extend_day day?, hours bool, card int, started_at time, done_at time?
SELECT person, learned, thanks, goals_word, next, notes_choice, again, extend_day, hours, card, started_at, done_at
  FROM journeys_closing WHERE pair = :pair ORDER BY person;

-- :name journeys_put_cards
-- :in   pair id, person id, learned text?, thanks text?, goals_word text?, next text?, notes_choice text?, again bool, extend_day day?, hours bool, card int, done_at time?
UPDATE journeys_closing
   SET learned = :learned, thanks = :thanks, goals_word = :goals_word, next = :next, notes_choice = :notes_choice,
       again = :again, extend_day = :extend_day, hours = :hours, card = :card, done_at = :done_at
 WHERE pair = :pair AND person = :person;

-- :name journeys_cards_done
-- :in   pair id
-- :out  one people int
SELECT count(*) AS people FROM journeys_closing WHERE pair = :pair AND done_at IS NOT NULL;

-- :name journeys_extend_pair
-- :in   pair id, planned_end time
UPDATE journeys_pair SET planned_end = :planned_end, state = 'active', end_reason = NULL WHERE id = :pair;

-- :name journeys_reopen_cards
-- :in   pair id
-- What was written stays; the choices are made anew at the new end.
UPDATE journeys_closing SET next = NULL, extend_day = NULL, card = 0, done_at = NULL WHERE pair = :pair;

-- :name journeys_set_again
-- :in   pair id, person id, again bool
UPDATE journeys_closing SET again = :again WHERE pair = :pair AND person = :person;

-- :name journeys_rate_goal
-- :in   goal id, pair id, attainment int, now time
UPDATE journeys_goal SET attainment = :attainment, closed_at = coalesce(closed_at, :now) WHERE id = :goal AND pair = :pair;

-- :name journeys_rate_goal_as_mentor
-- :in   goal id, pair id, attainment int
UPDATE journeys_goal SET mentor_attainment = :attainment WHERE id = :goal AND pair = :pair;

-- :name journeys_rated_goals
-- :in   pair id
-- :out  many id id, statement text, attainment int?, mentor_attainment int?
SELECT id, statement, attainment, mentor_attainment FROM journeys_goal WHERE pair = :pair ORDER BY id;

-- :name journeys_closing_rows
-- :in   cohort id
-- :out  many pair id, state text, planned_end time, closed_at time?, end_reason text?, n_met int, person id, mentor bool, first_name text, last_name text, card int?, done_at time?, next text?, again bool?, extend_day day?, reminded_at time?
-- :reads ending person
-- Two rows for each pair, the mentee's first.
SELECT p.id AS pair, p.state, p.planned_end, p.closed_at, p.end_reason, p.n_met, e.id AS person,
       CASE WHEN p.mentor = e.id THEN 1 ELSE 0 END AS mentor, e.first_name, e.last_name,
       c.card, c.done_at, c.next, c.again, c.extend_day,
       (SELECT max(o.created_at) FROM mail_outbox o
         WHERE o.person = e.id AND o.cohort = p.cohort AND o.rule = 'closing-reminder') AS reminded_at
  FROM journeys_pair p
  JOIN people_person e ON e.id IN (p.mentor, p.mentee)
  LEFT JOIN journeys_closing c ON c.pair = p.id AND c.person = e.id
 WHERE p.cohort = :cohort
 ORDER BY p.planned_end, p.id, CASE WHEN p.mentor = e.id THEN 1 ELSE 0 END;

-- :name journeys_find_certificate
-- :in   pair id, person id
-- :out  maybe code text, mentor bool, name text, programme text, cohort text, from_day day, until_day day, months int, meetings int, minutes int?, signer text, sponsor text?, issued_day day
SELECT code, mentor, name, programme, cohort, from_day, until_day, months, meetings, minutes, signer, sponsor, issued_day
  FROM journeys_certificate WHERE pair = :pair AND person = :person;

-- :name journeys_certificate_by_code
-- :in   code text
-- :out  maybe code text, mentor bool, name text, programme text, cohort text, from_day day, until_day day, months int, meetings int, minutes int?, signer text, sponsor text?, issued_day day
SELECT code, mentor, name, programme, cohort, from_day, until_day, months, meetings, minutes, signer, sponsor, issued_day
  FROM journeys_certificate WHERE code = :code;

-- :name journeys_save_certificate
-- :in   code text, pair id, person id, mentor bool, name text, programme text, cohort text, from_day day, until_day day, months int, meetings int, minutes int?, signer text, sponsor text?, issued_day day
-- Made anew it keeps its code: what hangs on a wall can still be looked up.
INSERT INTO journeys_certificate (code, pair, person, mentor, name, programme, cohort, from_day, until_day, months, meetings, minutes,
                                  signer, sponsor, issued_day)
VALUES (:code, :pair, :person, :mentor, :name, :programme, :cohort, :from_day, :until_day, :months, :meetings, :minutes, :signer,
        :sponsor, :issued_day)
    ON CONFLICT (pair, person) DO UPDATE
   SET name = :name, programme = :programme, cohort = :cohort, from_day = :from_day, until_day = :until_day, months = :months,
       meetings = :meetings, minutes = :minutes, signer = :signer, sponsor = :sponsor, issued_day = :issued_day;

-- :name journeys_minutes_together
-- :in   pair id
-- :out  one minutes int
SELECT CAST(coalesce(sum(minutes), 0) AS @int) AS minutes FROM journeys_contact WHERE pair = :pair AND two_way = 1;

-- ---- one-click actions ----

-- :name journeys_get_action
-- :in   id id
-- :out  maybe kind text, person id, pair id, subject id, created_at time, expires_at time, used_at time?
SELECT kind, person, pair, subject, created_at, expires_at, used_at FROM journeys_action WHERE id = :id;

-- :name journeys_use_action
-- :in   id id, now time
UPDATE journeys_action SET used_at = :now WHERE id = :id AND used_at IS NULL;

-- ---- what other rooms know of a person, read only, for the next step ----

-- :name journeys_open_proposal
-- :in   person id, now time
-- :out  maybe id id, expires_at time?, mentor id, mentee id, mentor_answer text?, mentee_answer text?
-- One that the other side has declined looks open until its time is up: nobody learns who said no.
SELECT id, expires_at, mentor, mentee, mentor_answer, mentee_answer
  FROM matching_proposal
 WHERE (mentor = :person OR mentee = :person)
   AND (state = 'published'
        OR (state = 'declined' AND expires_at > :now
            AND coalesce(CASE WHEN mentor = :person THEN mentor_answer ELSE mentee_answer END, '') <> 'no'))
 ORDER BY published_at DESC, id DESC LIMIT 1;

-- :name journeys_open_wave
-- :in   person id, since time
-- :out  maybe id id, survey text
SELECT id, survey FROM evaluation_wave WHERE person = :person AND answered_at IS NULL AND asked_at >= :since
 ORDER BY asked_at DESC LIMIT 1;

-- ---- what an act of the desk is taken back with ----

-- :name journeys_unsend
-- :in   act id
DELETE FROM journeys_sent WHERE outbox IN (SELECT o.id FROM mail_outbox o WHERE o.act = :act AND o.state = 'queued' AND o.tries = 0);

-- :name journeys_pair_state
-- :in   pair id
-- :out  one state text, planned_end time, paused_at time?, paused_until time?, paused_by id?, resumed_at time?, closed_at time?, end_reason text?, cards int
SELECT p.state, p.planned_end, p.paused_at, p.paused_until, p.paused_by, p.resumed_at, p.closed_at, p.end_reason,
       (SELECT count(*) FROM journeys_closing c WHERE c.pair = p.id AND c.card > 0) AS cards
  FROM journeys_pair p WHERE p.id = :pair;

-- :name journeys_put_pair_state
-- :in   pair id, state text, planned_end time, paused_at time?, paused_until time?, paused_by id?, resumed_at time?, closed_at time?, end_reason text?
UPDATE journeys_pair
   SET state = :state, planned_end = :planned_end, paused_at = :paused_at, paused_until = :paused_until, paused_by = :paused_by,
       resumed_at = :resumed_at, closed_at = :closed_at, end_reason = :end_reason
 WHERE id = :pair;

-- :name journeys_drop_fresh_cards
-- :in   pair id, at time
DELETE FROM journeys_closing WHERE pair = :pair AND started_at = :at AND card = 0;

-- :name journeys_set_end
-- :in   pair id, planned_end time
UPDATE journeys_pair SET planned_end = :planned_end WHERE id = :pair;

-- :name journeys_newest_logged
-- :in   pair id, by_person id
-- :out  maybe id id
SELECT id FROM journeys_contact WHERE pair = :pair AND by_person = :by_person AND source = 'logged' ORDER BY id DESC LIMIT 1;

-- :name journeys_contact_there
-- :in   pair id, id id
-- :out  one n int
SELECT count(*) AS n FROM journeys_contact WHERE pair = :pair AND id = :id;

-- :name journeys_drop_contact
-- :in   pair id, id id
DELETE FROM journeys_contact WHERE pair = :pair AND id = :id;

-- :name journeys_recount
-- :in   pair id
-- Everything the pair remembers of its ledger, from the ledger.
UPDATE journeys_pair
   SET n_contacts = (SELECT count(*) FROM journeys_contact c WHERE c.pair = journeys_pair.id),
       n_met = (SELECT count(*) FROM journeys_contact c WHERE c.pair = journeys_pair.id AND c.two_way = 1 AND c.kind NOT IN ('message', 'mail')),
       first_met_at = (SELECT min(c.at) FROM journeys_contact c WHERE c.pair = journeys_pair.id AND c.two_way = 1 AND c.kind NOT IN ('message', 'mail')),
       last_met_at = (SELECT max(c.at) FROM journeys_contact c WHERE c.pair = journeys_pair.id AND c.two_way = 1 AND c.kind NOT IN ('message', 'mail')),
       first_message_at = (SELECT min(c.at) FROM journeys_contact c WHERE c.pair = journeys_pair.id AND c.kind IN ('message', 'mail')
                                                                      AND (c.two_way = 1 OR c.by_person = journeys_pair.mentee)),
       first_reply_at = (SELECT min(c.at) FROM journeys_contact c WHERE c.pair = journeys_pair.id AND c.kind IN ('message', 'mail')
                                                                    AND (c.two_way = 1 OR c.by_person = journeys_pair.mentor)),
       last_contact_at = (SELECT max(c.at) FROM journeys_contact c WHERE c.pair = journeys_pair.id),
       last_mentor_at = (SELECT max(c.at) FROM journeys_contact c WHERE c.pair = journeys_pair.id AND (c.two_way = 1 OR c.by_person = journeys_pair.mentor)),
       last_mentee_at = (SELECT max(c.at) FROM journeys_contact c WHERE c.pair = journeys_pair.id AND (c.two_way = 1 OR c.by_person = journeys_pair.mentee))
 WHERE id = :pair;

-- :name journeys_meeting_there
-- :in   id id
-- :out  maybe state text, starts_at time, sequence int
SELECT state, starts_at, sequence FROM journeys_meeting WHERE id = :id;

-- :name journeys_drop_meeting
-- :in   id id
DELETE FROM journeys_meeting WHERE id = :id;

-- :name journeys_terms
-- :in   pair id
-- :out  one cadence_days int, channel text, agreed_at time?
SELECT cadence_days, channel, agreed_at FROM journeys_pair WHERE id = :pair;

-- :name journeys_put_terms
-- :in   pair id, cadence_days int, channel text, agreed_at time?
UPDATE journeys_pair SET cadence_days = :cadence_days, channel = :channel, agreed_at = :agreed_at WHERE id = :pair;

-- :name journeys_restore_agreement
-- :in   pair id, cadence_days int, channel text, quiet text, boundaries text, written_by id, written_at time, mentor_at time?, mentee_at time?
UPDATE journeys_agreement
   SET cadence_days = :cadence_days, channel = :channel, quiet = :quiet, boundaries = :boundaries, written_by = :written_by,
       written_at = :written_at, mentor_signed_at = :mentor_at, mentee_signed_at = :mentee_at
 WHERE pair = :pair;

-- :name journeys_drop_agreement
-- :in   pair id
DELETE FROM journeys_agreement WHERE pair = :pair;
