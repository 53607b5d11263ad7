/* Packs as archives from outside: whatever comes, it is read or refused, and never leaves its folder. */
#include "content/pack_io.h"

#include <setjmp.h>
#include <string.h>

enum { CEILING = 96 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
        struct arena *volatile a = arena_new(CEILING);
        jmp_buf full;

        if (setjmp(full) == 0) {
                struct pack_problems problems;
                const struct pack *p;

                arena_guard(a, &full);
                if (failed(pack_check_zip(a, (struct text) {arena_dup(a, data, n), n}, NULL, &problems, &p)))
                        must(p == NULL);
                else
                        must(p != NULL || problems.n > 0);
        }
        arena_free(a);
        return 0;
}
