#include "journeys/journeys.h"

#include "journeys/journeys.sql.h"
#include "journeys/journeys_parts.h"
#include "journeys/journeys_rules.h"
#include "os/random.h"
#include "people/people.h"

#define MEETING_OF(r) ((struct journeys_meeting) { \
        .id = (r)->id, .pair = (r)->pair, .starts_at = (r)->starts_at, .minutes = (r)->minutes, \
        .booked_by = (r)->booked_by, .sequence = (r)->sequence, .channel = (r)->channel, .place = (r)->place, \
        .agenda = (r)->agenda, .state = (r)->state, .settled_at = (r)->settled_at})

const char *const journeys_channels[] = {"video", "phone", "in-person", "other", NULL};

struct err journeys_meetings(struct tx *tx, int64_t pair, struct journeys_meeting_list *out)
{
        struct journeys_pair_meetings_list rows;

        TRY(journeys_pair_meetings(tx, pair, &rows));
        out->n = rows.n;
        out->row = arena_array(tx_arena(tx), struct journeys_meeting, rows.n);
        for (size_t i = 0; i < rows.n; i++)
                out->row[i] = MEETING_OF(&rows.row[i]);
        return OK;
}

struct err journeys_meetings_of(struct tx *tx, int64_t person, int64_t from,
                                struct journeys_meeting_list *out)
{
        struct journeys_person_meetings_list rows;

        TRY(journeys_person_meetings(tx, person, from, &rows));
        out->n = rows.n;
        out->row = arena_array(tx_arena(tx), struct journeys_meeting, rows.n);
        for (size_t i = 0; i < rows.n; i++)
                out->row[i] = MEETING_OF(&rows.row[i]);
        return OK;
}

struct err journeys_meeting(struct tx *tx, int64_t meeting, struct journeys_meeting *out)
{
        struct journeys_one_meeting row;

        TRY(journeys_one_meeting(tx, meeting, &row));
        *out = MEETING_OF(&row);
        return OK;
}

/* ---- booking ---- */

static struct err refuse_time(enum journeys_time verdict)
{
        switch (verdict) {
        case TIME_PAST:
                return FAIL_AT(ERR_INVALID, "That time is already over", "day",
                               "Choose a time that is still to come");
        case TIME_TOO_FAR:
                return FAIL_AT(ERR_INVALID, "That is after your time together ends", "day",
                               "Choose an earlier day");
        case TIME_LONG:
                return FAIL_AT(ERR_INVALID, "A meeting lasts from ten minutes to three hours",
                               "minutes", "45 minutes is a good length");
        case TIME_FINE: case TIME_ODD_FOR_ME: case TIME_ODD_FOR_PARTNER:
                return OK;
        }
        must(!"a verdict on a time outside its enum");
}

static struct err check_time(const struct who *who, const struct journeys_side *s,
                             int64_t starts_at, int64_t minutes, int64_t now)
{
        return refuse_time(journeys_check_time(starts_at, minutes, now, s->pair.planned_end,
                                               who->zone, s->partner_zone));
}

struct err journeys_chosen_start(const struct zone *z, int64_t at, int64_t day, int64_t clock,
                                 int64_t *start)
{
        *start = day ? zone_at(z, day, (int)(clock / 60), (int)(clock % 60)) : at;
        if (!*start)
                return FAIL_AT(ERR_INVALID, "When will you meet?", "day",
                               "Choose one of the times, or a day and a time of your own");
        if (day && clock < 0)
                return FAIL_AT(ERR_INVALID, "At what time will you meet?", "clock",
                               "Fill in the time as well as the day");
        return OK;
}

/* The pack's agenda for the meeting that is next, or none. */
struct text journeys_next_agenda(const struct journeys_pair *p, const struct programmes_cohort *c,
                                 int64_t now)
{
        int64_t today = zone_day(c->zone, now);
        bool due = !p->reviewed_at.has && today >= pack_mid_day(c->pack, c->launch_day);
        struct text key = text_of(journeys_agenda_for(p->n_met, due, zone_day(c->zone, p->planned_end) - today));

        return pack_agenda(c->pack, key) ? key : TEXT("");
}

static struct err check_channel(struct text channel)
{
        for (size_t i = 0; journeys_channels[i]; i++)
                if (text_is(channel, journeys_channels[i]))
                        return OK;
        return FAIL_AT(ERR_INVALID, "How will you meet?", "channel", "Choose one of the four");
}

static struct text meeting_anchor(struct tx *tx, const struct journeys_meeting *m)
{
        return text_format(tx_arena(tx), "meeting:%lld:%lld", (long long)m->id,
                           (long long)m->sequence);
}

struct err journeys_book(struct tx *tx, const struct who *who, int64_t pair, int64_t starts_at,
                         int64_t minutes, struct text channel, struct text place, int64_t *meeting)
{
        struct journeys_side side;
        struct journeys_meeting_at old;
        bool known;

        TRY(journeys_open_side(tx, who, pair, &side));
        TRY(check_time(who, &side, starts_at, minutes, tx_now(tx)));
        TRY(check_channel(channel));
        TRY(journeys_meeting_at(tx, pair, starts_at, &known, &old));
        if (known) {
                *meeting = old.id;
                return OK;
        }
        *meeting = random_id();
        TRY(journeys_insert_meeting(tx, &(struct journeys_insert_meeting_in) {
                .id = *meeting, .pair = pair, .starts_at = starts_at, .minutes = minutes, .channel = channel,
                .place = text_empty(place) ? TEXT_ABSENT : place, .booked_by = who->person, .now = tx_now(tx),
                .agenda = journeys_next_agenda(&side.pair, &side.cohort, tx_now(tx))}));
        TRY(journeys_schedule_meeting(tx, *meeting));
        return journeys_tell(tx, &side, NEWS_BOOKED,
                             text_format(tx_arena(tx), "meeting:%lld:0", (long long)*meeting),
                             starts_at);
}

/* ---- what became of it ---- */

static struct err file_held(struct tx *tx, const struct who *who, const struct journeys_meeting *m,
                            int64_t minutes)
{
        enum journeys_kind kind = CONTACT_OTHER;
        struct journeys_contact_from old;
        bool known;

        TRY(journeys_contact_from(tx, m->pair, TEXT("meeting"), m->id, &known, &old));
        if (known)
                return OK;
        journeys_kind_of(m->channel, &kind);
        return journeys_contact_add(tx, &(struct journeys_contact_new) {
                .pair = m->pair, .by_person = who->person, .at = m->starts_at, .kind = kind, .two_way = true,
                .minutes = {true, minutes}, .source = "meeting", .source_id = m->id});
}

static struct err held(struct tx *tx, const struct who *who, const struct journeys_meeting *m,
                       struct opt minutes)
{
        int64_t length = minutes.has ? minutes.v : m->minutes;

        if (text_is(m->state, "held"))
                return OK;
        if (m->starts_at > tx_now(tx))
                return FAIL(ERR_CONFLICT, "That meeting is still to come",
                            "Say it when you have met");
        TRY(journeys_settle(tx, m->id, TEXT("held"), who->person, tx_now(tx), length));
        return file_held(tx, who, m, length);
}

static struct err moved(struct tx *tx, const struct who *who, const struct journeys_side *side,
                        const struct journeys_meeting *m, struct opt new_start)
{
        struct journeys_meeting now_at;

        if (!new_start.has)
                return text_is(m->state, "moved")
                               ? OK
                               : journeys_settle(tx, m->id, TEXT("moved"), who->person, tx_now(tx),
                                                 m->minutes);
        if (new_start.v == m->starts_at && text_is(m->state, "booked"))
                return OK;
        TRY(check_time(who, side, new_start.v, m->minutes, tx_now(tx)));
        TRY(journeys_move_meeting(tx, m->id, new_start.v));
        TRY(journeys_schedule_meeting(tx, m->id));
        TRY(journeys_meeting(tx, m->id, &now_at));
        return journeys_tell(tx, side, NEWS_MOVED, meeting_anchor(tx, &now_at), new_start.v);
}

static struct err called_off(struct tx *tx, const struct who *who, const struct journeys_side *side,
                             const struct journeys_meeting *m)
{
        bool ahead = m->starts_at > tx_now(tx);

        if (text_is(m->state, "cancelled"))
                return OK;
        TRY(journeys_settle(tx, m->id, TEXT("cancelled"), who->person, tx_now(tx), m->minutes));
        return ahead ? journeys_tell(tx, side, NEWS_CANCELLED, meeting_anchor(tx, m), m->starts_at)
                     : OK;
}

struct err journeys_settle_meeting(struct tx *tx, const struct who *who, int64_t meeting,
                                   enum journeys_settle how, struct opt new_start,
                                   struct opt minutes)
{
        struct journeys_meeting m;
        struct journeys_side side;

        TRY(journeys_meeting(tx, meeting, &m));
        TRY(journeys_open_side(tx, who, m.pair, &side));
        if (text_is(m.state, "held") && how != MEETING_HELD)
                return FAIL(ERR_CONFLICT, "It is already noted that you met",
                            "Write to your coordinator if that is wrong");
        switch (how) {
        case MEETING_HELD: return held(tx, who, &m, minutes);
        case MEETING_MOVED: return moved(tx, who, &side, &m, new_start);
        case MEETING_CANCELLED: return called_off(tx, who, &side, &m);
        case MEETING_MISSED:
                return text_is(m.state, "missed")
                               ? OK
                               : journeys_settle(tx, m.id, TEXT("missed"), who->person, tx_now(tx),
                                                 m.minutes);
        }
        must(!"a meeting's fate outside its enum");
}
