#include "matching/matching_level.h"

static enum matching_level allowed = MATCHING_AVX512;

void matching_level_at_most(enum matching_level most) { allowed = most; }

enum matching_level matching_level(void)
{
#if defined(__x86_64__)
        if (allowed >= MATCHING_AVX512 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw"))
                return MATCHING_AVX512;
        if (allowed >= MATCHING_AVX2 && __builtin_cpu_supports("avx2"))
                return MATCHING_AVX2;
#endif
        return MATCHING_PLAIN;
}
