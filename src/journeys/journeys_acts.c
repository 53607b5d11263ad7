/* The acts of the desk on pairs, as they are noted and taken back. */
#include "journeys/journeys.h"

#include "html/messages.h"
#include "journeys/journeys.sql.h"
#include "journeys/journeys_due.sql.h"
#include "journeys/journeys_parts.h"

/* ---- its state: closing, going on, a pause that ends, another end ---- */

static struct err pair_state(struct tx *tx, const struct desk_act *act, struct text *out)
{
        struct out o = out_new(tx_arena(tx), 128);
        struct journeys_pair_state s;

        TRY(journeys_pair_state(tx, act->pair, &s));
        desk_put(&o, s.state);
        desk_put_int(&o, s.planned_end);
        desk_put_opt(&o, s.paused_at);
        desk_put_opt(&o, s.paused_until);
        desk_put_opt(&o, s.paused_by);
        desk_put_opt(&o, s.resumed_at);
        desk_put_opt(&o, s.closed_at);
        desk_put(&o, s.end_reason);
        desk_put_int(&o, s.cards);
        *out = out_get(&o);
        return OK;
}

static struct err pair_back(struct tx *tx, const struct who *who, const struct desk_act *act)
{
        struct journeys_put_pair_state_in in = {.pair = act->pair};
        struct text was = act->was;

        (void)who;
        in.state = desk_take(&was);
        in.planned_end = desk_take_int(&was);
        in.paused_at = desk_take_opt(&was);
        in.paused_until = desk_take_opt(&was);
        in.paused_by = desk_take_opt(&was);
        in.resumed_at = desk_take_opt(&was);
        in.closed_at = desk_take_opt(&was);
        in.end_reason = desk_take(&was);
        TRY(journeys_put_pair_state(tx, &in));
        return journeys_plan_end(tx, act->pair, in.planned_end);
}

static struct err close_back(struct tx *tx, const struct who *who, const struct desk_act *act)
{
        TRY(pair_back(tx, who, act));
        return journeys_drop_fresh_cards(tx, act->pair, act->at);
}

const struct desk_kind journeys_act_close = {"pair.close", M_("Ending begun"), pair_state, close_back};
const struct desk_kind journeys_act_complete = {"pair.complete", M_("Pair closed"), NULL, NULL};
const struct desk_kind journeys_act_release = {"pair.release", M_("Pair goes on"), pair_state, pair_back};
const struct desk_kind journeys_act_resume = {"pair.resume", M_("Pause ended"), pair_state, pair_back};
const struct desk_kind journeys_act_end = {"pair.end", M_("End moved"), pair_state, pair_back};

/* ---- a letter of tomorrow that was held or let go; key: rule, anchor ---- */

static struct err hold_state(struct tx *tx, const struct desk_act *act, struct text *out)
{
        struct text key = act->key, rule = desk_take(&key), anchor = desk_take(&key);
        struct out o = out_new(tx_arena(tx), 128);
        struct journeys_due_was_sent sent;
        struct journeys_due_hold hold;
        bool held, was;

        TRY(journeys_due_hold(tx, rule, act->person, anchor, &held, &hold));
        TRY(journeys_due_was_sent(tx, rule, act->person, anchor, &was, &sent));
        desk_put(&o, held ? hold.reason : TEXT_ABSENT);
        desk_put_int(&o, was);
        *out = out_get(&o);
        return OK;
}

static struct err hold_back(struct tx *tx, const struct who *who, const struct desk_act *act)
{
        struct text key = act->key, rule = desk_take(&key), anchor = desk_take(&key), was = act->was,
                    reason = desk_take(&was);

        return reason.p ? journeys_due_put_hold(tx, rule, act->person, anchor, who->person, reason, tx_now(tx))
                        : journeys_due_drop_hold(tx, rule, act->person, anchor);
}

const struct desk_kind journeys_act_hold = {"mail.hold", M_("Mail held back or let go"), hold_state, hold_back};

/* ---- in somebody's name ---- */

static struct err contact_state(struct tx *tx, const struct desk_act *act, struct text *out)
{
        struct journeys_contact_there there = {0};

        if (act->subject)
                TRY(journeys_contact_there(tx, act->pair, act->subject, &there));
        *out = text_of(there.n ? "there" : "");
        return OK;
}

static struct err contact_back(struct tx *tx, const struct who *who, const struct desk_act *act)
{
        (void)who;
        TRY(journeys_drop_contact(tx, act->pair, act->subject));
        return journeys_recount(tx, act->pair);
}

const struct desk_kind journeys_act_contact = {"contact.for", M_("Contact logged in their name"), contact_state, contact_back};

static struct err meeting_state(struct tx *tx, const struct desk_act *act, struct text *out)
{
        struct out o = out_new(tx_arena(tx), 64);
        struct journeys_meeting_there m;
        bool found = false;

        if (act->subject)
                TRY(journeys_meeting_there(tx, act->subject, &found, &m));
        if (found) {
                desk_put(&o, m.state);
                desk_put_int(&o, m.starts_at);
                desk_put_int(&o, m.sequence);
        }
        *out = out_get(&o);
        return OK;
}

/* In time nobody has heard of it; later the partner has, and is told that it is off. */
static struct err meeting_back(struct tx *tx, const struct who *who, const struct desk_act *act)
{
        struct who person;

        (void)who;
        if (!act->late)
                return journeys_drop_meeting(tx, act->subject);
        person = (struct who) {.person = act->person, .roles = ROLE_PARTICIPANT, .zone = who->zone, .locale = who->locale};
        return journeys_settle_meeting(tx, &person, act->subject, MEETING_CANCELLED, (struct opt) {0}, (struct opt) {0});
}

const struct desk_kind journeys_act_meeting = {"meeting.for", M_("Time agreed in their name"), meeting_state, meeting_back};

static struct err agreement_state(struct tx *tx, const struct desk_act *act, struct text *out)
{
        struct out o = out_new(tx_arena(tx), 512);
        struct journeys_agreement a;
        struct journeys_terms terms;

        TRY(journeys_terms(tx, act->pair, &terms));
        TRY(journeys_agreement(tx, act->pair, &a));
        desk_put_int(&o, terms.cadence_days);
        desk_put(&o, terms.channel);
        desk_put_opt(&o, terms.agreed_at);
        if (a.written) {
                desk_put_int(&o, a.cadence_days);
                desk_put(&o, a.channel);
                desk_put(&o, a.quiet);
                desk_put(&o, a.boundaries);
                desk_put_int(&o, a.written_by);
                desk_put_int(&o, a.written_at);
                desk_put_opt(&o, a.mentor_signed_at);
                desk_put_opt(&o, a.mentee_signed_at);
        }
        *out = out_get(&o);
        return OK;
}

static struct err agreement_back(struct tx *tx, const struct who *who, const struct desk_act *act)
{
        struct journeys_restore_agreement_in in = {.pair = act->pair};
        struct text was = act->was, channel;
        int64_t cadence = desk_take_int(&was);

        (void)who;
        channel = desk_take(&was);
        TRY(journeys_put_terms(tx, act->pair, cadence, channel, desk_take_opt(&was)));
        if (text_empty(was))
                return journeys_drop_agreement(tx, act->pair);
        in.cadence_days = desk_take_int(&was);
        in.channel = desk_take(&was);
        in.quiet = desk_take(&was);
        in.boundaries = desk_take(&was);
        in.written_by = desk_take_int(&was);
        in.written_at = desk_take_int(&was);
        in.mentor_at = desk_take_opt(&was);
        in.mentee_at = desk_take_opt(&was);
        return journeys_restore_agreement(tx, &in);
}

const struct desk_kind journeys_act_agreement = {"agreement.for", M_("Agreement filled in for them"), agreement_state, agreement_back};

/* ---- the planned end, moved by staff ---- */

struct err journeys_move_end(struct tx *tx, const struct who *who, int64_t pair, int64_t day, int64_t batch)
{
        struct journeys_pair p;
        struct programmes_cohort c;

        TRY(journeys_pair(tx, pair, &p));
        TRY(programmes_staff(tx, who, p.cohort));
        TRY(programmes_cohort(tx, p.cohort, &c));
        int64_t end = zone_at(c.zone, day, 18, 0);
        if (end <= tx_now(tx))
                return FAIL_AT(ERR_INVALID, "That day is over", "day", "Choose one that is still to come");
        if (!text_is(p.state, "active") && !text_is(p.state, "paused"))
                return FAIL(ERR_CONFLICT, "This pair is not under way", "Its end has its own page");
        struct desk_act act = {.kind = &journeys_act_end, .cohort = p.cohort, .pair = pair, .batch = batch};
        TRY(desk_begin(tx, who, &act));
        TRY(journeys_set_end(tx, pair, end));
        TRY(journeys_plan_end(tx, pair, end));
        return desk_end(tx, &act);
}

struct err journeys_last_logged(struct tx *tx, int64_t pair, int64_t person, int64_t *contact)
{
        struct journeys_newest_logged row;
        bool found;

        TRY(journeys_newest_logged(tx, pair, person, &found, &row));
        *contact = found ? row.id : 0;
        return OK;
}
