#include "people/people_code_rules.h"

#include "base/err.h"
#include "html/html.h"

#include <glib.h>
#include <string.h>

static void hmac_sha1(struct text key, const unsigned char *message, size_t n,
                      unsigned char out[20])
{
        GHmac *h = g_hmac_new(G_CHECKSUM_SHA1, (const guchar *)key.p, key.n);
        gsize room = 20;

        must(h);
        g_hmac_update(h, message, (gssize)n);
        g_hmac_get_digest(h, out, &room);
        g_hmac_unref(h);
}

int people_code_at(struct text secret, int64_t step)
{
        unsigned char counter[8], hash[20];

        for (int i = 0; i < 8; i++)
                counter[i] = (unsigned char)((uint64_t)step >> (56 - 8 * i));
        hmac_sha1(secret, counter, sizeof counter, hash);
        const unsigned char *p = hash + (hash[19] & 0xf);
        uint32_t n = ((uint32_t)(p[0] & 0x7f) << 24) | ((uint32_t)p[1] << 16) | ((uint32_t)p[2] << 8) | p[3];
        return (int)(n % 1000000);
}

int64_t people_code_step(struct text secret, struct text typed, int64_t now, int64_t after)
{
        int64_t code, found = 0, step = now / CODE_STEP_S;

        if (typed.n != 6 || !text_int(typed, &code))
                return 0;
        /* all three, whichever it is: how long it takes says nothing */
        for (int64_t s = step - 1; s <= step + 1; s++)
                if ((people_code_at(secret, s) == code) & (s > after))
                        found = s;
        return found;
}

static struct text base32(struct arena *a, struct text bytes, const char *digits)
{
        struct out o = out_new(a, bytes.n * 8 / 5 + 2);
        unsigned bits = 0, n = 0;

        for (size_t i = 0; i < bytes.n; i++) {
                bits = bits << 8 | (unsigned char)bytes.p[i];
                for (n += 8; n >= 5; n -= 5)
                        out_char(&o, digits[bits >> (n - 5) & 31]);
                bits &= 0xff;
        }
        if (n)
                out_char(&o, digits[bits << (5 - n) & 31]);
        return out_get(&o);
}

struct text people_base32(struct arena *a, struct text bytes)
{
        return base32(a, bytes, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567");
}

struct text people_code_address(struct arena *a, struct text secret, struct text account,
                                struct text issuer)
{
        struct out o = out_new(a, 256);
        struct page pg = {.out = &o};

        out_c(&o, "otpauth://totp/");
        html_url(&pg, issuer);
        out_char(&o, ':');
        html_url(&pg, account);
        out_c(&o, "?secret=");
        out_text(&o, people_base32(a, secret));
        out_c(&o, "&issuer=");
        html_url(&pg, issuer);
        return out_get(&o);
}

/* No letters or digits that are taken for each other: i l o u are missing. */
struct text people_recovery_words(struct arena *a, const unsigned char bytes[RECOVERY_BYTES])
{
        struct text t = base32(a, (struct text) {(const char *)bytes, RECOVERY_BYTES},
                               "abcdefghjkmnpqrstvwxyz0123456789");

        return text_format(a, "%.4s-%.4s-%.4s-%.4s", t.p, t.p + 4, t.p + 8, t.p + 12);
}

struct text people_code_plain(struct arena *a, struct text typed)
{
        char *p = arena_alloc(a, typed.n + 1);
        size_t n = 0;

        for (size_t i = 0; i < typed.n; i++) {
                char c = typed.p[i];
                if (c >= 'A' && c <= 'Z')
                        p[n++] = (char)(c - 'A' + 'a');
                else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
                        p[n++] = c;
        }
        return (struct text) {p, n};
}
