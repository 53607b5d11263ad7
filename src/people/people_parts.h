/* Between the files of people/ only. */
#ifndef TELEMACHUS_PEOPLE_PEOPLE_PARTS_H
#define TELEMACHUS_PEOPLE_PEOPLE_PARTS_H

#include "people/people.h"

enum {
        SESSION_S = 30 * 86400,         /* sliding */
        SESSION_TOUCH_S = 3600,         /* written at most this often */
        SIGN_IN_S = 20 * 60,            /* a mailed link works this long */
};

/* A new session for a person: the secret goes to the browser, its hash stays here. */
struct err people_session_new(struct tx *tx, int64_t person, struct text agent, const char *means, struct text *secret);

/* Whose link this is; conflict with a plain sentence if it has been used or has run out. use: it is used up. */
struct err people_link_open(struct tx *tx, struct text secret, bool use, int64_t *person, struct text *next);

/* A path of ours, safe to go to; "/home" otherwise. */
struct text people_safe_next(struct text next);

#endif
