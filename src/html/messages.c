#include "html/messages.h"

#include "base/out.h"
#include "html/catalogue.h"
#include "html/format.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static int compare_row(const void *key, const void *row)
{
        return strcmp(key, ((const struct msg_row *)row)->en);
}

static const struct msg_row *find(const char *english)
{
        return bsearch(english, msg_rows, msg_row_count, sizeof msg_rows[0], compare_row);
}

const char *msg(enum locale l, const char *english)
{
        const struct msg_row *row;

        if (l == LOCALE_EN || !english)
                return english;
        row = find(english);
        if (!row)
                return english;
        return l == LOCALE_DE ? row->de : row->pseudo;
}

bool msg_known(const char *english) { return find(english) != NULL; }

/* The value of the hole, or NULL if the pairs have none of that name. */
static const struct text *value_of(const char *name, size_t n, const char *const *names,
                                   const struct text *values, size_t count)
{
        for (size_t i = 0; i < count; i++)
                if (strlen(names[i]) == n && memcmp(names[i], name, n) == 0)
                        return &values[i];
        return NULL;
}

static struct text fill(struct arena *a, const char *sentence, const char *const *names,
                        const struct text *values, size_t count)
{
        struct out o = out_new(a, strlen(sentence) + 64);

        while (*sentence) {
                const char *end = *sentence == '{' ? strchr(sentence, '}') : NULL;
                const struct text *v = end ? value_of(sentence + 1, (size_t)(end - sentence) - 1,
                                                      names, values, count)
                                           : NULL;
                if (v) {
                        out_text(&o, *v);
                        sentence = end + 1;
                } else {
                        out_char(&o, *sentence++);
                }
        }
        return out_get(&o);
}

struct text msg_with(struct arena *a, enum locale l, const char *english, ...)
{
        const char *names[16];
        struct text values[16];
        size_t n = 0;
        va_list ap;

        va_start(ap, english);
        for (const char *name = va_arg(ap, const char *); name && n < 16;
             name = va_arg(ap, const char *)) {
                names[n] = name;
                values[n++] = va_arg(ap, struct text);
        }
        va_end(ap);
        return fill(a, msg(l, english), names, values, n);
}

static int compare_plural(const void *key, const void *row)
{
        const char *const *forms = key;
        const struct msg_plural_row *r = row;
        int c = strcmp(forms[0], r->one);

        return c ? c : strcmp(forms[1], r->other);
}

/* English, German and the pseudo-locale have the same rule: one is for exactly one. */
static const char *plural_form(enum locale l, int64_t n, const char *one, const char *other)
{
        const char *const key[] = {one, other};
        const struct msg_plural_row *row = bsearch(key, msg_plural_rows, msg_plural_row_count,
                                                   sizeof msg_plural_rows[0], compare_plural);

        if (l == LOCALE_EN)
                return n == 1 ? one : other;
        if (!row)       /* written as two sentences: M_("one day"), M_("{n} days") */
                return msg(l, n == 1 ? one : other);
        return l == LOCALE_DE ? row->de[n != 1] : row->pseudo[n != 1];
}

struct text msg_plural(struct arena *a, enum locale l, int64_t n, const char *one,
                       const char *other)
{
        const char *const names[] = {"n"};
        const struct text values[] = {format_count(a, l, n)};

        return fill(a, plural_form(l, n, one, other), names, values, 1);
}

enum locale locale_of(struct text tag, enum locale otherwise)
{
        size_t n = 0;

        if (tag.n == 5 && strncasecmp(tag.p, "en-XA", 5) == 0)
                return LOCALE_PSEUDO;
        while (n < tag.n && tag.p[n] != '-' && tag.p[n] != '_')
                n++;
        if (n == 2 && strncasecmp(tag.p, "de", 2) == 0)
                return LOCALE_DE;
        if (n == 2 && strncasecmp(tag.p, "en", 2) == 0)
                return LOCALE_EN;
        return otherwise;
}

const char *locale_tag(enum locale l)
{
        static const char *const tags[LOCALES] = {"en", "de", "en-XA"};

        return tags[l];
}
