/* What other rooms hold about a person. */
#include "base/app.h"
#include "html/messages.h"
#include "os/config.h"
#include "os/seal.h"
#include "people/people_data.sql.h"
#include "people/people_data_parts.h"

static struct err parts(struct people_held_work *w)
{
        struct people_held_parts_list list;
        struct people_held_not_with_list others;

        TRY(people_held_parts(w->tx, w->person, &list));
        people_held_section(w, "cohorts", M_("Cohorts"));
        for (size_t i = 0; i < list.n; i++) {
                people_held_record(w);
                people_held_words(w, "cohort", M_("Cohort"), list.row[i].cohort);
                people_held_words(w, "role", M_("Role"), list.row[i].role);
                people_held_words(w, "state", M_("State"), list.row[i].state);
                people_held_moment(w, "joined_at", M_("Joined"), list.row[i].joined_at);
                people_held_moment_if(w, "profile_confirmed_at", M_("Profile confirmed"),
                          list.row[i].profile_confirmed_at);
        }
        TRY(people_held_not_with(w->tx, w->person, &others));
        people_held_section(w, "not_with", M_("Not to be paired with"));
        for (size_t i = 0; i < others.n; i++) {
                people_held_record(w);
                people_held_words(w, "email", M_("Mail address"), others.row[i].other_key);
        }
        return OK;
}

static struct err invitations(struct people_held_work *w)
{
        struct people_held_invitations_list list;
        struct people_held_suggestions_list suggested;

        TRY(people_held_suggestions(w->tx, w->person, &suggested));
        people_held_section(w, "suggestions", M_("People you suggested"));
        for (size_t i = 0; i < suggested.n; i++) {
                people_held_record(w);
                people_held_words(w, "name", M_("First name"), suggested.row[i].first_name);
                people_held_words(w, "email", M_("Mail address"), suggested.row[i].email);
                people_held_words(w, "why", M_("Why"), suggested.row[i].why);
                people_held_moment(w, "at", M_("When"), suggested.row[i].at);
        }
        TRY(people_held_invitations(w->tx, w->person, &list));
        people_held_section(w, "invitations", M_("Invitations"));
        for (size_t i = 0; i < list.n; i++) {
                people_held_record(w);
                people_held_words(w, "cohort", M_("Cohort"), list.row[i].cohort);
                people_held_words(w, "role", M_("Role"), list.row[i].role);
                people_held_moment(w, "asked_at", M_("When"), list.row[i].asked_at);
                people_held_words(w, "suggested_by", M_("Suggested by"), list.row[i].by_name);
                people_held_words(w, "why", M_("Why"), list.row[i].why);
                people_held_moment_if(w, "declined_at", M_("Said no"), list.row[i].declined_at);
                people_held_words(w, "reason", M_("Reason"), list.row[i].decline_reason);
        }
        return OK;
}

static struct err applications(struct people_held_work *w)
{
        struct people_held_applications_list list;
        struct people_held_asked_list asked;

        TRY(people_held_applications(w->tx, w->person, &list));
        people_held_section(w, "applications", M_("Applications"));
        for (size_t i = 0; i < list.n; i++) {
                people_held_record(w);
                people_held_words(w, "cohort", M_("Cohort"), list.row[i].cohort);
                people_held_words(w, "state", M_("State"), list.row[i].state);
                people_held_moment(w, "began_at", M_("Began"), list.row[i].began_at);
                people_held_moment_if(w, "sent_at", M_("Sent"), list.row[i].sent_at);
                people_held_words(w, "offers", M_("Offers"), list.row[i].offers);
                people_held_words(w, "wants", M_("Would like to learn"), list.row[i].wants);
                people_held_words(w, "goals", M_("Hopes for"), list.row[i].goals);
                people_held_words(w, "languages", M_("Languages"), list.row[i].languages);
                people_held_words(w, "availability", M_("Can talk"), list.row[i].availability);
                people_held_words(w, "words", M_("What you were told"), list.row[i].words);
        }
        TRY(people_held_asked(w->tx, w->person, &asked));
        people_held_section(w, "questions", M_("Questions about your application"));
        for (size_t i = 0; i < asked.n; i++) {
                people_held_record(w);
                people_held_moment(w, "asked_at", M_("When"), asked.row[i].asked_at);
                people_held_words(w, "question", M_("Question"), asked.row[i].question);
                people_held_words(w, "answer", M_("Answer"), asked.row[i].answer);
        }
        return OK;
}

static struct err pairs(struct people_held_work *w)
{
        struct people_held_pairs_list list;
        struct people_held_answers_list answers;
        struct people_held_wishes_list wishes;

        TRY(people_held_wishes(w->tx, w->person, &wishes));
        people_held_section(w, "wishes", M_("What you said before the match"));
        for (size_t i = 0; i < wishes.n; i++) {
                people_held_record(w);
                people_held_words(w, "name", M_("First name"), wishes.row[i].name);
                people_held_words(w, "what", M_("Answer"), wishes.row[i].what);
                people_held_number_if(w, "place", M_("Place"), wishes.row[i].rank);
        }
        TRY(people_held_answers(w->tx, w->person, &answers));
        people_held_section(w, "proposals", M_("Proposals you answered"));
        for (size_t i = 0; i < answers.n; i++) {
                people_held_record(w);
                people_held_moment_if(w, "proposed_at", M_("Proposed"),
                                      answers.row[i].published_at);
                people_held_words(w, "answer", M_("Answer"), answers.row[i].answer);
                people_held_words(w, "note", M_("Note"), answers.row[i].note);
        }
        TRY(people_held_pairs(w->tx, w->person, &list));
        people_held_section(w, "pairs", M_("Pairs"));
        for (size_t i = 0; i < list.n; i++) {
                people_held_record(w);
                people_held_words(w, "partner", M_("Partner"), list.row[i].partner);
                people_held_words(w, "role", M_("Your role"), list.row[i].role);
                people_held_words(w, "state", M_("State"), list.row[i].state);
                people_held_moment(w, "began_at", M_("Began"), list.row[i].activated_at);
                people_held_moment_if(w, "ended_at", M_("Ended"), list.row[i].closed_at);
        }
        return OK;
}

static struct err contacts(struct people_held_work *w)
{
        struct people_held_meetings_list meetings;
        struct people_held_contacts_list list;

        TRY(people_held_meetings(w->tx, w->person, &meetings));
        people_held_section(w, "meetings", M_("Conversations you booked"));
        for (size_t i = 0; i < meetings.n; i++) {
                people_held_record(w);
                people_held_moment(w, "starts_at", M_("Begins"), meetings.row[i].starts_at);
                people_held_number(w, "minutes", M_("Minutes"), meetings.row[i].minutes);
                people_held_words(w, "channel", M_("By"), meetings.row[i].channel);
                people_held_words(w, "place", M_("Where"), meetings.row[i].place);
                people_held_words(w, "state", M_("State"), meetings.row[i].state);
        }
        TRY(people_held_contacts(w->tx, w->person, &list));
        people_held_section(w, "contacts", M_("Contacts you noted"));
        for (size_t i = 0; i < list.n; i++) {
                people_held_record(w);
                people_held_moment(w, "at", M_("When"), list.row[i].at);
                people_held_words(w, "kind", M_("By"), list.row[i].kind);
                people_held_number_if(w, "minutes", M_("Minutes"), list.row[i].minutes);
        }
        return OK;
}

static struct err written(struct people_held_work *w)
{
        struct people_held_messages_list messages;
        struct people_held_notes_list notes;

        TRY(people_held_messages(w->tx, w->person, &messages));
        people_held_section(w, "messages", M_("Messages you wrote"));
        for (size_t i = 0; i < messages.n; i++) {
                people_held_record(w);
                people_held_moment(w, "at", M_("When"), messages.row[i].at);
                people_held_words(w, "message", M_("Message"), messages.row[i].body);
        }
        TRY(people_held_notes(w->tx, w->person, &notes));
        people_held_section(w, "notes", M_("Notes you wrote"));
        for (size_t i = 0; i < notes.n; i++) {
                people_held_record(w);
                people_held_moment(w, "at", M_("When"), notes.row[i].written_at);
                people_held_words(w, "shared", M_("Shared"), notes.row[i].shared ? TEXT("yes")
                                  : TEXT("no"));
                people_held_words(w, "note", M_("Note"), notes.row[i].body);
        }
        return OK;
}

static struct err goals(struct people_held_work *w)
{
        struct people_held_goals_list list;
        struct people_held_closing_list cards;
        struct people_held_certificates_list made;

        TRY(people_held_goals(w->tx, w->person, &list));
        people_held_section(w, "goals", M_("Goals you wrote down"));
        for (size_t i = 0; i < list.n; i++) {
                people_held_record(w);
                people_held_words(w, "goal", M_("Goal"), list.row[i].statement);
                people_held_words(w, "why", M_("Why"), list.row[i].why);
                people_held_words(w, "measure", M_("How you will know"), list.row[i].measure);
                people_held_words(w, "next_step", M_("Next step"), list.row[i].next_step);
                people_held_number(w, "progress", M_("Progress, per cent"), list.row[i].progress);
        }
        TRY(people_held_closing(w->tx, w->person, &cards));
        people_held_section(w, "endings", M_("What you wrote at the end"));
        for (size_t i = 0; i < cards.n; i++) {
                people_held_record(w);
                people_held_moment(w, "began_at", M_("Began"), cards.row[i].started_at);
                people_held_words(w, "learned", M_("What you learned"), cards.row[i].learned);
                people_held_words(w, "thanks", M_("Thanks"), cards.row[i].thanks);
                people_held_words(w, "goals", M_("Goals"), cards.row[i].goals_word);
                people_held_words(w, "next", M_("What is next"), cards.row[i].following);
        }
        TRY(people_held_certificates(w->tx, w->person, &made));
        people_held_section(w, "certificates", M_("Certificates"));
        for (size_t i = 0; i < made.n; i++) {
                people_held_record(w);
                people_held_words(w, "code", M_("Code"), made.row[i].code);
                people_held_words(w, "name", M_("Name on it"), made.row[i].name);
                people_held_words(w, "programme", M_("Programme"), made.row[i].programme);
                people_held_number(w, "months", M_("Months"), made.row[i].months);
                people_held_number(w, "meetings", M_("Conversations"), made.row[i].meetings);
        }
        return OK;
}

static struct err learned(struct people_held_work *w)
{
        struct people_held_seats_list seats;
        struct people_held_training_list modules;

        TRY(people_held_seats(w->tx, w->person, &seats));
        people_held_section(w, "gatherings", M_("Gatherings"));
        for (size_t i = 0; i < seats.n; i++) {
                people_held_record(w);
                people_held_words(w, "title", M_("Title"), seats.row[i].title);
                people_held_moment(w, "starts_at", M_("Begins"), seats.row[i].starts_at);
                people_held_words(w, "answer", M_("Answer"), seats.row[i].answer);
                people_held_words(w, "attended", M_("Attended"), seats.row[i].attended);
        }
        TRY(people_held_training(w->tx, w->person, &modules));
        people_held_section(w, "training", M_("Training"));
        for (size_t i = 0; i < modules.n; i++) {
                people_held_record(w);
                people_held_words(w, "module", M_("Module"), modules.row[i].module);
                people_held_number_if(w, "answer", M_("Answer"), modules.row[i].answer);
                people_held_words(w, "situation", M_("Your situation"), modules.row[i].situation);
                people_held_words(w, "commitment", M_("Your commitment"),
                                  modules.row[i].commitment);
                people_held_number_if(w, "useful", M_("Useful, from 1 to 5"),
                                      modules.row[i].useful);
                people_held_moment_if(w, "done_at", M_("Done"), modules.row[i].done_at);
        }
        return OK;
}

static struct err asked(struct people_held_work *w)
{
        struct people_held_surveys_list answers;
        struct people_held_calls_list calls;

        TRY(people_held_surveys(w->tx, w->person, &answers));
        people_held_section(w, "surveys", M_("Answers to short surveys"));
        for (size_t i = 0; i < answers.n; i++) {
                people_held_record(w);
                people_held_words(w, "wave", M_("Survey"), answers.row[i].wave);
                people_held_words(w, "question", M_("Question"), answers.row[i].question);
                people_held_number_if(w, "value", M_("Answer"), answers.row[i].value);
                people_held_words(w, "words", M_("In your words"), answers.row[i].words);
                people_held_moment_if(w, "answered_at", M_("When"), answers.row[i].answered_at);
        }
        TRY(people_held_calls(w->tx, w->person, &calls));
        people_held_section(w, "calls", M_("Calls with your coordinator"));
        for (size_t i = 0; i < calls.n; i++) {
                people_held_record(w);
                people_held_moment(w, "due_at", M_("Due"), calls.row[i].due_at);
                people_held_words(w, "state", M_("State"), calls.row[i].state);
                people_held_words(w, "outcome", M_("Outcome"), calls.row[i].outcome);
                people_held_number_if(w, "minutes", M_("Minutes"), calls.row[i].minutes);
                people_held_words(w, "asked", M_("Why"), calls.row[i].asked);
                people_held_words(w, "agreed", M_("What was agreed"), calls.row[i].action);
                people_held_words(w, "note", M_("Note of the team"), calls.row[i].team_note);
        }
        return OK;
}

static struct err helped(struct people_held_work *w)
{
        struct people_held_tickets_list tickets;
        struct people_held_concerns_list concerns;
        struct people_held_mails_list mails;

        TRY(people_held_tickets(w->tx, w->person, &tickets));
        people_held_section(w, "tickets", M_("When you asked for help"));
        for (size_t i = 0; i < tickets.n; i++) {
                people_held_record(w);
                people_held_moment(w, "at", M_("When"), tickets.row[i].opened_at);
                people_held_words(w, "about", M_("About"), tickets.row[i].category);
                people_held_words(w, "words", M_("In your words"), tickets.row[i].body);
        }
        TRY(people_held_concerns(w->tx, w->person, &concerns));
        people_held_section(w, "concerns", M_("Concerns you raised in your name"));
        for (size_t i = 0; i < concerns.n; i++) {
                people_held_record(w);
                people_held_moment(w, "at", M_("When"), concerns.row[i].opened_at);
                people_held_words(w, "state", M_("State"), concerns.row[i].state);
                struct text words = concerns.row[i].body, reach;
                if (concerns.row[i].sealed.p)
                        TRY(seal_open(w->a, tx_app(w->tx)->config->data, concerns.row[i].sealed, &words));
                people_held_words(w, "words", M_("In your words"), text_cut(words, '\0', &reach));
                people_held_words(w, "reach", M_("How to reach you"), reach);
        }
        TRY(people_held_mails(w->tx, w->person, &mails));
        people_held_section(w, "mails", M_("Mails we sent you"));
        for (size_t i = 0; i < mails.n; i++) {
                people_held_record(w);
                people_held_moment(w, "at", M_("When"), mails.row[i].created_at);
                people_held_words(w, "address", M_("Mail address"), mails.row[i].address);
                people_held_words(w, "subject", M_("Subject"), mails.row[i].subject);
                people_held_words(w, "body", M_("Message"), mails.row[i].body);
        }
        return OK;
}

struct err people_held_rooms(struct people_held_work *w)
{
        static struct err (*const all[])(struct people_held_work *) = {
                parts, invitations, applications, pairs, contacts, written, goals, learned, asked, helped};

        for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
                TRY(all[i](w));
        return OK;
}
