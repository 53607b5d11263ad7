-- How long things are kept. Each :cutoff is the moment before which a thing is due.

-- :name people_retention_rows
-- :out many kind text, days int
SELECT kind, days FROM people_retention;

-- :name people_retention_put
-- :in  kind text, days int, by_person id, now time
INSERT INTO people_retention (kind, days, set_by, set_at) VALUES (:kind, :days, :by_person, :now)
    ON CONFLICT (kind) DO UPDATE SET days = :days, set_by = :by_person, set_at = :now;

-- :name people_retention_holds
-- :reads nobody
-- :in  now time
-- :out many kind text, until_at time, reason text, by_name text?
SELECT h.kind, h.until_at, h.reason, p.first_name AS by_name
  FROM people_retention_hold h LEFT JOIN people_person p ON p.id = h.by_person WHERE h.until_at > :now;

-- :name people_retention_hold_put
-- :in  kind text, until_at time, reason text, by_person id, now time
INSERT INTO people_retention_hold (kind, until_at, reason, by_person, at) VALUES (:kind, :until_at, :reason, :by_person, :now)
    ON CONFLICT (kind) DO UPDATE SET until_at = :until_at, reason = :reason, by_person = :by_person, at = :now;

-- :name people_retention_release
-- :in  kind text
DELETE FROM people_retention_hold WHERE kind = :kind;

-- :name people_retention_ran
-- :in  id id, now time, kind text, days int, removed int, by_person id
INSERT INTO people_retention_run (id, at, kind, days, removed, by_person) VALUES (:id, :now, :kind, :days, :removed, :by_person);

-- :name people_retention_runs
-- :out many at time, kind text, days int, removed int
SELECT at, kind, days, removed FROM people_retention_run ORDER BY at DESC, kind LIMIT 60;

-- :name people_keep_counts
-- :in  messages time, call_notes time, tickets time, answers time, mails time, recordings time, concerns time, readings time, acts time
-- :out one messages int, call_notes int, tickets int, answers int, mails int, recordings int, concerns int, readings int, acts int
SELECT (SELECT count(*) FROM conversations_message m JOIN journeys_pair p ON p.id = m.pair WHERE p.closed_at < :messages)
     + (SELECT count(*) FROM journeys_note n JOIN journeys_pair p ON p.id = n.pair WHERE p.closed_at < :messages) AS messages,
       (SELECT count(*) FROM care_call k JOIN programmes_cohort c ON c.id = k.cohort
         WHERE (c.end_day + 1) * 86400 < :call_notes
           AND (k.asked <> '' OR k.action IS NOT NULL OR k.team_note IS NOT NULL OR k.private_note IS NOT NULL)) AS call_notes,
       (SELECT count(*) FROM care_ticket WHERE closed_at < :tickets AND body <> '') AS tickets,
       (SELECT count(*) FROM evaluation_answer a JOIN evaluation_wave w ON w.id = a.wave JOIN programmes_cohort c ON c.id = w.cohort
         WHERE (c.end_day + 1) * 86400 < :answers AND a.words IS NOT NULL)
     + (SELECT count(*) FROM evaluation_wave w JOIN programmes_cohort c ON c.id = w.cohort
         WHERE (c.end_day + 1) * 86400 < :answers AND w.as_mentor IS NULL) AS answers,
       (SELECT count(*) FROM mail_outbox WHERE state <> 'queued' AND created_at < :mails AND body <> '') AS mails,
       (SELECT count(*) FROM gatherings_gathering WHERE recording_url IS NOT NULL AND (day + 1) * 86400 < :recordings) AS recordings,
       (SELECT count(*) FROM care_concern WHERE closed_at < :concerns) AS concerns,
       (SELECT count(*) FROM people_visit WHERE last_at < :readings) AS readings,
       (SELECT count(*) FROM people_audit WHERE at < :acts) AS acts;

-- :name people_keep_over
-- :reads name id
-- :in  refused time, gone time
-- :out many id id, first_name text, last_name text, ever bool
-- People whose last cohort ended so long ago: ever 1: they were in a pair (gone); 0: they never were (refused). Not those with an office.
SELECT p.id, p.first_name, p.last_name, CASE WHEN EXISTS (SELECT 1 FROM journeys_pair j WHERE j.mentor = p.id OR j.mentee = p.id) THEN 1 ELSE 0 END AS ever
  FROM people_person p
 WHERE p.erased_at IS NULL
   AND EXISTS (SELECT 1 FROM programmes_participant t WHERE t.person = p.id)
   AND NOT EXISTS (SELECT 1 FROM people_role r WHERE r.person = p.id)
   AND NOT EXISTS (SELECT 1 FROM programmes_participant t JOIN programmes_cohort c ON c.id = t.cohort
                    WHERE t.person = p.id
                      AND (c.end_day + 1) * 86400 >= CASE WHEN EXISTS (SELECT 1 FROM journeys_pair j WHERE j.mentor = p.id OR j.mentee = p.id)
                                                        THEN :gone ELSE :refused END)
 ORDER BY p.id LIMIT 1000;

-- :name people_keep_messages
-- :in  cutoff time
-- :changes
DELETE FROM conversations_message WHERE pair IN (SELECT id FROM journeys_pair WHERE closed_at < :cutoff);

-- :name people_keep_notes
-- :in  cutoff time
-- :changes
DELETE FROM journeys_note WHERE pair IN (SELECT id FROM journeys_pair WHERE closed_at < :cutoff);

-- :name people_keep_call_notes
-- :in  cutoff time
-- :changes
UPDATE care_call SET asked = '', action = NULL, team_note = NULL, private_note = NULL
 WHERE cohort IN (SELECT id FROM programmes_cohort WHERE (end_day + 1) * 86400 < :cutoff)
   AND (asked <> '' OR action IS NOT NULL OR team_note IS NOT NULL OR private_note IS NOT NULL);

-- :name people_keep_replies
-- :in  cutoff time
UPDATE care_ticket_reply SET body = '' WHERE ticket IN (SELECT id FROM care_ticket WHERE closed_at < :cutoff);

-- :name people_keep_tickets
-- :in  cutoff time
-- :changes
UPDATE care_ticket SET body = '', address = NULL WHERE closed_at < :cutoff AND body <> '';

-- :name people_keep_answers
-- :in  cutoff time
-- :changes
UPDATE evaluation_answer SET words = NULL
 WHERE words IS NOT NULL
   AND wave IN (SELECT w.id FROM evaluation_wave w JOIN programmes_cohort c ON c.id = w.cohort WHERE (c.end_day + 1) * 86400 < :cutoff);

-- :name people_keep_answerers
-- :reads nobody
-- :in  cutoff time
-- :out many cohort id, person id
SELECT DISTINCT w.cohort, w.person
  FROM evaluation_wave w JOIN programmes_cohort c ON c.id = w.cohort
 WHERE (c.end_day + 1) * 86400 < :cutoff AND w.as_mentor IS NULL
 ORDER BY w.cohort, w.person LIMIT 5000;

-- :name people_keep_nobody
-- :in  id id, address text, now time
-- Stands for the answers of one person in one cohort, and has nothing of theirs.
INSERT INTO people_person (id, email, email_key, first_name, last_name, zone, zone_confirmed, programme_mail, created_at, erased_at)
VALUES (:id, :address, :address, 'N.', 'N.', 'UTC', 1, 0, :now, :now);

-- :name people_keep_cut_off
-- :in  cohort id, person id, nobody id
-- :changes
-- The hour of an answer would lead back to a mail: the day stays.
UPDATE evaluation_wave
   SET as_mentor = CASE WHEN EXISTS (SELECT 1 FROM journeys_pair p WHERE p.id = evaluation_wave.pair AND p.mentor = evaluation_wave.person) THEN 1
                     WHEN evaluation_wave.pair = 0 AND EXISTS (SELECT 1 FROM programmes_participant t
                           WHERE t.cohort = evaluation_wave.cohort AND t.person = evaluation_wave.person AND t.role = 'mentor') THEN 1
                     ELSE 0 END,
       person = :nobody, pair = CASE WHEN pair = 0 THEN 0 ELSE -id END,
       asked_at = asked_at - asked_at % 86400, answered_at = answered_at - answered_at % 86400
 WHERE cohort = :cohort AND person = :person AND as_mentor IS NULL;

-- :name people_keep_mails
-- :in  cutoff time
-- :changes
UPDATE mail_outbox SET body = '' WHERE state <> 'queued' AND created_at < :cutoff AND body <> '';

-- :name people_keep_recordings
-- :in  cutoff time
-- :changes
UPDATE gatherings_gathering SET recording_url = NULL WHERE recording_url IS NOT NULL AND (day + 1) * 86400 < :cutoff;

-- :name people_keep_steps
-- :in  cutoff time
DELETE FROM care_concern_step WHERE concern IN (SELECT id FROM care_concern WHERE closed_at < :cutoff);

-- :name people_keep_concerns
-- :in  cutoff time
-- :changes
DELETE FROM care_concern WHERE closed_at < :cutoff;

-- :name people_keep_acts
-- :in  cutoff time
-- :changes
DELETE FROM people_audit WHERE at < :cutoff;

-- :name people_keep_desk_acts
-- :in  cutoff time
DELETE FROM desk_act WHERE at < :cutoff;

-- :name people_keep_bulk_rows
-- :in  cutoff time
DELETE FROM desk_bulk_row WHERE bulk IN (SELECT id FROM desk_bulk WHERE made_at < :cutoff);

-- :name people_keep_bulks
-- :in  cutoff time
DELETE FROM desk_bulk WHERE made_at < :cutoff;

-- :name people_keep_runs
-- :in  cutoff time
DELETE FROM people_retention_run WHERE at < :cutoff;
