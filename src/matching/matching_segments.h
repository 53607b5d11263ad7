/*
 * The figures of the fairness page, for staff: how segments fare on the table, how capacity is used, who would rather
 * have each other.  Groups too small to show are hidden by matching_groups().
 */
#ifndef TELEMACHUS_MATCHING_SEGMENTS_H
#define TELEMACHUS_MATCHING_SEGMENTS_H

#include "base/who.h"
#include "db/db.h"
#include "matching/matching_fairness.h"

enum matching_segment_by { MATCHING_BY_REGION, MATCHING_BY_LANGUAGE, MATCHING_BY_ORGANISATION, MATCHING_BY_DEPARTMENT, MATCHING_SEGMENTS };

struct matching_used { int64_t capacity, mentors, places, used; };
struct matching_used_list { size_t n; struct matching_used *row; };
struct matching_rather { int64_t mentee, mentor; };
struct matching_rather_list { size_t n; struct matching_rather *row; };

struct matching_segments {
        int64_t mentees;                        /* on the table, or left out */
        struct matching_groups by[MATCHING_SEGMENTS];
        struct matching_used_list used;         /* by the number of places a mentor has */
        bool ran, blocking_known;
        int64_t blocking;                       /* of the last run */
        struct matching_rather_list rather;     /* the first of them */
};

/* The k of a segment: language stands for origin, so it is held to the larger one. */
int64_t matching_segment_k(enum matching_segment_by by);
struct err matching_segments(struct tx *tx, const struct who *who, int64_t cohort, struct matching_segments *out);

#endif
