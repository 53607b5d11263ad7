/* What one of the two thinks of when they look at their pair. */
#include "rehearsal/rehearsal_play.h"

enum {
        BEFORE_LAUNCH_DAYS = 2,
        DRIFTS_AFTER_DAYS = 17,
        ENDS_AFTER_DAYS = 31,
        PAUSES_AFTER_DAYS = 30,
        ROUND_OFF_DAYS = 9
};

struct view {
        const struct journeys_pair *p;
        struct bond *b;
        size_t who;
        bool mentor;
};

/* A pair that has gone quiet does nothing, until somebody rings. */
static bool is_silent(const struct rehearsal *r, const struct view *v)
{
        if (v->b->awake)
                return false;
        if (v->b->fate == FATE_STALL)
                return v->p->n_met == 0 && v->p->first_reply_at.has;
        return v->b->fate == FATE_DRIFT && v->p->n_met >= 1 &&
               r->now > v->p->clock_start + DRIFTS_AFTER_DAYS * PLAY_DAY;
}

static void write_something(struct rehearsal *r, const struct view *v)
{
        const struct rehearsal_truth *t = &r->order->truth;
        struct opt mine = v->mentor ? v->p->last_mentor_at : v->p->last_mentee_at;

        if (!v->mentor && !v->p->first_message_at.has) {
                if (play_lot(r, v->who, t->first_message))
                        play_do(r, ACT_MESSAGE, v->who, v->p->id, 1);
                return;
        }
        if (v->mentor && v->p->first_message_at.has && !v->p->first_reply_at.has) {
                if (play_lot(r, v->who, t->first_reply))
                        play_do(r, ACT_MESSAGE, v->who, v->p->id, 1);
                return;
        }
        if (v->p->first_reply_at.has && !(mine.has && mine.v > r->now - PLAY_DAY) &&
            play_lot(r, v->who, t->message))
                play_do(r, ACT_MESSAGE, v->who, v->p->id, 0);
}

static void settle(struct rehearsal *r, const struct view *v, int64_t meeting,
                   enum journeys_settle how)
{
        play_push(r, &(struct act) {.at = r->now,
                                    .kind = ACT_SETTLE,
                                    .who = v->who,
                                    .a = meeting,
                                    .b = how,
                                    .pair = v->p->id});
}

static struct err look_at_meetings(struct tx *tx, struct rehearsal *r, const struct view *v)
{
        const struct rehearsal_truth *t = &r->order->truth;
        struct journeys_meeting_list list;
        bool open = false;

        TRY(journeys_meetings(tx, v->p->id, &list));
        for (size_t i = 0; i < list.n; i++) {
                const struct journeys_meeting *m = &list.row[i];
                if (!text_is(m->state, "booked"))
                        continue;
                open = true;
                bool over = m->starts_at + m->minutes * 60 < r->now;
                double u = rehearsal_fate(r->order->seed, m->id * 8 + m->sequence, 31);
                if (over && play_lot(r, v->who, t->logged))
                        settle(r, v, m->id, u < t->held ? MEETING_HELD : MEETING_MISSED);
                else if (!over && m->starts_at < r->now + 2 * PLAY_DAY && u > t->held &&
                         u < t->held + t->moved)
                        settle(r, v, m->id,
                               u < t->held + t->moved / 2 ? MEETING_MOVED : MEETING_CANCELLED);
        }
        bool begun = r->cohort.launched_at.has &&
                     r->now >= v->p->clock_start - BEFORE_LAUNCH_DAYS * PLAY_DAY;
        bool room = r->now < v->p->planned_end - 3 * PLAY_DAY;
        if (!open && begun && room && v->p->first_reply_at.has &&
            play_lot(r, v->who, v->mentor ? t->book / 2 : t->book))
                play_do(r, ACT_BOOK, v->who, v->p->id, 0);
        return OK;
}

static void look_at_papers(struct rehearsal *r, const struct view *v)
{
        const struct rehearsal_truth *t = &r->order->truth;
        const struct journeys_pair *p = v->p;

        if (p->n_met >= 1 && !p->agreed_at.has && !v->b->signed_by[v->mentor] &&
            play_lot(r, v->who, t->sign))
                play_do(r, ACT_SIGN, v->who, p->id, 0);
        if (!v->mentor && p->n_met >= 2 && p->n_goals == 0 && play_lot(r, v->who, t->goal))
                play_do(r, ACT_GOAL, v->who, p->id, 0);
        if (!v->mentor && v->b->goal && r->now > v->b->progressed_at + 18 * PLAY_DAY &&
            play_lot(r, v->who, 0.3))
                play_do(r, ACT_PROGRESS, v->who, p->id, 0);
        if (p->n_met >= 2 && !(v->mentor ? p->mentor_reveal_at : p->mentee_reveal_at).has &&
            play_lot(r, v->who, t->reveal))
                play_do(r, ACT_REVEAL, v->who, p->id, 0);
        int64_t mid =
                zone_at(r->cohort.zone, pack_mid_day(r->cohort.pack, r->cohort.launch_day), 17, 0);
        if (p->n_met >= 2 && !p->reviewed_at.has && r->now > mid && play_lot(r, v->who, t->review))
                play_do(r, ACT_REVIEW, v->who, p->id, 0);
}

/* Fates that strike once. */
static bool fate_strikes(struct rehearsal *r, const struct view *v)
{
        int64_t days = (r->now - v->p->clock_start) / PLAY_DAY;

        if (v->b->fate == FATE_PAUSE && !v->b->paused && v->p->n_met >= 1 &&
            days >= PAUSES_AFTER_DAYS && !v->mentor) {
                v->b->paused = true;
                play_do(r, ACT_PAUSE, v->who, v->p->id, rehearsal_between(&r->chance, 21, 35));
                return true;
        }
        bool early =
                v->b->fate == FATE_EARLY && days >= ENDS_AFTER_DAYS && r->cohort.launched_at.has;
        bool round_off = v->p->n_met > 0 &&
                         r->now > v->p->planned_end - ROUND_OFF_DAYS * PLAY_DAY &&
                         play_lot(r, v->who, 0.15);
        if ((early || round_off) && !v->b->ended) {
                v->b->ended = true;
                play_do(r, ACT_END, v->who, v->p->id, early);
                return true;
        }
        return false;
}

/* Closing cards: both, one alone, or nobody until staff asks. */
static void look_at_cards(struct rehearsal *r, const struct view *v)
{
        const struct rehearsal_truth *t = &r->order->truth;
        double u = rehearsal_fate(r->order->seed, v->p->id, 41);
        bool never = (u < t->closing_alone && v->mentor) || (u > 1 - t->closing_alone / 2);

        if (!v->b->carded[v->mentor] && !never && play_lot(r, v->who, t->card))
                play_do(r, ACT_CARDS, v->who, v->p->id, 0);
}

static struct err look_at_pair(struct tx *tx, struct rehearsal *r, const struct view *v)
{
        if (text_is(v->p->state, "closing"))
                look_at_cards(r, v);
        if (!text_is(v->p->state, "active") || is_silent(r, v) || fate_strikes(r, v))
                return OK;
        write_something(r, v);
        TRY(look_at_meetings(tx, r, v));
        look_at_papers(r, v);
        return OK;
}

struct err play_look_pairs(struct tx *tx, struct rehearsal *r, size_t who)
{
        struct journeys_pair_list pairs;
        int64_t me = play_person(r, who)->id;

        TRY(journeys_pairs_of(tx, me, &pairs));
        for (size_t i = 0; i < pairs.n; i++) {
                if (pairs.row[i].cohort != r->cohort.id)
                        continue;
                struct view v = {.p = &pairs.row[i],
                                 .b = play_bond(r, pairs.row[i].id),
                                 .who = who,
                                 .mentor = pairs.row[i].mentor == me};
                TRY(look_at_pair(tx, r, &v));
        }
        return OK;
}
