/* Purpose and programme clock: two rows of db_meta and this process' copy of them. */
#include "db/db.sql.h"
#include "db/driver.h"
#include "os/clock.h"

enum { LOOK_US = 1000000, LOOK_TEST_US = 10000, OWN_ARENA = 256 * 1024 };

static const char *const purposes[] = {[DB_REAL] = "real", [DB_DEMO] = "demo", [DB_TEST] = "test"};

/*
 * A database that is not migrated yet has no such table: then nothing is known, and it is looked
 * for again.
 */
static struct err look(struct tx *tx, struct opt *ahead)
{
        struct db_meta_clock m;
        bool found;

        *ahead = (struct opt) {0};
        TRY(db_meta_clock(tx, &found, &m));
        if (!found)
                return OK;
        *ahead = m.ahead;
        atomic_store(&tx->db->ahead, m.purpose == DB_REAL ? 0 : m.ahead.v);
        atomic_store(&tx->db->purpose, (int)m.purpose);
        return OK;
}

/* Another process may have moved the clock; a test does, and asks for a page at once. */
static bool is_old(struct db *db)
{
        int64_t looked = atomic_load(&db->looked_us);

        return !looked || clock_monotonic_us() - looked >= (atomic_load(&db->purpose) == DB_TEST ? LOOK_TEST_US : LOOK_US);
}

void db_clock_look(struct tx *tx)
{
        struct db *db = tx->db;

        if (atomic_load(&db->purpose) == DB_REAL || atomic_load(&db->frozen) != INT64_MIN)
                return;
        if (!tx->write && !is_old(db))
                return;
        atomic_store(&db->looked_us, clock_monotonic_us());
        struct opt ahead;
        struct err unknown = look(tx, &ahead);
        tx->failed = OK;
        (void)unknown;
}

/* db_read() looks before it begins; there is nothing else to do. */
static struct err nothing(struct tx *tx, void *in)
{
        (void)tx;
        (void)in;
        return OK;
}

static void look_if_old(struct db *db)
{
        if (atomic_load(&db->purpose) == DB_REAL || atomic_load(&db->frozen) != INT64_MIN ||
            tx_inside(db) || !is_old(db))
                return;
        struct arena *a = arena_new(OWN_ARENA);
        struct err unreachable = db_read(db, a, nothing, NULL);
        (void)unreachable;
        arena_free(a);
}

enum db_purpose db_purpose(struct db *db)
{
        look_if_old(db);
        int p = atomic_load(&db->purpose);
        return p < 0 ? DB_REAL : (enum db_purpose)p;
}

int64_t db_now(struct db *db)
{
        int64_t frozen = atomic_load(&db->frozen);

        if (frozen != INT64_MIN)
                return frozen;
        look_if_old(db);
        return clock_seconds() + atomic_load(&db->ahead);
}

static struct err set_purpose(struct tx *tx, void *in)
{
        enum db_purpose purpose = *(enum db_purpose *)in;
        struct opt ahead;
        int64_t added;

        TRY(db_meta_add(tx, TEXT("purpose"), text_of(purposes[purpose]), &added));
        TRY(look(tx, &ahead));
        if (atomic_load(&tx->db->purpose) != (int)purpose)
                return FAIL(ERR_CONFLICT, M_("This database was made for another purpose."),
                            M_("Use a new data folder."));
        return OK;
}

struct err db_set_purpose(struct db *db, enum db_purpose purpose)
{
        struct arena *a = arena_new(OWN_ARENA);
        struct err e = db_write(db, a, set_purpose, &purpose);

        atomic_store(&db->purpose, failed(e) ? -1 : (int)purpose);
        arena_free(a);
        return e;
}

struct setting {
        int64_t to;
        int64_t ahead;
};

/*
 * The first setting may be in the past, so that a demonstration can be told from its beginning;
 * after that only forward.
 */
static struct err set_clock(struct tx *tx, void *in)
{
        struct setting *s = in;
        struct opt before;

        TRY(look(tx, &before));
        if (atomic_load(&tx->db->purpose) <= DB_REAL)
                return FAIL(ERR_FORBIDDEN, M_("The clock of a real programme cannot be set."),
                            M_("Try it in a demonstration: telemachus demo --data DIR."));
        s->ahead = s->to - clock_seconds();
        if (before.has && s->ahead < before.v)
                return FAIL(ERR_INVALID, M_("Programme time never goes back."),
                            M_("Choose a later time."));
        return db_meta_put(tx, TEXT("clock_ahead"),
                           text_format(tx_arena(tx), "%lld", (long long)s->ahead));
}

struct err db_clock_set(struct db *db, int64_t programme_time)
{
        struct arena *a = arena_new(OWN_ARENA);
        struct setting s = {.to = programme_time};
        struct err e = db_write(db, a, set_clock, &s);

        arena_free(a);
        if (!failed(e))
                atomic_store(&db->ahead, s.ahead);
        return e;
}

void db_clock_freeze(struct db *db, int64_t programme_time)
{
        atomic_store(&db->frozen, programme_time);
}
