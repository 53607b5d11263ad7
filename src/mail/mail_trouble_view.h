/* "Mail does not arrive", as any page of the desk shows it. */
#ifndef TELEMACHUS_MAIL_MAIL_TROUBLE_VIEW_H
#define TELEMACHUS_MAIL_MAIL_TROUBLE_VIEW_H

#include "html/html.h"
#include "mail/mail_trouble.h"

struct mail_trouble_view {
        bool shown, stopped;
        int64_t person, since, waiting, failed;
        const char *what;               /* catalogue key */
        struct text first_name, remedy, said, address;
};

/* shown false: mail arrives, as far as we know. */
struct err mail_trouble_read(struct tx *tx, enum locale l, int64_t person, struct text first_name, struct mail_trouble_view *out);

#endif
