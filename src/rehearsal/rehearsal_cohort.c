/* A real cohort as the cast of a play, in a copy of its database. */
#include "rehearsal/rehearsal_play.h"

struct err rehearsal_disguise(struct tx *tx)
{
        TRY(rehearsal_disguise_people(tx));
        TRY(rehearsal_forget_addresses(tx));
        TRY(rehearsal_disguise_managers(tx));
        TRY(rehearsal_disguise_not_with(tx));
        TRY(rehearsal_disguise_help(tx));
        return rehearsal_forget_mails(tx);
}

static struct err add(struct tx *tx, struct rehearsal_cast *cast, uint64_t seed, int64_t person,
                      enum rehearsal_part part)
{
        struct rehearsal_person *p = &cast->p[cast->n++];
        struct people_person of;

        TRY(people_get(tx, person, &of));
        *p = (struct rehearsal_person) {.part = part,
                                        .id = person,
                                        .first = of.first_name,
                                        .last = of.last_name,
                                        .email = of.email,
                                        .zone = of.zone,
                                        .zone_name = text_of(zone_name(of.zone)),
                                        .capacity = 1,
                                        .zeal = 0.5 + rehearsal_fate(seed, person, 91)};
        return OK;
}

static struct err add_staff(struct tx *tx, struct rehearsal_cast *cast, uint64_t seed,
                            const struct programmes_cohort *c)
{
        static const struct {
                const char *role;
                enum rehearsal_part part;
        } roles[] = {{"sponsor", PART_SPONSOR}, {"contact", PART_CONTACT}};
        struct people_list list;

        TRY(add(tx, cast, seed, c->coordinator, PART_COORDINATOR));
        if (c->deputy.has)
                TRY(add(tx, cast, seed, c->deputy.v, PART_DEPUTY));
        for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++) {
                TRY(people_with_role(tx, roles[i].role, c->programme, &list));
                if (list.n)
                        TRY(add(tx, cast, seed, list.row[0].id, roles[i].part));
        }
        return OK;
}

struct err rehearsal_cast_of(struct tx *tx, const struct programmes_cohort *c, uint64_t seed,
                             struct rehearsal_cast *out)
{
        struct programmes_participant_list list;

        TRY(programmes_participants(tx, c->id, &list));
        if (list.n == 0)
                return FAIL_AT(
                        ERR_CONFLICT, "There is nobody in this cohort yet",
                        text_c(tx_arena(tx), c->slug),
                        "Import a roster, or rehearse with invented people: --programme PACK");
        *out = (struct rehearsal_cast) {
                .p = arena_array(tx_arena(tx), struct rehearsal_person, list.n + 4)};
        for (size_t i = 0; i < list.n; i++)
                TRY(add(tx, out, seed, list.row[i].person,
                        list.row[i].mentor ? PART_MENTOR : PART_MENTEE));
        return add_staff(tx, out, seed, c);
}
