/*
 * Dates, times and numbers in the reader's language and zone (ICU patterns; formatters are cached per thread).  Every time
 * shown carries its zone: "Thursday 26 November, 18:00 (Lisbon)".
 */
#ifndef TELEMACHUS_HTML_FORMAT_H
#define TELEMACHUS_HTML_FORMAT_H

#include "html/messages.h"
#include "os/zone.h"

struct text format_day(struct arena *a, enum locale l, int64_t day);                  /* 26 November */
struct text format_day_year(struct arena *a, enum locale l, int64_t day);             /* 26 November 2026 */
struct text format_day_week(struct arena *a, enum locale l, int64_t day);             /* Thursday 26 November */
struct text format_time(struct arena *a, enum locale l, const struct zone *z, int64_t t);      /* 18:00 */
struct text format_moment(struct arena *a, enum locale l, const struct zone *z, int64_t t);    /* Thursday 26 November, 18:00 (Lisbon) */
struct text format_ago(struct arena *a, enum locale l, const struct zone *z, int64_t t, int64_t now);  /* today, yesterday, 11 days ago, in 3 days */
struct text format_iso(struct arena *a, const struct zone *z, int64_t t);             /* 2026-11-26T18:00:00+00:00 for <time datetime> */
struct text format_city(struct arena *a, enum locale l, const struct zone *z);        /* Lisbon; Argentina/Buenos_Aires -> Buenos Aires */
struct text format_iso_day(struct arena *a, int64_t day);                             /* 2026-11-26 */
struct text format_count(struct arena *a, enum locale l, int64_t n);                  /* 1,204 */
struct text format_number(struct arena *a, enum locale l, double v, int decimals);
struct text format_percent(struct arena *a, enum locale l, double share);             /* 0.873 -> 87 % in the locale's way */

#endif
