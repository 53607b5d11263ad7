/* Signatures of passkeys, by libfido2: the one file that knows it. No database, no clock. */
#ifndef TELEMACHUS_PEOPLE_PEOPLE_PASSKEY_SEAL_H
#define TELEMACHUS_PEOPLE_PEOPLE_PASSKEY_SEAL_H

#include "people/people_passkey_rules.h"

struct people_passkey_key { struct text credential, public_key; int64_t algorithm, sign_count; };

/* A new passkey: made for this host (id), by somebody present and verified; its attestation, if it has one, holds. */
bool people_passkey_made(struct arena *a, struct text id, struct text client_data,
                         const struct people_attestation *at, struct people_passkey_key *out);

/* An answer of a passkey: signed by this key for this host, by somebody present and verified. */
bool people_passkey_signed(struct text id, struct text client_data, struct text authenticator_data,
                           struct text signature, const struct people_passkey_key *key,
                           int64_t *sign_count);

#endif
