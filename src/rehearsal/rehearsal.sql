-- :name rehearsal_mails_after
-- :in   id id
-- :out  many id id, person id, cohort id, rule text, class text, anchor text, created_at time
SELECT id, person, cohort, rule, class, anchor, created_at FROM mail_outbox WHERE id > :id ORDER BY id;

-- :name rehearsal_mark_sent
-- :out none
-- Nothing leaves the machine in a rehearsal without a mail server; in a demonstration the mailbox shows them.
UPDATE mail_outbox SET state = 'sent', sent_at = created_at, tries = 1 WHERE state = 'queued';

-- :name rehearsal_next_job
-- :in   now time
-- :out  maybe due time
-- The next moment to come; a job that failed waits for the machine's clock and is not in it.
SELECT due FROM jobs_job WHERE state = 'waiting' AND clock = 0 AND due > :now ORDER BY due LIMIT 1;

-- :name rehearsal_jobs_failed
-- :out  many kind text, n int, error text
SELECT kind, count(*) AS n, max(error) AS error FROM jobs_job WHERE error IS NOT NULL GROUP BY kind ORDER BY kind;

-- :name rehearsal_seats_to_tick
-- :in   cohort id, now time
-- :out  many sitting id, gathering id, person id, answer text?
SELECT s.sitting, s.gathering, s.person, s.answer
  FROM gatherings_seat s
  JOIN gatherings_gathering g ON g.id = s.gathering
  JOIN gatherings_sitting t ON t.id = s.sitting
 WHERE g.cohort = :cohort AND t.held_at IS NULL AND t.starts_at + g.minutes * 60 <= :now
 ORDER BY s.sitting, s.person;

-- :name rehearsal_open_tickets
-- :in   cohort id
-- :out  many id id, opened_at time
SELECT id, opened_at FROM care_ticket WHERE cohort = :cohort AND answered_at IS NULL AND closed_at IS NULL ORDER BY id;

-- :name rehearsal_flags_since
-- :in   cohort id
-- :out  many pair id, person id, rule text, level int, opened_at time, closed_at time?
SELECT pair, person, rule, level, opened_at, closed_at FROM care_flag WHERE cohort = :cohort ORDER BY opened_at, id;

-- :name rehearsal_reasons
-- :in   cohort id
-- :out  many state text, reason text, n int
SELECT state, coalesce(end_reason, '') AS reason, count(*) AS n FROM journeys_pair WHERE cohort = :cohort
 GROUP BY state, coalesce(end_reason, '') ORDER BY 3 DESC, 2;

-- :name rehearsal_left_out
-- :in   cohort id
-- :out  many person id, role text, state text
SELECT p.person, p.role, p.state FROM programmes_participant p
 WHERE p.cohort = :cohort
   AND NOT EXISTS (SELECT 1 FROM journeys_pair j WHERE j.cohort = p.cohort AND (j.mentor = p.person OR j.mentee = p.person))
 ORDER BY p.role, p.state, p.person;

-- :name rehearsal_disguise_people
-- :out none
-- A copy of a real cohort: no address in it leads to anybody, but who is whose manager stays true.
UPDATE people_person SET email = replace(email, '@', '.at.') || '@example.invalid',
       email_key = replace(email_key, '@', '.at.') || '@example.invalid', phone = '+44 7700 900000';

-- :name rehearsal_forget_addresses
-- :out none
DELETE FROM people_address;

-- :name rehearsal_disguise_managers
-- :out none
UPDATE people_status SET manager_email = replace(manager_email, '@', '.at.') || '@example.invalid',
       managers_manager_email = replace(managers_manager_email, '@', '.at.') || '@example.invalid'
 WHERE manager_email IS NOT NULL OR managers_manager_email IS NOT NULL;

-- :name rehearsal_disguise_not_with
-- :out none
UPDATE programmes_not_with SET other_key = replace(other_key, '@', '.at.') || '@example.invalid';

-- :name rehearsal_disguise_help
-- :out none
UPDATE programmes_cohort SET help_email = replace(help_email, '@', '.at.') || '@example.invalid';

-- :name rehearsal_forget_mails
-- :out none
DELETE FROM mail_outbox;
