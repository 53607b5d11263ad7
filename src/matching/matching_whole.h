/*
 * A whole problem as one graph: most pairs first, then the heaviest. Where everybody can be placed that is one block; else
 * the mentees who compete for too few places and all others are solved apart (matching_most.h). Private to matching_*.c.
 */
#ifndef TELEMACHUS_MATCHING_WHOLE_H
#define TELEMACHUS_MATCHING_WHOLE_H

#include "matching/matching_block.h"
#include "matching/matching_most.h"

/*
 * Prices prove it: mentee + mentor >= weight on every edge; outside short no mentor's price is negative, and it is 0 with
 * a place left; in short no mentee's is, and it is 0 for those left out. An edge from a mentee outside short to a mentor in
 * short needs no price: one more pair elsewhere is worth more than any weight.
 */
struct matching_answer {
        int32_t *match;                         /* per mentee, or MATCHING_NOBODY */
        int64_t *mentee, *mentor;
        const int64_t *guess;                   /* what mentors' prices may be, where that is known; NULL */
        uint8_t *short_mentee, *short_mentor;   /* all 0 where everybody is placed */
        int64_t n_short;                        /* mentees */
};

void matching_answer_new(int32_t mentees, int32_t mentors, struct arena *a, struct matching_answer *w);
void matching_answer_split(struct matching_answer *w, const struct matching_most *most, int32_t mentees, int32_t mentors);

/* Rows of g are mentees, each needs one. False when stopped: then pairs are some, and prices bound the best. */
bool matching_whole_solve(const struct matching_graph *g, struct matching_pulse *pulse, struct arena *a, struct matching_answer *w);

/*
 * Edges have come to g since w was right for it, of weight alone: they let nobody be placed who was not. Goes on from
 * there.
 */
bool matching_whole_mend(const struct matching_graph *g, struct matching_pulse *pulse, struct arena *a, struct matching_answer *w);

#endif
