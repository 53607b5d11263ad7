/* An answer to a proposal that somebody gave on the telephone, as the desk notes it and takes it back. */
#include "matching/matching.h"

#include "matching/matching.sql.h"
#include "matching/matching_next.h"
#include "matching/matching_work.sql.h"
#include "people/people.h"
#include "programmes/programmes.h"

struct err matching_asked_side(struct tx *tx, const struct who *who, int64_t proposal, int64_t person, struct matching_asked_side *out)
{
        struct matching_row r;
        struct people_person me, partner;
        bool found;

        TRY(matching_row(tx, proposal, &found, &r));
        if (!found)
                return FAIL(ERR_ABSENT, "There is no such proposal", "It may have been replaced by a newer run");
        TRY(programmes_staff(tx, who, r.cohort));
        if (person != r.mentor && person != r.mentee)
                return FAIL(ERR_ABSENT, "They are not one of this proposal", "Go back to the table");
        TRY(people_get(tx, person, &me));
        TRY(people_get(tx, person == r.mentor ? r.mentee : r.mentor, &partner));
        *out = (struct matching_asked_side) {
                .cohort = r.cohort, .mentor = person == r.mentor, .open = matching_looks_open(&r, tx_now(tx)),
                .answered = (person == r.mentor ? r.mentor_answer : r.mentee_answer).p != NULL, .expires_at = r.expires_at,
                .first_name = me.first_name, .partner = partner.first_name};
        return OK;
}

/* Also how many proposals the mentee has: a next one that has come up since is not to be left behind. */
static struct err answer_state(struct tx *tx, const struct desk_act *act, struct text *out)
{
        struct out o = out_new(tx_arena(tx), 128);
        struct matching_answers a;

        TRY(matching_answers(tx, act->subject, &a));
        desk_put(&o, a.state);
        desk_put(&o, a.mentor_answer);
        desk_put_opt(&o, a.mentor_answered_at);
        desk_put(&o, a.mentee_answer);
        desk_put_opt(&o, a.mentee_answered_at);
        desk_put_int(&o, a.pairs);
        desk_put_int(&o, a.others);
        *out = out_get(&o);
        return OK;
}

static struct err answer_back(struct tx *tx, const struct who *who, const struct desk_act *act)
{
        struct text was = act->was, state, mentor, mentee;
        struct matching_answers now;
        struct opt mentor_at;

        (void)who;
        TRY(matching_answers(tx, act->subject, &now));
        if (now.pairs)
                return FAIL(ERR_CONFLICT, "With this answer the two have become a pair", "Look at the pair; it can be ended on its page");
        state = desk_take(&was);
        mentor = desk_take(&was);
        mentor_at = desk_take_opt(&was);
        mentee = desk_take(&was);
        return matching_restore_answers(tx, act->subject, state, mentor, mentor_at, mentee, desk_take_opt(&was));
}

const struct desk_kind matching_act_accept = {"proposal.yes", M_("Yes said to a proposal in their name"), answer_state, answer_back};
const struct desk_kind matching_act_decline = {"proposal.no", M_("No said to a proposal in their name"), answer_state, answer_back};
