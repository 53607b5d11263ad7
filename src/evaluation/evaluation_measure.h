/* How the figures of a cohort are counted: what was read once, and how a result is put down. Private to the room. */
#ifndef TELEMACHUS_EVALUATION_EVALUATION_MEASURE_H
#define TELEMACHUS_EVALUATION_EVALUATION_MEASURE_H

#include "evaluation/evaluation.h"
#include "evaluation/evaluation.sql.h"
#include "evaluation/evaluation_interval.h"

struct measure {
        struct tx *tx;
        struct arena *a;
        int locale;
        struct programmes_cohort cohort;
        struct evaluation_pair_rows_list pairs;
        struct evaluation_contact_rows_list contacts;           /* by pair and time */
        struct evaluation_people_rows_list people;
        struct evaluation_figures *out;
};

/* Puts a figure down by the rules of evaluation_cells.h. units: people or pairs behind it; value: of what is no share. */
struct evaluation_result { double value; int64_t n, of, units; struct evaluation_interval sure; };
void evaluation_put(struct measure *m, const char *key, struct evaluation_result r);
/* A share of cases that stand for themselves. */
void evaluation_put_share(struct measure *m, const char *key, int64_t n, int64_t of);

/* One division of a share into groups, of which some may be hidden. */
struct evaluation_group { struct text name; int64_t n, of; };
void evaluation_put_cuts(struct measure *m, const char *figure, const char *division, const struct evaluation_group *g, size_t n, bool answers);

/* ---- what is counted, by file ---- */
struct err evaluation_measure_people(struct measure *m);
void evaluation_measure_pairs(struct measure *m);
struct err evaluation_measure_work(struct measure *m);
struct err evaluation_measure_answers(struct measure *m);

/* ---- pairs, asked by more than one ---- */
bool evaluation_ended_early(const struct evaluation_pair_rows *p);
bool evaluation_completed(const struct measure *m, const struct evaluation_pair_rows *p);
bool evaluation_met_soon(const struct evaluation_pair_rows *p, int64_t since);

#endif
