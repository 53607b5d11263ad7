/*
 * Between the files of matching/ only: everything a run needs to know about a cohort, read once.
 */
#ifndef TELEMACHUS_MATCHING_DOSSIER_H
#define TELEMACHUS_MATCHING_DOSSIER_H

#include "db/db.h"
#include "matching/matching_rules.h"
#include "matching/matching_solve.h"
#include "programmes/programmes.h"

struct matching_side { struct matching_profile *p; struct text *first_name; int64_t *participant; int32_t n; };

struct matching_dossier {
        struct matching_side mentees, mentors;          /* in the order of their person ids */
        int32_t *places;                                /* per mentor: capacity less what is taken */
        struct matching_pair *ruled_out;                /* by a coordinator, declined, paired before */
        int64_t n_ruled_out;
        uint8_t *rank;                                  /* mentee * mentors.n + mentor: 1..5, 0 none */
        uint8_t *ranked;                                /* per mentee */
        uint8_t *marked;                                /* like rank: the mentor would like this mentee */
        int32_t *taken, *least;                         /* per mentor: mentees already; a group's smallest number, less those */
        uint8_t *reserve;                               /* per mentor: only for those who would stay without */
        uint8_t *absent;                                /* per mentee: has declined twice, and nobody has rung yet */
        bool groups;                                    /* some mentor wants a group: least matters */
        struct matching_weights weights;                /* the cohort's; a what-if changes them here */
};

/* Those who may be matched now: accepted or ready, mentees without a pair or an open proposal, mentors with room. */
struct err matching_dossier(struct tx *tx, const struct programmes_cohort *c, struct matching_dossier *out);

/* How two of them fit, forbidden pairs included. */
void matching_dossier_fit(const struct matching_dossier *d, int32_t mentee, int32_t mentor, struct matching_fit *fit);

/* A profile of one person, also outside a run. */
struct err matching_profile(struct tx *tx, int64_t person, struct matching_profile *out);

/* The cohort's weights, or the defaults; set asks whether she may, checks and audits. */
struct err matching_weights_of(struct tx *tx, int64_t cohort, struct matching_weights *out);
struct err matching_weights_set(struct tx *tx, const struct who *who, int64_t cohort, const struct matching_weights *w, struct text reason);
/* "name value" lines and back; what is missing or unknown stays at its default. */
struct text matching_weights_text(struct arena *a, const struct matching_weights *w);
void matching_weights_read(struct text lines, struct matching_weights *w);

/* Kept with a proposal: "code|number|value" lines, and "part millionths known" lines. */
struct text matching_reasons_text(struct arena *a, const struct matching_fit *fit);
struct text matching_parts_text(struct arena *a, const struct matching_fit *fit);

/*
 * Three sentences that both sides may read, in a language. Where the profiles say too little, true things about the two
 * clocks and the whole round fill the rest.
 */
struct matching_sentences { struct text row[3]; };
void matching_sentences(struct arena *a, int locale, struct text reasons, int64_t minutes_apart, struct matching_sentences *out);

#endif
