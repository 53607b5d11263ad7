#include "journeys/journeys_rules.h"

static int64_t later(int64_t a, struct opt b) { return b.has && b.v > a ? b.v : a; }

int64_t journeys_rhythm_start(const struct journeys_pair *p)
{
        return later(later(p->clock_start, p->last_contact_at), p->resumed_at);
}

int64_t journeys_soon_at(const struct journeys_pair *p)
{
        return journeys_rhythm_start(p) + (p->cadence_days * 3 + 3) / 4 * JOURNEYS_DAY;
}

int64_t journeys_quiet_at(const struct journeys_pair *p)
{
        int64_t days = p->cadence_days + JOURNEYS_GRACE_DAYS;

        if (days > JOURNEYS_QUIET_DAYS)
                days = JOURNEYS_QUIET_DAYS;
        return journeys_rhythm_start(p) + days * JOURNEYS_DAY;
}

/* A meeting that is booked quietens the warning; one that lies weeks ahead does not mend a rhythm that is broken. */
enum journeys_rhythm journeys_rhythm(const struct journeys_pair *p, int64_t now)
{
        bool booked = p->next_meeting_at.has;

        if (text_is(p->state, "closing") || text_is(p->state, "closed"))
                return RHYTHM_OVER;
        if (text_is(p->state, "paused") || text_is(p->state, "suspended"))
                return RHYTHM_PAUSED;
        if (now < p->clock_start)
                return RHYTHM_NOT_STARTED;
        if (now >= journeys_quiet_at(p) &&
            !(booked && p->next_meeting_at.v <= now + 7 * JOURNEYS_DAY))
                return RHYTHM_QUIET;
        if (now >= journeys_soon_at(p) && !booked)
                return RHYTHM_SOON;
        return RHYTHM_GOOD;
}

/* ---- the next step ---- */

static void add(struct journeys_nexts *out, bool holds, enum journeys_next step)
{
        if (holds && out->n < sizeof out->step / sizeof out->step[0])
                out->step[out->n++] = step;
}

static void decide_preparing(const struct journeys_now *f, struct journeys_nexts *out)
{
        add(out, f->proposal_open && !f->proposal_answered, NEXT_ANSWER_PROPOSAL);
        add(out, f->list_open && !f->list_answered, f->mentor ? NEXT_MARK : NEXT_RANK);
        add(out, !f->training_done, NEXT_TRAIN);
        add(out, !f->profile_confirmed, NEXT_CONFIRM_PROFILE);
        add(out, f->proposal_open && f->proposal_answered, NEXT_AWAIT_ANSWER);
        add(out, out->n == 0, NEXT_AWAIT_MATCH);
}

/* Before the first conversation: a word, then a time. */
static void decide_first(const struct journeys_now *f, struct journeys_nexts *out)
{
        add(out, !f->mentor && !f->mentee_wrote, NEXT_WRITE_FIRST);
        add(out, !f->met && !f->meeting_at.has && (f->mentee_wrote || f->mentor_wrote),
            NEXT_BOOK_FIRST);
        add(out, f->mentor && !f->mentee_wrote && !f->mentor_wrote, NEXT_AWAIT_FIRST);
}

static void decide_active(const struct journeys_now *f, struct journeys_nexts *out)
{
        int64_t left = f->planned_end - f->now;

        add(out, f->meeting_unsettled, NEXT_DID_YOU_MEET);
        add(out, f->meeting_at.has && f->meeting_at.v - f->now <= JOURNEYS_DAY, NEXT_MEETING_SOON);
        add(out, f->unread || (f->mentor && f->mentee_wrote && !f->mentor_wrote),
            NEXT_ANSWER_PARTNER);
        if (!f->met)
                decide_first(f, out);
        add(out, f->met && f->rhythm == RHYTHM_QUIET && !f->cards_done, NEXT_RECONNECT);
        add(out, f->pulse_waiting, NEXT_PULSE);
        add(out, f->cards_done, NEXT_CARDS_DONE);
        if (f->cards_done)
                return;
        /* With the cards open, a way of working need not be agreed on any more: the ending comes first. */
        add(out, left <= JOURNEYS_WIND_DOWN_DAYS * JOURNEYS_DAY, NEXT_WIND_DOWN);
        add(out, f->met && !f->agreed && !f->signed_by_me, NEXT_SIGN_AGREEMENT);
        add(out, f->n_met >= 2 && f->n_goals == 0 && !f->mentor, NEXT_SET_GOAL);
        add(out, f->review_due && !f->reviewed, NEXT_REVIEW);
        add(out, f->met && !f->meeting_at.has && f->rhythm == RHYTHM_SOON, NEXT_BOOK_NEXT);
        add(out, f->meeting_at.has && f->meeting_at.v - f->now > JOURNEYS_DAY,
            NEXT_PREPARE_MEETING);
        add(out, f->met && !f->meeting_at.has && f->rhythm == RHYTHM_GOOD, NEXT_BOOK_NEXT);
}

/* Who is also there on the other side, without a partner yet: what is asked of them there. */
static void decide_beside(const struct journeys_now *f, struct journeys_nexts *out)
{
        add(out, f->beside && f->proposal_open && !f->proposal_answered, NEXT_ANSWER_PROPOSAL);
        add(out, f->beside && f->list_open && !f->list_answered, f->beside_mentor ? NEXT_MARK : NEXT_RANK);
        add(out, f->beside && !f->training_done, NEXT_TRAIN);
}

static void decide_pair(const struct journeys_now *f, struct journeys_nexts *out)
{
        add(out, f->pair_suspended, NEXT_SUSPENDED);
        if (f->pair_suspended)
                return;
        add(out, f->pair_closing && !f->cards_done, NEXT_CLOSING_CARDS);
        add(out, f->pair_closing && f->unread, NEXT_ANSWER_PARTNER);
        add(out, f->pair_closing && f->pulse_waiting, NEXT_PULSE);
        add(out, f->pair_closing && f->cards_done, NEXT_AWAIT_CLOSING);
        add(out, f->pair_paused, NEXT_PAUSED);
        if (f->pair_active)
                decide_active(f, out);
}

void journeys_decide(const struct journeys_now *f, struct journeys_nexts *out)
{
        out->n = 0;
        switch (f->stage) {
        case STAGE_NONE: break;
        case STAGE_INVITED: add(out, true, NEXT_SAY_YES); break;
        case STAGE_APPLIED: add(out, true, NEXT_AWAIT_DECISION); break;
        case STAGE_PREPARING: case STAGE_WAITING: decide_preparing(f, out); break;
        case STAGE_REMATCH: add(out, f->pulse_waiting, NEXT_PULSE); add(out, true, NEXT_AWAIT_REMATCH); break;
        case STAGE_PAIR: decide_pair(f, out); decide_beside(f, out); break;
        case STAGE_LEFT: add(out, f->pulse_waiting, NEXT_PULSE); add(out, true, NEXT_LEFT); break;
        case STAGE_DONE: add(out, f->pulse_waiting, NEXT_PULSE); add(out, true, NEXT_DONE); break;
        }
        add(out, out->n == 0, NEXT_NOTHING);
}

bool journeys_asks(enum journeys_next step)
{
        switch (step) {
        case NEXT_NOTHING:
        case NEXT_AWAIT_DECISION:
        case NEXT_AWAIT_ANSWER:
        case NEXT_AWAIT_MATCH:
        case NEXT_AWAIT_REMATCH:
        case NEXT_AWAIT_CLOSING:
        case NEXT_CARDS_DONE:
        case NEXT_PAUSED:
        case NEXT_SUSPENDED:
        case NEXT_AWAIT_FIRST:
        case NEXT_LEFT:
        case NEXT_DONE:
        case NEXT_STEPS: return false;
        case NEXT_SAY_YES:
        case NEXT_TRAIN:
        case NEXT_CONFIRM_PROFILE:
        case NEXT_RANK:
        case NEXT_MARK:
        case NEXT_ANSWER_PROPOSAL:
        case NEXT_CLOSING_CARDS:
        case NEXT_DID_YOU_MEET:
        case NEXT_MEETING_SOON:
        case NEXT_ANSWER_PARTNER:
        case NEXT_WRITE_FIRST:
        case NEXT_BOOK_FIRST:
        case NEXT_RECONNECT:
        case NEXT_PULSE:
        case NEXT_SIGN_AGREEMENT:
        case NEXT_SET_GOAL:
        case NEXT_REVIEW:
        case NEXT_BOOK_NEXT: case NEXT_WIND_DOWN: case NEXT_PREPARE_MEETING:
                return true;
        }
        must(!"a step outside its enum");
}

/* ---- pauses, agendas, the ending ---- */

bool journeys_pause_fits(int64_t today, int64_t until_day)
{
        return until_day > today && until_day <= today + JOURNEYS_PAUSE_DAYS;
}

const char *journeys_agenda_for(int64_t n_met, bool review_due, int64_t days_to_end)
{
        if (n_met == 0)
                return "first-meeting";
        if (days_to_end <= JOURNEYS_WIND_DOWN_DAYS)
                return "last-meeting";
        if (n_met == 1)
                return "second-meeting";
        if (n_met == 2)
                return "goals-meeting";
        if (days_to_end <= 2 * JOURNEYS_WIND_DOWN_DAYS)
                return "last-but-one";
        return review_due ? "mid-review" : "progress-loop";
}

bool journeys_may_close(int64_t people_done, int64_t started_at, int64_t now)
{
        return people_done == 2 ||
               (people_done == 1 && now >= started_at + JOURNEYS_CLOSING_DAYS * JOURNEYS_DAY);
}

bool journeys_time_for_rematch(int64_t launch_day, int64_t end_day, int64_t day)
{
        return (day - launch_day) * 100 <= (end_day - launch_day) * JOURNEYS_REMATCH_PERCENT;
}

int64_t journeys_meetings_left(int64_t now, int64_t planned_end, int64_t cadence_days)
{
        int64_t days = (planned_end - now) / JOURNEYS_DAY, fit = cadence_days > 0 ? days / cadence_days : 0;

        return planned_end <= now ? 0 : fit > 1 ? fit : 1;
}

int64_t journeys_months(int64_t from_day, int64_t until_day)
{
        int64_t months = ((until_day - from_day) * 10 + 152) / 304;     /* of 30.4 days */

        return months > 1 ? months : 1;
}
