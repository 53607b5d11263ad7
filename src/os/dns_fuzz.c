/* Any bytes as a reply of the DNS: nothing is read outside of them, and what comes back is printable. */
#include "base/arena.h"
#include "os/dns.h"

#include <setjmp.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
        struct arena *volatile a = arena_new((size_t)16 << 20);
        struct dns_answers got;
        jmp_buf full;

        if (n && setjmp(full) == 0) {
                arena_guard(a, &full);
                unsigned char *copy = (unsigned char *)arena_dup(a, data + 1, n - 1);
                if (dns_read(a, copy, n - 1, data[0] & 1 ? DNS_TXT : DNS_MX, &got))
                        for (size_t i = 0; i < got.n; i++)
                                for (size_t k = 0; k < got.row[i].n; k++)
                                        must(got.row[i].p[k] >= ' ' && got.row[i].p[k] < 0x7f);
        }
        arena_free(a);
        return 0;
}
