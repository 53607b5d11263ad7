#include "base/log.h"
#include "db/driver.h"

#include <setjmp.h>

static _Thread_local struct tx *current;

bool tx_inside(const struct db *db)
{
        for (const struct tx *t = current; t; t = t->outer)
                if (t->db == db)
                        return true;
        return false;
}

void tx_refuse_nested(const struct db *db) { must(!tx_inside(db)); }

void tx_start(struct tx *tx, struct db *db, void *conn, struct arena *a, bool write)
{
        *tx = (struct tx) {.db = db, .conn = conn, .arena = a, .write = write};
        tx->outer = current;
        current = tx;
        db_clock_look(tx);
        tx->now = db_now(db);
        current = tx->outer;
}

static void end_runs(struct tx *tx)
{
        while (tx->runs)
                db_run_end(tx->runs);
}

static struct err guarded(struct tx *tx, db_fn *fn, void *in, jmp_buf *guard)
{
        if (setjmp(*guard) == 0)
                return fn(tx, in);
        return FAIL(ERR_LIMIT, M_("This is more than one page or step can hold."),
                    M_("Ask for less at a time."));
}

struct err tx_call(struct tx *tx, db_fn *fn, void *in)
{
        jmp_buf guard;
        jmp_buf *before = arena_guard(tx->arena, &guard);

        tx->outer = current;
        current = tx;
        struct err e = guarded(tx, fn, in, &guard);
        current = tx->outer;
        arena_guard(tx->arena, before);
        end_runs(tx);
        return failed(e) ? e : tx->failed;
}

struct err tx_fail(struct tx *tx, struct err e)
{
        if (!failed(tx->failed))
                tx->failed = e;
        return e;
}

void tx_wrong_type(const struct db_run *run, int n)
{
        log_write(LOG_ERROR, "db.wrong_type statement=%s at=%s column=%d declared=%c",
                  run->stmt->name, run->stmt->origin, n + 1, run->stmt->out_types[n]);
        must(!"a statement returned what it does not declare");
        __builtin_unreachable();
}

struct arena *tx_arena(struct tx *tx) { return tx->arena; }
struct db *tx_db(struct tx *tx) { return tx->db; }
struct app *tx_app(struct tx *tx) { return tx->db->app; }
int64_t tx_now(struct tx *tx) { return tx->now; }
void tx_set_act(struct tx *tx, int64_t act) { tx->act = act; }
int64_t tx_act(const struct tx *tx) { return tx->act; }
