/*
 * The installation's master key (<data>/keys/master, 0600, made at first start, part of the backup)
 * and what is derived from it.  Signed tokens carry a purpose, two ids and an expiry in 40 bytes of
 * base64url text: no row is needed to check one.
 */
#ifndef TELEMACHUS_OS_KEYS_H
#define TELEMACHUS_OS_KEYS_H

#include "base/err.h"
#include "base/text.h"

struct keys;

enum { KEY_BYTES = 32, HASH_BYTES = 32 };

struct err keys_load(struct arena *a, const char *data, const struct keys **out);

/*
 * A new master key; the old one stays beside it and still reads tokens that are out in people's
 * mail.  The one before that is forgotten.  A running server goes on with what it loaded.
 */
struct err keys_rotate(const char *data);

/* A key of its own for each use: crypto_kdf with the context. */
void keys_derive(const struct keys *k, uint64_t use, unsigned char out[KEY_BYTES]);
/* The same from the key before the last rotation; false when there was none. */
bool keys_derive_previous(const struct keys *k, uint64_t use, unsigned char out[KEY_BYTES]);

/* BLAKE2b-256 of a secret, for storing (sessions, sign-in links). */
void keys_hash(struct text secret, unsigned char out[HASH_BYTES]);
bool keys_same(const void *a, const void *b, size_t n);         /* constant time */

enum token_purpose {            /* numbers are for ever: tokens are out in people's mail */
        TOKEN_ACTION = 1,       /* /do/TOKEN; a = journeys action id, b = person */
        TOKEN_CALENDAR = 2,     /* /calendar/TOKEN.ics; a = person, b = generation */
        TOKEN_REPLY = 3,        /* reply+TOKEN@domain; a = pair, b = person */
        TOKEN_UNSUBSCRIBE = 4,  /* a = person, b = class */
        TOKEN_CSRF = 5,
        TOKEN_DRAFT = 6,
        TOKEN_APPLY = 12,       /* /apply/TOKEN; a = cohort, b = person; kind 1: a = an address that is nobody yet */
        TOKEN_CHALLENGE = 20,   /* of a passkey; kind: what for; a = person or 0, b = random */
        TOKEN_AUTHENTICATOR = 21,       /* setting up codes from an app; a = person, b = random */
        KEY_AUTHENTICATOR = 22, /* no token: what seals the secrets of such apps */
};

struct token {
        enum token_purpose purpose;
        uint16_t kind;                  /* which action */
        int64_t a, b;
        int64_t expires;                /* machine time, seconds; 0 never */
};

/* 54 characters of base64url. */
struct text token_make(const struct keys *k, struct arena *a, const struct token *t);

/*
 * 52 characters of lower-case base32, so that reply+TOKEN fits the 64 that a mail address may have
 * before its @.  Carries the purpose, a and b only: kind and expires must be 0.  token_read() reads
 * it in either case of letters.
 */
struct text token_make_mail(const struct keys *k, struct arena *a, const struct token *t);

/*
 * Absent if forged, of another purpose or malformed; conflict if expired (say so: "This link has
 * run out").
 */
struct err token_read(const struct keys *k, struct text s, enum token_purpose purpose,
                      struct token *out);

struct text base64url_encode(struct arena *a, const void *p, size_t n);
bool base64url_decode(struct arena *a, struct text t, struct text *out);

#endif
