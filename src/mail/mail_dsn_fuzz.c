/* Any bytes as the machine-readable part of a bounce and as returned headers: what comes back is text within its limits. */
#include "mail/mail_dsn.h"
#include "mail/mail_trouble.h"

#include <setjmp.h>
#include <string.h>

enum { CEILING = 64 * 1024 * 1024 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void check(const struct mail_dsn *dsn)
{
        must(dsn->n <= MAIL_DSN_PARTS);
        for (size_t i = 0; i < dsn->n; i++) {
                const struct mail_dsn_part *p = &dsn->row[i];
                must(p->code == 0 || (p->code >= 400 && p->code < 600));
                must(text_is_utf8(p->said) && p->said.n <= MAIL_DSN_LINE && text_is_utf8(p->recipient));
                must(mail_failure_word(mail_judge(p->code, p->said)) != NULL);
        }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
        struct arena *volatile a = arena_new(CEILING);
        struct mail_dsn dsn = {0};
        jmp_buf full;

        if (setjmp(full) == 0) {
                arena_guard(a, &full);
                struct text raw = {arena_dup(a, data, n), n};
                mail_dsn_fields(a, raw, &dsn);
                check(&dsn);
                struct text id = mail_dsn_message_id(raw);
                must(id.n <= n && !memchr(id.n ? id.p : "", '\n', id.n));
                mail_judge(0, raw);
                mail_judge(550, raw);
        }
        arena_free(a);
        return 0;
}
