/*
 * The bare solver's files: lists of pairs and capacities (CSV), matrices (NumPy), the pairs found.
 * Mistakes are reported with file, line and column, and nothing is guessed.
 *
 * Wrong place? Rosters of people: programmes/ imports them.
 */
#ifndef TELEMACHUS_MATCHING_FILES_H
#define TELEMACHUS_MATCHING_FILES_H

#include "base/out.h"
#include "matching/matching_solve.h"

/*
 * Names in ascending order of their bytes; a number is a place in that order. n = 0: numbers are
 * the names.
 */
struct matching_names { struct text *p; int32_t n; };

struct matching_input {
        struct matching_problem problem;
        struct matching_names mentees, mentors;
        int32_t *places;                /* what problem.places points to, once a capacity is set */
        bool millionths;                /* scores are millionths; else whole numbers as they came */
        int64_t base, step;             /* a score of the problem is (the true one - base) / step; 0 and 1 for lists */
        const char *file;               /* for errors */
};

/*
 * "mentee,mentor,score", one pair a line, the header optional: scores are decimals with up to six
 * places and taken exactly. Refused: empty names, a pair given twice, anything that is no such
 * number. The text is borrowed: it must outlive *in.
 */
struct err matching_read_edges(struct text csv, const char *file, struct arena *a,
                               struct matching_input *in);

/*
 * "mentor,capacity" into an input already read. Refused: mentors who are in no pair, or given
 * twice.
 */
struct err matching_read_capacity(struct text csv, const char *file, struct arena *a,
                                  struct matching_input *in);

/*
 * An .npy file of two dimensions in C order: int32 and int64 as they are, their smallest value
 * means not allowed; float32 and float64 times a million, halves to even, NaN means not allowed,
 * infinite or too large is refused. Borrowed where possible; few different scores in a large
 * matrix are packed into a byte or two each (base, step). mapped: npy is a mapped file, and what has been read of it may be
 * dropped from memory.
 */
struct err matching_read_matrix(struct text npy, const char *file, bool mapped, struct arena *a,
                                struct matching_input *in);

/* "mentee,mentor,score", in the order of the mentees. */
void matching_write_pairs(const struct matching_input *in, const struct matching_result *r,
                          struct out *o);

/* A decimal with up to six places as millionths, exactly; false for anything else. */
bool matching_decimal(struct text t, int64_t *millionths);
void matching_decimal_write(struct out *o, int64_t millionths);

struct matching_bare_options {
        const char *edges, *matrix;     /* one of the two */
        const char *capacity, *out;     /* NULL: none */
        bool fair;
        bool (*go_on)(void *ctx, const struct matching_progress *p);    /* as in matching_options */
        void *go_on_ctx;
};

/*
 * `telemachus match --edges|--matrix`: reads, solves, writes, and says what came of it as one JSON
 * object: matched, total, lowest (null when nobody is matched), unmatched, seconds {read, solve,
 * write}, peak_mb.
 */
struct err matching_bare(const struct matching_bare_options *o, struct arena *a, struct text *json);

#endif
