/* Every kind of act there is, by the word that the log keeps. */
#include "desk/desk_parts.h"

#include "care/care.h"
#include "evaluation/evaluation.h"
#include "matching/matching.h"
#include "people/people.h"
#include "recruiting/recruiting_leave.h"

static const struct desk_kind *const kinds[] = {
        &care_act_call, &care_act_time, &care_act_flag, &care_act_ring, &care_act_answer,
        &journeys_act_close, &journeys_act_complete, &journeys_act_release, &journeys_act_resume, &journeys_act_end, &journeys_act_hold,
        &journeys_act_contact, &journeys_act_meeting, &journeys_act_agreement,
        &desk_act_owner, &desk_act_cover, &desk_act_handover, &desk_act_cover_end, &desk_act_bulk, &desk_act_mail,
        &evaluation_act_answer, &people_act_address, &matching_act_accept, &matching_act_decline, &recruiting_act_leave,
};

const struct desk_kind *desk_kind_of(struct text word)
{
        for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
                if (text_is(word, kinds[i]->word))
                        return kinds[i];
        return NULL;
}

struct text desk_about(struct arena *a, enum locale l, struct text mentor, struct text mentee, struct text person)
{
        if (person.n)
                return person;
        if (mentor.n && mentee.n)
                return msg_with(a, l, "{mentee} and {mentor}", "mentee", mentee, "mentor", mentor, NULL);
        return TEXT("");
}
