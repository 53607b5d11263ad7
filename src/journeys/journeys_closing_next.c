/* What comes of the choices on the cards: goals rated by both sides, an extension that both want. */
#include "journeys/journeys_parts.h"

#include "journeys/journeys.sql.h"
#include "journeys/journeys_rules.h"

enum { LEAST_DAYS = 14, MOST_DAYS = 182 };

/* Each side says how a goal turned out; neither answer replaces the other. */
struct err journeys_rate_goals(struct tx *tx, const struct journeys_side *side, const struct journeys_card *card)
{
        for (size_t i = 0; card->number == 3 && i < JOURNEYS_RATED; i++) {
                struct opt a = card->rated[i].attainment;
                int64_t goal = card->rated[i].goal;

                if (goal == 0 || !a.has)
                        continue;
                if (a.v < -2 || a.v > 2)
                        return FAIL_AT(ERR_INVALID, "How did it turn out?", "attainment", "Choose one of the five");
                if (side->mentor)
                        TRY(journeys_rate_goal_as_mentor(tx, goal, side->pair.id, a.v));
                else
                        TRY(journeys_rate_goal(tx, goal, side->pair.id, a.v, tx_now(tx)));
        }
        return OK;
}

struct err journeys_would_return(struct tx *tx, const struct journeys_side *side, bool yes)
{
        TRY(journeys_open_cards(tx, side->pair.id, side->me, tx_now(tx)));
        return journeys_set_again(tx, side->pair.id, side->me, yes);
}

bool journeys_extension_fits(const struct journeys_pair *p, const struct zone *z, int64_t day, int64_t now)
{
        int64_t end = zone_day(z, p->planned_end), today = zone_day(z, now);

        return day >= end + LEAST_DAYS && day >= today + LEAST_DAYS && day <= end + MOST_DAYS;
}

/* The earlier day: so far both have agreed. */
struct err journeys_try_extending(struct tx *tx, const struct journeys_pair *p, bool *went)
{
        struct journeys_cards_list cards;
        struct programmes_cohort c;
        int64_t day = INT64_MAX, end, n = 0;

        *went = false;
        if (text_is(p->state, "closed") || text_is(p->state, "suspended"))
                return OK;
        TRY(journeys_cards(tx, p->id, &cards));
        for (size_t i = 0; i < cards.n; i++) {
                if (!cards.row[i].done_at.has || !text_is(cards.row[i].next, "extend") || !cards.row[i].extend_day.has)
                        continue;
                n++;
                day = cards.row[i].extend_day.v < day ? cards.row[i].extend_day.v : day;
        }
        if (n < 2)
                return OK;
        TRY(programmes_cohort(tx, p->cohort, &c));
        end = zone_at(c.zone, day, 18, 0);
        TRY(journeys_extend_pair(tx, p->id, end));
        TRY(journeys_reopen_cards(tx, p->id));
        TRY(journeys_plan_end(tx, p->id, end));
        struct text anchor = text_format(tx_arena(tx), "pair:%lld:%lld", (long long)p->id, (long long)day);
        TRY(journeys_tell_one(tx, p, p->mentor, NEWS_EXTENDED, anchor, end));
        TRY(journeys_tell_one(tx, p, p->mentee, NEWS_EXTENDED, anchor, end));
        *went = true;
        return OK;
}
