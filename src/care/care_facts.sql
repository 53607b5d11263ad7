-- What the morning's review reads of the other rooms.  One statement looks at a whole cohort, because the review of a year is
-- played many times over in a rehearsal; nothing here is written, and nothing of what people wrote is read.  The only place of
-- care/ that knows tables of other rooms.

-- :name care_facts_calls_off
-- :in   cohort id
-- :out  many pair id, n int, last_at time, least_by int, most_by int
-- Meetings called off since the two last met, in pairs that are going on.
SELECT m.pair, count(*) AS n, max(m.starts_at) AS last_at, coalesce(min(m.settled_by), 0) AS least_by,
       coalesce(max(m.settled_by), 0) AS most_by
  FROM journeys_pair p JOIN journeys_meeting m ON m.pair = p.id
 WHERE p.cohort = :cohort AND p.state = 'active' AND m.state IN ('cancelled', 'moved', 'missed')
   AND m.starts_at > coalesce(p.last_met_at, 0)
 GROUP BY m.pair
HAVING count(*) > 1;

-- :name care_facts_written
-- :in   cohort id, since time
-- :out  many pair id, by_mentor int, by_mentee int, mentor_waits int, mentee_waits int, mentor_since time?, mentee_since time?
-- Who writes, and whose messages wait for the other one's word; by pair, counted over the last weeks.
SELECT c.pair,
       CAST(sum(CASE WHEN c.by_person = p.mentor THEN 1 ELSE 0 END) AS @int) AS by_mentor,
       CAST(sum(CASE WHEN c.by_person = p.mentee THEN 1 ELSE 0 END) AS @int) AS by_mentee,
       CAST(sum(CASE WHEN c.by_person = p.mentor AND c.at > coalesce(p.last_mentee_at, 0) THEN 1 ELSE 0 END) AS @int) AS mentor_waits,
       CAST(sum(CASE WHEN c.by_person = p.mentee AND c.at > coalesce(p.last_mentor_at, 0) THEN 1 ELSE 0 END) AS @int) AS mentee_waits,
       max(CASE WHEN c.by_person = p.mentor AND c.at > coalesce(p.last_mentee_at, 0) THEN c.at END) AS mentor_since,
       max(CASE WHEN c.by_person = p.mentee AND c.at > coalesce(p.last_mentor_at, 0) THEN c.at END) AS mentee_since
  FROM journeys_pair p JOIN journeys_contact c ON c.pair = p.id
 WHERE p.cohort = :cohort AND p.state = 'active' AND c.at >= :since AND c.two_way = 0 AND c.kind IN ('message', 'mail')
 GROUP BY c.pair;

-- :name care_facts_pulses
-- :reads nobody
-- :in   cohort id, since time
-- :out  many pair id, person id, at time, lowest int?, useful int?, contact text?, before int?
-- Pulses answered lately, oldest first, with the lowest score of the one before.
SELECT w.pair, w.person, coalesce(w.answered_at, 0) AS at,
       (SELECT min(a.value) FROM evaluation_answer a WHERE a.wave = w.id AND a.question IN ('often', 'useful', 'safe')) AS lowest,
       (SELECT a.value FROM evaluation_answer a WHERE a.wave = w.id AND a.question = 'useful') AS useful,
       (SELECT a.words FROM evaluation_answer a WHERE a.wave = w.id AND a.question = 'contact') AS contact,
       (SELECT min(a.value) FROM evaluation_answer a
         WHERE a.question IN ('often', 'useful', 'safe')
           AND a.wave = (SELECT v.id FROM evaluation_wave v
                          WHERE v.person = w.person AND v.pair = w.pair AND v.answered_at < w.answered_at
                          ORDER BY v.answered_at DESC LIMIT 1)) AS before
  FROM evaluation_wave w
 WHERE w.cohort = :cohort AND w.pair <> 0 AND w.answered_at >= :since
 ORDER BY w.answered_at, w.id;

-- :name care_facts_silent
-- :in   cohort id, before time
-- :out  many person id, n int, since time
-- Surveys in a row without an answer, each given time enough.
SELECT w.person, count(*) AS n, max(w.asked_at) AS since
  FROM evaluation_wave w
 WHERE w.cohort = :cohort AND w.answered_at IS NULL AND w.asked_at < :before
   AND NOT EXISTS (SELECT 1 FROM evaluation_wave x
                    WHERE x.person = w.person AND x.answered_at IS NOT NULL AND x.asked_at >= w.asked_at)
 GROUP BY w.person
HAVING count(*) > 1;

-- :name care_facts_missed
-- :in   cohort id
-- :out  many person id, n int, launch int, last_at time
SELECT s.person, count(*) AS n, CAST(sum(CASE WHEN g.kind = 'prepare' THEN 1 ELSE 0 END) AS @int) AS launch, max(t.starts_at) AS last_at
  FROM gatherings_gathering g
  JOIN gatherings_seat s ON s.gathering = g.id
  JOIN gatherings_sitting t ON t.id = s.sitting
 WHERE g.cohort = :cohort AND s.attended = 'missed'
 GROUP BY s.person;

-- :name care_facts_proposed
-- :in   cohort id
-- :out  many mentor id, mentee id, published_at time, mentor_waits bool, mentee_waits bool
SELECT mentor, mentee, coalesce(published_at, 0) AS published_at, CASE WHEN mentor_answer IS NULL THEN 1 ELSE 0 END AS mentor_waits,
       CASE WHEN mentee_answer IS NULL THEN 1 ELSE 0 END AS mentee_waits
  FROM matching_proposal
 WHERE cohort = :cohort AND state = 'published' AND published_at IS NOT NULL;

-- :name care_facts_nudged
-- :in   cohort id, letter text, since time
-- :out  many person id, pair id, at time
-- Who got the last letter of a reminder that asks for a person afterwards.
SELECT person, coalesce(pair, 0) AS pair, at FROM journeys_sent
 WHERE rule = :letter AND cohort = :cohort AND at >= :since AND skipped IS NULL;

-- :name care_facts_intake
-- :in   cohort id
-- :out  many person id
-- Applications that leave something open: a thin goal, somebody they do not want to meet, an earlier pair that ended early.
SELECT t.person
  FROM programmes_participant t LEFT JOIN people_profile f ON f.person = t.person
 WHERE t.cohort = :cohort AND t.state IN ('applied', 'accepted', 'ready')
   AND ((t.role = 'mentee' AND f.goals IS NOT NULL AND f.goals <> '' AND length(f.goals) < 20)
        OR EXISTS (SELECT 1 FROM programmes_not_with n WHERE n.cohort = t.cohort AND n.person = t.person)
        OR EXISTS (SELECT 1 FROM journeys_pair p
                    WHERE (p.mentor = t.person OR p.mentee = t.person) AND p.cohort <> t.cohort AND p.state = 'closed'
                      AND p.end_reason NOT IN ('completed', 'goals-met')))
 GROUP BY t.person;
