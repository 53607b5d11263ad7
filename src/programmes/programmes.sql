-- :name programmes_cohort_row
-- :in  id id
-- :out maybe id id, programme id, slug text, name text, programme_name text, state text, pack text, zone text, locale text, launch_day day, end_day day, size int, touch text, staff_hours real, help_name text, help_email text, help_phone text?, coordinator id, deputy id?, in_person bool, status_blind bool, purpose text, success text, success_signed_by id?, success_signed_at time?, opened_at time?, launched_at time?, closed_at time?
SELECT c.id, c.programme, c.slug, c.name, p.name AS programme_name, c.state, c.pack, c.zone, c.locale, c.launch_day, c.end_day,
       c.size, c.touch, c.staff_hours, c.help_name, c.help_email, c.help_phone, c.coordinator, c.deputy, c.in_person, c.status_blind,
       c.purpose, c.success, c.success_signed_by, c.success_signed_at, c.opened_at, c.launched_at, c.closed_at
  FROM programmes_cohort c JOIN programmes_programme p ON p.id = c.programme
 WHERE c.id = :id;

-- :name programmes_cohort_slug
-- :in  slug text
-- :out maybe id id
SELECT id FROM programmes_cohort WHERE slug = :slug;

-- :name programmes_cohort_all
-- :out many id id, programme id
SELECT id, programme FROM programmes_cohort ORDER BY launch_day DESC, id DESC;

-- :name programmes_cohort_alive
-- :in  day day
-- :out many id id
-- Reminders and flags live until 200 days after the end, for the follow-up half a year on.
SELECT id FROM programmes_cohort WHERE end_day + 200 >= :day ORDER BY id;

-- :name programmes_cohort_staff
-- :in  cohort id, person id
-- :out one n int
SELECT count(*)
  FROM programmes_cohort c JOIN people_role r ON r.person = :person
 WHERE c.id = :cohort AND (r.role = 'administrator' OR (r.role = 'coordinator' AND (r.scope = 0 OR r.scope = c.programme)));

-- :name programmes_cohort_seen_by
-- :in  person id
-- :out many id id
-- What a member of staff may see: the one they chose, then the newest.
SELECT c.id
  FROM programmes_cohort c LEFT JOIN programmes_choice h ON h.person = :person AND h.cohort = c.id
 WHERE EXISTS (SELECT 1 FROM people_role r
                WHERE r.person = :person
                  AND (r.role = 'administrator' OR (r.role = 'coordinator' AND (r.scope = 0 OR r.scope = c.programme))))
 ORDER BY CASE WHEN h.cohort IS NULL THEN 1 ELSE 0 END, c.launch_day DESC, c.id DESC;

-- :name programmes_choice_put
-- :in  person id, cohort id
INSERT INTO programmes_choice (person, cohort) VALUES (:person, :cohort)
    ON CONFLICT (person) DO UPDATE SET cohort = :cohort;

-- :name programmes_programme_by_slug
-- :in  slug text
-- :out maybe id id
SELECT id FROM programmes_programme WHERE slug = :slug;

-- :name programmes_programme_insert
-- :in  id id, slug text, name text, now time
INSERT INTO programmes_programme (id, slug, name, created_at) VALUES (:id, :slug, :name, :now);

-- :name programmes_cohort_insert
-- :in  id id, programme id, slug text, name text, pack text, pack_digest text, zone text, locale text, launch_day day, end_day day, size int, touch text, staff_hours real, help_name text, help_email text, help_phone text?, coordinator id, deputy id?, purpose text, success text, in_person bool, now time
INSERT INTO programmes_cohort (id, programme, slug, name, state, pack, pack_digest, zone, locale, launch_day, end_day, size, touch,
                               staff_hours, help_name, help_email, help_phone, coordinator, deputy, purpose, success, in_person,
                               created_at)
VALUES (:id, :programme, :slug, :name, 'design', :pack, :pack_digest, :zone, :locale, :launch_day, :end_day, :size, :touch,
        :staff_hours, :help_name, :help_email, :help_phone, :coordinator, :deputy, :purpose, :success, :in_person, :now);

-- :name programmes_phase_insert
-- :in  cohort id, ordinal int, key text, from_day day, until_day day
INSERT INTO programmes_phase (cohort, ordinal, key, from_day, until_day) VALUES (:cohort, :ordinal, :key, :from_day, :until_day);

-- :name programmes_phase_rows
-- :in  cohort id
-- :out many ordinal int, key text, from_day day, until_day day, moved bool
SELECT ordinal, key, from_day, until_day, moved FROM programmes_phase WHERE cohort = :cohort ORDER BY ordinal;

-- :name programmes_phase_move
-- :in  cohort id, ordinal int, from_day day, until_day day
UPDATE programmes_phase SET from_day = :from_day, until_day = :until_day, moved = 1 WHERE cohort = :cohort AND ordinal = :ordinal;

-- :name programmes_phase_end
-- :in  cohort id, ordinal int, until_day day
UPDATE programmes_phase SET until_day = :until_day WHERE cohort = :cohort AND ordinal = :ordinal;

-- :name programmes_participant_rows
-- :in  cohort id
-- :out many id id, cohort id, person id, role text, state text, capacity int, accepted_at time?, ready_at time?, profile_confirmed_at time?, manager_opted_in bool, first_name text, last_name text, zone text
SELECT t.id, t.cohort, t.person, t.role, t.state, t.capacity, t.accepted_at, t.ready_at, t.profile_confirmed_at,
       t.manager_opted_in, p.first_name, p.last_name, p.zone
  FROM programmes_participant t JOIN people_person p ON p.id = t.person
 WHERE t.cohort = :cohort
 ORDER BY p.first_name, p.last_name, t.id;

-- :name programmes_participant_of
-- :in  person id
-- :out many id id, cohort id, person id, role text, state text, capacity int, accepted_at time?, ready_at time?, profile_confirmed_at time?, manager_opted_in bool, first_name text, last_name text, zone text
SELECT t.id, t.cohort, t.person, t.role, t.state, t.capacity, t.accepted_at, t.ready_at, t.profile_confirmed_at,
       t.manager_opted_in, p.first_name, p.last_name, p.zone
  FROM programmes_participant t JOIN people_person p ON p.id = t.person
 WHERE t.person = :person
 ORDER BY CASE WHEN t.state IN ('invited', 'applied', 'declined') THEN 1 ELSE 0 END, t.cohort DESC, t.id;

-- :name programmes_participant_insert
-- :in  id id, cohort id, person id, role text, state text, capacity int, now time, accepted_at time?
-- :changes
INSERT INTO programmes_participant (id, cohort, person, role, state, capacity, joined_at, accepted_at)
VALUES (:id, :cohort, :person, :role, :state, :capacity, :now, :accepted_at)
    ON CONFLICT (cohort, person, role) DO NOTHING;

-- :name programmes_participant_capacity
-- :in  cohort id, person id, capacity int
-- :changes
UPDATE programmes_participant SET capacity = :capacity WHERE cohort = :cohort AND person = :person AND role = 'mentor';

-- :name programmes_participant_state
-- :in  id id, state text
UPDATE programmes_participant SET state = :state WHERE id = :id;

-- :name programmes_participant_ready
-- :in  id id, now time
UPDATE programmes_participant SET state = 'ready', ready_at = :now WHERE id = :id AND state IN ('applied', 'accepted');

-- :name programmes_participant_confirm
-- :in  person id, now time
UPDATE programmes_participant SET profile_confirmed_at = :now WHERE person = :person AND profile_confirmed_at IS NULL;

-- :name programmes_participant_manager
-- :in  person id, wanted bool
UPDATE programmes_participant SET manager_opted_in = :wanted WHERE person = :person;

-- :name programmes_participant_accept
-- :in  id id, now time
UPDATE programmes_participant SET state = 'accepted', accepted_at = :now WHERE id = :id AND state IN ('invited', 'applied', 'waiting');

-- :name programmes_participant_begun
-- :in  cohort id, person id, now time
UPDATE programmes_participant SET draft_at = :now
 WHERE cohort = :cohort AND person = :person AND state = 'invited' AND draft_at IS NULL;

-- :name programmes_participant_applied
-- :in  id id, role text, capacity int, now time
UPDATE programmes_participant SET role = :role, state = 'applied', capacity = :capacity, applied_at = :now WHERE id = :id;

-- :name programmes_participant_again
-- :in  id id, now time
-- Said no, or withdrew, and has thought better of it: as if invited and begun today.
UPDATE programmes_participant SET state = 'invited', draft_at = :now WHERE id = :id AND state = 'declined';

-- :name programmes_phase_set
-- :in  cohort id, ordinal int, from_day day, until_day day
UPDATE programmes_phase SET from_day = :from_day, until_day = :until_day WHERE cohort = :cohort AND ordinal = :ordinal;

-- :name programmes_cohort_dates
-- :in  id id, launch_day day, end_day day
UPDATE programmes_cohort SET launch_day = :launch_day, end_day = :end_day WHERE id = :id;

-- :name programmes_cohort_opened
-- :in  id id, now time
UPDATE programmes_cohort SET state = 'applications', opened_at = :now WHERE id = :id AND opened_at IS NULL;

-- :name programmes_cohort_launched
-- :in  id id, now time
UPDATE programmes_cohort SET state = 'running', launched_at = :now WHERE id = :id AND launched_at IS NULL;

-- :name programmes_cohort_success
-- :in  id id, purpose text, success text
UPDATE programmes_cohort
   SET purpose = :purpose, success = :success, success_signed_by = NULL, success_signed_at = NULL
 WHERE id = :id;

-- :name programmes_cohort_purpose
-- :in  id id, purpose text
UPDATE programmes_cohort SET purpose = :purpose WHERE id = :id;

-- :name programmes_cohort_signed
-- :in  id id, by_person id, now time
UPDATE programmes_cohort SET success_signed_by = :by_person, success_signed_at = :now WHERE id = :id;

-- :name programmes_cohort_help
-- :in  id id, name text, email text, phone text?, staff_hours real
UPDATE programmes_cohort SET help_name = :name, help_email = :email, help_phone = :phone, staff_hours = :staff_hours
 WHERE id = :id;

-- :name programmes_cohort_deputy
-- :in  id id, deputy id?
UPDATE programmes_cohort SET deputy = :deputy WHERE id = :id;

-- :name programmes_cohort_sponsored_by
-- :in  person id
-- :out many id id
SELECT c.id
  FROM programmes_cohort c
 WHERE EXISTS (SELECT 1 FROM people_role r
                WHERE r.person = :person AND r.role = 'sponsor' AND (r.scope = 0 OR r.scope = c.programme))
 ORDER BY c.launch_day DESC, c.id DESC;

-- :name programmes_proof_insert
-- :in  hash blob, cohort id, person id, now time
INSERT INTO programmes_mail_proof (hash, cohort, person, sent_at) VALUES (:hash, :cohort, :person, :now);

-- :name programmes_proof_row
-- :in  hash blob
-- :out maybe cohort id, person id, sent_at time, proved_at time?
SELECT cohort, person, sent_at, proved_at FROM programmes_mail_proof WHERE hash = :hash;

-- :name programmes_proof_use
-- :in  hash blob, now time
UPDATE programmes_mail_proof SET proved_at = :now WHERE hash = :hash AND proved_at IS NULL;

-- :name programmes_proof_last
-- :reads nobody
-- :in  since time
-- :out maybe sent_at time, proved_at time?, address text
-- The last one that arrived, else the last one sent.
SELECT m.sent_at, m.proved_at, p.email AS address
  FROM programmes_mail_proof m JOIN people_person p ON p.id = m.person
 WHERE m.sent_at >= :since
 ORDER BY CASE WHEN m.proved_at IS NULL THEN 1 ELSE 0 END, m.sent_at DESC
 LIMIT 1;

-- :name programmes_override_rows
-- :reads nobody
-- :in  cohort id, gate text
-- :out many requirement text, first_name text, reason text, at time
SELECT o.requirement, p.first_name, o.reason, o.at
  FROM programmes_override o JOIN people_person p ON p.id = o.by_person
 WHERE o.cohort = :cohort AND o.gate = :gate
 ORDER BY o.requirement;

-- :name programmes_override_insert
-- :in  cohort id, gate text, requirement text, by_person id, reason text, now time
INSERT INTO programmes_override (cohort, gate, requirement, by_person, reason, at)
VALUES (:cohort, :gate, :requirement, :by_person, :reason, :now)
    ON CONFLICT (cohort, gate, requirement) DO UPDATE SET by_person = :by_person, reason = :reason, at = :now;
