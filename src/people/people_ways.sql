-- Ways to sign in, second factors, more addresses.

-- ---- sessions ----

-- :name people_session_state
-- :in  hash blob, now time
-- :out maybe person id, proven_at time, strong bool, pending bool, means text, next text?
SELECT person, proven_at, strong, pending, means, next FROM people_session WHERE hash = :hash AND expires_at > :now;

-- :name people_session_strengthen
-- :in  hash blob
UPDATE people_session SET strong = 1 WHERE hash = :hash AND pending = 0;

-- ---- how often ----

-- :name people_attempts_so_far
-- :in  what text, whom blob, at time
-- :out maybe n int
SELECT n FROM people_attempt WHERE what = :what AND whom = :whom AND at = :at;

-- :name people_attempt_take_back
-- :in  what text, whom blob, at time
UPDATE people_attempt SET n = n - 1 WHERE what = :what AND whom = :whom AND at = :at AND n > 0;

-- ---- passwords ----

-- :name people_password_row
-- :in  person id
-- :out maybe hash text, set_at time
SELECT hash, set_at FROM people_password WHERE person = :person;

-- :name people_password_put
-- :in  person id, hash text, now time
INSERT INTO people_password (person, hash, set_at) VALUES (:person, :hash, :now)
    ON CONFLICT (person) DO UPDATE SET hash = excluded.hash, set_at = excluded.set_at;

-- :name people_password_rehash
-- :in  person id, hash text
UPDATE people_password SET hash = :hash WHERE person = :person;

-- :name people_password_delete
-- :in  person id
-- :changes
DELETE FROM people_password WHERE person = :person;

-- ---- passkeys ----

-- :name people_passkey_list
-- :in  person id
-- :out many id id, credential blob, name text, added_at time, used_at time?
SELECT id, credential, name, added_at, used_at FROM people_passkey WHERE person = :person ORDER BY added_at, id;

-- :name people_passkey_by_credential
-- :in  credential blob
-- :out maybe id id, person id, algorithm int, public_key blob, sign_count int, name text
SELECT id, person, algorithm, public_key, sign_count, name FROM people_passkey WHERE credential = :credential;

-- :name people_passkey_insert
-- :in  id id, person id, credential blob, algorithm int, public_key blob, sign_count int, name text, now time
-- :changes
INSERT INTO people_passkey (id, person, credential, algorithm, public_key, sign_count, name, added_at)
VALUES (:id, :person, :credential, :algorithm, :public_key, :sign_count, :name, :now)
    ON CONFLICT (credential) DO NOTHING;

-- :name people_passkey_used
-- :in  id id, sign_count int, now time
-- :changes
-- Nothing changes when the counter has not moved on although it counts.
UPDATE people_passkey SET sign_count = :sign_count, used_at = :now
 WHERE id = :id AND (sign_count < :sign_count OR (sign_count = 0 AND :sign_count = 0));

-- :name people_passkey_one
-- :in  id id, person id
-- :out maybe name text
SELECT name FROM people_passkey WHERE id = :id AND person = :person;

-- :name people_passkey_delete
-- :in  id id, person id
-- :changes
DELETE FROM people_passkey WHERE id = :id AND person = :person;

-- :name people_passkey_delete_all
-- :in  person id
DELETE FROM people_passkey WHERE person = :person;

-- :name people_challenge_insert
-- :in  hash blob, expires time
-- :changes
INSERT INTO people_challenge (hash, expires_at) VALUES (:hash, :expires) ON CONFLICT (hash) DO NOTHING;

-- :name people_challenge_tidy
-- :in  now time
DELETE FROM people_challenge WHERE expires_at <= :now;

-- ---- codes from an app, and for the day it is lost ----

-- :name people_authenticator_row
-- :in  person id
-- :out maybe secret blob, last_step int, added_at time
SELECT secret, last_step, added_at FROM people_authenticator WHERE person = :person;

-- :name people_authenticator_put
-- :in  person id, secret blob, last_step int, now time
INSERT INTO people_authenticator (person, secret, last_step, added_at) VALUES (:person, :secret, :last_step, :now)
    ON CONFLICT (person) DO UPDATE SET secret = excluded.secret, last_step = excluded.last_step, added_at = excluded.added_at;

-- :name people_authenticator_step
-- :in  person id, secret blob, step int
-- :changes
UPDATE people_authenticator SET last_step = :step, secret = :secret WHERE person = :person AND last_step < :step;

-- :name people_authenticator_delete
-- :in  person id
-- :changes
DELETE FROM people_authenticator WHERE person = :person;

-- :name people_recovery_open
-- :in  person id
-- :out many id id, salt blob, hash blob
SELECT id, salt, hash FROM people_recovery WHERE person = :person AND used_at IS NULL ORDER BY id;

-- :name people_recovery_insert
-- :in  id id, person id, salt blob, hash blob, now time
INSERT INTO people_recovery (id, person, salt, hash, made_at) VALUES (:id, :person, :salt, :hash, :now);

-- :name people_recovery_use
-- :in  id id, now time
-- :changes
UPDATE people_recovery SET used_at = :now WHERE id = :id AND used_at IS NULL;

-- :name people_recovery_delete_all
-- :in  person id
DELETE FROM people_recovery WHERE person = :person;

-- ---- addresses ----

-- :name people_address_list
-- :in  person id
-- :out many id id, email text, email_key text, added_at time, confirmed_at time?
SELECT id, email, email_key, added_at, confirmed_at FROM people_address WHERE person = :person ORDER BY added_at, id;

-- :name people_address_one
-- :in  id id, person id
-- :out maybe email text, email_key text, confirmed_at time?
SELECT email, email_key, confirmed_at FROM people_address WHERE id = :id AND person = :person;

-- :name people_address_by_hash
-- :in  hash blob, person id, now time
-- :out maybe id id, email text, email_key text
SELECT id, email, email_key FROM people_address
 WHERE hash = :hash AND person = :person AND expires_at > :now AND confirmed_at IS NULL;

-- :name people_address_of_key
-- :in  person id, key text
-- :out maybe email text
SELECT email FROM people_address WHERE person = :person AND email_key = :key AND confirmed_at IS NOT NULL;

-- :name people_address_insert
-- :in  id id, person id, email text, key text, now time, confirmed_at time?, hash blob?, expires time
INSERT INTO people_address (id, person, email, email_key, added_at, confirmed_at, hash, expires_at)
VALUES (:id, :person, :email, :key, :now, :confirmed_at, :hash, :expires)
    ON CONFLICT (person, email_key) DO UPDATE SET hash = excluded.hash, expires_at = excluded.expires_at;

-- :name people_address_confirm
-- :in  id id, now time
-- :changes
UPDATE people_address SET confirmed_at = :now, hash = NULL WHERE id = :id AND confirmed_at IS NULL;

-- :name people_address_delete
-- :in  id id, person id
-- :changes
DELETE FROM people_address WHERE id = :id AND person = :person;

-- :name people_address_tidy
-- :in  before time
DELETE FROM people_address WHERE confirmed_at IS NULL AND expires_at < :before;

-- :name people_set_main_address
-- :in  id id, email text, key text
UPDATE people_person SET email = :email, email_key = :key WHERE id = :id;
