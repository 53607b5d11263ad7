/* The evaluation as files: a page to read and a table to reckon with. */
#include "base/csv.h"
#include "evaluation/evaluation.h"
#include "evaluation/evaluation.html.h"
#include "evaluation/evaluation_web.h"
#include "os/file.h"
#include "programmes/programmes_design.h"

#include <stdio.h>
#include <string.h>

static struct text figures_csv(struct arena *a, const struct evaluation_figures *figures)
{
        struct out o = out_new(a, 4096);

        out_c(&o, "key,figure,value,unit,n,of,definition\r\n");
        for (size_t i = 0; i < figures->n; i++) {
                const struct evaluation_figure *f = &figures->row[i];
                csv_cell(&o, text_of(f->key), true);
                csv_cell(&o, text_of(f->title), false);
                if (f->shown)
                        out_format(&o, ",%.6f,%s,%lld,%lld", f->value, f->unit, (long long)f->n, (long long)f->of);
                else
                        out_format(&o, ",,%s,,", f->unit);
                csv_cell(&o, text_of(f->formula), false);
                out_c(&o, "\r\n");
        }
        return out_get(&o);
}

/* The page carries its stylesheet with it, so that it can be mailed or printed. */
struct err evaluation_targets(struct tx *tx, int64_t cohort, const struct evaluation_figures *figures, struct evaluation_figure_lines *lines)
{
        int64_t least[PROGRAMMES_TARGETS];

        TRY(programmes_targets(tx, cohort, least));
        for (size_t i = 0; i < lines->n; i++)
                for (int k = 0; k < PROGRAMMES_TARGETS; k++)
                        if (text_is(text_of(figures->row[i].key), programmes_target_row(k)->figure))
                                lines->row[i].least = least[k];
        return OK;
}

static struct text report_page(struct arena *a, const struct programmes_cohort *c, const struct evaluation_figure_lines *lines, int64_t now)
{
        struct out o = out_new(a, 32768);
        enum locale l = (enum locale)c->locale;
        struct page pg = {.out = &o, .locale = l, .zone = c->zone, .now = now, .path = ""};
        struct evaluation_figures_view v = {.cohort = c->name, .figures = *lines};
        const struct html_asset *css = html_asset_find(text_of(html_asset_path("app.css")));

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

struct err evaluation_report(struct tx *tx, const struct who *who, int64_t cohort, const char *dir)
{
        struct arena *a = tx_arena(tx);
        struct evaluation_figures figures;
        struct evaluation_figure_lines lines;
        struct programmes_cohort c;

        TRY(programmes_cohort(tx, cohort, &c));
        TRY(evaluation_figures(tx, who, cohort, &figures));
        lines = evaluation_lines(a, (enum locale)c.locale, &figures);
        TRY(evaluation_targets(tx, cohort, &figures, &lines));
        TRY(file_write(text_format(a, "%s/figures.csv", dir).p, figures_csv(a, &figures), 0644));
        return file_write(text_format(a, "%s/report.html", dir).p, report_page(a, &c, &lines, tx_now(tx)), 0644);
}
