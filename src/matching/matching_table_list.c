/* The list of the table: what needs her eye, filters, search, order, one page of it. Light rows; words come later. */
#include "matching/matching_table_list.h"

#include <stdlib.h>
#include <string.h>

enum { NEAR = 86400 };          /* a day before a proposal expires it asks for her */

/* ---- what needs her eye ---- */

static int by_mentee(const void *a, const void *b)
{
        const struct matching_line *x = *(const struct matching_line *const *)a, *y = *(const struct matching_line *const *)b;

        return (x->mentee > y->mentee) - (x->mentee < y->mentee);
}

static bool is_alive(const struct matching_line *l) { return l->unsent || l->open || l->accepted; }

/* A no is settled once the mentee has another proposal; of several the last one asks for her. */
static void look_at(struct matching_line **group, size_t n, int64_t now)
{
        bool settled = false;
        int64_t last = 0;

        for (size_t i = 0; i < n; i++) {
                settled = settled || is_alive(group[i]);
                last = group[i]->id > last ? group[i]->id : last;
        }
        for (size_t i = 0; i < n; i++) {
                struct matching_line *l = group[i];
                l->eye = (l->declined || l->expired) && !settled && l->id == last ? 3 : l->unsent && l->low ? 2 : l->open && l->expires_at.has &&
                         l->expires_at.v - now < NEAR ? 1 : 0;
        }
}

void matching_list_eye(struct matching_line_list *all, int64_t now, struct arena *a)
{
        struct matching_line **order = arena_array(a, struct matching_line *, all->n + 1);

        for (size_t i = 0; i < all->n; i++)
                order[i] = &all->row[i];
        qsort(order, all->n, sizeof *order, by_mentee);
        for (size_t from = 0, until; from < all->n; from = until) {
                for (until = from + 1; until < all->n && order[until]->mentee == order[from]->mentee;)
                        until++;
                look_at(order + from, until - from, now);
        }
}

/* ---- filters and search ---- */

static bool belongs(const struct matching_line *l, struct text show)
{
        return text_is(show, "eye") ? l->eye > 0 : text_is(show, "unsent") ? l->unsent : text_is(show, "locked") ? l->locked
                : text_is(show, "hand") ? l->hand : text_is(show, "waiting") ? l->open : text_is(show, "yes") ? l->accepted
                : text_is(show, "no") ? l->declined || l->expired : true;
}

void matching_list_filters(const struct matching_line_list *all, struct text show, struct arena *a, struct matching_filter_list *out)
{
        static const struct { const char *key, *words; } filters[] = {
                {"", M_("All")}, {"eye", M_("Need your eye")}, {"unsent", M_("Not sent")}, {"locked", M_("Locked")},
                {"hand", M_("Changed by hand")}, {"waiting", M_("Waiting for an answer")}, {"yes", M_("Both said yes")},
                {"no", M_("Declined or no answer")}};

        *out = (struct matching_filter_list) {.row = arena_array(a, struct matching_filter, sizeof filters / sizeof filters[0])};
        for (size_t f = 0; f < sizeof filters / sizeof filters[0]; f++) {
                struct matching_filter *row = &out->row[out->n++];
                *row = (struct matching_filter) {.key = filters[f].key, .words = filters[f].words, .current = text_is(show, filters[f].key)};
                for (size_t i = 0; i < all->n; i++)
                        row->n += belongs(&all->row[i], text_of(filters[f].key));
                if (row->n == 0 && !row->current && f > 0)
                        out->n--;
        }
}

static bool holds(struct text t, struct text part)
{
        return part.n == 0 || memmem(t.p, t.n, part.p, part.n) != NULL;
}

/* Every word of the search stands in one of the two names. */
static bool is_found(const struct matching_line *l, struct text folded)
{
        while (folded.n) {
                struct text word = text_cut(folded, ' ', &folded);
                if (!holds(*l->key[0], word) && !holds(*l->key[1], word))
                        return false;
        }
        return true;
}

/* ---- order ---- */

static int by_id(const struct matching_line *x, const struct matching_line *y) { return (x->id > y->id) - (x->id < y->id); }

static int by_fit(const void *a, const void *b)
{
        const struct matching_line *x = a, *y = b;

        return x->score != y->score ? (x->score < y->score ? -1 : 1) : by_id(x, y);
}

static int by_best(const void *a, const void *b)
{
        const struct matching_line *x = a, *y = b;

        return x->score != y->score ? (x->score > y->score ? -1 : 1) : by_id(x, y);
}

/* Those that need her first; of them those in trouble longest; then what is to be sent, weakest first. */
static int by_eye(const void *a, const void *b)
{
        const struct matching_line *x = a, *y = b;

        if (x->eye != y->eye)
                return x->eye > y->eye ? -1 : 1;
        if (x->unsent != y->unsent)
                return x->unsent ? -1 : 1;
        return by_fit(a, b);
}

static int by_name(const struct matching_line *x, const struct matching_line *y, int side)
{
        int c = text_compare(*x->key[side], *y->key[side]);

        return c ? c : by_id(x, y);
}

static int by_mentee_name(const void *a, const void *b) { return by_name(a, b, 0); }
static int by_mentor_name(const void *a, const void *b) { return by_name(a, b, 1); }

static const struct { const char *key, *words; int (*compare)(const void *, const void *); } orders[] = {
        {"eye", M_("What needs you first"), by_eye}, {"fit", M_("Weakest fit first"), by_fit}, {"best", M_("Best fit first"), by_best},
        {"mentee", M_("By mentee"), by_mentee_name}, {"mentor", M_("By mentor"), by_mentor_name}};
enum { ORDERS = sizeof orders / sizeof orders[0] };

void matching_list_orders(enum locale l, struct arena *a, struct html_options *out)
{
        *out = (struct html_options) {.row = arena_array(a, struct html_option, ORDERS)};
        for (; out->n < ORDERS; out->n++)
                out->row[out->n] = (struct html_option) {.value = text_of(orders[out->n].key), .label = text_of(msg(l, orders[out->n].words))};
}

/* ---- one page ---- */

void matching_list_page(const struct matching_line_list *all, const struct matching_list_ask *ask, struct arena *a, struct matching_list_page *out)
{
        struct matching_line *found = arena_array(a, struct matching_line, all->n + 1);
        struct text folded = text_fold(a, text_trim(ask->q));
        size_t n = 0, order = 0;

        for (size_t i = 0; i < all->n; i++)
                if (belongs(&all->row[i], ask->show) && is_found(&all->row[i], folded))
                        found[n++] = all->row[i];
        for (size_t k = 0; k < ORDERS; k++)
                if (text_is(ask->sort, orders[k].key))
                        order = k;
        qsort(found, n, sizeof *found, orders[order].compare);
        int64_t pages = ((int64_t)n + MATCHING_PAGE - 1) / MATCHING_PAGE;
        int64_t page = ask->page < 1 ? 1 : ask->page > pages ? (pages ? pages : 1) : ask->page;
        size_t from = (size_t)(page - 1) * MATCHING_PAGE;
        *out = (struct matching_list_page) {.lines = {n - from < MATCHING_PAGE ? n - from : MATCHING_PAGE, found + from},
                                            .found = (int64_t)n, .page = page, .pages = pages, .sort = text_of(orders[order].key)};
}
