/* How a session begins, and what it tells after each event. */
#include "matching/matching_session.h"

#include "matching/matching_fast.h"

#include <string.h>

/* ---- the problem, with arrays of our own ---- */

static void copy_changeable(struct matching *m, const struct matching_problem *p)
{
        m->places = arena_array(m->a, int32_t, (size_t)p->mentors);
        m->locked = arena_array(m->a, struct matching_pair, (size_t)p->mentees);
        m->lock_of = arena_array(m->a, int64_t, (size_t)p->mentees);
        m->absent = arena_array(m->a, uint8_t, (size_t)p->mentees);
        for (int32_t j = 0; j < p->mentors; j++)
                m->places[j] = p->places ? p->places[j] : 1;
        for (int32_t i = 0; i < p->mentees; i++) {
                m->absent[i] = p->absent && p->absent[i];
                m->lock_of[i] = -1;
        }
        for (int64_t k = 0; k < p->n_locked; k++) {
                m->locked[k] = p->locked[k];
                m->lock_of[p->locked[k].mentee] = k;
        }
        m->p = *p;
        m->p.places = m->places;
        m->p.locked = m->locked;
        m->p.absent = m->absent;
        m->p.forbidden = m->view->forbidden;
        m->room = p->n_forbidden;
        m->view->p = &m->p;
}

static struct err session_new(const struct matching_problem *p, const struct matching_options *o, struct arena *a,
                              struct matching **out)
{
        struct matching *m = arena_new_of(a, struct matching);

        m->a = a;
        m->options = *o;
        TRY(matching_view_new(p, a, &m->view));
        if (m->view->cut)
                return FAIL(ERR_LIMIT, "The mentors have more than 2,147,483,647 places together", "Give each only as many as may be needed");
        copy_changeable(m, p);
        matching_result_room(&m->p, a, &m->result);
        matching_proven_new(&m->p, a, &m->proven);
        *out = m;
        return OK;
}

/* ---- from a result to a graph that can follow ---- */

static int64_t price_of(struct matching_price p) { return p.pairs * MATCHING_LIVE_UNIT + p.score; }

static void load_prices(struct matching *m)
{
        const struct matching_result *r = &m->result;

        for (int32_t i = 0; i < m->p.mentees; i++)
                m->live.row_price[i] = m->view->settled[i] ? 0 : price_of(r->mentee_price[i]);
        for (int32_t j = 0; j < m->p.mentors; j++)
                m->live.column_price[j] = price_of(r->mentor_price[j]);
}

static void load_list(struct matching *m)
{
        const struct matching_problem *p = &m->p;

        for (int32_t i = 0; i < p->mentees; i++)
                for (int64_t k = p->row[i]; k < p->row[i + 1]; k++)
                        if (!matching_is_forbidden(m->view, i, p->mentor[k]))
                                matching_live_add(&m->live, i, p->mentor[k],
                                                  MATCHING_LIVE_UNIT + p->score[k] + matching_view_keep(m->view, i, p->mentor[k]));
}

/* An announced pair's worth is not in the matrix: it is always among the edges. */
static void load_announced(struct matching *m)
{
        for (int32_t i = 0; m->p.announced && i < m->p.mentees; i++)
                if (m->p.announced[i] >= 0)
                        matching_live_edge(&m->live, i, m->p.announced[i], matching_live_weight(m->view, i, m->p.announced[i]));
}

static void load_pairs(struct matching *m)
{
        for (int32_t i = 0; i < m->p.mentees; i++) {
                int32_t j = m->result.mentor_of[i];
                if (m->view->settled[i] || j == MATCHING_NOBODY)
                        continue;
                int64_t weight = matching_live_weight(m->view, i, j);
                if (!matching_live_has(&m->live, i, j))
                        matching_live_add(&m->live, i, j, weight);
                matching_live_link(&m->live, i, j, weight);
        }
}

/* The result is right, and the engine can count with its scores. */
static void load(struct matching *m)
{
        bool matrix = m->p.shape == MATCHING_DENSE;

        if (!m->live.row) {
                matching_live_new(m->p.mentees, m->p.mentors, m->view->settled, m->view->places, m->a, &m->live);
                m->turned = matrix ? matching_turn(&m->p, m->a) : NULL;
                matching_reprice_new(m->view, &m->live, m->turned, m->a, &m->reprice);
        }
        matching_live_clear(&m->live);
        m->reprice.low = m->low;
        m->reprice.range = m->high - m->low;
        load_prices(m);
        if (matrix) {
                matching_reprice_begin(&m->reprice);
                load_announced(m);
        } else {
                load_list(m);
        }
        load_pairs(m);
        matching_proven_all(&m->p, &m->result, m->turned, m->a, &m->proven);
}

/* ---- solving anew ---- */

/* The slow way, for scores that lie too far apart. */
static struct err solve_slowly(struct matching *m)
{
        if (m->view->keep == MATCHING_KEEP_ALL)
                return FAIL(ERR_LIMIT, "The scores are too far apart for announced pairs to come before them", "Say what one is worth");
        struct matching_search *s = matching_search_new(m->view, &m->options, m->a);

        matching_search_all(s);
        matching_search_cover(s, &m->result.most);
        return matching_result_fill(s, &m->result);
}

static struct err solve(struct matching *m)
{
        struct arena_mark mark = arena_mark(m->a);
        struct matching_fast f;

        struct err e = matching_fast(m->view, &m->options, m->a, &f) ? matching_fast_fill(m->view, &f, &m->result) : solve_slowly(m);
        arena_rewind(m->a, mark);
        return failed(e) ? e : matching_certify(&m->p, MATCHING_TOTAL, &m->result, m->a);
}

static struct err solve_and_load(struct matching *m)
{
        int64_t low, high;

        TRY(solve(m));
        m->stale = false;
        m->alive = m->result.status == MATCHING_OPTIMAL && matching_fast_span(m->view, &low, &high);
        if (m->alive) {
                m->low = low;
                m->high = high;
                load(m);
        }
        return OK;
}

struct err matching_start(const struct matching_problem *p, const struct matching_options *o, struct arena *a,
                          struct matching **out, struct matching_result *r)
{
        struct matching *m;

        *out = NULL;
        if (o->objective != MATCHING_TOTAL)
                return FAIL(ERR_INVALID, "Only the highest total can follow changes one by one", "Solve anew instead");
        if (matching_has_groups(p))
                return FAIL(ERR_INVALID, "Groups cannot follow changes one by one", "Solve anew instead");
        TRY(session_new(p, o, a, &m));
        TRY(solve_and_load(m));
        *r = m->result;
        if (r->status == MATCHING_OPTIMAL)
                *out = m;
        return OK;
}

/* ---- the result ---- */

static void fill_pair(struct matching *m, int32_t i)
{
        struct matching_result *r = &m->result;
        const struct matching_live *l = &m->live;
        int64_t lock = m->lock_of[i];

        r->mentor_of[i] = lock >= 0 ? m->locked[lock].mentor : m->view->settled[i] ? MATCHING_NOBODY : l->match[i];
        r->unmatched += !m->absent[i] && r->mentor_of[i] == MATCHING_NOBODY;
        r->score_of[i] = MATCHING_NONE;
        if (r->mentor_of[i] != MATCHING_NOBODY) {
                r->score_of[i] = lock >= 0 ? matching_score(&m->p, i, r->mentor_of[i])
                                           : l->held[i] - MATCHING_LIVE_UNIT - matching_view_keep(m->view, i, l->match[i]);
                r->total += r->score_of[i];
                if (r->matched++ == 0 || r->score_of[i] < r->lowest)
                        r->lowest = r->score_of[i];
        }
        if (m->p.announced && m->p.announced[i] != MATCHING_NOBODY) {
                r->kept += m->p.announced[i] == r->mentor_of[i];
                r->changed += m->p.announced[i] != r->mentor_of[i];
        }
}

static struct matching_price split(int64_t price)
{
        return (struct matching_price) {matching_live_units(price), matching_live_rest(price)};
}

/* A mentor without a place has a price high enough for anybody who might ask. */
static int64_t price_of_the_closed(const struct matching *m)
{
        const struct matching_live *l = &m->live;
        int64_t least = MATCHING_LIVE_UNIT;

        for (int32_t i = 0; i < l->rows; i++)
                if (!l->out[i] && l->row_price[i] < least)
                        least = l->row_price[i];
        int64_t gap = MATCHING_LIVE_UNIT + m->high + m->view->keep - least;
        return gap > 0 ? gap : 0;
}

static void fill_prices(struct matching *m)
{
        struct matching_result *r = &m->result;
        const struct matching_live *l = &m->live;
        int64_t closed = price_of_the_closed(m);
        __int128 sum = 0;       /* on the way it may be wider than in the end */

        for (int32_t i = 0; i < l->rows; i++) {
                r->mentee_price[i] = split(l->out[i] ? 0 : l->row_price[i]);
                r->most.mentee[i] = (uint8_t)r->mentee_price[i].pairs;
                r->bound.pairs += r->mentee_price[i].pairs;
                sum += r->mentee_price[i].score;
        }
        for (int32_t j = 0; j < l->columns; j++) {
                r->mentor_price[j] = split(l->places[j] ? l->column_price[j] : closed);
                r->most.mentor[j] = (uint8_t)r->mentor_price[j].pairs;
                r->bound.pairs += r->mentor_price[j].pairs * l->places[j];
                sum += (__int128)r->mentor_price[j].score * l->places[j];
        }
        for (int64_t k = 0; k < m->p.n_locked; k++) {
                r->bound.pairs++;
                sum += r->score_of[m->locked[k].mentee] + matching_view_keep(m->view, m->locked[k].mentee, m->locked[k].mentor);
        }
        r->bound.score = (int64_t)sum;
}

static void fill(struct matching *m)
{
        struct matching_result *r = &m->result;

        r->status = MATCHING_OPTIMAL;
        r->matched = r->unmatched = r->kept = r->changed = 0;
        r->total = r->lowest = 0;
        r->bound = (struct matching_price) {0, 0};
        r->keep = m->view->keep;
        for (int32_t i = 0; i < m->p.mentees; i++)
                fill_pair(m, i);
        fill_prices(m);
        r->searches = m->live.searches;
        r->looked_at = m->live.looked_at;
}

struct err matching_session_tell(struct matching *m, int32_t touched, struct matching_result *r)
{
        if (m->alive && !m->stale) {
                bool matrix = m->p.shape == MATCHING_DENSE;
                do
                        matching_live_settle(&m->live);
                while (matrix && matching_reprice(&m->reprice));
                fill(m);
                TRY(matching_recheck(&m->p, &m->result, touched, m->a, &m->proven));
        } else {
                TRY(solve_and_load(m));
        }
        *r = m->result;
        return OK;
}
