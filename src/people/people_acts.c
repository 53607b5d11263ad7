#include "people/people_acts.h"

static const struct { const char *act, *words; } all[] = {
        {"person.add", M_("Entered")},
        {"person.read", M_("Record opened")},
        {"erasure.ask", M_("Asked to be forgotten")},
        {"erasure.off", M_("Called off being forgotten")},
        {"erasure.done", M_("Forgotten")},
        {"correction.ask", M_("Asked for a correction")},
        {"correction.accept", M_("Correction made")},
        {"correction.decline", M_("Correction declined")},
        {"retention.days", M_("Time of keeping changed")},
        {"retention.hold", M_("Taking away held up")},
        {"retention.release", M_("Taking away goes on")},
        {"person.link", M_("Link to sign in sent")},
        {"second.reset", M_("Second factor removed")},
        {"participant.join", M_("Taken into a cohort")},
        {"recruiting.invite", M_("Invited")},
        {"recruiting.page", M_("Public page changed")},
        {"application.read", M_("Application read")},
        {"application.asked", M_("Asked for more about the application")},
        {"application.accepted", M_("Application accepted")},
        {"application.waiting", M_("Put on the waiting list")},
        {"application.declined", M_("Application declined")},
        {"application.draw", M_("Order drawn")},
        {"role.give", M_("Role given")},
        {"role.take", M_("Role taken away")},
        {"call.log", M_("Call noted")},
        {"ticket.answer", M_("Question answered")},
        {"ticket.close", M_("Question closed")},
        {"concern.read", M_("Concern read")},
        {"concern.step", M_("Concern worked on")},
        {"concern.pair", M_("Concern worked on")},
        {"concern.state", M_("Concern worked on")},
        {"matching.edit", M_("Proposal changed")},
        {"matching.lock", M_("Proposal kept")},
        {"matching.again", M_("Proposal made once more")},
        {"matching.unlock", M_("Proposal freed")},
        {"matching.drop", M_("Proposal withdrawn")},
        {"matching.forbid", M_("Partner ruled out")},
        {"pair.close", M_("Pair ended")},
        {"pair.release", M_("Pair goes on")},
        {"pair.resume", M_("Pair goes on")},
        {"mail.hold", M_("Mail held back")},
        {"mail.release", M_("Mail let go")},
        {"flag.close", M_("Flag closed")},
        {"person.address", M_("Mail address written down")},
        {"person.mail", M_("Mail tried again")},
        {"act.undo", M_("An act undone")},
        {"act.object", M_("Said that it is not right")},
        {"contact.for", M_("Contact logged in their name")},
        {"meeting.for", M_("Time agreed in their name")},
        {"agreement.for", M_("Agreement filled in for them")},
        {"answer.for", M_("Answers written down for them")},
};

const char *people_act_words(enum locale l, struct text act)
{
        for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
                if (text_is(act, all[i].act))
                        return msg(l, all[i].words);
        return act.p;
}
