/*
 * What the parts of the solver share.  Private to matching_*.c; everybody else includes
 * matching_solve.h.
 */
#ifndef TELEMACHUS_MATCHING_PARTS_H
#define TELEMACHUS_MATCHING_PARTS_H

#include "matching/matching_solve.h"

/*
 * (pairs, score) as one number that adds and compares like the two in lexicographic order: the
 * score has the low 96 bits.  Nothing can carry over: no path or sum here has 2^31 scores of 64
 * bits, so its score part stays below 2^95.
 */
typedef __int128 matching_worth;
#define MATCHING_PAIR_UNIT ((matching_worth)1 << 96)

static inline matching_worth matching_worth_of(int64_t pairs, int64_t score)
{
        return (matching_worth)pairs * MATCHING_PAIR_UNIT + score;
}

/* Farther than any path. */
#define MATCHING_FAR (MATCHING_PAIR_UNIT * ((matching_worth)1 << 30))

/* False when the score part does not fit in 64 bits. */
bool matching_worth_split(matching_worth w, struct matching_price *out);

/* One mentee's allowed mentors, ascending. */
struct matching_row {
        const int32_t *mentor;
        const int64_t *score;
        int64_t n;
};

/*
 * What is left to choose from once the best has been settled in some respects: pairs that some best
 * solution has, and people and mentors whom every best solution serves, or fills.  The next
 * respect: as few pairs as possible with a score in (above, upto].
 */
struct matching_face {
        int64_t *start, *end;           /* mentee i has start[i] .. end[i] - 1 */
        int32_t *mentor;
        int64_t *score;
        uint8_t *must_mentee, *must_mentor;
        int64_t above, upto;
};

/*
 * The problem as the search sees it: locks taken out, forbidden pairs and those below the floor
 * left out.
 */
struct matching_view {
        const struct matching_problem *p;
        int64_t floor;          /* lowest score that counts */
        int64_t keep;           /* what an announced pair is worth on top of its score */
        bool flat;              /* all scores count as 0: only the number of pairs matters */
        /* if set, the pairs come from here, and their worth */
        const struct matching_face *face;
        /* what a pair with a mentor from bonus_from on is worth besides: places that must be filled */
        matching_worth bonus;
        int32_t bonus_from;
        uint8_t *settled;       /* per mentee: locked or absent, not to be searched for */
        int32_t *places;        /* per mentor, without those that locks take */
        bool cut;               /* places that nobody could take are not among them: there were too many to count */
        struct matching_pair *forbidden;        /* ascending */
        /* mentee i has forbidden[forbidden_row[i]] .. [i + 1] - 1 */
        int64_t *forbidden_row;
        int32_t *mentor;        /* room for one row */
        int64_t *score;
};

/* Checks the whole problem, then makes the view. */
struct err matching_view_new(const struct matching_problem *p, struct arena *a,
                             struct matching_view **out);

/* Valid until the next call. */
struct matching_row matching_view_row(struct matching_view *v, int32_t mentee);

/* The score of one pair, locks or not; MATCHING_NONE if not allowed. */
int64_t matching_score(const struct matching_problem *p, int32_t mentee, int32_t mentor);
bool matching_is_forbidden(const struct matching_view *v, int32_t mentee, int32_t mentor);

/* What an announced pair is worth on top of its score; 0 for all others. */
static inline int64_t matching_view_keep(const struct matching_view *v, int32_t mentee, int32_t mentor)
{
        return v->keep > 0 && v->p->announced[mentee] == mentor ? v->keep : 0;
}

/* "mentee 3, mentor 7", for errors. */
const char *matching_place(struct arena *a, int64_t mentee, int64_t mentor);

struct matching_search_column {
        matching_worth price;
        matching_worth distance;        /* during a search */
        int32_t places, used;
        /* one of the mentees placed here; the others follow in next[] */
        int32_t first;
        int32_t parent;                 /* mentee through whom the search came here */
        int32_t heap;                   /* position in the heap, from 1; 0: not in it */
        int32_t touched;
};

/*
 * Shortest augmenting paths over prices, after Jonker and Volgenant, with places instead of copied
 * columns.
 */
struct matching_search {
        struct matching_view *view;
        const struct matching_options *options;
        struct matching_search_column *column;
        /* per mentee: what the mentee gets out of it, never negative */
        matching_worth *gain;
        int32_t *match;                 /* per mentee */
        int32_t *next, *previous;       /* other mentees of the same mentor */
        int32_t *heap;
        int32_t in_heap;
        int32_t *touched, *tree;        /* columns and mentees met by the current search */
        matching_worth *tree_distance;
        int32_t n_touched, n_tree;
        int32_t round, done;
        int64_t searches, looked_at;
        bool stopped;                   /* the caller asked to end */
};

struct matching_search *matching_search_new(struct matching_view *v,
                                            const struct matching_options *o, struct arena *a);

static inline matching_worth matching_view_worth(const struct matching_view *v, int32_t i,
                                                 int32_t j, int64_t score)
{
        const struct matching_face *f = v->face;

        if (f)
                return matching_worth_of(f->must_mentee[i] + f->must_mentor[j],
                                         -(score > f->above && score <= f->upto));
        matching_worth bonus = v->bonus && j >= v->bonus_from ? v->bonus : 0;
        return matching_worth_of(1, v->flat ? 0 : score) + (v->flat ? 0 : matching_view_keep(v, i, j)) + bonus;
}

/*
 * Forgets pairs and prices, and places every mentee anew; false when stopped on the way (pairs and
 * prices stay valid).
 */
bool matching_search_all(struct matching_search *s);

/* Instead of a search: takes these pairs, and the prices that prove a bound without it. */
void matching_search_make_do(struct matching_search *s, const int32_t *match);

/* As a whole search begins: nobody is placed, nothing has a price. */
void matching_search_forget(struct matching_search *s);

/* Asks the caller whether to go on; once no, always no. */
bool matching_search_may_go_on(struct matching_search *s);

/* Places one mentee who has no mentor yet, moving others if that is better for all. */
void matching_search_add(struct matching_search *s, int32_t mentee);

/*
 * Only the lists: the prices stay as they were. Remove returns the mentor who had this mentee, or
 * MATCHING_NOBODY.
 */
void matching_search_place(struct matching_search *s, int32_t mentee, int32_t mentor);
int32_t matching_search_remove(struct matching_search *s, int32_t mentee);

/* The heap of mentors by distance; up also puts one in. */
void matching_heap_up(struct matching_search *s, int32_t mentor);
int32_t matching_heap_pop(struct matching_search *s);
void matching_heap_clear(struct matching_search *s);

/* The sum of all gains and of all prices of places: no set of pairs is worth more. */
matching_worth matching_search_bound(const struct matching_search *s);

int32_t matching_search_matched(const struct matching_search *s);

/* Who touches every allowed pair, from the prices of a search that ended. */
void matching_search_cover(const struct matching_search *s, struct matching_cover *cover);

/* Fills pairs, scores, sums and prices from the search and the locks. */
struct err matching_result_fill(const struct matching_search *s, struct matching_result *r);
void matching_result_room(const struct matching_problem *p, struct arena *a,
                          struct matching_result *r);

/* Finds the floor and its proof, and leaves the best pairs above it in the search. */
void matching_fair(struct matching_search *s, struct arena *a, struct matching_result *r);

/* Is there a mentor who takes a group or nobody? */
bool matching_has_groups(const struct matching_problem *p);

/*
 * r is the result without the least sizes, which may be the best with them as well; else the groups are searched, and r gets
 * the best pairs found. Its prices and bound stay.
 */
struct err matching_groups_form(struct matching_view *v, const struct matching_options *o, struct arena *a,
                                struct matching_result *r);

/* The pairs of match with the locks, and their sums. */
struct err matching_result_pairs(const struct matching_view *v, const int32_t *match, struct matching_result *r);

/* Fills match, the steps and the status. */
struct err matching_leximin(struct matching_view *v, const struct matching_options *o, struct arena *a, struct matching_result *r,
                            int32_t *match);

/*
 * Fills match; false when the caller stopped it: then some have not asked yet, and two may rather
 * have each other.
 */
bool matching_stable(struct matching_view *v, struct arena *a, const struct matching_options *o,
                     int32_t *match);

#endif
