/* What staff may see of whom, and that it is written down. */
#include "base/app.h"
#include "people/people.sql.h"
#include "people/people_parts.h"
#include "programmes/programmes.h"

enum { ARENA = 256 * 1024 };

struct err people_staff_of(struct tx *tx, const struct who *who, int64_t person)
{
        struct programmes_participant_list parts;

        if (!failed(people_must_have(tx, who, ROLE_ADMINISTRATOR, 0)))
                return OK;
        TRY(programmes_parts_of(tx, person, &parts));
        for (size_t i = 0; i < parts.n; i++) {
                struct err e = programmes_staff(tx, who, parts.row[i].cohort);
                if (!err_is(e, ERR_ABSENT))
                        return e;
        }
        return FAIL(ERR_ABSENT, "There is no such person", "Go back and choose another");
}

struct reading { const struct who *who; const char *act; int64_t about, subject; };

static struct err write_reading(struct tx *tx, void *in)
{
        const struct reading *r = in;

        return people_audit(tx, r->who, r->act, r->about, r->subject, "");
}

struct err people_audit_read(struct app *app, const struct who *who, const char *act,
                             int64_t about, int64_t subject)
{
        struct reading r = {who, act, about, subject};
        struct arena *a = arena_new(ARENA);
        struct err e = db_write(app->db, a, write_reading, &r);

        arena_free(a);
        return e;
}
