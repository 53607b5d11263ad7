#include "mail/mail_trouble_view.h"

struct err mail_trouble_read(struct tx *tx, enum locale l, int64_t person, struct text first_name, struct mail_trouble_view *out)
{
        struct mail_trouble t;

        *out = (struct mail_trouble_view) {.person = person, .first_name = first_name};
        TRY(mail_trouble_of(tx, person, &out->shown, &t));
        if (!out->shown)
                return OK;
        out->stopped = t.stopped;
        out->since = t.since;
        out->waiting = t.waiting;
        out->failed = t.failed;
        out->said = t.said;
        out->address = t.address;
        out->what = mail_failure_words(t.failure);
        out->remedy = mail_failure_remedy(tx_arena(tx), l, t.failure, first_name);
        return OK;
}
