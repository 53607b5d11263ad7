/* What a person wrote, out of what a mail program made of it: no quotation, no signature, no markup. */
#include "mail/mail_receive.h"

#include "base/out.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- the end of a person's own words ---- */

struct lines { size_t n; struct text *row; };

static struct lines lines_of(struct arena *a, struct text body)
{
        struct lines l = {0};
        size_t most = 1;

        for (size_t i = 0; i < body.n; i++)
                most += body.p[i] == '\n';
        l.row = arena_array(a, struct text, most);
        for (struct text rest = body; rest.p;) {
                struct text line = text_cut(rest, '\n', &rest);
                if (line.n && line.p[line.n - 1] == '\r')
                        line.n--;
                l.row[l.n++] = line;
        }
        return l;
}

static struct text line_at(const struct lines *l, size_t i) { return i < l->n ? text_trim(l->row[i]) : TEXT_ABSENT; }

static bool starts_with_one_of(struct text line, const char *const *words)
{
        while (*words && !text_starts(line, *words))
                words++;
        return *words != NULL;
}

static bool quotation_follows(const struct lines *l, size_t i)
{
        while (i < l->n && text_empty(line_at(l, i)))
                i++;
        return text_starts(line_at(l, i), ">");
}

static bool ends_with_colon(struct text line) { return line.n && line.p[line.n - 1] == ':'; }

/* "On Thursday, Ana wrote:" before a quotation, in any language; when it is broken into two or three lines, in ours. */
static bool attribution(const struct lines *l, size_t i)
{
        static const char *const begins[] = {"On ", "Am ", NULL};

        if (ends_with_colon(line_at(l, i)) && quotation_follows(l, i + 1))
                return true;
        if (!starts_with_one_of(line_at(l, i), begins))
                return false;
        for (size_t k = i + 1; k < i + 3 && !text_empty(line_at(l, k)); k++)
                if (ends_with_colon(line_at(l, k)) && quotation_follows(l, k + 1))
                        return true;
        return false;
}

/* Outlook puts the head of the mail above it, without any mark. */
static bool head_of_mail(const struct lines *l, size_t i)
{
        static const char *const from[] = {"From:", "Von:", "*From:*", "*Von:*", NULL};
        static const char *const sent[] = {"Sent:", "Date:", "Gesendet:", "Datum:", "*Sent:*", "*Date:*", "*Gesendet:*", "*Datum:*", NULL};

        return starts_with_one_of(line_at(l, i), from) && starts_with_one_of(line_at(l, i + 1), sent);
}

/* What telephones write under a mail, when nothing but a quotation or the end comes behind it. */
static bool telephone(const struct lines *l, size_t i)
{
        static const char *const marks[] = {"Sent from my ", "Von meinem ", "Get Outlook for ", "Holen Sie sich Outlook ", NULL};

        return starts_with_one_of(line_at(l, i), marks) && text_empty(line_at(l, i + 1)) && (i == 0 || text_empty(line_at(l, i - 1)));
}

static bool ends_here(const struct lines *l, size_t i)
{
        static const char *const marks[] = {">", "-----Original", "-----Ursprüngliche", "________", NULL};

        return starts_with_one_of(line_at(l, i), marks) || text_is(l->row[i], "-- ") || text_is(l->row[i], "--") ||
               attribution(l, i) || head_of_mail(l, i) || telephone(l, i);
}

struct text mail_own_words(struct arena *a, struct text body)
{
        struct out o = out_new(a, body.n + 1);
        struct lines l = lines_of(a, body);

        for (size_t i = 0; i < l.n && !ends_here(&l, i); i++) {
                out_text(&o, l.row[i]);
                out_char(&o, '\n');
        }
        return text_copy(a, text_trim(out_get(&o)));
}

/* ---- HTML ---- */

static void put_utf8(struct out *o, unsigned long c)
{
        if (c < 0x20 || c > 0x10ffff || (c >= 0xd800 && c < 0xe000)) {
                out_char(o, ' ');
        } else if (c < 0x80) {
                out_char(o, (char)c);
        } else if (c < 0x800) {
                out_char(o, (char)(0xc0 | c >> 6));
                out_char(o, (char)(0x80 | (c & 0x3f)));
        } else if (c < 0x10000) {
                out_char(o, (char)(0xe0 | c >> 12));
                out_char(o, (char)(0x80 | (c >> 6 & 0x3f)));
                out_char(o, (char)(0x80 | (c & 0x3f)));
        } else {
                out_char(o, (char)(0xf0 | c >> 18));
                out_char(o, (char)(0x80 | (c >> 12 & 0x3f)));
                out_char(o, (char)(0x80 | (c >> 6 & 0x3f)));
                out_char(o, (char)(0x80 | (c & 0x3f)));
        }
}

/* The entity at the beginning of t, which is zero-terminated text: its length, or 0 if there is none. */
static size_t entity(struct out *o, struct text t)
{
        static const struct { const char *name, *text; } known[] = {
                {"&nbsp;", " "}, {"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&apos;", "'"},
                {"&auml;", "ä"}, {"&ouml;", "ö"}, {"&uuml;", "ü"}, {"&Auml;", "Ä"}, {"&Ouml;", "Ö"}, {"&Uuml;", "Ü"},
                {"&szlig;", "ß"}, {"&eacute;", "é"}, {"&egrave;", "è"}, {"&rsquo;", "’"}, {"&lsquo;", "‘"}, {"&ldquo;", "“"},
                {"&rdquo;", "”"}, {"&bdquo;", "„"}, {"&ndash;", "–"}, {"&mdash;", "—"}, {"&hellip;", "…"}, {"&euro;", "€"}};

        for (size_t k = 0; k < sizeof known / sizeof known[0]; k++)
                if (text_starts(t, known[k].name)) {
                        out_c(o, known[k].text);
                        return strlen(known[k].name);
                }
        if (!text_starts(t, "&#"))
                return 0;
        bool hex = t.n > 2 && (t.p[2] == 'x' || t.p[2] == 'X');
        char digits[9] = "";
        size_t from = hex ? 3 : 2, n = 0;
        while (n < 8 && from + n < t.n && strchr(hex ? "0123456789abcdefABCDEF" : "0123456789", t.p[from + n]) && t.p[from + n])
                n++;
        if (n == 0 || from + n >= t.n || t.p[from + n] != ';')
                return 0;
        memcpy(digits, t.p + from, n);
        put_utf8(o, strtoul(digits, NULL, hex ? 16 : 10));
        return from + n + 1;
}

static bool is_tag(struct text tag, const char *name)
{
        size_t n = strlen(name);

        return tag.n > n && strncasecmp(tag.p, name, n) == 0 && (strchr(" \t\r\n/>", tag.p[n]) != NULL);
}

/* Where nothing that follows was written now: what mail programs call their quotations. */
static bool begins_quotation(struct text tag)
{
        static const char *const names[] = {"gmail_quote", "divRplyFwdMsg", "appendonsend", "moz-cite-prefix", "yahoo_quoted"};

        for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
                if (memmem(tag.p, tag.n, names[i], strlen(names[i])))
                        return true;
        return is_tag(tag, "<blockquote");
}

/* How much stands here that is not shown: a comment, or an element with all of its contents. 0: none. */
static size_t hidden(struct text t)
{
        static const char *const names[] = {"style", "script", "head", "title"};
        char open[16], close[16];

        if (text_starts(t, "<!--")) {
                const char *end = memmem(t.p, t.n, "-->", 3);
                return end ? (size_t)(end - t.p) + 3 : t.n;
        }
        for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
                strcat(strcpy(open, "<"), names[i]);
                strcat(strcpy(close, "</"), names[i]);
                if (!is_tag(t, open))
                        continue;
                for (size_t k = 0; k + strlen(close) < t.n; k++)
                        if (strncasecmp(t.p + k, close, strlen(close)) == 0)
                                return k;
                return t.n;
        }
        return 0;
}

static bool ends_a_line(struct text tag)
{
        return is_tag(tag, "<br") || is_tag(tag, "</p") || is_tag(tag, "</div") || is_tag(tag, "</li") || is_tag(tag, "</tr");
}

struct text mail_words_of_html(struct arena *a, struct text html)
{
        struct out o = out_new(a, html.n + 1);

        for (size_t i = 0; i < html.n;) {
                struct text here = {html.p + i, html.n - i};
                size_t n;
                if (*here.p == '<' && (n = hidden(here)) > 0) {
                        i += n;
                } else if (*here.p == '<') {
                        const char *end = memchr(here.p, '>', here.n);
                        struct text tag = {here.p, end ? (size_t)(end - here.p) + 1 : here.n};
                        if (begins_quotation(tag))
                                break;
                        if (ends_a_line(tag))
                                out_char(&o, '\n');
                        i += tag.n;
                } else if (*here.p == '&' && (n = entity(&o, here)) > 0) {
                        i += n;
                } else {
                        out_char(&o, html.p[i++]);
                }
        }
        return out_get(&o);
}
