#include "fixture.h"

#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *server;
static int serial;

void fixture_server(const char *url) { server = url; }

void check_ok(struct err e, const char *file, int line)
{
        if (failed(e))
                fprintf(stderr, "%s:%d: %s: %s (%s) %s\n", e.file, e.line, err_kind_name(e.kind),
                        e.what, e.detail ? e.detail : "", e.place ? e.place : "");
        _assert_true(!failed(e), "no error", file, line);
}

static void say_nothing(void *arg, const char *message)
{
        (void)arg;
        (void)message;
}

static void sql_postgres(const char *url, const char *sql)
{
        PGconn *pg = PQconnectdb(url);

        PQsetNoticeProcessor(pg, say_nothing, NULL);
        PGresult *result = PQexec(pg, sql);
        ExecStatusType status = PQresultStatus(result);

        if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
                fail_msg("%s", PQerrorMessage(pg));
        PQclear(result);
        PQfinish(pg);
}

void fixture_sql(const struct fixture *f, const char *sql)
{
        sqlite3 *s;

        if (f->server) {
                sql_postgres(f->url, sql);
                return;
        }
        assert_int_equal(sqlite3_open(f->url, &s), SQLITE_OK);
        if (sqlite3_exec(s, sql, NULL, NULL, NULL) != SQLITE_OK)
                fail_msg("%s", sqlite3_errmsg(s));
        sqlite3_close(s);
}

static void name_place(struct fixture *f)
{
        char sql[128];

        f->serial = ++serial;
        f->server = server;
        if (!server) {
                char folder[] = "/tmp/telemachus-db-test.XXXXXX";
                assert_non_null(mkdtemp(folder));
                snprintf(f->url, sizeof f->url, "%s/test.db", folder);
                return;
        }
        snprintf(f->url, sizeof f->url, "%s%coptions=-csearch_path%%3Dtest_%d_%d", server,
                 strchr(server, '?') ? '&' : '?', (int)getpid(), f->serial);
        snprintf(sql, sizeof sql, "CREATE SCHEMA test_%d_%d", (int)getpid(), f->serial);
        sql_postgres(server, sql);
}

static void remove_place(struct fixture *f)
{
        char text[1100];

        if (f->server) {
                snprintf(text, sizeof text, "DROP SCHEMA test_%d_%d CASCADE", (int)getpid(),
                         f->serial);
                sql_postgres(f->server, text);
                return;
        }
        static const char *const suffixes[] = {"", "-wal", "-shm", "-journal"};
        for (int i = 0; i < 4; i++) {
                snprintf(text, sizeof text, "%s%s", f->url, suffixes[i]);
                unlink(text);
        }
        *strrchr(f->url, '/') = 0;
        rmdir(f->url);
}

int set_up_empty(void **state)
{
        struct fixture *f = calloc(1, sizeof *f);

        assert_non_null(f);
        f->a = arena_new((size_t)16 << 20);
        name_place(f);
        *state = f;
        return 0;
}

int set_up(void **state)
{
        set_up_empty(state);
        struct fixture *f = *state;
        assert_ok(db_open(&(struct db_options) {.url = f->url}, &f->db));
        assert_ok(db_migrate(f->db, f->a));
        assert_ok(db_set_purpose(f->db, DB_TEST));
        return 0;
}

void fixture_reopen(struct fixture *f, int readers)
{
        db_close(f->db);
        f->db = NULL;
        assert_ok(db_open(&(struct db_options) {.url = f->url, .readers = readers}, &f->db));
}

int tear_down(void **state)
{
        struct fixture *f = *state;

        db_close(f->db);
        arena_free(f->a);
        remove_place(f);
        free(f);
        return 0;
}
