/*
 * Mail out: a row in the outbox in the same transaction as what caused it; jobs send it after the commit.  One row and one
 * fixed Message-ID per (rule, recipient, anchor), so that nothing is mailed twice and nothing is lost.
 *
 * Wrong place? When a reminder is due: journeys/.  What a reminder says: the pack's mails/.  Sentences of *.mail: html/.
 */
#ifndef TELEMACHUS_MAIL_MAIL_H
#define TELEMACHUS_MAIL_MAIL_H

#include "base/app.h"
#include "db/db.h"
#include "html/messages.h"

/* Two of any rolling seven days hold only for MAIL_PROGRAMME; MAIL_EVENT goes at once; MAIL_STAFF is for the desk. */
enum mail_class { MAIL_EVENT, MAIL_PROGRAMME, MAIL_STAFF };

struct letter {
        int64_t to;                     /* person; 0: only an address (test mail) */
        struct text address, name;      /* where it goes, as it stands now */
        enum locale locale;
        enum mail_class class;
        const char *rule;               /* "R14", or "sign-in", "message", ... */
        struct text anchor;             /* what it is about, e.g. "pair:123:2026-11-23"; (rule, to, anchor) is unique */
        struct text subject;
        struct text body;               /* Markdown: paragraphs and button lines [Words](https://...) */
        struct text from_name;          /* the coordinator or the partner; absent: the organisation */
        struct text reply_to;           /* absent: the help address */
        struct text unsubscribe;        /* one-click address; absent for event mails that must arrive */
        int64_t cohort;                 /* 0: none */
};

/*
 * Puts the letter into the outbox, inside tx. *id is the row, or 0 when (rule, to, anchor) was there before: then nothing
 * happens, which is not an error.
 */
struct err mail_post(struct tx *tx, const struct letter *letter, int64_t *id);

/* Builds the MIME message of a letter (text and HTML), as bytes for SMTP; pure but for randomness of the boundary. */
struct err mail_compose(struct arena *a, const struct app *app, const struct letter *l, struct text message_id, int64_t date,
                        struct text *out);

/* Sends what is due now, at most max mails, in short transactions; *sent counts. Used by the mail job and by commands. */
struct err mail_flush(struct app *app, struct arena *a, int max, int *sent);

/*
 * The hourly quota (mails_per_hour): what has left in the last sixty minutes, of machine time, and what waits.  full: reminders
 * and digests are being held; the last tenth is for mails that somebody waits for.
 */
struct mail_quota { int64_t limit, sent, waiting; bool full; };
struct err mail_quota(struct tx *tx, struct mail_quota *out);

/* Keeps connections to the SMTP server between mails; one per thread that sends. */
struct mail_sender;
struct mail_sender *mail_sender_new(const struct app *app);
void mail_sender_free(struct mail_sender *s);
struct err mail_send(struct mail_sender *s, struct arena *a, struct text from, struct text to, struct text message);

/* What lies in the outbox: all of it, or only what a mail server did not take so far. */
struct mail_queued {
        int64_t n;
        struct opt since;               /* programme time of the oldest */
        struct text error;              /* what the server said last; absent if it never did */
};
struct err mail_queued(struct tx *tx, bool refused, struct mail_queued *out);

/* Proves the path: connects, says EHLO, STARTTLS, AUTH; with an address sends a test mail. */
struct err mail_prove(const struct app *app, struct arena *a, struct text test_address);

#endif
