/* The glass log in plain words. */
#include "people/people_glass.h"

#include <string.h>

const char *people_seen_words(enum locale l, struct text what)
{
        static const struct { const char *what, *words; } all[] = {
                {"name", M_("your name")},
                {"profile", M_("your profile")},
                {"work", M_("what your organisation says about you")},
                {"address", M_("your mail addresses")},
                {"calls", M_("the notes of your calls")},
                {"flags", M_("signs that something may need help")},
                {"tickets", M_("what you asked the help desk")},
                {"answers", M_("your answers to surveys")},
                {"application", M_("your application")},
                {"training", M_("your training")},
                {"match", M_("the proposal of a partner for you")},
                {"goals", M_("the kind of your goals and how far they are")},
                {"pair", M_("the dates of your pair")},
                {"ending", M_("how your pair ended")},
                {"mails", M_("mails that were sent to you")},
                {"concern", M_("the concern you raised")},
                {"messages", M_("your messages")},
                {"notes", M_("your notes")},
        };

        for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
                if (text_is(what, all[i].what))
                        return msg(l, all[i].words);
        return what.p;
}

const char *people_office_words(enum locale l, struct text office)
{
        if (text_is(office, "coordinator"))
                return msg(l, M_("coordinator"));
        if (text_is(office, "administrator"))
                return msg(l, M_("administrator"));
        if (text_is(office, "contact"))
                return msg(l, M_("designated contact"));
        return msg(l, M_("sponsor"));
}

/* The longest beginning of the address that has words. */
const char *people_route_words(enum locale l, struct text route)
{
        static const struct { const char *begins, *words; } all[] = {
                {"/desk/people/import", M_("while a list was read in")},
                {"/desk/people/facts", M_("while facts of the organisation were read in")},
                {"/desk/people/:person", M_("on your own page at the desk")},
                {"/desk/people", M_("in the list of people")},
                {"/desk/pairs/:pair", M_("on the page of your pair")},
                {"/desk/pairs", M_("in the list of pairs")},
                {"/desk/closing", M_("in the list of who has closed")},
                {"/desk/calls/:call", M_("on the page of a call")},
                {"/desk/calls", M_("in the list of calls")},
                {"/desk/flags/:flag", M_("on the page of a sign that may need help")},
                {"/desk/flags", M_("in the list of signs that may need help")},
                {"/desk/help/:ticket", M_("on the page of a question")},
                {"/desk/help", M_("in the list of questions")},
                {"/desk/mails", M_("in the list of tomorrow's mails")},
                {"/desk/matching", M_("while partners were found")},
                {"/desk/gatherings", M_("in the list of a gathering")},
                {"/desk/acts", M_("in the list of recent acts")},
                {"/desk/bulk", M_("while something was done for several pairs")},
                {"/desk/cover", M_("while somebody was asked to stand in")},
                {"/desk/circles", M_("in the list of circles")},
                {"/desk/training", M_("in the list of training")},
                {"/desk/corrections", M_("in the list of corrections asked for")},
                {"/desk/applications", M_("in the list of applications")},
                {"/desk/cohort", M_("on the pages of the cohort")},
                {"/desk/figures", M_("in the figures")},
                {"/desk/concerns", M_("among the concerns")},
                {"/desk/sponsor", M_("in the letter to the sponsor")},
                {"/desk/", M_("on another page of the desk")},
                {"/api/", M_("through a program")},
        };

        if (text_is(route, "/desk"))
                return msg(l, M_("on the first page of the desk"));
        for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
                if (text_starts(route, all[i].begins))
                        return msg(l, all[i].words);
        return route.p;
}
