/*
 * Forms carry a secret of the session (or of the visit, before sign-in) under a fresh one-time pad,
 * so that compression of the page tells nothing about it.  Browsers also say where a request comes
 * from; what they say is believed when it is bad news.
 */
#include "http/http_inside.h"

#include "os/config.h"
#include "os/keys.h"
#include "os/random.h"

#include <sodium.h>
#include <string.h>
#include <strings.h>

enum { SECRET = 32, MASKED = 64, MASKED_CHARS = 86, VISIT_CHARS = 43 };

void csrf_mask(struct arena *a, const unsigned char secret[SECRET], const unsigned char pad[SECRET],
               struct text *out)
{
        unsigned char raw[MASKED];

        memcpy(raw, pad, SECRET);
        for (int i = 0; i < SECRET; i++)
                raw[SECRET + i] = pad[i] ^ secret[i];
        *out = base64url_encode(a, raw, sizeof raw);
}

bool csrf_check(struct arena *a, const unsigned char secret[SECRET], struct text token)
{
        unsigned char plain[SECRET];
        struct text raw;

        if (token.n != MASKED_CHARS || !base64url_decode(a, token, &raw) || raw.n != MASKED)
                return false;
        for (int i = 0; i < SECRET; i++)
                plain[i] = (unsigned char)(raw.p[i] ^ raw.p[SECRET + i]);
        return keys_same(plain, secret, SECRET);
}

/*
 * The browser's own secret: bound to the cookie by our key, so that the token does not give the
 * cookie away.
 */
static bool secret_of(const struct http_parts *x, unsigned char out[SECRET])
{
        struct text cookie = !text_empty(x->secret) && !x->bearer ? x->secret : x->visit;

        if (text_empty(cookie))
                return false;
        must(crypto_generichash(out, SECRET, (const unsigned char *)cookie.p, cookie.n,
                                x->http->csrf_key, SECRET) == 0);
        return true;
}

static void new_visit(struct http_parts *x)
{
        unsigned char raw[SECRET];

        random_bytes(raw, sizeof raw);
        x->visit = base64url_encode(x->arena, raw, sizeof raw);
        x->visit_new = true;
}

void csrf_prepare(struct http_parts *x)
{
        unsigned char secret[SECRET], pad[SECRET];

        if (x->visit.p && x->visit.n != VISIT_CHARS)
                x->visit = TEXT_ABSENT;
        if (!secret_of(x, secret)) {
                new_visit(x);
                must(secret_of(x, secret));
        }
        random_bytes(pad, sizeof pad);
        csrf_mask(x->arena, secret, pad, &x->rq.page.csrf);
}

bool csrf_sent_by_us(const struct http_parts *x)
{
        unsigned char secret[SECRET];

        return secret_of(x, secret) && csrf_check(x->arena, secret, x->csrf_sent);
}

/* "https://host:port" without what comes before the host. */
static struct text authority(struct text url)
{
        const char *slashes = url.n ? memmem(url.p, url.n, "://", 3) : NULL;
        struct text rest;

        if (!slashes)
                return TEXT_ABSENT;
        return text_cut((struct text) {slashes + 3, url.n - (size_t)(slashes + 3 - url.p)}, '/',
                        &rest);
}

static bool same_host(struct text a, struct text b)
{
        return a.n && a.n == b.n && strncasecmp(a.p, b.p, a.n) == 0;
}

enum origin csrf_origin(const struct http_parts *x)
{
        const struct headers *h = &x->headers;

        if (h->origin.p) {
                struct text from = authority(h->origin);
                if (!same_host(from, h->host) &&
                    !same_host(from, authority(text_of(x->http->app->config->base_url))))
                        return ORIGIN_FOREIGN;
        }
        if (h->fetch_site.p && !text_is(h->fetch_site, "same-origin") &&
            !text_is(h->fetch_site, "none"))
                return ORIGIN_FOREIGN;
        return h->origin.p || text_is(h->fetch_site, "same-origin") ? ORIGIN_OURS : ORIGIN_UNKNOWN;
}
