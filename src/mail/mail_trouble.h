/*
 * The five ways in which a mail fails, told apart from what a mail server answers and from bounces, and what follows from
 * each: whether it is tried again, whether anything more is sent to that address, and what a person can do.
 *
 *   unknown    there is no such address        nothing more is sent there until somebody has acted
 *   full       the mailbox is full             tried every eight hours, for three days
 *   refused    taken for spam, or by policy    this mail is lost; after three in a row nothing more is sent
 *   temporary  put off, greylisted             tried again by itself; said only when it goes on
 *   relay      no server answers               ours: everything waits and is kept; theirs: as temporary
 *
 * Wrong place? Taking a bounce apart: mail_dsn.h.
 */
#ifndef TELEMACHUS_MAIL_MAIL_TROUBLE_H
#define TELEMACHUS_MAIL_MAIL_TROUBLE_H

#include "db/db.h"
#include "html/messages.h"
#include "mail/mail_dsn.h"

enum mail_failure { MAIL_UNKNOWN, MAIL_FULL, MAIL_REFUSED, MAIL_TEMPORARY, MAIL_RELAY };

/* What an answer means. code 0: there was none. said: the line, with or without its code. Pure. */
enum mail_failure mail_judge(int code, struct text said);

const char *mail_failure_word(enum mail_failure f);             /* as stored: "unknown" */
bool mail_failure_of(struct text word, enum mail_failure *out);
const char *mail_failure_words(enum mail_failure f);            /* catalogue key: what is wrong, a few words */
/* What a coordinator can do about it, in the reader's language. */
struct text mail_failure_remedy(struct arena *a, enum locale l, enum mail_failure f, struct text first_name);

/* Notes that a mail to an address has failed; address "": our own server. source: "answer" or "bounce". */
struct err mail_note(struct tx *tx, struct text address, int64_t person, enum mail_failure f, const char *source, struct text said);

struct mail_trouble {
        enum mail_failure failure;
        int64_t since, last_at, times, waiting, failed;         /* waiting, failed: letters */
        bool stopped;
        struct text address, said;
};
/* Of a person; found false: mail arrives, as far as we know. What was put off a few times is not spoken of yet. */
struct err mail_trouble_of(struct tx *tx, int64_t person, bool *found, struct mail_trouble *out);
/* Our own server does not answer. */
struct err mail_trouble_of_relay(struct tx *tx, bool *found, struct mail_trouble *out);

/* Somebody has acted: what waits and what failed in the last two weeks goes now, to this address. */
struct err mail_try_now(struct tx *tx, int64_t person, struct text address);

/* Files a bounce: the letter has failed after all. *known false: it is about no letter of ours. */
struct err mail_file_bounce(struct tx *tx, const struct mail_dsn *dsn, bool *known);

#endif
