/* Codes from an app (RFC 6238: SHA-1, six digits, half a minute) and codes for recovery. Pure. */
#ifndef TELEMACHUS_PEOPLE_PEOPLE_CODE_RULES_H
#define TELEMACHUS_PEOPLE_PEOPLE_CODE_RULES_H

#include "base/text.h"

enum { CODE_STEP_S = 30, CODE_SECRET_BYTES = 20, RECOVERY_BYTES = 10 };

/* The six digits of a step (half minutes since 1970), as a number. */
int people_code_at(struct text secret, int64_t step);

/*
 * The step a typed code belongs to: the one of now (seconds), the one before or the one behind it, but none up to after, since
 * each works once.  0: none.
 */
int64_t people_code_step(struct text secret, struct text typed, int64_t now, int64_t after);

/* RFC 4648 without padding, as apps take it: upper case. */
struct text people_base32(struct arena *a, struct text bytes);

/* otpauth://totp/..., which a QR code carries. */
struct text people_code_address(struct arena *a, struct text secret, struct text account,
                                struct text issuer);

/* 80 random bits as "abcd-efgh-ijkl-mnop"; and what somebody typed, without dashes, spaces and capitals. */
struct text people_recovery_words(struct arena *a, const unsigned char bytes[RECOVERY_BYTES]);
struct text people_code_plain(struct arena *a, struct text typed);

#endif
