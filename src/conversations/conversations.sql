-- :name conversations_page
-- :in   pair id, before id, most int
-- :out  many id id, sender id, at time, body text, via text
-- The newest first; ids grow with time.
SELECT id, sender, at, body, via
  FROM conversations_message
 WHERE pair = :pair AND id < :before
 ORDER BY id DESC LIMIT :most;

-- :name conversations_insert
-- :in   pair id, id id, sender id, at time, body text, via text, mail_id text?
INSERT INTO conversations_message (pair, id, sender, at, body, via, mail_id)
VALUES (:pair, :id, :sender, :at, :body, :via, :mail_id);

-- :name conversations_newest
-- :in   pair id
-- :out  one id id?
SELECT max(id) AS id FROM conversations_message WHERE pair = :pair;

-- :name conversations_by_mail
-- :in   mail_id text
-- :out  maybe id id
SELECT id FROM conversations_message WHERE mail_id = :mail_id;

-- :name conversations_last_of
-- :in   pair id, sender id
-- :out  maybe id id, at time, body text
SELECT id, at, body FROM conversations_message WHERE pair = :pair AND sender = :sender ORDER BY id DESC LIMIT 1;

-- :name conversations_count_unread
-- :in   pair id, person id
-- :out  one n int
SELECT count(*) AS n
  FROM conversations_message m
 WHERE m.pair = :pair AND m.sender <> :person
   AND m.id > coalesce((SELECT r.until_id FROM conversations_read r WHERE r.pair = :pair AND r.person = :person), 0);

-- :name conversations_set_read
-- :in   pair id, person id
INSERT INTO conversations_read (pair, person, until_id)
SELECT CAST(:pair AS @int), CAST(:person AS @int), coalesce(max(m.id), 0) FROM conversations_message m WHERE m.pair = :pair
    ON CONFLICT (pair, person) DO UPDATE SET until_id = excluded.until_id;

-- :name conversations_forget_messages
-- :in   pair id
DELETE FROM conversations_message WHERE pair = :pair;

-- :name conversations_forget_read
-- :in   pair id
DELETE FROM conversations_read WHERE pair = :pair;
