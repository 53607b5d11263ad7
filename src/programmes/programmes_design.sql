-- :name programmes_design_row
-- :in  id id
-- :out maybe id id, by_person id, cohort id?, changed_at time, by_name text, purpose text, success text, audience text, pack text, launch_day day?, size int?, touch text, staff_hours int?, budget text, sponsor_name text, sponsor_email text, risks text, basis text, name text, zone text, hours text, in_person bool, help_phone text, officer text
-- :reads nobody
-- Staff wrote it; it is about a programme.
SELECT d.id, d.by_person, d.cohort, d.changed_at, p.first_name AS by_name, d.purpose, d.success, d.audience, d.pack, d.launch_day, d.size,
       d.touch, d.staff_hours, d.budget, d.sponsor_name, d.sponsor_email, d.risks, d.basis, d.name, d.zone, d.hours, d.in_room AS in_person,
       d.help_phone, d.officer
  FROM programmes_design d JOIN people_person p ON p.id = d.by_person
 WHERE d.id = :id;

-- :name programmes_design_ids
-- :in  person id, all_of_them bool
-- :out many id id
SELECT id FROM programmes_design WHERE by_person = :person OR :all_of_them = 1 ORDER BY changed_at DESC, id DESC LIMIT 100;

-- :name programmes_design_of_cohort
-- :in  cohort id
-- :out maybe id id
SELECT id FROM programmes_design WHERE cohort = :cohort ORDER BY id LIMIT 1;

-- :name programmes_design_insert
-- :in  id id, by_person id, now time
INSERT INTO programmes_design (id, by_person, created_at, changed_at) VALUES (:id, :by_person, :now, :now);

-- :name programmes_design_update
-- :in  id id, now time, purpose text, success text, audience text, pack text, launch_day day?, size int?, touch text, staff_hours int?, budget text, sponsor_name text, sponsor_email text, risks text, basis text, name text, zone text, hours text, in_person bool, help_phone text, officer text
UPDATE programmes_design
   SET changed_at = :now, purpose = :purpose, success = :success, audience = :audience, pack = :pack, launch_day = :launch_day,
       size = :size, touch = :touch, staff_hours = :staff_hours, budget = :budget, sponsor_name = :sponsor_name,
       sponsor_email = :sponsor_email, risks = :risks, basis = :basis, name = :name, zone = :zone, hours = :hours,
       in_room = :in_person, help_phone = :help_phone, officer = :officer
 WHERE id = :id AND cohort IS NULL;

-- :name programmes_design_made
-- :in  id id, cohort id, now time
UPDATE programmes_design SET cohort = :cohort, changed_at = :now WHERE id = :id;

-- :name programmes_design_delete
-- :in  id id
DELETE FROM programmes_design WHERE id = :id AND cohort IS NULL;

-- :name programmes_design_targets
-- :in  design id
-- :out many figure text, least int
SELECT figure, least FROM programmes_design_target WHERE design = :design ORDER BY figure;

-- :name programmes_design_target_put
-- :in  design id, figure text, least int
INSERT INTO programmes_design_target (design, figure, least) VALUES (:design, :figure, :least)
    ON CONFLICT (design, figure) DO UPDATE SET least = :least;

-- :name programmes_design_targets_clear
-- :in  design id
DELETE FROM programmes_design_target WHERE design = :design;
