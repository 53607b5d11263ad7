-- :name db_meta_get
-- :in   key text
-- :out  maybe value text
SELECT value FROM db_meta WHERE key = :key;

-- :name db_meta_add
-- :in   key text, value text
-- :changes
-- The first one to say it wins: a purpose is written once.
INSERT INTO db_meta (key, value) VALUES (:key, :value) ON CONFLICT (key) DO NOTHING;

-- :name db_meta_put
-- :in   key text, value text
INSERT INTO db_meta (key, value) VALUES (:key, :value) ON CONFLICT (key) DO UPDATE SET value = excluded.value;
