/*
 * What the solver offers by now.  A test of something with a 0 here is skipped; 1 puts it to the
 * proof.
 */
#ifndef TELEMACHUS_MATCHING_TEST_OFFERED_H
#define TELEMACHUS_MATCHING_TEST_OFFERED_H

enum {
        OFFERED_BYTES = 1,              /* matrices of one and two bytes a score, certified */
        OFFERED_ANNOUNCED = 1,          /* announced and keep */
        OFFERED_GROUPS = 1,             /* least */
        OFFERED_SCORE_EVENT = 1,        /* MATCHING_SCORE */
        /* FAIR: a price that needs more than 64 bits drops out of the cover, and the proof fails */
        OFFERED_HUGE_FAIR = 1,
};
/* For the preprocessor: without the function no test of it can be linked. */
#define OFFERED_BLOCKING 1

#endif
