#include "matching/matching_parts.h"

#include <string.h>

enum { ASK_EVERY = 1 << 22 }; /* pairs looked at between two questions to the caller */

struct matching_search *matching_search_new(struct matching_view *v,
                                            const struct matching_options *o, struct arena *a)
{
        struct matching_search *s = arena_new_of(a, struct matching_search);
        size_t n = (size_t)v->p->mentees, m = (size_t)v->p->mentors;

        s->view = v;
        s->options = o;
        s->column = arena_array(a, struct matching_search_column, m);
        s->gain = arena_array(a, matching_worth, n);
        s->match = arena_array(a, int32_t, n);
        s->next = arena_array(a, int32_t, n);
        s->previous = arena_array(a, int32_t, n);
        s->heap = arena_array(a, int32_t, m + 1);
        s->touched = arena_array(a, int32_t, m);
        s->tree = arena_array(a, int32_t, n);
        s->tree_distance = arena_array(a, matching_worth, n);
        return s;
}

void matching_search_forget(struct matching_search *s)
{
        for (int32_t i = 0; i < s->view->p->mentees; i++) {
                s->match[i] = MATCHING_NOBODY;
                s->gain[i] = 0;
        }
        for (int32_t j = 0; j < s->view->p->mentors; j++)
                s->column[j] = (struct matching_search_column) {
                        .distance = MATCHING_FAR,
                        .places = s->view->places[j],
                        .first = MATCHING_NOBODY,
                };
}

/* ---- who is placed where ---- */

void matching_search_place(struct matching_search *s, int32_t i, int32_t j)
{
        struct matching_search_column *c = &s->column[j];

        s->match[i] = j;
        s->previous[i] = MATCHING_NOBODY;
        s->next[i] = c->first;
        if (c->first != MATCHING_NOBODY)
                s->previous[c->first] = i;
        c->first = i;
        c->used++;
}

int32_t matching_search_remove(struct matching_search *s, int32_t i)
{
        int32_t j = s->match[i];

        if (j == MATCHING_NOBODY)
                return j;
        if (s->previous[i] == MATCHING_NOBODY)
                s->column[j].first = s->next[i];
        else
                s->next[s->previous[i]] = s->next[i];
        if (s->next[i] != MATCHING_NOBODY)
                s->previous[s->next[i]] = s->previous[i];
        s->column[j].used--;
        s->match[i] = MATCHING_NOBODY;
        return j;
}

/* ---- one search ---- */

/*
 * Where the shortest path found so far ends: at a free place (mentor), or with a mentee who steps
 * back, to be left out. That is allowed to everybody at the price of the whole gain, so that every
 * search has an end.
 */
struct end {
        matching_worth distance;
        int32_t mentor, mentee;
};

static struct matching_row look_at(struct matching_search *s, int32_t i)
{
        struct matching_row row = matching_view_row(s->view, i);

        s->looked_at += row.n;
        return row;
}

static void reach(struct matching_search *s, int32_t j, int32_t i, matching_worth distance,
                  struct end *end)
{
        struct matching_search_column *c = &s->column[j];

        if (distance >= end->distance || distance >= c->distance || c->places == 0)
                return;
        c->parent = i;
        if (c->used < c->places) {
                *end = (struct end) {.distance = distance, .mentor = j, .mentee = MATCHING_NOBODY};
                return;
        }
        if (!c->touched) {
                c->touched = 1;
                s->touched[s->n_touched++] = j;
        }
        c->distance = distance;
        matching_heap_up(s, j);
}

/* Mentee i is reached at this distance: may step back, or go on to any mentor allowed. */
static void grow(struct matching_search *s, int32_t i, matching_worth distance, struct end *end)
{
        matching_worth from = distance + s->gain[i];

        s->tree[s->n_tree] = i;
        s->tree_distance[s->n_tree++] = distance;
        if (from < end->distance)
                *end = (struct end) {.distance = from, .mentor = MATCHING_NOBODY, .mentee = i};
        struct matching_row row = look_at(s, i);
        for (int64_t k = 0; k < row.n; k++)
                reach(s, row.mentor[k], i,
                      from + s->column[row.mentor[k]].price -
                              matching_view_worth(s->view, i, row.mentor[k], row.score[k]),
                      end);
}

static struct end shortest(struct matching_search *s, int32_t from)
{
        struct end end = {
                .distance = MATCHING_FAR, .mentor = MATCHING_NOBODY, .mentee = MATCHING_NOBODY};

        grow(s, from, 0, &end);
        while (s->in_heap > 0 && s->column[s->heap[1]].distance < end.distance) {
                int32_t j = matching_heap_pop(s);
                for (int32_t i = s->column[j].first; i != MATCHING_NOBODY; i = s->next[i])
                        grow(s, i, s->column[j].distance, &end);
        }
        return end;
}

/*
 * Everything nearer than the end moves by what it is nearer: then all pairs on the path are tight.
 */
static void move_prices(struct matching_search *s, matching_worth end)
{
        for (int32_t k = 0; k < s->n_tree; k++)
                if (s->tree_distance[k] < end)
                        s->gain[s->tree[k]] -= end - s->tree_distance[k];
        for (int32_t k = 0; k < s->n_touched; k++) {
                struct matching_search_column *c = &s->column[s->touched[k]];
                if (c->distance < end)
                        c->price += end - c->distance;
                c->distance = MATCHING_FAR;
                c->touched = 0;
        }
        matching_heap_clear(s);
        s->n_tree = 0;
        s->n_touched = 0;
}

static void move_people(struct matching_search *s, struct end end)
{
        int32_t j = end.mentor;

        if (j == MATCHING_NOBODY)
                j = matching_search_remove(s, end.mentee);
        while (j != MATCHING_NOBODY) {
                int32_t i = s->column[j].parent;
                int32_t left = matching_search_remove(s, i);
                matching_search_place(s, i, j);
                j = left;
        }
}

static matching_worth highest_gain(struct matching_search *s, int32_t i)
{
        struct matching_row row = look_at(s, i);
        matching_worth best = 0;

        for (int64_t k = 0; k < row.n; k++) {
                const struct matching_search_column *c = &s->column[row.mentor[k]];
                matching_worth gain =
                        matching_view_worth(s->view, i, row.mentor[k], row.score[k]) - c->price;
                if (c->places > 0 && gain > best)
                        best = gain;
        }
        return best;
}

void matching_search_add(struct matching_search *s, int32_t i)
{
        s->gain[i] = highest_gain(s, i);
        struct end end = shortest(s, i);
        move_prices(s, end.distance);
        move_people(s, end);
        s->searches++;
}

/* ---- all of them ---- */

bool matching_search_may_go_on(struct matching_search *s)
{
        struct matching_progress at = {
                .done = s->done, .of = s->view->p->mentees, .round = s->round};

        if (!s->stopped && s->options->go_on && !s->options->go_on(s->options->go_on_ctx, &at))
                s->stopped = true;
        return !s->stopped;
}

/*
 * After a stop: the price of a place proves a bound for those still waiting; whoever finds a free
 * place takes the best.
 */
static void add_in_haste(struct matching_search *s, int32_t i)
{
        struct matching_row row = look_at(s, i);
        int64_t best = -1;

        for (int64_t k = 0; k < row.n; k++) {
                const struct matching_search_column *c = &s->column[row.mentor[k]];
                if (c->used < c->places && (best < 0 || row.score[k] > row.score[best]))
                        best = k;
        }
        if (best >= 0)
                matching_search_place(s, i, row.mentor[best]);
        s->gain[i] = highest_gain(s, i);
}

void matching_search_make_do(struct matching_search *s, const int32_t *match)
{
        matching_search_forget(s);
        for (int32_t i = 0; i < s->view->p->mentees; i++) {
                if (s->view->settled[i])
                        continue;
                if (match[i] != MATCHING_NOBODY)
                        matching_search_place(s, i, match[i]);
                s->gain[i] = highest_gain(s, i);
        }
}

bool matching_search_all(struct matching_search *s)
{
        int64_t ask_at = s->looked_at;

        s->round++;
        matching_search_forget(s);
        for (s->done = 0; s->done < s->view->p->mentees; s->done++) {
                if (s->view->settled[s->done])
                        continue;
                if (s->looked_at >= ask_at && matching_search_may_go_on(s))
                        ask_at = s->looked_at + ASK_EVERY;
                if (s->stopped)
                        add_in_haste(s, s->done);
                else
                        matching_search_add(s, s->done);
        }
        return !s->stopped;
}

matching_worth matching_search_bound(const struct matching_search *s)
{
        matching_worth sum = 0;

        for (int32_t i = 0; i < s->view->p->mentees; i++)
                sum += s->gain[i];
        for (int32_t j = 0; j < s->view->p->mentors; j++)
                sum += s->column[j].price * s->column[j].places;
        return sum;
}

int32_t matching_search_matched(const struct matching_search *s)
{
        int32_t n = 0;

        for (int32_t i = 0; i < s->view->p->mentees; i++)
                n += s->match[i] != MATCHING_NOBODY;
        return n;
}

/* Whose price begins with a pair, however long its score is. */
static bool covers(matching_worth price) { return price >= MATCHING_PAIR_UNIT / 2; }

void matching_search_cover(const struct matching_search *s, struct matching_cover *cover)
{
        for (int32_t i = 0; i < s->view->p->mentees; i++)
                cover->mentee[i] = covers(s->gain[i]);
        for (int32_t j = 0; j < s->view->p->mentors; j++)
                cover->mentor[j] = covers(s->column[j].price);
}
