/*
 * `telemachus check`: one line for each thing looked at, in order; what is not well says what to do.
 *
 * Wrong place? What a line is about belongs to its own floor or room; files here ask and print.
 */
#ifndef TELEMACHUS_MAIN_CHECK_H
#define TELEMACHUS_MAIN_CHECK_H

#include "base/err.h"
#include "base/out.h"
#include "os/config.h"

/* CHECK_ADVICE does not make the command fail: it works, but better is possible. */
enum check_level { CHECK_OK, CHECK_ADVICE, CHECK_WRONG };

struct check { struct arena *arena; bool json; int wrong, n; };

/* next may be absent.  Prints at once, so that a slow look shows what it is waiting for. */
void check_say(struct check *c, enum check_level level, const char *part, struct text what, struct text next);
/* An error is CHECK_WRONG with its place; OK says nothing but the part. */
void check_err(struct check *c, const char *part, struct err e);

/* check_places.c: files that only the service may read, the disk, the clock, the address in people's browsers. */
void check_private_files(struct check *c, const struct config *config, const char *config_file);
void check_disk(struct check *c, const struct config *config);
void check_address_and_clock(struct check *c, const struct config *config);

#endif
