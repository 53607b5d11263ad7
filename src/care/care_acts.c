/* The acts of this room, as the desk notes them and takes them back. */
#include "care/care_parts.h"

#include "care/care.sql.h"

/* ---- a call: logged, or given a time ---- */

static struct err call_state(struct tx *tx, const struct desk_act *act, struct text *out)
{
        struct out o = out_new(tx_arena(tx), 256);
        struct care_last_attempt last;
        struct care_call_row r;
        bool found;

        *out = TEXT("");
        if (!act->subject)
                return OK;
        TRY(care_call_row(tx, act->subject, &found, &r));
        if (!found)
                return OK;
        TRY(care_last_attempt(tx, act->subject, &last));
        desk_put(&o, r.state);
        desk_put_opt(&o, r.scheduled_at);
        desk_put_int(&o, r.attempts);
        desk_put_opt(&o, last.last_attempt_at);
        desk_put(&o, r.outcome);
        desk_put_opt(&o, r.minutes);
        desk_put_opt(&o, r.done_at);
        desk_put_opt(&o, r.done_by);
        desk_put(&o, r.action);
        desk_put_opt(&o, r.action_day);
        desk_put(&o, r.team_note);
        desk_put(&o, r.private_note);
        *out = out_get(&o);
        return OK;
}

static struct err put_call(struct tx *tx, const struct desk_act *act)
{
        struct text was = act->was;
        struct care_put_call_in in = {.id = act->subject};

        in.state = desk_take(&was);
        in.scheduled_at = desk_take_opt(&was);
        in.attempts = desk_take_int(&was);
        in.last_attempt_at = desk_take_opt(&was);
        in.outcome = desk_take(&was);
        in.minutes = desk_take_opt(&was);
        in.done_at = desk_take_opt(&was);
        in.done_by = desk_take_opt(&was);
        in.action = desk_take(&was);
        in.action_day = desk_take_opt(&was);
        in.team_note = desk_take(&was);
        in.private_note = desk_take(&was);
        return care_put_call(tx, &in);
}

/* With the flag that three calls in vain have raised, or that an answer has shut. */
static struct err call_back(struct tx *tx, const struct who *who, const struct desk_act *act)
{
        (void)who;
        TRY(put_call(tx, act));
        TRY(care_flags_shut_at(tx, act->cohort, act->person, act->at));
        TRY(care_flags_raised_at(tx, act->cohort, act->person, act->at));
        return care_review(tx, act->cohort);
}

static struct err time_back(struct tx *tx, const struct who *who, const struct desk_act *act)
{
        (void)who;
        return put_call(tx, act);
}

const struct desk_kind care_act_call = {"call.log", M_("Call noted"), call_state, call_back};
const struct desk_kind care_act_time = {"call.time", M_("Call planned"), call_state, time_back};

static struct err ring_back(struct tx *tx, const struct who *who, const struct desk_act *act)
{
        (void)who;
        return care_call_dropped(tx, act->subject);
}

const struct desk_kind care_act_ring = {"call.ask", M_("Call asked for"), call_state, ring_back};

/* ---- a flag that was closed ---- */

static struct err flag_state(struct tx *tx, const struct desk_act *act, struct text *out)
{
        struct out o = out_new(tx_arena(tx), 64);
        struct care_same_flags same;
        struct care_flag_row f;
        bool found;

        TRY(care_flag_row(tx, act->subject, &found, &f));
        TRY(care_same_flags(tx, act->subject, &same));
        if (found)
                desk_put_opt(&o, f.closed_at);
        desk_put_int(&o, same.n);
        *out = out_get(&o);
        return OK;
}

static struct err flag_back(struct tx *tx, const struct who *who, const struct desk_act *act)
{
        (void)who;
        return care_open_flag_again(tx, act->subject);
}

const struct desk_kind care_act_flag = {"flag.close", M_("Flag closed"), flag_state, flag_back};

/* ---- a question that was answered ---- */

static struct err ticket_state(struct tx *tx, const struct desk_act *act, struct text *out)
{
        struct out o = out_new(tx_arena(tx), 64);
        struct care_replies_from later;
        struct care_ticket_row t;
        bool found;

        TRY(care_ticket_row(tx, act->subject, &found, &t));
        TRY(care_replies_from(tx, act->subject, act->by, act->at, &later));
        desk_put_opt(&o, found ? t.answered_at : (struct opt) {0});
        desk_put_opt(&o, found ? t.closed_at : (struct opt) {0});
        desk_put_int(&o, later.n);
        *out = out_get(&o);
        return OK;
}

static struct err ticket_back(struct tx *tx, const struct who *who, const struct desk_act *act)
{
        struct text was = act->was;
        struct opt answered_at = desk_take_opt(&was), closed_at = desk_take_opt(&was);

        (void)who;
        TRY(care_drop_reply(tx, act->subject, act->by, act->at));
        return care_put_ticket(tx, act->subject, answered_at, closed_at);
}

const struct desk_kind care_act_answer = {"ticket.answer", M_("Question answered"), ticket_state, ticket_back};
