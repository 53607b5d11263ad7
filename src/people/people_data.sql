-- What is held about one person, for that person: the one place that reads every room's tables, since the right to a copy does
-- not stop at a room's door. Only what the person wrote or what is about them; never the partner's words.

-- :name people_held_roles
-- :in  person id
-- :out many role text, given_at time
SELECT role, given_at FROM people_role WHERE person = :person ORDER BY given_at;

-- :name people_held_parts
-- :in  person id
-- :out many cohort text, role text, state text, joined_at time, profile_confirmed_at time?
SELECT c.name AS cohort, t.role, t.state, t.joined_at, t.profile_confirmed_at
  FROM programmes_participant t JOIN programmes_cohort c ON c.id = t.cohort
 WHERE t.person = :person ORDER BY t.joined_at;

-- :name people_held_not_with
-- :in  person id
-- :out many other_key text
SELECT other_key FROM programmes_not_with WHERE person = :person ORDER BY other_key;

-- :name people_held_applications
-- :in  person id
-- :out many cohort text, state text, began_at time, sent_at time?, offers text?, wants text?, goals text?, languages text?, availability text?, words text?
SELECT c.name AS cohort, a.state, a.began_at, a.sent_at, a.offers, a.wants, a.goals, a.languages, a.availability, a.words
  FROM recruiting_application a JOIN programmes_cohort c ON c.id = a.cohort
 WHERE a.person = :person ORDER BY a.began_at;

-- :name people_held_suggestions
-- :in  person id
-- :out many first_name text, email text, why text, at time
SELECT first_name, email, why, at FROM recruiting_nomination WHERE by_person = :person ORDER BY at;

-- :name people_held_asked
-- :in  person id
-- :out many question text, asked_at time, answer text?
SELECT q.question, q.asked_at, q.answer
  FROM recruiting_question q JOIN recruiting_application a ON a.id = q.application
 WHERE a.person = :person ORDER BY q.asked_at;

-- :name people_held_invitations
-- :in  person id
-- :out many cohort text, role text, asked_at time, by_name text?, why text?, declined_at time?, decline_reason text?
SELECT c.name AS cohort, i.role, i.asked_at, i.by_name, i.why, i.declined_at, i.decline_reason
  FROM recruiting_invitation i JOIN programmes_cohort c ON c.id = i.cohort
 WHERE i.person = :person ORDER BY i.asked_at;

-- :name people_held_answers
-- :in  person id
-- :out many answer text?, note text?, published_at time?
SELECT CASE WHEN mentor = :person THEN mentor_answer ELSE mentee_answer END AS answer,
       CASE WHEN mentor = :person THEN mentor_note ELSE mentee_note END AS note, published_at
  FROM matching_proposal WHERE (mentor = :person OR mentee = :person) AND published_at IS NOT NULL ORDER BY published_at;

-- :name people_held_wishes
-- :in  person id
-- :out many name text, rank int?, what text
-- What the person said of others before the match: a place, a mark, rather not.
SELECT p.first_name AS name, r.rank, 'place' AS what
  FROM matching_rank r JOIN people_person p ON p.id = r.mentor WHERE r.mentee = :person
UNION ALL
SELECT p.first_name AS name, NULL AS rank, 'marked' AS what
  FROM matching_mark m JOIN people_person p ON p.id = m.mentee WHERE m.mentor = :person
UNION ALL
SELECT p.first_name AS name, NULL AS rank, 'rather not' AS what
  FROM matching_avoid a JOIN people_person p ON p.id = a.mentor WHERE a.mentee = :person
 ORDER BY what, rank NULLS FIRST, name;

-- :name people_held_pairs
-- :in  person id
-- :out many partner text, role text, state text, activated_at time, closed_at time?
SELECT p.first_name AS partner, CASE WHEN j.mentor = :person THEN 'mentor' ELSE 'mentee' END AS role, j.state, j.activated_at,
       j.closed_at
  FROM journeys_pair j JOIN people_person p ON p.id = CASE WHEN j.mentor = :person THEN j.mentee ELSE j.mentor END
 WHERE j.mentor = :person OR j.mentee = :person ORDER BY j.activated_at;

-- :name people_held_meetings
-- :in  person id
-- :out many starts_at time, minutes int, channel text, place text?, state text
SELECT m.starts_at, m.minutes, m.channel, m.place, m.state
  FROM journeys_meeting m JOIN journeys_pair j ON j.id = m.pair
 WHERE j.mentor = :person OR j.mentee = :person ORDER BY m.starts_at;

-- :name people_held_contacts
-- :in  person id
-- :out many at time, kind text, minutes int?
SELECT c.at, c.kind, c.minutes
  FROM journeys_contact c JOIN journeys_pair j ON j.id = c.pair
 WHERE (j.mentor = :person OR j.mentee = :person) AND c.by_person = :person ORDER BY c.at;

-- :name people_held_messages
-- :in  person id
-- :out many at time, body text
SELECT m.at, m.body
  FROM conversations_message m JOIN journeys_pair j ON j.id = m.pair
 WHERE (j.mentor = :person OR j.mentee = :person) AND m.sender = :person ORDER BY m.at;

-- :name people_held_notes
-- :in  person id
-- :out many written_at time, shared bool, body text
SELECT n.written_at, n.shared, n.body
  FROM journeys_note n JOIN journeys_pair j ON j.id = n.pair
 WHERE (j.mentor = :person OR j.mentee = :person) AND n.author = :person ORDER BY n.written_at;

-- :name people_held_goals
-- :in  person id
-- :out many statement text, why text, measure text, next_step text, progress int
SELECT g.statement, g.why, g.measure, g.next_step, g.progress
  FROM journeys_goal g JOIN journeys_pair j ON j.id = g.pair
 WHERE (j.mentor = :person OR j.mentee = :person) AND g.created_by = :person ORDER BY g.created_at;

-- :name people_held_closing
-- :in  person id
-- :out many learned text?, thanks text?, goals_word text?, following text?, started_at time
SELECT c.learned, c.thanks, c.goals_word, c.next AS following, c.started_at
  FROM journeys_closing c JOIN journeys_pair j ON j.id = c.pair
 WHERE (j.mentor = :person OR j.mentee = :person) AND c.person = :person ORDER BY c.started_at;

-- :name people_held_certificates
-- :in  person id
-- :out many code text, name text, programme text, months int, meetings int
SELECT code, name, programme, months, meetings FROM journeys_certificate WHERE person = :person ORDER BY issued_day;

-- :name people_held_seats
-- :in  person id
-- :out many title text, starts_at time, answer text?, attended text?
SELECT g.title, s.starts_at, t.answer, t.attended
  FROM gatherings_seat t JOIN gatherings_gathering g ON g.id = t.gathering JOIN gatherings_sitting s ON s.id = t.sitting
 WHERE t.person = :person ORDER BY s.starts_at;

-- :name people_held_training
-- :in  person id
-- :out many module text, answer int?, situation text?, commitment text?, useful int?, done_at time?
SELECT l.module, l.answer, l.situation, l.commitment, l.useful, l.done_at
  FROM programmes_participant t JOIN learning_progress l ON l.cohort = t.cohort AND l.person = t.person
 WHERE t.person = :person ORDER BY l.opened_at;

-- :name people_held_surveys
-- :in  person id
-- :out many wave text, question text, value int?, words text?, answered_at time?
SELECT w.wave, a.question, a.value, a.words, w.answered_at
  FROM evaluation_wave w JOIN evaluation_answer a ON a.wave = w.id
 WHERE w.person = :person ORDER BY w.asked_at, a.question;

-- :name people_held_tickets
-- :in  person id
-- :out many opened_at time, category text, body text
SELECT opened_at, category, body FROM care_ticket WHERE person = :person ORDER BY opened_at;

-- :name people_held_concerns
-- :in  person id
-- :out many opened_at time, state text, body text, sealed blob?
SELECT opened_at, state, body, sealed FROM care_concern WHERE reporter = :person ORDER BY opened_at;

-- :name people_held_calls
-- :in  person id
-- :out many due_at time, state text, outcome text?, minutes int?, asked text, action text?, team_note text?
SELECT due_at, state, outcome, minutes, asked, action, team_note FROM care_call WHERE person = :person ORDER BY due_at;

-- :name people_held_mails
-- :in  person id
-- :out many created_at time, address text, subject text, body text
-- A message that was forwarded is the partner's: it stands in the conversation.
SELECT created_at, address, subject, CASE WHEN rule = 'message' THEN '' ELSE body END AS body FROM mail_outbox WHERE person = :person ORDER BY created_at;

-- :name people_held_agreements
-- :in  person id
-- :out many written_at time, cadence_days int, channel text, quiet text, boundaries text
SELECT a.written_at, a.cadence_days, a.channel, a.quiet, a.boundaries
  FROM journeys_agreement a JOIN journeys_pair j ON j.id = a.pair
 WHERE j.mentor = :person OR j.mentee = :person ORDER BY a.written_at;

-- :name people_held_steps
-- :in  person id
-- :out many step text, done_at time
SELECT key AS step, done_at FROM journeys_step WHERE person = :person ORDER BY done_at;

-- :name people_held_held_mails
-- :in  person id
-- :out many rule text, reason text, at time
SELECT rule, reason, at FROM journeys_hold WHERE person = :person ORDER BY at;

-- :name people_held_suggested
-- :in  person id
-- :out many name text
SELECT p.first_name AS name FROM matching_shortlist s JOIN people_person p ON p.id = s.mentor WHERE s.mentee = :person ORDER BY s.score DESC;

-- :name people_held_ways
-- :in  person id
-- :out many what text, figure int, at time?
-- How you wanted to be matched, and whether you have said so.
SELECT 'reserve' AS what, reserve AS figure, CAST(NULL AS @int) AS at FROM matching_mentor WHERE mentor = :person AND reserve = 1
UNION ALL
SELECT 'group' AS what, group_least AS figure, CAST(NULL AS @int) AS at FROM matching_mentor WHERE mentor = :person AND group_least > 0
UNION ALL
SELECT 'answered' AS what, 1 AS figure, at FROM matching_answered WHERE person = :person;

-- :name people_held_circles
-- :in  person id
-- :out many number int, side text, place text?
SELECT c.number, c.side, c.place FROM gatherings_circle_member m JOIN gatherings_circle c ON c.id = m.circle
 WHERE m.person = :person ORDER BY c.number;

-- :name people_held_flags
-- :in  person id
-- :out many rule text, level int, since time, data text, opened_at time, closed_at time?, closed_why text?
SELECT f.rule, f.level, f.since, f.data, f.opened_at, f.closed_at, f.closed_why FROM care_flag f
 WHERE f.person = :person OR f.pair IN (SELECT id FROM journeys_pair WHERE mentor = :person OR mentee = :person)
 ORDER BY f.opened_at;

-- :name people_held_replies
-- :in  person id
-- :out many at time, body text
SELECT r.at, r.body FROM care_ticket_reply r JOIN care_ticket t ON t.id = r.ticket
 WHERE t.person = :person OR r.author = :person ORDER BY r.at;

-- :name people_held_acts
-- :in  person id
-- :out many at time, act text, by_you bool
-- What was done about you, and what you did in an office.
SELECT at, act, CASE WHEN actor = :person THEN 1 ELSE 0 END AS by_you FROM people_audit
 WHERE about = :person OR actor = :person ORDER BY at;

-- :name people_held_seen
-- :in  person id
-- :reads nobody
-- :out many at time, times int, office text, route text, what text, why text, reader text?
SELECT v.at, v.times, v.office, v.route, s.what, v.why, p.first_name AS reader
  FROM people_seen s JOIN people_visit v ON v.id = s.visit LEFT JOIN people_person p ON p.id = v.actor
 WHERE s.about = :person ORDER BY v.at;

-- :name people_held_visits
-- :in  person id
-- :out many at time, times int, route text
SELECT at, times, route FROM people_visit WHERE actor = :person ORDER BY at;

-- :name people_held_corrections
-- :in  person id
-- :out many field text, was text, wish text, reason text, asked_at time, state text, answer text
SELECT field, was, wish, reason, asked_at, state, answer FROM people_correction WHERE person = :person ORDER BY asked_at;

-- :name people_held_erasures
-- :in  person id
-- :out many asked_at time, due_at time, called_off_at time?
SELECT asked_at, due_at, called_off_at FROM people_erasure WHERE person = :person ORDER BY asked_at;

-- :name people_held_back
-- :in  person id
-- :out one private_notes int, partner_answers int, partner_notes int, ruled_out int
-- What is about the person and was written by others in confidence: only that it is there.
SELECT (SELECT count(*) FROM care_call WHERE person = :person AND private_note <> '') AS private_notes,
       (SELECT count(*) FROM evaluation_wave w JOIN journeys_pair j ON j.id = w.pair
         WHERE (j.mentor = :person OR j.mentee = :person) AND w.person <> :person AND w.answered_at IS NOT NULL) AS partner_answers,
       (SELECT count(*) FROM matching_proposal q WHERE (q.mentor = :person AND q.mentee_note <> '') OR (q.mentee = :person AND q.mentor_note <> ''))
         AS partner_notes,
       (SELECT count(*) FROM matching_forbidden f WHERE f.mentor = :person OR f.mentee = :person) AS ruled_out;

-- :name people_held_addresses
-- :in  person id
-- :out many email text, added_at time, confirmed_at time?
SELECT email, added_at, confirmed_at FROM people_address WHERE person = :person ORDER BY added_at;

-- :name people_held_ways_in
-- :in  person id
-- :out many kind text, name text, at time, used_at time?
-- Ways to sign in: that they are there, never what opens them.
SELECT 'passkey' AS kind, name, added_at AS at, used_at FROM people_passkey WHERE person = :person
UNION ALL
SELECT 'password' AS kind, '' AS name, set_at AS at, CAST(NULL AS @int) AS used_at FROM people_password WHERE person = :person
UNION ALL
SELECT 'codes from an app' AS kind, '' AS name, added_at AS at, CAST(NULL AS @int) AS used_at FROM people_authenticator WHERE person = :person
UNION ALL
SELECT 'recovery code' AS kind, '' AS name, made_at AS at, used_at FROM people_recovery WHERE person = :person;

-- :name people_held_reminders
-- :in  person id
-- :out many what text, words text, day day?
-- What the person wants of reminders: kinds left out and how often, quiet hours, what comes again on a day.
SELECT 'wish' AS what, without || ' ' || tempo || ' ' || country AS words, CAST(NULL AS @int) AS day FROM journeys_wish WHERE person = :person
UNION ALL
SELECT 'quiet' AS what, CAST(from_minute AS TEXT) || '-' || CAST(until_minute AS TEXT) || ' ' || zone AS words, CAST(NULL AS @int) AS day
  FROM mail_quiet WHERE person = :person
UNION ALL
SELECT 'later' AS what, rule AS words, until_day AS day FROM journeys_snooze WHERE person = :person;

-- :name people_held_trouble
-- :in  person id
-- :out many address text, kind text, since time, last_at time, said text
SELECT address, kind, since, last_at, said FROM mail_trouble WHERE person = :person ORDER BY since;

-- :name people_held_desk_acts
-- :in  person id
-- :out many at time, kind text, reason text
-- What staff did about or in the name of the person.
SELECT at, kind, reason FROM desk_act
 WHERE person = :person OR pair IN (SELECT id FROM journeys_pair WHERE mentor = :person OR mentee = :person) ORDER BY at;
