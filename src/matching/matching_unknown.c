#include "matching/matching_unknown.h"

#include "matching/matching_dossier.h"

#include <stdlib.h>

static bool takes_part(const struct programmes_participant *p)
{
        return text_is(p->state, "accepted") || text_is(p->state, "ready") || text_is(p->state, "matched");
}

static int by_person(const void *a, const void *b)
{
        const struct programmes_participant *p = a, *q = b;

        return (p->person > q->person) - (p->person < q->person);
}

static int by_name(const void *a, const void *b)
{
        const struct matching_gap_person *p = a, *q = b;
        int c = text_compare(p->name, q->name);

        return c ? c : (p->person > q->person) - (p->person < q->person);
}

static bool look(const struct matching_profile *p, struct matching_gap_person *out)
{
        bool any = false;

        out->gap[MATCHING_GAP_MANAGER] = text_empty(p->manager_email);
        out->gap[MATCHING_GAP_TEAM] = text_empty(p->team);
        out->gap[MATCHING_GAP_LANGUAGE] = p->languages.n == 0;
        out->gap[MATCHING_GAP_ZONE] = !p->zone_known;
        out->gap[MATCHING_GAP_HOURS] = !p->week.known;
        for (int g = 0; g < MATCHING_GAPS; g++)
                any |= out->gap[g];
        return any;
}

struct err matching_unknown(struct tx *tx, const struct who *who, int64_t cohort, struct matching_unknown *out)
{
        struct programmes_participant_list people;
        struct matching_profiles all;
        struct programmes_cohort c;
        int64_t last = 0;

        TRY(programmes_staff(tx, who, cohort));
        TRY(programmes_cohort(tx, cohort, &c));
        TRY(programmes_participants(tx, cohort, &people));
        TRY(matching_profiles(tx, &c, &all));
        if (people.n)
                qsort(people.row, people.n, sizeof *people.row, by_person);
        *out = (struct matching_unknown) {.people.row = arena_array(tx_arena(tx), struct matching_gap_person, people.n + 1)};
        for (size_t i = 0; i < people.n; i++) {
                const struct programmes_participant *p = &people.row[i];
                const struct matching_profile *profile = matching_profiles_find(&all, p->person);
                struct matching_gap_person *one = &out->people.row[out->people.n];
                if (!takes_part(p) || !profile || p->person == last)
                        continue;
                last = p->person;
                out->all++;
                *one = (struct matching_gap_person) {.person = p->person, .mentor = p->mentor,
                        .name = text_format(tx_arena(tx), "%s %s", p->first_name.p, p->last_name.p)};
                if (!look(profile, one))
                        continue;
                for (int g = 0; g < MATCHING_GAPS; g++)
                        out->lack[g] += one->gap[g];
                out->people.n++;
        }
        if (out->people.n)
                qsort(out->people.row, out->people.n, sizeof *out->people.row, by_name);
        return OK;
}
