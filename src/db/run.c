/* What generated functions call: each goes straight to the driver. */
#include "base/log.h"
#include "db/driver.h"

#include <string.h>

const char db_absent_what[] = "There is nothing here.";
const char db_absent_next[] = "It may have been removed. Go back and look again.";

struct err db_run_begin(struct tx *tx, const struct db_stmt *stmt, struct db_run **out)
{
        struct db_run *run;

        if (failed(tx->failed))
                return tx->failed;
        must(tx->write || !stmt->write);
        TRY(tx->db->driver->begin(tx, stmt, &run));
        must(!run->open);
        run->open = true;
        run->tx = tx;
        run->whose = 0;
        run->below = tx->runs;
        tx->runs = run;
        *out = run;
        return OK;
}

void db_run_end(struct db_run *run)
{
        struct db_run **link = &run->tx->runs;

        while (*link != run)
                link = &(*link)->below;
        *link = run->below;
        run->open = false;
        run->driver->end(run);
}

void db_bind_int(struct db_run *run, int n, int64_t v)
{
        if (n == run->stmt->whose_in)
                run->whose = v;
        run->driver->bind_int(run, n, v);
}

void db_bind_real(struct db_run *run, int n, double v) { run->driver->bind_real(run, n, v); }
void db_bind_text(struct db_run *run, int n, struct text v) { run->driver->bind_text(run, n, v); }
void db_bind_blob(struct db_run *run, int n, struct text v) { run->driver->bind_blob(run, n, v); }
void db_bind_null(struct db_run *run, int n) { run->driver->bind_null(run, n); }

void db_bind_opt(struct db_run *run, int n, struct opt v)
{
        if (v.has)
                run->driver->bind_int(run, n, v.v);
        else
                run->driver->bind_null(run, n);
}

void db_bind_opt_real(struct db_run *run, int n, struct opt_real v)
{
        if (v.has)
                run->driver->bind_real(run, n, v.v);
        else
                run->driver->bind_null(run, n);
}

struct err db_run_step(struct db_run *run, bool *row)
{
        TRY(run->driver->step(run, row));
        if (*row && run->tx->sights && run->stmt->reads)
                sights_add(run);
        return OK;
}

struct err db_run_last(struct db_run *run)
{
        bool row;

        TRY(run->driver->step(run, &row));
        if (!row)
                return OK;
        struct err e = FAIL(ERR_BROKEN, M_("Something went wrong on our side."),
                            M_("Try again in a moment."));
        e.detail = run->stmt->name;
        log_write(LOG_ERROR, "db.more_than_one_row statement=%s at=%s", run->stmt->name,
                  run->stmt->origin);
        return tx_fail(run->tx, e);
}

int64_t db_col_int(struct db_run *run, int n) { return run->driver->col_int(run, n); }
double db_col_real(struct db_run *run, int n) { return run->driver->col_real(run, n); }
struct text db_col_text(struct db_run *run, int n) { return run->driver->col_text(run, n); }
struct text db_col_blob(struct db_run *run, int n) { return run->driver->col_blob(run, n); }
bool db_col_null(struct db_run *run, int n) { return run->driver->col_null(run, n); }

struct opt db_col_opt(struct db_run *run, int n)
{
        if (run->driver->col_null(run, n))
                return (struct opt) {0};
        return (struct opt) {.has = true, .v = run->driver->col_int(run, n)};
}

struct opt_real db_col_opt_real(struct db_run *run, int n)
{
        if (run->driver->col_null(run, n))
                return (struct opt_real) {0};
        return (struct opt_real) {.has = true, .v = run->driver->col_real(run, n)};
}

int64_t db_run_changes(struct db_run *run) { return run->driver->changes(run); }

void *db_list_room(struct tx *tx, void *rows, size_t n, size_t size)
{
        enum { FIRST = 8 };

        if (n == 0)
                return arena_alloc_array(tx->arena, size, FIRST);
        if (n < FIRST || (n & (n - 1)) != 0)
                return rows;
        void *more = arena_alloc_array(tx->arena, size, n * 2);
        return memcpy(more, rows, n * size);
}
