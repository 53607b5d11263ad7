/*
 * Sessions at random: after every event, taken or refused, the pairs are the best of the problem as
 * it stands, told by brute force.
 */
#include "matching/test/offered.h"
#include "matching/test/small.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

enum { EVENTS = 24 };

static struct matching_event random_event(const struct small *s)
{
        return (struct matching_event) {
                .kind = (enum matching_event_kind)small_below(
                        OFFERED_SCORE_EVENT ? MATCHING_SCORE + 1 : MATCHING_UNLOCK + 1),
                .mentee = small_below(s->p.mentees),
                .mentor = small_below(s->p.mentors),
                .places = small_below(4),
                .score = small_below(5) ? small_below(2001) - 1000 : MATCHING_NONE,
        };
}

static int32_t locked_to(const struct small *s, int32_t j)
{
        int32_t n = 0;

        for (int32_t i = 0; i < s->p.mentees; i++)
                n += s->lock[i] == j;
        return n;
}

/* Whether an event may be taken, and then the problem after it. */
static bool follow(struct small *s, const struct matching_event *e)
{
        int32_t i = e->mentee, j = e->mentor;

        switch (e->kind) {
        case MATCHING_LEAVE:
                if (s->absent[i])
                        return false;
                s->absent[i] = 1;
                s->lock[i] = MATCHING_NOBODY;
                return true;
        case MATCHING_JOIN:
                if (!s->absent[i])
                        return false;
                s->absent[i] = 0;
                return true;
        case MATCHING_PLACES:
                if (e->places < locked_to(s, j))
                        return false;
                s->room[j] = e->places;
                return true;
        case MATCHING_FORBID:
                if (s->no[i][j] || s->lock[i] == j)
                        return false;
                s->no[i][j] = true;
                return true;
        case MATCHING_ALLOW:
                if (!s->no[i][j])
                        return false;
                s->no[i][j] = false;
                return true;
        case MATCHING_LOCK:
                if (!small_is_free(s, i) || !small_allowed(s, i, j) ||
                    locked_to(s, j) == s->room[j])
                        return false;
                s->lock[i] = j;
                return true;
        case MATCHING_UNLOCK:
                if (s->lock[i] == MATCHING_NOBODY)
                        return false;
                s->lock[i] = MATCHING_NOBODY;
                return true;
        case MATCHING_SCORE:
                if (e->score == MATCHING_NONE && s->lock[i] == j)
                        return false;
                s->cell[i][j] = e->score;
                return true;
        }
        return false;
}

/* The problem says what the model says. */
static void write_down(struct small *s)
{
        s->p.n_locked = s->p.n_forbidden = 0;
        s->p.places = s->places;
        s->p.absent = s->absent;
        for (int32_t j = 0; j < s->p.mentors; j++)
                s->places[j] = s->room[j];
        for (int32_t i = 0; i < s->p.mentees; i++) {
                if (s->lock[i] != MATCHING_NOBODY)
                        s->locked[s->p.n_locked++] = (struct matching_pair) {i, s->lock[i]};
                for (int32_t j = 0; j < s->p.mentors; j++)
                        if (s->no[i][j])
                                s->forbidden[s->p.n_forbidden++] = (struct matching_pair) {i, j};
        }
        must(small_take_form(s, SMALL_SPARSE));
}

static bool random_start(struct small *s, uint64_t number)
{
        small_problem(s, number + 4000000);
        /* a session's places change: no more ways to fill them than brute force has room for */
        s->p.mentors = s->p.mentors > 5 ? 5 : s->p.mentors;
        for (int32_t i = 0; i < s->p.mentees; i++)
                s->lock[i] = MATCHING_NOBODY;
        if (OFFERED_ANNOUNCED && number % 3 == 0)
                small_announce(s);
        for (int32_t i = 0; i < s->p.mentees; i++)
                for (int32_t j = s->p.mentors; j < SMALL_MENTORS; j++)
                        s->no[i][j] = false;
        write_down(s);
        return !s->huge && s->p.mentees > 0 && s->p.mentors > 0;
}

static void check_against_brute_force(struct small *s, uint64_t number,
                                      const struct matching_result *r, struct arena *a)
{
        struct arena_mark mark = arena_mark(a);
        struct err e = matching_certify(&s->p, MATCHING_TOTAL, r, a);

        if (failed(e) || r->status != MATCHING_OPTIMAL ||
            !small_is_true(s, MATCHING_TOTAL, r)) {
                print_error("session %llu: %s %s\n", (unsigned long long)number,
                            e.what ? e.what : "", e.detail ? e.detail : "");
                fail();
        }
        arena_rewind(a, mark);
}

static void play(uint64_t number, struct arena *a)
{
        static struct small s, given;
        struct matching_options o = {.objective = MATCHING_TOTAL, .threads = 1 + number % 2};
        struct matching *session;
        struct matching_result r;

        if (!random_start(&s, number))
                return;
        given = s;
        must(small_take_form(&given, number % 2 ? SMALL_SPARSE : SMALL_INT64));
        given.p.places = given.places;
        given.p.absent = given.absent;
        given.p.forbidden = given.forbidden;
        given.p.locked = given.locked;
        given.p.announced = s.p.announced ? given.announced : NULL;
        assert_false(failed(matching_start(&given.p, &o, a, &session, &r)));
        check_against_brute_force(&s, number, &r, a);
        for (int k = 0; k < EVENTS; k++) {
                struct matching_event event = random_event(&s);
                bool taken = follow(&s, &event);
                struct err e = matching_event(session, &event, &r);
                assert_int_equal(failed(e), !taken);
                assert_true(taken || err_is(e, ERR_CONFLICT));
                write_down(&s);
                check_against_brute_force(&s, number, &r, a);
        }
}

static void every_event_leaves_the_best_pairs(void **state)
{
        struct arena *a = arena_new((size_t)1 << 28);

        (void)state;
        for (uint64_t k = 0, n = small_count(1500); k < n; k++) {
                play(k, a);
                arena_reset(a);
        }
        arena_free(a);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(every_event_leaves_the_best_pairs),
        };

        return cmocka_run_group_tests_name("sessions, at random", tests, NULL, NULL);
}
