-- A person is forgotten: what names them or was written by them goes, what is counted stays. As with people_data.sql this is
-- the one place that reaches into every room, since the right does not stop at a room's door.

-- :name people_erasure_open
-- :in  person id
-- :out maybe id id, asked_at time, due_at time
SELECT id, asked_at, due_at FROM people_erasure WHERE person = :person AND called_off_at IS NULL AND done_at IS NULL;

-- :name people_erasure_insert
-- :in  id id, person id, now time, due time
INSERT INTO people_erasure (id, person, asked_at, due_at) VALUES (:id, :person, :now, :due);

-- :name people_erasure_row
-- :in  id id
-- :out maybe person id, due_at time, called_off_at time?, done_at time?
SELECT person, due_at, called_off_at, done_at FROM people_erasure WHERE id = :id;

-- :name people_erasure_call_off
-- :in  person id, now time
-- :changes
UPDATE people_erasure SET called_off_at = :now WHERE person = :person AND called_off_at IS NULL AND done_at IS NULL;

-- :name people_erasure_done
-- :in  person id, now time
UPDATE people_erasure SET done_at = :now WHERE person = :person AND called_off_at IS NULL AND done_at IS NULL;

-- :name people_erase_counts
-- :in  person id
-- :out one messages int, notes int, goals int, answers int, calls int, tickets int, mails int, pairs int, offices int
-- For the page that asks: what goes and what stays. offices: cohorts that somebody else must take over first.
SELECT (SELECT count(*) FROM conversations_message m JOIN journeys_pair j ON j.id = m.pair
         WHERE (j.mentor = :person OR j.mentee = :person) AND m.sender = :person) AS messages,
       (SELECT count(*) FROM journeys_note WHERE author = :person) AS notes,
       (SELECT count(*) FROM journeys_goal WHERE created_by = :person) AS goals,
       (SELECT count(*) FROM evaluation_wave WHERE person = :person AND answered_at IS NOT NULL) AS answers,
       (SELECT count(*) FROM care_call WHERE person = :person AND state = 'done') AS calls,
       (SELECT count(*) FROM care_ticket WHERE person = :person) AS tickets,
       (SELECT count(*) FROM mail_outbox WHERE person = :person) AS mails,
       (SELECT count(*) FROM journeys_pair WHERE (mentor = :person OR mentee = :person) AND state <> 'closed') AS pairs,
       (SELECT count(*) FROM programmes_cohort WHERE (coordinator = :person OR deputy = :person) AND state <> 'closed')
     + (SELECT count(*) FROM people_role r WHERE r.person = :person AND r.role = 'administrator' AND r.scope = 0
           AND NOT EXISTS (SELECT 1 FROM people_role o WHERE o.role = 'administrator' AND o.scope = 0 AND o.person <> :person)) AS offices;

-- :name people_erased
-- :in  person id
-- :out maybe erased_at time?
SELECT erased_at FROM people_person WHERE id = :person;

-- ---- what is taken away ----

-- :name people_erase_person
-- :in  person id, email text, now time
UPDATE people_person
   SET email = :email, email_key = :email, first_name = 'N.', last_name = 'N.', phone = NULL, call_from = NULL, call_until = NULL,
       zone = 'UTC', zone_confirmed = 1, programme_mail = 0, calendar_generation = calendar_generation + 1, erased_at = :now
 WHERE id = :person;

-- :name people_erase_questions
-- :in  person id
DELETE FROM recruiting_question WHERE application IN (SELECT a.id FROM recruiting_application a WHERE a.person = :person);

-- :name people_erase_applications
-- :in  person id
-- That somebody applied stays counted; the draw keeps its order.
UPDATE recruiting_application
   SET first_name = NULL, last_name = NULL, zone = NULL, offers = NULL, wants = NULL, goals = NULL, languages = NULL,
       availability = NULL, words = NULL
 WHERE person = :person;

-- :name people_erase_invitations
-- :in  person id
-- Their own, and their name in the letters to those whom they suggested.
UPDATE recruiting_invitation SET by_name = NULL, why = NULL, decline_reason = NULL WHERE person = :person OR by_person = :person;

-- :name people_erase_suggestions
-- :in  person id
DELETE FROM recruiting_nomination
 WHERE by_person = :person OR email_key = (SELECT p.email_key FROM people_person p WHERE p.id = :person);

-- :name people_erase_starts
-- :in  person id
DELETE FROM recruiting_start WHERE email = (SELECT p.email FROM people_person p WHERE p.id = :person);

-- :name people_erase_profile
-- :in  person id
DELETE FROM people_profile WHERE person = :person;

-- :name people_erase_status
-- :in  person id
DELETE FROM people_status WHERE person = :person;

-- :name people_erase_manager
-- :in  email text
UPDATE people_status SET manager_email = CASE WHEN manager_email = :email THEN NULL ELSE manager_email END,
       managers_manager_email = CASE WHEN managers_manager_email = :email THEN NULL ELSE managers_manager_email END
 WHERE manager_email = :email OR managers_manager_email = :email;

-- :name people_erase_extra
-- :in  person id
DELETE FROM people_extra WHERE person = :person;

-- :name people_erase_roles
-- :in  person id
DELETE FROM people_role WHERE person = :person;

-- :name people_erase_sessions
-- :in  person id
DELETE FROM people_session WHERE person = :person;

-- :name people_erase_links
-- :in  person id
DELETE FROM people_link WHERE person = :person;

-- :name people_erase_log
-- :in  person id
UPDATE people_audit SET detail = '' WHERE about = :person;

-- :name people_erase_visits
-- :in  person id
UPDATE people_visit SET why = '' WHERE id IN (SELECT visit FROM people_seen WHERE about = :person);

-- :name people_erase_seen
-- :in  person id
DELETE FROM people_seen WHERE about = :person;

-- :name people_erase_corrections
-- :in  person id
DELETE FROM people_correction WHERE person = :person;

-- :name people_erase_not_with
-- :in  person id, email text
DELETE FROM programmes_not_with WHERE person = :person OR other_key = :email;

-- :name people_erase_choice
-- :in  person id
DELETE FROM programmes_choice WHERE person = :person;

-- :name people_erase_proofs
-- :in  person id
DELETE FROM programmes_mail_proof WHERE person = :person;

-- :name people_erase_parts
-- :in  person id
UPDATE programmes_participant SET state = 'left', manager_opted_in = 0 WHERE person = :person AND state NOT IN ('done', 'left', 'declined');

-- :name people_erase_proposals
-- :in  person id
UPDATE matching_proposal SET parts = '{}', reasons = '[]', edit_reason = NULL, mentor_note = NULL, mentee_note = NULL
 WHERE mentor = :person OR mentee = :person;

-- :name people_erase_drafts
-- :in  person id
UPDATE matching_proposal SET state = 'dropped'
 WHERE (mentor = :person OR mentee = :person) AND state IN ('draft', 'locked', 'published');

-- :name people_erase_forbidden
-- :in  person id
DELETE FROM matching_forbidden WHERE mentor = :person OR mentee = :person;

-- :name people_erase_ranks
-- :in  person id
DELETE FROM matching_rank WHERE mentor = :person OR mentee = :person;

-- :name people_erase_marks
-- :in  person id
DELETE FROM matching_mark WHERE mentor = :person OR mentee = :person;

-- :name people_erase_avoids
-- :in  person id
DELETE FROM matching_avoid WHERE mentor = :person OR mentee = :person;

-- :name people_erase_shortlist
-- :in  person id
DELETE FROM matching_shortlist WHERE mentor = :person OR mentee = :person;

-- :name people_erase_answered
-- :in  person id
DELETE FROM matching_answered WHERE person = :person;

-- :name people_erase_ways
-- :in  person id
DELETE FROM matching_mentor WHERE mentor = :person;

-- :name people_erase_messages
-- :in  person id
DELETE FROM conversations_message WHERE sender = :person AND pair IN (SELECT id FROM journeys_pair WHERE mentor = :person OR mentee = :person);

-- :name people_erase_bookmarks
-- :in  person id
DELETE FROM conversations_read WHERE person = :person;

-- :name people_erase_notes
-- :in  person id
DELETE FROM journeys_note WHERE author = :person;

-- :name people_erase_goals
-- :in  person id
UPDATE journeys_goal SET statement = '', why = '', measure = '', next_step = ''
 WHERE created_by = :person OR pair IN (SELECT id FROM journeys_pair WHERE mentee = :person);

-- :name people_erase_agreements
-- :in  person id
UPDATE journeys_agreement SET quiet = '', boundaries = '' WHERE pair IN (SELECT id FROM journeys_pair WHERE mentor = :person OR mentee = :person);

-- :name people_erase_places
-- :in  person id
UPDATE journeys_meeting SET place = NULL WHERE pair IN (SELECT id FROM journeys_pair WHERE mentor = :person OR mentee = :person);

-- :name people_erase_cards
-- :in  person id
UPDATE journeys_closing SET learned = NULL, thanks = NULL, goals_word = NULL WHERE person = :person;

-- :name people_erase_holds
-- :in  person id
DELETE FROM journeys_hold WHERE person = :person;

-- :name people_erase_actions
-- :in  person id
DELETE FROM journeys_action WHERE person = :person;

-- :name people_erase_circles
-- :in  person id
DELETE FROM gatherings_circle_member WHERE person = :person;

-- :name people_erase_certificates
-- :in  person id
-- A sheet on a wall stays there; nothing of it can be looked up here any more.
DELETE FROM journeys_certificate WHERE person = :person;

-- :name people_erase_sponsor
-- :in  address text
DELETE FROM evaluation_sponsor WHERE address = :address;

-- :name people_erase_training
-- :in  person id
UPDATE learning_progress SET situation = NULL, commitment = NULL WHERE person = :person;

-- :name people_erase_calls
-- :in  person id
UPDATE care_call SET asked = '', action = NULL, team_note = NULL, private_note = NULL,
       state = CASE WHEN state IN ('due', 'scheduled') THEN 'dropped' ELSE state END
 WHERE person = :person;

-- :name people_erase_replies
-- :in  person id
UPDATE care_ticket_reply SET body = '' WHERE ticket IN (SELECT id FROM care_ticket WHERE person = :person) OR author = :person;

-- :name people_erase_tickets
-- :in  person id, email text, now time
UPDATE care_ticket SET body = '', address = NULL, closed_at = coalesce(closed_at, :now) WHERE person = :person OR address = :email;

-- :name people_erase_answers
-- :in  person id
UPDATE evaluation_answer SET words = NULL WHERE wave IN (SELECT id FROM evaluation_wave WHERE person = :person);

-- :name people_erase_mails
-- :in  person id, email text
DELETE FROM mail_outbox WHERE person = :person OR address = :email;

-- :name people_erase_carried
-- :in  person id
-- Letters that carried the person's messages to a partner.
DELETE FROM mail_outbox
 WHERE rule = 'message'
   AND anchor IN (SELECT 'message:' || CAST(m.id AS TEXT) FROM conversations_message m JOIN journeys_pair j ON j.id = m.pair
                   WHERE (j.mentor = :person OR j.mentee = :person) AND m.sender = :person);

-- :name people_erase_partners_letters
-- :in  person id
-- Sent ones to the partners: agendas and endings quote what the person wrote. They were delivered; here nobody reads them again.
UPDATE mail_outbox SET body = ''
 WHERE state = 'sent'
   AND cohort IN (SELECT cohort FROM journeys_pair WHERE mentor = :person OR mentee = :person)
   AND person IN (SELECT CASE WHEN mentor = :person THEN mentee ELSE mentor END FROM journeys_pair WHERE mentor = :person OR mentee = :person);

-- :name people_erase_outbox_ids
-- :reads nobody
-- :in  person id, email text, first text, last text
-- :out many id id
-- Letters whose files are to go: to the person, or naming them.
SELECT id FROM mail_outbox
 WHERE person = :person OR address = :email
    OR (cohort IN (SELECT cohort FROM journeys_pair WHERE mentor = :person OR mentee = :person)
        AND person IN (SELECT CASE WHEN mentor = :person THEN mentee ELSE mentor END FROM journeys_pair
                        WHERE mentor = :person OR mentee = :person))
    OR (name <> :first AND cohort IN (SELECT cohort FROM programmes_participant WHERE person = :person)
        AND (replace(body, :email, '') <> body OR replace(body, :first, '') <> body OR replace(body, :last, '') <> body
             OR replace(subject, :first, '') <> subject));

-- ---- what others wrote and names them ----

-- :name people_blot_rows
-- :reads nobody
-- :in  person id, email text, first text, last text
-- :out many kind int, a id, b id, k text, words text
-- kind: what blot_one() in people_erase.c writes. Only where it can be this person who is meant: in their pairs, by their partners,
-- in letters of their cohorts to others of another name.
SELECT kind, a, b, k, words FROM (
SELECT 0 AS kind, m.pair AS a, m.id AS b, '' AS k, m.body AS words
  FROM conversations_message m JOIN journeys_pair j ON j.id = m.pair WHERE j.mentor = :person OR j.mentee = :person
UNION ALL
SELECT 1, n.id, 0, '', n.body FROM journeys_note n JOIN journeys_pair j ON j.id = n.pair WHERE j.mentor = :person OR j.mentee = :person
UNION ALL
SELECT 2, o.id, 0, '', o.subject FROM mail_outbox o WHERE o.cohort IN (SELECT cohort FROM programmes_participant WHERE person = :person)
UNION ALL
SELECT 3, o.id, 0, '', o.body FROM mail_outbox o
 WHERE o.name <> :first AND o.cohort IN (SELECT cohort FROM programmes_participant WHERE person = :person)
UNION ALL
SELECT 4, c.id, 0, '', c.asked FROM care_call c
 WHERE c.pair IN (SELECT id FROM journeys_pair WHERE mentor = :person OR mentee = :person)
UNION ALL
SELECT 5, c.id, 0, '', c.action FROM care_call c
 WHERE c.action IS NOT NULL AND c.pair IN (SELECT id FROM journeys_pair WHERE mentor = :person OR mentee = :person)
UNION ALL
SELECT 6, c.id, 0, '', c.team_note FROM care_call c
 WHERE c.team_note IS NOT NULL AND c.pair IN (SELECT id FROM journeys_pair WHERE mentor = :person OR mentee = :person)
UNION ALL
SELECT 7, c.id, 0, '', c.private_note FROM care_call c
 WHERE c.private_note IS NOT NULL AND c.pair IN (SELECT id FROM journeys_pair WHERE mentor = :person OR mentee = :person)
UNION ALL
SELECT 8, t.id, 0, '', t.body FROM care_ticket t
 WHERE t.person IN (SELECT CASE WHEN mentor = :person THEN mentee ELSE mentor END FROM journeys_pair WHERE mentor = :person OR mentee = :person)
UNION ALL
SELECT 9, r.ticket, r.id, '', r.body FROM care_ticket_reply r JOIN care_ticket t ON t.id = r.ticket
 WHERE t.person IN (SELECT CASE WHEN mentor = :person THEN mentee ELSE mentor END FROM journeys_pair WHERE mentor = :person OR mentee = :person)
UNION ALL
SELECT 10, g.id, 0, '', g.statement FROM journeys_goal g JOIN journeys_pair j ON j.id = g.pair WHERE j.mentor = :person OR j.mentee = :person
UNION ALL
SELECT 11, c.pair, c.person, '', c.thanks FROM journeys_closing c JOIN journeys_pair j ON j.id = c.pair
 WHERE c.thanks IS NOT NULL AND (j.mentor = :person OR j.mentee = :person)
UNION ALL
SELECT 12, c.pair, c.person, '', c.learned FROM journeys_closing c JOIN journeys_pair j ON j.id = c.pair
 WHERE c.learned IS NOT NULL AND (j.mentor = :person OR j.mentee = :person)
UNION ALL
SELECT 13, w.id, 0, q.question, q.words FROM evaluation_answer q JOIN evaluation_wave w ON w.id = q.wave
 WHERE q.words IS NOT NULL AND w.pair IN (SELECT id FROM journeys_pair WHERE mentor = :person OR mentee = :person)
UNION ALL
SELECT 14, l.cohort, l.person, l.module, l.situation FROM learning_progress l
 WHERE l.situation IS NOT NULL AND l.person IN (SELECT CASE WHEN mentor = :person THEN mentee ELSE mentor END FROM journeys_pair WHERE mentor = :person OR mentee = :person)
) s
 WHERE replace(words, :email, '') <> words OR replace(words, :first, '') <> words OR replace(words, :last, '') <> words;

-- :name people_blot_message
-- :in  a id, b id, words text
UPDATE conversations_message SET body = :words WHERE pair = :a AND id = :b;

-- :name people_blot_note
-- :in  a id, words text
UPDATE journeys_note SET body = :words WHERE id = :a;

-- :name people_blot_subject
-- :in  a id, words text
UPDATE mail_outbox SET subject = :words WHERE id = :a;

-- :name people_blot_letter
-- :in  a id, words text
UPDATE mail_outbox SET body = :words WHERE id = :a;

-- :name people_blot_asked
-- :in  a id, words text
UPDATE care_call SET asked = :words WHERE id = :a;

-- :name people_blot_agreed
-- :in  a id, words text
UPDATE care_call SET action = :words WHERE id = :a;

-- :name people_blot_team_note
-- :in  a id, words text
UPDATE care_call SET team_note = :words WHERE id = :a;

-- :name people_blot_private_note
-- :in  a id, words text
UPDATE care_call SET private_note = :words WHERE id = :a;

-- :name people_blot_ticket
-- :in  a id, words text
UPDATE care_ticket SET body = :words WHERE id = :a;

-- :name people_blot_reply
-- :in  a id, b id, words text
UPDATE care_ticket_reply SET body = :words WHERE ticket = :a AND id = :b;

-- :name people_blot_goal
-- :in  a id, words text
UPDATE journeys_goal SET statement = :words WHERE id = :a;

-- :name people_blot_thanks
-- :in  a id, b id, words text
UPDATE journeys_closing SET thanks = :words WHERE pair = :a AND person = :b;

-- :name people_blot_learned
-- :in  a id, b id, words text
UPDATE journeys_closing SET learned = :words WHERE pair = :a AND person = :b;

-- :name people_blot_answer
-- :in  a id, k text, words text
UPDATE evaluation_answer SET words = :words WHERE wave = :a AND question = :k;

-- :name people_blot_situation
-- :in  a id, b id, k text, words text
UPDATE learning_progress SET situation = :words WHERE cohort = :a AND person = :b AND module = :k;

-- ---- ways to sign in, coming into a cohort ----

-- :name people_erase_addresses
-- :in  person id
DELETE FROM people_address WHERE person = :person;

-- :name people_erase_password
-- :in  person id
DELETE FROM people_password WHERE person = :person;

-- :name people_erase_passkeys
-- :in  person id
DELETE FROM people_passkey WHERE person = :person;

-- :name people_erase_authenticator
-- :in  person id
DELETE FROM people_authenticator WHERE person = :person;

-- :name people_erase_recovery
-- :in  person id
DELETE FROM people_recovery WHERE person = :person;

-- ---- reminders, mail that does not arrive, the desk ----

-- :name people_erase_wish
-- :in  person id
DELETE FROM journeys_wish WHERE person = :person;

-- :name people_erase_snoozes
-- :in  person id
DELETE FROM journeys_snooze WHERE person = :person;

-- :name people_erase_quiet
-- :in  person id
DELETE FROM mail_quiet WHERE person = :person;

-- :name people_erase_trouble
-- :in  person id
DELETE FROM mail_trouble WHERE person = :person;

-- :name people_erase_desk_acts
-- :in  person id
-- That something was done stays; what it was, and what it could be put back to, goes.
UPDATE desk_act SET reason = '', was = '', became = ''
 WHERE person = :person OR pair IN (SELECT id FROM journeys_pair WHERE mentor = :person OR mentee = :person);

-- :name people_erase_desk_views
-- :in  person id
DELETE FROM desk_view WHERE person = :person;
