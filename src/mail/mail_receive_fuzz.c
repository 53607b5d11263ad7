/*
 * Any bytes as a mail, and as the text of one: whatever comes back is text, without the limits being passed, and reading
 * what was read changes nothing.
 */
#include "mail/mail_receive.h"

#include <setjmp.h>
#include <string.h>

enum { CEILING = 64 * 1024 * 1024 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void check(struct arena *a, const struct mail_in *in)
{
        struct text again = mail_own_words(a, in->body);

        must(text_is_utf8(in->body) && text_equal(in->body, text_trim(in->body)));
        must(again.n <= in->body.n);
        must(!memchr(in->reply_token.n ? in->reply_token.p : "", '@', in->reply_token.n) && in->reply_token.n <= 200);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
        struct arena *volatile a = arena_new(CEILING);
        struct mail_in in;
        jmp_buf full;

        if (setjmp(full) == 0) {
                arena_guard(a, &full);
                /* a copy of the exact size, so that a read past its end is seen */
                struct text raw = {arena_dup(a, data, n), n};
                if (!failed(mail_read(a, raw, &in)))
                        check(a, &in);
                must(mail_own_words(a, raw).n <= n);
        }
        arena_free(a);
        return 0;
}
