#include "html/html.h"

#include <stdio.h>
#include <string.h>

/* What a byte becomes between tags; attributes use the same table with quotes. NULL: itself. */
static const char *const in_text[256] = {
        ['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", [0] = "\ufffd"};
static const char *const in_attr[256] = {['&'] = "&amp;",  ['<'] = "&lt;",   ['>'] = "&gt;",
                                         ['"'] = "&quot;", ['\''] = "&#39;", [0] = "\ufffd"};

/* Runs of harmless bytes are copied at once; most text has nothing else. */
static void escape(struct page *pg, struct text t, const char *const table[256])
{
        size_t from = 0;

        for (size_t i = 0; i < t.n; i++) {
                const char *instead = table[(unsigned char)t.p[i]];
                if (!instead)
                        continue;
                out_bytes(pg->out, t.p + from, i - from);
                out_c(pg->out, instead);
                from = i + 1;
        }
        if (from < t.n)
                out_bytes(pg->out, t.p + from, t.n - from);
}

void html_text(struct page *pg, struct text t) { escape(pg, t, in_text); }
void html_attr(struct page *pg, struct text t) { escape(pg, t, in_attr); }

static bool is_unreserved(unsigned char c)
{
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               strchr("-._~", c ? c : '/');
}

void html_url(struct page *pg, struct text t)
{
        static const char hex[] = "0123456789ABCDEF";
        char *to = out_reserve(pg->out, t.n * 3);
        char *p = to;

        for (size_t i = 0; i < t.n; i++) {
                unsigned char c = (unsigned char)t.p[i];
                if (is_unreserved(c)) {
                        *p++ = (char)c;
                        continue;
                }
                *p++ = '%';
                *p++ = hex[c >> 4];
                *p++ = hex[c & 15];
        }
        pg->out->n += (size_t)(p - to);
}

void html_put_c(struct page *pg, const char *s) { html_text(pg, text_of(s)); }
void html_attr_c(struct page *pg, const char *s) { html_attr(pg, text_of(s)); }
void html_url_c(struct page *pg, const char *s) { html_url(pg, text_of(s)); }
void html_put_int(struct page *pg, int64_t v) { out_int(pg->out, v); }
void html_put_markup(struct page *pg, struct markup m) { out_text(pg->out, m.html); }

void html_put_double(struct page *pg, double v)
{
        char s[64];
        int n = snprintf(s, sizeof s, "%.2f", v);

        for (char *p = s; *p; p++)
                if (*p == ',')
                        *p = '.';
        while (n > 1 && s[n - 1] == '0')
                n--;
        n -= n > 1 && s[n - 1] == '.';
        out_bytes(pg->out, s, (size_t)n);
}

/* "//host" and "/\host" lead elsewhere than they seem to, and browsers drop tabs and line ends
 * before they look. */
static bool is_address(struct text t)
{
        for (size_t i = 0; i < t.n; i++)
                if ((unsigned char)t.p[i] < ' ')
                        return false;
        if (text_starts(t, "/"))
                return t.n == 1 || (t.p[1] != '/' && t.p[1] != '\\');
        return text_starts(t, "http://") || text_starts(t, "https://") ||
               text_starts(t, "mailto:") || text_starts(t, "tel:");
}

void html_address(struct page *pg, struct text t) { html_attr(pg, is_address(t) ? t : TEXT("#")); }
void html_address_c(struct page *pg, const char *s) { html_address(pg, text_of(s)); }

void html_count(struct page *pg, int64_t n)
{
        out_text(pg->out, format_count(page_arena(pg), pg->locale, n));
}

/* ---- dates ---- */

struct text html_text_day(const struct page *pg, int64_t day)
{
        return format_day(page_arena(pg), pg->locale, day);
}
struct text html_text_day_week(const struct page *pg, int64_t day)
{
        return format_day_week(page_arena(pg), pg->locale, day);
}
struct text html_text_day_year(const struct page *pg, int64_t day)
{
        return format_day_year(page_arena(pg), pg->locale, day);
}
struct text html_text_time(const struct page *pg, int64_t t)
{
        return format_time(page_arena(pg), pg->locale, pg->zone, t);
}
struct text html_text_moment(const struct page *pg, int64_t t)
{
        return format_moment(page_arena(pg), pg->locale, pg->zone, t);
}
struct text html_text_ago(const struct page *pg, int64_t t)
{
        return format_ago(page_arena(pg), pg->locale, pg->zone, t, pg->now);
}
struct text html_text_percent(const struct page *pg, double share)
{
        return format_percent(page_arena(pg), pg->locale, share);
}

struct text html_text_number(const struct page *pg, double v)
{
        return format_number(page_arena(pg), pg->locale, v,
                             v * 10 - (double)(int64_t)v * 10 == 0 ? 0 : 1);
}

static void time_element(struct page *pg, struct text iso, struct text words)
{
        out_c(pg->out, "<time datetime=\"");
        out_text(pg->out, iso);
        out_c(pg->out, "\">");
        html_text(pg, words);
        out_c(pg->out, "</time>");
}

static struct text iso_day(const struct page *pg, int64_t day)
{
        return format_iso_day(page_arena(pg), day);
}
static struct text iso_time(const struct page *pg, int64_t t)
{
        return format_iso(page_arena(pg), pg->zone, t);
}

void html_day(struct page *pg, int64_t day)
{
        time_element(pg, iso_day(pg, day), html_text_day(pg, day));
}
void html_day_week(struct page *pg, int64_t day)
{
        time_element(pg, iso_day(pg, day), html_text_day_week(pg, day));
}
void html_day_year(struct page *pg, int64_t day)
{
        time_element(pg, iso_day(pg, day), html_text_day_year(pg, day));
}
void html_time(struct page *pg, int64_t t)
{
        time_element(pg, iso_time(pg, t), html_text_time(pg, t));
}
void html_moment(struct page *pg, int64_t t)
{
        time_element(pg, iso_time(pg, t), html_text_moment(pg, t));
}
void html_ago(struct page *pg, int64_t t)
{
        time_element(pg, iso_time(pg, t), html_text_ago(pg, t));
}
