#include "os/keys.h"

#include "os/clock.h"
#include "os/file.h"
#include "os/random.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { MAC_BYTES = 16, LONG_BODY = 24, SHORT_BODY = 16, PURPOSES = 32 };
/* part of what is authenticated: one form never passes as the other */
enum { FORM_LONG = 'L', FORM_SHORT = 'S' };

struct master {
        bool there;
        unsigned char key[KEY_BYTES];
        unsigned char token[PURPOSES][KEY_BYTES];       /* one per purpose, derived at load */
};

struct keys {
        struct master now, before;
};

static void derive(const unsigned char *master, uint64_t use, unsigned char out[KEY_BYTES])
{
        must(crypto_kdf_derive_from_key(out, KEY_BYTES, use, "telemach", master) == 0);
}

static void master_set(struct master *m, const char *key)
{
        m->there = true;
        memcpy(m->key, key, KEY_BYTES);
        for (unsigned i = 0; i < PURPOSES; i++)
                derive(m->key, i, m->token[i]);
}

/* ---- the files ---- */

static const char *key_path(struct arena *a, const char *data, const char *name)
{
        return text_format(a, "%s/keys/%s", data, name).p;
}

static struct err key_make(struct arena *a, const char *data)
{
        unsigned char key[KEY_BYTES];

        TRY(file_make_folder(text_format(a, "%s/keys", data).p));
        random_bytes(key, sizeof key);
        struct err e = file_write(key_path(a, data, "master"),
                                  (struct text) {(char *)key, sizeof key}, 0600);
        sodium_memzero(key, sizeof key);
        return e;
}

static struct err key_read(struct arena *a, const char *path, struct master *m)
{
        struct text key;

        TRY(file_read(a, path, 4096, &key));
        if (key.n != KEY_BYTES)
                return FAIL_AT(ERR_BROKEN, "The key file is damaged", path,
                               "Restore it from a backup");
        master_set(m, key.p);
        return OK;
}

struct err keys_load(struct arena *a, const char *data, const struct keys **out)
{
        struct keys *k = arena_new_of(a, struct keys);
        const char *master = key_path(a, data, "master");
        const char *previous = key_path(a, data, "previous");

        must(sodium_init() >= 0);
        if (!file_exists(master))
                TRY(key_make(a, data));
        TRY(key_read(a, master, &k->now));
        if (file_exists(previous))
                TRY(key_read(a, previous, &k->before));
        *out = k;
        return OK;
}

static struct err rotate(struct arena *a, const char *data)
{
        struct text old;

        must(sodium_init() >= 0);
        TRY(file_read(a, key_path(a, data, "master"), 4096, &old));
        TRY(file_write(key_path(a, data, "previous"), old, 0600));
        return key_make(a, data);
}

struct err keys_rotate(const char *data)
{
        struct arena *a = arena_new(1 << 20);
        struct err e = rotate(a, data);

        if (failed(e))
                e.place = "keys/master";        /* the path lives in the arena */
        arena_free(a);
        return e;
}

/* ---- hashes and derived keys ---- */

void keys_derive(const struct keys *k, uint64_t use, unsigned char out[KEY_BYTES])
{
        derive(k->now.key, use, out);
}

bool keys_derive_previous(const struct keys *k, uint64_t use, unsigned char out[KEY_BYTES])
{
        if (k->before.there)
                derive(k->before.key, use, out);
        return k->before.there;
}

void keys_hash(struct text secret, unsigned char out[HASH_BYTES])
{
        must(crypto_generichash(out, HASH_BYTES, (const unsigned char *)secret.p, secret.n, NULL,
                                0) == 0);
}

bool keys_same(const void *a, const void *b, size_t n) { return sodium_memcmp(a, b, n) == 0; }

/* ---- base64url and base32 ---- */

struct text base64url_encode(struct arena *a, const void *p, size_t n)
{
        size_t room = sodium_base64_encoded_len(n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
        char *s = arena_alloc(a, room);

        sodium_bin2base64(s, room, p, n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
        return (struct text) {s, room - 1};
}

static bool is_base64url(struct text t)
{
        for (size_t i = 0; i < t.n; i++) {
                char c = t.p[i];
                if (!((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                      c == '-' || c == '_'))
                        return false;
        }
        return true;
}

/*
 * libsodium 1.0.18 takes some bytes above 0x7f for digits where char is signed, hence the look
 * before.
 */
static bool decode64(struct text t, void *p, size_t room, size_t *n)
{
        return t.n && is_base64url(t) &&
                sodium_base642bin(p, room, t.p, t.n, NULL, n, NULL,
                                  sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0;
}

bool base64url_decode(struct arena *a, struct text t, struct text *out)
{
        size_t n = 0;
        char *p = arena_alloc(a, t.n + 1);

        if (t.n && !decode64(t, p, t.n, &n))
                return false;
        p[n] = 0;
        *out = (struct text) {p, n};
        return true;
}

static const char BASE32[] = "abcdefghijklmnopqrstuvwxyz234567";

static void encode32(const unsigned char *p, size_t n, char *s)
{
        uint32_t bits = 0;
        int have = 0;

        for (size_t i = 0; i < n; i++) {
                bits = bits << 8 | p[i];
                for (have += 8; have >= 5; have -= 5)
                        *s++ = BASE32[bits >> (have - 5) & 31];
        }
        if (have)
                *s++ = BASE32[bits << (5 - have) & 31];
}

static int digit32(char c)
{
        if (c >= 'a' && c <= 'z')
                return c - 'a';
        if (c >= 'A' && c <= 'Z')
                return c - 'A';
        return c >= '2' && c <= '7' ? c - '2' + 26 : -1;
}

/*
 * Exactly n bytes; bits left over must be zero, so that a token has one spelling only (but for
 * case).
 */
static bool decode32(struct text t, unsigned char *p, size_t n)
{
        uint32_t bits = 0;
        int have = 0;
        size_t used = 0;

        for (size_t i = 0; i < t.n; i++) {
                int d = digit32(t.p[i]);
                if (d < 0)
                        return false;
                bits = bits << 5 | (uint32_t)d;
                have += 5;
                if (have >= 8) {
                        have -= 8;
                        if (used == n)
                                return false;
                        p[used++] = (unsigned char)(bits >> have);
                }
        }
        return used == n && (bits & ((1u << have) - 1)) == 0;
}

/* ---- tokens ---- */

enum {
        LONG_BYTES = LONG_BODY + MAC_BYTES,
        LONG_CHARS = 54,
        SHORT_BYTES = SHORT_BODY + MAC_BYTES,
        SHORT_CHARS = 52
};
#define EXPIRES_MAX ((INT64_C(1) << 40) - 1)

static void put(unsigned char *p, uint64_t v, int bytes)
{
        for (int i = bytes; i-- > 0; v >>= 8)
                p[i] = (unsigned char)v;
}

static uint64_t get(const unsigned char *p, int bytes)
{
        uint64_t v = 0;

        for (int i = 0; i < bytes; i++)
                v = v << 8 | p[i];
        return v;
}

static void mac(const struct master *m, char form, enum token_purpose purpose,
                const unsigned char *body, size_t n, unsigned char out[MAC_BYTES])
{
        unsigned char all[2 + LONG_BODY] = {(unsigned char)form, (unsigned char)purpose};

        must((unsigned)purpose < PURPOSES);
        memcpy(all + 2, body, n);
        must(crypto_generichash(out, MAC_BYTES, all, n + 2, m->token[purpose], KEY_BYTES) == 0);
}

struct text token_make(const struct keys *k, struct arena *a, const struct token *t)
{
        unsigned char raw[LONG_BYTES];

        must(t->expires >= 0 && t->expires <= EXPIRES_MAX);
        put(raw, (uint64_t)t->purpose, 1);
        put(raw + 1, t->kind, 2);
        put(raw + 3, (uint64_t)t->a, 8);
        put(raw + 11, (uint64_t)t->b, 8);
        put(raw + 19, (uint64_t)t->expires, 5);
        mac(&k->now, FORM_LONG, t->purpose, raw, LONG_BODY, raw + LONG_BODY);
        return base64url_encode(a, raw, sizeof raw);
}

struct text token_make_mail(const struct keys *k, struct arena *a, const struct token *t)
{
        unsigned char raw[SHORT_BYTES];
        char *s = arena_alloc(a, SHORT_CHARS + 1);

        must(t->kind == 0 && t->expires == 0);
        put(raw, (uint64_t)t->a, 8);
        put(raw + 8, (uint64_t)t->b, 8);
        mac(&k->now, FORM_SHORT, t->purpose, raw, SHORT_BODY, raw + SHORT_BODY);
        encode32(raw, sizeof raw, s);
        return (struct text) {s, SHORT_CHARS};
}

static bool genuine(const struct keys *k, char form, enum token_purpose purpose,
                    const unsigned char *raw, size_t body)
{
        unsigned char expected[MAC_BYTES];

        mac(&k->now, form, purpose, raw, body, expected);
        if (keys_same(expected, raw + body, MAC_BYTES))
                return true;
        if (!k->before.there)
                return false;
        mac(&k->before, form, purpose, raw, body, expected);
        return keys_same(expected, raw + body, MAC_BYTES);
}

static bool read_long(const struct keys *k, struct text s, enum token_purpose purpose,
                      struct token *out)
{
        unsigned char raw[LONG_BYTES];
        size_t n;

        if (s.n != LONG_CHARS || !decode64(s, raw, sizeof raw, &n) || n != sizeof raw)
                return false;
        if (raw[0] != purpose || !genuine(k, FORM_LONG, purpose, raw, LONG_BODY))
                return false;
        *out = (struct token) {.purpose = purpose,
                               .kind = (uint16_t)get(raw + 1, 2),
                               .a = (int64_t)get(raw + 3, 8),
                               .b = (int64_t)get(raw + 11, 8),
                               .expires = (int64_t)get(raw + 19, 5)};
        return true;
}

static bool read_short(const struct keys *k, struct text s, enum token_purpose purpose,
                       struct token *out)
{
        unsigned char raw[SHORT_BYTES];

        if (s.n != SHORT_CHARS || !decode32(s, raw, sizeof raw) ||
            !genuine(k, FORM_SHORT, purpose, raw, SHORT_BODY))
                return false;
        *out = (struct token) {
                .purpose = purpose, .a = (int64_t)get(raw, 8), .b = (int64_t)get(raw + 8, 8)};
        return true;
}

struct err token_read(const struct keys *k, struct text s, enum token_purpose purpose,
                      struct token *out)
{
        if (!read_long(k, s, purpose, out) && !read_short(k, s, purpose, out))
                return FAIL(ERR_ABSENT, "This link does not lead anywhere",
                            "Open the newest mail from us and use its link");
        if (out->expires && out->expires < clock_seconds())
                return FAIL(ERR_CONFLICT, "This link has run out",
                            "Sign in to do the same on the site");
        return OK;
}
