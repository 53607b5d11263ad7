-- :name safety_run_add
-- :in  id id, kind text, began time, ended time, good bool, file text, bytes int, entries int, error text?
INSERT INTO safety_run (id, kind, began_at, ended_at, good, file, bytes, entries, error)
VALUES (:id, :kind, :began, :ended, :good, :file, :bytes, :entries, :error);

-- :name safety_last
-- :in  kind text, good bool, until time
-- :out maybe ended_at time, file text, bytes int, entries int, error text?
SELECT ended_at, file, bytes, entries, error FROM safety_run
 WHERE kind = :kind AND good = :good AND ended_at <= :until ORDER BY ended_at DESC, id DESC LIMIT 1;

-- :name safety_runs
-- :in  most int
-- :out many kind text, ended_at time, seconds int, good bool, file text, bytes int, entries int, error text?
SELECT kind, ended_at, ended_at - began_at, good, file, bytes, entries, error FROM safety_run
 ORDER BY ended_at DESC, id DESC LIMIT :most;

-- :name safety_run_forget
-- :in  before time
DELETE FROM safety_run WHERE ended_at < :before;
