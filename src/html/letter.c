#include "html/letter.h"

#include <string.h>

/* Are we where a line of Markdown begins, or an item of a list? There, "26." and "#" mean
 * something. */
static bool at_line_start(const struct out *o)
{
        size_t n = o->n;

        if (n >= 2 && o->p[n - 1] == ' ' && o->p[n - 2] == '-')
                n -= 2;
        return n == 0 || o->p[n - 1] == '\n';
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* What begins markup inside of a line; and an address, which would become a link. */
static bool means_something(struct text t, size_t i)
{
        char c = t.p[i];

        return strchr("\\`*_[]<&~", c) || (c == ':' && i + 1 < t.n && t.p[i + 1] == '/');
}

/* Where a block could begin: a heading, an item, a quotation, a number with a full stop. */
static bool begins_block(struct text t, size_t i)
{
        if (i == 0 && strchr("#+->=", t.p[0]))
                return true;
        if (t.p[i] != '.' && t.p[i] != ')')
                return false;
        for (size_t k = 0; k < i; k++)
                if (!is_digit(t.p[k]))
                        return false;
        return i > 0;
}

/* Line ends become spaces, so that no value starts a paragraph of its own. */
void html_mail(struct page *pg, struct text t)
{
        bool start = at_line_start(pg->out);

        for (size_t i = 0; i < t.n; i++) {
                char c = t.p[i];
                if ((unsigned char)c < ' ') {
                        out_char(pg->out, ' ');
                        continue;
                }
                if (means_something(t, i) || (start && begins_block(t, i)))
                        out_char(pg->out, '\\');
                out_char(pg->out, c);
        }
}

void html_subject(struct page *pg, struct text t)
{
        for (size_t i = 0; i < t.n; i++)
                out_char(pg->out, (unsigned char)t.p[i] < ' ' ? ' ' : t.p[i]);
}

/* What could end the link, or the line, is percent-encoded. */
void html_mail_address(struct page *pg, struct text t)
{
        if (!text_starts(t, "http://") && !text_starts(t, "https://") &&
            !text_starts(t, "mailto:")) {
                out_char(pg->out, '#');
                return;
        }
        for (size_t i = 0; i < t.n; i++) {
                unsigned char c = (unsigned char)t.p[i];
                if (c <= ' ' || c >= 0x7f || strchr("()<>[]\\\"`", c))
                        out_format(pg->out, "%%%02X", c);
                else
                        out_char(pg->out, (char)c);
        }
}

void html_mail_c(struct page *pg, const char *s) { html_mail(pg, text_of(s)); }
void html_subject_c(struct page *pg, const char *s) { html_subject(pg, text_of(s)); }
void html_mail_address_c(struct page *pg, const char *s) { html_mail_address(pg, text_of(s)); }

static struct text take(struct out *words)
{
        struct text t = text_copy(words->arena, text_trim(out_get(words)));

        words->n = 0;
        return t;
}

struct text html_letter_subject(struct out *words) { return take(words); }

/* Blocks that wrote nothing leave empty lines behind: never more than one in a row. */
struct text html_letter_body(struct out *words)
{
        struct out o = out_new(words->arena, words->n + 2);
        struct text t = take(words);

        for (size_t i = 0; i < t.n; i++)
                if (t.p[i] != '\n' || o.n < 2 || o.p[o.n - 1] != '\n' || o.p[o.n - 2] != '\n')
                        out_char(&o, t.p[i]);
        out_char(&o, '\n');
        return out_get(&o);
}
