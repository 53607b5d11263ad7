/*
 * Dates, times and numbers in the reader's language and zone (ICU patterns; formatters are cached
 * per thread).  Every moment shown carries its zone: "Thursday 26 November, 18:00 (Lisbon)".
 *
 * Days are day numbers, times UTC seconds (os/zone.h).  All results are in the arena.
 */
#ifndef TELEMACHUS_HTML_FORMAT_H
#define TELEMACHUS_HTML_FORMAT_H

#include "html/messages.h"
#include "os/zone.h"

/* 26 November; 26 November 2026; Thursday 26 November */
struct text format_day(struct arena *a, enum locale l, int64_t day);
struct text format_day_year(struct arena *a, enum locale l, int64_t day);
struct text format_day_week(struct arena *a, enum locale l, int64_t day);

/* 18:00; Thursday 26 November, 18:00 (Lisbon) */
struct text format_time(struct arena *a, enum locale l, const struct zone *z, int64_t t);
struct text format_moment(struct arena *a, enum locale l, const struct zone *z, int64_t t);

/* today, yesterday, 11 days ago, in 3 days: by the calendar of the zone */
struct text format_ago(struct arena *a, enum locale l, const struct zone *z, int64_t t,
                       int64_t now);

/* For machines: 2026-11-26T18:00:00+00:00; 2026-11-26 */
struct text format_iso(struct arena *a, const struct zone *z, int64_t t);
struct text format_iso_day(struct arena *a, int64_t day);

/* Lisbon, in German Lissabon; America/Argentina/Buenos_Aires -> Buenos Aires */
struct text format_city(struct arena *a, enum locale l, const struct zone *z);

/* 1,204; 1,204.5 with one decimal; 0.873 -> 87% in the locale's way */
struct text format_count(struct arena *a, enum locale l, int64_t n);
struct text format_number(struct arena *a, enum locale l, double v, int decimals);
struct text format_percent(struct arena *a, enum locale l, double share);

#endif
