/* Progress of long work on a terminal; silence elsewhere. */
#ifndef TELEMACHUS_MAIN_PROGRESS_H
#define TELEMACHUS_MAIN_PROGRESS_H

#include "safety/safety.h"

struct progress { const char *what; bool open; };

struct safety_say progress_begin(struct progress *p);   /* p lives until progress_end() */
void progress_end(struct progress *p);

#endif
