-- :name db_meta_clock
-- :out  maybe purpose int, ahead int?
-- The numbers of enum db_purpose; seconds that programme time is ahead of the machine's clock.
SELECT CASE p.value WHEN 'demo' THEN 1 WHEN 'test' THEN 2 ELSE 0 END, CAST(c.value AS @int)
  FROM db_meta p LEFT JOIN db_meta c ON c.key = 'clock_ahead'
 WHERE p.key = 'purpose';

-- :name db_meta_add
-- :in   key text, value text
-- :changes
-- The first one to say it wins: a purpose is written once.
INSERT INTO db_meta (key, value) VALUES (:key, :value) ON CONFLICT (key) DO NOTHING;

-- :name db_meta_put
-- :in   key text, value text
INSERT INTO db_meta (key, value) VALUES (:key, :value)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value;
