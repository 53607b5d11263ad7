/* Pulses and surveys for participants, figures for staff and sponsors. */
#ifndef TELEMACHUS_EVALUATION_EVALUATION_WEB_H
#define TELEMACHUS_EVALUATION_EVALUATION_WEB_H

#include "evaluation/evaluation.h"
#include "http/http.h"

extern const struct route_table evaluation_routes;

struct evaluation_question_line {
        const char *name;               /* q0, q1 ... */
        struct text words, low, high, now;
        struct html_options options;    /* of a choice */
        bool scale, choice, written, required, named;   /* named: the coordinator reads it with the name */
};
struct evaluation_question_lines { size_t n; struct evaluation_question_line *row; };
struct evaluation_survey_view {
        int64_t wave, minutes;
        struct text title, intro, token, partner;
        struct evaluation_question_lines questions;
        bool answered, over;
};

struct evaluation_figure_line { const char *title, *formula; struct text value; int64_t n, of; int64_t percent; bool share, shown;
        int64_t least;                          /* what the worksheet wants of it, in per cent; 0: no target */
};
struct evaluation_figure_lines { size_t n; struct evaluation_figure_line *row; };
struct evaluation_figures_view { struct text cohort; struct evaluation_figure_lines figures; };

/* The figures as the page and the report show them. */
struct evaluation_figure_lines evaluation_lines(struct arena *a, enum locale l, const struct evaluation_figures *figures);

/* What the cohort's worksheet wants of each figure, into the lines of these figures. */
struct err evaluation_targets(struct tx *tx, int64_t cohort, const struct evaluation_figures *figures, struct evaluation_figure_lines *lines);

/* A figure's value in words: "87 %", "9.5 days". */
struct text evaluation_value_text(struct arena *a, enum locale l, const struct evaluation_figure *f);

#endif
