/*
 * How long things are kept, and the nightly job that takes them away.  Each kind has a default, bounds, and may be held up
 * for a while with a reason.  What was taken is recorded by kind and number, never what it was.
 */
#ifndef TELEMACHUS_PEOPLE_PEOPLE_RETAIN_H
#define TELEMACHUS_PEOPLE_PEOPLE_RETAIN_H

#include "base/who.h"
#include "db/db.h"
#include "jobs/jobs.h"

enum people_kind {
        KEEP_MESSAGES, KEEP_CALL_NOTES, KEEP_TICKETS, KEEP_ANSWERS, KEEP_MAILS, KEEP_RECORDINGS, KEEP_REFUSED, KEEP_GONE,
        KEEP_CONCERNS, KEEP_READINGS, KEEP_ACTS, KEEP_KINDS,
};

struct people_kind_row {
        const char *key, *title, *what, *from;  /* catalogue keys but for key; from: since when the days count */
        int64_t days, least, most;              /* default and bounds */
};
extern const struct people_kind_row people_kinds[KEEP_KINDS];

/* As it stands: days; held until when (absent: not), why and by whom; how many are due now and within thirty days. */
struct people_keep {
        int64_t days;
        struct opt held_until;
        struct text held_why, held_by;
        int64_t due, soon;
};
struct people_leaver { int64_t id; struct text first_name, last_name; bool ever; };
struct people_keeps {
        struct people_keep row[KEEP_KINDS];
        struct { size_t n; struct people_leaver *row; } leavers;        /* who would be forgotten within thirty days */
};
struct err people_keeps(struct tx *tx, struct people_keeps *out);

/* Administrators. Absent: no such kind; invalid: outside of the bounds. */
struct err people_keep_for(struct tx *tx, const struct who *who, struct text kind, int64_t days);
/* At most a year ahead. */
struct err people_keep_hold(struct tx *tx, const struct who *who, struct text kind, int64_t until_at, struct text reason);
struct err people_keep_release(struct tx *tx, const struct who *who, struct text kind);

/* May messages and notes of a pair that ended then go now? */
struct err people_keep_may_forget(struct tx *tx, int64_t closed_at, bool *may);

/* A job for the coming night; the same again is no error. */
struct err people_retain_tonight(struct tx *tx, int64_t after);
extern const struct job_kind people_job_retain;

#endif
