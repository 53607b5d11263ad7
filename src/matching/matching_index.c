#include "matching/matching_index.h"

#include <stdlib.h>
#include <string.h>

enum { HALF = MATCHING_ONE / 2, MOST_CELLS = 2048, LEAST_CELL = 128, OFTEN = 16 };

/* For sets that are made once. */
#define MOST_BYTES ((size_t)512 << 20)

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

static void number_positions(struct arena *a, struct matching_index *x, const int32_t *mentors, const int32_t *cell_at)
{
        int32_t m = x->p->mentors.n, at = 0;

        x->cell_from = arena_array(a, int32_t, (size_t)x->n_cells + 1);
        x->cell_until = arena_array(a, int32_t, (size_t)x->n_cells + 1);
        x->position_of = arena_array(a, int32_t, (size_t)m + 1);
        x->cell_of = arena_array(a, int32_t, (size_t)m + 1);
        for (int32_t k = 0; k < m; k++) {
                if (k == 0 || cell_at[k] != cell_at[k - 1]) {
                        at = (at + MATCHING_BLOCK - 1) / MATCHING_BLOCK * MATCHING_BLOCK;
                        x->cell_from[cell_at[k]] = at;
                }
                x->cell_of[mentors[k]] = cell_at[k];
                x->position_of[mentors[k]] = at++;
                x->cell_until[cell_at[k]] = at;
        }
        x->positions = (at + MATCHING_BLOCK - 1) / MATCHING_BLOCK * MATCHING_BLOCK;
        x->words = (size_t)x->positions / 64;
        x->mentor_at = arena_array(a, int32_t, (size_t)x->positions + 1);
        memset(x->mentor_at, 0xff, (size_t)x->positions * sizeof *x->mentor_at);
        for (int32_t j = 0; j < m; j++)
                x->mentor_at[x->position_of[j]] = j;
}

static void make_cells(struct arena *a, struct matching_index *x)
{
        int32_t m = x->p->mentors.n, most = m / LEAST_CELL + 1;
        int32_t *mentors = arena_array(a, int32_t, (size_t)m + 1), *cell_at = arena_array(a, int32_t, (size_t)m + 1);
        struct likeness l = {x->p, &x->p->mentors, MATCHING_DETAIL_ALL};

        x->n_cells = group(&l, mentors, cell_at);
        while (l.detail < MATCHING_DETAIL_FEW && (x->n_cells > MOST_CELLS || x->n_cells > most)) {
                l.detail++;
                x->n_cells = group(&l, mentors, cell_at);
        }
        x->detail = l.detail;
        number_positions(a, x, mentors, cell_at);
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

/* ---- sets ---- */

void matching_index_mark(const struct matching_list *list, int32_t id, uint64_t *into)
{
        for (int32_t k = list->row[id]; k < list->row[id + 1]; k++)
                into[list->id[k] / 64] |= (uint64_t)1 << (list->id[k] % 64);
}

void matching_index_meet(const struct matching_index *x, int32_t wish, struct matching_set_pair into)
{
        const struct matching_kin *kin = &x->p->terms.kin;

        for (int32_t k = kin->offer.row[wish]; k < kin->offer.row[wish + 1]; k++)
                matching_index_mark(&x->givers, kin->offer.id[k], kin->meets[k] == MATCHING_ONE ? into.wholly : into.partly);
        for (size_t w = 0; w < x->words; w++)
                into.partly[w] &= ~into.wholly[w];
}

/* From numbers of mentors to positions. */
static struct matching_list by_position(struct arena *a, const struct matching_index *x, const struct matching_list *list, int32_t n)
{
        struct matching_list turned = matching_list_turned(a, list, x->p->mentors.n, n);

        for (int32_t k = 0; k < turned.row[n]; k++)
                turned.id[k] = x->position_of[turned.id[k]];
        return turned;
}

static int32_t *how_often(struct arena *a, const struct matching_list *list, int32_t people, int32_t n)
{
        int32_t *count = arena_array(a, int32_t, (size_t)n + 1);

        for (int32_t k = 0; k < list->row[people]; k++)
                count[list->id[k]]++;
        return count;
}

/* What is named often has its set made once, as long as there is room. */
static uint64_t **sets_of(struct arena *a, const struct matching_index *x, const struct matching_list *named,
                          const struct matching_list *have, int32_t n, size_t *room)
{
        int32_t *count = how_often(a, named, x->p->mentees.n, n);
        uint64_t **sets = arena_array(a, uint64_t *, (size_t)n + 1);

        for (int32_t k = 0; k < n; k++) {
                if (count[k] < OFTEN || *room < x->words * 8)
                        continue;
                *room -= x->words * 8;
                sets[k] = arena_array(a, uint64_t, x->words);
                matching_index_mark(have, k, sets[k]);
        }
        return sets;
}

bool matching_index_is_free(const struct matching_utc_week *w, int part)
{
        for (int half = part * MATCHING_WEEK_PART; half < (part + 1) * MATCHING_WEEK_PART; half++)
                if (w->bits[half / 64] >> (half % 64) & 1)
                        return true;
        return false;
}

/* Nobody has more hours in common than in the first season, if that is one that counts. */
static void make_weeks(struct arena *a, struct matching_index *x)
{
        const struct matching_crowd *mentors = &x->p->mentors;

        if (x->p->span.n > 1 && x->p->span.days[0] < MATCHING_LASTING_DAYS)
                return;
        x->free = arena_array(a, uint64_t *, MATCHING_WEEK_PARTS);
        for (int part = 0; part < MATCHING_WEEK_PARTS; part++) {
                x->free[part] = arena_array(a, uint64_t, x->words + 1);
                for (int32_t j = 0; j < mentors->n; j++)
                        if ((mentors->card[j].has & MATCHING_HAS_WEEK) && matching_index_is_free(&mentors->week[j], part))
                                x->free[part][x->position_of[j] / 64] |= (uint64_t)1 << (x->position_of[j] % 64);
        }
}

static void make_sets(struct arena *a, struct matching_index *x)
{
        const struct matching_pool *p = x->p;
        int32_t *count = how_often(a, &p->terms.wish, p->mentees.n, p->terms.wishes.n);
        size_t room = MOST_BYTES;

        make_weeks(a, x);
        x->givers = by_position(a, x, &p->terms.offer, p->terms.offers.n);
        x->interested = by_position(a, x, &p->mentors.interests, p->n_interests + 1);
        x->valuing = by_position(a, x, &p->mentors.values, p->n_values + 1);
        x->interest = sets_of(a, x, &p->mentees.interests, &x->interested, p->n_interests + 1, &room);
        x->value = sets_of(a, x, &p->mentees.values, &x->valuing, p->n_values + 1, &room);
        x->wish = arena_array(a, struct matching_set_pair, (size_t)p->terms.wishes.n + 1);
        for (int32_t w = 0; w < p->terms.wishes.n; w++) {
                if (count[w] < OFTEN || room < x->words * 16)
                        continue;
                room -= x->words * 16;
                x->wish[w] = (struct matching_set_pair) {arena_array(a, uint64_t, x->words), arena_array(a, uint64_t, x->words)};
                matching_index_meet(x, w, x->wish[w]);
        }
}

struct matching_index *matching_index_new(struct arena *a, const struct matching_pool *p)
{
        struct matching_index *x = arena_new_of(a, struct matching_index);

        x->p = p;
        make_cells(a, x);
        make_classes(a, x);
        make_sets(a, x);
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

unsigned matching_index_both(const struct matching_index *x, int32_t mentee, int32_t cell)
{
        return x->p->mentees.card[mentee].has & x->p->mentors.card[x->mentor_at[x->cell_from[cell]]].has;
}

int64_t matching_index_bound(const struct matching_index *x, int32_t mentee, int32_t cell)
{
        const struct matching_pool *p = x->p;
        int32_t mentor = x->mentor_at[x->cell_from[cell]];
        const struct matching_card *a = &p->mentees.card[mentee], *b = &p->mentors.card[mentor];
        const int32_t *weight = p->weights.part;
        unsigned both = a->has & b->has;
        bool alike = both & (MATCHING_HAS_VALUES | MATCHING_HAS_INTERESTS), skills = both & MATCHING_HAS_SKILLS;

        if ((a->has | b->has) & MATCHING_HAS_NO_CONSENT)
                return -1;
        if (x->detail == MATCHING_DETAIL_ALL && (both & MATCHING_HAS_LANGUAGE) &&
            !in_common(p->mentees.languages + (size_t)mentee * (size_t)p->language_words,
                       p->mentors.languages + (size_t)mentor * (size_t)p->language_words, p->language_words))
                return -1;
        return (a->has & MATCHING_HAS_WISHES ? 300000 : HALF) * (int64_t)weight[MATCHING_WISHES] +
               (skills ? 0 : HALF) * (int64_t)weight[MATCHING_GOALS] + (alike ? 0 : HALF) * (int64_t)weight[MATCHING_LIKENESS] +
               (both & MATCHING_HAS_WEEK ? 0 : HALF) * (int64_t)weight[MATCHING_TIME] +
               level_most(a, b, both) * weight[MATCHING_LEVEL] + function_most(x, a, b, both) * weight[MATCHING_FUNCTION] +
               format_most(x, mentee, mentor, both) * weight[MATCHING_FORMAT] + (int64_t)HALF * weight[MATCHING_ASKED];
}
