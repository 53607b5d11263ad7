-- :name people_person_row
-- :in  id id
-- :out maybe id id, email text, first_name text, last_name text, locale text, zone text, zone_confirmed bool, phone text?, call_from int?, call_until int?, structure int, programme_mail bool, calendar_generation int
SELECT id, email, first_name, last_name, locale, zone, zone_confirmed, phone, call_from, call_until, structure,
       programme_mail, calendar_generation
  FROM people_person WHERE id = :id;

-- :name people_person_by_key
-- :in  key text
-- :out maybe id id
-- By the main address, or by another one that has been confirmed; no key stands in both.
SELECT id FROM people_person WHERE email_key = :key
 UNION
SELECT person AS id FROM people_address WHERE email_key = :key AND confirmed_at IS NOT NULL;

-- :name people_person_insert
-- :in  id id, email text, key text, first_name text, last_name text, locale text, zone text, zone_confirmed bool, phone text?, now time
INSERT INTO people_person (id, email, email_key, first_name, last_name, locale, zone, zone_confirmed, phone, created_at)
VALUES (:id, :email, :key, :first_name, :last_name, :locale, :zone, :zone_confirmed, :phone, :now);

-- :name people_profile_insert
-- :in  person id
INSERT INTO people_profile (person) VALUES (:person) ON CONFLICT (person) DO NOTHING;

-- :name people_status_insert
-- :in  person id
INSERT INTO people_status (person) VALUES (:person) ON CONFLICT (person) DO NOTHING;

-- :name people_save_basics
-- :in  id id, first_name text, last_name text, locale text, zone text, phone text?, call_from int?, call_until int?
UPDATE people_person
   SET first_name = :first_name, last_name = :last_name, locale = :locale, zone = :zone, zone_confirmed = 1,
       phone = :phone, call_from = :call_from, call_until = :call_until
 WHERE id = :id;

-- :name people_save_structure
-- :in  id id, structure int
UPDATE people_person SET structure = :structure WHERE id = :id;

-- :name people_save_programme_mail
-- :in  id id, wanted bool
UPDATE people_person SET programme_mail = :wanted WHERE id = :id;

-- :name people_raise_calendar
-- :in  id id
UPDATE people_person SET calendar_generation = calendar_generation + 1 WHERE id = :id;

-- :name people_profile_row
-- :in  person id
-- :out maybe about text?, offers text?, wants text?, goals text?, interests text?, languages text?, availability text?, location text?, biography text?, biography_approved_at time?
SELECT about, offers, wants, goals, interests, languages, availability, location, biography, biography_approved_at
  FROM people_profile WHERE person = :person;

-- :name people_save_profile
-- :in  person id, about text?, offers text?, wants text?, goals text?, interests text?, languages text?, availability text?, biography text?, biography_approved_at time?
UPDATE people_profile
   SET about = :about, offers = :offers, wants = :wants, goals = :goals, interests = :interests, languages = :languages,
       availability = :availability, biography = :biography, biography_approved_at = :biography_approved_at
 WHERE person = :person;

-- :name people_status_row
-- :in  person id
-- :out maybe title text?, grade text?, organisation text?, department text?, team text?, profession text?, manager_email text?, staff_id text?, managers_manager_email text?
-- Only people_card() (after a mutual reveal) and people_status() (for staff and the solver) read this table.
SELECT title, grade, organisation, department, team, profession, manager_email, staff_id, managers_manager_email
  FROM people_status WHERE person = :person;

-- ---- sessions ----

-- :name people_session_insert
-- :in  id id, hash blob, person id, now time, expires time, agent text, means text, address text, strong bool, pending bool, next text?
INSERT INTO people_session (id, hash, person, created_at, touched_at, expires_at, agent, means, address, proven_at, strong, pending, next)
VALUES (:id, :hash, :person, :now, :now, :expires, :agent, :means, :address, :now, :strong, :pending, :next);

-- :name people_session_who
-- :reads nobody
-- :in  hash blob, now time
-- :out maybe session id, person id, touched_at time, strong bool, email text, first_name text, locale text, zone text, roles int
-- Everything a request needs to know about who is asking, in one statement. roles: enum role of base/who.h.
SELECT s.id AS session, p.id AS person, s.touched_at, s.strong, p.email, p.first_name, p.locale, p.zone,
       CASE WHEN EXISTS (SELECT 1 FROM programmes_participant t WHERE t.person = p.id) THEN 1 ELSE 0 END
       + CASE WHEN EXISTS (SELECT 1 FROM people_role r WHERE r.person = p.id AND r.role = 'coordinator') THEN 2 ELSE 0 END
       + CASE WHEN EXISTS (SELECT 1 FROM people_role r WHERE r.person = p.id AND r.role = 'administrator') THEN 4 ELSE 0 END
       + CASE WHEN EXISTS (SELECT 1 FROM people_role r WHERE r.person = p.id AND r.role = 'sponsor') THEN 8 ELSE 0 END
       + CASE WHEN EXISTS (SELECT 1 FROM people_role r WHERE r.person = p.id AND r.role = 'contact') THEN 16 ELSE 0 END
       + CASE WHEN EXISTS (SELECT 1 FROM people_role r WHERE r.person = p.id AND r.role = 'manager') THEN 32 ELSE 0 END
  FROM people_session s JOIN people_person p ON p.id = s.person
 WHERE s.hash = :hash AND s.expires_at > :now AND s.pending = 0;

-- :name people_person_roles
-- :in  person id
-- :out one roles int
SELECT CASE WHEN EXISTS (SELECT 1 FROM programmes_participant t WHERE t.person = :person) THEN 1 ELSE 0 END
       + CASE WHEN EXISTS (SELECT 1 FROM people_role r WHERE r.person = :person AND r.role = 'coordinator') THEN 2 ELSE 0 END
       + CASE WHEN EXISTS (SELECT 1 FROM people_role r WHERE r.person = :person AND r.role = 'administrator') THEN 4 ELSE 0 END
       + CASE WHEN EXISTS (SELECT 1 FROM people_role r WHERE r.person = :person AND r.role = 'sponsor') THEN 8 ELSE 0 END
       + CASE WHEN EXISTS (SELECT 1 FROM people_role r WHERE r.person = :person AND r.role = 'contact') THEN 16 ELSE 0 END
       + CASE WHEN EXISTS (SELECT 1 FROM people_role r WHERE r.person = :person AND r.role = 'manager') THEN 32 ELSE 0 END;

-- :name people_session_touch
-- :in  hash blob, now time, until time, whole int, staff_whole int, before time
-- Lives on until then, but never longer than whole seconds after it began; staff_whole for whoever works at the desk.
UPDATE people_session
   SET touched_at = :now,
       expires_at = CASE WHEN EXISTS (SELECT 1 FROM people_role r WHERE r.person = people_session.person
                                         AND r.role IN ('administrator', 'coordinator', 'contact')
                                         AND :until > people_session.created_at + :staff_whole) THEN created_at + :staff_whole
                         WHEN :until > created_at + :whole THEN created_at + :whole ELSE :until END
 WHERE hash = :hash AND touched_at < :before AND pending = 0;

-- :name people_session_list
-- :in  person id, now time
-- :out many id id, hash blob, created_at time, touched_at time, agent text, means text, address text, strong bool
SELECT id, hash, created_at, touched_at, agent, means, address, strong FROM people_session
 WHERE person = :person AND expires_at > :now AND pending = 0 ORDER BY touched_at DESC LIMIT 50;

-- :name people_session_delete
-- :in  id id, person id
-- :changes
DELETE FROM people_session WHERE id = :id AND person = :person;

-- :name people_session_delete_by_hash
-- :in  hash blob
DELETE FROM people_session WHERE hash = :hash;

-- :name people_session_tidy
-- :in  now time
DELETE FROM people_session WHERE expires_at <= :now;

-- ---- sign-in links ----

-- :name people_link_insert
-- :in  hash blob, person id, now time, expires time, next text?
INSERT INTO people_link (hash, person, created_at, expires_at, next) VALUES (:hash, :person, :now, :expires, :next);

-- :name people_link_row
-- :in  hash blob
-- :out maybe person id, expires_at time, used_at time?, next text?
SELECT person, expires_at, used_at, next FROM people_link WHERE hash = :hash;

-- :name people_link_use
-- :in  hash blob, now time
-- :changes
UPDATE people_link SET used_at = :now WHERE hash = :hash AND used_at IS NULL AND expires_at > :now;

-- :name people_link_tidy
-- :in  before time
DELETE FROM people_link WHERE expires_at < :before;

-- ---- rate limits ----

-- :name people_attempt_count
-- :in  what text, whom blob, at time
-- :out one n int
INSERT INTO people_attempt (what, whom, at, n) VALUES (:what, :whom, :at, 1)
    ON CONFLICT (what, whom, at) DO UPDATE SET n = people_attempt.n + 1
RETURNING n;

-- :name people_attempt_tidy
-- :in  before time
DELETE FROM people_attempt WHERE at < :before;

-- ---- roles ----

-- :name people_role_held
-- :in  person id, role text, scope id
-- :out one n int
-- A role with scope 0 holds everywhere; asking with scope 0 means anywhere.
SELECT count(*) FROM people_role
 WHERE person = :person AND role = :role AND (scope = 0 OR scope = :scope OR :scope = 0);

-- :name people_role_insert
-- :in  person id, role text, scope id, now time, given_by id
INSERT INTO people_role (person, role, scope, given_at, given_by) VALUES (:person, :role, :scope, :now, :given_by)
    ON CONFLICT (person, role, scope) DO NOTHING;

-- :name people_role_delete
-- :in  person id, role text, scope id
DELETE FROM people_role WHERE person = :person AND role = :role AND scope = :scope;

-- :name people_role_members
-- :in  role text, scope id
-- :out many person id
SELECT DISTINCT person FROM people_role WHERE role = :role AND (scope = 0 OR scope = :scope OR :scope = 0) ORDER BY person;

-- :name people_scopes
-- :in  person id, role text
-- :out many scope id
SELECT scope FROM people_role WHERE person = :person AND role = :role ORDER BY scope;

-- ---- audit ----

-- :name people_audit_insert
-- :in  id id, at time, machine_at time, actor id, act text, about id, subject id, detail text
INSERT INTO people_audit (id, at, machine_at, actor, act, about, subject, detail)
VALUES (:id, :at, :machine_at, :actor, :act, :about, :subject, :detail);

-- :name people_acts_of_subject
-- :reads nobody
-- :in  act text, subject id
-- :out many at time, first_name text?
SELECT a.at, p.first_name FROM people_audit a LEFT JOIN people_person p ON p.id = a.actor
 WHERE a.act = :act AND a.subject = :subject ORDER BY a.at DESC, a.id DESC LIMIT 50;

-- :name people_done_about
-- :reads nobody
-- :in  about id
-- :out many at time, act text, first_name text?, actor id
-- For the person: what was done, also by themselves; what was read stands in the glass log.
SELECT a.at, a.act, p.first_name, a.actor
  FROM people_audit a LEFT JOIN people_person p ON p.id = a.actor
 WHERE a.about = :about AND a.act NOT IN ('person.read', 'pair.read') ORDER BY a.at DESC, a.id DESC LIMIT 100;

-- :name people_audit_about
-- :reads nobody
-- :in  about id
-- :out many at time, act text, first_name text?, actor id
SELECT a.at, a.act, p.first_name, a.actor
  FROM people_audit a LEFT JOIN people_person p ON p.id = a.actor
 WHERE a.about = :about AND a.actor <> :about ORDER BY a.at DESC, a.id DESC LIMIT 100;

-- ---- what a roster brings ----

-- :name people_roster_basics
-- :in  id id, first_name text, last_name text, phone text?, zone text, zone_confirmed bool
UPDATE people_person SET first_name = :first_name, last_name = :last_name, phone = :phone, zone = :zone,
       zone_confirmed = :zone_confirmed
 WHERE id = :id;

-- :name people_roster_status
-- :in  person id, title text?, grade text?, organisation text?, department text?, team text?, profession text?, manager_email text?, staff_id text?, managers_manager_email text?
UPDATE people_status
   SET title = :title, grade = :grade, organisation = :organisation, department = :department, team = :team,
       profession = :profession, manager_email = :manager_email, staff_id = :staff_id,
       managers_manager_email = :managers_manager_email
 WHERE person = :person;

-- :name people_of_staff_id
-- :in  staff_id text
-- :out many person id, email text
SELECT s.person, p.email FROM people_status s JOIN people_person p ON p.id = s.person WHERE s.staff_id = :staff_id ORDER BY s.person LIMIT 2;

-- :name people_roster_profile
-- :in  person id, offers text?, wants text?, goals text?, interests text?, languages text?, availability text?, location text?, biography text?
UPDATE people_profile
   SET offers = :offers, wants = :wants, goals = :goals, interests = :interests, languages = :languages,
       availability = :availability, location = :location, biography = :biography
 WHERE person = :person;

-- :name people_extra_value
-- :in  person id, name text
-- :out maybe value text
SELECT value FROM people_extra WHERE person = :person AND name = :name;

-- :name people_extra_put
-- :in  person id, name text, value text
INSERT INTO people_extra (person, name, value) VALUES (:person, :name, :value)
    ON CONFLICT (person, name) DO UPDATE SET value = excluded.value;

-- :name people_extra_all
-- :in  person id
-- :out many name text, value text
SELECT name, value FROM people_extra WHERE person = :person ORDER BY name;

-- ---- one's own settings ----

-- :name people_confirm_zone
-- :in  id id, zone text
UPDATE people_person SET zone = :zone, zone_confirmed = 1 WHERE id = :id;

-- :name people_session_delete_others
-- :in  person id, hash blob
DELETE FROM people_session WHERE person = :person AND hash <> :hash;

-- ---- the cohort and the desk ----

-- :name people_mates
-- :in  cohort id
-- :out many person id, role text, first_name text, zone text, interests text?, languages text?
-- What people of a cohort may know of each other: nothing here may give status away.
SELECT t.person, t.role, p.first_name, p.zone, f.interests, f.languages
  FROM programmes_participant t JOIN people_person p ON p.id = t.person LEFT JOIN people_profile f ON f.person = t.person
 WHERE t.cohort = :cohort AND t.state IN ('accepted', 'ready', 'matched', 'waiting', 'done')
 ORDER BY p.first_name, p.id, t.role;

-- :name people_addresses
-- :reads nobody
-- :in  cohort id
-- :out many person id, email text
SELECT DISTINCT p.id AS person, p.email
  FROM programmes_participant t JOIN people_person p ON p.id = t.person WHERE t.cohort = :cohort ORDER BY p.id;

-- ---- for the solver ----

-- :name people_dossier_rows
-- :reads nobody
-- :in  cohort id, person id
-- :out many person id, email_key text, zone text, zone_confirmed bool, offers text?, wants text?, goals text?, interests text?, languages text?, availability text?, grade text?, team text?, profession text?, manager_email text?, managers_manager_email text?
-- Everybody of a cohort (person 0), or one person whatever the cohort.
SELECT p.id AS person, p.email_key, p.zone, p.zone_confirmed, f.offers, f.wants, f.goals, f.interests, f.languages,
       f.availability, s.grade, s.team, s.profession, s.manager_email, s.managers_manager_email
  FROM people_person p LEFT JOIN people_profile f ON f.person = p.id LEFT JOIN people_status s ON s.person = p.id
 WHERE (:person = 0 AND p.id IN (SELECT t.person FROM programmes_participant t WHERE t.cohort = :cohort)) OR p.id = :person
 ORDER BY p.id;

-- :name people_manager_rows
-- :reads nobody
-- :out many email_key text, manager_email text
-- Who is whose manager, of everybody known here: a manager need not take part.
SELECT p.email_key, s.manager_email
  FROM people_person p JOIN people_status s ON s.person = p.id WHERE s.manager_email IS NOT NULL;

-- :name people_extra_named
-- :reads nobody
-- :in  cohort id, name text
-- :out many person id, value text
SELECT e.person, e.value
  FROM people_extra e
 WHERE e.name = :name AND e.person IN (SELECT t.person FROM programmes_participant t WHERE t.cohort = :cohort)
 ORDER BY e.person;

-- :name people_extra_names
-- :in  cohort id
-- :out many name text
SELECT DISTINCT e.name
  FROM people_extra e
 WHERE e.person IN (SELECT t.person FROM programmes_participant t WHERE t.cohort = :cohort) ORDER BY e.name;

-- :name people_set_address
-- :in   id id, email text, key text
UPDATE people_person SET email = :email, email_key = :key WHERE id = :id;
