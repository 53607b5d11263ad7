/* What several pages of care/ share. */
#include "care/care_view.h"

#include "care/care_parts.h"
#include "html/format.h"

#include <string.h>

enum { ROUND = 10 };           /* minutes: nobody plans a day more exactly */

struct err care_current(struct request *rq, struct programmes_cohort *out)
{
        int64_t cohort;

        TRY(programmes_current(rq->tx, rq->who, &cohort));
        TRY(programmes_staff(rq->tx, rq->who, cohort));
        return programmes_cohort(rq->tx, cohort, out);
}

struct html_shell care_page(struct request *rq, const char *title)
{
        return (struct html_shell) {.kind = SHELL_DESK,
                                   .title = text_of(msg(rq->page.locale, title))};
}

struct text care_full_name(struct arena *a, struct text first, struct text last)
{
        return last.n ? text_format(a, "%.*s %.*s", (int)first.n, first.p, (int)last.n, last.p)
                      : first;
}

struct text care_time_needed(struct request *rq, int64_t minutes)
{
        int64_t rounded = (minutes + ROUND / 2) / ROUND * ROUND;
        struct text h = format_count(rq->arena, rq->page.locale, rounded / 60);
        struct text min = format_count(rq->arena, rq->page.locale, rounded % 60);

        if (rounded == 0)
                return TEXT_ABSENT;
        if (rounded % 60 == 0)
                return msg_with(rq->arena, rq->page.locale, "about {h} h today", "h", h, NULL);
        if (rounded < 60)
                return msg_with(rq->arena, rq->page.locale, "about {min} min today", "min", min,
                                NULL);
        return msg_with(rq->arena, rq->page.locale, "about {h} h {min} min today", "h", h, "min",
                        min, NULL);
}

struct html_options care_options(struct request *rq, const char *const *keys,
                                 const char *(*words)(struct text))
{
        struct html_options o = {0};
        size_t n = 0;

        while (keys[n])
                n++;
        o.row = arena_array(rq->arena, struct html_option, n);
        for (; o.n < n; o.n++)
                o.row[o.n] = (struct html_option) {
                        .value = text_of(keys[o.n]),
                        .label = text_of(msg(rq->page.locale, words(text_of(keys[o.n]))))};
        return o;
}

/* ---- somebody to ring, as a row ---- */

/* "at 14:00" today, "on Monday, 10:00" within six days, "on Monday 23 November, 10:00" later. */
static struct text best_words(struct request *rq, const struct care_call *c)
{
        static const char *const days[] = {M_("Monday"), M_("Tuesday"), M_("Wednesday"), M_("Thursday"), M_("Friday"), M_("Saturday"), M_("Sunday")};
        enum locale l = rq->page.locale;
        struct text time = format_time(rq->arena, l, rq->page.zone, c->best_at);
        int64_t day = zone_day(rq->page.zone, c->best_at), today = zone_day(rq->page.zone, rq->page.now);

        if (day == today)
                return msg_with(rq->arena, l, "at {time}", "time", time, NULL);
        return msg_with(rq->arena, l, "on {day}, {time}", "day",
                        day < today + 6 ? text_of(msg(l, days[day_weekday(day) - 1])) : format_day_week(rq->arena, l, day), "time", time, NULL);
}

static struct text there_words(struct request *rq, const struct care_call *c)
{
        return msg_with(rq->arena, rq->page.locale, "now {time} in {city}", "time",
                        format_time(rq->arena, rq->page.locale, c->zone, rq->page.now), "city",
                        format_city(rq->arena, rq->page.locale, c->zone), NULL);
}

struct err care_ring_fill(struct request *rq, const struct pack *pack, const struct care_call_list *calls,
                          size_t most, struct care_ring_list *out)
{
        *out = (struct care_ring_list) {.row = arena_array(rq->arena, struct care_ring, calls->n)};
        for (size_t i = 0; i < calls->n && i < most; i++) {
                const struct care_call *c = &calls->row[i];
                const struct pack_call *kind = pack_call(pack, c->kind);
                out->row[out->n++] = (struct care_ring) {
                        .id = c->id,
                        .name = care_full_name(rq->arena, c->first_name, c->last_name),
                        .why = c->why,
                        .red = c->red,
                        .good_now = c->good_now,
                        .kind = c->kind,
                        .chip = c->chip.n ? c->chip
                                : kind    ? kind->title.in[rq->page.locale]
                                          : c->kind,
                        .there = there_words(rq, c),
                        .best = best_words(rq, c)};
                TRY(mail_trouble_read(rq->tx, rq->page.locale, c->person, c->first_name, &out->row[out->n - 1].mail));
        }
        return OK;
}

/* ---- a pair in dates and states ---- */

static void add(struct care_fact_list *l, const char *what, struct text value)
{
        l->row[l->n++] = (struct care_fact) {what, value};
}

static struct text day_or(struct request *rq, struct opt at, const char *otherwise)
{
        if (!at.has)
                return text_of(msg(rq->page.locale, otherwise));
        return format_day_week(rq->arena, rq->page.locale, zone_day(rq->page.zone, at.v));
}

struct err care_pair_facts_of(struct request *rq, int64_t pair, struct care_fact_list *out)
{
        struct journeys_pair p;

        *out = (struct care_fact_list) {0};
        if (!pair)
                return OK;
        TRY(journeys_pair(rq->tx, pair, &p));
        out->row = arena_array(rq->arena, struct care_fact, 8);
        add(out, M_("Began"), day_or(rq, (struct opt) {true, p.clock_start}, ""));
        add(out, M_("Last contact"), day_or(rq, p.last_contact_at, M_("none yet")));
        add(out, M_("Met"), msg_plural(rq->arena, rq->page.locale, p.n_met, "once", "{n} times"));
        add(out, M_("Next meeting"), day_or(rq, p.next_meeting_at, M_("nothing booked")));
        add(out, M_("Rhythm"),
            msg_plural(rq->arena, rq->page.locale, p.cadence_days, "every day", "every {n} days"));
        add(out, M_("Agreement"), day_or(rq, p.agreed_at, M_("not signed by both")));
        add(out, M_("Goals"), format_count(rq->arena, rq->page.locale, p.n_goals));
        add(out, M_("Ends"), day_or(rq, (struct opt) {true, p.planned_end}, ""));
        return OK;
}

struct err care_talks_of(struct request *rq, const struct programmes_cohort *c, int64_t pair,
                         int64_t person, struct care_talk_list *out)
{
        struct care_calls_of_list rows;

        TRY(care_calls_of(rq->tx, c->id, pair, person, &rows));
        *out = (struct care_talk_list) {.row = arena_array(rq->arena, struct care_talk, rows.n)};
        for (; out->n < rows.n; out->n++) {
                const struct care_calls_of *r = &rows.row[out->n];
                const struct pack_call *kind = pack_call(c->pack, r->kind);
                out->row[out->n] = (struct care_talk) {
                        .name = r->first_name,
                        .title = kind ? kind->title.in[rq->page.locale] : r->kind,
                        .action = r->action,
                        .note = r->team_note,
                        .action_day = r->action_day,
                        .minutes = r->minutes,
                        .at = r->done_at,
                        .outcome = text_of(msg(rq->page.locale, care_outcome_words(r->outcome)))};
        }
        return OK;
}

/* ---- of the pairs that the reader looks after ---- */

struct err care_only_mine(struct request *rq, int64_t cohort, struct care_call_list *calls, struct care_flag_list *flags,
                          struct care_whose *out)
{
        int64_t me = rq->who->person;
        struct desk_load load;
        size_t kept = 0;

        TRY(desk_load_of(rq->tx, cohort, &load));
        *out = (struct care_whose) {.split = load.split, .mine = desk_only_mine(&load, me, rq_query(rq, "whose"))};
        if (!out->mine)
                return OK;
        for (size_t i = 0; calls && i < calls->n; i++)
                if (desk_is_of(&load, me, calls->row[i].pair))
                        calls->row[kept++] = calls->row[i];
        if (calls)
                calls->n = kept;
        kept = 0;
        for (size_t i = 0; flags && i < flags->n; i++)
                if (desk_is_of(&load, me, flags->row[i].pair))
                        flags->row[kept++] = flags->row[i];
        if (flags)
                flags->n = kept;
        return OK;
}
