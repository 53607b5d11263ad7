/* Between the files of people/ only. */
#ifndef TELEMACHUS_PEOPLE_PEOPLE_PARTS_H
#define TELEMACHUS_PEOPLE_PEOPLE_PARTS_H

#include "people/people.h"

enum {
        SESSION_S = 30 * 86400,         /* sliding; never longer than SESSION_WHOLE_S */
        SESSION_TOUCH_S = 3600,         /* written at most this often */
        SIGN_IN_S = 20 * 60,            /* a mailed link works this long */
};

/*
 * Whose link this is; conflict with a plain sentence if it has been used or has run out. use: it is
 * used up.
 */
struct err people_link_open(struct tx *tx, struct text secret, bool use, int64_t *person,
                            struct text *next);

/* A path of ours, safe to go to; "/home" otherwise. */
struct text people_safe_next(struct text next);

/*
 * Mails a link to an address, if it has an account; the caller cannot tell. Limit after 5 requests
 * for an address or 30 from an ip within a quarter of an hour.
 */
struct err people_ask_link(struct tx *tx, struct text email, struct text next, struct text ip);
/* Line managers have no pages here. */
struct err people_may_sign_in(struct tx *tx, int64_t person, bool *yes);
/* One of a person's confirmed addresses as they wrote it, for an address typed in whatever way. */
struct err people_address_spelt(struct tx *tx, const struct people_person *p, struct text typed,
                                struct text *out);
/* Mails a link to a person we know. */
struct err people_send_link(struct tx *tx, const struct people_person *p, struct text next);

/*
 * Uses up a link: a session whose secret is for the browser, and where to go. Absent or conflict as
 * people_link_open().
 */
struct people_visit;
struct err people_sign_in(struct tx *tx, struct text secret, const struct people_visit *from,
                          struct text *session, struct text *next);
/* "/home" becomes the page where this person's work is; any other path stays. */
struct err people_landing(struct tx *tx, int64_t person, struct text *next);

/* ---- one's own settings: always of who asks ---- */

struct people_settings {
        struct text first_name, last_name, locale, zone, phone;
        int64_t call_from, call_until;          /* minutes after local midnight; -1: none */
        int64_t structure;                      /* 0, 1, 2 */
        bool programme_mail, manager_letters;
};
/* Invalid names the field. */
struct err people_save_settings(struct tx *tx, const struct who *who,
                                const struct people_settings *in);
struct err people_save_zone(struct tx *tx, const struct who *who, struct text zone);
/* Every address given out before stops working. */
struct err people_new_calendar(struct tx *tx, const struct who *who);
struct err people_calendar_url(struct tx *tx, const struct people_person *p, struct text *url);

/* Absent if it is not one of theirs. */
struct err people_end_session(struct tx *tx, const struct who *who, int64_t session);
struct err people_end_others(struct tx *tx, const struct who *who, struct text hash);
/* "Firefox on Linux" of what a browser says about itself; pure. */
struct text people_agent_words(struct arena *a, struct text agent);

/* What the partner reads. biography: 0 leave it out, 1 show it, 2 decide later. */
enum people_biography { BIOGRAPHY_OUT, BIOGRAPHY_SHOW, BIOGRAPHY_LATER };
struct people_profile_words {
        struct text about, offers, wants, goals, interests, languages, biography;
        unsigned week;                          /* people_week_read() */
        enum people_biography choice;
};
struct err people_save_words(struct tx *tx, const struct who *who,
                             const struct people_profile_words *in);
/* "This is right": training and this open the way to a partner. */
struct err people_confirm_profile(struct tx *tx, const struct who *who);
/* Status values that this person's own words give away, for a warning; at most most of them. */
struct err people_giveaways(struct tx *tx, int64_t person, struct text *row, size_t most,
                            size_t *n);

/* ---- the desk ---- */

/* Staff of a cohort this person takes part in, or an administrator; absent to everybody else. */
struct err people_staff_of(struct tx *tx, const struct who *who, int64_t person);

/* What has run out by machine time goes; tomorrow again. */
struct err people_tidy(struct tx *tx);
struct err people_tidy_tomorrow(struct tx *tx);

#endif
