/* A few files in one ZIP archive, in memory, for people to take along or to bring. */
#ifndef TELEMACHUS_OS_ZIP_H
#define TELEMACHUS_OS_ZIP_H

#include "base/err.h"
#include "base/text.h"

struct zip_part { const char *name; struct text content; };

/* What an archive from outside may hold; more is refused before it is unpacked. */
struct zip_bounds { size_t members, each, all; };
/*
 * Every plain file of an archive from outside.  Invalid for what is no archive or is damaged, sealed, linked, named twice, or named
 * so that it would leave its folder; limit when it holds more than that.  Names and contents live in a.
 */
struct err zip_unpack(struct arena *a, struct text archive, struct zip_bounds most, struct zip_part **out, size_t *n);

/* Members one by one, for formats that are archives inside. Ended with zip_done(); archive and a outlive it. */
struct zip_in;
struct err zip_from(struct arena *a, struct text archive, struct zip_in **out);
void zip_done(struct zip_in *z);
/*
 * The bytes of one member, whatever the case of its name, in pieces as they are unpacked; more says false when it has enough.
 * Limit, in the middle of it, when more than most come, or so many from so few that it is no ordinary file.
 */
struct err zip_member(struct zip_in *z, const char *name, size_t most, bool (*more)(void *ctx, const char *p, size_t n), void *ctx, bool *found);

/* Names are UTF-8, with / for folders. out lives in a. */
struct err zip_pack(struct arena *a, const struct zip_part *parts, size_t n, struct text *out);

#endif
