/*
 * Any small problem: refused, or solved with a proof.  And a session: every event refused, or
 * followed with a proof.  The bytes are read as one goes; when they are used up the rest is zero.
 */
#include "matching/matching_solve.h"

#include "matching/test/offered.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

enum { MOST = 12, CELLS = MOST * MOST };

struct bytes { const uint8_t *p; size_t n; };

struct fuzzed {
        struct matching_problem p;
        bool narrow;            /* scores fit 32 bits: nothing may be refused as too large */
        int64_t score[CELLS], row[MOST + 1], mentee_likes[CELLS], mentor_likes[CELLS];
        int32_t mentor[CELLS], places[MOST], least[MOST], announced[MOST];
        int32_t cell32[CELLS];
        uint16_t cell16[CELLS];
        uint8_t cell8[CELLS], absent[MOST];
        struct matching_pair locked[MOST], forbidden[MOST];
};

static uint8_t byte(struct bytes *b)
{
        if (b->n == 0)
                return 0;
        b->n--;
        return *b->p++;
}

static int32_t below(struct bytes *b, int32_t n)
{
        return n > 0 ? byte(b) % n : 0;
}

static int64_t wide(struct bytes *b)
{
        uint64_t v = 0;

        for (int k = 0; k < 8; k++)
                v = v << 8 | byte(b);
        return (int64_t)v;
}

/* ---- the problem ---- */

static int64_t score(struct bytes *b, uint8_t kind)
{
        uint8_t first = byte(b);

        if (first == 255)
                return MATCHING_NONE;
        if (kind == 0)
                return first % 4;
        if (kind == 1)
                return first;
        if (kind == 2)
                return (int8_t)first * 1000003;
        return wide(b);
}

/* What is left of a score in a cell of this width. */
static int64_t cell(const struct fuzzed *f, int32_t k)
{
        switch (f->p.cell) {
        case MATCHING_INT32: return f->cell32[k] == INT32_MIN ? MATCHING_NONE : f->cell32[k];
        case MATCHING_INT64: return f->score[k];
        case MATCHING_UINT16: return f->cell16[k] == UINT16_MAX ? MATCHING_NONE : f->cell16[k];
        case MATCHING_UINT8: return f->cell8[k] == UINT8_MAX ? MATCHING_NONE : f->cell8[k];
        }
        return MATCHING_NONE;
}

static void fill_dense(struct fuzzed *f, struct bytes *b, uint8_t kind)
{
        for (int32_t k = 0; k < f->p.mentees * f->p.mentors; k++) {
                bool none;
                f->score[k] = score(b, kind);
                none = f->score[k] == MATCHING_NONE;
                f->cell32[k] = none ? INT32_MIN : (int32_t)f->score[k];
                f->cell16[k] = none ? UINT16_MAX : (uint16_t)f->score[k];
                f->cell8[k] = none ? UINT8_MAX : (uint8_t)f->score[k];
        }
        f->p.shape = MATCHING_DENSE;
        f->p.stride = f->p.mentors;
        f->p.cell = (enum matching_cell)below(b, OFFERED_BYTES ? 4 : 2);
        for (int32_t k = 0; k < f->p.mentees * f->p.mentors; k++)
                f->score[k] = cell(f, k);
        switch (f->p.cell) {
        case MATCHING_INT32: f->p.dense = f->cell32; break;
        case MATCHING_INT64: f->p.dense = f->score; break;
        case MATCHING_UINT16: f->p.dense = f->cell16; break;
        case MATCHING_UINT8: f->p.dense = f->cell8; break;
        }
        f->narrow |= f->p.cell != MATCHING_INT64;
}

/* Mostly in order, as it must be; a broken list has to be refused. */
static void fill_sparse(struct fuzzed *f, struct bytes *b, uint8_t kind)
{
        int64_t n = 0;

        for (int32_t i = 0; i < f->p.mentees; i++) {
                f->row[i] = n;
                for (int32_t j = 0; j < f->p.mentors; j++) {
                        int64_t s = score(b, kind);
                        if (s == MATCHING_NONE)
                                continue;
                        f->mentee_likes[n] = s % 7;
                        f->mentor_likes[n] = s % 5;
                        f->mentor[n] = j;
                        f->score[n++] = s;
                }
        }
        f->row[f->p.mentees] = n;
        if (n > 0 && byte(b) == 7)
                f->mentor[byte(b) % n] = (int8_t)byte(b);
        f->p.shape = MATCHING_SPARSE;
        f->p.row = f->row;
        f->p.mentor = f->mentor;
        f->p.score = f->score;
        f->p.mentee_likes = byte(b) % 2 ? f->mentee_likes : NULL;
        f->p.mentor_likes = byte(b) % 2 ? f->mentor_likes : NULL;
}

static void scores_of(void *ctx, int32_t mentee, int64_t *scores)
{
        const struct fuzzed *f = ctx;

        memcpy(scores, f->score + mentee * f->p.mentors, (size_t)f->p.mentors * sizeof *scores);
}

static void fill_people(struct fuzzed *f, struct bytes *b, uint8_t with)
{
        for (int32_t j = 0; j < f->p.mentors; j++) {
                f->places[j] = byte(b) % 5;
                f->least[j] = f->places[j] ? byte(b) % (f->places[j] + 1) : 0;
        }
        for (int32_t i = 0; i < f->p.mentees; i++) {
                f->absent[i] = byte(b) % 8 == 1;
                f->announced[i] = below(b, f->p.mentors + 1) - 1;
        }
        f->p.places = with & 1 ? f->places : NULL;
        f->p.absent = with & 2 ? f->absent : NULL;
        f->p.announced = OFFERED_ANNOUNCED && with & 4 ? f->announced : NULL;
        f->p.least = OFFERED_GROUPS && with & 1 && with & 8 ? f->least : NULL;
        f->p.keep = with & 16 ? MATCHING_KEEP_ALL : byte(b);
        f->p.locked = f->locked;
        f->p.forbidden = f->forbidden;
        for (f->p.n_locked = 0; f->p.n_locked < below(b, 4); f->p.n_locked++)
                f->locked[f->p.n_locked] =
                        (struct matching_pair) {below(b, MOST + 1), below(b, MOST + 1)};
        for (f->p.n_forbidden = 0; f->p.n_forbidden < below(b, MOST); f->p.n_forbidden++)
                f->forbidden[f->p.n_forbidden] =
                        (struct matching_pair) {below(b, f->p.mentees), below(b, f->p.mentors)};
}

static void read_problem(struct fuzzed *f, struct bytes *b)
{
        uint8_t kind = byte(b) % 4, shape = byte(b) % 3, with = byte(b);

        f->p.mentees = below(b, MOST + 1);
        f->p.mentors = below(b, MOST + 1);
        f->narrow = kind < 3;
        if (shape == 0)
                fill_sparse(f, b, kind);
        else
                fill_dense(f, b, kind);
        if (shape == 2) {
                f->p.shape = MATCHING_IMPLICIT;
                f->p.scores_of = scores_of;
                f->p.scores_ctx = f;
                f->narrow = kind < 3;
        }
        fill_people(f, b, with);
}

/* ---- solving it ---- */

static void check(const struct fuzzed *f, enum matching_objective objective, struct err e,
                  const struct matching_result *r, struct arena *a)
{
        bool known = !OFFERED_HUGE_FAIR && objective == MATCHING_FAIR && !f->narrow;

        if (failed(e)) {
                must(!err_is(e, ERR_BROKEN) || known);
                must(!err_is(e, ERR_LIMIT) || !f->narrow);
                return;
        }
        must(!failed(matching_certify(&f->p, objective, r, a)));
}

static void solve_all(const struct fuzzed *f, struct arena *a)
{
        for (int objective = MATCHING_TOTAL; objective <= MATCHING_STABLE; objective++) {
                struct matching_options o = {.objective = (enum matching_objective)objective,
                                             .threads = 1 + objective % 2};
                struct matching_result r;
                if ((f->p.announced && objective > MATCHING_FAIR) ||
                    (f->p.least && objective != MATCHING_TOTAL))
                        continue;
                struct err e = matching_solve(&f->p, &o, a, &r);
                check(f, o.objective, e, &r, a);
                if (!failed(e))
                        must(r.status == MATCHING_OPTIMAL);
        }
}

/* ---- a session ---- */

/* The problem as it stands after the events, kept the plain way. */
struct model {
        struct matching_problem p;
        int64_t cell[CELLS];
        int32_t places[MOST], lock[MOST];
        bool no[CELLS];
        uint8_t absent[MOST];
        struct matching_pair locked[MOST], forbidden[CELLS];
};

static void begin(struct model *m, const struct fuzzed *f)
{
        int32_t n = f->p.mentees, k = f->p.mentors;

        for (int32_t c = 0; c < n * k; c++)
                m->cell[c] = f->p.shape == MATCHING_SPARSE ? MATCHING_NONE : f->score[c];
        for (int32_t i = 0; i < n; i++) {
                m->lock[i] = MATCHING_NOBODY;
                m->absent[i] = f->p.absent && f->absent[i];
                for (int64_t c = f->row[i]; f->p.shape == MATCHING_SPARSE && c < f->row[i + 1]; c++)
                        m->cell[i * k + f->mentor[c]] = f->score[c];
        }
        for (int32_t j = 0; j < k; j++)
                m->places[j] = f->p.places ? f->places[j] : 1;
        for (int64_t c = 0; c < f->p.n_forbidden; c++)
                m->no[f->forbidden[c].mentee * k + f->forbidden[c].mentor] = true;
        for (int64_t c = 0; c < f->p.n_locked; c++)
                m->lock[f->locked[c].mentee] = f->locked[c].mentor;
        m->p = (struct matching_problem) {
                .mentees = n, .mentors = k, .shape = MATCHING_DENSE, .dense = m->cell, .stride = k,
                .cell = MATCHING_INT64, .places = m->places, .absent = m->absent,
                .locked = m->locked, .forbidden = m->forbidden,
                .announced = f->p.announced, .keep = f->p.keep};
}

static void follow(struct model *m, const struct matching_event *e)
{
        int32_t i = e->mentee, j = e->mentor, at = i * m->p.mentors + j;

        switch (e->kind) {
        case MATCHING_LEAVE: m->absent[i] = 1; m->lock[i] = MATCHING_NOBODY; break;
        case MATCHING_JOIN: m->absent[i] = 0; break;
        case MATCHING_PLACES: m->places[j] = e->places; break;
        case MATCHING_FORBID: m->no[at] = true; break;
        case MATCHING_ALLOW: m->no[at] = false; break;
        case MATCHING_LOCK: m->lock[i] = j; break;
        case MATCHING_UNLOCK: m->lock[i] = MATCHING_NOBODY; break;
        case MATCHING_SCORE: m->cell[at] = e->score; break;
        }
}

static void certify(struct model *m, const struct matching_result *r, struct arena *a)
{
        m->p.n_locked = m->p.n_forbidden = 0;
        for (int32_t i = 0; i < m->p.mentees; i++) {
                if (m->lock[i] != MATCHING_NOBODY)
                        m->locked[m->p.n_locked++] = (struct matching_pair) {i, m->lock[i]};
                for (int32_t j = 0; j < m->p.mentors; j++)
                        if (m->no[i * m->p.mentors + j])
                                m->forbidden[m->p.n_forbidden++] = (struct matching_pair) {i, j};
        }
        must(r->status == MATCHING_OPTIMAL);
        must(!failed(matching_certify(&m->p, MATCHING_TOTAL, r, a)));
}

static bool random_event(const struct fuzzed *f, struct bytes *b, struct matching_event *e)
{
        if (b->n < 2 || f->p.mentees == 0 || f->p.mentors == 0)
                return false;
        *e = (struct matching_event) {
                .kind = (enum matching_event_kind)(byte(b) % (MATCHING_SCORE + OFFERED_SCORE_EVENT)),
                .mentee = below(b, f->p.mentees),
                .mentor = below(b, f->p.mentors),
                .places = byte(b) % 5,
                .score = byte(b),
        };
        if (e->score == 255)
                e->score = MATCHING_NONE;
        return true;
}

static void follow_events(const struct fuzzed *f, struct bytes *b, struct arena *a)
{
        struct matching_options o = {.objective = MATCHING_TOTAL};
        struct matching *session;
        struct matching_result r;
        struct matching_event e;
        struct model *m = arena_new_of(a, struct model);
        struct err x = matching_start(&f->p, &o, a, &session, &r);

        check(f, MATCHING_TOTAL, x, &r, a);
        if (failed(x))
                return;
        begin(m, f);
        certify(m, &r, a);
        for (int k = 0; k < 32 && random_event(f, b, &e); k++) {
                x = matching_event(session, &e, &r);
                must(!failed(x) || err_is(x, ERR_CONFLICT) ||
                     (err_is(x, ERR_LIMIT) && !f->narrow));
                if (err_is(x, ERR_LIMIT))
                        return;
                if (!failed(x))
                        follow(m, &e);
                certify(m, &r, a);
        }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
        struct bytes b = {data, n};
        struct arena *a = arena_new((size_t)1 << 28);
        struct fuzzed *f = arena_new_of(a, struct fuzzed);

        read_problem(f, &b);
        solve_all(f, a);
        if (!f->p.least)
                follow_events(f, &b, a);
        arena_free(a);
        return 0;
}
