/*
 * Between the files of matching/ only: who of very many mentors may reach a score with one mentee,
 * counted for a block of them at once.  Points are an upper bound of what skills, likeness and hours
 * add.
 */
#ifndef TELEMACHUS_MATCHING_POINTS_H
#define TELEMACHUS_MATCHING_POINTS_H

#include "matching/matching_index.h"

enum { MATCHING_PLANES = 7, MATCHING_POINTS_MOST = (1 << MATCHING_PLANES) - 1, MATCHING_FEATURES = 24 };

/*
 * Something that brings a mentor points: meeting a wish, sharing an interest, being free.  gain is the most that
 * it can add to the weighted sum.
 */
struct matching_feature { const uint64_t *set; int64_t gain; int points; bool skill; };

struct matching_points {
        const struct matching_index *x;
        int32_t mentee;
        struct matching_feature feature[MATCHING_FEATURES];
        int n;
        int64_t unit;                           /* of points, in the weighted sum */
        uint64_t *own;                          /* room for sets that nobody made before */
};

void matching_points_new(struct arena *a, const struct matching_index *x, struct matching_points *out);
void matching_points_take(struct matching_points *p, int32_t mentee);
/* Who of the block that begins at this word has so many points. must_skill: and meets some wish. */
void matching_points_who(const struct matching_points *p, size_t word, int points, bool must_skill, uint64_t who[2]);

#endif
