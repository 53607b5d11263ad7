/* The parts of bench/matching: instances, their files, and what runs in a process of its own. */
#ifndef TELEMACHUS_BENCH_MATCHING_H
#define TELEMACHUS_BENCH_MATCHING_H

#include "matching/matching_solve.h"

/* An instance as it lies in its file, in this order behind the header; places, row, mentor, score or cells. */
struct instance {
        int64_t mentees, mentors, pairs;        /* pairs: of a list; 0: a matrix */
        int64_t cell_bytes;                     /* of a matrix: 1 or 4 */
        int64_t has_places;
        int32_t *places;
        int64_t *row;
        int32_t *mentor;
        int64_t *score;
        void *cell;
};

/* What is known of an instance before it is made. */
struct plan {
        const char *name;
        enum family { UNIFORM, PROFILES, GEOMETRIC, LIST_UNIFORM, LIST_PROFILES, LIST_PLACES, REAL } family;
        int32_t mentees;
        int32_t slack;          /* LIST_PLACES: per cent of places too many */
        bool large;             /* what --quick leaves out */
};

extern const struct plan plans[];
const struct plan *plan_by_name(const char *name);

void instance_make(const struct plan *p, bool int32, struct instance *out);
void instance_write(const struct instance *in, const char *path);
/* Into an arena, as the product reads its files. */
void instance_read(const char *path, struct arena *a, struct instance *out);
struct matching_problem instance_problem(const struct instance *in);
void *take(size_t bytes);

/*
 * Each runs in a process of its own, says "ready" when the instance is in memory, and then one line:
 * seconds, matched, total, peak in MB, and words.
 */
int run_ours(int argc, char **argv);
double seconds_now(void);
double peak_mb(void);

#endif
