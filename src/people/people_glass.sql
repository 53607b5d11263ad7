-- Who has read what about whom.

-- :name people_visit_open
-- :in  actor id, route text, subject id, slot int
-- :out maybe id id
SELECT id FROM people_visit WHERE actor = :actor AND route = :route AND subject = :subject AND slot = :slot;

-- :name people_visit_insert
-- :in  id id, actor id, office text, route text, subject id, slot int, at time, why text
INSERT INTO people_visit (id, actor, office, route, subject, slot, at, last_at, times, why)
VALUES (:id, :actor, :office, :route, :subject, :slot, :at, :at, 1, :why);

-- :name people_visit_again
-- :in  id id, at time, why text
UPDATE people_visit SET last_at = :at, times = times + 1, why = CASE WHEN :why <> '' THEN :why ELSE why END WHERE id = :id;

-- :name people_seen_insert
-- :in  visit id, actor id, list text
-- :changes
-- list: JSON, [{"i": person or pair, "j": 1 for a pair, "w": what}]. Staff who take part nowhere have no log of their own.
INSERT INTO people_seen (about, visit, what)
SELECT about, :visit, what
  FROM (SELECT CAST(json_extract(x.value, '$.i') AS @int) AS about, json_extract(x.value, '$.w') AS what
          FROM json_each(:list) x WHERE json_extract(x.value, '$.j') = 0
         UNION
        SELECT p.mentor, json_extract(x.value, '$.w')
          FROM json_each(:list) x JOIN journeys_pair p ON p.id = json_extract(x.value, '$.i') WHERE json_extract(x.value, '$.j') = 1
         UNION
        SELECT p.mentee, json_extract(x.value, '$.w')
          FROM json_each(:list) x JOIN journeys_pair p ON p.id = json_extract(x.value, '$.i') WHERE json_extract(x.value, '$.j') = 1) s
 WHERE about <> :actor
   AND EXISTS (SELECT 1 FROM people_person o WHERE o.id = s.about AND o.erased_at IS NULL)
   AND (EXISTS (SELECT 1 FROM programmes_participant t WHERE t.person = s.about)
        OR NOT EXISTS (SELECT 1 FROM people_role r WHERE r.person = s.about))
    ON CONFLICT (about, visit, what) DO NOTHING;
-- :postgres
INSERT INTO people_seen (about, visit, what)
SELECT about, :visit, what
  FROM (SELECT CAST(x.value ->> 'i' AS @int) AS about, x.value ->> 'w' AS what
          FROM json_array_elements(CAST(:list AS json)) x WHERE x.value ->> 'j' = '0'
         UNION
        SELECT p.mentor, x.value ->> 'w'
          FROM json_array_elements(CAST(:list AS json)) x JOIN journeys_pair p ON p.id = CAST(x.value ->> 'i' AS @int)
         WHERE x.value ->> 'j' = '1'
         UNION
        SELECT p.mentee, x.value ->> 'w'
          FROM json_array_elements(CAST(:list AS json)) x JOIN journeys_pair p ON p.id = CAST(x.value ->> 'i' AS @int)
         WHERE x.value ->> 'j' = '1') s
 WHERE about <> :actor
   AND EXISTS (SELECT 1 FROM people_person o WHERE o.id = s.about AND o.erased_at IS NULL)
   AND (EXISTS (SELECT 1 FROM programmes_participant t WHERE t.person = s.about)
        OR NOT EXISTS (SELECT 1 FROM people_role r WHERE r.person = s.about))
    ON CONFLICT (about, visit, what) DO NOTHING;

-- :name people_visits_of
-- :in  about id, before time, most int
-- :out many visit id, at time, last_at time, times int, office text, route text, why text, what text, actor id, reader_first text?, reader_last text?
-- :reads nobody
-- Newest first: for the person whom it is about.
SELECT v.id AS visit, v.at, v.last_at, v.times, v.office, v.route, v.why, s.what, v.actor,
       p.first_name AS reader_first, p.last_name AS reader_last
  FROM people_seen s JOIN people_visit v ON v.id = s.visit LEFT JOIN people_person p ON p.id = v.actor
 WHERE s.about = :about AND v.last_at < :before
 ORDER BY v.last_at DESC, v.id DESC, s.what LIMIT :most;

-- :name people_seen_tidy
-- :in  before time
-- :changes
DELETE FROM people_seen WHERE visit IN (SELECT id FROM people_visit WHERE last_at < :before);

-- :name people_visit_tidy
-- :in  before time
-- :changes
DELETE FROM people_visit WHERE last_at < :before;
