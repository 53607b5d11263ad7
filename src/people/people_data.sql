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
-- :out many starts_at time, minutes int, channel text, state text
SELECT m.starts_at, m.minutes, m.channel, m.state
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
-- :out many module text, situation text?, commitment text?, useful int?, done_at time?
SELECT l.module, l.situation, l.commitment, l.useful, l.done_at
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
-- :out many opened_at time, state text, body text
SELECT opened_at, state, body FROM care_concern WHERE reporter = :person ORDER BY opened_at;

-- :name people_held_calls
-- :in  person id
-- :out many due_at time, state text, outcome text?, minutes int?, action text?
SELECT due_at, state, outcome, minutes, action FROM care_call WHERE person = :person ORDER BY due_at;

-- :name people_held_mails
-- :in  person id
-- :out many created_at time, subject text
SELECT created_at, subject FROM mail_outbox WHERE person = :person ORDER BY created_at;
