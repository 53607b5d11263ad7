/* Any bytes pasted as addresses: what is read has an address with something on both sides of its @, and a name. */
#include "recruiting/recruiting_rules.h"

#include <setjmp.h>
#include <string.h>

enum { CEILING = 16 * 1024 * 1024 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void read_line(struct arena *a, struct text line)
{
        struct recruiting_addressee to;
        struct text skill[RECRUITING_SKILLS], again[RECRUITING_SKILLS];

        if (recruiting_read_addressee(a, line, &to)) {
                must(memchr(to.email.p, '@', to.email.n) && to.email.p[0] != '@' && to.email.p[to.email.n - 1] != '@');
                must(!memchr(to.email.p, ' ', to.email.n) && !memchr(to.email.p, '<', to.email.n));
                must(to.first_name.n > 0);
        }
        recruiting_split(a, line, skill);
        struct text lines = recruiting_join(a, skill);
        recruiting_split(a, lines, again);
        must(lines.p || text_empty(again[0]));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
        struct arena *a = arena_new(CEILING);
        jmp_buf full;

        if (setjmp(full) == 0) {
                arena_guard(a, &full);
                read_line(a, text_copy(a, (struct text) {(const char *)data, n}));
        }
        arena_free(a);
        return 0;
}
