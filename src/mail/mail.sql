-- :name mail_insert
-- :in  id id, person id, cohort id, address text, name text, locale text, class text, rule text, anchor text, subject text, body text, from_name text?, reply_to text?, unsubscribe text?, message_id text, created_at time, next_try time
-- :out none
-- :changes
INSERT INTO mail_outbox (id, person, cohort, address, name, locale, class, rule, anchor, subject, body, from_name, reply_to,
                         unsubscribe, message_id, created_at, state, next_try)
VALUES (:id, :person, :cohort, :address, :name, :locale, :class, :rule, :anchor, :subject, :body, :from_name, :reply_to,
        :unsubscribe, :message_id, :created_at, 'queued', :next_try)
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
-- :in  machine time, until time, most int, all bool
-- all 0: only what somebody waits for.
-- :out many id id, person id, cohort id, address text, name text, locale text, class text, rule text, anchor text, subject text, body text, from_name text?, reply_to text?, unsubscribe text?, message_id text, created_at time, tries int
UPDATE mail_outbox SET lease_until = :until, tries = tries + 1
 WHERE id IN (SELECT id FROM mail_outbox
               WHERE state = 'queued' AND (next_try <= :machine OR next_try > :machine + 86400)
                 AND (lease_until <= :machine OR lease_until > :machine + 86400)
                 AND (:all = 1 OR class = 'event')
               ORDER BY next_try, id LIMIT :most)
RETURNING id, person, cohort, address, name, locale, class, rule, anchor, subject, body, from_name, reply_to, unsubscribe,
          message_id, created_at, tries;
-- :postgres
UPDATE mail_outbox SET lease_until = :until, tries = tries + 1
 WHERE id IN (SELECT id FROM mail_outbox
               WHERE state = 'queued' AND (next_try <= :machine OR next_try > :machine + 86400)
                 AND (lease_until <= :machine OR lease_until > :machine + 86400)
                 AND (:all = 1 OR class = 'event')
               ORDER BY next_try, id LIMIT :most FOR UPDATE SKIP LOCKED)
RETURNING id, person, cohort, address, name, locale, class, rule, anchor, subject, body, from_name, reply_to, unsubscribe,
          message_id, created_at, tries;

-- :name mail_mark_sent
-- :in  id id, machine time
-- :out none
UPDATE mail_outbox SET state = 'sent', sent_at = :machine, lease_until = 0, error = NULL WHERE id = :id AND state = 'queued';

-- :name mail_mark_failed
-- :in  id id, next_try time, state text, error text
-- :out none
UPDATE mail_outbox SET state = :state, next_try = :next_try, lease_until = 0, error = :error WHERE id = :id AND state = 'queued';

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

-- :name mail_forget_bodies
-- :in  before time
-- :out none
UPDATE mail_outbox SET body = '' WHERE state = 'sent' AND created_at < :before AND body <> '';

-- :name mail_queue_size
-- :in  refused bool
-- :out one n int, since time?
SELECT count(*), min(created_at) FROM mail_outbox
 WHERE state = 'queued' AND (:refused = 0 OR error IS NOT NULL);

-- :name mail_queue_error
-- :out maybe error text?
SELECT error FROM mail_outbox
 WHERE state = 'queued' AND error IS NOT NULL ORDER BY next_try DESC, id DESC LIMIT 1;
