/*
 * A form that was sent after the session had ended is not lost: its fields travel in an encrypted
 * cookie through sign-in, and the page comes back filled in.  Half an hour, this browser, the same
 * page; no files, no passwords.
 */
#include "http/http_inside.h"

#include "os/clock.h"
#include "os/keys.h"
#include "os/random.h"

#include <sodium.h>
#include <string.h>

enum {
        FIELDS_BYTES = 16 * 1024,
        COOKIE_BYTES = 3500,
        LIFETIME_S = 1800,
        NONCE = crypto_secretbox_NONCEBYTES,
        TAG = crypto_secretbox_MACBYTES
};

static void put_text(struct out *o, struct text t)
{
        uint32_t n = (uint32_t)t.n;

        out_bytes(o, &n, sizeof n);
        out_text(o, t);
}

static bool take_text(struct text *rest, struct text *out)
{
        uint32_t n;

        if (rest->n < sizeof n)
                return false;
        memcpy(&n, rest->p, sizeof n);
        if (rest->n - sizeof n < n)
                return false;
        *out = (struct text) {rest->p + sizeof n, n};
        *rest = (struct text) {rest->p + sizeof n + n, rest->n - sizeof n - n};
        return true;
}

static struct text pack(struct arena *a, struct text path, int64_t expires,
                        const struct form_input *in, size_t n)
{
        struct out o = out_new(a, 1024);

        out_bytes(&o, &expires, sizeof expires);
        put_text(&o, path);
        for (size_t i = 0; i < n; i++) {
                put_text(&o, in[i].name);
                put_text(&o, in[i].value);
        }
        return out_get(&o);
}

/* Absent when it would not fit into a cookie. */
struct text draft_seal(struct arena *a, const unsigned char key[32], struct text path,
                       int64_t expires, const struct form_input *in, size_t n)
{
        struct text plain = pack(a, path, expires, in, n);
        uLongf room = compressBound(plain.n);
        unsigned char *squeezed = arena_alloc(a, room);

        if (plain.n > FIELDS_BYTES ||
            compress2(squeezed, &room, (const unsigned char *)plain.p, plain.n, 6) != Z_OK)
                return TEXT_ABSENT;
        unsigned char *sealed = arena_alloc(a, NONCE + TAG + room);
        random_bytes(sealed, NONCE);
        crypto_secretbox_easy(sealed + NONCE, squeezed, room, sealed, key);
        struct text cookie = base64url_encode(a, sealed, NONCE + TAG + room);
        return cookie.n <= COOKIE_BYTES ? cookie : TEXT_ABSENT;
}

static bool unpack(struct arena *a, struct text plain, int64_t now, struct text *path,
                   struct form_input **in, size_t *n)
{
        int64_t expires;
        struct text rest = plain;

        if (plain.n < sizeof expires)
                return false;
        memcpy(&expires, plain.p, sizeof expires);
        rest = (struct text) {plain.p + sizeof expires, plain.n - sizeof expires};
        if (expires < now || !take_text(&rest, path))
                return false;
        *in = arena_array(a, struct form_input, rest.n / 8 + 1);
        for (*n = 0; rest.n; (*n)++)
                if (!take_text(&rest, &(*in)[*n].name) || !take_text(&rest, &(*in)[*n].value))
                        return false;
        return true;
}

bool draft_open(struct arena *a, const unsigned char key[32], struct text sealed, int64_t now,
                struct text *path, struct form_input **in, size_t *n)
{
        struct text raw;
        uLongf room = FIELDS_BYTES + 1;

        if (!base64url_decode(a, sealed, &raw) || raw.n <= NONCE + TAG)
                return false;
        size_t m = raw.n - NONCE - TAG;
        unsigned char *squeezed = arena_alloc(a, m);
        const unsigned char *p = (const unsigned char *)raw.p;
        if (crypto_secretbox_open_easy(squeezed, p + NONCE, m + TAG, p, key) != 0)
                return false;
        char *plain = arena_alloc(a, room);
        if (uncompress((unsigned char *)plain, &room, squeezed, m) != Z_OK)
                return false;
        return unpack(a, (struct text) {plain, room}, now, path, in, n);
}

static bool is_secret(const struct form_input *in) { return text_starts(in->name, "password"); }

static const struct field *field_of(const struct form *form, struct text name)
{
        for (size_t i = 0; form && i < form->n; i++)
                if (text_is(name, form->fields[i].name))
                        return &form->fields[i];
        return NULL;
}

void draft_keep(struct http_parts *x, struct text path)
{
        struct form_input *kept = arena_array(x->arena, struct form_input, x->n_in + 1);
        size_t n = 0;

        for (size_t i = 0; i < x->n_in; i++) {
                const struct field *f = field_of(x->entry->route->form, x->in[i].name);
                if (f && f->kind != FIELD_FILE && !is_secret(&x->in[i]))
                        kept[n++] = x->in[i];
        }
        if (n)
                x->draft_cookie = draft_seal(x->arena, x->http->draft_key, path,
                                             clock_seconds() + LIFETIME_S, kept, n);
}

/* On the page it belongs to, for somebody who has signed in, once. */
void draft_show(struct http_parts *x)
{
        struct text path, sealed = cookie_find(x->headers.cookie, cookie_name(x->http, "tm_draft"));
        struct form_input *in;
        size_t n;

        if (text_empty(sealed) || x->who.person == 0)
                return;
        if (!draft_open(x->arena, x->http->draft_key, sealed, clock_seconds(), &path, &in, &n)) {
                x->draft_cookie = TEXT("");
                return;
        }
        if (!text_equal(path, x->path))
                return;
        x->draft_cookie = TEXT("");
        x->draft_flash = M_(
                "You had been signed out. Here is what you wrote; look it over and send it again");
        x->echo = (struct form_echo) {.n = n, .row = in};
        x->rq.page.echo = &x->echo;
}
