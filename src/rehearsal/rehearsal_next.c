/* The cohort after this one: open for applications, with some in every state, as the desk of a living programme has it. */
#include "rehearsal/rehearsal_play.h"
#include "rehearsal/rehearsal_staff.h"

#include "base/log.h"
#include "programmes/programmes_keep.h"
#include "recruiting/recruiting.h"

#include <string.h>

enum { LAUNCH_IN_DAYS = 64, TUESDAY = 2, PLACES = 12, ANSWER_IN_DAYS = 12 };

enum fate { FATE_DRAFT, FATE_SENT, FATE_ASKED, FATE_ANSWERED, FATE_WAITING, FATE_ACCEPTED, FATE_DECLINED, FATE_WITHDRAWN };

static const struct applicant {
        const char *first, *last, *email, *zone;
        bool mentor, mentee;
        const char *offers, *wants, *goals;
        enum fate fate;
} applicants[] = {
        {"Noor", "Haddad", "noor.haddad@example.net", "Asia/Amman", false, true, NULL, "Presenting\nSpeaking up in meetings",
         "I say what I think while it still changes something.", FATE_SENT},
        {"Tiago", "Ferreira", "tiago.ferreira@example.net", "Europe/Lisbon", false, true, NULL, "Planning a career\nNegotiating",
         "I know whether I want to lead people.", FATE_SENT},
        {"Mireille", "Blanc", "mireille.blanc@example.net", "Europe/Paris", true, true, "Writing reports\nListening",
         "Leading from afar", "My team in three countries feels like one.", FATE_SENT},
        {"Kwabena", "Asante", "kwabena.asante@example.net", "Africa/Accra", false, true, NULL, "Project management",
         "Fewer surprises.", FATE_ANSWERED},
        {"Sofie", "Lund", "sofie.lund@example.net", "Europe/Stockholm", false, true, NULL, "Giving feedback\nDelegating",
         "Leave on time twice a week.", FATE_ASKED},
        {"Ravi", "Menon", "ravi.menon@example.net", "Asia/Kolkata", false, true, NULL, "Public speaking",
         "Give one talk outside my department.", FATE_WAITING},
        {"Elif", "Aydin", "elif.aydin@example.net", "Europe/Istanbul", false, true, NULL, "Returning to work",
         "Find my feet again.", FATE_WAITING},
        {"Bruno", "Costa", "bruno.costa@example.net", "America/Sao_Paulo", false, true, NULL, "Making decisions",
         "Decide, and sleep.", FATE_WAITING},
        {"Hedda", "Sund", "hedda.sund@example.net", "Europe/Oslo", true, false, "Leading change\nDifficult conversations", NULL,
         NULL, FATE_ACCEPTED},
        {"Malik", "Osei", "malik.osei@example.net", "Europe/London", true, false, "Explaining data\nPresenting", NULL, NULL,
         FATE_ACCEPTED},
        {"Ines", "Vidal", "ines.vidal@example.net", "Europe/Madrid", false, true, NULL, "Networking", "Know ten people.",
         FATE_DECLINED},
        {"Jonas", "Weber", "jonas.weber@example.net", "Europe/Berlin", false, true, NULL, "Strategy", "See the whole.",
         FATE_WITHDRAWN},
        {"Yuki", "Mori", "yuki.mori@example.net", "Asia/Tokyo", true, false, "Working across cultures", NULL, NULL, FATE_DRAFT},
};

struct next { struct rehearsal *r; int64_t cohort; struct who coordinator; };

static struct text kept(const char *s) { return s ? text_of(s) : TEXT_ABSENT; }

/* Named as the season of its launch. */
static const char *season(int64_t day)
{
        int year, month, mday;

        day_split(day, &year, &month, &mday);
        return month < 3 || month == 12 ? "Winter cohort" : month < 6 ? "Spring cohort" : month < 9 ? "Summer cohort"
                                                                                                    : "Autumn cohort";
}

static struct err make(struct tx *tx, struct next *n)
{
        const struct programmes_cohort *c = &n->r->cohort;
        int64_t launch = zone_day(c->zone, tx_now(tx)) + LAUNCH_IN_DAYS;
        struct who sponsor;
        struct text path;

        while (day_weekday(launch) != TUESDAY)
                launch++;
        TRY(programmes_create(tx, &n->coordinator, &(struct programmes_new) {
                .name = text_of(season(launch)), .programme_name = c->programme_name, .pack = c->pack->name,
                .zone = text_of(zone_name(c->zone)), .touch = TEXT("standard"), .launch_day = launch, .size = PLACES,
                .staff_hours = 12, .coordinator = c->coordinator, .deputy = c->deputy, .help_name = c->help_name,
                .help_email = c->help_email, .help_phone = c->help_phone, .purpose = c->purpose, .success = c->success},
                &n->cohort));
        TRY(people_who(tx, play_person(n->r, n->r->sponsor)->id, &sponsor));
        TRY(programmes_sign_success(tx, &sponsor, n->cohort));
        TRY(programmes_ask_mail_proof(tx, &n->coordinator, n->cohort, &path));
        TRY(programmes_prove_mail(tx, text_of(strrchr(path.p, '/') + 1)));
        TRY(programmes_confirm_assessment(tx, &n->coordinator, n->cohort, true, c->help_name, TEXT_ABSENT));
        return programmes_pass_gate(tx, &n->coordinator, n->cohort, GATE_OPEN);
}

static struct err fill_in(struct tx *tx, const struct next *n, const struct applicant *a, int64_t person)
{
        const struct recruiting_application say = {
                .mentor = a->mentor, .mentee = a->mentee, .zone = text_of(a->zone), .offers = kept(a->offers),
                .wants = kept(a->wants), .goals = kept(a->goals), .languages = TEXT("en"), .capacity = 1,
                .availability = TEXT("mon-thu 12:00-17:00")};

        TRY(recruiting_save(tx, n->cohort, person, SCREEN_YOU, &say, false));
        TRY(recruiting_save(tx, n->cohort, person, SCREEN_WHAT, &say, false));
        if (a->fate == FATE_DRAFT)
                return OK;
        TRY(recruiting_save(tx, n->cohort, person, SCREEN_WHEN, &say, false));
        return recruiting_send(tx, n->cohort, person, true);
}

static struct err settle(struct tx *tx, const struct next *n, const struct applicant *a, int64_t person)
{
        struct recruiting_application p;
        int64_t day = zone_day(n->r->cohort.zone, tx_now(tx)) + ANSWER_IN_DAYS;

        TRY(recruiting_of(tx, n->cohort, person, &p));
        switch (a->fate) {
        case FATE_DRAFT: case FATE_SENT: return OK;
        case FATE_ASKED: return recruiting_ask(tx, &n->coordinator, p.id, TEXT("What keeps you there in the evening?"));
        case FATE_ANSWERED:
                TRY(recruiting_ask(tx, &n->coordinator, p.id, TEXT("Which surprise was the last one?")));
                return recruiting_answer(tx, n->cohort, person, TEXT("A supplier who needed eight weeks, not two. I had not asked."));
        case FATE_WAITING:
                return recruiting_wait(tx, &n->coordinator, p.id,
                                       TEXT("At the moment there are more people with questions than mentors who can take one."), day);
        case FATE_ACCEPTED: return recruiting_accept(tx, &n->coordinator, p.id, TEXT(""));
        case FATE_DECLINED:
                return recruiting_refuse(tx, &n->coordinator, p.id,
                                         TEXT("You are well connected already; I would rather keep the place for somebody who is not."),
                                         day + 120);
        case FATE_WITHDRAWN: return recruiting_withdraw(tx, n->cohort, person);
        }
        must(!"a fate outside its enum");
}

static struct err apply(struct tx *tx, const struct next *n, const struct applicant *a)
{
        struct who who;
        int64_t person;
        bool made;

        TRY(people_add(tx, &people_system, &(struct people_new) {
                .email = text_of(a->email), .first_name = text_of(a->first), .last_name = text_of(a->last),
                .zone = text_of(a->zone), .zone_known = true, .locale = TEXT("en")}, &person, &made));
        TRY(people_who(tx, person, &who));
        TRY(recruiting_begin_own(tx, &who, n->cohort, a->mentor && !a->mentee));
        TRY(fill_in(tx, n, a, person));
        return settle(tx, n, a, person);
}

static struct err play_next(struct tx *tx, void *in)
{
        struct next *n = in;
        struct recruiting_asked asked;

        TRY(play_coordinator(tx, n->r, &n->coordinator));
        TRY(make(tx, n));
        TRY(recruiting_invite_lines(tx, &n->coordinator, n->cohort, true,
                                    TEXT("Greta Holm <greta.holm@example.net>\nOmar Said <omar.said@example.net>"), &asked));
        for (size_t i = 0; i < sizeof applicants / sizeof applicants[0]; i++)
                TRY(apply(tx, n, &applicants[i]));
        TRY(recruiting_nominate(tx, &(struct who) {0}, n->cohort, TEXT("203.0.113.7"), &(struct recruiting_nomination) {
                .first_name = TEXT("Lena"), .last_name = TEXT("Brandt"), .email = TEXT("lena.brandt@example.net"),
                .why = TEXT("You ask the questions that the rest of us only think."), .by_name = TEXT("Per Nyström"),
                .by_email = TEXT("per.nystrom@example.net")}));
        TRY(recruiting_draw(tx, &n->coordinator, n->cohort, false));
        return programmes_look_at(tx, &n->coordinator, n->r->cohort.id);
}

/* A demonstration is whole without it, so what goes wrong here is only said. */
struct err rehearsal_next(struct app *app, struct arena *a, struct rehearsal *r)
{
        struct next n = {.r = r};

        if (!r->launched)
                return OK;
        struct err e = db_write(app->db, a, play_next, &n);
        if (failed(e))
                log_write(LOG_WARN, "demo.next what=%s place=%s", e.what, e.place ? e.place : "");
        return OK;
}
