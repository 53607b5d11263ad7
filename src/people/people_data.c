#include "people/people_data.h"

#include "base/json.h"
#include "html/messages.h"
#include "os/zone.h"
#include "people/people.h"
#include "people/people.sql.h"
#include "people/people_data.sql.h"

#include <string.h>

enum { MOST_SECTIONS = 32, MOST_FACTS = 16 };

struct work {
        struct tx *tx;
        struct arena *a;
        int64_t person;
        struct people_held *held;
        struct people_section *section;
        struct people_record *record;
};

/* ---- writing the list ---- */

static void section(struct work *w, const char *key, const char *title)
{
        must(w->held->n < MOST_SECTIONS);
        if (w->section && w->section->n == 0)
                w->held->n--;
        w->section = &w->held->row[w->held->n++];
        *w->section = (struct people_section) {.key = key, .title = title};
}

static void record(struct work *w)
{
        struct people_section *s = w->section;

        if (s->n == s->room) {
                s->room = s->room ? s->room * 2 : 8;
                struct people_record *more = arena_array(w->a, struct people_record, s->room);
                if (s->n)
                        memcpy(more, s->row, s->n * sizeof *more);
                s->row = more;
        }
        w->record = &s->row[s->n++];
        w->record->row = arena_array(w->a, struct people_fact, MOST_FACTS);
}

static void add(struct work *w, struct people_fact f)
{
        must(w->record->n < MOST_FACTS);
        w->record->row[w->record->n++] = f;
}

static void words(struct work *w, const char *key, const char *label, struct text t)
{
        if (t.n)
                add(w, (struct people_fact) {key, label, FACT_TEXT, t, 0});
}

static void moment(struct work *w, const char *key, const char *label, int64_t t)
{
        add(w, (struct people_fact) {key, label, FACT_TIME, TEXT_ABSENT, t});
}

static void moment_if(struct work *w, const char *key, const char *label, struct opt t)
{
        if (t.has)
                moment(w, key, label, t.v);
}

static void number(struct work *w, const char *key, const char *label, int64_t n)
{
        add(w, (struct people_fact) {key, label, FACT_NUMBER, TEXT_ABSENT, n});
}

static void number_if(struct work *w, const char *key, const char *label, struct opt n)
{
        if (n.has)
                number(w, key, label, n.v);
}

/* Minutes after midnight as a clock shows them. */
static void clock_if(struct work *w, const char *key, const char *label, struct opt minutes)
{
        if (minutes.has)
                words(w, key, label, text_format(w->a, "%02d:%02d", (int)(minutes.v / 60), (int)(minutes.v % 60)));
}

/* ---- what stands in this room ---- */

static struct err you(struct work *w)
{
        struct people_person p;

        TRY(people_get(w->tx, w->person, &p));
        section(w, "person", M_("You"));
        record(w);
        words(w, "first_name", M_("First name"), p.first_name);
        words(w, "last_name", M_("Last name"), p.last_name);
        words(w, "email", M_("Mail address"), p.email);
        words(w, "phone", M_("Telephone"), p.phone);
        words(w, "time_zone", M_("Time zone"), text_of(zone_name(p.zone)));
        words(w, "language", M_("Language"), text_of(locale_tag(p.locale)));
        clock_if(w, "call_from", M_("Calls from"), p.call_from);
        clock_if(w, "call_until", M_("Calls until"), p.call_until);
        number(w, "structure", M_("Guidance, 0 to 2"), p.structure);
        words(w, "programme_mail", M_("Programme mails"), p.programme_mail ? TEXT("yes") : TEXT("no"));
        return OK;
}

static struct err profile(struct work *w)
{
        struct people_profile_row p;
        bool found;

        TRY(people_profile_row(w->tx, w->person, &found, &p));
        if (!found)
                return OK;
        section(w, "profile", M_("Your profile"));
        record(w);
        words(w, "about", M_("About you"), p.about);
        words(w, "offers", M_("What you offer"), p.offers);
        words(w, "wants", M_("What you look for"), p.wants);
        words(w, "goals", M_("Goals"), p.goals);
        words(w, "interests", M_("Interests"), p.interests);
        words(w, "languages", M_("Languages"), p.languages);
        words(w, "availability", M_("Hours that suit"), p.availability);
        words(w, "location", M_("Place"), p.location);
        words(w, "biography", M_("Biography"), p.biography);
        moment_if(w, "biography_approved_at", M_("Biography approved"), p.biography_approved_at);
        return OK;
}

static struct err work_facts(struct work *w)
{
        struct people_status s;
        struct people_extra_all_list extra;

        TRY(people_status(w->tx, w->person, &s));
        section(w, "work", M_("What your organisation says about you"));
        record(w);
        words(w, "title", M_("Job title"), s.title);
        words(w, "grade", M_("Grade or level"), s.grade);
        words(w, "organisation", M_("Organisation"), s.organisation);
        words(w, "department", M_("Department"), s.department);
        words(w, "team", M_("Team"), s.team);
        words(w, "profession", M_("Profession"), s.profession);
        words(w, "manager_email", M_("Line manager"), s.manager_email);
        TRY(people_extra_all(w->tx, w->person, &extra));
        section(w, "extra", M_("Other columns of your organisation's list"));
        for (size_t i = 0; i < extra.n; i++) {
                record(w);
                words(w, "column", M_("Column"), extra.row[i].name);
                words(w, "value", M_("Value"), extra.row[i].value);
        }
        return OK;
}

static struct err devices(struct work *w)
{
        struct people_session_list_list list;
        struct people_held_roles_list roles;

        TRY(people_held_roles(w->tx, w->person, &roles));
        section(w, "roles", M_("What you are allowed"));
        for (size_t i = 0; i < roles.n; i++) {
                record(w);
                words(w, "role", M_("Role"), roles.row[i].role);
                moment(w, "since", M_("Since"), roles.row[i].given_at);
        }
        TRY(people_session_list(w->tx, w->person, 0, &list));
        section(w, "devices", M_("Devices"));
        for (size_t i = 0; i < list.n; i++) {
                record(w);
                words(w, "device", M_("Device"), list.row[i].agent);
                moment(w, "signed_in_at", M_("Signed in"), list.row[i].created_at);
                moment(w, "used_at", M_("Last used"), list.row[i].touched_at);
        }
        return OK;
}

/* ---- what stands in other rooms ---- */

static struct err parts(struct work *w)
{
        struct people_held_parts_list list;
        struct people_held_not_with_list others;

        TRY(people_held_parts(w->tx, w->person, &list));
        section(w, "cohorts", M_("Cohorts"));
        for (size_t i = 0; i < list.n; i++) {
                record(w);
                words(w, "cohort", M_("Cohort"), list.row[i].cohort);
                words(w, "role", M_("Role"), list.row[i].role);
                words(w, "state", M_("State"), list.row[i].state);
                moment(w, "joined_at", M_("Joined"), list.row[i].joined_at);
                moment_if(w, "profile_confirmed_at", M_("Profile confirmed"), list.row[i].profile_confirmed_at);
        }
        TRY(people_held_not_with(w->tx, w->person, &others));
        section(w, "not_with", M_("Not to be paired with"));
        for (size_t i = 0; i < others.n; i++) {
                record(w);
                words(w, "email", M_("Mail address"), others.row[i].other_key);
        }
        return OK;
}

static struct err pairs(struct work *w)
{
        struct people_held_pairs_list list;
        struct people_held_answers_list answers;

        TRY(people_held_answers(w->tx, w->person, &answers));
        section(w, "proposals", M_("Proposals you answered"));
        for (size_t i = 0; i < answers.n; i++) {
                record(w);
                moment_if(w, "proposed_at", M_("Proposed"), answers.row[i].published_at);
                words(w, "answer", M_("Answer"), answers.row[i].answer);
                words(w, "note", M_("Note"), answers.row[i].note);
        }
        TRY(people_held_pairs(w->tx, w->person, &list));
        section(w, "pairs", M_("Pairs"));
        for (size_t i = 0; i < list.n; i++) {
                record(w);
                words(w, "partner", M_("Partner"), list.row[i].partner);
                words(w, "role", M_("Your role"), list.row[i].role);
                words(w, "state", M_("State"), list.row[i].state);
                moment(w, "began_at", M_("Began"), list.row[i].activated_at);
                moment_if(w, "ended_at", M_("Ended"), list.row[i].closed_at);
        }
        return OK;
}

static struct err contacts(struct work *w)
{
        struct people_held_meetings_list meetings;
        struct people_held_contacts_list list;

        TRY(people_held_meetings(w->tx, w->person, &meetings));
        section(w, "meetings", M_("Conversations you booked"));
        for (size_t i = 0; i < meetings.n; i++) {
                record(w);
                moment(w, "starts_at", M_("Begins"), meetings.row[i].starts_at);
                number(w, "minutes", M_("Minutes"), meetings.row[i].minutes);
                words(w, "channel", M_("By"), meetings.row[i].channel);
                words(w, "state", M_("State"), meetings.row[i].state);
        }
        TRY(people_held_contacts(w->tx, w->person, &list));
        section(w, "contacts", M_("Contacts you noted"));
        for (size_t i = 0; i < list.n; i++) {
                record(w);
                moment(w, "at", M_("When"), list.row[i].at);
                words(w, "kind", M_("By"), list.row[i].kind);
                number_if(w, "minutes", M_("Minutes"), list.row[i].minutes);
        }
        return OK;
}

static struct err written(struct work *w)
{
        struct people_held_messages_list messages;
        struct people_held_notes_list notes;

        TRY(people_held_messages(w->tx, w->person, &messages));
        section(w, "messages", M_("Messages you wrote"));
        for (size_t i = 0; i < messages.n; i++) {
                record(w);
                moment(w, "at", M_("When"), messages.row[i].at);
                words(w, "message", M_("Message"), messages.row[i].body);
        }
        TRY(people_held_notes(w->tx, w->person, &notes));
        section(w, "notes", M_("Notes you wrote"));
        for (size_t i = 0; i < notes.n; i++) {
                record(w);
                moment(w, "at", M_("When"), notes.row[i].written_at);
                words(w, "shared", M_("Shared"), notes.row[i].shared ? TEXT("yes") : TEXT("no"));
                words(w, "note", M_("Note"), notes.row[i].body);
        }
        return OK;
}

static struct err goals(struct work *w)
{
        struct people_held_goals_list list;
        struct people_held_closing_list cards;

        TRY(people_held_goals(w->tx, w->person, &list));
        section(w, "goals", M_("Goals you wrote down"));
        for (size_t i = 0; i < list.n; i++) {
                record(w);
                words(w, "goal", M_("Goal"), list.row[i].statement);
                words(w, "why", M_("Why"), list.row[i].why);
                words(w, "measure", M_("How you will know"), list.row[i].measure);
                words(w, "next_step", M_("Next step"), list.row[i].next_step);
                number(w, "progress", M_("Progress, per cent"), list.row[i].progress);
        }
        TRY(people_held_closing(w->tx, w->person, &cards));
        section(w, "endings", M_("What you wrote at the end"));
        for (size_t i = 0; i < cards.n; i++) {
                record(w);
                moment(w, "began_at", M_("Began"), cards.row[i].started_at);
                words(w, "learned", M_("What you learned"), cards.row[i].learned);
                words(w, "thanks", M_("Thanks"), cards.row[i].thanks);
                words(w, "goals", M_("Goals"), cards.row[i].goals_word);
                words(w, "next", M_("What is next"), cards.row[i].following);
        }
        return OK;
}

static struct err learned(struct work *w)
{
        struct people_held_seats_list seats;
        struct people_held_training_list modules;

        TRY(people_held_seats(w->tx, w->person, &seats));
        section(w, "gatherings", M_("Gatherings"));
        for (size_t i = 0; i < seats.n; i++) {
                record(w);
                words(w, "title", M_("Title"), seats.row[i].title);
                moment(w, "starts_at", M_("Begins"), seats.row[i].starts_at);
                words(w, "answer", M_("Answer"), seats.row[i].answer);
                words(w, "attended", M_("Attended"), seats.row[i].attended);
        }
        TRY(people_held_training(w->tx, w->person, &modules));
        section(w, "training", M_("Training"));
        for (size_t i = 0; i < modules.n; i++) {
                record(w);
                words(w, "module", M_("Module"), modules.row[i].module);
                words(w, "situation", M_("Your situation"), modules.row[i].situation);
                words(w, "commitment", M_("Your commitment"), modules.row[i].commitment);
                number_if(w, "useful", M_("Useful, from 1 to 5"), modules.row[i].useful);
                moment_if(w, "done_at", M_("Done"), modules.row[i].done_at);
        }
        return OK;
}

static struct err asked(struct work *w)
{
        struct people_held_surveys_list answers;
        struct people_held_calls_list calls;

        TRY(people_held_surveys(w->tx, w->person, &answers));
        section(w, "surveys", M_("Answers to short surveys"));
        for (size_t i = 0; i < answers.n; i++) {
                record(w);
                words(w, "wave", M_("Survey"), answers.row[i].wave);
                words(w, "question", M_("Question"), answers.row[i].question);
                number_if(w, "value", M_("Answer"), answers.row[i].value);
                words(w, "words", M_("In your words"), answers.row[i].words);
                moment_if(w, "answered_at", M_("When"), answers.row[i].answered_at);
        }
        TRY(people_held_calls(w->tx, w->person, &calls));
        section(w, "calls", M_("Calls with your coordinator"));
        for (size_t i = 0; i < calls.n; i++) {
                record(w);
                moment(w, "due_at", M_("Due"), calls.row[i].due_at);
                words(w, "state", M_("State"), calls.row[i].state);
                words(w, "outcome", M_("Outcome"), calls.row[i].outcome);
                number_if(w, "minutes", M_("Minutes"), calls.row[i].minutes);
                words(w, "agreed", M_("What was agreed"), calls.row[i].action);
        }
        return OK;
}

static struct err helped(struct work *w)
{
        struct people_held_tickets_list tickets;
        struct people_held_concerns_list concerns;
        struct people_held_mails_list mails;

        TRY(people_held_tickets(w->tx, w->person, &tickets));
        section(w, "tickets", M_("When you asked for help"));
        for (size_t i = 0; i < tickets.n; i++) {
                record(w);
                moment(w, "at", M_("When"), tickets.row[i].opened_at);
                words(w, "about", M_("About"), tickets.row[i].category);
                words(w, "words", M_("In your words"), tickets.row[i].body);
        }
        TRY(people_held_concerns(w->tx, w->person, &concerns));
        section(w, "concerns", M_("Concerns you raised in your name"));
        for (size_t i = 0; i < concerns.n; i++) {
                record(w);
                moment(w, "at", M_("When"), concerns.row[i].opened_at);
                words(w, "state", M_("State"), concerns.row[i].state);
                words(w, "words", M_("In your words"), concerns.row[i].body);
        }
        TRY(people_held_mails(w->tx, w->person, &mails));
        section(w, "mails", M_("Mails we sent you"));
        for (size_t i = 0; i < mails.n; i++) {
                record(w);
                moment(w, "at", M_("When"), mails.row[i].created_at);
                words(w, "subject", M_("Subject"), mails.row[i].subject);
        }
        return OK;
}

static bool is_blank(const struct people_section *s)
{
        for (size_t i = 0; i < s->n; i++)
                if (s->row[i].n)
                        return false;
        return true;
}

struct err people_held(struct tx *tx, const struct who *who, struct people_held *out)
{
        static struct err (*const all[])(struct work *) = {you, profile, work_facts, parts, pairs, contacts, written, goals, learned,
                                                           asked, helped, devices};
        struct work w = {.tx = tx, .a = tx_arena(tx), .person = who->person, .held = out};
        size_t kept = 0;

        *out = (struct people_held) {.row = arena_array(w.a, struct people_section, MOST_SECTIONS)};
        for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
                TRY(all[i](&w));
        for (size_t i = 0; i < out->n; i++)
                if (!is_blank(&out->row[i]))
                        out->row[kept++] = out->row[i];
        out->n = kept;
        return OK;
}

/* ---- the file ---- */

static void write_record(struct out *o, const struct people_record *r)
{
        for (size_t i = 0; i < r->n; i++) {
                out_c(o, i ? ", " : "{");
                json_string(o, text_of(r->row[i].key));
                out_c(o, ": ");
                if (r->row[i].kind == FACT_TEXT)
                        json_string(o, r->row[i].text);
                else
                        out_int(o, r->row[i].number);
        }
        out_c(o, r->n ? "}" : "{}");
}

struct text people_held_json(struct arena *a, const struct people_held *held)
{
        struct out o = out_new(a, 16384);

        for (size_t i = 0; i < held->n; i++) {
                const struct people_section *s = &held->row[i];
                out_c(&o, i ? ",\n" : "{\n");
                json_string(&o, text_of(s->key));
                out_c(&o, ": [");
                for (size_t k = 0; k < s->n; k++) {
                        out_c(&o, k ? ",\n  " : "\n  ");
                        write_record(&o, &s->row[k]);
                }
                out_c(&o, "]");
        }
        out_c(&o, "\n}\n");
        return out_get(&o);
}
