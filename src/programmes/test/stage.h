/*
 * A cohort made from the pack, its sponsor, and the two gates, for the tests of this room.
 */
#ifndef TELEMACHUS_PROGRAMMES_TEST_STAGE_H
#define TELEMACHUS_PROGRAMMES_TEST_STAGE_H

#include "care/care_web.h"
#include "gatherings/gatherings_web.h"
#include "journeys/journeys_web.h"
#include "people/test/house.h"
#include "programmes/programmes_keep.h"

#include <string.h>

enum { LAUNCH = 21000 };

static const struct job_kind *const kinds[] = {&gatherings_job_reminders, &journeys_job_day,
                                               &journeys_job_event,       &journeys_job_close,
                                               &care_job_review,          &people_job_tidy,
                                               &people_job_retain};

struct stage {
        int64_t cohort, sponsor;
        bool in_person;
        struct who sponsor_who;
        struct text path;
};

static inline struct err create_in(struct tx *tx, void *in)
{
        struct stage *s = in;
        bool made;

        TRY(programmes_create(tx, &house.staff,
                              &(struct programmes_new) {.name = TEXT("Spring"),
                                                        .programme_name = TEXT("North"),
                                                        .pack = TEXT("nine-months"),
                                                        .zone = TEXT("Europe/Lisbon"),
                                                        .touch = TEXT("high"),
                                                        .launch_day = LAUNCH,
                                                        .size = 30,
                                                        .staff_hours = 12,
                                                        .coordinator = house.coordinator,
                                                        .in_person = s->in_person},
                              &s->cohort));
        TRY(people_add(tx, &people_system,
                       &(struct people_new) {.email = TEXT("pia@example.org"),
                                             .first_name = TEXT("Pia"),
                                             .zone = TEXT("Europe/Lisbon")},
                       &s->sponsor, &made));
        TRY(people_give_role(tx, &house.staff, s->sponsor, "sponsor", HOUSE_PROGRAMME));
        return people_who(tx, s->sponsor, &s->sponsor_who);
}

static inline int64_t day_at(int64_t day)
{
        return zone_at(zone_find(TEXT("Europe/Lisbon")), day, 8, 0);
}

static inline int begin(void **state)
{
        int status = house_begin(state);

        house.jobs = (struct jobs) {.kinds = kinds, .n = sizeof kinds / sizeof kinds[0]};
        db_clock_freeze(house.app.db, day_at(LAUNCH - 100));
        return status;
}

static inline struct stage stage(bool in_person)
{
        struct stage s = {.in_person = in_person};

        assert_ok(house_write(create_in, &s));
        return s;
}

struct gate {
        int64_t cohort;
        enum programmes_gate gate;
        struct programmes_requirement_list list;
};

static inline struct err gate_in(struct tx *tx, void *in)
{
        struct gate *g = in;

        return programmes_gate(tx, &house.staff, g->cohort, g->gate, &g->list);
}

/* How many lines are missing, and whether that one is among them. */
static inline int missing(int64_t cohort, enum programmes_gate gate, const char *key, bool *named)
{
        struct gate g = {.cohort = cohort, .gate = gate};
        int n = 0;

        *named = false;
        assert_ok(db_read(house.app.db, house.a, gate_in, &g));
        for (size_t i = 0; i < g.list.n; i++) {
                bool lacks = !g.list.row[i].met && !g.list.row[i].overridden;
                n += lacks;
                *named |= lacks && strcmp(g.list.row[i].key, key) == 0;
                assert_true(g.list.row[i].found.n > 0 && g.list.row[i].remedy_path.p[0] == '/');
        }
        assert_int_equal(g.list.passable, n == 0);
        return n;
}

static inline struct err pass_in(struct tx *tx, void *in)
{
        struct gate *g = in;

        return programmes_pass_gate(tx, &house.staff, g->cohort, g->gate);
}

static inline struct err pass(int64_t cohort, enum programmes_gate gate)
{
        struct gate g = {.cohort = cohort, .gate = gate};

        return house_write(pass_in, &g);
}

static inline struct err write_in(struct tx *tx, void *in)
{
        struct stage *s = in;

        return programmes_write_success(tx, &house.staff, s->cohort, TEXT("To meet"),
                                        TEXT("Seven in ten"));
}

static inline struct err sign_in(struct tx *tx, void *in)
{
        struct stage *s = in;

        return programmes_sign_success(tx, &s->sponsor_who, s->cohort);
}

static inline struct err contact_in(struct tx *tx, void *in)
{
        struct stage *s = in;

        return people_give_role(tx, &people_system, s->sponsor, "contact", HOUSE_PROGRAMME);
}

static inline struct err agree_in(struct tx *tx, void *in)
{
        struct stage *s = in;

        return programmes_confirm_assessment(tx, &house.staff, s->cohort, true, TEXT("Dora Privacy"), TEXT_ABSENT);
}

static inline struct err ask_proof_in(struct tx *tx, void *in)
{
        struct stage *s = in;

        return programmes_ask_mail_proof(tx, &house.staff, s->cohort, &s->path);
}

static inline struct err prove_in(struct tx *tx, void *in)
{
        struct text secret = *(struct text *)in;

        return programmes_prove_mail(tx, secret);
}

static inline void prove_mail(struct stage *s)
{
        assert_ok(house_write(ask_proof_in, s));
        struct text secret = text_of(strrchr(s->path.p, '/') + 1);
        assert_ok(house_write(prove_in, &secret));
}

#define in_house(f) cmocka_unit_test_setup_teardown(f, begin, house_end)

#endif
