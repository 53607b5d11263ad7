/* The evaluation as files: a page to read, and two tables to reckon with. */
#include "evaluation/evaluation.h"
#include "evaluation/evaluation_figures.html.h"
#include "evaluation/evaluation_web.h"

/* The page carries its stylesheet with it, so that it can be mailed or printed. */
static struct text report_page(struct arena *a, const struct programmes_cohort *c, const struct evaluation_figures *figures, int64_t now)
{
        struct out o = out_new(a, 32768);
        enum locale l = (enum locale)c->locale;
        struct page pg = {.out = &o, .locale = l, .zone = c->zone, .now = now, .path = ""};
        struct evaluation_figures_view v = {.cohort = c->name};
        const struct html_asset *css = html_asset_find(text_of(html_asset_path("app.css")));

        evaluation_write_figures(a, l, figures, &v);
        out_format(&o, "<!DOCTYPE html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\">"
                       "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>", locale_tag(l));
        html_text(&pg, c->name);
        out_c(&o, "</title><style>");
        if (css)
                out_bytes(&o, css->plain, css->n_plain);
        out_c(&o, "</style></head><body class=\"bare\"><main id=\"main\">");
        evaluation_figures_page(&pg, &v);
        out_c(&o, "</main></body></html>\n");
        return out_get(&o);
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
        out->page = report_page(a, &c, &figures, tx_now(tx));
        return OK;
}
