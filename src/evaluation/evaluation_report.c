/* The evaluation as files: a page to read, and two tables to reckon with. */
#include "evaluation/evaluation.h"
#include "evaluation/evaluation_figures.html.h"
#include "evaluation/evaluation_web.h"
#include "html/format.h"
#include "people/people.h"
#include "programmes/programmes_keep.h"

static struct text per_cent(struct arena *a, enum locale l, int64_t n)
{
        return n ? format_percent(a, l, (double)n / 100) : text_of(msg(l, M_("none")));
}

static struct err write_changes(struct tx *tx, int64_t cohort, enum locale l, struct evaluation_target_lines *out)
{
        struct programmes_target_change_list all;

        TRY(programmes_changed_targets(tx, cohort, &all));
        *out = (struct evaluation_target_lines) {.row = arena_array(tx_arena(tx), struct evaluation_target_line, all.n)};
        for (; out->n < all.n; out->n++) {
                const struct programmes_target_change *x = &all.row[out->n];
                out->row[out->n] = (struct evaluation_target_line) {
                        .title = programmes_target_row(x->figure)->title, .was = per_cent(tx_arena(tx), l, x->was),
                        .least = per_cent(tx_arena(tx), l, x->least), .reason = x->reason, .by_name = x->by_name, .at = x->at};
        }
        return OK;
}

/* What was meant, before what came of it. */
static struct err write_head(struct tx *tx, const struct programmes_cohort *c, enum locale l, struct evaluation_report_view *v)
{
        struct people_person by;

        *v = (struct evaluation_report_view) {
                .cohort = c->name, .programme = c->programme_name, .purpose = c->purpose, .success = c->success,
                .signed_day = {c->success_signed_at.has, zone_day(c->zone, c->success_signed_at.v)}, .launch_day = c->launch_day, .end_day = c->end_day, .at = tx_now(tx),
                .over = zone_day(c->zone, tx_now(tx)) >= c->end_day};
        if (c->success_signed_by.has) {
                TRY(people_get(tx, c->success_signed_by.v, &by));
                v->signed_by = text_format(tx_arena(tx), "%s %s", by.first_name.p, by.last_name.p);
        }
        return write_changes(tx, c->id, l, &v->changes);
}

struct err evaluation_write_report(struct tx *tx, const struct who *who, int64_t cohort, enum locale l, struct evaluation_report_view *v)
{
        struct evaluation_figures figures;
        struct programmes_cohort c;

        TRY(programmes_cohort(tx, cohort, &c));
        TRY(evaluation_figures(tx, who, cohort, (int)l, &figures));
        TRY(write_head(tx, &c, l, v));
        evaluation_write_figures(tx_arena(tx), l, &figures, &v->figures);
        return OK;
}

/* The page carries its stylesheet with it, so that it can be mailed or printed. */
static struct err report_page(struct tx *tx, const struct programmes_cohort *c, const struct evaluation_figures *figures, struct text *file)
{
        struct out o = out_new(tx_arena(tx), 32768);
        enum locale l = (enum locale)c->locale;
        struct page pg = {.out = &o, .locale = l, .zone = c->zone, .now = tx_now(tx), .path = ""};
        const struct html_asset *css = html_asset_find(text_of(html_asset_path("app.css")));
        struct evaluation_report_view v;

        TRY(write_head(tx, c, l, &v));
        evaluation_write_figures(tx_arena(tx), l, figures, &v.figures);
        out_format(&o, "<!DOCTYPE html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\">"
                       "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>", locale_tag(l));
        html_text(&pg, c->name);
        out_c(&o, "</title><style>");
        if (css)
                out_bytes(&o, css->plain, css->n_plain);
        out_c(&o, "</style></head><body class=\"bare\"><main id=\"main\">");
        evaluation_report_page(&pg, &v);
        out_c(&o, "</main></body></html>\n");
        *file = out_get(&o);
        return OK;
}

struct err evaluation_report(struct tx *tx, const struct who *who, int64_t cohort, const char *scratch, struct evaluation_files *out)
{
        struct arena *a = tx_arena(tx);
        struct evaluation_figures figures;
        struct programmes_cohort c;

        TRY(programmes_cohort(tx, cohort, &c));
        TRY(evaluation_figures(tx, who, cohort, c.locale, &figures));
        TRY(evaluation_workbook(a, scratch, (enum locale)c.locale, &c, tx_now(tx), &figures, &out->workbook));
        out->csv = evaluation_figures_csv(a, &figures);
        return report_page(tx, &c, &figures, &out->page);
}
