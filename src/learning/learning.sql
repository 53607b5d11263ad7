-- :name learning_rows_of
-- :in  cohort id, person id
-- :out many module text, opened_at time, answer int?, situation text?, commitment text?, useful int?, done_at time?
SELECT module, opened_at, answer, situation, commitment, useful, done_at
  FROM learning_progress WHERE cohort = :cohort AND person = :person ORDER BY opened_at;

-- :name learning_row
-- :in  cohort id, person id, module text
-- :out maybe answer int?, situation text?, commitment text?, useful int?, done_at time?
SELECT answer, situation, commitment, useful, done_at
  FROM learning_progress WHERE cohort = :cohort AND person = :person AND module = :module;

-- :name learning_mark_opened
-- :in  cohort id, person id, module text, now time
INSERT INTO learning_progress (cohort, person, module, opened_at) VALUES (:cohort, :person, :module, :now)
    ON CONFLICT (cohort, person, module) DO NOTHING;

-- :name learning_save_answer
-- :in  cohort id, person id, module text, answer int
UPDATE learning_progress SET answer = :answer WHERE cohort = :cohort AND person = :person AND module = :module;

-- :name learning_save_done
-- :in  cohort id, person id, module text, situation text?, commitment text?, useful int?, now time
UPDATE learning_progress
   SET situation = :situation, commitment = :commitment, useful = :useful, done_at = coalesce(done_at, :now)
 WHERE cohort = :cohort AND person = :person AND module = :module;

-- :name learning_done_of_cohort
-- :in  cohort id
-- :out many person id, module text, done_at time?
-- The whole cohort at once, for the desk and for reminders.
SELECT person, module, done_at FROM learning_progress WHERE cohort = :cohort ORDER BY person;

-- :name learning_last_commitment
-- :in  cohort id, person id
-- :out maybe commitment text
SELECT commitment FROM learning_progress
 WHERE cohort = :cohort AND person = :person AND commitment IS NOT NULL AND commitment <> '' AND done_at IS NOT NULL
 ORDER BY done_at DESC LIMIT 1;
