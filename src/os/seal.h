/*
 * Sealed to this installation: anybody in the program can close, only a process with the data folder's key can open.  The
 * key, <data>/keys/concerns, is no part of the database: a copy of the database alone tells nothing.  It is never rotated;
 * it belongs into the backup, and every node of an installation needs the same.
 *
 * Wrong place? Tokens and hashes: os/keys.h.
 */
#ifndef TELEMACHUS_OS_SEAL_H
#define TELEMACHUS_OS_SEAL_H

#include "base/err.h"
#include "base/text.h"

/* Makes the key at the first use. out: libsodium's sealed box, in a. */
struct err seal_close(struct arena *a, const char *data, struct text plain, struct text *out);
/* Broken when it was changed or sealed with another key. */
struct err seal_open(struct arena *a, const char *data, struct text sealed, struct text *out);

#endif
