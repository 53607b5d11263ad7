/* A person to work with: on a roster, never here before. */
#ifndef TELEMACHUS_PEOPLE_TEST_ANA_H
#define TELEMACHUS_PEOPLE_TEST_ANA_H

#include "people/test/house.h"

struct ana { int64_t id; struct who who; };

static inline struct err ana_in(struct tx *tx, void *in)
{
        struct ana *ana = in;
        bool made;

        TRY(people_add(tx, &people_system, &(struct people_new) {
                .email = TEXT("Ana@Example.org"), .first_name = TEXT("Ana"),
                .last_name = TEXT("Pereira"), .zone = TEXT("Asia/Karachi")},
                &ana->id, &made));
        TRY(people_take_facts(tx, ana->id, &(struct people_facts) {
                .status = {.title = TEXT("Harbour pilot"), .grade = TEXT("B4"),
                        .organisation = TEXT("Ministry of Ships")},
                .biography = TEXT("I like boats.")}, false, true, &made));
        return people_who(tx, ana->id, &ana->who);
}

static inline struct ana make_ana(void)
{
        struct ana ana;

        assert_ok(house_write(ana_in, &ana));
        return ana;
}

/* She takes part in the cohort, as a mentor. */
static inline struct err part_in(struct tx *tx, void *in)
{
        const struct ana *ana = in;
        int64_t id;

        return programmes_join(tx, &people_system, HOUSE_COHORT, ana->id, true, "accepted", 1, &id);
}

#endif
