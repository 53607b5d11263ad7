#include "http/http_inside.h"

#include <string.h>

struct text cookie_find(struct text header, const char *name)
{
        struct text rest = header;

        while (rest.p) {
                struct text value, pair = text_trim(text_cut(rest, ';', &rest));
                if (text_is(text_trim(text_cut(pair, '=', &value)), name) && value.p)
                        return text_trim(value);
        }
        return TEXT_ABSENT;
}

/*
 * The prefix makes browsers refuse one that another host of the domain has set. It works over https
 * only.
 */
const char *cookie_name(const struct http *h, const char *plain)
{
        static const struct { const char *plain, *secure; } names[] = {
                {"tm_session", "__Host-tm_session"}, {"tm_visit", "__Host-tm_visit"},
                {"tm_flash", "__Host-tm_flash"}, {"tm_draft", "__Host-tm_draft"},
        };

        for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
                if (strcmp(names[i].plain, plain) == 0)
                        return h->secure ? names[i].secure : names[i].plain;
        must(!"a cookie without a name");
}

struct text cookie_set(struct http_parts *x, const char *plain, struct text value, int64_t max_age)
{
        struct out o = out_new(x->arena, value.n + 128);

        out_c(&o, cookie_name(x->http, plain));
        out_char(&o, '=');
        out_text(&o, value);
        out_c(&o, "; Path=/; HttpOnly; SameSite=Lax");
        if (x->http->secure)
                out_c(&o, "; Secure");
        if (max_age >= 0)
                out_format(&o, "; Max-Age=%lld", (long long)max_age);
        return out_get(&o);
}
