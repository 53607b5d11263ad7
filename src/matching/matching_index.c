#include "matching/matching_index.h"

#include <stdlib.h>
#include <string.h>

enum { HALF = MATCHING_ONE / 2, MOST_CELLS = 2048, MOST_RUNS = 64 << 20, MOST_PAIRED = 16 };

/* ---- who is alike ---- */

struct likeness { const struct matching_pool *p; const struct matching_crowd *crowd; enum matching_detail detail; };

static int order(int64_t a, int64_t b) { return (a > b) - (a < b); }

static int compare(const struct likeness *l, int32_t i, int32_t j)
{
        const struct matching_card *a = &l->crowd->card[i], *b = &l->crowd->card[j];
        size_t lw = (size_t)l->p->language_words, fw = (size_t)l->p->format_words;
        int c = order(a->has, b->has);

        c = c ? c : order(a->step, b->step);
        if (l->detail == MATCHING_DETAIL_FEW)
                return c;
        c = c ? c : order(a->function, b->function);
        c = c ? c : order(a->language, b->language);
        if (l->detail == MATCHING_DETAIL_SOME)
                return c;
        c = c ? c : order(a->format, b->format);
        c = c ? c : memcmp(l->crowd->languages + (size_t)i * lw, l->crowd->languages + (size_t)j * lw, lw * sizeof(uint64_t));
        return c ? c : memcmp(l->crowd->formats + (size_t)i * fw, l->crowd->formats + (size_t)j * fw, fw * sizeof(uint64_t));
}

static int by_likeness(const void *a, const void *b, void *l)
{
        int32_t i = *(const int32_t *)a, j = *(const int32_t *)b;
        int c = compare(l, i, j);

        return c ? c : order(i, j);
}

/* Sorts people by likeness and numbers the groups. */
static int32_t group(struct likeness *l, int32_t *people, int32_t *group_at)
{
        int32_t n = 0;

        for (int32_t i = 0; i < l->crowd->n; i++)
                people[i] = i;
        if (l->crowd->n)
                qsort_r(people, (size_t)l->crowd->n, sizeof *people, by_likeness, l);
        for (int32_t k = 0; k < l->crowd->n; k++) {
                n += k == 0 || compare(l, people[k - 1], people[k]) != 0;
                group_at[k] = n - 1;
        }
        return n;
}

static void make_cells(struct arena *a, struct matching_index *x)
{
        int32_t m = x->p->mentors.n;
        struct likeness l = {x->p, &x->p->mentors, MATCHING_DETAIL_ALL};

        x->mentor_at = arena_array(a, int32_t, (size_t)m + 1);
        x->cell_at = arena_array(a, int32_t, (size_t)m + 1);
        x->n_cells = group(&l, x->mentor_at, x->cell_at);
        while (l.detail < MATCHING_DETAIL_FEW && (x->n_cells > MOST_CELLS || (int64_t)x->n_cells * x->n_concepts > MOST_RUNS)) {
                l.detail++;
                x->n_cells = group(&l, x->mentor_at, x->cell_at);
        }
        x->detail = l.detail;
        x->cell_from = arena_array(a, int32_t, (size_t)x->n_cells + 2);
        x->position_of = arena_array(a, int32_t, (size_t)m + 1);
        for (int32_t k = 0; k < m; k++) {
                x->cell_from[x->cell_at[k] + 1] = k + 1;
                x->position_of[x->mentor_at[k]] = k;
        }
}

static void make_classes(struct arena *a, struct matching_index *x)
{
        int32_t n = x->p->mentees.n, *at = arena_array(a, int32_t, (size_t)n + 1);
        struct likeness l = {x->p, &x->p->mentees, x->detail};

        x->class_order = arena_array(a, int32_t, (size_t)n + 1);
        x->class_of = arena_array(a, int32_t, (size_t)n + 1);
        group(&l, x->class_order, at);
        for (int32_t k = 0; k < n; k++)
                x->class_of[x->class_order[k]] = at[k];
}

/* ---- concepts ---- */

static void make_concepts(struct arena *a, struct matching_index *x)
{
        const struct matching_term_list *offers = &x->p->terms.offers;
        int32_t most = 0, *number;

        for (int32_t o = 0; o < offers->n; o++)
                most = offers->row[o].skill.id[0] > most ? offers->row[o].skill.id[0] : most;
        number = arena_array(a, int32_t, (size_t)most + 1);
        x->concept_of = arena_array(a, int32_t, (size_t)offers->n + 1);
        for (int32_t o = 0; o < offers->n; o++) {
                int32_t skill = offers->row[o].skill.id[0];
                if (!skill || !number[skill]) {
                        x->concept_of[o] = x->n_concepts++;
                        if (skill)
                                number[skill] = x->n_concepts;
                } else {
                        x->concept_of[o] = number[skill] - 1;
                }
        }
}

static int ascending(const void *a, const void *b)
{
        return order(*(const int32_t *)a, *(const int32_t *)b);
}

/* The concepts of each position, each once and ascending. */
static struct matching_list concepts_by_position(struct arena *a, const struct matching_index *x)
{
        const struct matching_list *offer = &x->p->terms.offer;
        int32_t m = x->p->mentors.n, at = 0;
        struct matching_list list = {.row = arena_array(a, int32_t, (size_t)m + 1),
                                     .id = arena_array(a, int32_t, (size_t)offer->row[m] + 1)};

        for (int32_t k = 0; k < m; k++) {
                int32_t j = x->mentor_at[k], from = at, kept = from;
                for (int32_t o = offer->row[j]; o < offer->row[j + 1]; o++)
                        list.id[at++] = x->concept_of[offer->id[o]];
                qsort(list.id + from, (size_t)(at - from), sizeof *list.id, ascending);
                for (int32_t o = from; o < at; o++)
                        if (kept == from || list.id[kept - 1] != list.id[o])
                                list.id[kept++] = list.id[o];
                at = list.row[k + 1] = kept;
        }
        return list;
}

static void make_runs(struct arena *a, struct matching_index *x)
{
        size_t wide = (size_t)x->n_cells + 1;

        x->run = arena_array(a, int32_t, (size_t)x->n_concepts * wide + 1);
        for (int32_t c = 0; c < x->n_concepts; c++) {
                int32_t at = x->having.row[c];
                for (int32_t cell = 0; cell <= x->n_cells; cell++) {
                        while (cell < x->n_cells && at < x->having.row[c + 1] && x->cell_at[x->having.id[at]] < cell)
                                at++;
                        x->run[(size_t)c * wide + (size_t)cell] = cell < x->n_cells ? at : x->having.row[c + 1];
                }
        }
}

/* ---- two concepts of one mentor ---- */

struct two { int32_t second, position; };

static int by_second(const void *left, const void *right)
{
        const struct two *a = left, *b = right;

        return a->second != b->second ? order(a->second, b->second) : order(a->position, b->position);
}

static bool too_wide(const struct matching_list *concepts, int32_t k)
{
        return concepts->row[k + 1] - concepts->row[k] > MOST_PAIRED;
}

static void make_pairs(struct arena *a, struct matching_index *x, const struct matching_list *concepts)
{
        int32_t m = x->p->mentors.n;
        int64_t *from = arena_array(a, int64_t, (size_t)x->n_concepts + 2), all, n = 0, seconds = 0;

        for (int32_t k = 0; k < m; k++)
                for (int32_t c = concepts->row[k]; c < concepts->row[k + 1] && !too_wide(concepts, k); c++)
                        from[concepts->id[c] + 2] += concepts->row[k + 1] - c - 1;
        for (int32_t c = 0; c < x->n_concepts; c++)
                from[c + 2] += from[c + 1];
        all = from[x->n_concepts + 1];
        x->pair = arena_array(a, int32_t, (size_t)all + 1);
        x->second_from = arena_array(a, int32_t, (size_t)x->n_concepts + 2);
        x->wide = arena_array(a, int32_t, (size_t)m + 1);
        struct arena_mark mark = arena_mark(a);
        struct two *two = arena_array(a, struct two, (size_t)all + 1);
        for (int32_t k = 0; k < m; k++) {
                if (too_wide(concepts, k))
                        x->wide[x->n_wide++] = k;
                for (int32_t c = concepts->row[k]; c < concepts->row[k + 1] && !too_wide(concepts, k); c++)
                        for (int32_t d = c + 1; d < concepts->row[k + 1]; d++)
                                two[from[concepts->id[c] + 1]++] = (struct two) {concepts->id[d], k};
        }
        for (int32_t c = 0; c < x->n_concepts; c++)
                if (from[c + 1] - from[c] > 1)
                        qsort(two + from[c], (size_t)(from[c + 1] - from[c]), sizeof *two, by_second);
        for (int32_t c = 0; c < x->n_concepts; c++)
                for (int64_t k = from[c]; k < from[c + 1]; k++)
                        seconds += k == from[c] || two[k].second != two[k - 1].second;
        for (int64_t k = 0; k < all; k++)
                x->pair[k] = two[k].position;
        /* The numbers of the seconds go beside: they are few, so they are copied out before the pairs are given back. */
        int32_t *second = malloc((size_t)(seconds + 1) * sizeof *second);
        int64_t *pair_from = malloc((size_t)(seconds + 1) * sizeof *pair_from);
        must(second && pair_from);
        for (int32_t c = 0; c < x->n_concepts; c++) {
                x->second_from[c] = (int32_t)n;
                for (int64_t k = from[c]; k < from[c + 1]; k++)
                        if (k == from[c] || two[k].second != two[k - 1].second) {
                                second[n] = two[k].second;
                                pair_from[n++] = k;
                        }
        }
        x->second_from[x->n_concepts] = (int32_t)n;
        pair_from[n] = all;
        arena_rewind(a, mark);
        x->second = arena_array(a, int32_t, (size_t)n + 1);
        x->pair_from = arena_array(a, int64_t, (size_t)n + 1);
        memcpy(x->second, second, (size_t)n * sizeof *second);
        memcpy(x->pair_from, pair_from, (size_t)(n + 1) * sizeof *pair_from);
        free(second);
        free(pair_from);
}

struct matching_index *matching_index_new(struct arena *a, const struct matching_pool *p)
{
        struct matching_index *x = arena_new_of(a, struct matching_index);

        x->p = p;
        make_concepts(a, x);
        make_cells(a, x);
        make_classes(a, x);
        struct matching_list concepts = concepts_by_position(a, x);
        x->having = matching_list_turned(a, &concepts, p->mentors.n, x->n_concepts);
        make_runs(a, x);
        make_pairs(a, x, &concepts);
        return x;
}

/* ---- bounds ---- */

static bool in_common(const uint64_t *a, const uint64_t *b, int words)
{
        for (int k = 0; k < words; k++)
                if (a[k] & b[k])
                        return true;
        return false;
}

static int64_t level_most(const struct matching_card *a, const struct matching_card *b, unsigned both)
{
        if (both & MATCHING_HAS_YEARS)
                return MATCHING_ONE;
        return both & MATCHING_HAS_GRADE ? matching_rules_steps(b->step - a->step) : HALF;
}

/* What the cells do not differ in may be as good as it gets. */
static int64_t function_most(const struct matching_index *x, const struct matching_card *a, const struct matching_card *b, unsigned both)
{
        if (!(both & MATCHING_HAS_FUNCTION))
                return HALF;
        return x->detail < MATCHING_DETAIL_FEW && a->function == b->function ? 0 : MATCHING_ONE;
}

static int64_t format_most(const struct matching_index *x, int32_t mentee, int32_t mentor, unsigned both)
{
        const struct matching_pool *p = x->p;
        const struct matching_card *a = &p->mentees.card[mentee], *b = &p->mentors.card[mentor];
        int64_t spoken = MATCHING_ONE, met = MATCHING_ONE;

        if (!(both & (MATCHING_HAS_LANGUAGE | MATCHING_HAS_FORMAT)))
                return HALF;
        if (x->detail < MATCHING_DETAIL_FEW && a->language != b->language)
                spoken = HALF;
        if (x->detail == MATCHING_DETAIL_ALL && a->format != b->format)
                met = in_common(p->mentees.formats + (size_t)mentee * (size_t)p->format_words,
                                p->mentors.formats + (size_t)mentor * (size_t)p->format_words, p->format_words) ? HALF : 0;
        if ((both & MATCHING_HAS_LANGUAGE) && (both & MATCHING_HAS_FORMAT))
                return (spoken + met) / 2;
        return both & MATCHING_HAS_LANGUAGE ? spoken : met;
}

int64_t matching_index_bound(const struct matching_index *x, int32_t mentee, int32_t cell)
{
        const struct matching_pool *p = x->p;
        int32_t mentor = x->mentor_at[x->cell_from[cell]];
        const struct matching_card *a = &p->mentees.card[mentee], *b = &p->mentors.card[mentor];
        const int32_t *weight = p->weights.part;
        unsigned both = a->has & b->has;
        bool alike = both & (MATCHING_HAS_VALUES | MATCHING_HAS_INTERESTS);

        if ((a->has | b->has) & MATCHING_HAS_NO_CONSENT)
                return -1;
        if (x->detail == MATCHING_DETAIL_ALL && (both & MATCHING_HAS_LANGUAGE) &&
            !in_common(p->mentees.languages + (size_t)mentee * (size_t)p->language_words,
                       p->mentors.languages + (size_t)mentor * (size_t)p->language_words, p->language_words))
                return -1;
        return (a->has & MATCHING_HAS_WISHES ? 300000 : HALF) * (int64_t)weight[MATCHING_WISHES] +
               (alike ? MATCHING_ONE : HALF) * (int64_t)weight[MATCHING_LIKENESS] +
               (both & MATCHING_HAS_WEEK ? MATCHING_ONE : HALF) * (int64_t)weight[MATCHING_TIME] +
               level_most(a, b, both) * weight[MATCHING_LEVEL] + function_most(x, a, b, both) * weight[MATCHING_FUNCTION] +
               format_most(x, mentee, mentor, both) * weight[MATCHING_FORMAT] + (int64_t)HALF * weight[MATCHING_ASKED];
}
