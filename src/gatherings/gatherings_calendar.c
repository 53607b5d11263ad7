/*
 * The calendar of a person: their meetings and sittings, with no more about a partner than the
 * first name.
 */
#include "base/app.h"
#include "gatherings/gatherings.sql.h"
#include "gatherings/gatherings_web_parts.h"
#include "journeys/journeys.h"
#include "os/config.h"
#include "os/keys.h"
#include "people/people.h"

#include <string.h>

enum { BACK_S = 90 * 86400 };

static struct text uid_of(struct tx *tx, const char *what, int64_t id)
{
        const char *at = strrchr(tx_app(tx)->config->mail_from, '@');

        return text_format(tx_arena(tx), "%s-%lld@%s", what, (long long)id,
                           at ? at + 1 : "localhost");
}

static struct err add_sittings(struct tx *tx, const struct people_person *p,
                               struct gatherings_events *out)
{
        struct gatherings_seats_since_list seats;
        struct programmes_cohort c;

        TRY(gatherings_seats_since(tx, p->id, tx_now(tx) - BACK_S, &seats));
        struct gatherings_event *row =
                arena_array(tx_arena(tx), struct gatherings_event, out->n + seats.n);
        if (out->n)
                memcpy(row, out->row, out->n * sizeof *row);
        out->row = row;
        for (size_t i = 0; i < seats.n; i++) {
                const struct gatherings_seats_since *s = &seats.row[i];
                if (text_is(s->answer, "no"))
                        continue;
                TRY(programmes_cohort(tx, s->cohort, &c));
                out->row[out->n++] = (struct gatherings_event) {
                        .uid = uid_of(tx, "sitting", s->sitting),
                        .starts_at = s->starts_at,
                        .minutes = s->minutes,
                        .summary = gatherings_title(&c, s->key, s->title, (int)p->locale),
                        .location = s->join_url,
                        .description = c.name,
                        .sequence = s->sequence,
                        .url = text_format(tx_arena(tx), "%s/gatherings/%lld",
                                           tx_app(tx)->config->base_url, (long long)s->gathering)};
        }
        return OK;
}

static struct err meeting_event(struct tx *tx, const struct people_person *p,
                                const struct journeys_meeting *m, struct gatherings_event *out)
{
        struct journeys_pair pair;
        struct people_person partner;

        TRY(journeys_pair(tx, m->pair, &pair));
        TRY(people_get(tx, pair.mentor == p->id ? pair.mentee : pair.mentor, &partner));
        *out = (struct gatherings_event) {
                .uid = uid_of(tx, "meeting", m->id),
                .starts_at = m->starts_at,
                .minutes = m->minutes,
                .sequence = m->sequence,
                .location = m->place,
                .cancelled = text_is(m->state, "cancelled"),
                .summary = msg_with(tx_arena(tx), p->locale,
                                    M_("Mentoring conversation with {partner}"), "partner",
                                    partner.first_name, NULL),
                .url = text_format(tx_arena(tx), "%s/pairs/%lld/meetings",
                                   tx_app(tx)->config->base_url, (long long)m->pair)};
        return OK;
}

static struct err add_meetings(struct tx *tx, const struct people_person *p,
                               struct gatherings_events *out)
{
        struct journeys_meeting_list list;

        TRY(journeys_meetings_of(tx, p->id, tx_now(tx) - BACK_S, &list));
        out->row = arena_array(tx_arena(tx), struct gatherings_event, list.n);
        for (size_t i = 0; i < list.n; i++) {
                const struct journeys_meeting *m = &list.row[i];
                if (text_is(m->state, "booked") || text_is(m->state, "held") ||
                    text_is(m->state, "cancelled"))
                        TRY(meeting_event(tx, p, m, &out->row[out->n++]));
        }
        return OK;
}

/* The address is the key: who made a new one has closed the old one. */
struct err gatherings_show_calendar(struct request *rq, struct reply *re)
{
        struct gatherings_events events = {0};
        struct people_person p = {0};
        struct token t;
        struct err e = token_read(rq->app->keys, rq_text(rq, "token"), TOKEN_CALENDAR, &t);

        if (!failed(e))
                e = people_get(rq->tx, t.a, &p);
        if (failed(e) || p.calendar_generation != t.b)
                return FAIL(ERR_ABSENT, "There is no such calendar",
                            "Your own address stands in your settings");
        TRY(add_meetings(rq->tx, &p, &events));
        TRY(add_sittings(rq->tx, &p, &events));
        reply_bytes(re, "text/calendar; charset=utf-8",
                    gatherings_ics(rq->arena, &events, text_of(msg(p.locale, M_("Mentoring"))),
                                   rq->page.now),
                    NULL);
        return OK;
}

/* One gathering, to keep. */
struct err gatherings_show_ics(struct request *rq, struct reply *re)
{
        struct gatherings_events all = {0}, one = {0};
        struct text url;
        struct people_person p;

        TRY(people_get(rq->tx, rq->who->person, &p));
        TRY(add_sittings(rq->tx, &p, &all));
        url = text_format(rq->arena, "%s/gatherings/%lld", rq->app->config->base_url,
                          (long long)rq_id(rq, "gathering"));
        for (size_t i = 0; i < all.n && !one.n; i++)
                if (text_equal(all.row[i].url, url))
                        one = (struct gatherings_events) {1, &all.row[i]};
        if (!one.n)
                return FAIL(ERR_ABSENT, "There is no such gathering for you",
                            "Yours are in the list");
        reply_bytes(re, "text/calendar; charset=utf-8",
                    gatherings_ics(rq->arena, &one, one.row->summary, rq->page.now),
                    "gathering.ics");
        return OK;
}
