#include "db/sqlite.h"

#include <errno.h>

static struct err disk_full(void)
{
        return FAIL(ERR_UPSTREAM, M_("The disk is full."),
                    M_("Free some space on the server, then try again."));
}

static bool no_room(int number)
{
        return number == ENOSPC || number == EDQUOT || number == EFBIG;
}

static struct err constraint(int extended)
{
        switch (extended) {
        case SQLITE_CONSTRAINT_UNIQUE:
        case SQLITE_CONSTRAINT_PRIMARYKEY:
        case SQLITE_CONSTRAINT_ROWID:
                return FAIL(ERR_CONFLICT, M_("This exists already, or somebody else was faster."),
                            M_("Look again, then decide."));
        case SQLITE_CONSTRAINT_FOREIGNKEY:
                return FAIL(
                        ERR_CONFLICT,
                        M_("What this belongs to has gone, or other things still depend on it."),
                        M_("Look again, then decide."));
        default:
                return FAIL(ERR_BROKEN, M_("Something went wrong on our side."),
                            M_("Try again in a moment."));
        }
}

static struct err kind_of(sqlite3 *sql, int rc)
{
        switch (rc & 0xff) {
        case SQLITE_CONSTRAINT:
                return constraint(sql ? sqlite3_extended_errcode(sql) : rc);
        case SQLITE_FULL:
                return disk_full();
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
                return FAIL(ERR_BUSY, M_("The database is busy."), M_("Try again in a moment."));
        case SQLITE_IOERR:
                /* A commit that fails leaves the number to errno alone. */
                if ((sql && no_room(sqlite3_system_errno(sql))) ||
                    (rc == SQLITE_IOERR_WRITE && no_room(errno)))
                        return disk_full();
                [[fallthrough]];
        case SQLITE_READONLY:
        case SQLITE_CANTOPEN:
        case SQLITE_PERM:
        case SQLITE_AUTH:
                return FAIL(ERR_UPSTREAM, M_("The database file cannot be read or written."),
                            M_("Check the disk, and who owns the data folder."));
        case SQLITE_NOMEM:
                return FAIL(ERR_BUSY, M_("There is not enough memory at the moment."),
                            M_("Try again in a moment."));
        case SQLITE_TOOBIG:
                return FAIL(ERR_LIMIT, M_("This is more than fits."),
                            M_("Ask for less at a time."));
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
                return FAIL(ERR_BROKEN, M_("This file is not a database, or it is damaged."),
                            M_("Restore the last backup: telemachus restore FILE."));
        default:
                return FAIL(ERR_BROKEN, M_("Something went wrong on our side."),
                            M_("Try again in a moment."));
        }
}

struct err sqlite_err(sqlite3 *sql, int rc, const char *detail)
{
        struct err e = kind_of(sql, rc);

        e.detail = detail ? detail : sqlite3_errstr(rc);
        return e;
}
