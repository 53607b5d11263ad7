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
        struct text title, intro, token, partner, behalf, action;      /* behalf: staff writes down what this person says */
        int64_t pair;
        struct evaluation_question_lines questions;
        bool answered, over;
};

struct evaluation_figure_line { const char *title, *formula; struct text value; int64_t n, of; int64_t percent; bool share, shown; };
struct evaluation_figure_lines { size_t n; struct evaluation_figure_line *row; };
struct evaluation_figures_view { struct text cohort; struct evaluation_figure_lines figures; };

/* The figures as the page and the report show them. */
struct evaluation_figure_lines evaluation_lines(struct arena *a, enum locale l, const struct evaluation_figures *figures);

/* A figure's value in words: "87 %", "9.5 days". */
struct text evaluation_value_text(struct arena *a, enum locale l, const struct evaluation_figure *f);

#endif
