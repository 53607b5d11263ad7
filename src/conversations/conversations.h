/*
 * What two people write to each other, in the browser or by mail.  Nobody else reads it: not staff, not administrators.
 *
 * Wrong place? That a message counts as contact: this calls journeys_contact_add().
 */
#ifndef TELEMACHUS_CONVERSATIONS_CONVERSATIONS_H
#define TELEMACHUS_CONVERSATIONS_CONVERSATIONS_H

#include "journeys/journeys.h"

struct conversations_message { int64_t id, at; struct text body; bool mine, by_mail; };
struct conversations_thread { size_t n; struct conversations_message *row; bool more; };

/* Newest last; before: id of the oldest one shown so far, 0 for the newest page. */
struct err conversations_thread(struct tx *tx, const struct who *who, int64_t pair, int64_t before,
                                struct conversations_thread *out);

/*
 * Writes a message (1 to 10,000 characters), files the contact, sends the partner the mail (an event mail; its reply
 * address leads back here). mail_id: of a mail that came in, absent from the browser; the same one again changes nothing.
 */
struct err conversations_post(struct tx *tx, const struct who *who, int64_t pair, struct text body,
                              struct text mail_id, int64_t *id);

/* How many the partner has written that this person has not read; opening the thread reads them, writing back too. */
struct err conversations_unread(struct tx *tx, int64_t person, int64_t pair, int64_t *n);

struct err conversations_mark_read(struct tx *tx, const struct who *who, int64_t pair);

/* Gone for both, at the end, when both chose so; or 90 days after it. */
struct err conversations_delete(struct tx *tx, int64_t pair);

#endif
