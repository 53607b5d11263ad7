#include "html/letter.h"

#include <string.h>

/* Everything that could begin markup gets a backslash; line ends become spaces, so that no value starts a block. */
void html_mail(struct page *pg, struct text t)
{
        for (size_t i = 0; i < t.n; i++) {
                char c = t.p[i];
                if (c == '\n' || c == '\r' || c == 0)
                        c = ' ';
                if (strchr("\\`*_{}[]()<>#+-.!|~&:@", c))
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
        if (!text_starts(t, "http://") && !text_starts(t, "https://") && !text_starts(t, "mailto:")) {
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
