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
#include "os/zone.h"

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
        bool at_once;                   /* quiet hours do not hold it: it was asked for, or its hour is now */
};

/*
 * Puts the letter into the outbox, inside tx. *id is the row, or 0 when (rule, to, anchor) was there before: then nothing
 * happens, which is not an error.
 */
struct err mail_post(struct tx *tx, const struct letter *letter, int64_t *id);

/*
 * Letters of an act of the desk (tx_act()) wait DESK_UNDO_S of programme time.  gone: one of them has been sent or tried.
 * mail_drop_act() removes those that wait, as if they had never been posted.
 */
struct err mail_act_gone(struct tx *tx, int64_t act, bool *gone);
struct err mail_drop_act(struct tx *tx, int64_t act);

/*
 * Minutes after midnight in the person's zone between which mail that can wait does wait; from == until: none.  Absent
 * from mail_post() for staff letters and for letter.at_once.
 */
struct err mail_set_quiet(struct tx *tx, int64_t person, int64_t from, int64_t until, const struct zone *zone);
/* The person has moved: the hours are those of the new zone. */
struct err mail_quiet_move(struct tx *tx, int64_t person, struct text zone);
struct err mail_quiet_of(struct tx *tx, int64_t person, int64_t *from, int64_t *until);

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
/* The server's last answer that was no yes: its code (0: it gave none) and words; a view. */
int mail_sender_answer(const struct mail_sender *s, struct text *said);
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
