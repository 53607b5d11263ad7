/* Anything may be in an organisation's skills.txt: it is read, or refused with its line. */
#include "matching/matching_skills.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
        struct arena *a = arena_new((size_t)1 << 28);
        struct matching_skills s = {0};
        struct text file = {.p = arena_dup(a, data, n), .n = n};
        struct err e = matching_skills_read(a, "skills.txt", file, &s);

        must(!failed(e) || (err_is(e, ERR_INVALID) && strncmp(e.place, "skills.txt:", 11) == 0));
        for (int32_t k = 0; k < s.n; k++) {
                must(s.row[k].broader < k && s.row[k].depth <= 2);
                must((s.row[k].broader < 0) == (s.row[k].depth == 0));
                must(matching_skills_path(&s, k).id[0] == k + 1);
        }
        must(matching_skills_find(&s, a, text_first_chars(file, 100)) < s.n);
        arena_free(a);
        return 0;
}
