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

static bool separates(char c) { return strchr(",;/", c) != NULL; }

static struct text each(struct arena *a, enum locale l, struct text list, struct text (*turn)(struct arena *a, enum locale l, struct text one))
{
        struct out o = out_new(a, list.n + 32);
        size_t from = 0;

        for (size_t i = 0; i <= list.n; i++) {
                if (i < list.n && !separates(list.p[i]))
                        continue;
                struct text one = text_trim((struct text) {list.p + from, i - from});
                from = i + 1;
                if (one.n == 0)
                        continue;
                out_c(&o, o.n ? ", " : "");
                out_text(&o, turn(a, l, one));
        }
        return text_copy(a, out_get(&o));
}

static struct text into_word(struct arena *a, enum locale l, struct text one) { return is_tag(one) ? name_of(a, l, one) : one; }

/* ---- and back ---- */

/* What rosters and people write most, folded; ICU knows the others, and takes its time. */
static const struct { const char *tag, *english, *german; } common[] = {
        {"ar", "arabic", "arabisch"}, {"bg", "bulgarian", "bulgarisch"}, {"bn", "bengali", "bengalisch"}, {"bs", "bosnian", "bosnisch"},
        {"ca", "catalan", "katalanisch"}, {"cs", "czech", "tschechisch"}, {"da", "danish", "dänisch"}, {"de", "german", "deutsch"},
        {"el", "greek", "griechisch"}, {"en", "english", "englisch"}, {"es", "spanish", "spanisch"}, {"et", "estonian", "estnisch"},
        {"fa", "persian", "persisch"}, {"fi", "finnish", "finnisch"}, {"fr", "french", "französisch"}, {"ga", "irish", "irisch"},
        {"he", "hebrew", "hebräisch"}, {"hi", "hindi", "hindi"}, {"hr", "croatian", "kroatisch"}, {"hu", "hungarian", "ungarisch"},
        {"id", "indonesian", "indonesisch"}, {"it", "italian", "italienisch"}, {"ja", "japanese", "japanisch"}, {"ko", "korean", "koreanisch"},
        {"lt", "lithuanian", "litauisch"}, {"lv", "latvian", "lettisch"}, {"ms", "malay", "malaiisch"}, {"nl", "dutch", "niederländisch"},
        {"no", "norwegian", "norwegisch"}, {"pl", "polish", "polnisch"}, {"pt", "portuguese", "portugiesisch"}, {"ro", "romanian", "rumänisch"},
        {"ru", "russian", "russisch"}, {"sk", "slovak", "slowakisch"}, {"sl", "slovenian", "slowenisch"}, {"sq", "albanian", "albanisch"},
        {"sr", "serbian", "serbisch"}, {"sv", "swedish", "schwedisch"}, {"sw", "swahili", "suaheli"}, {"ta", "tamil", "tamil"},
        {"th", "thai", "thailändisch"}, {"tr", "turkish", "türkisch"}, {"uk", "ukrainian", "ukrainisch"}, {"ur", "urdu", "urdu"},
        {"vi", "vietnamese", "vietnamesisch"}, {"yo", "yoruba", "yoruba"}, {"zh", "chinese", "chinesisch"}, {"zu", "zulu", "zulu"}};

struct text people_language_key(struct text folded)
{
        for (size_t i = 0; i < sizeof common / sizeof common[0]; i++)
                if (text_is(folded, common[i].english) || text_is(folded, common[i].german))
                        return text_of(common[i].tag);
        return folded;
}

static struct text back_to_tag(struct arena *a, enum locale of, struct text word)
{
        struct text folded = text_fold(a, word), key = people_language_key(folded);
        const char *const *all = uloc_getISOLanguages();

        (void)of;
        if (is_tag(word) || !text_equal(key, folded))
                return is_tag(word) ? word : key;
        for (size_t i = 0; all[i]; i++)
                for (int l = 0; l < 2; l++)
                        if (text_equal(text_fold(a, name_of(a, l ? LOCALE_DE : LOCALE_EN, text_of(all[i]))), folded))
                                return text_of(all[i]);
        return word;
}

struct text people_language_tags(struct arena *a, struct text words) { return each(a, LOCALE_EN, words, back_to_tag); }

struct text people_language_words(struct arena *a, enum locale l, struct text languages) { return each(a, l, languages, into_word); }
