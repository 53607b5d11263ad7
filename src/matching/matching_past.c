#include "matching/matching_past.h"

#include "evaluation/evaluation.h"
#include "journeys/journeys.h"
#include "matching/matching.sql.h"
#include "matching/matching_solved.h"

#include <string.h>

enum { USEFUL = 4 };

/* ---- finished pairs ---- */

static bool says_something(const struct journeys_pair *p)
{
        return text_is(p->state, "closed") && !text_is(p->end_reason, "life-change") && !text_is(p->end_reason, "programme");
}

static struct err flourished(struct tx *tx, const struct programmes_cohort *c, const struct journeys_pair *p, bool *out)
{
        int64_t person[2] = {p->mentor, p->mentee};
        struct evaluation_pulse pulse;
        bool found;

        *out = (text_is(p->end_reason, "completed") || text_is(p->end_reason, "goals-met")) && p->n_met >= c->pack->minimum_meetings;
        for (int k = 0; k < 2 && *out; k++) {
                TRY(evaluation_pulse(tx, p->id, person[k], &found, &pulse));
                *out = !found || pulse.useful >= USEFUL;
        }
        return OK;
}

static enum matching_part part_of(struct text name)
{
        int k = 0;

        while (k < MATCHING_PARTS && !text_is(name, matching_part_name((enum matching_part)k)))
                k++;
        return (enum matching_part)k;
}

/* "name millionths known" lines, as matching_parts_text() writes them. */
static void read_parts(struct text lines, int32_t part[MATCHING_PARTS])
{
        for (int k = 0; k < MATCHING_PARTS; k++)
                part[k] = MATCHING_ONE / 2;
        while (lines.n) {
                struct text rest, name = text_cut(text_cut(lines, '\n', &lines), ' ', &rest), known;
                struct text value = text_cut(rest, ' ', &known);
                enum matching_part k = part_of(name);
                int64_t v;
                if (k < MATCHING_PARTS && text_is(known, "1") && text_int(value, &v) && v >= 0 && v <= MATCHING_ONE)
                        part[k] = (int32_t)v;
        }
}

static struct err add_pair(struct tx *tx, const struct programmes_cohort *c, const struct journeys_pair *p, struct matching_past_list *out)
{
        struct matching_parts_of_pair row;
        struct matching_past *past = &out->row[out->n];
        bool found;

        if (!says_something(p))
                return OK;
        TRY(matching_parts_of_pair(tx, p->id, &found, &row));
        if (!found)
                return OK;
        *past = (struct matching_past) {.cohort = out->cohorts};
        read_parts(row.parts, past->part);
        TRY(flourished(tx, c, p, &past->flourished));
        out->n++;
        return OK;
}

static void more_room(struct arena *a, struct matching_past_list *list, size_t more)
{
        struct matching_past *row = arena_array(a, struct matching_past, (size_t)list->n + more + 1);

        if (list->n)
                memcpy(row, list->row, (size_t)list->n * sizeof *row);
        list->row = row;
}

struct err matching_past_of(struct tx *tx, const struct who *who, struct matching_past_list *out)
{
        struct programmes_cohort_list cohorts;
        struct journeys_pair_list pairs;

        *out = (struct matching_past_list) {0};
        TRY(programmes_cohorts(tx, who, &cohorts));
        for (size_t c = 0; c < cohorts.n; c++) {
                int32_t before = out->n;
                TRY(journeys_pairs(tx, cohorts.row[c].id, &pairs));
                more_room(tx_arena(tx), out, pairs.n);
                for (size_t i = 0; i < pairs.n; i++)
                        TRY(add_pair(tx, &cohorts.row[c], &pairs.row[i], out));
                out->cohorts += out->n > before;
        }
        return OK;
}

struct err matching_lesson_for(struct tx *tx, const struct who *who, int64_t cohort, struct matching_weights *present,
                               struct matching_learned *out)
{
        struct matching_past_list past;

        TRY(programmes_staff(tx, who, cohort));
        TRY(matching_weights_of(tx, cohort, present));
        TRY(matching_past_of(tx, who, &past));
        matching_learn(tx_arena(tx), past.row, past.n, present, out);
        return OK;
}

/* ---- what would change ---- */

struct trial {
        struct matching_dossier *d;
        const struct matching_weights *weights[2];
        struct matching_what_if *out;
};

static struct err try_both(void *ctx, struct arena *heavy)
{
        struct trial *t = ctx;
        struct matching_options options = {.objective = MATCHING_TOTAL};
        struct matching_solved s;
        int32_t n = t->d->mentees.n, *first = arena_array(heavy, int32_t, (size_t)n + 1);

        for (int k = 0; k < 2; k++) {
                struct arena_mark mark = arena_mark(heavy);
                t->d->weights = *t->weights[k];
                TRY(matching_solve_dossier(heavy, t->d, &options, &s));
                t->out->matched[k] = s.result.matched;
                t->out->lowest[k] = s.result.lowest;
                t->d->weights = *t->weights[0];
                for (int32_t i = 0; i < n; i++) {
                        struct matching_fit fit = {0};
                        int32_t j = s.result.mentor_of[i];
                        if (j != MATCHING_NOBODY)
                                matching_dossier_fit(t->d, i, j, &fit);
                        t->out->total[k] += fit.score;
                        t->out->moved += k && j != first[i];
                        first[i] = k ? first[i] : j;
                }
                arena_rewind(heavy, mark);
        }
        return OK;
}

struct err matching_what_if(struct tx *tx, int64_t cohort, const struct matching_weights *one, const struct matching_weights *other,
                            struct matching_what_if *out)
{
        struct matching_dossier d;
        struct programmes_cohort c;
        struct trial t = {.d = &d, .weights = {one, other}, .out = out};

        *out = (struct matching_what_if) {0};
        TRY(programmes_cohort(tx, cohort, &c));
        TRY(matching_dossier(tx, &c, &d));
        out->mentees = d.mentees.n;
        out->empty = d.mentees.n == 0 || d.mentors.n == 0;
        return out->empty ? OK : matching_apart(tx_arena(tx), try_both, &t);
}
