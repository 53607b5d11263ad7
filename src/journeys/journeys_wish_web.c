/* /me/reminders: which reminders, how gathered, when not; and on /home: not now. */
#include "journeys/journeys_wish.h"

#include "base/app.h"
#include "html/format.h"
#include "journeys/journeys_pages.h"
#include "journeys/journeys_wish.html.h"
#include "people/people.h"

static const struct journeys_option tempos[] = {
        {"once", M_("One by one"), M_("Each on its day.")},
        {"daily", M_("One mail a day at most"), M_("What is due on a day comes together.")},
        {"weekly", M_("One mail a week"), M_("On the first working day of the week. What cannot wait that long still comes on its day.")}};

static struct html_options countries(struct request *rq, struct text by_zone)
{
        const struct holidays *h = rq->app->holidays;
        struct html_options o = {.row = arena_array(rq->arena, struct html_option, (h ? h->n : 0) + 1)};

        o.row[o.n++] = (struct html_option) {.value = TEXT("zone"), .label = by_zone.n
                ? msg_with(rq->arena, rq->page.locale, "By my time zone: {country}", "country", by_zone, NULL)
                : text_of(msg(rq->page.locale, M_("None")))};
        for (size_t i = 0; h && i < h->n; i++)
                o.row[o.n++] = (struct html_option) {.value = h->row[i].code, .label = h->row[i].name[rq->page.locale == LOCALE_DE]};
        return o;
}

struct err journeys_get_wishes(struct request *rq, struct reply *re)
{
        struct html_shell shell = journeys_shell(rq, M_("Reminders"));
        struct journeys_wishes_view v = {0};
        struct people_person me;

        TRY(people_get(rq->tx, rq->who->person, &me));
        TRY(journeys_wishes_of(rq->tx, rq->who->person, &v.wishes));
        TRY(journeys_resting_until(rq->tx, rq->who->person, zone_day(rq->page.zone, rq->page.now), &v.resting_until));
        const struct holidays_country *c = holidays_of_zone(rq->app->holidays, text_of(zone_name(me.zone)));
        v.programme_mail = me.programme_mail;
        v.tempo = text_of(journeys_tempo_word(v.wishes.tempo));
        v.country = v.wishes.country.n ? v.wishes.country : TEXT("zone");
        v.countries = countries(rq, c ? c->name[rq->page.locale == LOCALE_DE] : TEXT_ABSENT);
        journeys_options(&rq->page, tempos, sizeof tempos / sizeof tempos[0], &v.tempos);
        reply_page(rq, re, &shell, journeys_wishes_page, &v);
        return OK;
}

static unsigned bit(bool wanted, enum journeys_letter kind) { return wanted ? 0 : 1u << kind; }

struct err journeys_post_wishes(struct request *rq, struct reply *re)
{
        const struct journeys_wishes_form *f = FORM(rq, struct journeys_wishes_form);

        TRY(journeys_save_wishes(rq->tx, rq->who, &(struct journeys_wishes) {
                .without = bit(f->training, LETTER_TRAINING) | bit(f->steps, LETTER_STEPS) | bit(f->rhythm, LETTER_RHYTHM) |
                           bit(f->questions, LETTER_QUESTIONS) | bit(f->tips, LETTER_TIPS),
                .tempo = journeys_tempo_of(f->tempo), .country = text_is(f->country, "zone") ? TEXT("") : f->country,
                .quiet_from = f->quiet_from, .quiet_until = f->quiet_until}));
        reply_flash(re, M_("Noted. We write to you like that from now on."));
        reply_see(re, "/me/reminders");
        return OK;
}

/* 3: in three days; 7: next Monday; 0: as usual again. */
int64_t journeys_later_day(int64_t today, int64_t days) { return days == 7 ? today + 8 - day_weekday(today) : today + days; }

struct err journeys_post_rest(struct request *rq, struct reply *re)
{
        int64_t days = FORM(rq, struct journeys_rest_form)->days, today = zone_day(rq->page.zone, rq->page.now);

        TRY(journeys_rest(rq->tx, rq->who, journeys_later_day(today, days)));
        reply_flash(re, days ? M_("Our reminders rest until then. Messages and dates still reach you.") : M_("We remind you as usual again."));
        reply_see(re, "/home");
        return OK;
}
