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

/* Where a figure belongs: process or outcome, of the programme or of the relationships. */
enum evaluation_section { SECTION_PROGRAMME_PROCESS, SECTION_PAIR_PROCESS, SECTION_PAIR_OUTCOME, SECTION_PROGRAMME_OUTCOME, SECTIONS };
enum evaluation_unit { UNIT_SHARE, UNIT_DAYS, UNIT_COUNT, UNIT_POINTS, UNIT_MONEY };

/* A figure as it is defined, whoever is counted. Every text is a catalogue key. */
struct evaluation_definition {
        const char *key, *title, *formula;
        const char *method;             /* where the interval comes from; NULL: there is none */
        enum evaluation_section section;
        enum evaluation_unit unit;
        int least;                      /* people or pairs behind it, below which it is not shown */
        bool answers;                   /* from what people said: of few only blunt shares, and no numerators */
        bool headline;                  /* also in letters */
};
extern const char evaluation_usual_method[];    /* of most figures: a page says it once */
extern const struct evaluation_definition evaluation_definitions[];
extern const size_t evaluation_n_definitions;

struct evaluation_figure {
        const struct evaluation_definition *def;
        bool shown, counted;            /* counted: numerator and denominator may be shown */
        double value;                   /* as it may be shown */
        int64_t n, of;
        int64_t units;                  /* people or pairs behind it; -1: fewer than the least */
        struct { bool has; double low, high; } sure;
        int64_t least;                  /* what the cohort's worksheet wants of it, in per cent; 0: no target */
};

/* A figure by groups: one row is one group of one division. gap: to all the others of the division. */
struct evaluation_cut {
        const char *figure, *division;  /* catalogue keys */
        struct text group;              /* in the reader's language */
        bool shown, warns;              /* warns: below a half it needs a look */
        double value;
        int64_t n, of;                  /* n: -1 where it may not be shown */
        struct { bool has; double low, high; } sure;
        struct { bool has; double value, low, high; } gap;
};
struct evaluation_cuts { size_t n; struct evaluation_cut *row; };
struct evaluation_figures {
        size_t n;
        struct evaluation_figure *row;
        struct evaluation_cuts cuts;
        struct text currency;           /* of UNIT_MONEY */
};
/* locale: of the groups' names. Staff and sponsors. */
struct err evaluation_figures(struct tx *tx, const struct who *who, int64_t cohort, int locale, struct evaluation_figures *out);
/* NULL: there is no such figure. */
const struct evaluation_figure *evaluation_figure_of(const struct evaluation_figures *f, const char *key);

/* The evaluation as files, in the cohort's language. scratch: a folder of ours for a moment. Staff and sponsors. */
struct evaluation_files { struct text page, csv, workbook; };
struct err evaluation_report(struct tx *tx, const struct who *who, int64_t cohort, const char *scratch, struct evaluation_files *out);

/* Markdown bullets of the headline figures, for the sponsor's letter (R37) and the mentors' (R34). */
struct err evaluation_sponsor_list(struct tx *tx, int64_t cohort, int locale, struct text *out);

/* To whom the monthly letter goes. found=false: nobody yet. No permission check. */
struct evaluation_sponsor { struct text name, address; int locale; int64_t on_day; bool active; struct text decision; };
struct err evaluation_sponsor(struct tx *tx, int64_t cohort, bool *found, struct evaluation_sponsor *out);
/* Invalid names "name", "address" or "on_day". Staff. An active one gets a letter each month until six weeks after the end. */
struct err evaluation_set_sponsor(struct tx *tx, const struct who *who, int64_t cohort, const struct evaluation_sponsor *in);
/* The next letter as it would go now: subject, and body in Markdown. Staff. */
struct err evaluation_sponsor_preview(struct tx *tx, const struct who *who, int64_t cohort, struct text *subject, struct text *body);

/* What the cohort has cost so far, whole units of a currency; amount 0 takes it back. Staff. */
struct evaluation_cost { int64_t amount; struct text currency; };
struct err evaluation_cost(struct tx *tx, int64_t cohort, struct evaluation_cost *out);
struct err evaluation_set_cost(struct tx *tx, const struct who *who, int64_t cohort, const struct evaluation_cost *in);

#endif
