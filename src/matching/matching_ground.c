#include "matching/matching_ground.h"

#include "base/out.h"
#include "matching/matching_round.h"
#include "matching/matching_table.sql.h"

#include <string.h>

/* Each row with its state: a pair that was locked meanwhile must not be let go. */
static struct err print_table(struct tx *tx, int64_t cohort, unsigned char *print)
{
        struct matching_unsent_list rows;
        struct out o = out_new(tx_arena(tx), 4096);

        TRY(matching_unsent(tx, cohort, &rows));
        out_bytes(&o, print, HASH_BYTES);
        for (size_t i = 0; i < rows.n; i++) {
                const struct matching_unsent *r = &rows.row[i];
                const int64_t line[] = {r->id, r->mentor, r->mentee, text_is(r->state, "locked")};
                out_bytes(&o, line, sizeof line);
        }
        keys_hash(out_get(&o), print);
        return OK;
}

struct err matching_ground(struct tx *tx, const struct who *who, struct matching_ground *out)
{
        struct programmes_cohort c;

        TRY(programmes_staff(tx, who, out->cohort));
        TRY(programmes_cohort(tx, out->cohort, &c));
        TRY(matching_dossier(tx, &c, &out->d));
        if (out->weights)
                out->d.weights = *out->weights;
        matching_dossier_print(&out->d, out->print);
        return out->table ? print_table(tx, out->cohort, out->print) : OK;
}

struct err matching_ground_holds(struct tx *tx, const struct who *who, const struct matching_ground *g, bool *anew)
{
        struct arena_mark mark = arena_mark(tx_arena(tx));
        struct matching_ground now = {.cohort = g->cohort, .weights = g->weights, .table = g->table};

        TRY(matching_ground(tx, who, &now));
        arena_rewind(tx_arena(tx), mark);
        *anew = memcmp(now.print, g->print, sizeof now.print) != 0;
        if (*anew && (int64_t)g->d.mentees.n * g->d.mentors.n > MATCHING_AT_ONCE)
                return FAIL(ERR_CONFLICT, "Somebody has changed something about the people while the pairs were being found", "Do it again");
        return OK;
}
