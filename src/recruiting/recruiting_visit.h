/* Who comes with a personal link. Private to the pages of applying. */
#ifndef TELEMACHUS_RECRUITING_RECRUITING_VISIT_H
#define TELEMACHUS_RECRUITING_RECRUITING_VISIT_H

#include "recruiting/recruiting_view.h"

struct recruiting_visit {
        struct text token;
        int64_t cohort;
        int64_t person;                 /* 0: an address that is nobody yet */
        int64_t start;                  /* of such an address */
        struct programmes_cohort c;
        struct recruiting_page page;
        struct recruiting_application p;
};

/*
 * Reads :token. The link is enough to see and change this application; it signs nobody in. From here on the
 * page speaks the reader's language and zone.
 */
struct err recruiting_visit(struct request *rq, struct recruiting_visit *out);
/* For what writes: an address becomes a person. */
struct err recruiting_visit_somebody(struct request *rq, struct recruiting_visit *out);

struct html_shell recruiting_visit_shell(struct request *rq, const struct recruiting_visit *v);
/* Under which name a phone keeps what is typed. */
struct text recruiting_visit_draft(struct request *rq, const struct recruiting_visit *v);

/* The page that says how it stands. */
struct err recruiting_show_stand(struct request *rq, struct reply *re, const struct recruiting_visit *s);

#endif
