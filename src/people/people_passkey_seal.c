#include "people/people_passkey_seal.h"

#include "base/err.h"

#include <fido.h>
#include <fido/eddsa.h>
#include <fido/es256.h>
#include <fido/rs256.h>
#include <sodium.h>
#include <string.h>

enum { PRESENT = 1, VERIFIED = 4 };

static const unsigned char *bytes(struct text t) { return (const unsigned char *)t.p; }

static void hash_of(struct text t, unsigned char out[crypto_hash_sha256_BYTES])
{
        crypto_hash_sha256(out, bytes(t), t.n);
}

/* ---- making one ---- */

/*
 * We ask for no attestation, so most have none and there is nothing signed to check but the host and the flags; one that
 * comes with a signature must be right.
 */
static bool attested(const fido_cred_t *c, struct text format)
{
        if (text_is(format, "none"))
                return true;
        return fido_cred_verify(c) == FIDO_OK || fido_cred_verify_self(c) == FIDO_OK;
}

static bool for_this_host(struct text id, struct text authenticator_data, uint8_t flags)
{
        unsigned char host[crypto_hash_sha256_BYTES];

        hash_of(id, host);
        return authenticator_data.n >= sizeof host &&
                sodium_memcmp(host, authenticator_data.p, sizeof host) == 0 &&
                (flags & PRESENT) && (flags & VERIFIED);
}

static bool fill(fido_cred_t *c, int algorithm, struct text id, struct text client_data,
                 const struct people_attestation *at, const char *format)
{
        unsigned char hash[crypto_hash_sha256_BYTES];

        hash_of(client_data, hash);
        return fido_cred_set_type(c, algorithm) == FIDO_OK && fido_cred_set_rp(c, id.p, NULL) == FIDO_OK &&
                fido_cred_set_uv(c, FIDO_OPT_TRUE) == FIDO_OK &&
                fido_cred_set_clientdata_hash(c, hash, sizeof hash) == FIDO_OK &&
                fido_cred_set_authdata_raw(c, bytes(at->authenticator_data), at->authenticator_data.n) == FIDO_OK &&
                fido_cred_set_fmt(c, format) == FIDO_OK &&
                (strcmp(format, "none") == 0 ||
                 fido_cred_set_attstmt(c, bytes(at->statement), at->statement.n) == FIDO_OK);
}

static bool take(struct arena *a, const fido_cred_t *c, int algorithm, struct people_passkey_key *out)
{
        size_t n_id = fido_cred_id_len(c), n_key = fido_cred_pubkey_len(c);

        if (n_id == 0 || n_id > CREDENTIAL_MOST || n_key == 0)
                return false;
        *out = (struct people_passkey_key) {
                .credential = {arena_dup(a, fido_cred_id_ptr(c), n_id), n_id},
                .public_key = {arena_dup(a, fido_cred_pubkey_ptr(c), n_key), n_key},
                .algorithm = algorithm, .sign_count = fido_cred_sigcount(c)};
        return true;
}

bool people_passkey_made(struct arena *a, struct text id, struct text client_data,
                         const struct people_attestation *at, struct people_passkey_key *out)
{
        static const int algorithms[] = {COSE_ES256, COSE_EDDSA, COSE_RS256};
        const char *format = text_c(a, at->format);
        bool ok = false;

        if (!people_authenticator_data_sound(at->authenticator_data, true))
                return false;
        /* the library wants to be told which kind of key it will find */
        for (size_t i = 0; i < sizeof algorithms / sizeof algorithms[0] && !ok; i++) {
                fido_cred_t *c = fido_cred_new();
                must(c);
                ok = fill(c, algorithms[i], id, client_data, at, format) &&
                        for_this_host(id, at->authenticator_data, fido_cred_flags(c)) &&
                        attested(c, at->format) && take(a, c, algorithms[i], out);
                fido_cred_free(&c);
        }
        return ok;
}

/* ---- answering ---- */

/* One reader for each kind of key, alike but for its type. */
#define VERIFY_BY(kind, cose)                                                                      \
        static bool verify_##kind(const fido_assert_t *x, struct text stored)                     \
        {                                                                                          \
                kind##_pk_t *key = kind##_pk_new();                                                \
                must(key);                                                                         \
                bool ok = kind##_pk_from_ptr(key, stored.p, stored.n) == FIDO_OK &&                \
                        fido_assert_verify(x, 0, (cose), key) == FIDO_OK;                          \
                kind##_pk_free(&key);                                                              \
                return ok;                                                                         \
        }
VERIFY_BY(es256, COSE_ES256)
VERIFY_BY(eddsa, COSE_EDDSA)
VERIFY_BY(rs256, COSE_RS256)

static bool verify(const fido_assert_t *x, const struct people_passkey_key *key)
{
        if (key->algorithm == COSE_ES256)
                return verify_es256(x, key->public_key);
        if (key->algorithm == COSE_EDDSA)
                return verify_eddsa(x, key->public_key);
        return key->algorithm == COSE_RS256 && verify_rs256(x, key->public_key);
}

bool people_passkey_signed(struct text id, struct text client_data, struct text authenticator_data,
                           struct text signature, const struct people_passkey_key *key,
                           int64_t *sign_count)
{
        unsigned char hash[crypto_hash_sha256_BYTES];
        fido_assert_t *x = fido_assert_new();

        must(x);
        hash_of(client_data, hash);
        bool ok = people_authenticator_data_sound(authenticator_data, false) && fido_assert_set_count(x, 1) == FIDO_OK && fido_assert_set_rp(x, id.p) == FIDO_OK &&
                fido_assert_set_clientdata_hash(x, hash, sizeof hash) == FIDO_OK &&
                fido_assert_set_authdata_raw(x, 0, bytes(authenticator_data), authenticator_data.n) == FIDO_OK &&
                fido_assert_set_sig(x, 0, bytes(signature), signature.n) == FIDO_OK &&
                fido_assert_set_up(x, FIDO_OPT_TRUE) == FIDO_OK && fido_assert_set_uv(x, FIDO_OPT_TRUE) == FIDO_OK &&
                verify(x, key);
        *sign_count = ok ? fido_assert_sigcount(x, 0) : 0;
        fido_assert_free(&x);
        return ok;
}
