/* Between the files of mail/ only. */
#ifndef TELEMACHUS_MAIL_MAIL_PARTS_H
#define TELEMACHUS_MAIL_MAIL_PARTS_H

#include "html/html.h"
#include "mail/mail.h"

enum { MAIL_HELD_S = 600, MAIL_KEEPS_S = 14 * 86400 };

/* When a letter that is posted now may go: after the ten minutes of an act, after quiet hours. */
struct err mail_held_until(struct tx *tx, const struct letter *letter, int64_t *until);

const char *mail_class_name(enum mail_class class);

/* Connects, EHLO, STARTTLS, AUTH, QUIT: the whole way but for a mail. */
struct err mail_greet(struct mail_sender *s, struct arena *a);

/* Whether this sender has not said so for so many seconds; from now on it has. */
bool mail_sender_may_tell(struct mail_sender *s, int64_t now, int64_t seconds);

/* mail_flush() with a sender that is kept (NULL: files). */
struct err mail_flush_with(struct app *app, struct mail_sender *sender, struct arena *a, int max, int *sent);

/* One part of a letter's body: a paragraph of Markdown, or a button. */
struct mail_part { struct text words; struct text address; bool button, quiet; struct markup html; };
struct mail_part_list { size_t n; struct mail_part *row; };
void mail_split(struct arena *a, struct text body, struct mail_part_list *out);

/* What letter.html shows. */
struct mail_letter_view {
        struct text subject, organisation, from_name, unsubscribe, address;
        struct mail_part_list parts;
};

#endif
