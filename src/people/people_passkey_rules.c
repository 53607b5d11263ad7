#include "people/people_passkey_rules.h"

#include "os/keys.h"

#include <jansson.h>
#include <string.h>

/* ---- what the browser says it did ---- */

static bool member(struct arena *a, const json_t *root, const char *name, struct text *out)
{
        const json_t *v = json_object_get(root, name);

        if (!json_is_string(v))
                return false;
        *out = text_copy(a, (struct text) {json_string_value(v), json_string_length(v)});
        return true;
}

static bool all_members(struct arena *a, const json_t *root, struct people_client_data *out)
{
        const json_t *cross = json_object_get(root, "crossOrigin");
        struct text encoded;

        if (!member(a, root, "type", &out->type) || !member(a, root, "origin", &out->origin) ||
            !member(a, root, "challenge", &encoded) || (cross && !json_is_boolean(cross)))
                return false;
        out->cross_origin = json_is_true(cross);
        return base64url_decode(a, encoded, &out->challenge);
}

bool people_client_data_read(struct arena *a, struct text json, struct people_client_data *out)
{
        if (text_empty(json) || json.n > CLIENT_DATA_MOST)
                return false;
        json_t *root = json_loadb(json.p, json.n, JSON_REJECT_DUPLICATES, NULL);
        bool ok = json_is_object(root) && all_members(a, root, out);

        json_decref(root);
        return ok;
}

/* ---- CBOR, as much of it as this needs ---- */

enum { CBOR_BYTES = 2, CBOR_TEXT = 3, CBOR_ARRAY = 4, CBOR_MAP = 5, CBOR_TAG = 6, CBOR_SIMPLE = 7, DEPTH_MOST = 8 };

/* The first byte of an item and the number behind it; no indefinite lengths. */
static bool head(struct text *rest, int *major, uint64_t *n)
{
        if (rest->n == 0)
                return false;
        unsigned char first = (unsigned char)rest->p[0];
        unsigned more = first & 31;
        size_t bytes = more < 24 ? 0 : more < 28 ? (size_t)1 << (more - 24) : 9;

        if (bytes > 8 || rest->n < 1 + bytes)
                return false;
        *major = first >> 5;
        *n = more;
        if (bytes)
                *n = 0;
        for (size_t i = 1; i <= bytes; i++)
                *n = *n << 8 | (unsigned char)rest->p[i];
        *rest = (struct text) {rest->p + 1 + bytes, rest->n - 1 - bytes};
        return true;
}

static bool take(struct text *rest, uint64_t n, struct text *out)
{
        if (n > rest->n)
                return false;
        *out = (struct text) {rest->p, (size_t)n};
        *rest = (struct text) {rest->p + n, rest->n - (size_t)n};
        return true;
}

static bool skip(struct text *rest, int depth)
{
        struct text gone;
        uint64_t n;
        int major;

        if (depth > DEPTH_MOST || !head(rest, &major, &n))
                return false;
        if (major == CBOR_BYTES || major == CBOR_TEXT)
                return take(rest, n, &gone);
        if (major < CBOR_BYTES || major == CBOR_SIMPLE)
                return true;
        if (major == CBOR_TAG)
                return skip(rest, depth + 1);
        /* every item takes a byte at least: a count beyond that is a lie, and no reason to go on counting */
        if (n > rest->n)
                return false;
        for (uint64_t i = 0; i < (major == CBOR_MAP ? 2 * n : n); i++)
                if (!skip(rest, depth + 1))
                        return false;
        return true;
}

static bool take_string(struct text *rest, int wanted, struct text *out)
{
        uint64_t n;
        int major;

        return head(rest, &major, &n) && major == wanted && take(rest, n, out);
}

static bool entry(struct text *rest, struct people_attestation *out)
{
        struct text key, before;

        if (!take_string(rest, CBOR_TEXT, &key))
                return false;
        if (text_is(key, "fmt") && !out->format.p)
                return take_string(rest, CBOR_TEXT, &out->format);
        if (text_is(key, "authData") && !out->authenticator_data.p)
                return take_string(rest, CBOR_BYTES, &out->authenticator_data);
        if (!text_is(key, "attStmt") || out->statement.p)
                return false;
        before = *rest;
        if (!skip(rest, 0))
                return false;
        out->statement = (struct text) {before.p, before.n - rest->n};
        return true;
}

bool people_attestation_read(struct text cbor, struct people_attestation *out)
{
        uint64_t n;
        int major;

        *out = (struct people_attestation) {0};
        if (cbor.n > ATTESTATION_MOST || !head(&cbor, &major, &n) || major != CBOR_MAP || n != 3)
                return false;
        for (int i = 0; i < 3; i++)
                if (!entry(&cbor, out))
                        return false;
        return cbor.n == 0;
}

/* ---- what the device says ---- */

bool people_authenticator_data_sound(struct text data, bool made)
{
        enum { HOST = 32, COUNTER = 4, MODEL = 16, ATTESTED = 0x40, EXTENDED = 0x80 };
        struct text gone;

        if (data.n < HOST + 1 + COUNTER || data.n > ATTESTATION_MOST)
                return false;
        unsigned char flags = (unsigned char)data.p[HOST];
        struct text rest = {data.p + HOST + 1 + COUNTER, data.n - HOST - 1 - COUNTER};
        if (((flags & ATTESTED) != 0) != made)
                return false;
        if (made) {
                if (!take(&rest, MODEL, &gone) || !take(&rest, 2, &gone))
                        return false;
                if (!take(&rest, (uint64_t)(unsigned char)gone.p[0] << 8 | (unsigned char)gone.p[1], &gone) || !skip(&rest, 0))
                        return false;
        }
        if ((flags & EXTENDED) && !skip(&rest, 0))
                return false;
        return rest.n == 0;
}

/* ---- who we are to a browser ---- */

bool people_origin_of(struct arena *a, const char *base_url, struct text *origin, struct text *id)
{
        bool https = strncmp(base_url, "https://", 8) == 0;
        size_t scheme = https ? 8 : 7;
        char *s = arena_dup(a, base_url, strlen(base_url));

        if (!https && strncmp(base_url, "http://", 7) != 0)
                return false;
        s[scheme + strcspn(s + scheme, "/?#")] = 0;
        for (char *p = s; *p; p++)
                if (*p >= 'A' && *p <= 'Z')
                        *p = (char)(*p - 'A' + 'a');
        char *port = strrchr(s + scheme, ':');
        if (port && strcmp(port, https ? ":443" : ":80") == 0)
                *port = 0;
        *origin = text_of(s);
        port = strrchr(s + scheme, ':');
        size_t host = port ? (size_t)(port - s) - scheme : strlen(s + scheme);
        *id = (struct text) {arena_dup(a, s + scheme, host), host};
        return host > 0;
}
