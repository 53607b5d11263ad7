/*
 * Civil time in IANA zones, from the system's tzdata through GLib.  Pure but for the zone files; zones are cached for
 * the life of the process.
 *
 * A "day" everywhere in the house is a day number: whole days since 1970-01-01 in some zone that the context names.
 * Wrong place? Words for a date ("Thursday 26 November"): html/format.h.
 */
#ifndef TELEMACHUS_OS_ZONE_H
#define TELEMACHUS_OS_ZONE_H

#include "base/text.h"

struct zone;

struct civil {
        int year, month, day;           /* month 1..12, day 1..31 */
        int hour, minute, second;
        int weekday;                    /* 1 Monday .. 7 Sunday */
        int offset;                     /* seconds east of UTC */
};

/* The zone, or NULL when tzdata does not know the name. Lives for ever. Thread safe. */
const struct zone *zone_find(struct text name);
const struct zone *zone_utc(void);
const char *zone_name(const struct zone *z);

struct civil zone_civil(const struct zone *z, int64_t t);

/*
 * UTC seconds of a local time. A time that a spring change skips moves forward by the gap; one that comes twice means
 * the first.
 */
int64_t zone_at(const struct zone *z, int64_t day, int hour, int minute);

int64_t zone_day(const struct zone *z, int64_t t);              /* the day number there */
int64_t day_of(int year, int month, int day);                   /* proleptic Gregorian */
void day_split(int64_t day, int *year, int *month, int *mday);
int day_weekday(int64_t day);                                   /* 1 Monday .. 7 Sunday */
bool day_parse(struct text iso, int64_t *day);                  /* "2026-11-23"; false if it is no date */

#endif
