/*
 * Every statement of the house on every engine: prepared against the migrated schema and compared
 * with what it declares. PostgreSQL only when TELEMACHUS_TEST_PG holds a URL; it runs in one
 * transaction that is rolled back.
 */
#include "db/backup.h"
#include "db/migrate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void report(const struct db_stmt *s, const char *words, int *bad)
{
        fprintf(stderr, "%s: error: %s: %s\n", s->origin, s->name, words);
        ++*bad;
}

static void sqlite_prepares_every_statement(void **state)
{
        sqlite3 *sql;
        int bad = 0;

        (void)state;
        assert_int_equal(sqlite3_open(":memory:", &sql), SQLITE_OK);
        for (int i = 0; i < db_migration_count; i++)
                if (sqlite3_exec(sql, db_migrations[i].sqlite, NULL, NULL, NULL) != SQLITE_OK)
                        fail_msg("%04d_%s: %s", db_migrations[i].number, db_migrations[i].name,
                                 sqlite3_errmsg(sql));
        for (int i = 0; i < db_stmt_count; i++) {
                const struct db_stmt *s = db_stmts[i];
                sqlite3_stmt *st = NULL;
                assert_int_equal(s->index, i);
                if (sqlite3_prepare_v2(sql, s->sqlite, -1, &st, NULL) != SQLITE_OK)
                        report(s, sqlite3_errmsg(sql), &bad);
                else if (sqlite3_column_count(st) != s->n_out ||
                         sqlite3_bind_parameter_count(st) != s->n_in)
                        report(s, "another number of columns or parameters than declared", &bad);
                sqlite3_finalize(st);
        }
        sqlite3_close(sql);
        assert_int_equal(bad, 0);
}

/* The log of who has read what can only say whose it was if the statement does. */
static void what_tells_about_people_says_about_whom(void **state)
{
        int bad = 0;

        (void)state;
        for (int i = 0; i < db_stmt_count; i++) {
                const struct db_stmt *s = db_stmts[i];
                if (s->reads && !s->whose_in && !strpbrk(s->whose, "pj"))
                        report(s, "tells about a person and not about whom; add the id to :out, or -- :reads nobody", &bad);
        }
        assert_int_equal(bad, 0);
}

/* Tables that refer to each other in a circle could not be filled one after the other. */
static void a_backup_finds_an_order_of_the_tables(void **state)
{
        struct arena *a = arena_new(4 << 20);
        struct backup_tables tables;
        char path[] = "/tmp/telemachus-order.XXXXXX";
        struct db_options memory = {.url = path, .memory = true};
        struct db *db;
        sqlite3 *sql;

        (void)state;
        assert_int_equal(close(mkstemp(path)), 0);
        assert_int_equal(db_open(&memory, &db).kind, ERR_NONE);
        assert_int_equal(db_migrate(db, a).kind, ERR_NONE);
        db_close(db);
        assert_int_equal(backup_open(memory.url, SQLITE_OPEN_READONLY, &sql).kind, ERR_NONE);
        assert_int_equal(backup_list_tables(sql, a, &tables).kind, ERR_NONE);
        assert_true(tables.n > 1);
        sqlite3_close(sql);
        unlink(path);
        arena_free(a);
}

static void run(PGconn *pg, const char *sql, const char *what)
{
        PGresult *result = PQexec(pg, sql);
        ExecStatusType status = PQresultStatus(result);

        if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
                fail_msg("%s: %s", what, PQerrorMessage(pg));
        PQclear(result);
}

static Oid input_type(char letter)
{
        switch (letter | 0x20) {
        case 'i':
                return 20; /* bigint */
        case 'r':
                return 701; /* double precision */
        case 't':
                return 25; /* text */
        default:
                return 17; /* bytea */
        }
}

/* What the driver can read for each declared type; numeric (sum of a bigint) is in none of them. */
static bool type_fits(char letter, Oid type)
{
        bool whole = type == 20 || type == 21 || type == 23 || type == 16;

        switch (letter | 0x20) {
        case 'i':
                return whole;
        case 'r':
                return whole || type == 700 || type == 701;
        case 't':
                return type == 25 || type == 1043 || type == 1042 || type == 19;
        default:
                return type == 17;
        }
}

static void compare(const struct db_stmt *s, const PGresult *described, int *bad)
{
        char words[160];

        if (PQnfields(described) != s->n_out) {
                report(s, "PostgreSQL returns another number of columns than declared", bad);
                return;
        }
        for (int i = 0; i < s->n_out; i++) {
                if (type_fits(s->out_types[i], PQftype(described, i)))
                        continue;
                snprintf(words, sizeof words,
                         "column %d (%s) has type %u on PostgreSQL; write CAST(... AS @int), or "
                         "the like",
                         i + 1, PQfname(described, i), (unsigned)PQftype(described, i));
                report(s, words, bad);
        }
}

static void check_one(PGconn *pg, const struct db_stmt *s, int *bad)
{
        Oid types[128];

        assert_in_range(s->n_in, 0, 128);
        for (int i = 0; i < s->n_in; i++)
                types[i] = input_type(s->in_types[i]);
        run(pg, "SAVEPOINT one", s->name);
        PGresult *prepared = PQprepare(pg, "", s->postgres, s->n_in, types);
        if (PQresultStatus(prepared) == PGRES_COMMAND_OK) {
                PGresult *described = PQdescribePrepared(pg, "");
                compare(s, described, bad);
                PQclear(described);
        } else {
                report(s, PQresultErrorField(prepared, PG_DIAG_MESSAGE_PRIMARY), bad);
        }
        PQclear(prepared);
        run(pg, "ROLLBACK TO one", s->name);
}

static void silent(void *arg, const char *message)
{
        (void)arg;
        (void)message;
}

static void postgres_describes_every_statement_as_declared(void **state)
{
        const char *url = getenv("TELEMACHUS_TEST_PG");
        int bad = 0;

        (void)state;
        if (!url || !*url)
                skip();
        PGconn *pg = PQconnectdb(url);
        PQsetNoticeProcessor(pg, silent, NULL);
        run(pg, "BEGIN; CREATE SCHEMA statements_test; SET LOCAL search_path = statements_test",
            "schema");
        for (int i = 0; i < db_migration_count; i++)
                run(pg, db_migrations[i].postgres, db_migrations[i].name);
        for (int i = 0; i < db_stmt_count; i++)
                check_one(pg, db_stmts[i], &bad);
        run(pg, "ROLLBACK", "end");
        PQfinish(pg);
        assert_int_equal(bad, 0);
}

/*
 * A text for one engine only must stay the exception: each is a place where the engines may drift
 * apart.
 */
static void few_statements_need_a_text_of_their_own(void **state)
{
        int own = 0;

        (void)state;
        for (int i = 0; i < db_stmt_count; i++)
                own += db_stmts[i]->own_postgres;
        print_message("%d statements, %d with a text of their own for PostgreSQL\n", db_stmt_count,
                      own);
        assert_true(own * 10 <= db_stmt_count);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(sqlite_prepares_every_statement),
                cmocka_unit_test(what_tells_about_people_says_about_whom),
                cmocka_unit_test(a_backup_finds_an_order_of_the_tables),
                cmocka_unit_test(postgres_describes_every_statement_as_declared),
                cmocka_unit_test(few_statements_need_a_text_of_their_own),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
