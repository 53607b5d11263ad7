-- ---- the public page ----

-- :name recruiting_page_row
-- :in  cohort id
-- :out maybe taking text, closes_day day?, headline text?, for_whom text?, gives text?, asks text?
SELECT taking, closes_day, headline, for_whom, gives, asks FROM recruiting_page WHERE cohort = :cohort;

-- :name recruiting_page_put
-- :in  cohort id, taking text, closes_day day?, headline text?, for_whom text?, gives text?, asks text?
INSERT INTO recruiting_page (cohort, taking, closes_day, headline, for_whom, gives, asks)
VALUES (:cohort, :taking, :closes_day, :headline, :for_whom, :gives, :asks)
    ON CONFLICT (cohort) DO UPDATE SET taking = :taking, closes_day = :closes_day, headline = :headline,
                                       for_whom = :for_whom, gives = :gives, asks = :asks;

-- ---- invitations ----

-- :name recruiting_invitation_insert
-- :in  id id, cohort id, person id, role text, kind text, by_person id, by_name text?, why text?, now time
-- :changes
INSERT INTO recruiting_invitation (id, cohort, person, role, kind, by_person, by_name, why, asked_at)
VALUES (:id, :cohort, :person, :role, :kind, :by_person, :by_name, :why, :now)
    ON CONFLICT (cohort, person) DO NOTHING;

-- :name recruiting_invitation_of
-- :in  cohort id, person id
-- :out maybe id id, role text, kind text, opened_at time?, declined_at time?, decline_reason text?
SELECT id, role, kind, opened_at, declined_at, decline_reason
  FROM recruiting_invitation WHERE cohort = :cohort AND person = :person;

-- :name recruiting_invitation_open
-- :in  cohort id, person id, now time
UPDATE recruiting_invitation SET opened_at = :now WHERE cohort = :cohort AND person = :person AND opened_at IS NULL;

-- :name recruiting_invitation_decline
-- :in  cohort id, person id, now time, reason text?
UPDATE recruiting_invitation SET declined_at = :now, decline_reason = :reason
 WHERE cohort = :cohort AND person = :person AND declined_at IS NULL;

-- :name recruiting_invitation_undecline
-- :in  cohort id, person id
-- Who said no and comes back of their own accord is welcome.
UPDATE recruiting_invitation SET declined_at = NULL WHERE cohort = :cohort AND person = :person;

-- :name recruiting_invitation_rows
-- :in  cohort id
-- :out many id id, person id, role text, kind text, by_name text?, asked_at time, opened_at time?, declined_at time?, decline_reason text?, state text?, sent bool, first_name text, last_name text, email text
-- Who does not only come from themselves; newest first.
SELECT i.id, i.person, i.role, i.kind, i.by_name, i.asked_at, i.opened_at, i.declined_at, i.decline_reason, a.state,
       CASE WHEN EXISTS (SELECT 1 FROM mail_outbox m
                          WHERE m.person = i.person AND m.cohort = i.cohort AND m.rule IN ('R01', 'R02')) THEN 1 ELSE 0 END AS sent,
       p.first_name, p.last_name, p.email
  FROM recruiting_invitation i
  JOIN people_person p ON p.id = i.person
  LEFT JOIN recruiting_application a ON a.cohort = i.cohort AND a.person = i.person
 WHERE i.cohort = :cohort AND i.kind <> 'own'
 ORDER BY i.asked_at DESC, i.id DESC;

-- ---- nominations ----

-- :name recruiting_nomination_insert
-- :in  id id, cohort id, first_name text, last_name text, email text, email_key text, role text, why text, by_person id, by_name text, by_email text, now time
-- :changes
INSERT INTO recruiting_nomination (id, cohort, first_name, last_name, email, email_key, role, why, by_person, by_name, by_email, at)
VALUES (:id, :cohort, :first_name, :last_name, :email, :email_key, :role, :why, :by_person, :by_name, :by_email, :now)
    ON CONFLICT (cohort, email_key) DO NOTHING;

-- :name recruiting_nomination_row
-- :in  id id
-- :out maybe cohort id, first_name text, last_name text, email text, role text, why text, by_person id, by_name text, settled_at time?
SELECT cohort, first_name, last_name, email, role, why, by_person, by_name, settled_at FROM recruiting_nomination WHERE id = :id;

-- :name recruiting_nomination_open
-- :in  cohort id
-- :out many id id, first_name text, last_name text, email text, role text, why text, by_name text, by_email text, at time
SELECT id, first_name, last_name, email, role, why, by_name, by_email, at
  FROM recruiting_nomination WHERE cohort = :cohort AND settled_at IS NULL ORDER BY at, id;

-- :name recruiting_nomination_settle
-- :in  id id, invited bool, now time
UPDATE recruiting_nomination SET settled_at = :now, invited = :invited WHERE id = :id;

-- ---- addresses from the public page ----

-- :name recruiting_start_insert
-- :in  id id, cohort id, email text, locale text, now time
INSERT INTO recruiting_start (id, cohort, email, locale, at) VALUES (:id, :cohort, :email, :locale, :now);

-- :name recruiting_start_row
-- :in  id id
-- :out maybe cohort id, email text, locale text
SELECT cohort, email, locale FROM recruiting_start WHERE id = :id;

-- ---- applications ----

-- :name recruiting_application_row
-- :in  cohort id, person id
-- :out maybe id id, state text, mentor bool, mentee bool, capacity int, first_name text?, last_name text?, zone text?, offers text?, wants text?, goals text?, languages text?, availability text?, screens int, saves int, sent_at time?, decided_at time?, words text?, answer_day day?
SELECT id, state, mentor, mentee, capacity, first_name, last_name, zone, offers, wants, goals, languages, availability, screens,
       saves, sent_at, decided_at, words, answer_day
  FROM recruiting_application WHERE cohort = :cohort AND person = :person;

-- :name recruiting_application_whose
-- :in  id id
-- :out maybe cohort id, person id, state text
SELECT cohort, person, state FROM recruiting_application WHERE id = :id;

-- :name recruiting_application_insert
-- :in  id id, cohort id, person id, now time
INSERT INTO recruiting_application (id, cohort, person, state, began_at, saved_at) VALUES (:id, :cohort, :person, 'draft', :now, :now);

-- :name recruiting_application_save
-- :in  id id, mentor bool, mentee bool, capacity int, first_name text?, last_name text?, zone text?, offers text?, wants text?, goals text?, languages text?, availability text?, screens int, now time
UPDATE recruiting_application
   SET mentor = :mentor, mentee = :mentee, capacity = :capacity, first_name = :first_name, last_name = :last_name, zone = :zone,
       offers = :offers, wants = :wants, goals = :goals, languages = :languages, availability = :availability,
       screens = CASE WHEN screens < :screens THEN :screens ELSE screens END, saves = saves + 1, saved_at = :now
 WHERE id = :id AND state = 'draft';

-- :name recruiting_application_sent
-- :in  id id, now time
UPDATE recruiting_application SET state = 'sent', sent_at = :now, agreed_at = :now WHERE id = :id AND state = 'draft';

-- :name recruiting_application_reopen
-- :in  id id, now time
-- Withdrawn and come back: a draft again, with what was written.
UPDATE recruiting_application SET state = 'draft', saved_at = :now, sent_at = NULL, decided_at = NULL, words = NULL, answer_day = NULL
 WHERE id = :id AND state = 'withdrawn';

-- :name recruiting_application_state
-- :in  id id, state text
UPDATE recruiting_application SET state = :state WHERE id = :id;

-- :name recruiting_application_decide
-- :in  id id, state text, words text?, answer_day day?, by_person id, now time
UPDATE recruiting_application
   SET state = :state, words = :words, answer_day = :answer_day, decided_by = :by_person, decided_at = :now
 WHERE id = :id;

-- :name recruiting_application_rows
-- :in  cohort id
-- :out many id id, person id, state text, mentor bool, mentee bool, sent_at time?, saved_at time, decided_at time?, answer_day day?, wants text?, offers text?, goals text?, first_name text, last_name text, zone text, asked int, answered int, place int?
-- Newest last, since the oldest waits longest; place: in the newest draw that they were in.
SELECT a.id, a.person, a.state, a.mentor, a.mentee, a.sent_at, a.saved_at, a.decided_at, a.answer_day, a.wants, a.offers, a.goals,
       p.first_name, p.last_name, p.zone,
       (SELECT count(*) FROM recruiting_question q WHERE q.application = a.id) AS asked,
       (SELECT count(*) FROM recruiting_question q WHERE q.application = a.id AND q.answered_at IS NOT NULL) AS answered,
       (SELECT l.place FROM recruiting_draw_place l WHERE l.application = a.id ORDER BY l.draw DESC LIMIT 1) AS place
  FROM recruiting_application a JOIN people_person p ON p.id = a.person
 WHERE a.cohort = :cohort
 ORDER BY coalesce(a.sent_at, a.saved_at), a.id;

-- :name recruiting_application_newest
-- :in  person id
-- :out maybe cohort id
-- Where somebody who signed in goes on: the newest cohort that has asked them.
SELECT cohort FROM recruiting_invitation WHERE person = :person ORDER BY asked_at DESC, id DESC LIMIT 1;

-- :name recruiting_waiting_count
-- :in  cohort id, day day
-- :out one n int
-- Who waits and was to hear by now counts as well.
SELECT (SELECT count(*) FROM recruiting_application a
         WHERE a.cohort = :cohort AND (a.state = 'sent' OR (a.state = 'waiting' AND a.answer_day <= :day)))
     + (SELECT count(*) FROM recruiting_nomination n WHERE n.cohort = :cohort AND n.settled_at IS NULL);

-- ---- questions ----

-- :name recruiting_question_insert
-- :in  id id, application id, by_person id, question text, now time
INSERT INTO recruiting_question (id, application, by_person, asked_at, question) VALUES (:id, :application, :by_person, :now, :question);

-- :name recruiting_question_rows
-- :reads nobody
-- :in  application id
-- :out many id id, asked_at time, question text, answer text?, answered_at time?, first_name text?
SELECT q.id, q.asked_at, q.question, q.answer, q.answered_at, p.first_name
  FROM recruiting_question q LEFT JOIN people_person p ON p.id = q.by_person
 WHERE q.application = :application ORDER BY q.asked_at, q.id;

-- :name recruiting_asker
-- :reads nobody
-- :in  application id
-- :out maybe by_person id
SELECT by_person FROM recruiting_question WHERE application = :application ORDER BY asked_at DESC, id DESC LIMIT 1;

-- :name recruiting_question_answer
-- :in  application id, answer text, now time
-- :changes
-- All that are open get the one answer.
UPDATE recruiting_question SET answer = :answer, answered_at = :now WHERE application = :application AND answered_at IS NULL;

-- ---- forgetting ----

-- :name recruiting_forget_applications
-- :in  cohort id
UPDATE recruiting_application
   SET first_name = NULL, last_name = NULL, offers = NULL, wants = NULL, goals = NULL, languages = NULL, availability = NULL,
       words = NULL
 WHERE cohort = :cohort AND state <> 'accepted';

-- :name recruiting_forget_questions
-- :in  cohort id
DELETE FROM recruiting_question
 WHERE application IN (SELECT a.id FROM recruiting_application a WHERE a.cohort = :cohort AND a.state <> 'accepted');

-- :name recruiting_forget_nominations
-- :in  cohort id
DELETE FROM recruiting_nomination WHERE cohort = :cohort;

-- :name recruiting_forget_starts
-- :in  cohort id
DELETE FROM recruiting_start WHERE cohort = :cohort;

-- :name recruiting_forget_reasons
-- :in  cohort id
UPDATE recruiting_invitation SET decline_reason = NULL, why = NULL, by_name = NULL WHERE cohort = :cohort;

-- ---- the draw ----

-- :name recruiting_draw_insert
-- :in  id id, cohort id, role text, seed text, by_person id, now time
INSERT INTO recruiting_draw (id, cohort, role, seed, drawn_at, by_person) VALUES (:id, :cohort, :role, :seed, :now, :by_person);

-- :name recruiting_draw_place_insert
-- :in  draw id, place int, application id
INSERT INTO recruiting_draw_place (draw, place, application) VALUES (:draw, :place, :application);

-- :name recruiting_draw_rows
-- :reads nobody
-- :in  cohort id
-- :out many id id, role text, seed text, drawn_at time, first_name text?, last_name text?
SELECT d.id, d.role, d.seed, d.drawn_at, p.first_name, p.last_name
  FROM recruiting_draw d LEFT JOIN people_person p ON p.id = d.by_person
 WHERE d.cohort = :cohort ORDER BY d.drawn_at DESC, d.id DESC;

-- :name recruiting_draw_places
-- :in  draw id
-- :out many place int, application id, person id, state text, first_name text, last_name text
SELECT l.place, l.application, a.person, a.state, p.first_name, p.last_name
  FROM recruiting_draw_place l
  JOIN recruiting_application a ON a.id = l.application
  JOIN people_person p ON p.id = a.person
 WHERE l.draw = :draw ORDER BY l.place;

-- ---- alumni ----

-- :name recruiting_alumni_rows
-- :in  programme id, cohort id
-- :out many cohort id, name text, n int
-- Earlier cohorts of the programme with people who came to a proper end and are not in this one.
SELECT c.id AS cohort, c.name, count(DISTINCT t.person) AS n
  FROM programmes_cohort c JOIN programmes_participant t ON t.cohort = c.id AND t.state = 'done'
 WHERE c.programme = :programme AND c.id <> :cohort
   AND NOT EXISTS (SELECT 1 FROM programmes_participant h WHERE h.cohort = :cohort AND h.person = t.person)
   AND NOT EXISTS (SELECT 1 FROM recruiting_invitation i WHERE i.cohort = :cohort AND i.person = t.person)
 GROUP BY c.id, c.name, c.launch_day
 ORDER BY c.launch_day DESC;

-- :name recruiting_known_rows
-- :in  programme id, cohort id
-- :out many person id, first_name text, last_name text, email text
-- People of the programme's other cohorts who are not in this one, for picking by hand.
SELECT p.id AS person, p.first_name, p.last_name, p.email
  FROM people_person p
 WHERE p.id IN (SELECT t.person FROM programmes_participant t JOIN programmes_cohort c ON c.id = t.cohort
                 WHERE c.programme = :programme AND c.id <> :cohort)
   AND NOT EXISTS (SELECT 1 FROM programmes_participant h WHERE h.cohort = :cohort AND h.person = p.id)
   AND NOT EXISTS (SELECT 1 FROM recruiting_invitation i WHERE i.cohort = :cohort AND i.person = p.id)
 ORDER BY p.first_name, p.last_name, p.id
 LIMIT 300;
