-- :name mail_insert
-- :in  id id, person id, cohort id, address text, name text, locale text, class text, rule text, anchor text, subject text, body text, from_name text?, reply_to text?, unsubscribe text?, message_id text, created_at time, next_try time, act id, held_until time
-- :out none
-- :changes
INSERT INTO mail_outbox (id, person, cohort, address, name, locale, class, rule, anchor, subject, body, from_name, reply_to,
                         unsubscribe, message_id, created_at, state, next_try, act, held_until)
VALUES (:id, :person, :cohort, :address, :name, :locale, :class, :rule, :anchor, :subject, :body, :from_name, :reply_to,
        :unsubscribe, :message_id, :created_at, 'queued', :next_try, :act, :held_until)
    ON CONFLICT (rule, person, anchor) DO NOTHING;

-- :name mail_sent_since
-- :in  since time
-- :out one n int
SELECT count(*) FROM mail_outbox WHERE sent_at > :since;

-- :name mail_waiting
-- :in  machine time
-- :out one n int
SELECT count(*) FROM mail_outbox WHERE state = 'queued' AND next_try <= :machine;

-- :name mail_lease
-- :in  machine time, until time, now time, most int, all bool
-- all 0: only what somebody waits for.
-- :out many id id, person id, cohort id, address text, name text, locale text, class text, rule text, anchor text, subject text, body text, from_name text?, reply_to text?, unsubscribe text?, message_id text, created_at time, tries int
UPDATE mail_outbox SET lease_until = :until, tries = tries + 1
 WHERE id IN (SELECT id FROM mail_outbox
               WHERE state = 'queued' AND (next_try <= :machine OR next_try > :machine + 604800)
                 AND (lease_until <= :machine OR lease_until > :machine + 86400) AND held_until <= :now
                 AND (:all = 1 OR class = 'event')
                 AND (rule = 'sign-in' OR NOT EXISTS (SELECT 1 FROM mail_trouble t
                                                       WHERE t.address = mail_outbox.address AND t.stopped = 1))
               ORDER BY next_try, id LIMIT :most)
RETURNING id, person, cohort, address, name, locale, class, rule, anchor, subject, body, from_name, reply_to, unsubscribe,
          message_id, created_at, tries;
-- :postgres
UPDATE mail_outbox SET lease_until = :until, tries = tries + 1
 WHERE id IN (SELECT id FROM mail_outbox
               WHERE state = 'queued' AND (next_try <= :machine OR next_try > :machine + 604800)
                 AND (lease_until <= :machine OR lease_until > :machine + 86400) AND held_until <= :now
                 AND (:all = 1 OR class = 'event')
                 AND (rule = 'sign-in' OR NOT EXISTS (SELECT 1 FROM mail_trouble t
                                                       WHERE t.address = mail_outbox.address AND t.stopped = 1))
               ORDER BY next_try, id LIMIT :most FOR UPDATE SKIP LOCKED)
RETURNING id, person, cohort, address, name, locale, class, rule, anchor, subject, body, from_name, reply_to, unsubscribe,
          message_id, created_at, tries;

-- :name mail_mark_sent
-- :in  id id, machine time
-- :out none
UPDATE mail_outbox SET state = 'sent', sent_at = :machine, lease_until = 0, error = NULL WHERE id = :id AND state = 'queued';

-- :name mail_mark_failed
-- :in  id id, next_try time, state text, error text, trouble text?
-- :out none
UPDATE mail_outbox SET state = :state, next_try = :next_try, lease_until = 0, error = :error, trouble = :trouble
 WHERE id = :id AND state = 'queued';

-- :name mail_hand_back
-- :in  id id, next_try time
-- :out none
-- Leased and not tried: the server went away before its turn came.
UPDATE mail_outbox SET tries = tries - 1, lease_until = 0, next_try = :next_try WHERE id = :id AND state = 'queued';

-- :name mail_failed_list
-- :in  cohort id
-- :out many id id, person id, address text, name text, rule text, subject text, error text?, created_at time
SELECT id, person, address, name, rule, subject, error, created_at
  FROM mail_outbox WHERE state = 'failed' AND cohort = :cohort ORDER BY created_at DESC LIMIT 100;

-- :name mail_box
-- :reads nobody
-- :in  before time, most int
-- :out many id id, address text, name text, rule text, class text, subject text, created_at time, state text
-- The mailbox of a demonstration: newest first.
SELECT id, address, name, rule, class, subject, created_at, state
  FROM mail_outbox WHERE created_at < :before ORDER BY created_at DESC, id DESC LIMIT :most;

-- :name mail_one
-- :in  id id
-- :out maybe id id, person id, cohort id, address text, name text, locale text, class text, rule text, anchor text, subject text, body text, from_name text?, reply_to text?, unsubscribe text?, message_id text, created_at time
SELECT id, person, cohort, address, name, locale, class, rule, anchor, subject, body, from_name, reply_to, unsubscribe,
       message_id, created_at
  FROM mail_outbox WHERE id = :id;

-- :name mail_queue_size
-- :in  refused bool
-- :out one n int, since time?
SELECT count(*), min(created_at) FROM mail_outbox
 WHERE state = 'queued' AND (:refused = 0 OR error IS NOT NULL);

-- :name mail_queue_error
-- :out maybe error text?
SELECT error FROM mail_outbox
 WHERE state = 'queued' AND error IS NOT NULL ORDER BY next_try DESC, id DESC LIMIT 1;

-- ---- letters of an act of the desk ----

-- :name mail_act_letters
-- :in  act id, machine time
-- :out one gone int
-- Sent, tried, or in the hands of a sender at this moment.
SELECT count(*) AS gone FROM mail_outbox
 WHERE act = :act AND (state <> 'queued' OR tries > 0 OR lease_until > :machine);

-- :name mail_forget_act
-- :in  act id
-- :out none
DELETE FROM mail_outbox WHERE act = :act AND state = 'queued' AND tries = 0;

-- ---- what does not arrive ----

-- :name mail_note_trouble
-- :in  address text, person id, kind text, source text, now time, stopped bool, said text
-- :out none
INSERT INTO mail_trouble (address, person, kind, source, since, last_at, times, stopped, said)
VALUES (:address, :person, :kind, :source, :now, :now, 1, :stopped, :said)
    ON CONFLICT (address) DO UPDATE
   SET kind = excluded.kind, source = excluded.source, last_at = excluded.last_at, said = excluded.said,
       since = CASE WHEN mail_trouble.kind = excluded.kind THEN mail_trouble.since ELSE excluded.since END,
       times = CASE WHEN mail_trouble.kind = excluded.kind THEN mail_trouble.times + 1 ELSE 1 END,
       stopped = CASE WHEN excluded.stopped = 1 OR (excluded.kind = 'refused' AND mail_trouble.kind = 'refused' AND mail_trouble.times >= 2)
                      THEN 1 ELSE mail_trouble.stopped END;

-- :name mail_trouble_over
-- :in  address text, quiet_since time
-- :out none
-- A mail was taken: the server is there, and what it said before is over; a bounce comes later, so it is believed for some days.
DELETE FROM mail_trouble
 WHERE address = '' OR (address = :address AND (source = 'answer' OR (stopped = 0 AND last_at < :quiet_since)));

-- :name mail_trouble_row
-- :in  person id
-- :out maybe address text, kind text, source text, since time, last_at time, times int, stopped bool, said text, waiting int, failed int
SELECT t.address, t.kind, t.source, t.since, t.last_at, t.times, t.stopped, t.said,
       (SELECT count(*) FROM mail_outbox o WHERE o.person = t.person AND o.state = 'queued') AS waiting,
       (SELECT count(*) FROM mail_outbox o WHERE o.person = t.person AND o.state = 'failed' AND o.created_at >= t.since - 86400) AS failed
  FROM mail_trouble t WHERE t.person = :person AND t.address <> ''
 ORDER BY t.last_at DESC LIMIT 1;

-- :name mail_relay_row
-- :out maybe since time, last_at time, times int, said text, waiting int
SELECT t.since, t.last_at, t.times, t.said, (SELECT count(*) FROM mail_outbox o WHERE o.state = 'queued') AS waiting
  FROM mail_trouble t WHERE t.address = '';

-- :name mail_forget_trouble
-- :in  person id
-- :out none
DELETE FROM mail_trouble WHERE person = :person AND address <> '';

-- :name mail_try_again
-- :in  person id, address text, since time, machine time
-- :out none
-- What has failed lately and what waits goes now, to where the person is reached today.
UPDATE mail_outbox SET state = 'queued', tries = 0, next_try = :machine, lease_until = 0, trouble = NULL, address = :address
 WHERE person = :person AND created_at >= :since
   AND (state = 'queued' OR (state = 'failed' AND trouble IS NOT NULL AND body <> ''));

-- :name mail_give_up
-- :in  person id, before time
-- :out none
-- What waited so long that nobody needs it any more.
UPDATE mail_outbox SET state = 'failed', error = 'waited too long' WHERE person = :person AND state = 'queued' AND created_at < :before;

-- :name mail_by_message_id
-- :in  message_id text
-- :out maybe id id, person id, address text, state text
SELECT id, person, address, state FROM mail_outbox WHERE message_id = :message_id;

-- :name mail_mark_bounced
-- :in  id id, trouble text, error text
-- :out none
UPDATE mail_outbox SET state = 'failed', trouble = :trouble, error = :error WHERE id = :id AND state = 'sent';

-- ---- quiet hours ----

-- :name mail_quiet_row
-- :in  person id
-- :out maybe from_minute int, until_minute int, zone text
SELECT from_minute, until_minute, zone FROM mail_quiet WHERE person = :person;

-- :name mail_put_quiet
-- :in  person id, from_minute int, until_minute int, zone text
-- :out none
INSERT INTO mail_quiet (person, from_minute, until_minute, zone) VALUES (:person, :from_minute, :until_minute, :zone)
    ON CONFLICT (person) DO UPDATE SET from_minute = excluded.from_minute, until_minute = excluded.until_minute, zone = excluded.zone;

-- :name mail_drop_quiet
-- :in  person id
-- :out none
DELETE FROM mail_quiet WHERE person = :person;

-- :name mail_move_quiet
-- :in  person id, zone text
-- :out none
UPDATE mail_quiet SET zone = :zone WHERE person = :person;
