/* Who of a cohort has closed, who has not, and a letter to those who have not. */
#include "journeys/journeys_parts.h"

#include "journeys/journeys.sql.h"
#include "journeys/journeys_rules.h"
#include "people/people.h"

enum { REST_DAYS = 5, LATEST_DAYS = 60 };

/* Their cards are open to them, and it is time: the end is near, or was not long ago. */
static bool is_due(const struct journeys_closing_rows *r, int64_t now)
{
        bool near = r->planned_end - now <= JOURNEYS_WIND_DOWN_DAYS * (int64_t)JOURNEYS_DAY;

        if (r->done_at.has || text_is(r->state, "suspended") || text_is(r->state, "paused"))
                return false;
        if (text_is(r->state, "closed"))
                return now - r->closed_at.v <= LATEST_DAYS * (int64_t)JOURNEYS_DAY;
        return near || text_is(r->state, "closing");
}

struct err journeys_closers(struct tx *tx, const struct who *who, int64_t cohort, struct journeys_closer_list *out)
{
        struct journeys_closing_rows_list rows;

        TRY(programmes_staff(tx, who, cohort));
        TRY(journeys_closing_rows(tx, cohort, &rows));
        *out = (struct journeys_closer_list) {.row = arena_array(tx_arena(tx), struct journeys_closer, rows.n)};
        for (; out->n < rows.n; out->n++) {
                const struct journeys_closing_rows *r = &rows.row[out->n];
                out->row[out->n] = (struct journeys_closer) {
                        .pair = r->pair, .person = r->person, .planned_end = r->planned_end, .mentor = r->mentor, .due = is_due(r, tx_now(tx)),
                        .again = r->again.has && r->again.v, .state = r->state, .first_name = r->first_name, .last_name = r->last_name,
                        .next = r->next, .card = r->card.has ? r->card.v : 0, .n_met = r->n_met, .done_at = r->done_at,
                        .closed_at = r->closed_at, .extend_day = r->extend_day, .reminded_at = r->reminded_at};
        }
        return OK;
}

bool journeys_may_nudge(const struct journeys_closer *c, int64_t now)
{
        return c->due && !(c->reminded_at.has && now - c->reminded_at.v < REST_DAYS * (int64_t)JOURNEYS_DAY);
}

struct err journeys_nudge_closers(struct tx *tx, const struct who *who, int64_t cohort, int64_t *n)
{
        struct journeys_closer_list all;

        *n = 0;
        TRY(journeys_closers(tx, who, cohort, &all));
        for (size_t i = 0; i < all.n; i++) {
                struct journeys_pair p;

                if (!journeys_may_nudge(&all.row[i], tx_now(tx)))
                        continue;
                TRY(journeys_pair(tx, all.row[i].pair, &p));
                TRY(journeys_tell_one(tx, &p, all.row[i].person, NEWS_CARDS,
                                      text_format(tx_arena(tx), "pair:%lld:%lld", (long long)p.id, (long long)(tx_now(tx) / JOURNEYS_DAY)),
                                      tx_now(tx)));
                ++*n;
        }
        return people_audit(tx, who, "closing.remind", 0, cohort, text_format(tx_arena(tx), "%lld", (long long)*n).p);
}
