/* The figures of a cohort, each with what it was counted from, and how sure it is. */
#include "evaluation/evaluation_measure.h"

#include "base/out.h"
#include "evaluation/evaluation_cells.h"
#include "evaluation/evaluation_web.h"
#include "html/format.h"
#include "people/people.h"
#include "programmes/programmes_design.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_CUTS = 240 };

static const struct evaluation_definition *definition(const char *key)
{
        for (size_t i = 0; i < evaluation_n_definitions; i++)
                if (strcmp(evaluation_definitions[i].key, key) == 0)
                        return &evaluation_definitions[i];
        must(!"a figure that is defined nowhere");
}

void evaluation_put(struct measure *m, const char *key, struct evaluation_result r)
{
        const struct evaluation_definition *d = definition(key);
        bool blunt = d->answers && d->unit == UNIT_SHARE && r.units < EVALUATION_ROUND_BELOW;
        struct evaluation_figure *f = &m->out->row[m->out->n++];

        *f = (struct evaluation_figure) {.def = d, .units = r.units, .shown = r.of > 0 && r.units >= d->least};
        if (!f->shown) {
                f->units = r.units > 0 ? -1 : 0;
                return;
        }
        f->counted = !blunt;
        f->n = blunt ? -1 : r.n;
        f->of = r.of;
        f->value = blunt ? evaluation_blunt(r.value, r.units) : r.value;
        f->sure.has = r.sure.has;
        f->sure.low = blunt ? evaluation_blunt(r.sure.low, r.units) : r.sure.low;
        f->sure.high = blunt ? evaluation_blunt(r.sure.high, r.units) : r.sure.high;
}

void evaluation_put_share(struct measure *m, const char *key, int64_t n, int64_t of)
{
        evaluation_put(m, key, (struct evaluation_result) {.value = of ? (double)n / (double)of : 0, .n = n, .of = of, .units = of,
                                                           .sure = evaluation_wilson(n, of)});
}

/* ---- groups ---- */

static void put_cut(struct measure *m, struct evaluation_cut *c, const struct evaluation_group *g, int64_t n_all, int64_t of_all, bool answers)
{
        bool blunt = answers && g->of < EVALUATION_ROUND_BELOW;
        struct evaluation_interval sure = evaluation_wilson(g->n, g->of), gap = {0};
        int64_t n_rest = n_all - g->n, of_rest = of_all - g->of;

        (void)m;
        c->value = (double)g->n / (double)g->of;
        if (of_rest >= EVALUATION_K && !blunt) {
                gap = evaluation_newcombe(g->n, g->of, n_rest, of_rest);
                c->gap.has = gap.has;
                c->gap.value = c->value - (double)n_rest / (double)of_rest;
                c->gap.low = gap.low;
                c->gap.high = gap.high;
        }
        c->of = g->of;
        c->n = blunt ? -1 : g->n;
        c->value = blunt ? evaluation_blunt(c->value, g->of) : c->value;
        c->sure.has = sure.has;
        c->sure.low = blunt ? evaluation_blunt(sure.low, g->of) : sure.low;
        c->sure.high = blunt ? evaluation_blunt(sure.high, g->of) : sure.high;
}

void evaluation_put_cuts(struct measure *m, const char *figure, const char *division, const struct evaluation_group *g, size_t n, bool answers)
{
        struct evaluation_cuts *out = &m->out->cuts;
        int64_t *sizes = arena_array(m->a, int64_t, n + 1);
        bool *hidden = arena_array(m->a, bool, n + 1);
        int64_t n_all = 0, of_all = 0;

        for (size_t i = 0; i < n; i++) {
                sizes[i] = g[i].of;
                n_all += g[i].n;
                of_all += g[i].of;
        }
        evaluation_hide(sizes, n, EVALUATION_K, hidden);
        for (size_t i = 0; i < n && n > 1 && out->n < MOST_CUTS; i++) {
                if (g[i].of == 0)
                        continue;
                struct evaluation_cut *c = &out->row[out->n++];
                *c = (struct evaluation_cut) {.figure = figure, .division = division, .group = g[i].name, .shown = !hidden[i], .n = -1};
                if (c->shown)
                        put_cut(m, c, &g[i], n_all, of_all, answers);
        }
}

/* ---- all of them ---- */

static struct err may_see(struct tx *tx, const struct who *who, const struct programmes_cohort *c)
{
        return people_must_have(tx, who, ROLE_COORDINATOR | ROLE_ADMINISTRATOR | ROLE_SPONSOR, c->programme);
}

static struct err cost_figure(struct measure *m)
{
        struct evaluation_cost cost;
        int64_t completed = 0;

        TRY(evaluation_cost(m->tx, m->cohort.id, &cost));
        for (size_t i = 0; i < m->pairs.n; i++)
                completed += evaluation_completed(m, &m->pairs.row[i]);
        m->out->currency = cost.currency;
        if (cost.amount == 0)
                completed = 0;
        evaluation_put(m, "cost", (struct evaluation_result) {.value = completed ? (double)cost.amount / (double)completed : 0,
                                                              .n = cost.amount, .of = completed, .units = completed});
        return OK;
}

static int by_definition(const void *a, const void *b)
{
        const struct evaluation_figure *x = a, *y = b;

        return (x->def > y->def) - (x->def < y->def);
}

static struct err measure_all(struct tx *tx, int64_t cohort, int locale, struct evaluation_figures *out)
{
        struct measure m = {.tx = tx, .a = tx_arena(tx), .locale = locale, .out = out};

        *out = (struct evaluation_figures) {
                .row = arena_array(m.a, struct evaluation_figure, evaluation_n_definitions),
                .cuts = {.row = arena_array(m.a, struct evaluation_cut, MOST_CUTS)}};
        TRY(programmes_cohort(tx, cohort, &m.cohort));
        TRY(evaluation_pair_rows(tx, cohort, &m.pairs));
        TRY(evaluation_contact_rows(tx, cohort, &m.contacts));
        TRY(evaluation_people_rows(tx, cohort, &m.people));
        TRY(evaluation_measure_people(&m));
        evaluation_measure_pairs(&m);
        TRY(evaluation_measure_work(&m));
        TRY(evaluation_measure_answers(&m));
        TRY(cost_figure(&m));
        must(out->n == evaluation_n_definitions);
        qsort(out->row, out->n, sizeof *out->row, by_definition);
        return OK;
}

/* What the cohort's worksheet wants of each figure. */
static struct err set_targets(struct tx *tx, int64_t cohort, struct evaluation_figures *figures)
{
        int64_t least[PROGRAMMES_TARGETS];

        TRY(programmes_targets(tx, cohort, least));
        for (size_t i = 0; i < figures->n; i++)
                for (int k = 0; k < PROGRAMMES_TARGETS; k++)
                        if (strcmp(figures->row[i].def->key, programmes_target_row(k)->figure) == 0)
                                figures->row[i].least = least[k];
        return OK;
}

struct err evaluation_figures(struct tx *tx, const struct who *who, int64_t cohort, int locale, struct evaluation_figures *out)
{
        struct programmes_cohort c;

        TRY(programmes_cohort(tx, cohort, &c));
        TRY(may_see(tx, who, &c));
        TRY(measure_all(tx, cohort, locale, out));
        return set_targets(tx, cohort, out);
}

const struct evaluation_figure *evaluation_figure_of(const struct evaluation_figures *f, const char *key)
{
        for (size_t i = 0; i < f->n; i++)
                if (strcmp(f->row[i].def->key, key) == 0)
                        return &f->row[i];
        return NULL;
}

struct err evaluation_sponsor_list(struct tx *tx, int64_t cohort, int locale, struct text *out)
{
        struct out o = out_new(tx_arena(tx), 1024);
        enum locale l = (enum locale)locale;
        struct evaluation_figures figures;

        TRY(measure_all(tx, cohort, locale, &figures));
        for (size_t i = 0; i < figures.n; i++) {
                const struct evaluation_figure *f = &figures.row[i];
                if (f->shown && f->def->headline)
                        out_format(&o, "- %s: %s\n", msg(l, f->def->title), evaluation_value_sure(tx_arena(tx), l, f, figures.currency).p);
        }
        *out = out_get(&o);
        return OK;
}
