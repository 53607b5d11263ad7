/* Figures in words. */
#include "evaluation/evaluation_web.h"

#include "html/format.h"

const char *evaluation_section_title(enum evaluation_section s)
{
        switch (s) {
        case SECTION_PROGRAMME_PROCESS: return M_("How the programme runs");
        case SECTION_PAIR_PROCESS: return M_("How the pairs are doing");
        case SECTION_PAIR_OUTCOME: return M_("What became of the pairs");
        case SECTION_PROGRAMME_OUTCOME: return M_("What became of the programme");
        case SECTIONS: break;
        }
        must(!"a section without a title");
}

static const char *section_lead(enum evaluation_section s)
{
        switch (s) {
        case SECTION_PROGRAMME_PROCESS: return M_("What the staff can change: who came in, what was offered, what was kept.");
        case SECTION_PAIR_PROCESS: return M_("Meeting at all and keeping a steady rhythm say most about what comes later.");
        case SECTION_PAIR_OUTCOME: return M_("Nothing that is merely not closed counts as completed.");
        case SECTION_PROGRAMME_OUTCOME: return M_("No effect is claimed here: nobody was compared with anybody.");
        case SECTIONS: break;
        }
        must(!"a section without a title");
}

static struct text number_text(struct arena *a, enum locale l, enum evaluation_unit unit, double v, struct text currency)
{
        switch (unit) {
        case UNIT_SHARE: return format_percent(a, l, v);
        case UNIT_DAYS: return msg_with(a, l, M_("{number} days"), "number", format_number(a, l, v, 1), NULL);
        case UNIT_COUNT: return format_number(a, l, v, 1);
        case UNIT_POINTS: return text_format(a, "%s%s", v > 0 ? "+" : "", format_number(a, l, v, 1).p);
        case UNIT_MONEY: return text_format(a, "%s %s", format_count(a, l, (int64_t)(v + 0.5)).p, text_c(a, currency));
        }
        must(!"a figure without a unit");
}

struct text evaluation_value_text(struct arena *a, enum locale l, const struct evaluation_figure *f, struct text currency)
{
        if (!f->shown)
                return text_of(msg(l, f->units < 0 ? M_("too few to show") : M_("not yet")));
        struct text value = number_text(a, l, f->def->unit, f->value, currency);
        return f->counted ? value : msg_with(a, l, M_("about {value}"), "value", value, NULL);
}

static struct text range_text(struct arena *a, enum locale l, enum evaluation_unit unit, double low, double high)
{
        if (unit == UNIT_SHARE)
                return msg_with(a, l, M_("{low} to {high}"), "low", format_percent(a, l, low), "high", format_percent(a, l, high), NULL);
        return msg_with(a, l, M_("{low} to {high}"), "low", format_number(a, l, low, 1), "high", format_number(a, l, high, 1), NULL);
}

struct text evaluation_sure_text(struct arena *a, enum locale l, const struct evaluation_figure *f)
{
        return f->shown && f->sure.has ? range_text(a, l, f->def->unit, f->sure.low, f->sure.high) : TEXT_ABSENT;
}

struct text evaluation_value_sure(struct arena *a, enum locale l, const struct evaluation_figure *f, struct text currency)
{
        struct text value = evaluation_value_text(a, l, f, currency), sure = evaluation_sure_text(a, l, f);

        return text_empty(sure) ? value : text_format(a, "%s (%s)", value.p, sure.p);
}

struct text evaluation_from_text(struct arena *a, enum locale l, const struct evaluation_figure *f)
{
        if (!f->shown && f->units < 0)
                return msg_with(a, l, M_("fewer than {least}"), "least", format_count(a, l, f->def->least), NULL);
        if (!f->shown)
                return text_of(msg(l, M_("nothing yet")));
        if (!f->counted)
                return msg_with(a, l, M_("{of} who answered"), "of", format_count(a, l, f->of), NULL);
        if (f->def->unit == UNIT_POINTS)
                return msg_with(a, l, M_("{n} goals of {pairs} pairs"), "n", format_count(a, l, f->n), "pairs", format_count(a, l, f->units), NULL);
        if (f->def->unit == UNIT_COUNT || f->def->unit == UNIT_MONEY)
                return msg_with(a, l, M_("{n} over {of}"), "n", format_count(a, l, f->n), "of", format_count(a, l, f->of), NULL);
        return msg_with(a, l, M_("{n} of {of}"), "n", format_count(a, l, f->n), "of", format_count(a, l, f->of), NULL);
}

static int64_t per_cent(double v) { return v < 0 ? 0 : v > 1 ? 100 : (int64_t)(v * 100 + 0.5); }

static bool usual_method(const struct evaluation_definition *def)
{
        return !def->method || def->method == evaluation_usual_method;
}

static struct evaluation_figure_line line_of(struct arena *a, enum locale l, const struct evaluation_figure *f, struct text currency)
{
        return (struct evaluation_figure_line) {
                .title = msg(l, f->def->title), .formula = msg(l, f->def->formula), .method = usual_method(f->def) ? NULL : msg(l, f->def->method),
                .value = evaluation_value_text(a, l, f, currency), .sure = evaluation_sure_text(a, l, f), .from = evaluation_from_text(a, l, f),
                .least = f->least, .percent = per_cent(f->value), .low = per_cent(f->sure.low), .high = per_cent(f->sure.high),
                .share = f->def->unit == UNIT_SHARE, .shown = f->shown, .has_sure = f->shown && f->sure.has};
}

static struct evaluation_cut_line cut_line_of(struct arena *a, enum locale l, const struct evaluation_cut *c)
{
        struct evaluation_cut_line line = {.figure = msg(l, c->figure), .division = msg(l, c->division), .group = c->group, .shown = c->shown,
                                           .value = text_of(msg(l, M_("too few to show")))};

        if (!c->shown)
                return line;
        line.value = format_percent(a, l, c->value);
        line.half = c->warns && c->value < 0.5;
        line.sure = range_text(a, l, UNIT_SHARE, c->sure.low, c->sure.high);
        line.from = c->n < 0 ? msg_with(a, l, M_("{of} who answered"), "of", format_count(a, l, c->of), NULL)
                             : msg_with(a, l, M_("{n} of {of}"), "n", format_count(a, l, c->n), "of", format_count(a, l, c->of), NULL);
        if (c->gap.has)
                line.gap = msg_with(a, l, M_("{gap} points ({low} to {high})"), "gap", format_number(a, l, c->gap.value * 100, 0),
                                    "low", format_number(a, l, c->gap.low * 100, 0), "high", format_number(a, l, c->gap.high * 100, 0), NULL);
        return line;
}

void evaluation_write_figures(struct arena *a, enum locale l, const struct evaluation_figures *figures, struct evaluation_figures_view *v)
{
        for (size_t s = 0; s < SECTIONS; s++) {
                struct evaluation_section_view *section = &v->sections.row[v->sections.n++];
                *section = (struct evaluation_section_view) {
                        .title = msg(l, evaluation_section_title((enum evaluation_section)s)), .lead = msg(l, section_lead((enum evaluation_section)s)),
                        .figures = {.row = arena_array(a, struct evaluation_figure_line, figures->n)}};
                for (size_t i = 0; i < figures->n; i++)
                        if (figures->row[i].def->section == (enum evaluation_section)s)
                                section->figures.row[section->figures.n++] = line_of(a, l, &figures->row[i], figures->currency);
        }
        v->cuts.row = arena_array(a, struct evaluation_cut_line, figures->cuts.n);
        for (; v->cuts.n < figures->cuts.n; v->cuts.n++)
                v->cuts.row[v->cuts.n] = cut_line_of(a, l, &figures->cuts.row[v->cuts.n]);
}
