#include "base/log.h"
#include "db/postgres.h"

#include <string.h>

static bool state_is(const char *state, const char *list) { return *state && strstr(list, state); }

static struct err lost(const struct pg_conn *c)
{
        if (c->committing)
                return FAIL(ERR_UPSTREAM,
                            M_("The database server went away while this was being saved."),
                            M_("It may have been saved. Look before you try again."));
        return FAIL(ERR_UPSTREAM, M_("The database server does not answer."),
                    M_("Try again in a moment."));
}

static struct err kind_of(const char *state)
{
        if (state_is(state, "23505 23P01"))
                return FAIL(ERR_CONFLICT, M_("This exists already, or somebody else was faster."),
                            M_("Look again, then decide."));
        if (state_is(state, "23503"))
                return FAIL(
                        ERR_CONFLICT,
                        M_("What this belongs to has gone, or other things still depend on it."),
                        M_("Look again, then decide."));
        if (state_is(state, "40001 40P01 55P03 57014 53300"))
                return FAIL(ERR_BUSY, M_("The database is busy."), M_("Try again in a moment."));
        if (state_is(state, "53100"))
                return FAIL(ERR_UPSTREAM, M_("The disk is full."),
                            M_("Free some space on the server, then try again."));
        if (state_is(state, "22021 22P05"))
                return FAIL(ERR_INVALID, M_("This text has characters that cannot be kept."),
                            M_("Type it again without them."));
        if (state_is(state, "25006 42501 28000 28P01 3D000"))
                return FAIL(ERR_UPSTREAM, M_("The database server refuses this."),
                            M_("Check the user and the rights that database: in telemachus.yaml "
                               "gives."));
        return FAIL(ERR_BROKEN, M_("Something went wrong on our side."),
                    M_("Try again in a moment."));
}

/*
 * Messages from the server name tables and columns, but the DETAIL line may quote what people
 * wrote: it is left out.
 */
static const char *detail(struct arena *a, const char *statement, const char *state,
                          const char *words)
{
        size_t n = strcspn(words, "\n");

        return text_format(a, "%s: %s %.*s", statement, state, (int)n, words).p;
}

struct err pg_err(struct pg_conn *c, const PGresult *result, const char *statement, struct arena *a)
{
        const char *state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
        const char *words = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
        struct err e;

        state = state ? state : "";
        /* Without a state it is not the server that speaks: what it did, whether a statement is prepared by now, nobody knows. */
        if (PQstatus(c->pg) != CONNECTION_OK || !*state || state_is(state, "57P01 57P02 57P03")) {
                c->again = PG_LOST;
                c->doubtful = true;
                e = lost(c);
        } else {
                if (state_is(state, "40001 40P01"))
                        c->again = PG_AGAIN;
                e = kind_of(state);
        }
        if (a)
                e.detail = detail(a, statement, state, words ? words : PQerrorMessage(c->pg));
        return e;
}

void pg_notice(void *arg, const char *message)
{
        (void)arg;
        log_write(LOG_DEBUG, "db.notice text=%.*s", (int)strcspn(message, "\n"), message);
}
