/* The pair's place in the navigation of a participant's pages. */
#include "journeys/journeys_view.h"
#include "journeys/journeys_web.h"

/* The one that is open; a mentor with several finds the others on the home page. */
struct err journeys_nav(struct request *rq, struct html_nav *out, bool *there)
{
        struct journeys_pair_list pairs;
        struct journeys_side side;

        *there = false;
        if (!who_has(rq->who, ROLE_PARTICIPANT))
                return OK;
        TRY(journeys_pairs_of(rq->tx, rq->who->person, &pairs));
        if (pairs.n == 0 || text_is(pairs.row[0].state, "closed"))
                return OK;
        TRY(journeys_side(rq->tx, rq->who, pairs.row[0].id, &side));
        *there = true;
        out->path = text_format(rq->arena, "/pairs/%lld", (long long)side.pair.id).p;
        out->label =
                journeys_say_partner(&rq->page, M_("{partner} and you"), side.partner_first_name).p;
        return OK;
}
