/* The list of time zones for a form. Pure; the names are tzdata's, the words cities. */
#ifndef TELEMACHUS_PEOPLE_PEOPLE_ZONES_H
#define TELEMACHUS_PEOPLE_PEOPLE_ZONES_H

#include "base/text.h"

struct people_zone { struct text name, city; bool chosen; };
/* label: catalogue key */
struct people_zone_group { const char *label; size_t n; struct people_zone *row; };
struct people_zone_groups { size_t n; struct people_zone_group *row; };

/*
 * By part of the world, alphabetical; a chosen zone that is not among them stands in a group of its
 * own.
 */
struct people_zone_groups people_zones(struct arena *a, struct text chosen);

#endif
