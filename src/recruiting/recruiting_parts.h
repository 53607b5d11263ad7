/* Between the files of this room. */
#ifndef TELEMACHUS_RECRUITING_RECRUITING_PARTS_H
#define TELEMACHUS_RECRUITING_RECRUITING_PARTS_H

#include "recruiting/recruiting.h"
#include "recruiting/recruiting_letter.h"

/* TOKEN_APPLY */
enum recruiting_token_kind { APPLY_PERSON, APPLY_START };

typedef void recruiting_letter_fn(struct page *pg, struct letter_text *out, const struct recruiting_letter *v);
/*
 * One letter of recruiting.mail to a person, or to an address (person 0). lines: a question, absent
 * for the others.
 */
struct recruiting_post {
        recruiting_letter_fn *write;
        const char *rule;
        int64_t person;
        struct text address, url, anchor, lines;
        int locale;                     /* of an address */
};
struct err recruiting_post(struct tx *tx, const struct programmes_cohort *c, const struct recruiting_post *in);

/* Conflict unless applications can be begun and sent now. */
struct err recruiting_must_be_open(struct tx *tx, int64_t cohort, struct programmes_cohort *c, struct recruiting_page *page);

/* Lines of a text, without empty ones. */
struct recruiting_letter_lines recruiting_lines(struct arena *a, struct text t);

/* recruiting_staff.c: whoever asked reads that the answer is there. */
struct err recruiting_tell_answer(struct tx *tx, int64_t cohort, int64_t application, int64_t applicant);

#endif
