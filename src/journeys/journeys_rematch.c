/* A partner after the first: who would like one, from which day on, and how they come back among those who are matched. */
#include "journeys/journeys.h"

#include "journeys/journeys_rules.h"
#include "matching/matching_lists.h"
#include "os/zone.h"
#include "people/people.h"

/* The day on which the last of a person's pairs ended; the launch where there was none. */
static int64_t last_end(const struct programmes_cohort *c, const struct journeys_pair_list *pairs, int64_t person, bool mentor)
{
        int64_t day = c->launch_day;

        for (size_t i = 0; i < pairs->n; i++) {
                const struct journeys_pair *p = &pairs->row[i];
                if ((mentor ? p->mentor : p->mentee) == person && p->closed_at.has && zone_day(c->zone, p->closed_at.v) > day)
                        day = zone_day(c->zone, p->closed_at.v);
        }
        return day;
}

struct err journeys_rematches(struct tx *tx, int64_t cohort, struct journeys_rematch_list *out)
{
        struct programmes_participant_list people;
        struct journeys_pair_list pairs = {0};
        struct programmes_cohort c;

        TRY(programmes_cohort(tx, cohort, &c));
        TRY(programmes_participants(tx, cohort, &people));
        int64_t today = zone_day(c.zone, tx_now(tx));
        *out = (struct journeys_rematch_list) {.row = arena_array(tx_arena(tx), struct journeys_rematch, people.n + 1)};
        for (size_t i = 0; i < people.n; i++) {
                const struct programmes_participant *p = &people.row[i];
                if (!text_is(p->state, "waiting"))
                        continue;
                if (pairs.n == 0)       /* hardly anybody waits: most often they need not be read */
                        TRY(journeys_pairs(tx, cohort, &pairs));
                int64_t from = last_end(&c, &pairs, p->person, p->mentor) + JOURNEYS_REMATCH_DAYS;
                bool late = !journeys_time_for_rematch(c.launch_day, c.end_day, today > from ? today : from);
                out->row[out->n++] = (struct journeys_rematch) {
                        .participant = p->id, .person = p->person, .mentor = p->mentor, .from_day = from, .late = late, .now = today >= from && !late};
        }
        return OK;
}

struct err journeys_rematch(struct tx *tx, const struct who *who, int64_t cohort, int64_t person, bool mentor)
{
        struct journeys_rematch_list all;
        const struct journeys_rematch *r = NULL;

        TRY(programmes_staff(tx, who, cohort));
        TRY(journeys_rematches(tx, cohort, &all));
        for (size_t i = 0; i < all.n; i++)
                if (all.row[i].person == person && all.row[i].mentor == mentor)
                        r = &all.row[i];
        if (!r)
                return FAIL(ERR_CONFLICT, "They do not wait for another partner any more", "Look at the list again");
        if (r->late)
                return FAIL(ERR_CONFLICT, "Too little of this cohort is left for a new pair", "Invite them to the next one");
        if (!r->now)
                return FAIL(ERR_CONFLICT, "Two weeks lie between one pair and the next", "Find out meanwhile what went wrong");
        TRY(programmes_set_state(tx, r->participant, "ready"));
        TRY(people_audit(tx, who, "participant.rematch", person, cohort, mentor ? "mentor" : "mentee"));
        return matching_refill_soon(tx, cohort);
}
