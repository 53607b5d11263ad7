#ifndef TELEMACHUS_MAIN_CLOCK_H
#define TELEMACHUS_MAIN_CLOCK_H

#include "base/app.h"
#include "base/arena.h"
#include "base/err.h"

/* Moves programme time forward to target (UTC seconds), running every job at the moment it is due and sending its mails. */
struct err clock_advance_to(struct app *app, struct arena *a, int64_t target);

#endif
