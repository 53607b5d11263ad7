-- :name gatherings_insert
-- :in  id id, cohort id, key text, kind text, title text, day day, minutes int, agenda text
INSERT INTO gatherings_gathering (id, cohort, key, kind, title, day, minutes, agenda)
VALUES (:id, :cohort, :key, :kind, :title, :day, :minutes, :agenda) ON CONFLICT (cohort, key) DO NOTHING;

-- :name gatherings_rows
-- :in  cohort id
-- :out many id id, cohort id, key text, kind text, title text, day day, minutes int, agenda text, recording_url text?
SELECT id, cohort, key, kind, title, day, minutes, agenda, recording_url
  FROM gatherings_gathering WHERE cohort = :cohort ORDER BY day, id;

-- :name gatherings_row
-- :in  id id
-- :out maybe id id, cohort id, key text, kind text, title text, day day, minutes int, agenda text, recording_url text?
SELECT id, cohort, key, kind, title, day, minutes, agenda, recording_url FROM gatherings_gathering WHERE id = :id;

-- :name gatherings_set_day
-- :in  id id, day day
UPDATE gatherings_gathering SET day = :day WHERE id = :id;

-- :name gatherings_set_recording_url
-- :in  id id, url text?
UPDATE gatherings_gathering SET recording_url = :url WHERE id = :id;

-- :name gatherings_sitting_rows
-- :in  cohort id
-- :out many id id, gathering id, starts_at time, join_url text?, held_at time?, fixed bool, sequence int
SELECT s.id, s.gathering, s.starts_at, s.join_url, s.held_at, s.fixed, s.sequence
  FROM gatherings_sitting s JOIN gatherings_gathering g ON g.id = s.gathering
 WHERE g.cohort = :cohort
 ORDER BY s.gathering, s.starts_at, s.id;

-- :name gatherings_sitting_row
-- :in  id id
-- :out maybe id id, gathering id, cohort id, starts_at time, minutes int, join_url text?, held_at time?, fixed bool, sequence int
SELECT s.id, s.gathering, g.cohort, s.starts_at, g.minutes, s.join_url, s.held_at, s.fixed, s.sequence
  FROM gatherings_sitting s JOIN gatherings_gathering g ON g.id = s.gathering
 WHERE s.id = :id;

-- :name gatherings_sitting_insert
-- :in  id id, gathering id, starts_at time, fixed bool
INSERT INTO gatherings_sitting (id, gathering, starts_at, fixed) VALUES (:id, :gathering, :starts_at, :fixed);

-- :name gatherings_sitting_move
-- :in  id id, starts_at time, fixed bool
UPDATE gatherings_sitting SET starts_at = :starts_at, fixed = :fixed, sequence = sequence + 1
 WHERE id = :id AND starts_at <> :starts_at;

-- :name gatherings_sitting_link
-- :in  id id, url text?
UPDATE gatherings_sitting SET join_url = :url WHERE id = :id;

-- :name gatherings_sitting_held
-- :in  id id, now time
UPDATE gatherings_sitting SET held_at = coalesce(held_at, :now) WHERE id = :id;

-- :name gatherings_sitting_delete
-- :in  id id
DELETE FROM gatherings_sitting WHERE id = :id;

-- :name gatherings_seat_put
-- :in  gathering id, person id, sitting id
-- An answer stays: the person comes, to another sitting.
INSERT INTO gatherings_seat (gathering, person, sitting) VALUES (:gathering, :person, :sitting)
    ON CONFLICT (gathering, person) DO UPDATE SET sitting = :sitting;

-- :name gatherings_seats_leave
-- :in  sitting id
-- Seats of people who have left the cohort, before their sitting goes.
DELETE FROM gatherings_seat WHERE sitting = :sitting;

-- :name gatherings_seat_remove
-- :in  gathering id, person id
DELETE FROM gatherings_seat WHERE gathering = :gathering AND person = :person;

-- :name gatherings_seat_rows
-- :in  cohort id
-- :out many gathering id, person id, sitting id, answer text?, attended text?
SELECT t.gathering, t.person, t.sitting, t.answer, t.attended
  FROM gatherings_seat t JOIN gatherings_gathering g ON g.id = t.gathering
 WHERE g.cohort = :cohort
 ORDER BY t.gathering, t.person;

-- :name gatherings_seat_row
-- :in  gathering id, person id
-- :out maybe sitting id, answer text?, attended text?
SELECT sitting, answer, attended FROM gatherings_seat WHERE gathering = :gathering AND person = :person;

-- :name gatherings_seats_rows
-- :in  person id, cohort id
-- :out many gathering id, sitting id, starts_at time, minutes int, key text, kind text, title text, join_url text?, agenda text, recording_url text?, answer text?, attended text?
SELECT g.id AS gathering, s.id AS sitting, s.starts_at, g.minutes, g.key, g.kind, g.title, s.join_url, g.agenda,
       g.recording_url, t.answer, t.attended
  FROM gatherings_seat t
  JOIN gatherings_gathering g ON g.id = t.gathering
  JOIN gatherings_sitting s ON s.id = t.sitting
 WHERE t.person = :person AND g.cohort = :cohort
 ORDER BY s.starts_at, g.id;

-- :name gatherings_seats_since
-- :in  person id, since time
-- :out many cohort id, gathering id, sitting id, starts_at time, minutes int, key text, title text, join_url text?, answer text?, sequence int
-- For the calendar: every cohort of a person. Not what was refused.
SELECT g.cohort, g.id AS gathering, s.id AS sitting, s.starts_at, g.minutes, g.key, g.title, s.join_url, t.answer, s.sequence
  FROM gatherings_seat t
  JOIN gatherings_gathering g ON g.id = t.gathering
  JOIN gatherings_sitting s ON s.id = t.sitting
 WHERE t.person = :person AND s.starts_at >= :since
 ORDER BY s.starts_at, g.id;

-- :name gatherings_seat_people
-- :in  gathering id
-- :out many person id, sitting id, first_name text, last_name text, zone text, answer text?, attended text?
SELECT t.person, t.sitting, p.first_name, p.last_name, p.zone, t.answer, t.attended
  FROM gatherings_seat t JOIN people_person p ON p.id = t.person
 WHERE t.gathering = :gathering
 ORDER BY p.first_name, p.last_name, t.person;

-- :name gatherings_seat_answer
-- :in  gathering id, person id, answer text, now time
-- :changes
UPDATE gatherings_seat SET answer = :answer, answered_at = :now WHERE gathering = :gathering AND person = :person;

-- :name gatherings_seat_attended
-- :in  gathering id, person id, attended text
-- :changes
UPDATE gatherings_seat SET attended = :attended WHERE gathering = :gathering AND person = :person;

-- :name gatherings_due_rows
-- :in  cohort id, since time, until time
-- :out many gathering id, sitting id, starts_at time, minutes int, key text, title text, seats int, unknown int
-- unknown: seats of which nobody has said whether their owner came.
SELECT g.id AS gathering, s.id AS sitting, s.starts_at, g.minutes, g.key, g.title,
       (SELECT count(*) FROM gatherings_seat t WHERE t.sitting = s.id) AS seats,
       (SELECT count(*) FROM gatherings_seat t WHERE t.sitting = s.id AND t.attended IS NULL) AS unknown
  FROM gatherings_sitting s JOIN gatherings_gathering g ON g.id = s.gathering
 WHERE g.cohort = :cohort AND s.starts_at >= :since AND s.starts_at < :until
 ORDER BY s.starts_at, s.id;
