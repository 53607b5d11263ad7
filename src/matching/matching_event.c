/*
 * One change at a time: the prices are kept, and only the people concerned are searched for again.
 */
#include "matching/matching_fast.h"

#include <string.h>

struct matching {
        struct matching_problem p; /* with arrays of our own for what events change */
        struct matching_options options;
        struct arena *a;
        struct matching_view *view;
        struct matching_search *search;
        struct matching_columns columns;
        struct matching_result result;
        int32_t *places; /* p.places, with locks */
        struct matching_pair *locked;
        uint8_t *absent;
        int64_t room; /* for forbidden pairs */
};

#define REFUSE(what, next) FAIL(ERR_CONFLICT, what, next)

/* ---- the start ---- */

static void copy_changeable(struct matching *m, const struct matching_problem *p)
{
        m->places = arena_array(m->a, int32_t, (size_t)p->mentors);
        m->locked = arena_array(m->a, struct matching_pair, (size_t)p->mentees);
        m->absent = arena_array(m->a, uint8_t, (size_t)p->mentees);
        for (int32_t j = 0; j < p->mentors; j++)
                m->places[j] = p->places ? p->places[j] : 1;
        for (int64_t k = 0; k < p->n_locked; k++)
                m->locked[k] = p->locked[k];
        for (int32_t i = 0; i < p->mentees; i++)
                m->absent[i] = p->absent && p->absent[i];
        m->p = *p;
        m->p.places = m->places;
        m->p.locked = m->locked;
        m->p.absent = m->absent;
        m->p.forbidden = m->view->forbidden;
        m->room = p->n_forbidden;
        m->view->p = &m->p;
}

static struct err columns_of_all(struct matching *m, const struct matching_problem *p)
{
        struct matching_problem all = *p;
        struct matching_view *v;

        all.n_forbidden = 0;
        TRY(matching_view_new(&all, m->a, &v));
        matching_columns_new(v, m->a, &m->columns);
        return OK;
}

static struct err tell(struct matching *m, struct matching_result *r)
{
        matching_search_cover(m->search, &m->result.most);
        TRY(matching_result_fill(m->search, &m->result));
        *r = m->result;
        return matching_certify(&m->p, MATCHING_TOTAL, r, m->a);
}

/* The engines' answer in the coins of the search that follows the events; the search itself where they cannot. */
static bool begin(struct matching *m)
{
        struct matching_search *s = m->search;
        struct matching_fast f;

        if (!matching_fast(m->view, &m->options, m->a, &f))
                return m->view->keep != MATCHING_KEEP_ALL && matching_search_all(s);
        matching_search_forget(s);
        for (int32_t i = 0; i < m->p.mentees; i++) {
                if (m->view->settled[i])
                        continue;
                s->gain[i] = matching_worth_of(!f.w.short_mentee[i], f.w.mentee[i]);
                if (f.w.match[i] != MATCHING_NOBODY)
                        matching_search_place(s, i, f.w.match[i]);
        }
        for (int32_t j = 0; j < m->p.mentors; j++)
                s->column[j].price = matching_worth_of(f.w.short_mentor[j], f.w.mentor[j]);
        s->stopped = f.stopped;
        return !f.stopped;
}

struct err matching_start(const struct matching_problem *p, const struct matching_options *o,
                          struct arena *a, struct matching **out, struct matching_result *r)
{
        struct matching *m = arena_new_of(a, struct matching);

        *out = NULL;
        if (o->objective != MATCHING_TOTAL)
                return FAIL(ERR_INVALID, "Only the highest total can follow changes one by one",
                            "Solve anew instead");
        if (matching_has_groups(p))
                return FAIL(ERR_INVALID, "Groups cannot follow changes one by one", "Solve anew instead");
        m->a = a;
        TRY(matching_view_new(p, a, &m->view));
        TRY(columns_of_all(m, p));
        copy_changeable(m, p);
        matching_result_room(&m->p, a, &m->result);
        m->options = *o;
        m->search = matching_search_new(m->view, &m->options, a);
        if (begin(m))
                *out = m;
        return tell(m, r);
}

/* ---- people and places ---- */

static void take_out(struct matching *m, int32_t i)
{
        int32_t j = matching_search_remove(m->search, i);

        m->search->gain[i] = 0;
        m->view->settled[i] = 1;
        if (j != MATCHING_NOBODY)
                matching_search_refill(m->search, &m->columns, j);
}

static void put_in(struct matching *m, int32_t i)
{
        m->view->settled[i] = 0;
        matching_search_add(m->search, i);
}

static void give_place(struct matching *m, int32_t j)
{
        struct matching_search_column *c = &m->search->column[j];

        if (c->places == 0)
                c->price = matching_columns_price(m->search, &m->columns, j);
        m->view->places[j] = ++c->places;
        matching_search_refill(m->search, &m->columns, j);
}

static void take_place(struct matching *m, int32_t j)
{
        struct matching_search_column *c = &m->search->column[j];
        int32_t i = c->first;

        m->view->places[j] = --c->places;
        if (c->used <= c->places)
                return;
        matching_search_remove(m->search, i);
        matching_search_add(m->search, i);
}

/* ---- locks ---- */

static int64_t lock_of(const struct matching *m, int32_t i)
{
        for (int64_t k = 0; k < m->p.n_locked; k++)
                if (m->locked[k].mentee == i)
                        return k;
        return -1;
}

static void drop_lock(struct matching *m, int64_t k)
{
        int32_t j = m->locked[k].mentor;

        m->locked[k] = m->locked[--m->p.n_locked];
        give_place(m, j);
}

static struct err lock(struct matching *m, int32_t i, int32_t j)
{
        if (m->view->settled[i])
                return REFUSE("The mentee is absent or locked already", "Unlock first");
        if (matching_is_forbidden(m->view, i, j) ||
            matching_score(&m->p, i, j) == MATCHING_NONE)
                return REFUSE("The pair is not allowed", "Allow it first");
        if (m->view->places[j] == 0)
                return REFUSE("The mentor has no place that is not locked",
                              "Give the mentor another place");
        take_out(m, i);
        take_place(m, j);
        m->locked[m->p.n_locked++] = (struct matching_pair) {i, j};
        return OK;
}

static struct err unlock(struct matching *m, int32_t i)
{
        int64_t k = lock_of(m, i);

        if (k < 0)
                return REFUSE("The mentee is not locked", "Look again");
        drop_lock(m, k);
        put_in(m, i);
        return OK;
}

/* ---- coming, going, capacity ---- */

static struct err leave(struct matching *m, int32_t i)
{
        int64_t k = lock_of(m, i);

        if (m->absent[i])
                return REFUSE("The mentee is absent already", "Look again");
        if (k >= 0)
                drop_lock(m, k);
        else
                take_out(m, i);
        m->absent[i] = 1;
        return OK;
}

static struct err come_back(struct matching *m, int32_t i)
{
        if (!m->absent[i])
                return REFUSE("The mentee is here already", "Look again");
        m->absent[i] = 0;
        put_in(m, i);
        return OK;
}

static struct err set_places(struct matching *m, int32_t j, int32_t places)
{
        int32_t locked = m->places[j] - m->view->places[j];

        if (places < locked)
                return REFUSE("More pairs are locked to the mentor than that", "Unlock some first");
        m->places[j] = places;
        while (m->view->places[j] < places - locked)
                give_place(m, j);
        while (m->view->places[j] > places - locked)
                take_place(m, j);
        return OK;
}

/* ---- forbidden pairs, kept in order ---- */

static void insert_forbidden(struct matching *m, int32_t i, int32_t j)
{
        struct matching_view *v = m->view;
        int64_t at = v->forbidden_row[i];

        if (m->p.n_forbidden == m->room) {
                m->room = m->room ? m->room * 2 : 16;
                struct matching_pair *more =
                        arena_array(m->a, struct matching_pair, (size_t)m->room);
                memcpy(more, v->forbidden, (size_t)m->p.n_forbidden * sizeof *more);
                m->p.forbidden = v->forbidden = more;
        }
        while (at < v->forbidden_row[i + 1] && v->forbidden[at].mentor < j)
                at++;
        memmove(v->forbidden + at + 1, v->forbidden + at,
                (size_t)(m->p.n_forbidden - at) * sizeof *v->forbidden);
        v->forbidden[at] = (struct matching_pair) {i, j};
        m->p.n_forbidden++;
        for (int32_t k = i + 1; k <= m->p.mentees; k++)
                v->forbidden_row[k]++;
}

static void remove_forbidden(struct matching *m, int32_t i, int32_t j)
{
        struct matching_view *v = m->view;
        int64_t at = v->forbidden_row[i];

        while (v->forbidden[at].mentor != j)
                at++;
        m->p.n_forbidden--;
        memmove(v->forbidden + at, v->forbidden + at + 1,
                (size_t)(m->p.n_forbidden - at) * sizeof *v->forbidden);
        for (int32_t k = i + 1; k <= m->p.mentees; k++)
                v->forbidden_row[k]--;
}

static struct err forbid(struct matching *m, int32_t i, int32_t j)
{
        int64_t k = lock_of(m, i);
        bool together = m->search->match[i] == j;

        if (matching_is_forbidden(m->view, i, j))
                return REFUSE("The pair is forbidden already", "Look again");
        if (k >= 0 && m->locked[k].mentor == j)
                return REFUSE("The pair is locked", "Unlock it first");
        if (together)
                take_out(m, i);
        insert_forbidden(m, i, j);
        if (together)
                put_in(m, i);
        return OK;
}

static struct err allow(struct matching *m, int32_t i, int32_t j)
{
        bool here = !m->view->settled[i];

        if (!matching_is_forbidden(m->view, i, j))
                return REFUSE("The pair is not forbidden", "Look again");
        if (here)
                take_out(m, i);
        while (matching_is_forbidden(m->view, i, j))
                remove_forbidden(m, i, j);
        if (here)
                put_in(m, i);
        return OK;
}

/* ---- the door ---- */

static bool has_mentee(const struct matching *m, const struct matching_event *e)
{
        return e->mentee >= 0 && e->mentee < m->p.mentees;
}

static bool has_mentor(const struct matching *m, const struct matching_event *e)
{
        return e->mentor >= 0 && e->mentor < m->p.mentors;
}

static struct err apply(struct matching *m, const struct matching_event *e)
{
        switch (e->kind) {
        case MATCHING_LEAVE:
                must(has_mentee(m, e));
                return leave(m, e->mentee);
        case MATCHING_JOIN:
                must(has_mentee(m, e));
                return come_back(m, e->mentee);
        case MATCHING_PLACES:
                must(has_mentor(m, e) && e->places >= 0);
                return set_places(m, e->mentor, e->places);
        case MATCHING_FORBID:
                must(has_mentee(m, e) && has_mentor(m, e));
                return forbid(m, e->mentee, e->mentor);
        case MATCHING_ALLOW:
                must(has_mentee(m, e) && has_mentor(m, e));
                return allow(m, e->mentee, e->mentor);
        case MATCHING_LOCK:
                must(has_mentee(m, e) && has_mentor(m, e));
                return lock(m, e->mentee, e->mentor);
        case MATCHING_SCORE:
                return FAIL(ERR_INVALID, "A score cannot be changed in a running session", "Begin a new one");
        case MATCHING_UNLOCK:
                must(has_mentee(m, e));
                return unlock(m, e->mentee);
        }
        must(!"an event outside its enum");
}

struct err matching_event(struct matching *m, const struct matching_event *event,
                          struct matching_result *r)
{
        TRY(apply(m, event));
        return tell(m, r);
}
