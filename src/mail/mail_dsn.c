#include "mail/mail_dsn.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* ---- header fields, folded ones put together ---- */

static struct text next_line(struct text *rest)
{
        struct text line = text_cut(*rest, '\n', rest);

        while (line.n && line.p[line.n - 1] == '\r')
                line.n--;
        return line;
}

static bool is_folded(struct text t) { return t.n && (t.p[0] == ' ' || t.p[0] == '\t'); }

/* Only what a page may show: printable and UTF-8; anything else becomes a space. */
static struct text clean(struct arena *a, struct text t)
{
        char *p = arena_dup(a, t.n ? t.p : "", t.n);
        struct text out = {p, t.n < MAIL_DSN_LINE ? t.n : MAIL_DSN_LINE};
        bool utf8 = text_is_utf8(out);

        for (size_t i = 0; i < out.n; i++)
                if ((unsigned char)p[i] < ' ' || p[i] == 0x7f || (!utf8 && (unsigned char)p[i] > 0x7e))
                        p[i] = ' ';
        return text_copy(a, text_trim(out));
}

/* "Name: value" and the lines that go on with it. Empty name at a blank line or the end. */
static struct text next_field(struct arena *a, struct text *rest, struct text *value)
{
        struct text line = next_line(rest), name = text_cut(line, ':', value);

        *value = value->p ? text_trim(*value) : TEXT("");
        while (rest->p && is_folded(*rest)) {
                struct text more = text_trim(next_line(rest));
                if (value->n + more.n < MAIL_DSN_LINE)
                        *value = text_format(a, "%.*s %.*s", (int)value->n, value->n ? value->p : "", (int)more.n, more.n ? more.p : "");
        }
        return text_trim(name);
}

static bool names(struct text name, const char *wanted) { return name.n == strlen(wanted) && strncasecmp(name.p, wanted, name.n) == 0; }

/* "rfc822; ben@example.org" -> "ben@example.org" */
static struct text behind_type(struct text value)
{
        struct text rest;

        text_cut(value, ';', &rest);
        return rest.p ? text_trim(rest) : value;
}

/* ---- a recipient ---- */

struct group { struct text recipient, action, status, diagnostic; bool any; };

static enum mail_dsn_action action_of(struct text word)
{
        if (word.n >= 6 && strncasecmp(word.p, "failed", 6) == 0)
                return DSN_FAILED;
        return word.n >= 7 && strncasecmp(word.p, "delayed", 7) == 0 ? DSN_DELAYED : DSN_OTHER;
}

/* The first three digits that can be an answer of SMTP, standing alone. */
static int code_in(struct text t)
{
        for (size_t i = 0; i + 2 < t.n; i++) {
                bool alone = (i == 0 || !isalnum((unsigned char)t.p[i - 1])) && (i + 3 == t.n || t.p[i + 3] == ' ' || t.p[i + 3] == '-');
                if (alone && (t.p[i] == '4' || t.p[i] == '5') && isdigit((unsigned char)t.p[i + 1]) && isdigit((unsigned char)t.p[i + 2]))
                        return (t.p[i] - '0') * 100 + (t.p[i + 1] - '0') * 10 + t.p[i + 2] - '0';
        }
        return 0;
}

static int code_of(const struct group *g)
{
        int code = code_in(g->diagnostic);

        if (code)
                return code;
        return g->status.n && g->status.p[0] == '5' ? 500 : g->status.n && g->status.p[0] == '4' ? 400 : 0;
}

static void end_group(struct arena *a, struct group *g, struct mail_dsn *out)
{
        if (g->any && g->action.n && out->n < MAIL_DSN_PARTS)
                out->row[out->n++] = (struct mail_dsn_part) {
                        .action = action_of(g->action), .code = code_of(g), .recipient = clean(a, behind_type(g->recipient)),
                        .said = clean(a, text_format(a, "%.*s %.*s", (int)g->status.n, g->status.n ? g->status.p : "",
                                                     (int)g->diagnostic.n, g->diagnostic.n ? g->diagnostic.p : ""))};
        *g = (struct group) {0};
}

void mail_dsn_fields(struct arena *a, struct text fields, struct mail_dsn *out)
{
        struct group g = {0};
        struct text value;

        while (fields.p && fields.n) {
                struct text name = next_field(a, &fields, &value);
                if (text_empty(name))
                        end_group(a, &g, out);
                else if (names(name, "Final-Recipient") || (names(name, "Original-Recipient") && !g.recipient.n))
                        g.recipient = value;
                else if (names(name, "Action"))
                        g.action = value;
                else if (names(name, "Status"))
                        g.status = value;
                else if (names(name, "Diagnostic-Code"))
                        g.diagnostic = behind_type(value);
                g.any = g.any || g.recipient.n;
        }
        end_group(a, &g, out);
}

/* ---- which mail ---- */

struct text mail_dsn_message_id(struct text headers)
{
        while (headers.p && headers.n) {
                struct text line = next_line(&headers), value, name = text_cut(line, ':', &value);
                if (!names(text_trim(name), "Message-ID") || !value.p)
                        continue;
                if (text_empty(text_trim(value)) && is_folded(headers))
                        value = next_line(&headers);
                value = text_trim(value);
                if (value.n > 2 && value.p[0] == '<' && value.p[value.n - 1] == '>')
                        return (struct text) {value.p + 1, value.n - 2};
        }
        return TEXT_ABSENT;
}
