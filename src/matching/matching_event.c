/*
 * One change at a time: the pairs and prices stay, and only what the change concerns is searched for again.
 */
#include "matching/matching_session.h"

#define REFUSE(what, next) FAIL(ERR_CONFLICT, what, next)

/* Whether the engine follows; else the event only writes down how things stand, and all is solved anew. */
static bool follows(const struct matching *m) { return m->alive && !m->stale; }

/* ---- scores that have not counted until now ---- */

/* As many people as keep must be more than all scores of, if no change may come for a score. */
static bool keep_is_enough(const struct matching *m, int64_t range)
{
        int64_t people = 0;

        if (!m->p.announced || m->p.keep < MATCHING_KEEP_ALL)
                return true;
        for (int32_t i = 0; i < m->p.mentees; i++)
                people += !m->view->settled[i];
        return (__int128)range * people < m->view->keep;
}

static void widen(struct matching *m, int64_t low, int64_t high)
{
        int64_t widest = MATCHING_WIDEST((int64_t)m->p.mentees + m->p.mentors), range;

        low = low < m->low ? low : m->low;
        high = high > m->high ? high : m->high;
        if (__builtin_sub_overflow(high, low, &range) || range > widest || m->view->keep > widest - range || low < -widest ||
            high > widest || !keep_is_enough(m, range)) {
                m->stale = true;
                return;
        }
        m->low = low;
        m->high = high;
        m->reprice.low = low;
        m->reprice.range = range;
}

static void widen_by_row(struct matching *m, int32_t i)
{
        const struct matching_problem *p = &m->p;
        int64_t low = INT64_MAX, high = INT64_MIN;

        if (p->shape == MATCHING_DENSE) {
                if (!matching_sheet_span(&m->reprice.sheet, i, &low, &high))
                        return;
        } else {
                for (int64_t k = p->row[i]; k < p->row[i + 1]; k++) {
                        low = p->score[k] < low ? p->score[k] : low;
                        high = p->score[k] > high ? p->score[k] : high;
                }
        }
        if (low <= high)
                widen(m, low, high);
}

/* ---- people and places ---- */

/* The row is without a place, its old one without a row. */
static void part(struct matching *m, int32_t i)
{
        int32_t j = m->live.match[i];

        matching_live_unlink(&m->live, i);
        matching_marks_put(&m->live.dear, j);
}

static void take_out(struct matching *m, int32_t i)
{
        m->view->settled[i] = 1;
        if (!follows(m))
                return;
        if (m->live.match[i] != MATCHING_NOBODY)
                part(m, i);
        m->live.row_price[i] = 0;
}

static void put_in(struct matching *m, int32_t i)
{
        m->view->settled[i] = 0;
        if (follows(m))
                widen_by_row(m, i);
        if (!follows(m))
                return;
        m->live.row_price[i] = 0;
        matching_live_mend(&m->live, i);
        matching_marks_put(&m->live.fell_row, i);
}

/* A mentor who had no places: nobody may rather want to come at the price. */
static void reopen(struct matching *m, int32_t j)
{
        const struct matching_live *l = &m->live;
        const struct matching_edges *e = &l->column[j];
        int64_t price = l->column_price[j];

        if (m->p.shape == MATCHING_DENSE)
                matching_reprice_column(&m->reprice, j);
        else
                price = 0;
        for (int32_t k = 0; k < e->n; k++) {
                int64_t wanted = e->weight[k] - l->row_price[e->to[k]];
                if (!l->out[e->to[k]] && wanted > price)
                        price = wanted;
        }
        if (price > l->column_price[j] || m->p.shape == MATCHING_SPARSE)
                l->column_price[j] = price;
}

/* Places that are not locked. */
static void set_free_places(struct matching *m, int32_t j, int32_t places)
{
        int32_t before = m->view->places[j];

        if (follows(m) && before == 0 && places > 0)
                reopen(m, j);
        m->view->places[j] = places;
        if (!follows(m))
                return;
        while (m->live.used[j] > places) {
                int32_t i = m->live.first[j];
                matching_live_unlink(&m->live, i);
                matching_marks_put(&m->live.open, i);
        }
        if (places > before)
                matching_marks_put(&m->live.dear, j);
}

/* ---- locks ---- */

static void drop_lock(struct matching *m, int64_t k)
{
        int32_t i = m->locked[k].mentee, j = m->locked[k].mentor;

        m->locked[k] = m->locked[--m->p.n_locked];
        m->lock_of[m->locked[k].mentee] = k;
        m->lock_of[i] = -1;
        set_free_places(m, j, m->view->places[j] + 1);
}

static struct err lock(struct matching *m, int32_t i, int32_t j)
{
        if (m->view->settled[i])
                return REFUSE("The mentee is absent or locked already", "Unlock first");
        if (matching_is_forbidden(m->view, i, j) || matching_score(&m->p, i, j) == MATCHING_NONE)
                return REFUSE("The pair is not allowed", "Allow it first");
        if (m->view->places[j] == 0)
                return REFUSE("The mentor has no place that is not locked", "Give the mentor another place");
        take_out(m, i);
        set_free_places(m, j, m->view->places[j] - 1);
        m->lock_of[i] = m->p.n_locked;
        m->locked[m->p.n_locked++] = (struct matching_pair) {i, j};
        return OK;
}

static struct err unlock(struct matching *m, int32_t i)
{
        if (m->lock_of[i] < 0)
                return REFUSE("The mentee is not locked", "Look again");
        drop_lock(m, m->lock_of[i]);
        put_in(m, i);
        return OK;
}

/* ---- coming, going, capacity ---- */

static struct err leave(struct matching *m, int32_t i)
{
        if (m->absent[i])
                return REFUSE("The mentee is absent already", "Look again");
        if (m->lock_of[i] >= 0)
                drop_lock(m, m->lock_of[i]);
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
        set_free_places(m, j, places - locked);
        return OK;
}

/* ---- pairs ---- */

/* The pair is now worth something else to the engine, or nothing. */
static void reweigh(struct matching *m, int32_t i, int32_t j)
{
        int64_t weight = matching_live_weight(m->view, i, j);
        bool together = follows(m) && !m->view->settled[i] && m->live.match[i] == j;

        if (follows(m) && weight != MATCHING_NONE)
                widen(m, matching_score(&m->p, i, j), matching_score(&m->p, i, j));
        if (!follows(m))
                return;
        matching_live_edge(&m->live, i, j, weight);
        if (together && weight == MATCHING_NONE) {
                part(m, i);
                matching_marks_put(&m->live.open, i);
        } else if (together) {
                m->live.held[i] = weight;
        }
        matching_live_mend(&m->live, i);
}

static struct err forbid(struct matching *m, int32_t i, int32_t j)
{
        int64_t k = m->lock_of[i];

        if (matching_is_forbidden(m->view, i, j))
                return REFUSE("The pair is forbidden already", "Look again");
        if (k >= 0 && m->locked[k].mentor == j)
                return REFUSE("The pair is locked", "Unlock it first");
        matching_change_forbid(m, i, j);
        reweigh(m, i, j);
        return OK;
}

static struct err allow(struct matching *m, int32_t i, int32_t j)
{
        if (!matching_is_forbidden(m->view, i, j))
                return REFUSE("The pair is not forbidden", "Look again");
        matching_change_allow(m, i, j);
        reweigh(m, i, j);
        return OK;
}

static struct err rescore(struct matching *m, int32_t i, int32_t j, int64_t score)
{
        int64_t k = m->lock_of[i];

        if (score == MATCHING_NONE && k >= 0 && m->locked[k].mentor == j)
                return REFUSE("The pair is locked", "Unlock it first");
        matching_change_score(m, i, j, score);
        reweigh(m, i, j);
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
        must(e->kind == MATCHING_PLACES ? e->places >= 0 : has_mentee(m, e));
        switch (e->kind) {
        case MATCHING_LEAVE: return leave(m, e->mentee);
        case MATCHING_JOIN: return come_back(m, e->mentee);
        case MATCHING_UNLOCK: return unlock(m, e->mentee);
        case MATCHING_PLACES: must(has_mentor(m, e)); return set_places(m, e->mentor, e->places);
        case MATCHING_FORBID: must(has_mentor(m, e)); return forbid(m, e->mentee, e->mentor);
        case MATCHING_ALLOW: must(has_mentor(m, e)); return allow(m, e->mentee, e->mentor);
        case MATCHING_LOCK: must(has_mentor(m, e)); return lock(m, e->mentee, e->mentor);
        case MATCHING_SCORE: must(has_mentor(m, e)); return rescore(m, e->mentee, e->mentor, e->score);
        }
        must(!"an event outside its enum");
}

struct err matching_event(struct matching *m, const struct matching_event *event, struct matching_result *r)
{
        TRY(apply(m, event));
        return matching_session_tell(m, event->kind == MATCHING_PLACES ? MATCHING_NOBODY : event->mentee, r);
}
