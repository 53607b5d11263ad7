/* The sponsor's monthly letter: five numbers, how sure they are, and one decision. Sent by a job, once for each month. */
#include "evaluation/evaluation_web.h"

#include "evaluation/evaluation.sql.h"
#include "evaluation/evaluation_rules.h"
#include "evaluation/evaluation_sponsor.mail.h"
#include "html/format.h"
#include "mail/mail.h"
#include "people/people.h"

#include <string.h>

enum { DAY = 86400, HOUR = 9, MINUTE = 30, AFTER_END_DAYS = 42, CLOSING_DAYS = 60 };

/* ---- who gets it ---- */

struct err evaluation_sponsor(struct tx *tx, int64_t cohort, bool *found, struct evaluation_sponsor *out)
{
        struct evaluation_sponsor_find row;

        *out = (struct evaluation_sponsor) {.locale = LOCALE_EN, .on_day = 1};
        TRY(evaluation_sponsor_find(tx, cohort, found, &row));
        if (*found)
                *out = (struct evaluation_sponsor) {row.name, row.address, (int)locale_of(row.locale, LOCALE_EN), row.on_day, row.active,
                                                    row.decision};
        return OK;
}

/* The job of the first letter after a moment; the day is in the key, so that each is planned once. */
static struct err plan_next(struct tx *tx, const struct programmes_cohort *c, int64_t on_day, int64_t after)
{
        int64_t nominal = evaluation_month_day(zone_day(c->zone, after), on_day);
        int64_t at = zone_at(c->zone, evaluation_weekday_after(nominal), HOUR, MINUTE);

        if (at <= after) {
                nominal = evaluation_month_day(nominal + 1, on_day);
                at = zone_at(c->zone, evaluation_weekday_after(nominal), HOUR, MINUTE);
        }
        if (nominal > c->end_day + AFTER_END_DAYS)
                return OK;
        return jobs_add(tx, evaluation_job_sponsor.name,
                        text_format(tx_arena(tx), "cohort:%lld:%s", (long long)c->id, format_iso_day(tx_arena(tx), nominal).p), at, c->id, nominal);
}

struct err evaluation_set_sponsor(struct tx *tx, const struct who *who, int64_t cohort, const struct evaluation_sponsor *in)
{
        struct programmes_cohort c;

        TRY(programmes_staff(tx, who, cohort));
        TRY(programmes_cohort(tx, cohort, &c));
        if (text_empty(text_trim(in->name)))
                return FAIL_AT(ERR_INVALID, "Whom shall the letter greet?", "name", "First and last name");
        if (text_empty(text_trim(in->address)) || !memchr(in->address.p, '@', in->address.n))
                return FAIL_AT(ERR_INVALID, "This is not a mail address", "address", "Like name@example.org");
        if (in->on_day < 1 || in->on_day > 28)
                return FAIL_AT(ERR_INVALID, "On which day of the month?", "on_day", "From 1 to 28, so that every month has it");
        TRY(people_audit(tx, who, "sponsor.set", 0, cohort, in->active ? "monthly" : "not sent"));
        TRY(evaluation_sponsor_save(tx, &(struct evaluation_sponsor_save_in) {
                .cohort = cohort, .name = text_trim(in->name), .address = text_trim(in->address),
                .locale = text_of(locale_tag((enum locale)in->locale)), .on_day = in->on_day, .active = in->active,
                .decision = in->decision.p ? text_trim(in->decision) : TEXT(""), .by_person = who->person, .now = tx_now(tx)}));
        return in->active ? plan_next(tx, &c, in->on_day, tx_now(tx)) : OK;
}

/* ---- what it says ---- */

static bool below(const struct evaluation_figures *f, const char *key, double limit)
{
        const struct evaluation_figure *r = evaluation_figure_of(f, key);

        return r && r->shown && r->value < limit;
}

/* The one thing that a sponsor could do now that nobody else can. Catalogue key. */
static const char *suggest(const struct evaluation_figures *f, const struct programmes_cohort *c, int64_t today)
{
        if (c->end_day - today < CLOSING_DAYS)
                return M_("Shall there be a next cohort, and from when? A yes within four weeks lets us begin it without a gap.");
        if (today - c->launch_day < CLOSING_DAYS && below(f, "match-mentee", 0.9))
                return M_("Would you ask two or three experienced people to become mentors? Some mentees still have none.");
        if (below(f, "first-meeting-start", 0.75) && today - c->launch_day < 2 * CLOSING_DAYS)
                return M_("May we ask line managers, in your name, to keep an hour free for a first conversation within two weeks?");
        if (below(f, "calls", 0.8))
                return M_("Can the coordinator have more hours for the coming month? Planned calls are not being made.");
        if (below(f, "on-cadence", 0.7))
                return M_("Would you write three sentences to everybody, saying that time for this is working time?");
        return M_("What would you need to see by the end in order to decide about a next cohort? Tell us now, so that we can count it.");
}

static const char *const five[] = {"persistence", "on-cadence", "first-meeting-start", "satisfied", "calls"};
static const char *const five_at_end[] = {"completion", "persistence", "satisfied", "goals-reached", "response"};

static void write_numbers(struct arena *a, enum locale l, const struct evaluation_figures *figures, bool over, struct evaluation_numbers *out)
{
        for (; out->n < 5; out->n++) {
                const struct evaluation_figure *f = evaluation_figure_of(figures, over ? five_at_end[out->n] : five[out->n]);
                out->row[out->n] = (struct evaluation_number) {
                        .title = text_of(msg(l, f->def->title)), .value = evaluation_value_text(a, l, f, figures->currency),
                        .sure = evaluation_sure_text(a, l, f), .shown = f->shown};
        }
}

static struct err compose(struct tx *tx, const struct programmes_cohort *c, const struct evaluation_sponsor *s, struct letter_text *words)
{
        struct arena *a = tx_arena(tx);
        enum locale l = (enum locale)s->locale;
        int64_t today = zone_day(c->zone, tx_now(tx));
        struct out out = out_new(a, 2048);
        struct evaluation_figures figures;
        struct evaluation_letter_view v = {.name = s->name, .coordinator = c->help_name, .programme = c->programme_name, .cohort = c->name,
                                           .month = format_day_year(a, l, today), .over = today >= c->end_day};

        TRY(evaluation_figures(tx, &people_system, c->id, s->locale, &figures));
        v.weeks = (c->end_day - c->launch_day) / 7;
        v.week = today < c->launch_day ? 0 : today > c->end_day ? v.weeks : (today - c->launch_day) / 7 + 1;
        v.decision = text_empty(s->decision) ? text_of(msg(l, suggest(&figures, c, today))) : s->decision;
        write_numbers(a, l, &figures, v.over, &v.numbers);
        evaluation_sponsor_letter(&(struct page) {.out = &out, .locale = l, .zone = c->zone, .now = tx_now(tx)}, words, &v);
        return OK;
}

struct err evaluation_sponsor_preview(struct tx *tx, const struct who *who, int64_t cohort, struct text *subject, struct text *body)
{
        struct programmes_cohort c;
        struct evaluation_sponsor s;
        struct letter_text words;
        bool found;

        TRY(programmes_staff(tx, who, cohort));
        TRY(programmes_cohort(tx, cohort, &c));
        TRY(evaluation_sponsor(tx, cohort, &found, &s));
        if (!found)
                s = (struct evaluation_sponsor) {.name = TEXT("…"), .locale = c.locale};
        TRY(compose(tx, &c, &s, &words));
        *subject = words.subject;
        *body = words.body;
        return OK;
}

/* ---- sending ---- */

/* The month is in the anchor: however the day is moved about, nobody gets two letters for one month. */
static struct err send(struct tx *tx, const struct programmes_cohort *c, const struct evaluation_sponsor *s, int64_t nominal)
{
        struct arena *a = tx_arena(tx);
        struct letter_text words;
        struct text month = text_first_chars(format_iso_day(a, nominal), 7);
        int64_t id;

        TRY(compose(tx, c, s, &words));
        TRY(mail_post(tx, &(struct letter) {
                .to = 0, .address = s->address, .name = s->name, .locale = (enum locale)s->locale, .class = MAIL_STAFF, .rule = "sponsor-month",
                .anchor = text_format(a, "cohort:%lld:%s", (long long)c->id, text_c(a, month)), .subject = words.subject, .body = words.body,
                .from_name = c->help_name, .reply_to = c->help_email, .cohort = c->id}, &id));
        return id ? evaluation_sponsor_asked(tx, c->id) : OK;
}

/* Before the launch there is nothing to count. A day that was changed since lets an older job fall by itself. */
static struct err run(struct tx *tx, const struct job *job)
{
        struct programmes_cohort c;
        struct evaluation_sponsor s;
        bool found;

        TRY(programmes_cohort(tx, job->a, &c));
        TRY(evaluation_sponsor(tx, c.id, &found, &s));
        if (!found || !s.active || evaluation_month_day(job->b, s.on_day) != job->b)
                return OK;
        if (c.launched_at.has)
                TRY(send(tx, &c, &s, job->b));
        return plan_next(tx, &c, s.on_day, tx_now(tx));
}

const struct job_kind evaluation_job_sponsor = {.name = "evaluation.sponsor", .clock = JOB_PROGRAMME, .run = run};

/* ---- the page ---- */

/* When the next one goes; 0: none does. */
static int64_t next_at(const struct programmes_cohort *c, const struct evaluation_sponsor *s, int64_t now)
{
        int64_t nominal = evaluation_month_day(zone_day(c->zone, now), s->on_day);
        int64_t at = zone_at(c->zone, evaluation_weekday_after(nominal), HOUR, MINUTE);

        if (at <= now)
                nominal = evaluation_month_day(nominal + 1, s->on_day);
        return nominal > c->end_day + AFTER_END_DAYS ? 0 : zone_at(c->zone, evaluation_weekday_after(nominal), HOUR, MINUTE);
}

static struct html_options locale_options(struct request *rq)
{
        struct html_options o = {.row = arena_array(rq->arena, struct html_option, 2)};

        o.row[o.n++] = (struct html_option) {.value = TEXT("en"), .label = TEXT("English")};
        o.row[o.n++] = (struct html_option) {.value = TEXT("de"), .label = TEXT("Deutsch")};
        return o;
}

/* Nobody is entered yet: the form begins with whom the design worksheet names, or who has signed what success means. */
static struct err begin_with_plan(struct tx *tx, const struct programmes_cohort *c, struct evaluation_sponsor *s)
{
        struct evaluation_sponsor_planned_list rows;
        struct people_person signer;

        TRY(evaluation_sponsor_planned(tx, c->id, &rows));
        s->locale = c->locale;
        if (rows.n) {
                s->name = rows.row[0].name;
                s->address = rows.row[0].address;
        } else if (c->success_signed_by.has) {
                TRY(people_get(tx, c->success_signed_by.v, &signer));
                s->name = text_format(tx_arena(tx), "%s %s", signer.first_name.p, signer.last_name.p);
                s->address = signer.email;
        }
        return OK;
}

struct err evaluation_read_sponsor_page(struct request *rq, struct evaluation_sponsor_view *v)
{
        struct programmes_cohort c;
        struct evaluation_sponsor s;
        struct text body;
        int64_t cohort;

        TRY(programmes_current(rq->tx, rq->who, &cohort));
        TRY(programmes_cohort(rq->tx, cohort, &c));
        TRY(evaluation_sponsor(rq->tx, cohort, &v->known, &s));
        if (!v->known)
                TRY(begin_with_plan(rq->tx, &c, &s));
        TRY(evaluation_sponsor_preview(rq->tx, rq->who, cohort, &v->subject, &body));
        v->body = html_markdown(rq->arena, body, 3);
        v->cohort = c.name;
        v->name = s.name;
        v->address = s.address;
        v->locale = text_of(locale_tag((enum locale)s.locale));
        v->on_day = text_format(rq->arena, "%lld", (long long)s.on_day);
        v->decision = s.decision;
        v->active = s.active || !v->known;
        v->locales = locale_options(rq);
        v->next_at = s.active ? next_at(&c, &s, rq->page.now) : 0;
        v->has_next = v->next_at != 0;
        return OK;
}
