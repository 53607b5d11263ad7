/* What each one-click action asks and does. The verbs are the same as on the pages; they check the same things. */
#include "journeys/journeys_do.h"

#include "gatherings/gatherings.h"
#include "matching/matching.h"
#include "os/zone.h"
#include "people/people.h"
#include "recruiting/recruiting.h"

static void answer(struct request *rq, struct journeys_do_view *v, const char *value,
                   const char *words)
{
        v->answers.row[v->answers.n] = (struct journeys_answer) {value, journeys_say(&rq->page, words), v->answers.n > 0};
        v->answers.n++;
}

static struct text about(struct request *rq, const char *english, struct text partner,
                         struct text when)
{
        return msg_with(rq->arena, rq->page.locale, english, "partner", partner, "when", when,
                        NULL);
}

static struct text moment(struct request *rq, int64_t t)
{
        return format_moment(rq->arena, rq->page.locale, rq->page.zone, t);
}

/* ---- proposals ---- */

static struct err proposed(struct request *rq, const struct journeys_do *d, struct text *name)
{
        struct journeys_open_proposal p;
        struct people_person other;
        bool found;

        TRY(journeys_open_proposal(rq->tx, d->row.person, rq->page.now, &found, &p));
        if (!found || p.id != d->row.subject)
                return FAIL(ERR_CONFLICT, "This proposal is no longer open",
                            "Go to your home page to see what comes next");
        TRY(people_get(rq->tx, p.mentor == d->row.person ? p.mentee : p.mentor, &other));
        *name = other.first_name;
        return OK;
}

static struct err show_accept(struct request *rq, const struct journeys_do *d,
                              struct journeys_do_view *v)
{
        struct text name;

        TRY(proposed(rq, d, &name));
        v->title = about(rq, M_("Say yes to {partner}?"), name, TEXT(""));
        v->why = journeys_say(
                &rq->page,
                M_("You become a pair once both of you have said yes. Until then your answer is private."));
        answer(rq, v, "yes", M_("Yes, I would like that"));
        return OK;
}

static struct err show_decline(struct request *rq, const struct journeys_do *d,
                               struct journeys_do_view *v)
{
        struct text name;

        TRY(proposed(rq, d, &name));
        v->title = about(rq, M_("Say no to {partner}?"), name, TEXT(""));
        v->why = journeys_say(
                &rq->page,
                M_("That is a good answer too. The other side never learns who said no. Your coordinator looks for somebody else."));
        answer(rq, v, "no", M_("No, thank you"));
        return OK;
}

static struct err act_accept(struct request *rq, const struct journeys_do *d,
                             const struct journeys_do_form *f, const char **flash)
{
        (void)f;
        *flash = M_("Your yes is noted. You hear from us as soon as both answers are in");
        return matching_answer(rq->tx, &d->who, d->row.subject, true, TEXT(""));
}

static struct err act_decline(struct request *rq, const struct journeys_do *d,
                              const struct journeys_do_form *f, const char **flash)
{
        (void)f;
        *flash = M_("Your no is noted. Your coordinator looks for somebody else");
        return matching_answer(rq->tx, &d->who, d->row.subject, false, TEXT(""));
}

/* ---- meetings ---- */

static struct err meeting_of(struct request *rq, const struct journeys_do *d,
                             struct journeys_meeting *m)
{
        TRY(journeys_meeting(rq->tx, d->row.subject, m));
        return m->pair == d->row.pair
                       ? OK
                       : FAIL(ERR_ABSENT, "There is no such meeting", "Go to your home page");
}

static struct err show_did_meet(struct request *rq, const struct journeys_do *d,
                                struct journeys_do_view *v)
{
        struct journeys_meeting m;

        TRY(meeting_of(rq, d, &m));
        v->title = about(rq, M_("Did you speak with {partner} on {when}?"),
                         d->side.partner_first_name, moment(rq, m.starts_at));
        v->why = about(
                rq,
                M_("One press, and it is in your rhythm. {partner} sees that you met; nobody asks what was said."),
                d->side.partner_first_name, TEXT(""));
        answer(rq, v, "held", M_("Yes, we spoke"));
        answer(rq, v, "moved", M_("We moved it"));
        answer(rq, v, "missed", M_("It did not happen"));
        return OK;
}

static struct err act_did_meet(struct request *rq, const struct journeys_do *d,
                               const struct journeys_do_form *f, const char **flash)
{
        enum journeys_settle how;

        if (!journeys_settle_of(f->answer, &how))
                return FAIL_AT(ERR_INVALID, "Did you meet?", "answer", "Press one of the buttons");
        *flash = journeys_settled_words(how, false);
        return journeys_settle_meeting(rq->tx, &d->who, d->row.subject, how, (struct opt){0},
                                       (struct opt){0});
}

static struct err show_move(struct request *rq, const struct journeys_do *d,
                            struct journeys_do_view *v)
{
        struct journeys_meeting m;

        TRY(meeting_of(rq, d, &m));
        v->title = about(rq, M_("Move your conversation with {partner} of {when}"),
                         d->side.partner_first_name, moment(rq, m.starts_at));
        v->why = about(rq, M_("{partner} hears of the new time at once."),
                       d->side.partner_first_name, TEXT(""));
        v->asks_time = true;
        answer(rq, v, "moved", M_("Move it"));
        return journeys_time_options(rq, &d->side, m.minutes, &v->times);
}

static struct err act_move(struct request *rq, const struct journeys_do *d,
                           const struct journeys_do_form *f, const char **flash)
{
        int64_t start;

        TRY(journeys_chosen_start(d->who.zone, f->at, f->day, f->clock, &start));
        *flash = journeys_settled_words(MEETING_MOVED, true);
        return journeys_settle_meeting(rq->tx, &d->who, d->row.subject, MEETING_MOVED,
                                       (struct opt){true, start}, (struct opt){0});
}

/* ---- we spoke, pause ---- */

static struct err show_spoke(struct request *rq, const struct journeys_do *d,
                             struct journeys_do_view *v)
{
        static const struct journeys_option kinds[] = {
                {"video", M_("By video"), NULL}, {"phone", M_("By telephone"), NULL}, {"in-person", M_("In person"), NULL},
                {"other", M_("In another way"), NULL}};

        v->title = about(rq, M_("Did you and {partner} speak?"), d->side.partner_first_name,
                         TEXT(""));
        v->why = journeys_say(&rq->page,
                              M_("It counts wherever it happened. Nobody asks what was said."));
        v->choices_label = M_("How did you speak?");
        v->choice = TEXT("video");
        v->asks_day = true;
        v->day = zone_day(rq->page.zone, rq->page.now);
        journeys_options(&rq->page, kinds, 4, &v->choices);
        answer(rq, v, "yes", M_("Yes, we spoke"));
        return OK;
}

static struct err act_spoke(struct request *rq, const struct journeys_do *d,
                            const struct journeys_do_form *f, const char **flash)
{
        enum journeys_kind kind = CONTACT_VIDEO;
        int64_t day = f->day ? f->day : zone_day(d->who.zone, rq->page.now);

        if (!text_empty(f->choice) && !journeys_kind_of(f->choice, &kind))
                return FAIL_AT(ERR_INVALID, "How did you speak?", "choice", "Choose one");
        *flash = M_("Noted. It counts in your rhythm");
        return journeys_log_contact(rq->tx, &d->who, d->row.pair, kind,
                                    journeys_moment_of_day(d->who.zone, day, rq->page.now),
                                    (struct opt){0});
}

static struct err show_pause(struct request *rq, const struct journeys_do *d,
                             struct journeys_do_view *v)
{
        static const struct journeys_option lengths[] = {
                {"14", M_("For two weeks"), NULL}, {"28", M_("For four weeks"), NULL}, {"56", M_("For eight weeks"), NULL}};

        v->title = about(rq, M_("Take a break with {partner}?"), d->side.partner_first_name,
                         TEXT(""));
        v->why = about(
                rq,
                M_("Our reminders stop for both of you, and your time together ends that much later. {partner} is told the day you are back, not the reason."),
                d->side.partner_first_name, TEXT(""));
        v->choices_label = M_("For how long?");
        v->choice = TEXT("14");
        journeys_options(&rq->page, lengths, 3, &v->choices);
        answer(rq, v, "yes", M_("Pause"));
        return OK;
}

static struct err act_pause(struct request *rq, const struct journeys_do *d,
                            const struct journeys_do_form *f, const char **flash)
{
        int64_t days = 14;

        if (!text_empty(f->choice) && !text_int(f->choice, &days))
                return FAIL_AT(ERR_INVALID, "For how long?", "choice", "Choose one");
        *flash = M_("The pause is in place. Our reminders stop for both of you");
        return journeys_pause(rq->tx, &d->who, d->row.pair,
                              zone_day(d->side.cohort.zone, rq->page.now) + days);
}

/* ---- gatherings ---- */

static struct err seat_of(struct request *rq, const struct journeys_do *d,
                          struct gatherings_seat *out)
{
        struct programmes_participant_list parts;
        struct gatherings_seat_list seats;

        TRY(programmes_parts_of(rq->tx, d->row.person, &parts));
        for (size_t i = 0; i < parts.n; i++) {
                TRY(gatherings_seats_of(rq->tx, d->row.person, parts.row[i].cohort, &seats));
                for (size_t k = 0; k < seats.n; k++)
                        if (seats.row[k].gathering == d->row.subject) {
                                *out = seats.row[k];
                                return OK;
                        }
        }
        return FAIL(ERR_ABSENT, "There is no seat for you there",
                    "Write to your coordinator, who gives you one");
}

static struct err show_attend(struct request *rq, const struct journeys_do *d,
                              struct journeys_do_view *v)
{
        struct gatherings_seat seat;

        TRY(seat_of(rq, d, &seat));
        v->title = msg_with(rq->arena, rq->page.locale, M_("Will you be there on {when}?"), "when",
                            moment(rq, seat.starts_at), NULL);
        v->why = seat.title;
        answer(rq, v, "yes", M_("I will be there"));
        answer(rq, v, "no", M_("Not this time"));
        return OK;
}

static struct err act_attend(struct request *rq, const struct journeys_do *d,
                             const struct journeys_do_form *f, const char **flash)
{
        bool yes = !text_is(f->answer, "no");

        *flash = yes ? M_("Good. The day before and the hour before we send you the link")
                     : M_("That is noted. A recording follows, if there is one");
        return gatherings_answer(rq->tx, &d->who, d->row.subject, yes);
}

/* ---- after the end, and before the beginning ---- */

static struct err show_contact(struct request *rq, const struct journeys_do *d,
                               struct journeys_do_view *v)
{
        static const struct journeys_option notes[] = {
                {"keep", M_("Keep it for ninety days"), M_("You can copy what you need; then it goes")},
                {"delete", M_("Delete it as soon as we have closed"), M_("It happens if both of you choose this")}};

        v->title = about(rq, M_("What shall happen to what you and {partner} wrote?"),
                         d->side.partner_first_name, TEXT(""));
        v->why = journeys_say(
                &rq->page,
                M_("If you would like to stay in touch, exchange addresses now; neither of you has seen the other's from us."));
        v->choices_label = M_("Messages and notes");
        v->choice = TEXT("keep");
        journeys_options(&rq->page, notes, 2, &v->choices);
        answer(rq, v, "yes", M_("Note it"));
        return OK;
}

static struct err act_contact(struct request *rq, const struct journeys_do *d,
                              const struct journeys_do_form *f, const char **flash)
{
        *flash = M_("Noted");
        return journeys_closing_card(rq->tx, &d->who, d->row.pair,
                                     &(struct journeys_card) {.number = 5, .notes_choice = f->choice});
}

static struct err show_return(struct request *rq, const struct journeys_do *d,
                              struct journeys_do_view *v)
{
        if (!d->row.pair)
                return FAIL(ERR_ABSENT, "This link leads nowhere", "Go to your home page");
        v->title = journeys_say(&rq->page, M_("Would you be a mentor in a next cohort?"));
        v->why = journeys_say(
                &rq->page,
                M_("Your coordinator sees your answer and writes to you before it begins. You can change your mind at any time."));
        answer(rq, v, "yes", M_("Yes, gladly"));
        answer(rq, v, "no", M_("Not now"));
        return OK;
}

static struct err act_return(struct request *rq, const struct journeys_do *d,
                             const struct journeys_do_form *f, const char **flash)
{
        bool yes = text_is(f->answer, "yes");

        if (!d->row.pair)
                return FAIL(ERR_ABSENT, "This link leads nowhere", "Go to your home page");
        *flash = yes ? M_("Thank you. Your coordinator sees it") : M_("Noted. Thank you for all you gave");
        return journeys_would_return(rq->tx, &d->side, yes);
}

static struct err show_decline_invitation(struct request *rq, const struct journeys_do *d,
                                          struct journeys_do_view *v)
{
        (void)d;
        v->title = journeys_say(&rq->page, M_("Say no this time?"));
        v->why = journeys_say(
                &rq->page,
                M_("That is fine, and nobody asks why. You get no more mails about this cohort."));
        answer(rq, v, "no", M_("No, not this time"));
        return OK;
}

static struct err act_decline_invitation(struct request *rq, const struct journeys_do *d,
                                         const struct journeys_do_form *f, const char **flash)
{
        struct programmes_participant_list parts;

        (void)f;
        *flash = M_("Noted. You get no more mails about this cohort");
        TRY(programmes_parts_of(rq->tx, d->row.person, &parts));
        for (size_t i = 0; i < parts.n; i++)
                if ((d->row.subject == 0 || d->row.subject == parts.row[i].cohort ||
                     d->row.subject == parts.row[i].id) &&
                    text_is(parts.row[i].state, "invited"))
                        TRY(recruiting_decline(rq->tx, parts.row[i].cohort, d->row.person, TEXT_ABSENT));
        return OK;
}

/* ---- not now ---- */

static struct err show_snooze(struct request *rq, const struct journeys_do *d, struct journeys_do_view *v)
{
        (void)d;
        v->title = journeys_say(&rq->page, M_("When shall we remind you again?"));
        v->why = journeys_say(&rq->page, M_("If it is done by then, we do not write. Messages from your partner and dates still reach you."));
        answer(rq, v, "3", M_("In three days"));
        answer(rq, v, "7", M_("Next week"));
        return OK;
}

static struct err act_snooze(struct request *rq, const struct journeys_do *d, const struct journeys_do_form *f, const char **flash)
{
        int64_t today = zone_day(d->who.zone, rq->page.now);

        *flash = M_("Good. We remind you then, unless it is done");
        return journeys_snooze(rq->tx, &d->who, d->row.subject, journeys_later_day(today, text_is(f->answer, "7") ? 7 : 3));
}

/* ---- something was done in one's name ---- */

static struct err show_object(struct request *rq, const struct journeys_do *d, struct journeys_do_view *v)
{
        struct desk_told told;

        TRY(desk_told_of(rq->tx, &d->who, d->row.subject, &told));
        v->title = journeys_say(&rq->page, M_("Is this not right?"));
        v->why = msg_with(rq->arena, rq->page.locale, M_("{name} did this in your name on {when}: {what}. The reason given: {reason}"), "name",
                          told.by_name, "when", moment(rq, told.at), "what", journeys_say(&rq->page, told.words), "reason", told.reason, NULL);
        answer(rq, v, "no", M_("It is not right: take it back"));
        return OK;
}

static struct err act_object(struct request *rq, const struct journeys_do *d, const struct journeys_do_form *f, const char **flash)
{
        bool taken_back;

        (void)f;
        TRY(desk_object(rq->tx, &d->who, d->row.subject, &taken_back));
        *flash = taken_back ? M_("It is taken back, and whoever wrote it down hears of it")
                            : M_("Whoever wrote it down hears of it, and mends it with you");
        return OK;
}

static const struct journeys_do_kind kinds[] = {
        {"accept", show_accept, act_accept}, {"decline", show_decline, act_decline},
        {"did_meet", show_did_meet, act_did_meet}, {"move_meeting", show_move, act_move},
        {"we_spoke", show_spoke, act_spoke}, {"pause", show_pause, act_pause}, {"attend", show_attend, act_attend},
        {"contact_choice", show_contact, act_contact}, {"return_as_mentor", show_return, act_return},
        {"decline_invitation", show_decline_invitation, act_decline_invitation}, {"object", show_object, act_object},
        {"snooze", show_snooze, act_snooze},
};

const struct journeys_do_kind *journeys_do_kind(struct text word)
{
        for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
                if (text_is(word, kinds[i].word))
                        return &kinds[i];
        return NULL;
}
