-- ---- the ranking window ----

-- :name matching_window_row
-- :in   cohort id
-- :out  maybe opened_at time, closes_at time, closed_at time?
SELECT opened_at, closes_at, closed_at FROM matching_window WHERE cohort = :cohort;

-- :name matching_window_put
-- :in   cohort id, now time, closes_at time, by_person id
INSERT INTO matching_window (cohort, opened_at, closes_at, by_person, closed_at)
VALUES (:cohort, :now, :closes_at, :by_person, NULL)
    ON CONFLICT (cohort) DO UPDATE SET opened_at = excluded.opened_at, closes_at = excluded.closes_at,
       by_person = excluded.by_person, closed_at = NULL;

-- :name matching_window_end
-- :in   cohort id, closes_at time
UPDATE matching_window SET closed_at = :closes_at WHERE cohort = :cohort AND closed_at IS NULL;

-- :name matching_window_counts
-- :in   cohort id
-- :out  one mentees int, mentees_answered int, mentors int, mentors_answered int
SELECT (SELECT count(DISTINCT mentee) FROM matching_shortlist WHERE cohort = :cohort) AS mentees,
       (SELECT count(*) FROM matching_answered WHERE cohort = :cohort AND side = 'mentee') AS mentees_answered,
       (SELECT count(DISTINCT mentor) FROM matching_shortlist WHERE cohort = :cohort) AS mentors,
       (SELECT count(*) FROM matching_answered WHERE cohort = :cohort AND side = 'mentor') AS mentors_answered;

-- :name matching_list_clear
-- :in   cohort id
DELETE FROM matching_shortlist WHERE cohort = :cohort;

-- :name matching_answered_clear
-- :in   cohort id
DELETE FROM matching_answered WHERE cohort = :cohort;

-- :name matching_list_insert
-- :in   cohort id, mentee id, mentor id, score int, reasons text
INSERT INTO matching_shortlist (cohort, mentee, mentor, score, reasons) VALUES (:cohort, :mentee, :mentor, :score, :reasons);

-- :name matching_list_of_mentee
-- :in   cohort id, mentee id
-- :out  many person id, reasons text, rank int?, not_with bool
-- By first name: no place on the page is better than another.
SELECT l.mentor AS person, l.reasons, r.rank, CASE WHEN v.mentor IS NULL THEN 0 ELSE 1 END AS not_with
  FROM matching_shortlist l
  JOIN people_person p ON p.id = l.mentor
  LEFT JOIN matching_rank r ON r.cohort = l.cohort AND r.mentee = l.mentee AND r.mentor = l.mentor
  LEFT JOIN matching_avoid v ON v.cohort = l.cohort AND v.mentee = l.mentee AND v.mentor = l.mentor
 WHERE l.cohort = :cohort AND l.mentee = :mentee
 ORDER BY p.first_name, p.id;

-- :name matching_wish_rows
-- :reads nobody
-- :in   cohort id, mentee id
-- :out  many mentor id, rank int?, not_with bool, marked bool
-- For staff: what a mentee answered, in their order, and which of these mentors have marked them.
SELECT l.mentor, r.rank, CASE WHEN v.mentor IS NULL THEN 0 ELSE 1 END AS not_with, CASE WHEN m.mentor IS NULL THEN 0 ELSE 1 END AS marked
  FROM matching_shortlist l
  LEFT JOIN matching_rank r ON r.cohort = l.cohort AND r.mentee = l.mentee AND r.mentor = l.mentor
  LEFT JOIN matching_avoid v ON v.cohort = l.cohort AND v.mentee = l.mentee AND v.mentor = l.mentor
  LEFT JOIN matching_mark m ON m.cohort = l.cohort AND m.mentee = l.mentee AND m.mentor = l.mentor
 WHERE l.cohort = :cohort AND l.mentee = :mentee
 ORDER BY r.rank NULLS LAST, l.mentor;

-- :name matching_list_of_mentor
-- :in   cohort id, mentor id, most int
-- :out  many person id, reasons text, first_name text, marked bool
-- Those who fit best, whatever they answered themselves.
SELECT x.person, x.reasons, x.first_name, x.marked
  FROM (SELECT l.mentee AS person, l.reasons, p.first_name,
               CASE WHEN m.mentee IS NULL THEN 0 ELSE 1 END AS marked
          FROM matching_shortlist l
          JOIN people_person p ON p.id = l.mentee
          LEFT JOIN matching_mark m ON m.cohort = l.cohort AND m.mentor = l.mentor AND m.mentee = l.mentee
         WHERE l.cohort = :cohort AND l.mentor = :mentor
         ORDER BY l.score DESC, l.mentee
         LIMIT :most) x
 ORDER BY x.first_name, x.person;

-- :name matching_list_has
-- :in   cohort id, person id, mentor bool
-- :out  one n int
SELECT count(*) AS n FROM matching_shortlist
 WHERE cohort = :cohort AND ((:mentor = 1 AND mentor = :person) OR (:mentor = 0 AND mentee = :person));

-- :name matching_answered_row
-- :in   cohort id, person id, side text
-- :out  maybe at time
SELECT at FROM matching_answered WHERE cohort = :cohort AND person = :person AND side = :side;

-- :name matching_answered_put
-- :in   cohort id, person id, side text, now time
INSERT INTO matching_answered (cohort, person, side, at) VALUES (:cohort, :person, :side, :now)
    ON CONFLICT (cohort, person, side) DO UPDATE SET at = excluded.at;

-- :name matching_rank_clear
-- :in   cohort id, mentee id
DELETE FROM matching_rank WHERE cohort = :cohort AND mentee = :mentee;

-- :name matching_rank_put
-- :in   cohort id, mentee id, mentor id, rank int
INSERT INTO matching_rank (cohort, mentee, mentor, rank) VALUES (:cohort, :mentee, :mentor, :rank);

-- :name matching_rank_forget
-- :in   cohort id
-- What was said of mentors who are on no list any more.
DELETE FROM matching_rank
 WHERE cohort = :cohort
   AND NOT EXISTS (SELECT 1 FROM matching_shortlist l
                    WHERE l.cohort = matching_rank.cohort AND l.mentee = matching_rank.mentee AND l.mentor = matching_rank.mentor);

-- :name matching_avoid_put
-- :in   cohort id, mentee id, mentor id, now time
INSERT INTO matching_avoid (cohort, mentee, mentor, at) VALUES (:cohort, :mentee, :mentor, :now)
    ON CONFLICT (cohort, mentee, mentor) DO NOTHING;

-- :name matching_avoid_drop
-- :in   cohort id, mentee id, mentor id
DELETE FROM matching_avoid WHERE cohort = :cohort AND mentee = :mentee AND mentor = :mentor;

-- :name matching_ruled_out_row
-- :in   cohort id, mentor id, mentee id
-- :out  one n int
-- Not even by hand: ruled out by a colleague, a private wish, or a no to this very proposal.
SELECT (SELECT count(*) FROM matching_forbidden WHERE cohort = :cohort AND mentor = :mentor AND mentee = :mentee)
     + (SELECT count(*) FROM matching_avoid WHERE cohort = :cohort AND mentor = :mentor AND mentee = :mentee)
     + (SELECT count(*) FROM matching_proposal
         WHERE cohort = :cohort AND mentor = :mentor AND mentee = :mentee AND state = 'declined') AS n;

-- :name matching_mark_clear
-- :in   cohort id, mentor id
DELETE FROM matching_mark WHERE cohort = :cohort AND mentor = :mentor;

-- :name matching_mark_put
-- :in   cohort id, mentor id, mentee id, now time
INSERT INTO matching_mark (cohort, mentor, mentee, at) VALUES (:cohort, :mentor, :mentee, :now);

-- :name matching_mark_forget
-- :in   cohort id
DELETE FROM matching_mark
 WHERE cohort = :cohort
   AND NOT EXISTS (SELECT 1 FROM matching_shortlist l
                    WHERE l.cohort = matching_mark.cohort AND l.mentee = matching_mark.mentee AND l.mentor = matching_mark.mentor);

-- :name matching_mark_rows
-- :in   cohort id
-- :out  many mentor id, mentee id
SELECT mentor, mentee FROM matching_mark WHERE cohort = :cohort ORDER BY mentor, mentee;

-- ---- mentors who stand by, or take a group ----

-- :name matching_kind_rows
-- :in   cohort id
-- :out  many mentor id, reserve bool, group_least int
SELECT mentor, reserve, group_least FROM matching_mentor WHERE cohort = :cohort ORDER BY mentor;

-- :name matching_kind_row
-- :in   cohort id, mentor id
-- :out  maybe reserve bool, group_least int
SELECT reserve, group_least FROM matching_mentor WHERE cohort = :cohort AND mentor = :mentor;

-- :name matching_kind_put
-- :in   cohort id, mentor id, reserve bool, group_least int
INSERT INTO matching_mentor (cohort, mentor, reserve, group_least) VALUES (:cohort, :mentor, :reserve, :group_least)
    ON CONFLICT (cohort, mentor) DO UPDATE SET reserve = excluded.reserve, group_least = excluded.group_least;

-- ---- waves, refills ----

-- :name matching_wave_rows
-- :in   cohort id
-- :out  many sent_at time, expires_at time, sent int, accepted int, declined int, expired int, open int
SELECT published_at AS sent_at, max(expires_at) AS expires_at, count(*) AS sent,
       CAST(sum(CASE WHEN state = 'accepted' THEN 1 ELSE 0 END) AS @int) AS accepted,
       CAST(sum(CASE WHEN state = 'declined' THEN 1 ELSE 0 END) AS @int) AS declined,
       CAST(sum(CASE WHEN state = 'expired' THEN 1 ELSE 0 END) AS @int) AS expired,
       CAST(sum(CASE WHEN state = 'published' THEN 1 ELSE 0 END) AS @int) AS open
  FROM matching_proposal
 WHERE cohort = :cohort AND published_at IS NOT NULL AND expires_at IS NOT NULL
 GROUP BY published_at
 ORDER BY published_at;

-- :name matching_draft_rows
-- :in   cohort id
-- :out  many id id, mentor id, mentee id
SELECT id, mentor, mentee FROM matching_proposal WHERE cohort = :cohort AND state = 'draft' ORDER BY mentee, id;

-- :name matching_lapsed_rows
-- :in   cohort id
-- :out  many mentor id, mentee id, state text
-- The newest last.
SELECT mentor, mentee, state FROM matching_proposal
 WHERE cohort = :cohort AND state IN ('declined', 'expired')
 ORDER BY published_at NULLS FIRST, id;

-- :name matching_decline_rows
-- :in   cohort id
-- :out  many person id, n int
SELECT x.person, count(*) AS n
  FROM (SELECT mentor AS person FROM matching_proposal WHERE cohort = :cohort AND mentor_answer = 'no'
        UNION ALL
        SELECT mentee AS person FROM matching_proposal WHERE cohort = :cohort AND mentee_answer = 'no') x
 GROUP BY x.person
 ORDER BY x.person;

-- :name matching_origin_put
-- :in   proposal id, why text
INSERT INTO matching_origin (proposal, why) VALUES (:proposal, :why);

-- :name matching_origin_rows
-- :reads nobody
-- :in   cohort id
-- :out  many proposal id, why text, mentor_first text, mentor_last text, mentee_first text, mentee_last text
-- Unsent proposals that came up by themselves, oldest first.
SELECT o.proposal, o.why, r.first_name AS mentor_first, r.last_name AS mentor_last, e.first_name AS mentee_first,
       e.last_name AS mentee_last
  FROM matching_proposal p
  JOIN matching_origin o ON o.proposal = p.id
  JOIN people_person r ON r.id = p.mentor
  JOIN people_person e ON e.id = p.mentee
 WHERE p.cohort = :cohort AND p.state IN ('draft', 'locked')
 ORDER BY p.score DESC, p.id;
