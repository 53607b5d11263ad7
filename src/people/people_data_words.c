/* What is stored as a word of ours, in the reader's language. What people wrote stays as they wrote it. */
#include "html/messages.h"
#include "people/people.h"
#include "people/people_data.h"

#include <string.h>

/* Keys whose facts hold a word of ours, never anybody's own. */
static const char *const ours[] = {"state", "role", "side", "channel", "kind", "answer", "attended", "shared", "by_you", "programme_mail", "next"};

static const struct { const char *word, *english; } words[] = {
        {"yes", M_("yes")}, {"no", M_("no")},
        {"en", "English"}, {"de", "Deutsch"},
        {"mentor", M_("mentor")}, {"mentee", M_("mentee")}, {"both", M_("mentor and mentee")},
        {"coordinator", M_("coordinator")}, {"administrator", M_("administrator")}, {"sponsor", M_("sponsor")}, {"contact", M_("designated contact")},
        {"video", M_("video")}, {"phone", M_("telephone")}, {"mail", M_("mail")}, {"message", M_("message")}, {"person", M_("in person")},
        {"invited", M_("invited")}, {"applied", M_("applied")}, {"accepted", M_("accepted")}, {"ready", M_("ready")},
        {"matched", M_("in a pair")}, {"waiting", M_("waiting")}, {"left", M_("has left")}, {"done", M_("finished")},
        {"declined", M_("declined")}, {"withdrawn", M_("taken back")}, {"sent", M_("sent")}, {"draft", M_("begun")}, {"asked", M_("asked for more")},
        {"active", M_("under way")}, {"paused", M_("paused")}, {"closing", M_("ending")}, {"closed", M_("ended")},
        {"suspended", M_("stopped for now")},
        {"booked", M_("booked")}, {"held", M_("held")}, {"moved", M_("moved")}, {"cancelled", M_("called off")}, {"missed", M_("missed")},
        {"due", M_("due")}, {"scheduled", M_("booked")}, {"unreachable", M_("not reached")}, {"dropped", M_("not needed any more")},
        {"open", M_("open")}, {"new", M_("new")}, {"taken", M_("taken")}, {"handed over", M_("handed over")},
        {"in-touch", M_("Stay in touch, without the programme")}, {"extend", M_("Go on together for a while")},
        {"rematch", M_("Have another partner")}, {"rest", M_("Leave it here, with thanks")}};

const char *people_stored_words(struct text word)
{
        for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
                if (text_is(word, words[i].word))
                        return words[i].english;
        return NULL;
}

struct text people_data_words(struct arena *a, enum locale l, const struct people_fact *f)
{
        bool own = strcmp(f->key, "language") != 0;

        if (strcmp(f->key, "availability") == 0)
                return people_week_words(a, l, f->text);
        if (strcmp(f->key, "languages") == 0)
                return people_language_words(a, l, f->text);
        for (size_t i = 0; i < sizeof ours / sizeof ours[0]; i++)
                own = own && strcmp(f->key, ours[i]) != 0;
        const char *said = own ? NULL : people_stored_words(f->text);
        return said ? text_of(msg(l, said)) : f->text;
}
