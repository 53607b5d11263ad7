/*
 * /desk/mails: what goes out tomorrow, to read and to hold; what went; what failed. /unsubscribe:
 * fewer mails.
 */
#include "html/format.h"
#include "journeys/journeys.h"
#include "journeys/journeys_due.sql.h"
#include "journeys/journeys_mails.html.h"
#include "journeys/journeys_morning.h"
#include "journeys/journeys_web.h"
#include "mail/mail.h"
#include "mail/mail.sql.h"
#include "os/keys.h"
#include "people/people.h"

#include <stdlib.h>
#include <string.h>

enum { GONE_MOST = 100, DAY_S = 86400 };

static struct text full_name(struct arena *a, struct text first, struct text last)
{
        return text_empty(last) ? first : text_format(a, "%s %s", text_c(a, first),
                                                      text_c(a, last));
}

static struct err reader_zone(struct request *rq, int64_t person, const struct zone *otherwise,
                              const struct zone **out)
{
        struct people_person p;

        *out = otherwise;
        if (person == 0)
                return OK;
        TRY(people_get(rq->tx, person, &p));
        *out = p.zone;
        return OK;
}

/* "Thursday 26 November, 09:30 (Lisbon)": the reader's hour, not the desk's. */
static struct err line_of(struct request *rq, const struct journeys_planned *p,
                          struct journeys_mail_line *out)
{
        const struct zone *z;

        TRY(reader_zone(rq, p->person, rq->page.zone, &z));
        *out = (struct journeys_mail_line) {
                .rule = p->rule, .anchor = p->anchor, .subject = p->subject, .person = p->person,
                .held = p->held,
                .name = full_name(rq->arena, p->first_name, p->last_name),
                .only_address = p->person == 0,
                .when = format_moment(rq->arena, rq->page.locale, z, p->at)};
        return OK;
}

/* ---- the list ---- */

static int by_rule(const void *a, const void *b)
{
        const struct journeys_mail_line *x = a, *y = b;
        int d = text_compare(x->rule, y->rule);

        return d ? d : text_compare(x->name, y->name);
}

/* The subject as every reader has it, with dots for what differs. */
static struct text title_of(struct request *rq, const struct pack *pack, struct text rule)
{
        const struct pack_text *text = pack_mail(pack, rule, rq->page.locale);
        struct pack_values dots;

        for (int i = 0; i < PACK_HOLES; i++)
                dots.of[i] = TEXT("…");
        return text ? pack_fill(rq->arena, text->title, &dots, false) : rule;
}

/* What staff may read of a subject: not the words of a goal. */
static struct text subject_of(struct request *rq, const struct pack *pack, struct text rule,
                              struct text subject)
{
        const struct pack_text *text = pack_mail(pack, rule, rq->page.locale);

        return text && memmem(text->title.p, text->title.n, "{goal}", 6) ? title_of(rq, pack,
                rule) : subject;
}

static void group(struct request *rq, const struct pack *pack, struct journeys_mail_line *row,
                  size_t n,
                  struct journeys_mail_groups *out)
{
        qsort(row, n, sizeof *row, by_rule);
        out->row = arena_array(rq->arena, struct journeys_mail_group, n);
        for (size_t i = 0; i < n; i++) {
                struct journeys_mail_group *last = out->n ? &out->row[out->n - 1] : NULL;
                if (last && text_equal(last->rule, row[i].rule))
                        last->n++;
                else
                        out->row[out->n++] = (struct journeys_mail_group) {
                                .rule = row[i].rule, .title = title_of(rq, pack, row[i].rule),
                                .n = 1, .row = &row[i]};
        }
}

static struct err show_tomorrow(struct request *rq, const struct programmes_cohort *c,
                                struct journeys_mails_view *v)
{
        struct journeys_planned_list planned;

        TRY(journeys_tomorrow(rq->tx, rq->who, c->id, &planned));
        struct journeys_mail_line *row = arena_array(rq->arena, struct journeys_mail_line,
                                                     planned.n);
        for (size_t i = 0; i < planned.n; i++) {
                TRY(line_of(rq, &planned.row[i], &row[i]));
                v->held += row[i].held;
        }
        v->letters = (int64_t)planned.n;
        group(rq, c->pack, row, planned.n, &v->groups);
        return OK;
}

static struct err show_gone(struct request *rq, const struct programmes_cohort *c,
                            struct journeys_mails_view *v)
{
        struct journeys_due_sent_today_list rows;
        int64_t since = zone_at(c->zone, zone_day(c->zone, rq->page.now) - 1, 0, 0);

        TRY(journeys_due_sent_today(rq->tx, c->id, since, GONE_MOST, &rows));
        v->gone.row = arena_array(rq->arena, struct journeys_mail_gone, rows.n);
        for (size_t i = 0; i < rows.n; i++) {
                const struct journeys_due_sent_today *r = &rows.row[i];
                if (text_is(r->class, "staff"))
                        continue;
                v->gone.row[v->gone.n++] = (struct journeys_mail_gone) {
                        .rule = r->rule, .subject = subject_of(rq, c->pack, r->rule, r->subject),
                        .why = r->skipped,
                        .skipped = r->skipped.p != NULL, .at = r->at,
                        .name = r->person ? full_name(rq->arena, r->first_name, r->last_name)
                                          : text_of(msg(rq->page.locale, M_("A line manager")))};
        }
        return OK;
}

static struct err show_failed(struct request *rq, const struct programmes_cohort *c,
                              struct journeys_mails_view *v)
{
        struct mail_failed_list_list rows;

        TRY(mail_failed_list(rq->tx, c->id, &rows));
        v->failed = (struct journeys_mail_failures) {rows.n,
                arena_array(rq->arena, struct journeys_mail_failure, rows.n)};
        for (size_t i = 0; i < rows.n; i++)
                v->failed.row[i] = (struct journeys_mail_failure) {
                        .name = rows.row[i].name, .error = rows.row[i].error,
                        .subject = subject_of(rq, c->pack, rows.row[i].rule, rows.row[i].subject)};
        return OK;
}

static struct err show_quota(struct request *rq, struct journeys_mails_view *v)
{
        struct mail_quota q;

        TRY(mail_quota(rq->tx, &q));
        v->quota_full = q.full && q.waiting > 0;
        v->quota = q.limit;
        v->waiting = q.waiting;
        return OK;
}

static struct err get_mails(struct request *rq, struct reply *re)
{
        struct html_shell shell = {.kind = SHELL_DESK,
                                   .title = text_of(msg(rq->page.locale, M_("Mails")))};
        struct journeys_mails_view v = {0};
        struct programmes_cohort c;
        int64_t cohort;

        TRY(programmes_current(rq->tx, rq->who, &cohort));
        TRY(programmes_cohort(rq->tx, cohort, &c));
        v.day = journeys_next_working_day(zone_day(c.zone, rq->page.now) + 1);
        TRY(show_tomorrow(rq, &c, &v));
        TRY(show_gone(rq, &c, &v));
        TRY(show_failed(rq, &c, &v));
        TRY(show_quota(rq, &v));
        reply_page(rq, re, &shell, journeys_mails, &v);
        return OK;
}

/* ---- one letter ---- */

static bool is_it(struct request *rq, const struct journeys_planned *p)
{
        return p->person == rq_id(rq, "person") && text_equal(p->rule, rq_text(rq, "rule")) &&
                text_equal(p->anchor, rq_text(rq, "anchor"));
}

static struct err get_mail(struct request *rq, struct reply *re)
{
        struct html_shell shell = {.kind = SHELL_DESK,
                                   .title = text_of(msg(rq->page.locale, M_("Mails")))};
        struct journeys_planned_list planned;
        struct journeys_mail_view v;
        int64_t cohort;

        TRY(programmes_current(rq->tx, rq->who, &cohort));
        TRY(journeys_tomorrow(rq->tx, rq->who, cohort, &planned));
        for (size_t i = 0; i < planned.n; i++) {
                if (!is_it(rq, &planned.row[i]))
                        continue;
                TRY(line_of(rq, &planned.row[i], &v.line));
                v.body = html_markdown(rq->arena, planned.row[i].body, 3);
                v.path = text_of(rq->page.path);
                reply_page(rq, re, &shell, journeys_mail, &v);
                return OK;
        }
        return FAIL(ERR_ABSENT, "This letter does not go out tomorrow any more",
                    "Go back to the mails");
}

struct hold_form { struct text what, reason; };
static const char *const hold_words[] = {"hold", "release", NULL};
FORM_OF(hold_form, struct hold_form,
        {.name = "what", .kind = FIELD_CHOICE, .offset = offsetof(struct hold_form, what),
         .required = true, .choices = hold_words,
         .label = M_("Hold or let go")},
        {.name = "reason", .kind = FIELD_TEXT, .offset = offsetof(struct hold_form, reason),
         .max = 200, .label = M_("Why?")});

static struct err post_mail(struct request *rq, struct reply *re)
{
        const struct hold_form *f = FORM(rq, struct hold_form);
        bool hold = text_is(f->what, "hold");

        TRY(journeys_hold(rq->tx, rq->who, rq_text(rq, "rule"), rq_id(rq, "person"),
                          rq_text(rq, "anchor"), f->reason, hold));
        reply_flash(re, hold ? M_("The letter is held") : M_("The letter goes out"));
        reply_see(re, "/desk/mails");
        return OK;
}

/* ---- fewer mails ---- */

static struct err reader_of(struct request *rq, int64_t *person)
{
        struct people_person p;
        struct token t;

        TRY(token_read(rq->app->keys, rq_text(rq, "token"), TOKEN_UNSUBSCRIBE, &t));
        TRY(people_get(rq->tx, t.a, &p));
        rq->page.locale = p.locale;
        *person = t.a;
        return OK;
}

static void show_unsubscribe(struct request *rq, struct reply *re, bool wanted)
{
        struct html_shell shell = {.kind = SHELL_BARE,
                                   .title = text_of(msg(rq->page.locale, M_("Fewer mails"))),
                                   .offers_help = true};
        struct journeys_unsubscribe_view v = {.wanted = wanted, .path = text_of(rq->page.path)};

        reply_page(rq, re, &shell, journeys_unsubscribe, &v);
}

static struct err get_unsubscribe(struct request *rq, struct reply *re)
{
        struct people_person p;
        int64_t person;

        TRY(reader_of(rq, &person));
        TRY(people_get(rq->tx, person, &p));
        show_unsubscribe(rq, re, p.programme_mail);
        return OK;
}

/*
 * Mail programs press the button themselves (RFC 8058) and follow no redirection, so the answer is
 * the page.
 */
struct want_form { struct text want, one_click; };
static const char *const want_words[] = {"yes", "no", NULL};
FORM_OF(want_form, struct want_form,
        {.name = "want", .kind = FIELD_CHOICE, .offset = offsetof(struct want_form, want),
         .choices = want_words,
         .label = M_("Reminders")},
        {.name = "List-Unsubscribe", .kind = FIELD_TEXT,
         .offset = offsetof(struct want_form, one_click)});

static struct err post_unsubscribe(struct request *rq, struct reply *re)
{
        bool wanted = text_is(FORM(rq, struct want_form)->want, "yes");
        int64_t person;

        TRY(reader_of(rq, &person));
        TRY(people_want_programme_mail(rq->tx, person, wanted));
        show_unsubscribe(rq, re, wanted);
        return OK;
}

static const struct route rows[] = {
        {.method = GET, .path = "/desk/mails", .who = WHO_STAFF, .handler = get_mails},
        {.method = GET, .path = "/desk/mails/:rule/:person/:anchor", .who = WHO_STAFF,
         .handler = get_mail},
        {.method = POST, .path = "/desk/mails/:rule/:person/:anchor", .who = WHO_STAFF,
         .handler = post_mail, .form = &hold_form,
         .back = "/desk/mails/:rule/:person/:anchor"},
        {.method = GET, .path = "/unsubscribe/:token", .who = WHO_ANYONE,
         .handler = get_unsubscribe},
        {.method = POST, .path = "/unsubscribe/:token", .who = WHO_ANYONE,
         .handler = post_unsubscribe, .form = &want_form,
         .back = "/unsubscribe/:token", .flags = ROUTE_NO_CSRF},
};

const struct route_table journeys_mail_routes = ROUTES(rows);
