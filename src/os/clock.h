/*
 * The machine's clocks: for sessions, links, leases, rate limits, retries, ids, logs.  Dates promised to people never
 * come from here but from programme time, tx_now() in db/db.h, which a demonstration can set.
 */
#ifndef TELEMACHUS_OS_CLOCK_H
#define TELEMACHUS_OS_CLOCK_H

#include <stdint.h>

int64_t clock_seconds(void);            /* UTC seconds since 1970 */
int64_t clock_milliseconds(void);       /* UTC milliseconds since 1970 */
int64_t clock_monotonic_us(void);       /* microseconds, never goes back */
void clock_sleep_ms(int64_t ms);

#endif
