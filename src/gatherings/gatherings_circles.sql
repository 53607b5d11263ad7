-- :name gatherings_circle_rows
-- :in   cohort id
-- :out  many id id, side text, number int, confirmed_at time?, place text?
SELECT id, side, number, confirmed_at, place FROM gatherings_circle WHERE cohort = :cohort ORDER BY side DESC, number, id;

-- :name gatherings_circle_row
-- :in   id id
-- :out  maybe id id, cohort id, side text, number int, confirmed_at time?, place text?
SELECT id, cohort, side, number, confirmed_at, place FROM gatherings_circle WHERE id = :id;

-- :name gatherings_circle_members
-- :in   cohort id
-- :out  many circle id, person id, move_reason text?
SELECT m.circle, m.person, m.move_reason
  FROM gatherings_circle c JOIN gatherings_circle_member m ON m.circle = c.id
 WHERE c.cohort = :cohort
 ORDER BY m.circle, m.person;

-- :name gatherings_circle_of
-- :in   cohort id, person id, side text
-- :out  maybe circle id
SELECT m.circle
  FROM gatherings_circle_member m JOIN gatherings_circle c ON c.id = m.circle
 WHERE m.person = :person AND c.cohort = :cohort AND c.side = :side
 ORDER BY c.number LIMIT 1;

-- :name gatherings_circles_of
-- :in   person id
-- :out  many circle id, cohort id
-- Only what staff has confirmed.
SELECT m.circle, c.cohort
  FROM gatherings_circle_member m JOIN gatherings_circle c ON c.id = m.circle
 WHERE m.person = :person AND c.confirmed_at IS NOT NULL
 ORDER BY c.formed_at DESC, c.number;

-- :name gatherings_circle_insert
-- :in   id id, cohort id, side text, number int, now time
INSERT INTO gatherings_circle (id, cohort, side, number, formed_at) VALUES (:id, :cohort, :side, :number, :now);

-- :name gatherings_circle_last
-- :in   cohort id, side text
-- :out  one number int
SELECT CAST(coalesce(max(number), 0) AS @int) AS number FROM gatherings_circle WHERE cohort = :cohort AND side = :side;

-- :name gatherings_circle_drop_members
-- :in   cohort id, side text
DELETE FROM gatherings_circle_member
 WHERE circle IN (SELECT id FROM gatherings_circle WHERE cohort = :cohort AND side = :side AND confirmed_at IS NULL);

-- :name gatherings_circle_drop
-- :in   cohort id, side text
DELETE FROM gatherings_circle WHERE cohort = :cohort AND side = :side AND confirmed_at IS NULL;

-- :name gatherings_circle_drop_empty
-- :in   cohort id
DELETE FROM gatherings_circle
 WHERE cohort = :cohort AND NOT EXISTS (SELECT 1 FROM gatherings_circle_member m WHERE m.circle = gatherings_circle.id);

-- :name gatherings_circle_add
-- :in   circle id, person id, moved_by id?, move_reason text?
INSERT INTO gatherings_circle_member (circle, person, moved_by, move_reason) VALUES (:circle, :person, :moved_by, :move_reason);

-- :name gatherings_circle_remove
-- :in   circle id, person id
DELETE FROM gatherings_circle_member WHERE circle = :circle AND person = :person;

-- :name gatherings_circle_confirm
-- :in   cohort id, side text, now time
-- :changes
UPDATE gatherings_circle SET confirmed_at = :now WHERE cohort = :cohort AND side = :side AND confirmed_at IS NULL;

-- :name gatherings_circle_set_place
-- :in   id id, place text?
UPDATE gatherings_circle SET place = :place WHERE id = :id;
