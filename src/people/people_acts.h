/* The audit log's acts in words. Pure. */
#ifndef TELEMACHUS_PEOPLE_PEOPLE_ACTS_H
#define TELEMACHUS_PEOPLE_PEOPLE_ACTS_H

#include "html/messages.h"

/* A sentence in the reader's language; one that says so for an act of an earlier version. */
const char *people_act_words(enum locale l, struct text act);

#endif
