/* Pulses and surveys for participants, figures for staff and sponsors. */
#ifndef TELEMACHUS_EVALUATION_EVALUATION_WEB_H
#define TELEMACHUS_EVALUATION_EVALUATION_WEB_H

#include "evaluation/evaluation.h"
#include "html/letter.h"
#include "http/http.h"
#include "jobs/jobs.h"

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

struct evaluation_figure_line {
        const char *title, *formula, *method;   /* method: NULL if it is the usual one, said once below */
        struct text value, sure, from;          /* from: what it was counted from, or why nothing is shown */
        int64_t percent, low, high;             /* of the picture */
        bool share, shown, has_sure;
        int64_t least;                          /* the worksheet's target in per cent; 0: none */
};
struct evaluation_figure_lines { size_t n; struct evaluation_figure_line *row; };
struct evaluation_section_view { const char *title, *lead; struct evaluation_figure_lines figures; };
struct evaluation_section_views { size_t n; struct evaluation_section_view row[SECTIONS]; };
struct evaluation_cut_line { const char *figure, *division; struct text group, value, sure, gap, from; bool shown, half; };
struct evaluation_cut_lines { size_t n; struct evaluation_cut_line *row; };
struct evaluation_figures_view {
        struct text cohort;
        struct evaluation_section_views sections;
        struct evaluation_cut_lines cuts;
        bool files, staff;                      /* can be fetched here; a report in a file has neither */
        struct text cost, currency;             /* as they stand in the form */
};

/* What a report says before its figures: what the cohort was for, and how its targets came about. */
struct evaluation_target_line { const char *title; struct text was, least, reason, by_name; int64_t at; };
struct evaluation_target_lines { size_t n; struct evaluation_target_line *row; };
struct evaluation_report_view {
        struct text cohort, programme, purpose, success, signed_by;
        struct opt signed_day;
        int64_t launch_day, end_day, at;
        bool over, page;                        /* page: with the buttons of the site */
        struct evaluation_target_lines changes;
        struct evaluation_figures_view figures;
};
struct err evaluation_write_report(struct tx *tx, const struct who *who, int64_t cohort, enum locale l, struct evaluation_report_view *v);

/* The figures as the page and the report show them. */
void evaluation_write_figures(struct arena *a, enum locale l, const struct evaluation_figures *figures, struct evaluation_figures_view *v);

/* A figure's value in words: "87 %", "9.5 days"; and with how sure it is: "87 % (71 to 92 %)". */
struct text evaluation_value_text(struct arena *a, enum locale l, const struct evaluation_figure *f, struct text currency);
struct text evaluation_value_sure(struct arena *a, enum locale l, const struct evaluation_figure *f, struct text currency);
struct text evaluation_sure_text(struct arena *a, enum locale l, const struct evaluation_figure *f);
/* "31 of 40", "about 40 answers", or why nothing is shown. */
struct text evaluation_from_text(struct arena *a, enum locale l, const struct evaluation_figure *f);
const char *evaluation_section_title(enum evaluation_section s);        /* catalogue key */

/* The figures as files. folder: ours, for a file that is gone afterwards. */
struct text evaluation_figures_csv(struct arena *a, const struct evaluation_figures *figures);
struct err evaluation_workbook(struct arena *a, const char *folder, enum locale l, const struct programmes_cohort *c, int64_t now,
                               const struct evaluation_figures *figures, struct text *out);

/* ---- the sponsor's letter ---- */

struct evaluation_number { struct text title, value, sure; bool shown; };
struct evaluation_numbers { size_t n; struct evaluation_number row[5]; };
struct evaluation_letter_view {
        struct text name, coordinator, programme, cohort, month, decision;
        struct evaluation_numbers numbers;
        int64_t week, weeks, pairs;
        bool over;
};
struct evaluation_sponsor_view {
        struct text cohort, name, address, locale, on_day, decision, suggested, subject;
        struct markup body;
        bool known, active, has_next;
        int64_t next_at;
        struct html_options locales;
};
struct err evaluation_read_sponsor_page(struct request *rq, struct evaluation_sponsor_view *v);
extern const struct job_kind evaluation_job_sponsor;
handler_fn evaluation_get_figures, evaluation_get_report, evaluation_get_report_file, evaluation_get_csv,
        evaluation_get_xlsx, evaluation_get_sponsor, evaluation_post_sponsor, evaluation_post_cost;
struct evaluation_sponsor_form { struct text name, address, locale, decision; int64_t on_day; bool active; };
struct evaluation_cost_form { int64_t amount; struct text currency; };
/* The cohort that this reader looks at: staff's current one, a sponsor's newest. */
struct err evaluation_cohort_of_reader(struct request *rq, int64_t *cohort);

#endif
