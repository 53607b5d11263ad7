/*
 * A person of a roster meets the database. Looking and writing go the same way, so that a dry run
 * tells the truth.
 */
#include "programmes/roster.sql.h"
#include "programmes/roster_parts.h"

static struct err make(struct tx *tx, const struct who *who, const struct programmes_cohort *c,
                       const struct roster_person *p,
                       int64_t *id)
{
        bool made;

        return people_add(tx, who, &(struct people_new) {
                .email = p->email, .first_name = p->facts.first_name,
                .last_name = p->facts.last_name,
                .zone = p->zone_known ? p->facts.zone : text_of(zone_name(c->zone)),
                .zone_known = p->zone_known,
                .locale = p->locale, .phone = p->facts.phone}, id, &made);
}

/*
 * A part in the cohort: made, or its capacity brought up to date. Who has left or was declined is
 * not taken back in by a file.
 */
static struct err take_part(struct tx *tx, const struct who *who,
                            const struct programmes_cohort *c, const struct roster_person *p,
                            int64_t person, bool mentor, bool write, bool *changed)
{
        struct programmes_roster_part row;
        int64_t capacity = mentor ? p->capacity : 1;
        int64_t id;
        bool found;

        TRY(programmes_roster_part(tx, c->id, person, mentor ? TEXT("mentor") : TEXT("mentee"),
                                   &found, &row));
        if (found && row.capacity == capacity)
                return OK;
        *changed = true;
        if (!write)
                return OK;
        if (found)
                return programmes_roster_capacity(tx, row.id, capacity);
        return programmes_join(tx, who, c->id, person, mentor, "accepted", capacity, &id);
}

static struct err take_not_with(struct tx *tx, int64_t cohort, const struct roster_person *p,
                                int64_t person, bool write, bool *changed)
{
        struct programmes_roster_not_with row;

        for (size_t i = 0; i < p->not_with.n; i++) {
                TRY(programmes_roster_not_with(tx, cohort, person, p->not_with.row[i], &row));
                if (row.n > 0)
                        continue;
                *changed = true;
                if (write)
                        TRY(programmes_roster_not_with_add(tx, cohort, person, p->not_with.row[i]));
        }
        return OK;
}

/* Has this person confirmed what others read about them, in any cohort? */
static struct err is_own(struct tx *tx, int64_t person, bool *own)
{
        struct programmes_participant_list parts;

        *own = false;
        TRY(programmes_parts_of(tx, person, &parts));
        for (size_t i = 0; i < parts.n; i++)
                *own |= parts.row[i].profile_confirmed_at.has;
        return OK;
}

struct err roster_write(struct tx *tx, const struct who *who, const struct programmes_cohort *c,
                        const struct roster_person *p,
                        bool write, enum roster_fate *fate)
{
        struct people_person known;
        bool found, own, facts = false, parts = false;
        int64_t person;

        TRY(people_by_email(tx, p->email, &found, &known));
        *fate = ROSTER_ADDED;
        if (!found && !write)
                return OK;
        person = known.id;
        if (!found)
                TRY(make(tx, who, c, p, &person));
        TRY(is_own(tx, person, &own));
        TRY(people_take_facts(tx, person, &p->facts, own, write, &facts));
        if (p->mentor)
                TRY(take_part(tx, who, c, p, person, true, write, &parts));
        if (p->mentee)
                TRY(take_part(tx, who, c, p, person, false, write, &parts));
        TRY(take_not_with(tx, c->id, p, person, write, &parts));
        if (found)
                *fate = facts || parts ? ROSTER_UPDATED : ROSTER_UNCHANGED;
        return OK;
}
