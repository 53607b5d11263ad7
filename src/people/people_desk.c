/* What staff may see of whom. */
#include "people/people.sql.h"
#include "people/people_parts.h"
#include "programmes/programmes.h"

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
