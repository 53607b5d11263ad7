/*
 * A mail that came in, taken apart within limits.  It knows nothing of pairs: conversations/ files what this finds.
 */
#ifndef TELEMACHUS_MAIL_MAIL_RECEIVE_H
#define TELEMACHUS_MAIL_MAIL_RECEIVE_H

#include "base/err.h"
#include "base/text.h"
#include "mail/mail_dsn.h"

enum { MAIL_IN_BYTES = 2 << 20, MAIL_IN_PARTS = 50, MAIL_IN_DEPTH = 8 };

struct mail_in {
        struct text message_id;         /* without brackets; absent: the mail has none */
        struct text from;               /* address of the From header, folded */
        struct text reply_token;        /* of reply+TOKEN@..., from To, Cc, Delivered-To or X-Original-To; absent: none */
        struct text subject;
        struct text body;               /* what the person wrote: no quotation, no signature */
        bool automatic;                 /* out-of-office, bounce, list: nobody wrote it */
        struct mail_dsn dsn;            /* a bounce, when dsn.n is not 0; then the body may be empty */
};

/* Invalid if it is no mail or has no readable text; limit if it is too large or too deep. Pure. */
struct err mail_read(struct arena *a, struct text raw, struct mail_in *out);

/* What stands above the quotation and the signature of a plain text. */
struct text mail_own_words(struct arena *a, struct text body);

/* What an HTML mail shows as text, up to where it quotes. */
struct text mail_words_of_html(struct arena *a, struct text html);

#endif
