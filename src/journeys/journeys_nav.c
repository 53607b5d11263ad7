/* The navigation of a participant's pages: home, the pair, the cohort's places. */
#include "journeys/journeys_view.h"
#include "journeys/journeys_web.h"

#include <string.h>

enum { MOST = 8 };

static void add(struct request *rq, struct html_nav *nav, size_t *n, const char *path, const char *label)
{
        size_t length = strlen(path);
        const char *here = rq->page.path ? rq->page.path : "";
        bool below = strncmp(here, path, length) == 0 && (here[length] == '\0' || here[length] == '/');

        if (*n < MOST)
                nav[(*n)++] = (struct html_nav) {.path = path, .label = label, .current = below};
}

/* The first one that is open; a mentor with several finds the others on the home page. */
static struct err add_pair(struct request *rq, struct html_nav *nav, size_t *n)
{
        struct journeys_pair_list pairs;
        struct journeys_side side;
        struct text path;

        TRY(journeys_pairs_of(rq->tx, rq->who->person, &pairs));
        if (pairs.n == 0 || text_is(pairs.row[0].state, "closed"))
                return OK;
        TRY(journeys_side(rq->tx, rq->who, pairs.row[0].id, &side));
        path = text_format(rq->arena, "/pairs/%lld", (long long)side.pair.id);
        add(rq, nav, n, path.p, journeys_say_partner(&rq->page, M_("{partner} and you"), side.partner_first_name).p);
        return OK;
}

struct err journeys_nav(struct request *rq, struct html_shell *shell)
{
        struct html_nav *nav;

        if (shell->kind != SHELL_PERSON || !rq->who->person)
                return OK;
        shell->home = TEXT("/home");
        shell->initials = text_first_chars(rq->who->first_name, 1);
        if (shell->n_nav)
                return OK;
        nav = arena_array(rq->arena, struct html_nav, MOST);
        add(rq, nav, &shell->n_nav, "/home", M_("Home"));
        TRY(add_pair(rq, nav, &shell->n_nav));
        add(rq, nav, &shell->n_nav, "/gatherings", M_("Gatherings"));
        add(rq, nav, &shell->n_nav, "/learn", M_("Training"));
        add(rq, nav, &shell->n_nav, "/library", M_("Library"));
        add(rq, nav, &shell->n_nav, "/people", M_("People"));
        shell->nav = nav;
        return OK;
}
