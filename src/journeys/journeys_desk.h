/* What the desk's list of pairs and its page of one pair share. Private to journeys_desk*_web.c. */
#ifndef TELEMACHUS_JOURNEYS_JOURNEYS_DESK_H
#define TELEMACHUS_JOURNEYS_JOURNEYS_DESK_H

#include "journeys/journeys_pages.h"

/* Full names by person, sorted. */
struct journeys_name { int64_t person; struct text words; };
struct journeys_names { size_t n; struct journeys_name *row; };
struct err journeys_read_names(struct request *rq, int64_t cohort, struct journeys_names *out);
struct text journeys_name_of(const struct journeys_names *names, int64_t person);

/* The chip of a rhythm: its class, and its words (catalogue key). */
const char *journeys_chip_tone(enum journeys_rhythm r);
const char *journeys_chip_words(const struct journeys_pair *p, enum journeys_rhythm r);

#endif
