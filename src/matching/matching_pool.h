/*
 * The people of a run in numbers: the same score as matching_rules_fit() gives, for millions of
 * pairs.  Reasons are not made here; ask matching_rules_fit() for the pairs that are chosen.
 *
 * Wrong place? The best mentors of each mentee where there are too many pairs to look at:
 * matching_candidates.h.
 */
#ifndef TELEMACHUS_MATCHING_POOL_H
#define TELEMACHUS_MATCHING_POOL_H

#include "matching/matching_terms.h"

/* What is known of somebody, as bits: two people can be compared in what both have. */
enum matching_has {
        MATCHING_HAS_SKILLS = 1 << 0, MATCHING_HAS_VALUES = 1 << 1, MATCHING_HAS_INTERESTS = 1 << 2,
        MATCHING_HAS_WEEK = 1 << 3, MATCHING_HAS_GRADE = 1 << 4, MATCHING_HAS_YEARS = 1 << 5,
        MATCHING_HAS_FUNCTION = 1 << 6, MATCHING_HAS_LANGUAGE = 1 << 7, MATCHING_HAS_FORMAT = 1 << 8,
        MATCHING_HAS_PARTS = (1 << 9) - 1,
        MATCHING_HAS_ZONE = 1 << 9, MATCHING_HAS_NO_CONSENT = 1 << 10, MATCHING_HAS_WISHES = 1 << 11,
};

/* Equal texts have equal numbers; 0 is not known. */
struct matching_card {
        int64_t person;
        int32_t email, manager, managers_manager, team, function;
        int32_t language, format;               /* the preferred ones */
        int32_t years;
        int16_t step, offset_minutes;
        uint16_t clock;                         /* number of the shifts of the person's clock */
        uint16_t has;
};

struct matching_crowd {
        int32_t n;
        struct matching_card *card;
        struct matching_utc_week *week;
        uint64_t *languages, *formats;          /* pool's language_words and format_words each */
        struct matching_list interests, values, not_with;      /* of mentors each once */
        int32_t *n_interests, *n_values;        /* how many somebody named */
};

/* What is known about one pair; all others have nothing in particular. */
struct matching_link { int32_t mentee, mentor; struct matching_facts facts; };

struct matching_pool {
        struct matching_crowd mentees, mentors;
        struct matching_terms terms;
        int32_t n_values, n_interests;          /* numbers go up to these */
        int language_words, format_words;
        struct matching_span span;
        int32_t n_clocks;
        const int16_t (*shift)[MATCHING_SEASONS];       /* per clock */
        const struct matching_link *link;       /* by mentee, then mentor */
        const int64_t *links;                   /* mentee i has links[i] .. links[i + 1] - 1 */
        struct matching_weights weights;
        int64_t weight_sum;
};

/*
 * Borrows texts and links.  links come by mentee, then mentor, each pair once; made_wishes says per
 * mentee whether anybody was ranked (NULL: nobody was).
 */
void matching_pool_new(struct arena *a, const struct matching_profile *mentees, int32_t n,
                       const struct matching_profile *mentors, int32_t m, const struct matching_link *link,
                       int64_t n_links, const uint8_t *made_wishes, const struct matching_weights *weights,
                       struct matching_pool *out);

/* One mentee against mentors, one after the other. A scan belongs to one thread. */
struct matching_scan;
struct matching_scan *matching_scan_new(struct arena *a, const struct matching_pool *p);
void matching_scan_begin(struct matching_scan *s, int32_t mentee);
/* *forbidden: enum matching_rule, or-ed. */
int32_t matching_scan_score(struct matching_scan *s, int32_t mentor, unsigned *forbidden);
/* Three parts alone; one half where they cannot be compared. */
int32_t matching_scan_goals(struct matching_scan *s, int32_t mentor);
int32_t matching_scan_likeness(const struct matching_scan *s, int32_t mentor);
int32_t matching_scan_hours(struct matching_scan *s, int32_t mentor);
void matching_scan_end(struct matching_scan *s);

/* The whole matrix, INT32_MIN where a rule forbids: cell mentee * mentors + mentor. */
void matching_pool_scores(struct arena *a, const struct matching_pool *p, int threads, int32_t *score);
/* The same with scores for all pairs, whatever the rules say, and those that are broken: enum matching_rule, or-ed. */
void matching_pool_ruled(struct arena *a, const struct matching_pool *p, int threads, int32_t *score, uint16_t *rules);

/* Runs fn(ctx, thread, from, until) over all of n in pieces; each thread has a number below threads. */
typedef void matching_piece_fn(void *ctx, int thread, int32_t from, int32_t until);
void matching_in_pieces(int threads, int32_t n, int32_t piece, matching_piece_fn *fn, void *ctx);

#endif
