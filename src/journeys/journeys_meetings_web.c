/* Finding a time, and saying what became of it. */
#include "journeys/journeys_pages.h"

#include "journeys/journeys_meetings.html.h"
#include "os/zone.h"

static const struct journeys_option channel_options[] = {
        {"video", M_("By video"), NULL}, {"phone", M_("By telephone"), NULL}, {"in-person", M_("In person"), NULL},
        {"other", M_("In another way"), NULL}};

static void split(struct request *rq, const struct journeys_side *side,
                  const struct journeys_meeting_list *all, struct journeys_meetings_view *v)
{
        int number = 0;

        v->ahead.row = arena_array(rq->arena, struct journeys_meeting_view, all->n);
        v->past.row = arena_array(rq->arena, struct journeys_meeting_view, all->n);
        for (size_t i = 0; i < all->n; i++) {
                struct journeys_meeting_view m;

                journeys_write_meeting(rq, side, &all->row[i], number, &m);
                number += m.state == MEETING_WAS_HELD || m.state == MEETING_AHEAD ||
                          m.state == MEETING_OVER;
                if (m.state == MEETING_AHEAD)
                        v->ahead.row[v->ahead.n++] = m;
                else
                        v->past.row[v->past.n++] = m;
        }
}

struct err journeys_get_meetings(struct request *rq, struct reply *re)
{
        struct html_shell shell = journeys_shell(rq, M_("Meetings"));
        struct journeys_side side;
        struct journeys_meeting_list all;
        struct journeys_meetings_view v;

        TRY(journeys_side(rq->tx, rq->who, rq_id(rq, "pair"), &side));
        v = (struct journeys_meetings_view) {
                .pair = side.pair.id, .partner = side.partner_first_name, .open = side.open, .channel = side.pair.channel,
                .minutes = side.cohort.pack->meeting_minutes,
                .audience = journeys_say_partner(&rq->page, M_("You and {partner} read this; your coordinator does not"),
                                                 side.partner_first_name).p,
                .their_city = format_city(rq->arena, rq->page.locale, side.partner_zone)};
        TRY(journeys_meetings(rq->tx, side.pair.id, &all));
        split(rq, &side, &all, &v);
        TRY(journeys_time_options(rq, &side, v.minutes, &v.times));
        journeys_options(&rq->page, channel_options,
                         sizeof channel_options / sizeof channel_options[0], &v.channels);
        TRY(journeys_write_agenda(rq, &side,
                                  journeys_next_agenda(&side.pair, &side.cohort, rq->page.now),
                                  &v.agenda));
        reply_page(rq, re, &shell, journeys_meetings_page, &v);
        return OK;
}

/* Early or late for the partner is allowed, and said. */
static const char *booked_words(struct request *rq, const struct journeys_side *side, int64_t start,
                                int64_t minutes)
{
        enum journeys_time t = journeys_check_time(start, minutes, rq->page.now,
                                                   side->pair.planned_end, rq->page.zone,
                                                   side->partner_zone);

        return t == TIME_ODD_FOR_PARTNER
                       ? M_("Booked. It is very early or late for the other one, so ask whether it really suits")
                       : M_("Booked. You are both reminded the day before and the hour before");
}

struct err journeys_post_meetings(struct request *rq, struct reply *re)
{
        const struct journeys_book_form *f = FORM(rq, struct journeys_book_form);
        int64_t meeting, start;
        struct journeys_side side;

        TRY(journeys_chosen_start(rq->page.zone, f->at, f->day, f->clock, &start));
        TRY(journeys_book(rq->tx, rq->who, rq_id(rq, "pair"), start, f->minutes, f->channel,
                          f->place, &meeting));
        TRY(journeys_side(rq->tx, rq->who, rq_id(rq, "pair"), &side));
        reply_flash(re, booked_words(rq, &side, start, f->minutes));
        reply_see(re, "/pairs/%lld/meetings/%lld", (long long)side.pair.id, (long long)meeting);
        return OK;
}

/* ---- one meeting ---- */

static struct err my_meeting(struct request *rq, struct journeys_side *side,
                             struct journeys_meeting *m)
{
        TRY(journeys_side(rq->tx, rq->who, rq_id(rq, "pair"), side));
        TRY(journeys_meeting(rq->tx, rq_id(rq, "meeting"), m));
        return m->pair == side->pair.id
                       ? OK
                       : FAIL(ERR_ABSENT, "There is no such meeting", "Go back to your meetings");
}

static struct err held_before(struct request *rq, const struct journeys_meeting *m, int *number)
{
        struct journeys_meeting_list all;

        *number = 0;
        TRY(journeys_meetings(rq->tx, m->pair, &all));
        for (size_t i = 0; i < all.n; i++)
                *number += all.row[i].starts_at < m->starts_at && text_is(all.row[i].state, "held");
        return OK;
}

struct err journeys_get_meeting(struct request *rq, struct reply *re)
{
        struct html_shell shell = journeys_shell(rq, M_("A meeting"));
        struct journeys_side side;
        struct journeys_meeting m;
        struct journeys_meeting_page v = {0};
        int number;

        TRY(my_meeting(rq, &side, &m));
        TRY(held_before(rq, &m, &number));
        v.partner = side.partner_first_name;
        v.open = side.open;
        journeys_write_meeting(rq, &side, &m, number, &v.meeting);
        v.over = v.meeting.state == MEETING_OVER || v.meeting.state == MEETING_WAS_MISSED ||
                 v.meeting.state == MEETING_WAS_MOVED;
        TRY(journeys_time_options(rq, &side, m.minutes, &v.times));
        TRY(journeys_write_agenda(rq, &side, m.agenda, &v.agenda));
        reply_page(rq, re, &shell, journeys_meeting_page_view, &v);
        return OK;
}

bool journeys_settle_of(struct text word, enum journeys_settle *out)
{
        static const struct { const char *word; enum journeys_settle how; } of[] = {
                {"held", MEETING_HELD}, {"moved", MEETING_MOVED}, {"cancelled", MEETING_CANCELLED}, {"missed", MEETING_MISSED}};

        for (size_t i = 0; i < sizeof of / sizeof of[0]; i++)
                if (text_is(word, of[i].word)) {
                        *out = of[i].how;
                        return true;
                }
        return false;
}

const char *journeys_settled_words(enum journeys_settle how, bool new_time)
{
        switch (how) {
        case MEETING_HELD: return M_("Good to hear. It counts in your rhythm");
        case MEETING_MOVED:
                return new_time ? M_("Moved. The other one has a mail about it")
                                : M_("Noted. Find a new time when you can");
        case MEETING_CANCELLED: return M_("Called off. Find a new time when you can");
        case MEETING_MISSED: return M_("Noted, and no harm done. Find a new time when you can");
        }
        must(!"a meeting's fate outside its enum");
}

struct err journeys_post_meeting(struct request *rq, struct reply *re)
{
        const struct journeys_settle_form *f = FORM(rq, struct journeys_settle_form);
        struct journeys_side side;
        struct journeys_meeting m;
        enum journeys_settle how;
        int64_t start = 0;

        TRY(my_meeting(rq, &side, &m));
        if (!journeys_settle_of(f->how, &how))
                return FAIL_AT(ERR_INVALID, "What became of the meeting?", "how",
                               "Choose one of the answers");
        if (how == MEETING_MOVED && (m.starts_at > rq->page.now || f->at || f->day))
                TRY(journeys_chosen_start(rq->page.zone, f->at, f->day, f->clock, &start));
        TRY(journeys_settle_meeting(rq->tx, rq->who, m.id, how,
                                    (struct opt){how == MEETING_MOVED && start, start},
                                    (struct opt){f->minutes > 0, f->minutes}));
        reply_flash(re, journeys_settled_words(how, start != 0));
        if (how == MEETING_HELD)
                reply_see(re, "/home");
        else
                reply_see(re, "/pairs/%lld/meetings", (long long)m.pair);
        return OK;
}
