/*
 * Between the files of matching/ only: everything a run needs to know about a cohort, read once, in
 * a number of statements that does not grow with the people.
 */
#ifndef TELEMACHUS_MATCHING_DOSSIER_H
#define TELEMACHUS_MATCHING_DOSSIER_H

#include "db/db.h"
#include "matching/matching_pool.h"
#include "matching/matching_rules.h"
#include "matching/matching_solve.h"
#include "programmes/programmes.h"

struct matching_side { struct matching_profile *p; struct text *first_name; int64_t *participant; int32_t n; };

struct matching_dossier {
        struct matching_side mentees, mentors;          /* in the order of their person ids */
        int32_t *places;                                /* per mentor: capacity less what is taken */
        struct matching_pair *ruled_out;                /* by a coordinator, declined, paired before */
        int64_t n_ruled_out;
        struct matching_link *link;                     /* what is known about single pairs: by mentee, then mentor, each once */
        int64_t n_links, links_room;
        uint8_t *ranked;                                /* per mentee: has ranked somebody */
        int32_t *taken, *least;                         /* per mentor: mentees already; a group's smallest number, less those */
        uint8_t *reserve;                               /* per mentor: only for those who would stay without */
        uint8_t *absent;                                /* per mentee: has declined twice, and nobody has rung yet */
        bool groups;                                    /* some mentor wants a group: least matters */
        struct matching_weights weights;                /* the cohort's; a what-if changes them here */
};

/* Those who may be matched now: accepted or ready, mentees without a pair or an open proposal, mentors with room. */
struct err matching_dossier(struct tx *tx, const struct programmes_cohort *c, struct matching_dossier *out);

/*
 * While a dossier is read: facts about two of its people by person id, to be filled in; a place to
 * throw away if one of them is not in it.  Several notes about a pair are put together.
 */
struct matching_facts *matching_dossier_note(struct arena *a, struct matching_dossier *d, int64_t mentee, int64_t mentor);

/* The number of a person on a side, or MATCHING_NOBODY. */
int32_t matching_place_of(const struct matching_side *side, int64_t person);

struct matching_facts matching_dossier_facts(const struct matching_dossier *d, int32_t mentee, int32_t mentor);
/* Ruled out by hand or by a wish, proposed before in vain, or a pair once. */
bool matching_dossier_ruled_out(const struct matching_dossier *d, int32_t mentee, int32_t mentor);
/* How two of them fit, with reasons, forbidden pairs included. */
void matching_dossier_fit(const struct matching_dossier *d, int32_t mentee, int32_t mentor, struct matching_fit *fit);

/* A hash over all that a run rests on: equal for equal dossiers only. print: HASH_BYTES. */
void matching_dossier_print(const struct matching_dossier *d, unsigned char *print);

/* The dossier in numbers, and the score of every pair as a problem to solve: INT32 cells. */
void matching_dossier_pool(struct arena *a, const struct matching_dossier *d, struct matching_pool *out);

/* Profiles of everybody in a cohort whatever their state, by person; wants are not weighed yet. */
struct matching_profiles { size_t n; struct matching_profile *p; };
struct err matching_profiles(struct tx *tx, const struct programmes_cohort *c, struct matching_profiles *out);
struct matching_profile *matching_profiles_find(const struct matching_profiles *all, int64_t person);

/* Puts the private wishes not to be with somebody into them. */
struct err matching_add_not_with(struct tx *tx, int64_t cohort, struct matching_profiles *all);

/* How two people of a cohort fit by its weights, whatever their state: what a run would say. */
struct err matching_couple_fit(struct tx *tx, int64_t cohort, int64_t mentee, int64_t mentor, struct matching_fit *fit);
struct matching_couple { int64_t mentee, mentor; };
struct err matching_couple_fits(struct tx *tx, int64_t cohort, const struct matching_couple *pair, size_t n, struct matching_fit *fit);

/* The cohort's weights, or the defaults; set asks whether she may, checks and audits. */
struct err matching_weights_of(struct tx *tx, int64_t cohort, struct matching_weights *out);
struct err matching_weights_set(struct tx *tx, const struct who *who, int64_t cohort, const struct matching_weights *w, struct text reason);
/* "name value" lines and back; what is missing or unknown stays at its default. */
struct text matching_weights_text(struct arena *a, const struct matching_weights *w);
void matching_weights_read(struct text lines, struct matching_weights *w);

/* Kept with a proposal: "code|number|value" lines, and "part millionths known" lines. */
struct text matching_reasons_text(struct arena *a, const struct matching_fit *fit);
struct text matching_parts_text(struct arena *a, const struct matching_fit *fit);

/* "Goals and skills": a catalogue key, for staff. */
const char *matching_part_title(enum matching_part part);

/*
 * Three sentences that both sides may read, in a language. Where the profiles say too little, true things about the two
 * clocks and the whole round fill the rest.
 */
struct matching_sentences { struct text row[3]; };
void matching_sentences(struct arena *a, int locale, struct text reasons, int64_t minutes_apart, struct matching_sentences *out);

#endif
