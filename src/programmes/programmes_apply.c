/* From an invitation to a place: the states of a part before it is one. */
#include "matching/matching_lists.h"
#include "people/people.h"
#include "programmes/programmes.h"
#include "programmes/programmes.sql.h"

struct err programmes_begin(struct tx *tx, int64_t cohort, int64_t person)
{
        struct programmes_participant_list parts;

        TRY(programmes_parts_of(tx, person, &parts));
        for (size_t i = 0; i < parts.n; i++)
                if (parts.row[i].cohort == cohort && text_is(parts.row[i].state, "declined"))
                        TRY(programmes_participant_again(tx, parts.row[i].id, tx_now(tx)));
        return programmes_participant_begun(tx, cohort, person, tx_now(tx));
}

static bool is_undecided(const struct programmes_participant *p)
{
        return text_is(p->state, "invited") || text_is(p->state, "applied");
}

/* Their parts in this cohort: decided for or against is a conflict, whatever else there is. */
static struct err undecided(struct tx *tx, int64_t cohort, int64_t person, struct programmes_participant_list *out)
{
        struct programmes_participant_list all;

        TRY(programmes_parts_of(tx, person, &all));
        *out = (struct programmes_participant_list) {.row = all.row};
        for (size_t i = 0; i < all.n; i++) {
                if (all.row[i].cohort != cohort)
                        continue;
                if (!is_undecided(&all.row[i]))
                        return FAIL(ERR_CONFLICT, "This has been decided already", "Ask the coordinator");
                out->row[out->n++] = all.row[i];
        }
        return OK;
}

static struct err put(struct tx *tx, int64_t cohort, int64_t person, const struct programmes_participant *part,
                      bool mentor, int64_t capacity)
{
        int64_t id = part ? part->id : 0;

        if (!part)
                TRY(programmes_join(tx, &people_system, cohort, person, mentor, "applied", capacity, &id));
        return programmes_participant_applied(tx, id, mentor ? TEXT("mentor") : TEXT("mentee"), mentor ? capacity : 1,
                                              tx_now(tx));
}

/* Takes the part on that side out of the list, else nothing. */
static const struct programmes_participant *take(struct programmes_participant_list *l, bool mentor, bool any)
{
        for (size_t i = 0; i < l->n; i++) {
                if (!any && l->row[i].mentor != mentor)
                        continue;
                struct programmes_participant found = l->row[i];
                l->row[i] = l->row[--l->n];
                l->row[l->n] = found;
                return &l->row[l->n];
        }
        return NULL;
}

struct err programmes_apply(struct tx *tx, int64_t cohort, int64_t person, bool mentor, bool mentee, int64_t capacity)
{
        struct programmes_participant_list have;
        const struct programmes_participant *as_mentor, *as_mentee;

        TRY(undecided(tx, cohort, person, &have));
        as_mentor = mentor ? take(&have, true, false) : NULL;
        as_mentee = mentee ? take(&have, false, false) : NULL;
        /* Invited as the one and applying as the other: the same part, turned round. */
        if (mentor && !as_mentor)
                as_mentor = take(&have, true, true);
        if (mentee && !as_mentee)
                as_mentee = take(&have, false, true);
        for (size_t i = 0; i < have.n; i++)
                TRY(programmes_participant_state(tx, have.row[i].id, TEXT("declined")));
        if (mentor)
                TRY(put(tx, cohort, person, as_mentor, true, capacity));
        return mentee ? put(tx, cohort, person, as_mentee, false, 1) : OK;
}

struct err programmes_admit(struct tx *tx, const struct who *who, int64_t cohort, int64_t person, bool yes)
{
        struct programmes_participant_list parts;
        struct programmes_cohort c;
        int64_t n = 0;

        TRY(programmes_staff(tx, who, cohort));
        TRY(programmes_parts_of(tx, person, &parts));
        for (size_t i = 0; i < parts.n; i++) {
                const struct programmes_participant *p = &parts.row[i];
                if (p->cohort != cohort || !(yes ? text_is(p->state, "applied") : is_undecided(p)))
                        continue;
                if (yes)
                        TRY(programmes_participant_accept(tx, p->id, tx_now(tx)));
                else
                        TRY(programmes_participant_state(tx, p->id, TEXT("declined")));
                n++;
        }
        if (!yes || n == 0)
                return OK;
        TRY(people_audit(tx, who, "participant.join", person, cohort, "applied"));
        TRY(programmes_cohort(tx, cohort, &c));
        /* Who comes after the launch is not forgotten by the plan: the next best partner comes up. */
        return c.launched_at.has ? matching_refill_soon(tx, cohort) : OK;
}
