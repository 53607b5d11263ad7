/* A mentor and a mentee in the house of people/test, and the pair they make; time stands where a test puts it. */
#ifndef TELEMACHUS_JOURNEYS_TEST_TWO_H
#define TELEMACHUS_JOURNEYS_TEST_TWO_H

#include "care/care_concern.h"
#include "conversations/conversations_web.h"
#include "journeys/journeys.h"
#include "journeys/journeys_web.h"
#include "matching/matching_web.h"
#include "people/test/house.h"

enum { TWO_DAY = 86400 };

static struct two {
        int64_t mentor, mentee, stranger, pair, launch;
        struct who ana, max, eve;               /* mentor, mentee, somebody else of the cohort */
} two;

static const struct job_kind *const two_kinds[] = {
        &care_job_concern, &conversations_job_forget, &journeys_job_close, &journeys_job_day, &journeys_job_event, &journeys_job_resume,
        &matching_job_next};

/* days and hours after the launch, 09:30 in Lisbon on day 21000. */
static inline int64_t two_at(int64_t days, int64_t hours) { return two.launch + days * (int64_t)TWO_DAY + hours * 3600; }
static inline void two_now(int64_t days, int64_t hours) { db_clock_freeze(house.app.db, two_at(days, hours)); }

static inline struct err two_person(struct tx *tx, const char *first, const char *zone, const char *role, int64_t id, struct who *who)
{
        struct text email = text_format(tx_arena(tx), "%s@example.org", first);
        const struct people_new in = {.email = email, .first_name = text_of(first), .last_name = TEXT("Example"),
                                      .zone = text_of(zone), .zone_known = true, .locale = TEXT("en")};
        int64_t person, changes;
        bool made;

        TRY(people_add(tx, &people_system, &in, &person, &made));
        TRY(programmes_participant_insert(tx, &(struct programmes_participant_insert_in) {
                .id = id, .cohort = HOUSE_COHORT, .person = person, .role = text_of(role), .state = TEXT("ready"), .capacity = 1,
                .now = tx_now(tx), .accepted_at = {true, tx_now(tx)}}, &changes));
        return people_who(tx, person, who);
}

static inline struct err two_meet(struct tx *tx, [[maybe_unused]] void *in)
{
        TRY(two_person(tx, "Ana", "Europe/Lisbon", "mentor", 101, &two.ana));
        TRY(two_person(tx, "Max", "Europe/Berlin", "mentee", 102, &two.max));
        TRY(two_person(tx, "Eve", "Europe/Berlin", "mentee", 103, &two.eve));
        return journeys_activate(tx, HOUSE_COHORT, two.ana.person, two.max.person, 1, &two.pair);
}

/* Ten days before the launch they become a pair; then it is the launch. */
static inline int two_begin(void **state)
{
        two.launch = 21000 * (int64_t)TWO_DAY + 8 * 3600 + 1800;
        if (house_begin(state))
                return 1;
        house.jobs = (struct jobs) {.kinds = two_kinds, .n = sizeof two_kinds / sizeof two_kinds[0]};
        two_now(-10, 0);
        assert_ok(house_write(two_meet, NULL));
        two_now(0, 0);
        return 0;
}

static inline struct err two_read_pair(struct tx *tx, void *in) { return journeys_pair(tx, two.pair, in); }

static inline struct journeys_pair two_pair(void)
{
        struct journeys_pair p;

        assert_ok(db_read(house.app.db, house.a, two_read_pair, &p));
        return p;
}

static inline void two_run_jobs(void)
{
        int ran;

        assert_ok(jobs_run_due(&house.app, house.a, &ran));
}

#define two_test(f) cmocka_unit_test_setup_teardown(f, two_begin, house_end)

#endif
