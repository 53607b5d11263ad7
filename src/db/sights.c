/* What was read about whom, noted while statements run. */
#include "db/driver.h"

#include <string.h>

void tx_watch(struct tx *tx, struct db_sights *into) { tx->sights = into; }

/* The same statement tends to give the same again at once: looked for from the end. */
static bool is_there(const struct db_sights *s, const struct db_sight *one)
{
        for (size_t i = s->n; i > 0 && i + 64 > s->n; i--)
                if (s->row[i - 1].id == one->id && s->row[i - 1].pair == one->pair && s->row[i - 1].what == one->what)
                        return true;
        return false;
}

static void add(struct tx *tx, struct db_sight one)
{
        struct db_sights *s = tx->sights;

        if (one.id == 0 || is_there(s, &one))
                return;
        if (s->n == s->room) {
                s->room = s->room ? s->room * 2 : 64;
                struct db_sight *more = arena_array(tx->arena, struct db_sight, s->room);
                if (s->n)
                        memcpy(more, s->row, s->n * sizeof *more);
                s->row = more;
        }
        s->row[s->n++] = one;
}

/* The first names in the row, one a line: "Tariq" and "Ana" of a pair. */
static struct text names_in(struct db_run *run)
{
        struct text all = TEXT_ABSENT;

        for (const char *n = strchr(run->stmt->whose, 'n'); n; n = strchr(n + 1, 'n')) {
                int column = (int)(n - run->stmt->whose);
                if (db_col_null(run, column))
                        continue;
                struct text name = db_col_text(run, column);
                all = all.n ? text_format(run->tx->arena, "%s\n%s", all.p, name.p) : name;
        }
        return all;
}

/* mark p: persons; j: pairs. Did the row name one? */
static bool add_marked(struct db_run *run, char mark, struct text names)
{
        const struct db_stmt *s = run->stmt;
        bool any = false;

        for (int i = 0; i < s->n_out; i++) {
                if (s->whose[i] != mark || db_col_null(run, i))
                        continue;
                struct db_sight one = {s->reads, db_col_int(run, i), mark == 'j', names};
                any = any || one.id;
                add(run->tx, one);
        }
        return any;
}

/* A row about a person alone or about a pair: the pair counts where there is no person. */
void sights_add(struct db_run *run)
{
        const struct db_stmt *s = run->stmt;
        struct text names = names_in(run);

        if (s->whose_in)
                add(run->tx, (struct db_sight) {s->reads, run->whose, s->in_is_pair, names});
        else if (!add_marked(run, 'p', names))
                add_marked(run, 'j', names);
}
