/*
 * Concerns as designated contacts read them.  Forbidden to everybody else, staff and administrators included; absent to a
 * contact whom the reporter has named as not to read it, and to one who is in the pair.
 *
 * Refuses to be a place of investigation: a case holds what was sent, what was answered, who does what by when.
 */
#ifndef TELEMACHUS_CARE_CARE_CONCERN_H
#define TELEMACHUS_CARE_CARE_CONCERN_H

#include "care/care.h"
#include "care/care_concern.sql.h"
#include "jobs/jobs.h"
#include "people/people.h"

struct care_step {
        int64_t id, at;
        bool by_reporter;
        struct text by_name, kind, words;       /* kind: note, task, answer, reply, state, pair */
        struct opt due_at, done_at;
};
struct care_case {
        struct care_concern_row row;
        struct text body, reach;                /* opened */
        struct { size_t n; struct care_step *row; } steps;
        struct people_acts_on readings;         /* who has read it when */
};
/* The caller writes down that it was read: care_note_reading(), after the page and before it is sent. */
struct err care_read_concern(struct tx *tx, const struct who *who, int64_t concern, struct care_case *out);
struct err care_note_reading(struct tx *tx, const struct who *who, int64_t concern);

/* word: a sentence for the reporter, shown to whoever has the code. */
struct err care_say_concern(struct tx *tx, const struct who *who, int64_t concern, struct text state, struct text word);

/* kind: note (contacts alone), task (with a day), answer (whoever has the code reads it). due_at: absent unless a task. */
struct err care_add_step(struct tx *tx, const struct who *who, int64_t concern, struct text kind, struct text words,
                         struct opt due_at);
struct err care_finish_step(struct tx *tx, const struct who *who, int64_t concern, int64_t step);

/* The pair that rests: goes on, or ends. Both hear it in neutral words. */
struct err care_decide_pair(struct tx *tx, const struct who *who, int64_t concern, bool goes_on);

/* ---- for whoever has the code ---- */

struct care_told {
        struct care_concern_by_code row;
        struct { size_t n; struct care_step *row; } steps;      /* answers and replies */
};
struct err care_look_up(struct tx *tx, struct text code, struct care_told *out);
struct err care_reply_concern(struct tx *tx, struct text code, struct text words);

/* When a concern must have been taken, and when a step is due. */
extern const struct job_kind care_job_concern;

#endif
