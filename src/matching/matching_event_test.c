/* A session after any change must be as good as a new solve of the changed problem. */
#include "matching/matching_solve.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { MENTEES = 14, MENTORS = 7, EVENTS = 40 };

/* The problem as it stands after the events, kept the plain way. */
struct model {
        struct matching_problem p;
        int32_t cell[MENTEES * MENTORS];
        int32_t places[MENTORS];
        uint8_t absent[MENTEES];
        bool forbidden[MENTEES][MENTORS];
        int32_t lock[MENTEES];
        struct matching_pair locked[MENTEES], no[MENTEES * MENTORS];
};

static struct arena *arena;
static uint32_t seed;

static int32_t below(int32_t n)
{
        seed = seed * 1664525 + 1013904223;
        return (int32_t)((uint64_t)(seed >> 4) * (uint64_t)n >> 28);
}

static const struct matching_problem *problem(struct model *m)
{
        m->p = (struct matching_problem) {
                .mentees = MENTEES,
                .mentors = MENTORS,
                .shape = MATCHING_DENSE,
                .dense = m->cell,
                .stride = MENTORS,
                .cell = MATCHING_INT32,
                .places = m->places,
                .absent = m->absent,
                .locked = m->locked,
                .forbidden = m->no,
        };
        for (int32_t i = 0; i < MENTEES; i++) {
                if (m->lock[i] != MATCHING_NOBODY)
                        m->locked[m->p.n_locked++] = (struct matching_pair) {i, m->lock[i]};
                for (int32_t j = 0; j < MENTORS; j++)
                        if (m->forbidden[i][j])
                                m->no[m->p.n_forbidden++] = (struct matching_pair) {i, j};
        }
        return &m->p;
}

static void random_model(struct model *m, uint32_t number)
{
        *m = (struct model) {0};
        seed = number * 2654435761u + 1;
        int32_t spread = (int32_t[]) {2, 10, 1000}[below(3)], percent = 15 + below(86);
        for (int k = 0; k < MENTEES * MENTORS; k++)
                m->cell[k] = below(100) < percent ? below(spread) - spread / 3 : INT32_MIN;
        for (int j = 0; j < MENTORS; j++)
                m->places[j] = below(4);
        for (int i = 0; i < MENTEES; i++)
                m->lock[i] = MATCHING_NOBODY;
}

static struct matching_event random_event(void)
{
        return (struct matching_event) {
                .kind = (enum matching_event_kind)below(MATCHING_UNLOCK + 1),
                .mentee = below(MENTEES),
                .mentor = below(MENTORS),
                .places = below(5),
        };
}

static void follow(struct model *m, const struct matching_event *e)
{
        switch (e->kind) {
        case MATCHING_LEAVE:
                m->absent[e->mentee] = 1;
                m->lock[e->mentee] = MATCHING_NOBODY;
                break;
        case MATCHING_JOIN:
                m->absent[e->mentee] = 0;
                break;
        case MATCHING_PLACES:
                m->places[e->mentor] = e->places;
                break;
        case MATCHING_FORBID:
                m->forbidden[e->mentee][e->mentor] = true;
                break;
        case MATCHING_ALLOW:
                m->forbidden[e->mentee][e->mentor] = false;
                break;
        case MATCHING_LOCK:
                m->lock[e->mentee] = e->mentor;
                break;
        case MATCHING_UNLOCK:
                m->lock[e->mentee] = MATCHING_NOBODY;
                break;
        case MATCHING_SCORE:
                break;          /* drawn by the tests of sessions, not here */
        }
}

static void check_against_new_solve(struct model *m, const struct matching_result *r)
{
        struct matching_options o = {.objective = MATCHING_TOTAL};
        struct matching_result anew;
        struct arena_mark mark = arena_mark(arena);

        assert_false(failed(matching_solve(problem(m), &o, arena, &anew)));
        assert_int_equal(r->matched, anew.matched);
        assert_int_equal(r->unmatched, anew.unmatched);
        assert_int_equal(r->total, anew.total);
        assert_false(failed(matching_certify(&m->p, MATCHING_TOTAL, r, arena)));
        arena_rewind(arena, mark);
}

static int play(uint32_t number)
{
        struct model m;
        struct matching_options o = {.objective = MATCHING_TOTAL};
        struct matching *session;
        struct matching_result r;
        int taken = 0;

        random_model(&m, number);
        struct model start = m;
        assert_false(failed(matching_start(problem(&start), &o, arena, &session, &r)));
        check_against_new_solve(&m, &r);
        for (int k = 0; k < EVENTS; k++) {
                struct matching_event event = random_event();
                struct err e = matching_event(session, &event, &r);
                assert_true(!failed(e) || err_is(e, ERR_CONFLICT));
                if (!failed(e)) {
                        taken++;
                        follow(&m, &event);
                }
                check_against_new_solve(&m, &r);
        }
        return taken;
}

static void every_event_is_as_good_as_a_new_solve(void **state)
{
        int taken = 0;

        (void)state;
        for (uint32_t number = 0; number < 400; number++) {
                arena = arena_new((size_t)1 << 28);
                taken += play(number);
                arena_free(arena);
        }
        assert_true(taken > 400 * EVENTS / 4);
}

static void sessions_follow_only_totals(void **state)
{
        struct model m;
        struct matching_options o = {.objective = MATCHING_FAIR};
        struct matching *session;
        struct matching_result r;

        (void)state;
        arena = arena_new((size_t)1 << 24);
        random_model(&m, 1);
        assert_true(err_is(matching_start(problem(&m), &o, arena, &session, &r), ERR_INVALID));
        assert_null(session);
        arena_free(arena);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(every_event_is_as_good_as_a_new_solve),
                cmocka_unit_test(sessions_follow_only_totals),
        };

        return cmocka_run_group_tests_name("matching events", tests, NULL, NULL);
}
