#include "os/clock.h"

#include <errno.h>
#include <time.h>

static int64_t read_ns(clockid_t id)
{
        struct timespec t;

        clock_gettime(id, &t);
        return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

int64_t clock_seconds(void) { return read_ns(CLOCK_REALTIME) / 1000000000; }
int64_t clock_milliseconds(void) { return read_ns(CLOCK_REALTIME) / 1000000; }
int64_t clock_monotonic_us(void) { return read_ns(CLOCK_MONOTONIC) / 1000; }

void clock_sleep_ms(int64_t ms)
{
        struct timespec t = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};

        while (nanosleep(&t, &t) != 0 && errno == EINTR)
                continue;
}
