-- :name matching_kept_insert
-- :in  run id, mentees int, mentors int, places int, whole bool, hash text, inputs blob, pairs blob, weights text, blocking int, restless text
INSERT INTO matching_kept (run, mentees, mentors, places, whole, hash, inputs, pairs, weights, blocking, restless)
VALUES (:run, :mentees, :mentors, :places, :whole, :hash, :inputs, :pairs, :weights, :blocking, :restless);

-- :name matching_kept_row
-- :in  run id
-- :out maybe mentees int, mentors int, places int, whole bool, hash text, inputs blob, pairs blob, weights text, blocking int, restless text
SELECT mentees, mentors, places, whole, hash, inputs, pairs, weights, blocking, restless FROM matching_kept WHERE run = :run;

-- :name matching_kept_few
-- :in  run id
-- :out maybe mentees int, mentors int, places int, blocking int, restless text
SELECT mentees, mentors, places, blocking, restless FROM matching_kept WHERE run = :run;

-- :name matching_run_one
-- :in  run id
-- :out maybe id id, cohort id, at time, by_person id, objective text, inputs_hash text, matched int, total int, lowest int, unmatched text
SELECT id, cohort, at, by_person, objective, inputs_hash, matched, total, lowest, unmatched FROM matching_run WHERE id = :run;

-- :name matching_run_rows
-- :in  cohort id, most int
-- :out many id id, at time, by_person id, objective text, matched int, total int, lowest int, mentees int?, hash text?, whole bool?
SELECT r.id, r.at, r.by_person, r.objective, r.matched, r.total, r.lowest, k.mentees, k.hash, k.whole
  FROM matching_run r LEFT JOIN matching_kept k ON k.run = r.id
 WHERE r.cohort = :cohort ORDER BY r.at DESC, r.id DESC LIMIT :most;
