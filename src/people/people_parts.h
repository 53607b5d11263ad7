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

/*
 * Mails a link to an address, if it has an account; the caller cannot tell. Limit after 5 requests for an address or 30 from
 * an ip within a quarter of an hour.
 */
struct err people_ask_link(struct tx *tx, struct text email, struct text next, struct text ip);
/* Mails a link to a person we know. */
struct err people_send_link(struct tx *tx, const struct people_person *p, struct text next);

/* Uses up a link: a session whose secret is for the browser, and where to go. Absent or conflict as people_link_open(). */
struct err people_sign_in(struct tx *tx, struct text secret, struct text agent, struct text *session, struct text *next);
/* "/home" becomes the page where this person's work is; any other path stays. */
struct err people_landing(struct tx *tx, int64_t person, struct text *next);

/* What has run out by machine time goes; tomorrow again. */
struct err people_tidy(struct tx *tx);
struct err people_tidy_tomorrow(struct tx *tx);

#endif
