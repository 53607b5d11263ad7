/* One-click actions: what each kind shows and does. Private to journeys_do*.c. */
#ifndef TELEMACHUS_JOURNEYS_JOURNEYS_DO_H
#define TELEMACHUS_JOURNEYS_JOURNEYS_DO_H

#include "journeys/journeys_pages.h"
#include "journeys/journeys.sql.h"

/* The action behind a link, and the person it was made for, who need not be signed in. */
struct journeys_do {
        int64_t id;
        struct journeys_get_action row;
        struct who who;
        struct journeys_side side;              /* when row.pair is not 0 */
};

struct journeys_do_kind {
        const char *word;                       /* as in the pack's closed list */
        struct err (*show)(struct request *rq, const struct journeys_do *d,
                           struct journeys_do_view *v);
        /* *flash: catalogue key of what happened */
        struct err (*act)(struct request *rq, const struct journeys_do *d,
                          const struct journeys_do_form *f, const char **flash);
};

/* NULL: the action leads to a page instead. */
const struct journeys_do_kind *journeys_do_kind(struct text word);
/* Where an action without an act leads. */
struct text journeys_do_path(struct arena *a, const struct journeys_get_action *row);

#endif
