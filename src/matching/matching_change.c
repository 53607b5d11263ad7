/* What events change in a session's problem, so that it always says how things stand. */
#include "matching/matching_session.h"

#include <string.h>

/* ---- forbidden pairs, kept in order ---- */

void matching_change_forbid(struct matching *m, int32_t i, int32_t j)
{
        struct matching_view *v = m->view;
        int64_t at = v->forbidden_row[i];

        if (m->p.n_forbidden == m->room) {
                m->room = m->room ? m->room * 2 : 16;
                struct matching_pair *more = arena_array(m->a, struct matching_pair, (size_t)m->room);
                if (m->p.n_forbidden)
                        memcpy(more, v->forbidden, (size_t)m->p.n_forbidden * sizeof *more);
                m->p.forbidden = v->forbidden = more;
        }
        while (at < v->forbidden_row[i + 1] && v->forbidden[at].mentor < j)
                at++;
        memmove(v->forbidden + at + 1, v->forbidden + at, (size_t)(m->p.n_forbidden - at) * sizeof *v->forbidden);
        v->forbidden[at] = (struct matching_pair) {i, j};
        m->p.n_forbidden++;
        for (int32_t k = i + 1; k <= m->p.mentees; k++)
                v->forbidden_row[k]++;
}

static void allow_once(struct matching *m, int32_t i, int32_t j)
{
        struct matching_view *v = m->view;
        int64_t at = v->forbidden_row[i];

        while (v->forbidden[at].mentor != j)
                at++;
        m->p.n_forbidden--;
        memmove(v->forbidden + at, v->forbidden + at + 1, (size_t)(m->p.n_forbidden - at) * sizeof *v->forbidden);
        for (int32_t k = i + 1; k <= m->p.mentees; k++)
                v->forbidden_row[k]--;
}

/* The caller may have listed it twice. */
void matching_change_allow(struct matching *m, int32_t i, int32_t j)
{
        while (matching_is_forbidden(m->view, i, j))
                allow_once(m, i, j);
}

/* ---- scores in a matrix ---- */

static size_t bytes_of(enum matching_cell cell)
{
        switch (cell) {
        case MATCHING_INT32: return 4;
        case MATCHING_INT64: return 8;
        case MATCHING_UINT8: return 1;
        case MATCHING_UINT16: return 2;
        }
        must(!"a kind of cell outside its enum");
}

static bool fits_cell(enum matching_cell cell, int64_t score)
{
        switch (cell) {
        case MATCHING_INT32: return score > INT32_MIN && score <= INT32_MAX;
        case MATCHING_INT64: return true;
        case MATCHING_UINT8: return score >= 0 && score < UINT8_MAX;
        case MATCHING_UINT16: return score >= 0 && score < UINT16_MAX;
        }
        must(!"a kind of cell outside its enum");
}

static void put_cell(enum matching_cell cell, void *cells, int64_t at, int64_t score)
{
        bool none = score == MATCHING_NONE;

        switch (cell) {
        case MATCHING_INT32: ((int32_t *)cells)[at] = none ? INT32_MIN : (int32_t)score; return;
        case MATCHING_INT64: ((int64_t *)cells)[at] = score; return;
        case MATCHING_UINT8: ((uint8_t *)cells)[at] = none ? UINT8_MAX : (uint8_t)score; return;
        case MATCHING_UINT16: ((uint16_t *)cells)[at] = none ? UINT16_MAX : (uint16_t)score; return;
        }
        must(!"a kind of cell outside its enum");
}

static void copy_matrix(struct matching *m, enum matching_cell kind)
{
        const struct matching_problem *p = &m->p;
        size_t n = (size_t)p->mentees * (size_t)p->mentors, wide = bytes_of(kind);
        char *to = arena_array(m->a, char, n * wide);

        for (int32_t i = 0; i < p->mentees; i++) {
                if (kind == p->cell) {
                        memcpy(to + (size_t)i * (size_t)p->mentors * wide,
                               (const char *)p->dense + (size_t)i * (size_t)p->stride * wide, (size_t)p->mentors * wide);
                        continue;
                }
                for (int32_t j = 0; j < p->mentors; j++)
                        put_cell(kind, to, (int64_t)i * p->mentors + j, matching_score(p, i, j));
        }
        m->dense = to;
        m->p.dense = to;
        m->p.stride = p->mentors;
        m->p.cell = kind;
        m->own_scores = true;
}

static void rescore_cell(struct matching *m, int32_t i, int32_t j, int64_t score)
{
        enum matching_cell kind = m->p.cell;

        if (score != MATCHING_NONE && !fits_cell(kind, score))
                kind = MATCHING_INT64;
        if (!m->own_scores || kind != m->p.cell) {
                bool other = kind != m->p.cell;
                copy_matrix(m, kind);
                if (m->alive && other)
                        m->turned = matching_turn(&m->p, m->a);
        }
        put_cell(kind, m->dense, (int64_t)i * m->p.stride + j, score);
        if (!m->alive)
                return;
        put_cell(kind, m->turned, (int64_t)j * m->p.mentees + i, score);
        matching_reprice_sheets(&m->reprice, m->turned);
        m->proven.turned = m->turned;
}

/* ---- scores in a list ---- */

static void copy_list(struct matching *m, int64_t room)
{
        const struct matching_problem *p = &m->p;
        int64_t from = p->row[0], n = p->row[p->mentees] - from;
        int64_t *score = arena_array(m->a, int64_t, (size_t)room);
        int32_t *mentor = arena_array(m->a, int32_t, (size_t)room);

        if (!m->row)
                m->row = arena_array(m->a, int64_t, (size_t)p->mentees + 1);
        for (int32_t i = 0; i <= p->mentees; i++)
                m->row[i] = p->row[i] - from;
        if (n) {
                memcpy(score, p->score + from, (size_t)n * sizeof *score);
                memcpy(mentor, p->mentor + from, (size_t)n * sizeof *mentor);
        }
        m->p.row = m->row;
        m->p.score = m->score = score;
        m->p.mentor = m->mentor = mentor;
        m->pairs_room = room;
        m->own_scores = true;
}

/* Everything from `at` on moves by one; what the likes say belongs to another objective. */
static void shift(struct matching *m, int32_t i, int64_t at, int by)
{
        int64_t n = m->row[m->p.mentees], from = by > 0 ? at : at + 1;

        memmove(m->mentor + from + by, m->mentor + from, (size_t)(n - from) * sizeof *m->mentor);
        memmove(m->score + from + by, m->score + from, (size_t)(n - from) * sizeof *m->score);
        for (int32_t k = i + 1; k <= m->p.mentees; k++)
                m->row[k] += by;
}

static void rescore_listed(struct matching *m, int32_t i, int32_t j, int64_t score)
{
        int64_t n = m->p.row[m->p.mentees] - m->p.row[0], at;

        if (!m->own_scores || n == m->pairs_room)
                copy_list(m, n + n / 8 + 16);
        for (at = m->row[i]; at < m->row[i + 1] && m->mentor[at] < j; at++)
                ;
        bool there = at < m->row[i + 1] && m->mentor[at] == j;
        if (score == MATCHING_NONE) {
                if (there)
                        shift(m, i, at, -1);
                return;
        }
        if (!there) {
                shift(m, i, at, 1);
                matching_proven_add(&m->proven, i, j, m->a);
        }
        m->mentor[at] = j;
        m->score[at] = score;
}

void matching_change_score(struct matching *m, int32_t i, int32_t j, int64_t score)
{
        if (m->p.shape == MATCHING_DENSE)
                rescore_cell(m, i, j, score);
        else
                rescore_listed(m, i, j, score);
}
