/*
 * A bounce taken apart: the delivery status notification of RFC 3464, and which mail of ours it is about.  It reads what
 * strangers send, so nothing in it is believed but that our Message-ID, which only a recipient can know, did not arrive.
 *
 * Wrong place? What a bounce means: mail_trouble.h.
 */
#ifndef TELEMACHUS_MAIL_MAIL_DSN_H
#define TELEMACHUS_MAIL_MAIL_DSN_H

#include "base/text.h"

enum mail_dsn_action { DSN_OTHER, DSN_FAILED, DSN_DELAYED };
enum { MAIL_DSN_PARTS = 20, MAIL_DSN_LINE = 1000 };

struct mail_dsn_part {
        enum mail_dsn_action action;
        int code;                       /* 550; from the diagnostic, else 500 or 400 by the status; 0: it says neither */
        struct text recipient, said;    /* said: diagnostic with the status before it, UTF-8, at most MAIL_DSN_LINE bytes */
};
struct mail_dsn {
        struct text message_id;         /* of the mail that came back, without brackets; absent: not known */
        size_t n;
        struct mail_dsn_part row[MAIL_DSN_PARTS];
};

/* The machine-readable part: groups of header fields, one group a recipient. Pure; never fails, may find nothing. */
void mail_dsn_fields(struct arena *a, struct text fields, struct mail_dsn *out);

/* The Message-ID among returned headers or a returned mail; absent if there is none. A view. Pure. */
struct text mail_dsn_message_id(struct text headers);

#endif
