/*
 * Evaluation: pulses and surveys, and the figures by their published formulas, each with its n.
 *
 * Refuses: any statistic of people on fewer than five answers; the partner's answers to anybody but staff.
 */
#ifndef TELEMACHUS_EVALUATION_EVALUATION_H
#define TELEMACHUS_EVALUATION_EVALUATION_H

#include "desk/desk.h"
#include "programmes/programmes.h"

/* Makes the wave for a person if it is new; *wave is its id either way. wave: "W1", "W2" ... */
struct err evaluation_ask(struct tx *tx, int64_t cohort, const char *survey, const char *wave, int64_t person, int64_t pair, int64_t *id);
struct err evaluation_answered(struct tx *tx, int64_t cohort, const char *wave, int64_t person, int64_t pair, bool *answered);

/* What a person has been asked and not answered, newest first. */
struct evaluation_open { int64_t id, pair, asked_at; struct text survey, wave; };
struct evaluation_open_list { size_t n; struct evaluation_open *row; };
struct err evaluation_open_of(struct tx *tx, int64_t person, struct evaluation_open_list *out);

/* value: 1..5 of a scale; words: the key of a choice, or what was written. */
struct evaluation_reply { struct text question; struct opt value; struct text words; };
struct err evaluation_answer(struct tx *tx, const struct who *who, int64_t wave, const struct evaluation_reply *reply, size_t n);

/* The newest pulse of a person in a pair, for care's rules; found=false when there is none. */
struct evaluation_pulse { int64_t at, often, useful, safe; struct text contact; struct opt previous_lowest; };
struct err evaluation_pulse(struct tx *tx, int64_t pair, int64_t person, bool *found, struct evaluation_pulse *out);

/* An answer that staff has written down for somebody, as the desk notes it and takes it back. */
extern const struct desk_kind evaluation_act_answer;

struct evaluation_figure {
        const char *key, *title, *formula;      /* catalogue keys */
        bool shown;                             /* false: fewer than the least n */
        double value;
        const char *unit;                       /* "share", "days", "count" */
        int64_t n, of;
};
struct evaluation_figures { size_t n; struct evaluation_figure *row; };
struct err evaluation_figures(struct tx *tx, const struct who *who, int64_t cohort, struct evaluation_figures *out);

/* Writes report.html and figures.csv into a folder that is there. Staff and sponsors. */
struct err evaluation_report(struct tx *tx, const struct who *who, int64_t cohort, const char *dir);

/* Markdown bullets of figures for the sponsor's letter (R37). */
struct err evaluation_sponsor_list(struct tx *tx, int64_t cohort, int locale, struct text *out);

#endif
