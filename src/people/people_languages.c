/*
 * Languages as people and rosters write them, in the reader's words: "pt,en" is Portuguese,
 * English.
 */
#include "base/out.h"
#include "people/people.h"

#include <string.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>

enum { TAG_MOST = 12, NAME_MOST = 64 };

/* "en", "pt-BR": letters, then parts behind hyphens. A word like "English" is no tag. */
static bool is_tag(struct text t)
{
        size_t first = 0;

        while (first < t.n && ((t.p[first] | 32) >= 'a' && (t.p[first] | 32) <= 'z'))
                first++;
        return (first == 2 || first == 3) && t.n < TAG_MOST && (first == t.n || t.p[first] == '-');
}

/* What ICU calls a language; the tag itself if it has never heard of it. */
static struct text name_of(struct arena *a, enum locale l, struct text tag)
{
        UErrorCode e = U_ZERO_ERROR;
        UChar name[NAME_MOST];
        char utf8[NAME_MOST * 3];
        int32_t n = uloc_getDisplayLanguage(text_c(a, tag), l == LOCALE_DE ? "de" : "en_GB", name,
                                            NAME_MOST, &e);

        if (U_FAILURE(e) || n <= 0 || n >= NAME_MOST)
                return tag;
        u_strToUTF8(utf8, sizeof utf8, NULL, name, n, &e);
        return U_FAILURE(e) ? tag : text_copy(a, text_of(utf8));
}

struct text people_language_words(struct arena *a, enum locale l, struct text languages)
{
        struct out o = out_new(a, languages.n + 32);
        size_t from = 0;

        for (size_t i = 0; i <= languages.n; i++) {
                if (i < languages.n && !strchr(",;/", languages.p[i]))
                        continue;
                struct text one = text_trim((struct text) {languages.p + from, i - from});
                from = i + 1;
                if (one.n == 0)
                        continue;
                out_c(&o, o.n ? ", " : "");
                out_text(&o, is_tag(one) ? name_of(a, l, one) : one);
        }
        return text_copy(a, out_get(&o));
}
