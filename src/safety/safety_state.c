/* How the installation is: what the desk, check, readyz and metrics say of it. */
#include "jobs/jobs.h"
#include "mail/mail.h"
#include "os/clock.h"
#include "os/config.h"
#include "safety/safety.sql.h"
#include "safety/safety_parts.h"

enum { DAY_S = 86400, LATE_S = 2 * DAY_S };

/* What a clock that ran ahead has written is not believed. */
static struct err look(struct tx *tx, const char *kind, struct opt *good, struct opt *bad,
                       struct text *error)
{
        int64_t now = clock_seconds();
        struct safety_last row;
        bool found;

        TRY(safety_last(tx, text_of(kind), true, now + DAY_S, &found, &row));
        *good = (struct opt) {.has = found, .v = found ? row.ended_at : 0};
        TRY(safety_last(tx, text_of(kind), false, now + DAY_S, &found, &row));
        if (found && (!good->has || row.ended_at > good->v)) {
                *bad = (struct opt) {.has = true, .v = row.ended_at};
                *error = row.error;
        }
        return OK;
}

struct err safety_state(struct tx *tx, struct safety_state *out)
{
        struct mail_queued mails;

        *out = (struct safety_state) {.off = !tx_app(tx)->config->backups || db_purpose(tx_db(tx)) == DB_DEMO};
        TRY(look(tx, "backup", &out->backup, &out->backup_failed, &out->backup_error));
        TRY(look(tx, "drill", &out->drill, &out->drill_failed, &out->drill_error));
        out->backup_late = !out->off && out->backup.has && clock_seconds() - out->backup.v > LATE_S;
        TRY(mail_queued(tx, true, &mails));
        out->mails = mails.n;
        out->mails_since = mails.since;
        out->mails_error = mails.error;
        TRY(jobs_done_count(tx, &out->jobs_done));
        return jobs_dead_count(tx, &out->jobs_dead);
}

int64_t safety_troubles(const struct safety_state *s)
{
        return (s->backup_failed.has || s->backup_late) + s->drill_failed.has + (s->mails > 0) + (s->jobs_dead > 0);
}
