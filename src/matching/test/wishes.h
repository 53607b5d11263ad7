/* A cohort in a house of its own, and the verbs of wishes, waves and what comes after them, each in a transaction. */
#ifndef TELEMACHUS_MATCHING_TEST_WISHES_H
#define TELEMACHUS_MATCHING_TEST_WISHES_H

#include "care/care.h"
#include "journeys/journeys_web.h"
#include "matching/matching.sql.h"
#include "matching/matching_lists.h"
#include "matching/matching_next.h"
#include "matching/matching_people.h"
#include "matching/matching_people.sql.h"
#include "matching/matching_web.h"
#include "people/test/house.h"

#include <string.h>

enum { DAY_S = 86400, MOST = 16 };

static const struct job_kind *const kinds[] = {&journeys_job_day, &journeys_job_event, &matching_job_close, &matching_job_expire,
                                               &matching_job_next};

static struct {
        int64_t now;
        struct who mentor[MOST], mentee[MOST], elsewhere;
} c;

static int64_t serial;

static inline struct err add_person(struct tx *tx, const char *name, bool mentor, const char *skill, int64_t capacity, struct who *who)
{
        const struct people_new in = {.email = text_format(tx_arena(tx), "%s@example.org", name), .first_name = text_of(name),
                                      .last_name = TEXT("Example"), .zone = TEXT("Europe/Lisbon"), .zone_known = true,
                                      .locale = TEXT("en")};
        struct people_facts facts = {.languages = TEXT("English"), .availability = TEXT("mon-fri 08:00-20:00"),
                                     .interests = TEXT("chess")};
        int64_t person, changes;
        bool made;

        *(mentor ? &facts.offers : &facts.wants) = text_of(skill);
        TRY(people_add(tx, &people_system, &in, &person, &made));
        TRY(people_take_facts(tx, person, &facts, false, true, &made));
        TRY(programmes_participant_insert(tx, &(struct programmes_participant_insert_in) {
                .id = ++serial, .cohort = HOUSE_COHORT, .person = person, .role = mentor ? TEXT("mentor") : TEXT("mentee"),
                .state = TEXT("ready"), .capacity = capacity, .now = tx_now(tx), .accepted_at = {true, tx_now(tx)}}, &changes));
        return people_who(tx, person, who);
}

static const char *const skills[] = {"leading a team; finance", "leading a team; negotiation", "finance; negotiation",
                                     "leading a team; finance; negotiation"};

struct people { int mentors, mentees; };

static inline struct err add_people(struct tx *tx, void *in)
{
        const struct people *n = in;

        for (int i = 0; i < n->mentors; i++)
                TRY(add_person(tx, text_format(tx_arena(tx), "Mentor%d", i).p, true, skills[i % 4], 1, &c.mentor[i]));
        for (int i = 0; i < n->mentees; i++)
                TRY(add_person(tx, text_format(tx_arena(tx), "Mentee%d", i).p, false, i % 2 ? "leading a team" : "finance", 1,
                               &c.mentee[i]));
        return OK;
}

static inline void at(int64_t days, int64_t seconds)
{
        c.now = (21000 - 30) * (int64_t)DAY_S + 9 * 3600 + days * DAY_S + seconds;
        db_clock_freeze(house.app.db, c.now);
}

static inline void people(int mentors, int mentees)
{
        assert_ok(house_write(add_people, &(struct people) {mentors, mentees}));
}

static inline int begin(void **state)
{
        serial = 100;
        if (house_begin(state))
                return 1;
        house.jobs = (struct jobs) {.kinds = kinds, .n = sizeof kinds / sizeof kinds[0]};
        c.elsewhere = (struct who) {.person = 999, .roles = ROLE_COORDINATOR};
        at(0, 0);
        return 0;
}

static inline void run_jobs(void)
{
        int ran;

        assert_ok(jobs_run_due(&house.app, house.a, &ran));
}

/* ---- the verbs, from here ---- */

struct call {
        const struct who *who;
        int64_t id, n;
        bool mentor, yes;
        struct matching_choice choice[MOST];
        int64_t ids[MOST];
        struct matching_kind kind;
        struct matching_listed_list list;
        struct matching_window window;
        struct matching_asked asked;
        struct matching_summary summary;
        struct matching_wave_list waves;
        struct matching_rows_list rows;
        struct matching_rank_rows_list ranks;
        struct care_call_list calls;
        struct text why;
};

static inline struct err do_open(struct tx *tx, void *in)
{
        struct call *k = in;
        struct matching_window_found *found;

        TRY(matching_window_find(tx, k->who, HOUSE_COHORT, k->n, &found));
        return matching_window_keep(tx, k->who, found);
}

static inline struct err do_close(struct tx *tx, void *in) { struct call *k = in; return matching_close_window(tx, k->who, HOUSE_COHORT); }
static inline struct err do_list(struct tx *tx, void *in) { struct call *k = in; return matching_shortlist_of(tx, k->who, HOUSE_COHORT, k->mentor, &k->list); }
static inline struct err do_rank(struct tx *tx, void *in) { struct call *k = in; return matching_rank(tx, k->who, HOUSE_COHORT, k->choice, (size_t)k->n); }
static inline struct err do_mark(struct tx *tx, void *in) { struct call *k = in; return matching_mark(tx, k->who, HOUSE_COHORT, k->ids, (size_t)k->n); }
static inline struct err do_kind(struct tx *tx, void *in) { struct call *k = in; return matching_set_kind(tx, k->who, HOUSE_COHORT, k->id, &k->kind); }
static inline struct err do_run(struct tx *tx, void *in) { struct call *k = in; return matching_propose(tx, k->who, HOUSE_COHORT, k->yes, false, &k->summary); }
static inline struct err do_refill(struct tx *tx, void *in)
{
        struct call *k = in;
        struct matching_refilled *found;

        TRY(matching_refill_find(tx, k->who, HOUSE_COHORT, &found));
        return matching_refill_keep(tx, k->who, found, &k->summary);
}

static inline struct err do_answer(struct tx *tx, void *in) { struct call *k = in; return matching_answer(tx, k->who, k->id, k->yes, TEXT("")); }

static inline struct err do_publish(struct tx *tx, void *in)
{
        struct call *k = in;

        return matching_publish_some(tx, k->who, HOUSE_COHORT, k->ids, (size_t)k->n, &k->id);
}

static inline struct err do_look(struct tx *tx, void *in)
{
        struct call *k = in;

        TRY(matching_window(tx, HOUSE_COHORT, &k->window));
        TRY(matching_waves(tx, HOUSE_COHORT, &k->waves));
        TRY(matching_rank_rows(tx, HOUSE_COHORT, &k->ranks));
        TRY(care_calls(tx, &house.staff, HOUSE_COHORT, &k->calls));
        return matching_rows(tx, HOUSE_COHORT, &k->rows);
}

static inline struct err do_asked(struct tx *tx, void *in)
{
        struct call *k = in;

        return matching_asked(tx, HOUSE_COHORT, k->who->person, k->mentor, &k->asked);
}

static inline struct call look(void)
{
        struct call k = {0};

        assert_ok(db_read(house.app.db, house.a, do_look, &k));
        return k;
}

static inline struct matching_listed_list list_of(const struct who *who, bool mentor)
{
        struct call k = {.who = who, .mentor = mentor};

        assert_ok(db_read(house.app.db, house.a, do_list, &k));
        return k.list;
}

static inline void open_window(void) { assert_ok(house_write(do_open, &(struct call) {.who = &house.staff, .n = 7})); }

/* The proposal of a mentee that is in one of these states; NULL: none. */
static inline const struct matching_rows *proposal_of(const struct call *k, const struct who *mentee, const char *state)
{
        for (size_t i = 0; i < k->rows.n; i++)
                if (k->rows.row[i].mentee == mentee->person && text_is(k->rows.row[i].state, state))
                        return &k->rows.row[i];
        return NULL;
}

static inline size_t in_state(const struct call *k, const char *state)
{
        size_t n = 0;

        for (size_t i = 0; i < k->rows.n; i++)
                n += text_is(k->rows.row[i].state, state);
        return n;
}

static inline struct who *mentor_who(int64_t person)
{
        for (int i = 0; i < MOST; i++)
                if (c.mentor[i].person == person)
                        return &c.mentor[i];
        return NULL;
}

static inline struct err run_as(const struct who *who, bool fair) { return house_write(do_run, &(struct call) {.who = who, .yes = fair}); }
static inline struct err publish_all(void) { return house_write(do_publish, &(struct call) {.who = &house.staff}); }
static inline struct err answer(const struct who *who, int64_t id, bool yes) { return house_write(do_answer, &(struct call) {.who = who, .id = id, .yes = yes}); }

/* Does the solver of this build know groups and announced pairs? Until it does, two tests have nothing to say. */
static inline bool solver_knows(bool groups)
{
        static const int64_t score[2] = {5, 9};
        static const int32_t least[1] = {3}, announced[1] = {0}, places[1] = {3};
        struct matching_problem p = {.mentees = groups ? 2 : 1, .mentors = groups ? 1 : 2, .shape = MATCHING_DENSE, .dense = score,
                                     .stride = groups ? 1 : 2, .cell = MATCHING_INT64, .places = groups ? places : NULL,
                                     .least = groups ? least : NULL, .announced = groups ? NULL : announced, .keep = MATCHING_KEEP_ALL};
        struct matching_result r;

        if (failed(matching_solve(&p, &(struct matching_options) {.objective = MATCHING_TOTAL}, house.a, &r)))
                return false;
        return groups ? r.matched == 0 : r.mentor_of[0] == 0;
}

#define in_cohort(f) cmocka_unit_test_setup_teardown(f, begin, house_end)

#endif
