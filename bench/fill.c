/*
 * A database of a given size for measurements: cohorts of fifty pairs, each pair in the middle of its life.
 *
 *      fill DATA PEOPLE        PEOPLE a multiple of 100
 *
 * Everybody has a session whose secret is "bench-N", N counting from 0 (mentees are even), coordinators "bench-desk-COHORT".
 */
#include "base/arena.h"
#include "care/care.h"
#include "content/pack.h"
#include "db/db.h"
#include "main/command.h"
#include "os/clock.h"
#include "os/file.h"
#include "os/keys.h"

#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PAIRS = 50, MESSAGES = 12, CONTACTS = 18, DAY = 86400 };

static sqlite3 *db;
static int64_t now;
static const struct pack *pack;

static void fail(const char *what)
{
        fprintf(stderr, "fill: %s: %s\n", what, sqlite3_errmsg(db));
        exit(1);
}

static void run(const char *sql)
{
        if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
                fail(sql);
}

/* %lld and %Q, as sqlite3_mprintf() has them. */
static void add(const char *format, ...)
{
        va_list ap;
        va_start(ap, format);
        char *sql = sqlite3_vmprintf(format, ap);
        va_end(ap);
        run(sql);
        sqlite3_free(sql);
}

static void person(int64_t id, const char *name, const char *zone, const char *secret)
{
        unsigned char hash[HASH_BYTES];
        char hex[HASH_BYTES * 2 + 1];

        keys_hash(text_of(secret), hash);
        for (int i = 0; i < HASH_BYTES; i++)
                snprintf(hex + i * 2, 3, "%02x", hash[i]);
        add("INSERT INTO people_person (id, email, email_key, first_name, last_name, zone, zone_confirmed, created_at)"
            " VALUES (%lld, 'p%lld@example.org', 'p%lld@example.org', %Q, 'Oberhauser %lld', %Q, 1, %lld)",
            (long long)id, (long long)id, (long long)id, name, (long long)id, zone, (long long)(now - 100 * DAY));
        add("INSERT INTO people_profile (person, offers, wants, goals) VALUES (%lld, 'budgets', 'speaking', 'lead a team')", (long long)id);
        add("INSERT INTO people_status (person, title, grade) VALUES (%lld, 'Head', 'G7')", (long long)id);
        add("INSERT INTO people_session VALUES (%lld, x'%s', %lld, %lld, %lld, %lld, 'bench', 'link')", (long long)id, hex, (long long)id,
            (long long)now, (long long)now, (long long)(now + 30 * DAY));
}

static void pair(int64_t cohort, int64_t id, int64_t mentor, int64_t mentee, int n)
{
        int64_t start = now - 45 * DAY, last = now - (n % 30) * DAY;

        add("INSERT INTO programmes_participant (id, cohort, person, role, state, joined_at, accepted_at, ready_at, profile_confirmed_at)"
            " VALUES (%lld, %lld, %lld, 'mentor', 'matched', %lld, %lld, %lld, %lld), (%lld, %lld, %lld, 'mentee', 'matched', %lld, %lld, %lld, %lld)",
            (long long)mentor, (long long)cohort, (long long)mentor, (long long)start, (long long)start, (long long)start, (long long)start,
            (long long)mentee, (long long)cohort, (long long)mentee, (long long)start, (long long)start, (long long)start, (long long)start);
        add("INSERT INTO journeys_pair (id, cohort, mentor, mentee, proposal, state, activated_at, clock_start, planned_end, cadence_days,"
            " first_message_at, first_reply_at, first_met_at, last_met_at, last_contact_at, last_mentor_at, last_mentee_at, n_contacts, n_met, n_goals, agreed_at)"
            " VALUES (%lld, %lld, %lld, %lld, 0, 'active', %lld, %lld, %lld, 14, %lld, %lld, %lld, %lld, %lld, %lld, %lld, %d, 3, 1, %lld)",
            (long long)id, (long long)cohort, (long long)mentor, (long long)mentee, (long long)start, (long long)start,
            (long long)(start + 273 * DAY), (long long)start, (long long)start, (long long)(start + 5 * DAY), (long long)last, (long long)last,
            (long long)last, (long long)last, CONTACTS, (long long)(start + 7 * DAY));
        for (int i = 0; i < CONTACTS; i++)
                add("INSERT INTO journeys_contact VALUES (%lld, %d, %lld, '%s', %lld, %d, 45, 'logged', 0)", (long long)id, i + 1,
                    (long long)(last - (CONTACTS - 1 - i) * 2 * DAY), i % 4 == 3 ? "video" : "message", (long long)(i % 2 ? mentor : mentee), i % 4 == 3);
        for (int i = 0; i < MESSAGES; i++)
                add("INSERT INTO conversations_message VALUES (%lld, %d, %lld, %lld, 'A few lines about what happened since we last spoke, "
                    "and one question that needs thought rather than an answer at once.', 'web', NULL)",
                    (long long)id, i + 1, (long long)(i % 2 ? mentor : mentee), (long long)(last - (MESSAGES - i) * DAY));
        add("INSERT INTO journeys_agreement VALUES (%lld, 14, 'video', 'ring me', '', %lld, %lld, %lld, %lld)", (long long)id, (long long)mentee,
            (long long)start, (long long)start, (long long)start);
        add("INSERT INTO journeys_goal (id, pair, statement, category, created_by, created_at) VALUES (%lld, %lld, 'Lead a small team', 'leading', %lld, %lld)",
            (long long)id, (long long)id, (long long)mentee, (long long)start);
        for (int i = 0; i < 3; i++)
                add("INSERT INTO journeys_meeting (id, pair, starts_at, minutes, channel, agenda, state, booked_by, booked_at)"
                    " VALUES (%lld, %lld, %lld, 45, 'video', 'progress-loop', 'held', %lld, %lld)", (long long)(id * 4 + i), (long long)id,
                    (long long)(start + (i * 14 + 5) * DAY), (long long)mentee, (long long)start);
}

static void cohort(int64_t c)
{
        static const char *const names[] = {"Ana", "Tariq", "Mei", "Sven", "Olu", "Karin", "Joao", "Ingrid"};
        static const char *const zones[] = {"Europe/Lisbon", "Asia/Karachi", "Asia/Taipei", "Europe/Stockholm", "Africa/Lagos"};
        int64_t base = c * 1000, start = now / DAY - 45;
        char secret[40];

        snprintf(secret, sizeof secret, "bench-desk-%lld", (long long)c);
        person(base + 900, "Karin", "Europe/Lisbon", secret);
        add("INSERT INTO programmes_programme VALUES (%lld, 'p%lld', 'Programme', %lld)", (long long)base, (long long)c, (long long)now);
        add("INSERT INTO people_role VALUES (%lld, 'coordinator', %lld, %lld, 0)", (long long)(base + 900), (long long)base, (long long)now);
        add("INSERT INTO programmes_cohort (id, programme, slug, name, state, pack, pack_digest, zone, launch_day, end_day, size, touch, staff_hours,"
            " help_name, help_email, coordinator, opened_at, launched_at, created_at) VALUES (%lld, %lld, 'c%lld', 'Autumn', 'running', 'nine-months', '',"
            " 'Europe/Lisbon', %lld, %lld, 50, 'high', 6, 'Karin', 'help@example.org', %lld, %lld, %lld, %lld)",
            (long long)base, (long long)base, (long long)c, (long long)start, (long long)(start + 273), (long long)(base + 900), (long long)now,
            (long long)(now - 45 * DAY), (long long)now);
        struct pack_days days = pack_days_of(pack, start);
        for (size_t i = 0; i < pack->n_phases; i++)
                add("INSERT INTO programmes_phase (cohort, ordinal, key, from_day, until_day) VALUES (%lld, %d, %Q, %lld, %lld)", (long long)base,
                    (int)i, pack->phases[i].key.p, (long long)pack_day(pack->phases[i].from, &days), (long long)pack_day(pack->phases[i].until, &days));
        for (int i = 0; i < PAIRS; i++) {
                for (int k = 0; k < 2; k++) {
                        snprintf(secret, sizeof secret, "bench-%lld", (long long)((c - 1) * 2 * PAIRS + i * 2 + k));
                        person(base + i * 2 + k + 1, names[(i + k * 3) % 8], zones[(i + k) % 5], secret);
                }
                pair(base, base + i + 1, base + i * 2 + 2, base + i * 2 + 1, i);
        }
}

static struct err review(struct tx *tx, void *in) { return care_review(tx, *(int64_t *)in); }

/* Flags and calls as the program itself would raise them this morning. */
static void review_all(struct arena *a, const char *path, const struct packs *packs, int64_t cohorts)
{
        struct app app = {.packs = packs, .jobs = &main_jobs};

        if (failed(db_open(&(struct db_options) {.url = path, .memory = true}, &app.db)))
                exit(1);
        db_set_app(app.db, &app);
        for (int64_t c = 1; c <= cohorts; c++) {
                int64_t id = c * 1000;
                struct err e = db_write(app.db, a, review, &id);
                if (failed(e))
                        fprintf(stderr, "fill: %s at %s:%d\n", e.what, e.file, e.line), exit(1);
                arena_reset(a);
        }
        db_close(app.db);
}

int main(int argc, char **argv)
{
        struct arena *a = arena_new((size_t)1 << 30), *process = arena_new((size_t)64 << 20);
        char path[4096];
        struct db *house;

        if (argc != 3)
                return fprintf(stderr, "usage: fill DATA PEOPLE\n"), 2;
        snprintf(path, sizeof path, "%s/telemachus.db", argv[1]);
        if (failed(file_make_folder(argv[1])) || failed(db_open(&(struct db_options) {.url = path}, &house)) ||
            failed(db_migrate(house, a)) || failed(db_set_purpose(house, DB_TEST)))
                return fprintf(stderr, "fill: the database could not be made\n"), 1;
        db_close(house);
        now = clock_seconds();
        const struct packs *packs;
        if (failed(packs_load(process, NULL, &packs)) || !(pack = packs_find(packs, TEXT("nine-months"))))
                return fprintf(stderr, "fill: the pack is not there\n"), 1;
        if (sqlite3_open(path, &db) != SQLITE_OK)
                fail(path);
        run("PRAGMA synchronous=OFF; PRAGMA foreign_keys=OFF; BEGIN");
        for (int64_t c = 1; c <= atoll(argv[2]) / (2 * PAIRS); c++)
                cohort(c);
        run("COMMIT; PRAGMA optimize");
        sqlite3_close(db);
        review_all(a, path, packs, atoll(argv[2]) / (2 * PAIRS));
        arena_free(a);
        return 0;
}
