/* Running prepared statements on PostgreSQL: numbers and texts travel in binary, both ways. */
#include "db/postgres.h"

#include <endian.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct pg_run *own(struct db_run *run) { return (struct pg_run *)run; }

Oid pg_type(char letter)
{
        switch (letter | 0x20) {
        case 'i':
                return OID_INT8;
        case 'r':
                return OID_FLOAT8;
        case 't':
                return OID_TEXT;
        default:
                return OID_BYTEA;
        }
}

static void make_room(struct pg_run *r, const struct db_stmt *stmt)
{
        size_t n = (size_t)stmt->n_in + 1;

        r->run.driver = &db_postgres;
        r->run.stmt = stmt;
        r->n_in = stmt->n_in;
        r->value = calloc(n, sizeof *r->value);
        r->length = calloc(n, sizeof *r->length);
        r->format = calloc(n, sizeof *r->format);
        r->number = calloc(n, sizeof *r->number);
        must(r->value && r->length && r->format && r->number);
        for (int i = 0; i < r->n_in; i++)
                r->format[i] = 1;
}

static struct err statement_err(struct tx *tx, const struct db_stmt *stmt, const PGresult *result)
{
        const char *name = text_format(tx->arena, "%s, %s", stmt->name, stmt->origin).p;

        return tx_fail(tx, pg_err(tx->conn, result, name, tx->arena));
}

static void name_of(const struct db_stmt *stmt, char name[16])
{
        snprintf(name, 16, "s%d", stmt->index);
}

static struct err prepare(struct tx *tx, const struct db_stmt *stmt, struct pg_run *r)
{
        struct pg_conn *c = tx->conn;
        Oid types[128];
        char name[16];

        must(stmt->n_in <= 128);
        if (!r->value)
                make_room(r, stmt);
        for (int i = 0; i < stmt->n_in; i++)
                types[i] = pg_type(stmt->in_types[i]);
        name_of(stmt, name);
        PGresult *result = PQprepare(c->pg, name, stmt->postgres, stmt->n_in, types);
        struct err e = OK;
        if (PQresultStatus(result) == PGRES_COMMAND_OK)
                r->prepared = true;
        else
                e = statement_err(tx, stmt, result);
        PQclear(result);
        return e;
}

struct err pg_begin(struct tx *tx, const struct db_stmt *stmt, struct db_run **run)
{
        struct pg_conn *c = tx->conn;
        struct pg_run *r = &c->cache[stmt->index];

        if (!r->prepared)
                TRY(prepare(tx, stmt, r));
        *run = &r->run;
        return OK;
}

void pg_bind_int(struct db_run *run, int n, int64_t v)
{
        struct pg_run *r = own(run);

        r->number[n - 1] = (int64_t)htobe64((uint64_t)v);
        r->value[n - 1] = (const char *)&r->number[n - 1];
        r->length[n - 1] = 8;
}

void pg_bind_real(struct db_run *run, int n, double v)
{
        int64_t bits;

        memcpy(&bits, &v, 8);
        pg_bind_int(run, n, bits);
}

void pg_bind_text(struct db_run *run, int n, struct text v)
{
        must(v.n < INT32_MAX);
        own(run)->value[n - 1] = v.p;
        own(run)->length[n - 1] = (int)v.n;
}

void pg_bind_null(struct db_run *run, int n) { own(run)->value[n - 1] = NULL; }

static struct err execute(struct db_run *run)
{
        struct pg_run *r = own(run);
        struct pg_conn *c = run->tx->conn;
        char name[16];

        name_of(run->stmt, name);
        r->result = PQexecPrepared(c->pg, name, r->n_in, r->value, r->length, r->format, 1);
        ExecStatusType status = PQresultStatus(r->result);
        if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
                return statement_err(run->tx, run->stmt, r->result);
        r->row = -1;
        r->rows = PQntuples(r->result);
        must(PQnfields(r->result) == run->stmt->n_out);
        return OK;
}

struct err pg_step(struct db_run *run, bool *row)
{
        struct pg_run *r = own(run);

        *row = false;
        if (!r->result)
                TRY(execute(run));
        r->row += r->row < r->rows;
        *row = r->row < r->rows;
        return OK;
}

bool pg_col_null(struct db_run *run, int n)
{
        return PQgetisnull(own(run)->result, own(run)->row, n);
}

static const unsigned char *value_of(struct db_run *run, int n)
{
        if (pg_col_null(run, n))
                tx_wrong_type(run, n);
        return (const unsigned char *)PQgetvalue(own(run)->result, own(run)->row, n);
}

static uint64_t network(const unsigned char *p, int size)
{
        uint64_t v = 0;

        for (int i = 0; i < size; i++)
                v = v << 8 | p[i];
        return v;
}

int64_t pg_col_int(struct db_run *run, int n)
{
        const unsigned char *p = value_of(run, n);

        switch (PQftype(own(run)->result, n)) {
        case OID_INT8:
                return (int64_t)network(p, 8);
        case OID_INT4:
                return (int32_t)network(p, 4);
        case OID_INT2:
                return (int16_t)network(p, 2);
        case OID_BOOL:
                return *p;
        default:
                tx_wrong_type(run, n);
        }
}

double pg_col_real(struct db_run *run, int n)
{
        const unsigned char *p = value_of(run, n);
        uint64_t bits;
        uint32_t half;
        double v;
        float f;

        switch (PQftype(own(run)->result, n)) {
        case OID_FLOAT8:
                bits = network(p, 8);
                memcpy(&v, &bits, 8);
                return v;
        case OID_FLOAT4:
                half = (uint32_t)network(p, 4);
                memcpy(&f, &half, 4);
                return (double)f;
        default:
                return (double)pg_col_int(run, n);
        }
}

static struct text column(struct db_run *run, int n, bool blob)
{
        const struct pg_run *r = own(run);

        if (pg_col_null(run, n) && tx_nullable(run, n))
                return TEXT_ABSENT;
        const unsigned char *p = value_of(run, n);
        Oid type = PQftype(r->result, n);
        bool number = type == OID_INT8 || type == OID_INT4 || type == OID_INT2 ||
                      type == OID_BOOL || type == OID_FLOAT8;
        if ((type == OID_BYTEA) != blob || number)
                tx_wrong_type(run, n);
        size_t size = (size_t)PQgetlength(r->result, r->row, n);
        return (struct text) {.p = arena_dup(run->tx->arena, p, size), .n = size};
}

struct text pg_col_text(struct db_run *run, int n) { return column(run, n, false); }
struct text pg_col_blob(struct db_run *run, int n) { return column(run, n, true); }

int64_t pg_changes(struct db_run *run)
{
        PGresult *result = own(run)->result;

        return result ? strtoll(PQcmdTuples(result), NULL, 10) : 0;
}

void pg_end(struct db_run *run)
{
        PQclear(own(run)->result);
        own(run)->result = NULL;
}

void pg_cache_free(struct pg_run *cache)
{
        for (int i = 0; i < db_stmt_count; i++) {
                free(cache[i].value);
                free(cache[i].length);
                free(cache[i].format);
                free(cache[i].number);
        }
        free(cache);
}
