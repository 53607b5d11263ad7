#include "http/form.h"

#include "html/messages.h"

#include <string.h>
#include <strings.h>

enum { PAIRS_MAX = 1000, BOUNDARY_MAX = 70 };

static struct err unreadable(void)
{
        return FAIL(ERR_INVALID, M_("The form could not be read"),
                    M_("Load the page again and fill it in there"));
}

static struct err too_many(void)
{
        return FAIL(ERR_LIMIT, M_("The form has too many fields"), M_("Send it in smaller parts"));
}

/* ---- application/x-www-form-urlencoded ---- */

static int hex(char c)
{
        if (c >= '0' && c <= '9')
                return c - '0';
        c |= 0x20;
        return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* A percent sign that introduces nothing stands for itself, as browsers read it. */
struct text form_decode(struct arena *a, struct text t, bool plus)
{
        char *p = arena_alloc(a, t.n + 1);
        size_t n = 0;

        for (size_t i = 0; i < t.n; i++) {
                char c = t.p[i];
                if (c == '%' && i + 2 < t.n && hex(t.p[i + 1]) >= 0 && hex(t.p[i + 2]) >= 0) {
                        c = (char)(hex(t.p[i + 1]) << 4 | hex(t.p[i + 2]));
                        i += 2;
                } else if (c == '+' && plus) {
                        c = ' ';
                }
                p[n++] = c;
        }
        struct text out = {p, n};
        return memchr(p, 0, n) || !text_is_utf8(out) ? TEXT_ABSENT : out;
}

static size_t count_pairs(struct text body)
{
        size_t n = 1;

        for (size_t i = 0; i < body.n; i++)
                n += body.p[i] == '&';
        return n;
}

struct err form_parse_urlencoded(struct arena *a, struct text body, struct form_input **out,
                                 size_t *n)
{
        size_t most = count_pairs(body);
        struct text rest = body;

        *n = 0;
        if (most > PAIRS_MAX)
                return too_many();
        *out = arena_array(a, struct form_input, most);
        while (rest.n) {
                struct text value, pair = text_cut(rest, '&', &rest);
                struct text name = text_cut(pair, '=', &value);
                if (pair.n == 0)
                        continue;
                struct form_input *in = &(*out)[*n];
                in->name = form_decode(a, name, true);
                in->value = value.p ? form_decode(a, value, true) : TEXT("");
                if (!in->name.p || !in->value.p)
                        return unreadable();
                (*n)++;
        }
        return OK;
}

/* ---- multipart/form-data ---- */

/*
 * The value of name="..." or name=... among the parameters of a header; absent if it is not there.
 */
static struct text parameter(struct text header, const char *name)
{
        struct text rest = header;
        size_t length = strlen(name);

        text_cut(rest, ';', &rest);
        while (rest.p) {
                struct text part = text_trim(text_cut(rest, ';', &rest));
                if (part.n <= length || strncasecmp(part.p, name, length) != 0 ||
                    part.p[length] != '=')
                        continue;
                struct text v = {part.p + length + 1, part.n - length - 1};
                if (v.n && v.p[0] == '"') {
                        /*
                         * a quoted value may hold the semicolon that cut it: look for its end in
                         * the whole header
                         */
                        const char *end = memchr(v.p + 1, '"',
                                                 (size_t)(header.p + header.n - v.p - 1));
                        return end ? (struct text) {v.p + 1, (size_t)(end - v.p - 1)} : TEXT_ABSENT;
                }
                return v;
        }
        return TEXT_ABSENT;
}

/* Where "--boundary" begins at or after from; NULL if nowhere. */
static const char *find(struct text body, const char *from, struct text mark)
{
        return memmem(from, (size_t)(body.p + body.n - from), mark.p, mark.n);
}

static struct text header_line(struct text headers, const char *name)
{
        size_t n = strlen(name);
        struct text rest = headers;

        while (rest.p) {
                struct text line = text_trim(text_cut(rest, '\n', &rest));
                if (line.n > n && strncasecmp(line.p, name, n) == 0 && line.p[n] == ':')
                        return (struct text) {line.p + n + 1, line.n - n - 1};
        }
        return TEXT_ABSENT;
}

/*
 * Browsers write a quotation mark in a name as %22. Values that are no files must be text; the form
 * looks at that.
 */
static struct err read_part(struct arena *a, struct text part, struct form_input *in)
{
        const char *gap = memmem(part.p, part.n, "\r\n\r\n", 4);

        if (!gap)
                return unreadable();
        struct text headers = {part.p, (size_t)(gap - part.p)};
        struct text name = parameter(header_line(headers, "Content-Disposition"), "name");
        if (!name.p || !text_is_utf8(name) || memchr(name.p, 0, name.n))
                return unreadable();
        in->name = text_copy(a, name);
        in->value = (struct text) {gap + 4, part.n - (size_t)(gap + 4 - part.p)};
        return OK;
}

static bool mark_of(struct arena *a, struct text type, struct text *mark)
{
        struct text boundary = parameter(type, "boundary");

        if (!boundary.p || boundary.n == 0 || boundary.n > BOUNDARY_MAX)
                return false;
        *mark = text_format(a, "\r\n--%.*s", (int)boundary.n, boundary.p);
        return true;
}

struct err form_parse_multipart(struct arena *a, struct text type, struct text body,
                                struct form_input **out, size_t *n)
{
        struct text mark;

        *n = 0;
        *out = arena_array(a, struct form_input, PAIRS_MAX);
        if (body.n == 0 || !mark_of(a, type, &mark))
                return unreadable();
        struct text first = {mark.p + 2, mark.n - 2};
        const char *at = find(body, body.p, first);
        const char *end = body.p + body.n;
        if (!at)
                return unreadable();
        for (at += first.n; end - at >= 2 && memcmp(at, "--", 2) != 0;) {
                const char *next = find(body, at, mark);
                if (!next || memcmp(at, "\r\n", 2) != 0)
                        return unreadable();
                if (*n == PAIRS_MAX)
                        return too_many();
                /* an empty part's mark may begin at this very line end */
                struct text part = next >= at + 2 ? (struct text) {at + 2, (size_t)(next - at - 2)}
                                                  : TEXT("");
                TRY(read_part(a, part, &(*out)[(*n)++]));
                at = next + mark.n;
        }
        return end - at >= 2 ? OK : unreadable();
}
