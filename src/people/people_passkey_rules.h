/*
 * What a browser sends about a passkey (WebAuthn level 2, 5.8.1 and 6.5.4), read strictly.  Pure; signatures are libfido2's.
 */
#ifndef TELEMACHUS_PEOPLE_PEOPLE_PASSKEY_RULES_H
#define TELEMACHUS_PEOPLE_PEOPLE_PASSKEY_RULES_H

#include "base/text.h"

enum { CLIENT_DATA_MOST = 4096, ATTESTATION_MOST = 16384, CREDENTIAL_MOST = 1023 };

/* challenge: decoded, so the text that we sent */
struct people_client_data { struct text type, challenge, origin; bool cross_origin; };
/* False: no JSON object, a member twice, missing or of another type, or too long. */
bool people_client_data_read(struct arena *a, struct text json, struct people_client_data *out);

/* Views into cbor; statement is a CBOR item of its own. */
struct people_attestation { struct text format, authenticator_data, statement; };
/* False: not exactly a map of these three, of definite length, nested at most eight deep. */
bool people_attestation_read(struct text cbor, struct people_attestation *out);

/*
 * Does what a device says (WebAuthn 6.1) hold no more and no less than its flags promise?  To be asked before libfido2 reads it:
 * libcbor takes memory for as many entries as a map claims to have.  made: a new passkey must be in it; otherwise none may be,
 * for libfido2 would read it as something else.
 */
bool people_authenticator_data_sound(struct text data, bool made);

/* "https://mentoring.example.org:8443/x": origin is all before the path, without the port that goes without saying; id the host. */
bool people_origin_of(struct arena *a, const char *base_url, struct text *origin, struct text *id);

#endif
