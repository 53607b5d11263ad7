/* The figures: a page, two files, and what the cohort has cost. */
#include "evaluation/evaluation_web.h"

#include "base/app.h"
#include "evaluation/evaluation.sql.h"
#include "evaluation/evaluation_figures.html.h"
#include "os/config.h"
#include "people/people.h"

struct err evaluation_cohort_of_reader(struct request *rq, int64_t *cohort)
{
        struct people_scope_list scopes;
        struct programmes_cohort_list all;

        if (who_is_staff(rq->who))
                return programmes_current(rq->tx, rq->who, cohort);
        TRY(people_scopes_of(rq->tx, rq->who->person, "sponsor", &scopes));
        TRY(programmes_cohorts(rq->tx, &people_system, &all));
        for (size_t i = 0; i < all.n; i++)
                for (size_t k = 0; k < scopes.n; k++)
                        if (scopes.row[k] == 0 || scopes.row[k] == all.row[i].programme) {
                                *cohort = all.row[i].id;
                                return OK;
                        }
        return FAIL(ERR_ABSENT, "There is no cohort yet", "The coordinator makes the first one");
}

struct shown { struct programmes_cohort cohort; struct evaluation_figures figures; };

static struct err read_figures(struct request *rq, struct shown *out)
{
        int64_t cohort;

        TRY(evaluation_cohort_of_reader(rq, &cohort));
        TRY(programmes_cohort(rq->tx, cohort, &out->cohort));
        return evaluation_figures(rq->tx, rq->who, cohort, (int)rq->page.locale, &out->figures);
}

struct err evaluation_get_figures(struct request *rq, struct reply *re)
{
        struct html_shell shell = {.kind = SHELL_DESK, .title = text_of(msg(rq->page.locale, M_("Figures")))};
        struct evaluation_figures_view v = {.files = true, .staff = who_is_staff(rq->who)};
        struct evaluation_cost cost;
        struct shown s;

        TRY(read_figures(rq, &s));
        TRY(evaluation_cost(rq->tx, s.cohort.id, &cost));
        v.cohort = s.cohort.name;
        v.cost = cost.amount ? text_format(rq->arena, "%lld", (long long)cost.amount) : TEXT("");
        v.currency = cost.currency;
        evaluation_write_figures(rq->arena, rq->page.locale, &s.figures, &v);
        reply_page(rq, re, &shell, evaluation_figures_page, &v);
        return OK;
}

struct err evaluation_get_report(struct request *rq, struct reply *re)
{
        struct html_shell shell = {.kind = SHELL_DESK, .title = text_of(msg(rq->page.locale, M_("Report")))};
        struct evaluation_report_view v;
        int64_t cohort;

        TRY(evaluation_cohort_of_reader(rq, &cohort));
        TRY(evaluation_write_report(rq->tx, rq->who, cohort, rq->page.locale, &v));
        v.page = true;
        reply_page(rq, re, &shell, evaluation_report_page, &v);
        return OK;
}

struct err evaluation_get_report_file(struct request *rq, struct reply *re)
{
        struct evaluation_files files;
        struct programmes_cohort c;
        int64_t cohort;

        TRY(evaluation_cohort_of_reader(rq, &cohort));
        TRY(programmes_cohort(rq->tx, cohort, &c));
        TRY(evaluation_report(rq->tx, rq->who, cohort, rq->app->config->data, &files));
        reply_bytes(re, "text/html; charset=utf-8", files.page, text_format(rq->arena, "%s-report.html", text_c(rq->arena, c.slug)).p);
        return OK;
}

struct err evaluation_get_csv(struct request *rq, struct reply *re)
{
        struct shown s;

        TRY(read_figures(rq, &s));
        reply_bytes(re, "text/csv; charset=utf-8", evaluation_figures_csv(rq->arena, &s.figures),
                    text_format(rq->arena, "%s-figures.csv", text_c(rq->arena, s.cohort.slug)).p);
        return OK;
}

struct err evaluation_get_xlsx(struct request *rq, struct reply *re)
{
        struct text book;
        struct shown s;

        TRY(read_figures(rq, &s));
        TRY(evaluation_workbook(rq->arena, rq->app->config->data, rq->page.locale, &s.cohort, rq->page.now, &s.figures, &book));
        reply_bytes(re, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", book,
                    text_format(rq->arena, "%s-figures.xlsx", text_c(rq->arena, s.cohort.slug)).p);
        return OK;
}

/* ---- what it has cost ---- */

struct err evaluation_cost(struct tx *tx, int64_t cohort, struct evaluation_cost *out)
{
        struct evaluation_cost_find row;
        bool found;

        TRY(evaluation_cost_find(tx, cohort, &found, &row));
        *out = found ? (struct evaluation_cost) {row.amount, row.currency} : (struct evaluation_cost) {0, TEXT("EUR")};
        return OK;
}

struct err evaluation_set_cost(struct tx *tx, const struct who *who, int64_t cohort, const struct evaluation_cost *in)
{
        TRY(programmes_staff(tx, who, cohort));
        if (in->amount < 0)
                return FAIL_AT(ERR_INVALID, "What has it cost?", "amount", "A number without cents");
        if (text_empty(text_trim(in->currency)))
                return FAIL_AT(ERR_INVALID, "Which currency?", "currency", "EUR, for instance");
        return evaluation_cost_save(tx, cohort, in->amount, text_trim(in->currency), who->person, tx_now(tx));
}

struct err evaluation_post_cost(struct request *rq, struct reply *re)
{
        const struct evaluation_cost_form *f = FORM(rq, struct evaluation_cost_form);
        int64_t cohort;

        TRY(programmes_current(rq->tx, rq->who, &cohort));
        TRY(evaluation_set_cost(rq->tx, rq->who, cohort, &(struct evaluation_cost) {f->amount, f->currency}));
        reply_flash(re, M_("Kept"));
        reply_see(re, "/desk/figures");
        return OK;
}
