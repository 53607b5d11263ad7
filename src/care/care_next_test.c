/* The road of a cohort as its coordinator sees it: what waits, and in which order. */
#include "care/care_next.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { LAUNCH = 1000, END = 1180 };

static struct care_next_facts cohort(int64_t today)
{
        return (struct care_next_facts) {.opened = true, .today = today, .launch_day = LAUNCH, .end_day = END,
                                         .train_day = LAUNCH - 42, .match_day = LAUNCH - 28};
}

static void waits(const struct care_next_facts *f, size_t n, enum care_next first)
{
        struct care_nexts out;

        care_decide_next(f, &out);
        assert_int_equal(out.n, n);
        if (n)
                assert_int_equal(out.of[0], first);
}

static void before_the_gate_the_checklist_speaks(void **state)
{
        struct care_next_facts f = cohort(LAUNCH - 90);

        (void)state;
        f.opened = false;
        waits(&f, 0, CARE_NEXTS);
}

static void people_then_pairs_then_the_launch(void **state)
{
        struct care_next_facts f = cohort(LAUNCH - 70);

        (void)state;
        waits(&f, 1, CARE_NEXT_PEOPLE);
        f.applications = 3;
        waits(&f, 1, CARE_NEXT_APPLICATIONS);
        f.applications = 0;
        f.people = 40;
        waits(&f, 1, CARE_NEXT_WAIT);
        f.today = f.match_day;
        waits(&f, 1, CARE_NEXT_MATCH);
        f.proposals = f.drafts = 18;
        f.alone = 2;
        waits(&f, 2, CARE_NEXT_DRAFTS);
        f.drafts = f.alone = 0;
        waits(&f, 0, CARE_NEXTS);
        f.launch_ready = true;
        waits(&f, 1, CARE_NEXT_LAUNCH);
}

static void the_end_is_closed_pair_by_pair(void **state)
{
        struct care_next_facts f = cohort(LAUNCH + 10);

        (void)state;
        f.launched = true;
        f.people = 40;
        f.pairs = f.proposals = f.open_pairs = 20;
        waits(&f, 0, CARE_NEXTS);
        f.alone = 1;
        waits(&f, 1, CARE_NEXT_ALONE);
        f.rematch = 2;
        waits(&f, 2, CARE_NEXT_ALONE);
        f.alone = 0;
        waits(&f, 1, CARE_NEXT_REMATCH);
        f.rematch = 0;
        f.alone = 1;
        f.today = END - CARE_CARDS_DAYS;
        waits(&f, 1, CARE_NEXT_CLOSING);
        f.today = END + CARE_GRACE_DAYS;
        waits(&f, 1, CARE_NEXT_OVERDUE);
        f.open_pairs = 0;
        waits(&f, 2, CARE_NEXT_REPORT);
        f.closed = true;
        waits(&f, 0, CARE_NEXTS);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(before_the_gate_the_checklist_speaks),
                cmocka_unit_test(people_then_pairs_then_the_launch),
                cmocka_unit_test(the_end_is_closed_pair_by_pair),
        };

        return cmocka_run_group_tests_name("care_next", tests, NULL, NULL);
}
