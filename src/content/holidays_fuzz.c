/* Any bytes as a table of holidays: it is read or refused, and what is read has its days in order and within its years. */
#include "content/holidays.h"

#include <setjmp.h>

enum { CEILING = 64 * 1024 * 1024 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
        struct arena *volatile a = arena_new(CEILING);
        struct holidays h = {0};
        jmp_buf full;

        if (setjmp(full) == 0) {
                arena_guard(a, &full);
                struct text raw = {arena_dup(a, data, n), n};
                if (!failed(holidays_read(a, "fuzz", raw, &h)))
                        for (size_t i = 0; i < h.n; i++)
                                for (size_t k = 1; k < h.row[i].n; k++)
                                        must(h.row[i].day[k - 1] <= h.row[i].day[k]);
        }
        arena_free(a);
        return 0;
}
