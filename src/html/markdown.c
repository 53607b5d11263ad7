/* Markdown of packs, by md4c with raw HTML off; and the plain prose that people write. */
#include "html/html.h"

#include "base/err.h"

#include <ctype.h>
#include <md4c-html.h>
#include <string.h>

struct rendering { struct out out; int shift; };

/* md4c writes "<h1>" and "</h1>" as pieces of their own; their level moves down the page. */
static bool heading(struct rendering *r, const char *s, size_t n)
{
        bool closing = n >= 2 && s[1] == '/';
        size_t at = closing ? 3 : 2;

        if (n < at + 2 || s[0] != '<' || s[at - 1] != 'h' || s[at] < '1' || s[at] > '6' ||
            s[at + 1] != '>')
                return false;
        int level = s[at] - '0' + r->shift;
        out_format(&r->out, "<%sh%d>", closing ? "/" : "", level > 6 ? 6 : level);
        out_bytes(&r->out, s + at + 2, n - at - 2);
        return true;
}

static void piece(const MD_CHAR *s, MD_SIZE n, void *userdata)
{
        struct rendering *r = userdata;

        if (!heading(r, s, n))
                out_bytes(&r->out, s, n);
}

static bool is_safe_link(struct text t)
{
        size_t i = 0;

        while (i < t.n && !strchr("/?#", t.p[i]) && t.p[i] != ':')
                i++;
        if (i == t.n || t.p[i] != ':')
                return !text_starts(t, "//");
        struct text scheme = {.p = t.p, .n = i};
        return text_is(scheme, "http") || text_is(scheme, "https") || text_is(scheme, "mailto") ||
               text_is(scheme, "tel");
}

/* md4c lets any scheme through; what could run something becomes "#". */
static struct text without_unsafe_links(struct arena *a, struct text html)
{
        struct out o = out_new(a, html.n + 16);

        for (size_t i = 0; i < html.n;) {
                struct text rest = {.p = html.p + i, .n = html.n - i};
                size_t skip = text_starts(rest, "<a href=\"")    ? 9
                              : text_starts(rest, "<img src=\"") ? 10
                                                                 : 0;
                const char *end = skip ? memchr(rest.p + skip, '"', rest.n - skip) : NULL;
                if (!end) {
                        out_char(&o, html.p[i++]);
                        continue;
                }
                struct text address = {.p = rest.p + skip, .n = (size_t)(end - rest.p) - skip};
                out_bytes(&o, rest.p, skip);
                out_text(&o, is_safe_link(address) ? address : TEXT("#"));
                i += skip + address.n;
        }
        return out_get(&o);
}

struct markup html_markdown(struct arena *a, struct text markdown, int top_heading)
{
        struct rendering r = {.out = out_new(a, markdown.n * 2 + 64), .shift = top_heading - 1};
        unsigned flags = MD_FLAG_NOHTML | MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH |
                         MD_FLAG_PERMISSIVEURLAUTOLINKS;

        must(md_html(markdown.p ? markdown.p : "", (MD_SIZE)markdown.n, piece, &r, flags, 0) == 0);
        return (struct markup) {without_unsafe_links(a, out_get(&r.out))};
}

/* ---- prose ---- */

static void escaped(struct out *o, struct text t)
{
        struct page pg = {.out = o};

        html_attr(&pg, t);
}

static bool ends_address(unsigned char c) { return c <= ' ' || strchr("<>\"'`", c) != NULL; }

/* The address at the start of t, without the full stop or bracket that follows it in a sentence. */
static size_t address_length(struct text t)
{
        size_t n = 0, scheme = text_starts(t, "https://") ? 8 : text_starts(t, "http://") ? 7 : 0;

        if (!scheme)
                return 0;
        while (n < t.n && !ends_address((unsigned char)t.p[n]))
                n++;
        while (n > scheme && strchr(".,;:!?)]}", t.p[n - 1]))
                n--;
        return n > scheme ? n : 0;
}

static void link(struct out *o, struct text address)
{
        out_c(o, "<a href=\"");
        escaped(o, address);
        out_c(o, "\" rel=\"nofollow noopener\">");
        escaped(o, address);
        out_c(o, "</a>");
}

static void one_line(struct out *o, struct text line)
{
        size_t from = 0, i = 0;

        while (i < line.n) {
                struct text rest = {.p = line.p + i, .n = line.n - i};
                size_t n =
                        i == 0 || !isalnum((unsigned char)line.p[i - 1]) ? address_length(rest) : 0;
                if (!n) {
                        i++;
                        continue;
                }
                escaped(o, (struct text) {.p = line.p + from, .n = i - from});
                link(o, (struct text) {.p = rest.p, .n = n});
                i += n;
                from = i;
        }
        escaped(o, (struct text) {.p = line.p + from, .n = line.n - from});
}

struct markup html_prose(struct arena *a, struct text written)
{
        struct out o = out_new(a, written.n * 2 + 64);
        bool open = false;

        for (struct text rest = written; rest.n;) {
                struct text line = text_trim(text_cut(rest, '\n', &rest));
                if (line.n == 0) {
                        out_c(&o, open ? "</p>\n" : "");
                        open = false;
                        continue;
                }
                out_c(&o, open ? "<br>\n" : "<p>");
                open = true;
                one_line(&o, line);
        }
        out_c(&o, open ? "</p>\n" : "");
        return (struct markup) {out_get(&o)};
}
