#include "recruiting/recruiting_leave.h"

#include "matching/matching_work.h"
#include "programmes/programmes.h"
#include "recruiting/recruiting.h"
#include "recruiting/recruiting.sql.h"

bool recruiting_may_leave(struct text state)
{
        return text_is(state, "invited") || text_is(state, "applied") || text_is(state, "accepted") || text_is(state, "ready") ||
               text_is(state, "waiting");
}

/* Whoever had a place has left it; whoever was only asked has said no. */
static const char *state_after(struct text state) { return text_is(state, "invited") || text_is(state, "applied") ? "declined" : "left"; }

struct err recruiting_leave(struct tx *tx, const struct who *who, int64_t cohort)
{
        struct programmes_participant_list parts;
        struct recruiting_application p;
        size_t n = 0;

        TRY(programmes_parts_of(tx, who->person, &parts));
        for (size_t i = 0; i < parts.n; i++)
                if (parts.row[i].cohort == cohort && text_is(parts.row[i].state, "matched"))
                        return FAIL(ERR_CONFLICT, "There is a partner by now", "End it on the pair's page, so that both can say goodbye");
        for (size_t i = 0; i < parts.n; i++) {
                if (parts.row[i].cohort != cohort || !recruiting_may_leave(parts.row[i].state))
                        continue;
                TRY(programmes_set_state(tx, parts.row[i].id, state_after(parts.row[i].state)));
                n++;
        }
        if (n == 0)
                return FAIL(ERR_CONFLICT, "There is no place to give back", "Look how things stand");
        TRY(recruiting_of(tx, cohort, who->person, &p));
        if (p.id && text_is(p.state, "accepted"))
                TRY(recruiting_application_state(tx, p.id, TEXT("withdrawn")));
        return matching_take_back_of(tx, who, cohort, who->person);
}

/* ---- on the desk ---- */

static struct err leave_state(struct tx *tx, const struct desk_act *act, struct text *out)
{
        struct programmes_participant_list parts;
        struct out o = out_new(tx_arena(tx), 128);
        struct recruiting_application p;

        TRY(recruiting_of(tx, act->cohort, act->person, &p));
        desk_put_int(&o, p.id);
        desk_put(&o, p.state);
        TRY(programmes_parts_of(tx, act->person, &parts));
        for (size_t i = 0; i < parts.n; i++) {
                if (parts.row[i].cohort != act->cohort)
                        continue;
                desk_put_int(&o, parts.row[i].id);
                desk_put(&o, parts.row[i].state);
        }
        *out = out_get(&o);
        return OK;
}

static struct err leave_back(struct tx *tx, const struct who *who, const struct desk_act *act)
{
        struct text was = act->was;
        int64_t application = desk_take_int(&was);
        struct text state = desk_take(&was);

        (void)who;
        if (application)
                TRY(recruiting_application_state(tx, application, state));
        while (was.n) {
                int64_t part = desk_take_int(&was);
                TRY(programmes_set_state(tx, part, text_c(tx_arena(tx), desk_take(&was))));
        }
        /* Once the others have read that it is off, their proposals stay off. */
        return act->late ? OK : matching_put_back_of(tx, act->cohort, act->person);
}

const struct desk_kind recruiting_act_leave = {"participant.leave", M_("Taken out of the cohort"), leave_state, leave_back};
