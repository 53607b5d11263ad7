/* What else is held: agreements, flags, answers, what was done and read; and what is held back, with the reason. */
#include "html/messages.h"
#include "people/people.sql.h"
#include "people/people_data.sql.h"
#include "people/people_data_parts.h"

static struct err agreed(struct people_held_work *w)
{
        struct people_held_agreements_list list;
        struct people_held_steps_list steps;

        TRY(people_held_agreements(w->tx, w->person, &list));
        people_held_section(w, "agreements", M_("What you two agreed"));
        for (size_t i = 0; i < list.n; i++) {
                people_held_record(w);
                people_held_moment(w, "written_at", M_("When"), list.row[i].written_at);
                people_held_number(w, "cadence_days", M_("Every so many days"), list.row[i].cadence_days);
                people_held_words(w, "channel", M_("By"), list.row[i].channel);
                people_held_words(w, "quiet", M_("If it goes quiet"), list.row[i].quiet);
                people_held_words(w, "boundaries", M_("Boundaries"), list.row[i].boundaries);
        }
        TRY(people_held_steps(w->tx, w->person, &steps));
        people_held_section(w, "steps", M_("Steps you ticked"));
        for (size_t i = 0; i < steps.n; i++) {
                people_held_record(w);
                people_held_words(w, "step", M_("Step"), steps.row[i].step);
                people_held_moment(w, "done_at", M_("Done"), steps.row[i].done_at);
        }
        return OK;
}

static struct err matched(struct people_held_work *w)
{
        struct people_held_suggested_list names;
        struct people_held_ways_list ways;
        struct people_held_circles_list circles;

        TRY(people_held_suggested(w->tx, w->person, &names));
        people_held_section(w, "suggested", M_("Mentors that were suggested to you"));
        for (size_t i = 0; i < names.n; i++) {
                people_held_record(w);
                people_held_words(w, "name", M_("First name"), names.row[i].name);
        }
        TRY(people_held_ways(w->tx, w->person, &ways));
        people_held_section(w, "ways", M_("How you are matched"));
        for (size_t i = 0; i < ways.n; i++) {
                people_held_record(w);
                people_held_words(w, "what", M_("What"), ways.row[i].what);
                people_held_number(w, "figure", M_("Figure"), ways.row[i].figure);
                people_held_moment_if(w, "at", M_("When"), ways.row[i].at);
        }
        TRY(people_held_circles(w->tx, w->person, &circles));
        people_held_section(w, "circles", M_("Circles"));
        for (size_t i = 0; i < circles.n; i++) {
                people_held_record(w);
                people_held_number(w, "number", M_("Circle"), circles.row[i].number);
                people_held_words(w, "side", M_("Your role"), circles.row[i].side);
                people_held_words(w, "place", M_("Where"), circles.row[i].place);
        }
        return OK;
}

static struct err cared(struct people_held_work *w)
{
        struct people_held_flags_list flags;
        struct people_held_replies_list replies;
        struct people_held_held_mails_list mails;

        TRY(people_held_flags(w->tx, w->person, &flags));
        people_held_section(w, "flags", M_("Signs that something may need help"));
        for (size_t i = 0; i < flags.n; i++) {
                people_held_record(w);
                people_held_words(w, "rule", M_("Rule"), flags.row[i].rule);
                people_held_number(w, "level", M_("Level, 1 or 2"), flags.row[i].level);
                people_held_moment(w, "since", M_("Since"), flags.row[i].since);
                people_held_words(w, "figures", M_("Figures"), flags.row[i].data);
                people_held_moment(w, "opened_at", M_("Noticed"), flags.row[i].opened_at);
                people_held_moment_if(w, "closed_at", M_("Over"), flags.row[i].closed_at);
                people_held_words(w, "closed_why", M_("Why"), flags.row[i].closed_why);
        }
        TRY(people_held_replies(w->tx, w->person, &replies));
        people_held_section(w, "ticket_replies", M_("Answers of the help desk"));
        for (size_t i = 0; i < replies.n; i++) {
                people_held_record(w);
                people_held_moment(w, "at", M_("When"), replies.row[i].at);
                people_held_words(w, "words", M_("Answer"), replies.row[i].body);
        }
        TRY(people_held_held_mails(w->tx, w->person, &mails));
        people_held_section(w, "held_mails", M_("Mails to you that a coordinator held back"));
        for (size_t i = 0; i < mails.n; i++) {
                people_held_record(w);
                people_held_moment(w, "at", M_("When"), mails.row[i].at);
                people_held_words(w, "rule", M_("Mail"), mails.row[i].rule);
                people_held_words(w, "reason", M_("Why"), mails.row[i].reason);
        }
        return OK;
}

static struct err rights(struct people_held_work *w)
{
        struct people_held_corrections_list corrections;
        struct people_held_erasures_list erasures;

        TRY(people_held_corrections(w->tx, w->person, &corrections));
        people_held_section(w, "corrections", M_("Corrections you asked for"));
        for (size_t i = 0; i < corrections.n; i++) {
                people_held_record(w);
                people_held_words(w, "field", M_("What"), corrections.row[i].field);
                people_held_words(w, "was", M_("What stood there"), corrections.row[i].was);
                people_held_words(w, "wish", M_("What should stand there"), corrections.row[i].wish);
                people_held_words(w, "reason", M_("Why"), corrections.row[i].reason);
                people_held_moment(w, "asked_at", M_("When"), corrections.row[i].asked_at);
                people_held_words(w, "state", M_("State"), corrections.row[i].state);
                people_held_words(w, "answer", M_("Answer"), corrections.row[i].answer);
        }
        TRY(people_held_erasures(w->tx, w->person, &erasures));
        people_held_section(w, "erasures", M_("When you asked to be forgotten"));
        for (size_t i = 0; i < erasures.n; i++) {
                people_held_record(w);
                people_held_moment(w, "asked_at", M_("When"), erasures.row[i].asked_at);
                people_held_moment(w, "due_at", M_("Due"), erasures.row[i].due_at);
                people_held_moment_if(w, "called_off_at", M_("Called off"), erasures.row[i].called_off_at);
        }
        return OK;
}

static struct err logged(struct people_held_work *w)
{
        struct people_held_acts_list acts;
        struct people_held_seen_list seen;
        struct people_held_visits_list visits;

        TRY(people_held_acts(w->tx, w->person, &acts));
        people_held_section(w, "acts", M_("What was done"));
        for (size_t i = 0; i < acts.n; i++) {
                people_held_record(w);
                people_held_moment(w, "at", M_("When"), acts.row[i].at);
                people_held_words(w, "act", M_("What"), acts.row[i].act);
                people_held_words(w, "by_you", M_("By you"), acts.row[i].by_you ? TEXT("yes") : TEXT("no"));
        }
        TRY(people_held_seen(w->tx, w->person, &seen));
        people_held_section(w, "readings", M_("Who has read what about you"));
        for (size_t i = 0; i < seen.n; i++) {
                people_held_record(w);
                people_held_moment(w, "at", M_("When"), seen.row[i].at);
                people_held_words(w, "reader", M_("Who"), seen.row[i].reader);
                people_held_words(w, "office", M_("As"), seen.row[i].office);
                people_held_words(w, "what", M_("What"), seen.row[i].what);
                people_held_words(w, "page", M_("Page"), seen.row[i].route);
                people_held_words(w, "why", M_("Why"), seen.row[i].why);
                people_held_number(w, "times", M_("Times"), seen.row[i].times);
        }
        TRY(people_held_visits(w->tx, w->person, &visits));
        people_held_section(w, "visits", M_("Pages you opened in an office"));
        for (size_t i = 0; i < visits.n; i++) {
                people_held_record(w);
                people_held_moment(w, "at", M_("When"), visits.row[i].at);
                people_held_words(w, "page", M_("Page"), visits.row[i].route);
                people_held_number(w, "times", M_("Times"), visits.row[i].times);
        }
        return OK;
}

static struct err letters(struct people_held_work *w)
{
        struct people_held_reminders_list list;
        struct people_held_trouble_list trouble;
        struct people_held_desk_acts_list acts;

        TRY(people_held_reminders(w->tx, w->person, &list));
        people_held_section(w, "reminders", M_("What you want of reminders"));
        for (size_t i = 0; i < list.n; i++) {
                people_held_record(w);
                people_held_words(w, "what", M_("What"), list.row[i].what);
                people_held_words(w, "words", M_("Words"), text_trim(list.row[i].words));
                people_held_number_if(w, "day", M_("Day"), list.row[i].day);
        }
        TRY(people_held_trouble(w->tx, w->person, &trouble));
        people_held_section(w, "mail_trouble", M_("Mail that did not reach you"));
        for (size_t i = 0; i < trouble.n; i++) {
                people_held_record(w);
                people_held_words(w, "address", M_("Mail address"), trouble.row[i].address);
                people_held_words(w, "kind", M_("What"), trouble.row[i].kind);
                people_held_moment(w, "since", M_("Since"), trouble.row[i].since);
                people_held_words(w, "said", M_("Why"), trouble.row[i].said);
        }
        TRY(people_held_desk_acts(w->tx, w->person, &acts));
        people_held_section(w, "desk_acts", M_("What the desk did for you two"));
        for (size_t i = 0; i < acts.n; i++) {
                people_held_record(w);
                people_held_moment(w, "at", M_("When"), acts.row[i].at);
                people_held_words(w, "act", M_("What"), acts.row[i].kind);
                people_held_words(w, "reason", M_("Why"), acts.row[i].reason);
        }
        return OK;
}

static struct err ways_in(struct people_held_work *w)
{
        struct people_held_addresses_list addresses;
        struct people_held_ways_in_list ways;

        TRY(people_held_addresses(w->tx, w->person, &addresses));
        people_held_section(w, "addresses", M_("Other mail addresses"));
        for (size_t i = 0; i < addresses.n; i++) {
                people_held_record(w);
                people_held_words(w, "email", M_("Mail address"), addresses.row[i].email);
                people_held_moment(w, "added_at", M_("Since"), addresses.row[i].added_at);
                people_held_moment_if(w, "confirmed_at", M_("Confirmed"), addresses.row[i].confirmed_at);
        }
        TRY(people_held_ways_in(w->tx, w->person, &ways));
        people_held_section(w, "ways_in", M_("Ways in which you sign in"));
        for (size_t i = 0; i < ways.n; i++) {
                people_held_record(w);
                people_held_words(w, "kind", M_("What"), ways.row[i].kind);
                people_held_words(w, "name", M_("Name"), ways.row[i].name);
                people_held_moment(w, "since", M_("Since"), ways.row[i].at);
                people_held_moment_if(w, "used_at", M_("Last used"), ways.row[i].used_at);
        }
        return OK;
}

struct err people_held_more(struct people_held_work *w)
{
        static struct err (*const all[])(struct people_held_work *) = {agreed, matched, cared, rights, logged, letters, ways_in};

        for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
                TRY(all[i](w));
        return OK;
}

/* ---- held back ---- */

struct err people_held_backs(struct people_held_work *w)
{
        struct people_held_back b;
        struct people_held *h = w->held;

        TRY(people_held_back(w->tx, w->person, &b));
        const struct people_back all[] = {
                {"private_notes", M_("Private notes that a coordinator made after calls with you"),
                 M_("Only whoever wrote them reads them. Ask your coordinator about them."), b.private_notes},
                {"partner_answers", M_("Answers of your partner to surveys about the two of you"),
                 M_("They were given in confidence and are your partner's."), b.partner_answers},
                {"partner_notes", M_("Reasons that somebody gave with an answer to a proposal"),
                 M_("They were given in confidence to the coordinators."), b.partner_notes},
                {"ruled_out", M_("Pairs with you that a coordinator has ruled out"),
                 M_("They would tell you about other people."), b.ruled_out},
        };
        for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
                if (all[i].n)
                        h->back.row[h->back.n++] = all[i];
        return OK;
}
