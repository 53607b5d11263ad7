#include "people/people_acts.h"

static const struct { const char *act, *words; } all[] = {
        {"person.add", M_("Entered you here")},
        {"person.read", M_("Opened your record")},
        {"person.link", M_("Sent you a link to sign in")},
        {"person.address", M_("Changed your mail address")},
        {"participant.join", M_("Took you into a cohort")},
        {"role.give", M_("Gave you a role")},
        {"role.take", M_("Took a role from you")},
        {"call.log", M_("Noted a call with you")},
        {"ticket.answer", M_("Answered your question")},
        {"ticket.close", M_("Closed your question")},
        {"concern.read", M_("Read a concern you raised")},
        {"concern.state", M_("Worked on a concern you raised")},
        {"matching.edit", M_("Changed a proposal for you")},
        {"matching.lock", M_("Kept a proposal for you")},
        {"matching.unlock", M_("Freed a proposal for you")},
        {"matching.drop", M_("Withdrew a proposal for you")},
        {"matching.forbid", M_("Ruled out a partner for you")},
        {"pair.close", M_("Ended your pair")},
        {"pair.release", M_("Let your pair go on")},
        {"pair.resume", M_("Let your pair go on")},
        {"mail.hold", M_("Held back a mail to you")},
        {"mail.release", M_("Let a mail to you go")},
        {"flag.close", M_("Closed a note that said you might need help")},
};

const char *people_act_words(enum locale l, struct text act)
{
        for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
                if (text_is(act, all[i].act))
                        return msg(l, all[i].words);
        return act.p;
}
