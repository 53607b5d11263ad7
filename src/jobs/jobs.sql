-- :name jobs_insert
-- :in  id id, kind text, key text, clock int, due time, a id, b id
-- :out none
INSERT INTO jobs_job (id, kind, key, clock, due, a, b, state)
VALUES (:id, :kind, :key, :clock, :due, :a, :b, 'waiting')
    ON CONFLICT (kind, key) DO NOTHING;

-- :name jobs_oldest_due
-- :in  clock int, now time, machine time
-- :out maybe id id, kind text, key text, due time, a id, b id, tries int
-- A pause or a lease of more than a day was written by a clock that ran ahead.
SELECT id, kind, key, due, a, b, tries
  FROM jobs_job
 WHERE state = 'waiting' AND clock = :clock AND due <= :now AND (not_before <= :machine OR not_before > :machine + 86400)
   AND (lease_until <= :machine OR lease_until > :machine + 86400)
 ORDER BY due, id
 LIMIT 1;

-- :name jobs_next_due
-- :in  clock int
-- :out maybe due time
SELECT due
  FROM jobs_job
 WHERE state = 'waiting' AND clock = :clock
 ORDER BY due
 LIMIT 1;

-- :name jobs_lease
-- :in  id id, machine time, until time
-- :out none
-- :changes
UPDATE jobs_job SET lease_until = :until, tries = tries + 1
 WHERE id = :id AND state = 'waiting' AND (lease_until <= :machine OR lease_until > :machine + 86400);

-- :name jobs_finish
-- :in  id id, machine time
-- :out none
-- :changes
UPDATE jobs_job SET state = 'done', lease_until = 0, ended_at = :machine WHERE id = :id AND state = 'waiting';

-- :name jobs_retry
-- :in  id id, not_before time, error text, state text
-- :out none
UPDATE jobs_job
   SET tries = tries + 1, not_before = :not_before, lease_until = 0, error = :error, state = :state
 WHERE id = :id AND state = 'waiting';

-- :name jobs_dead_list
-- :out many id id, kind text, key text, due time, tries int, error text?
SELECT id, kind, key, due, tries, error FROM jobs_job WHERE state = 'dead' ORDER BY due DESC LIMIT 200;

-- :name jobs_revive
-- :in  id id
-- :out none
UPDATE jobs_job SET state = 'waiting', tries = 0, not_before = 0, lease_until = 0 WHERE id = :id AND state = 'dead';

-- :name jobs_retry_at_once
-- Nobody waits for a pause to pass: for administrators and tests.
UPDATE jobs_job SET not_before = 0 WHERE state = 'waiting';

-- :name jobs_planned_count
-- :in  kind text, after time, until time
-- :out one n int
SELECT count(*) FROM jobs_job WHERE state = 'waiting' AND kind = :kind AND due > :after AND due <= :until;

-- :name jobs_dead_size
-- :out one n int
SELECT count(*) FROM jobs_job WHERE state = 'dead';

-- :name jobs_release
-- :in  id id, not_before time
-- Given back without having failed.
UPDATE jobs_job SET lease_until = 0, not_before = :not_before WHERE id = :id AND state = 'waiting';

-- :name jobs_date_done
-- :in  now time, ahead time
UPDATE jobs_job SET ended_at = :now WHERE state = 'done' AND (ended_at IS NULL OR ended_at > :ahead);

-- :name jobs_tally_done
-- :in  ended time, due time
-- due: by programme time, which a job by the machine's clock passes anyway.
INSERT INTO jobs_tally (kind, done, failed)
SELECT kind, count(*), sum(CASE WHEN error IS NOT NULL THEN 1 ELSE 0 END)
  FROM jobs_job
 WHERE state = 'done' AND ended_at < :ended AND (clock = 1 OR due < :due)
 GROUP BY kind
    ON CONFLICT (kind) DO UPDATE SET done = jobs_tally.done + excluded.done, failed = jobs_tally.failed + excluded.failed;

-- :name jobs_drop_done
-- :in  ended time, due time
-- :changes
DELETE FROM jobs_job WHERE state = 'done' AND ended_at < :ended AND (clock = 1 OR due < :due);

-- :name jobs_done_size
-- :out one n int
SELECT (SELECT count(*) FROM jobs_job WHERE state = 'done') + (SELECT CAST(coalesce(sum(done), 0) AS @int) FROM jobs_tally);
