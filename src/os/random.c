#include "os/random.h"

#include "base/err.h"
#include "os/clock.h"

#include <sodium.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <string.h>

enum { RANDOM_BITS = 22, NEXT_WITHIN = 1024 };
static const int64_t EPOCH_MS = 1577836800000;  /* 2020-01-01 */

static bool replaying;                          /* set before any thread starts */
static unsigned char replay_key[randombytes_SEEDBYTES];
static _Atomic uint64_t replay_count;
static _Atomic int64_t replay_id;

void random_bytes(void *p, size_t n)
{
        if (!replaying) {
                must(sodium_init() >= 0);
                randombytes_buf(p, n);
                return;
        }
        unsigned char seed[randombytes_SEEDBYTES];
        uint64_t count = ++replay_count;
        memcpy(seed, replay_key, sizeof seed);
        memcpy(seed + 8, &count, sizeof count);
        randombytes_buf_deterministic(p, n, seed);
}

uint32_t random_below(uint32_t below)
{
        uint64_t wide;

        must(below > 0);
        random_bytes(&wide, sizeof wide);
        return (uint32_t)(wide % below);        /* bias below 2^-32: 64 bits for a 32-bit range */
}

int64_t random_id(void)
{
        static _Atomic int64_t last;
        uint32_t low;

        if (replaying)
                return ++replay_id;
        random_bytes(&low, sizeof low);
        int64_t fresh = ((clock_milliseconds() - EPOCH_MS) << RANDOM_BITS) | (low & ((1u << RANDOM_BITS) - 1));
        int64_t before = atomic_load(&last), id;
        do {
                id = fresh > before ? fresh : before + 1 + low % NEXT_WITHIN;
        } while (!atomic_compare_exchange_weak(&last, &before, id));
        return id;
}

void random_replay(uint64_t seed)
{
        memcpy(replay_key, &seed, sizeof seed);
        replaying = true;
}
