/*
 * A whole installation in a folder of its own, for tests that need a database: keys, packs, one
 * cohort, one coordinator. Each test gets a fresh one.
 */
#ifndef TELEMACHUS_PEOPLE_TEST_HOUSE_H
#define TELEMACHUS_PEOPLE_TEST_HOUSE_H

#include "base/app.h"
#include "base/log.h"
#include "content/pack.h"
#include "db/db.h"
#include "jobs/jobs.h"
#include "os/config.h"
#include "os/file.h"
#include "os/keys.h"
#include "people/people.h"
#include "people/people_erase.h"
#include "people/people_retain.h"
#include "people/people_web.h"
#include "programmes/programmes.h"
#include "programmes/programmes.sql.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

enum { HOUSE_ARENA = 64 << 20, HOUSE_PROGRAMME = 11, HOUSE_COHORT = 12 };

struct house {
        struct arena *a;
        struct app app;
        struct config config;
        struct jobs jobs;
        const struct job_kind *kinds[3];
        char folder[64];
        int64_t coordinator;
        struct who staff;
};

static struct house house;

static inline void house_ok(struct err e, const char *file, int line)
{
        if (failed(e))
                fprintf(stderr, "%s:%d: %s: %s %s %s\n", e.file, e.line, err_kind_name(e.kind),
                        e.what, e.place ? e.place : "",
                        e.detail ? e.detail : "");
        _assert_true(!failed(e), "no error", file, line);
}

#define assert_ok(e) house_ok((e), __FILE__, __LINE__)
#define assert_err(e, kind_) assert_string_equal(err_kind_name((e).kind), err_kind_name(kind_))

static inline struct err house_write(db_fn *fn, void *in) { return db_write(house.app.db, house.a,
                                                                            fn, in); }

/* The cohort by its statement: what a pack plans around it belongs to other tests. */
static inline struct err house_furnish(struct tx *tx, [[maybe_unused]] void *in)
{
        const struct people_new karin = {.email = TEXT("karin@example.org"),
                .first_name = TEXT("Karin"), .last_name = TEXT("Berg"),
                                         .zone = TEXT("Europe/Lisbon"), .zone_known = true,
                                         .locale = TEXT("en")};
        bool made;

        TRY(people_add(tx, &people_system, &karin, &house.coordinator, &made));
        TRY(programmes_programme_insert(tx, HOUSE_PROGRAMME, TEXT("north"), TEXT("North"),
                                        tx_now(tx)));
        TRY(programmes_cohort_insert(tx, &(struct programmes_cohort_insert_in) {
                .id = HOUSE_COHORT, .programme = HOUSE_PROGRAMME, .slug = TEXT("autumn"),
                .name = TEXT("Autumn"),
                .pack = TEXT("nine-months"), .pack_digest = TEXT(""),
                .zone = TEXT("Europe/Lisbon"), .locale = TEXT("en"),
                .launch_day = 21000, .end_day = 21273, .size = 50, .touch = TEXT("high"),
                .staff_hours = 20, .help_name = TEXT("Karin"),
                .help_email = TEXT("karin@example.org"), .coordinator = house.coordinator,
                .purpose = TEXT(""), .success = TEXT(""),
                .now = tx_now(tx)}));
        TRY(people_give_role(tx, &people_system, house.coordinator, "coordinator",
                             HOUSE_PROGRAMME));
        return people_who(tx, house.coordinator, &house.staff);
}

static inline int house_begin([[maybe_unused]] void **state)
{
        char url[96];

        log_level(LOG_WARN);
        house = (struct house) {.a = arena_new(HOUSE_ARENA),
                .folder = "/tmp/telemachus-people.XXXXXX"};
        assert_non_null(mkdtemp(house.folder));
        house.kinds[0] = &people_job_tidy;
        house.kinds[1] = &people_job_erase;
        house.kinds[2] = &people_job_retain;
        house.jobs = (struct jobs) {.kinds = house.kinds, .n = 3};
        house.config = (struct config) {.data = house.folder, .base_url = "http://localhost",
                .mail_from = "mentoring@example.org",
                                        .mail_reply_domain = "", .default_zone = "Europe/Lisbon",
                                        .default_locale = "en"};
        house.app = (struct app) {.config = &house.config, .jobs = &house.jobs};
        assert_ok(keys_load(house.a, house.folder, &house.app.keys));
        const struct packs *packs;
        assert_ok(packs_load(house.a, NULL, &packs));
        house.app.packs = packs;
        snprintf(url, sizeof url, "%s/telemachus.db", house.folder);
        assert_ok(db_open(&(struct db_options) {.url = url, .memory = true}, &house.app.db));
        db_set_app(house.app.db, &house.app);
        assert_ok(db_migrate(house.app.db, house.a));
        assert_ok(db_set_purpose(house.app.db, DB_TEST));
        assert_ok(house_write(house_furnish, NULL));
        house.staff.roles |= ROLE_COORDINATOR;
        return 0;
}

static inline int house_end([[maybe_unused]] void **state)
{
        char command[128];

        db_close(house.app.db);
        arena_free(house.a);
        snprintf(command, sizeof command, "rm -rf %s", house.folder);
        return system(command);
}

#define house_test(f) cmocka_unit_test_setup_teardown(f, house_begin, house_end)

#endif
