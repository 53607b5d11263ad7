/* /desk/pairs/:pair/for/:person: what somebody says on the telephone is written down for them. */
#include "desk/desk_view.h"

#include "desk/desk_for.html.h"
#include "os/zone.h"
#include "people/people.h"

struct choice { const char *value, *words; };
static const struct choice kinds[] = {{"video", M_("By video")}, {"phone", M_("By telephone")}, {"in-person", M_("In person")},
                                      {"mail", M_("By mail from their own address")}, {"other", M_("In another way")}};
static const struct choice channels[] = {{"video", M_("By video")}, {"phone", M_("By telephone")}, {"in-person", M_("In person")},
                                         {"other", M_("In another way")}};
static const struct choice cadences[] = {{"7", M_("every week")}, {"14", M_("every two weeks")}, {"21", M_("every three weeks")},
                                         {"28", M_("every four weeks")}};

static struct html_options options(struct request *rq, const struct choice *all, size_t n)
{
        struct html_options o = {.row = arena_array(rq->arena, struct html_option, n)};

        for (; o.n < n; o.n++)
                o.row[o.n] = (struct html_option) {.value = text_of(all[o.n].value),
                                                   .label = text_of(msg(rq->page.locale, all[o.n].words))};
        return o;
}
#define OPTIONS(rq, all) options((rq), (all), sizeof(all) / sizeof((all)[0]))

static struct err fill_waves(struct request *rq, const struct programmes_cohort *c, struct desk_for_view *v)
{
        struct evaluation_open_list open;

        TRY(evaluation_open_of(rq->tx, v->person, &open));
        v->waves.row = arena_array(rq->arena, struct desk_wave_line, open.n);
        for (size_t i = 0; i < open.n; i++)
                for (size_t k = 0; k < c->pack->n_surveys; k++)
                        if (open.row[i].pair == v->pair && text_equal(c->pack->surveys[k].key, open.row[i].survey))
                                v->waves.row[v->waves.n++] = (struct desk_wave_line) {
                                        open.row[i].id, c->pack->surveys[k].title.in[rq->page.locale]};
        return OK;
}

struct err desk_get_for(struct request *rq, struct reply *re)
{
        struct html_shell shell = desk_page(rq, M_("In their name"));
        struct desk_for_view v = {.pair = rq_id(rq, "pair"), .person = rq_id(rq, "person")};
        struct people_person person, partner;
        struct programmes_cohort c;
        struct journeys_pair p;

        TRY(journeys_pair(rq->tx, v.pair, &p));
        TRY(programmes_staff(rq->tx, rq->who, p.cohort));
        if (v.person != p.mentor && v.person != p.mentee)
                return FAIL(ERR_ABSENT, "They are not one of this pair", "Go back to the pair");
        TRY(programmes_cohort(rq->tx, p.cohort, &c));
        TRY(people_get(rq->tx, v.person, &person));
        TRY(people_get(rq->tx, v.person == p.mentor ? p.mentee : p.mentor, &partner));
        v.first_name = person.first_name;
        v.partner = partner.first_name;
        v.open = text_is(p.state, "active") || text_is(p.state, "closing");
        v.today = zone_day(rq->page.zone, rq->page.now);
        v.kinds = OPTIONS(rq, kinds);
        v.channels = OPTIONS(rq, channels);
        v.cadences = OPTIONS(rq, cadences);
        v.meeting = rq->page.echo && form_typed(rq->page.echo, "clock").p;
        v.agreement = rq->page.echo && form_typed(rq->page.echo, "quiet").p;
        TRY(fill_waves(rq, &c, &v));
        reply_page(rq, re, &shell, desk_for_page, &v);
        return OK;
}

/* ---- the three forms ---- */

static struct desk_behalf behalf_of(struct request *rq, struct text reason)
{
        return (struct desk_behalf) {.pair = rq_id(rq, "pair"), .person = rq_id(rq, "person"), .reason = reason};
}

static void done(struct request *rq, struct reply *re)
{
        reply_flash(re, M_("Written down. They get a mail about it in ten minutes, with a button to object."));
        reply_see(re, "/desk/pairs/%lld", (long long)rq_id(rq, "pair"));
}

struct err desk_post_contact(struct request *rq, struct reply *re)
{
        const struct desk_contact_form *f = FORM(rq, struct desk_contact_form);
        struct desk_behalf b = behalf_of(rq, f->reason);
        int64_t noon = zone_at(rq->page.zone, f->day, 12, 0);
        enum journeys_kind kind;

        if (!journeys_kind_of(f->kind, &kind))
                return FAIL_AT(ERR_INVALID, "How did they speak?", "kind", "Choose one");
        if (noon > rq->page.now && zone_day(rq->page.zone, rq->page.now) == f->day)
                noon = rq->page.now;
        TRY(desk_log_contact(rq->tx, rq->who, &b, kind, noon, (struct opt) {f->minutes > 0, f->minutes}));
        done(rq, re);
        return OK;
}

/* The time as the person said it: in their own zone. */
struct err desk_post_meeting(struct request *rq, struct reply *re)
{
        const struct desk_meeting_form *f = FORM(rq, struct desk_meeting_form);
        struct desk_behalf b = behalf_of(rq, f->reason);
        struct people_person person;

        TRY(people_get(rq->tx, b.person, &person));
        TRY(desk_book(rq->tx, rq->who, &b, zone_at(person.zone, f->day, (int)(f->clock / 60), (int)(f->clock % 60)), f->minutes,
                      f->channel, f->place));
        done(rq, re);
        return OK;
}

struct err desk_post_agreement(struct request *rq, struct reply *re)
{
        const struct desk_agreement_form *f = FORM(rq, struct desk_agreement_form);
        struct desk_behalf b = behalf_of(rq, f->reason);

        TRY(desk_agree(rq->tx, rq->who, &b, &(struct desk_terms) {.cadence_days = f->cadence, .channel = f->channel,
                                                                  .quiet = f->quiet, .boundaries = f->boundaries}));
        done(rq, re);
        return OK;
}
