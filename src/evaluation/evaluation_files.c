/* The figures as tables: CSV with keys for programs, a workbook in the cohort's language for people. */
#include "evaluation/evaluation_web.h"

#include "base/csv.h"
#include "print/print.h"

#include <stdio.h>

enum { FIGURE_COLUMNS = 10, CUT_COLUMNS = 10 };

static const char *unit_word(enum evaluation_unit u)
{
        static const char *const of[] = {[UNIT_SHARE] = "share", [UNIT_DAYS] = "days", [UNIT_COUNT] = "count", [UNIT_POINTS] = "points",
                                         [UNIT_MONEY] = "money"};

        return of[u];
}

/* Empty where there is nothing to show. */
static void number_cell(struct out *o, bool there, double v)
{
        out_c(o, ",");
        if (there)
                out_format(o, "%.6f", v);
}

static void count_cell(struct out *o, bool there, int64_t v)
{
        out_c(o, ",");
        if (there)
                out_int(o, v);
}

/* Groups stand behind the figures: their key is empty, and the last three columns are filled. */
struct text evaluation_figures_csv(struct arena *a, const struct evaluation_figures *figures)
{
        struct out o = out_new(a, 16384);

        out_c(&o, "key,figure,value,low,high,unit,n,of,behind,definition,interval,division,group,gap,gap_low,gap_high\r\n");
        for (size_t i = 0; i < figures->n; i++) {
                const struct evaluation_figure *f = &figures->row[i];
                csv_cell(&o, text_of(f->def->key), true);
                csv_cell(&o, text_of(f->def->title), false);
                number_cell(&o, f->shown, f->value);
                number_cell(&o, f->shown && f->sure.has, f->sure.low);
                number_cell(&o, f->shown && f->sure.has, f->sure.high);
                csv_cell(&o, text_of(unit_word(f->def->unit)), false);
                count_cell(&o, f->shown && f->counted, f->n);
                count_cell(&o, f->shown, f->of);
                if (f->units < 0)
                        out_format(&o, ",<%d", f->def->least);
                else
                        count_cell(&o, true, f->units);
                csv_cell(&o, text_of(f->def->formula), false);
                csv_cell(&o, text_of(f->def->method ? f->def->method : ""), false);
                out_c(&o, ",,,,,\r\n");
        }
        for (size_t i = 0; i < figures->cuts.n; i++) {
                const struct evaluation_cut *c = &figures->cuts.row[i];
                csv_cell(&o, TEXT(""), true);
                csv_cell(&o, text_of(c->figure), false);
                number_cell(&o, c->shown, c->value);
                number_cell(&o, c->shown && c->sure.has, c->sure.low);
                number_cell(&o, c->shown && c->sure.has, c->sure.high);
                out_c(&o, ",share");
                count_cell(&o, c->shown && c->n >= 0, c->n);
                count_cell(&o, c->shown, c->of);
                out_c(&o, c->shown ? ",,," : ",hidden,,");
                csv_cell(&o, text_of(c->division), false);
                csv_cell(&o, c->group, false);
                number_cell(&o, c->shown && c->gap.has, c->gap.value);
                number_cell(&o, c->shown && c->gap.has, c->gap.low);
                number_cell(&o, c->shown && c->gap.has, c->gap.high);
                out_c(&o, "\r\n");
        }
        return out_get(&o);
}

/* ---- the workbook ---- */

static struct print_cell words(struct text t) { return (struct print_cell) {.kind = t.n ? PRINT_WORDS : PRINT_NOTHING, .words = t}; }

static struct print_cell say(enum locale l, const char *key) { return words(text_of(key ? msg(l, key) : "")); }

static struct print_cell count(bool there, int64_t v)
{
        return there ? (struct print_cell) {.kind = PRINT_COUNT, .number = (double)v} : (struct print_cell) {.kind = PRINT_NOTHING};
}

static struct print_cell number(bool there, enum evaluation_unit u, double v)
{
        if (!there)
                return (struct print_cell) {.kind = PRINT_NOTHING};
        return (struct print_cell) {.kind = u == UNIT_SHARE ? PRINT_SHARE : u == UNIT_MONEY ? PRINT_COUNT : PRINT_NUMBER, .number = v};
}

static struct print_table figures_table(struct arena *a, enum locale l, const struct evaluation_figures *f)
{
        struct print_column *column = arena_array(a, struct print_column, FIGURE_COLUMNS);
        struct print_cell *cell = arena_array(a, struct print_cell, f->n * FIGURE_COLUMNS + 1), *c = cell;
        static const struct { const char *title; int width; } head[FIGURE_COLUMNS] = {
                {M_("Part"), 24}, {M_("Figure"), 34}, {M_("Value"), 10}, {M_("95% from"), 10}, {M_("95% to"), 10}, {M_("Counted"), 10},
                {M_("Of"), 10}, {M_("People or pairs behind it"), 14}, {M_("What it means"), 60}, {M_("How sure: by which method"), 44}};

        for (size_t i = 0; i < FIGURE_COLUMNS; i++)
                column[i] = (struct print_column) {text_of(msg(l, head[i].title)), head[i].width};
        for (size_t i = 0; i < f->n; i++) {
                const struct evaluation_figure *r = &f->row[i];
                enum evaluation_unit u = r->def->unit;
                *c++ = say(l, evaluation_section_title(r->def->section));
                *c++ = say(l, r->def->title);
                *c++ = r->shown ? number(true, u, r->value) : words(evaluation_value_text(a, l, r, f->currency));
                *c++ = number(r->shown && r->sure.has, u, r->sure.low);
                *c++ = number(r->shown && r->sure.has, u, r->sure.high);
                *c++ = count(r->shown && r->counted, r->n);
                *c++ = count(r->shown, r->of);
                *c++ = r->units < 0 ? words(evaluation_from_text(a, l, r)) : count(true, r->units);
                *c++ = say(l, r->def->formula);
                *c++ = say(l, r->def->method);
        }
        return (struct print_table) {.name = text_of(msg(l, M_("Figures"))), .n_columns = FIGURE_COLUMNS, .n_rows = f->n, .column = column, .cell = cell};
}

static struct print_table groups_table(struct arena *a, enum locale l, const struct evaluation_cuts *f)
{
        struct print_column *column = arena_array(a, struct print_column, CUT_COLUMNS);
        struct print_cell *cell = arena_array(a, struct print_cell, f->n * CUT_COLUMNS + 1), *c = cell;
        static const struct { const char *title; int width; } head[CUT_COLUMNS] = {
                {M_("Figure"), 34}, {M_("Division"), 24}, {M_("Group"), 24}, {M_("Value"), 14}, {M_("95% from"), 10}, {M_("95% to"), 10},
                {M_("Of"), 10}, {M_("Difference to the others"), 14}, {M_("Difference, 95% from"), 14}, {M_("Difference, 95% to"), 14}};

        for (size_t i = 0; i < CUT_COLUMNS; i++)
                column[i] = (struct print_column) {text_of(msg(l, head[i].title)), head[i].width};
        for (size_t i = 0; i < f->n; i++) {
                const struct evaluation_cut *r = &f->row[i];
                *c++ = say(l, r->figure);
                *c++ = say(l, r->division);
                *c++ = words(r->group);
                *c++ = r->shown ? number(true, UNIT_SHARE, r->value) : say(l, M_("too few to show"));
                *c++ = number(r->shown && r->sure.has, UNIT_SHARE, r->sure.low);
                *c++ = number(r->shown && r->sure.has, UNIT_SHARE, r->sure.high);
                *c++ = count(r->shown, r->of);
                *c++ = number(r->shown && r->gap.has, UNIT_SHARE, r->gap.value);
                *c++ = number(r->shown && r->gap.has, UNIT_SHARE, r->gap.low);
                *c++ = number(r->shown && r->gap.has, UNIT_SHARE, r->gap.high);
        }
        return (struct print_table) {.name = text_of(msg(l, M_("Groups"))), .n_columns = CUT_COLUMNS, .n_rows = f->n, .column = column, .cell = cell};
}

struct err evaluation_workbook(struct arena *a, const char *folder, enum locale l, const struct programmes_cohort *c, int64_t now,
                               const struct evaluation_figures *figures, struct text *out)
{
        const struct print_table tables[] = {figures_table(a, l, figures), groups_table(a, l, &figures->cuts)};
        const struct print_workbook book = {.title = text_format(a, "%s: %s", text_c(a, c->programme_name), text_c(a, c->name)),
                                            .author = c->help_name, .now = now, .n = 2, .table = tables};

        return print_workbook(a, folder, &book, out);
}
