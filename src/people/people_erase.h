/*
 * Being forgotten.  A person asks, has GRACE days in which to think again, and is then nobody: a row without a name that
 * counts lean on.  Their words go, wherever they stand; what is counted (that a call was made, that a meeting was held, an
 * answer's number) stays.  The partner hears that the pair has ended and nothing else.  Concerns stay with the designated
 * contacts, sealed, as long as those are kept.
 */
#ifndef TELEMACHUS_PEOPLE_PEOPLE_ERASE_H
#define TELEMACHUS_PEOPLE_PEOPLE_ERASE_H

#include "base/who.h"
#include "db/db.h"
#include "jobs/jobs.h"
#include "people/people_erase.sql.h"

enum { PEOPLE_GRACE_DAYS = 7 };

struct people_erasure { bool asked; int64_t asked_at, due_at; struct people_erase_counts counts; };
/* Of who asks: whether it is under way, and what would go and stay. */
struct err people_erasure(struct tx *tx, const struct who *who, struct people_erasure *out);
/* Conflict while a cohort or the installation would be left without anybody in charge. */
struct err people_ask_erasure(struct tx *tx, const struct who *who);
struct err people_call_off_erasure(struct tx *tx, const struct who *who);

/* Now, without asking; nothing to do for one who is gone. For jobs. Files first: people_erase_files(). */
struct err people_erase(struct tx *tx, int64_t person);
struct err people_erase_files(struct app *app, struct arena *a, int64_t person);
/*
 * After an old backup was brought back: whoever was forgotten since is forgotten again. The list of ids lies in the data
 * folder, erased.txt, beside the database.
 */
struct err people_erase_again(struct app *app, struct arena *a, int *n);

/* Whole words that are one of the names become "[…]". Absent when there is none. Pure. */
struct text people_blot(struct arena *a, struct text words, const struct text *names, size_t n);

extern const struct job_kind people_job_erase;

#endif
