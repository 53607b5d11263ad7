/* A name taken out of what others wrote. */
#include "base/out.h"
#include "people/people_erase.h"

#include <string.h>

static const char BLOT[] = "[\xe2\x80\xa6]";

static bool is_letter(unsigned char c)
{
        return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* The longest of the names that stands at i as a whole word; 0: none. */
static size_t name_at(struct text t, size_t i, const struct text *names, size_t n)
{
        size_t longest = 0;

        for (size_t k = 0; k < n; k++) {
                size_t end = i + names[k].n;
                if (names[k].n < 2 || names[k].n <= longest || end > t.n || memcmp(t.p + i, names[k].p, names[k].n) != 0)
                        continue;
                if ((i == 0 || !is_letter((unsigned char)t.p[i - 1])) && (end == t.n || !is_letter((unsigned char)t.p[end])))
                        longest = names[k].n;
        }
        return longest;
}

struct text people_blot(struct arena *a, struct text words, const struct text *names, size_t n)
{
        struct out o = out_new(a, words.n + 64);
        bool any = false;

        for (size_t i = 0; i < words.n;) {
                size_t length = name_at(words, i, names, n);
                if (length)
                        out_c(&o, BLOT);
                else
                        out_char(&o, words.p[i]);
                any = any || length;
                i += length ? length : 1;
        }
        return any ? out_get(&o) : TEXT_ABSENT;
}
