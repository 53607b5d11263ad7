/* An application from its first screen until it is sent, and what its owner does afterwards. */
#include "os/random.h"
#include "people/people.h"
#include "recruiting/recruiting.mail.h"
#include "recruiting/recruiting.sql.h"
#include "recruiting/recruiting_leave.h"
#include "recruiting/recruiting_parts.h"
#include "recruiting/recruiting_rules.h"

enum { CAPACITY_MOST = 3 };

/* ---- what is known ---- */

static void take_saved(struct recruiting_application *p, const struct recruiting_application_row *r)
{
        p->id = r->id;
        p->state = r->state;
        p->mentor = r->mentor;
        p->mentee = r->mentee;
        p->capacity = r->capacity;
        p->screens = r->screens;
        p->saves = r->saves;
        p->sent_at = r->sent_at;
        p->decided_at = r->decided_at;
        p->answer_day = r->answer_day;
        p->words = r->words;
        if (r->screens >= SCREEN_YOU || r->saves) {
                p->first_name = r->first_name;
                p->last_name = r->last_name;
                p->zone = r->zone;
                p->offers = r->offers;
                p->wants = r->wants;
                p->goals = r->goals;
                p->languages = r->languages;
                p->availability = r->availability;
        }
}

/* From a list, an earlier cohort, or the profile that they keep themselves. */
static struct err prefill(struct tx *tx, int64_t person, struct recruiting_application *p)
{
        struct people_person me;
        struct people_card card;

        TRY(people_get(tx, person, &me));
        TRY(people_card(tx, person, false, &card));
        p->named = !text_empty(me.first_name);
        p->first_name = me.first_name;
        p->last_name = me.last_name;
        p->zone = text_of(zone_name(me.zone));
        p->offers = card.offers;
        p->wants = card.wants;
        p->goals = card.goals;
        p->languages = card.languages;
        p->availability = card.availability;
        return OK;
}

struct err recruiting_of(struct tx *tx, int64_t cohort, int64_t person, struct recruiting_application *out)
{
        struct recruiting_application_row r;
        struct recruiting_invitation_of invited;
        bool found;

        *out = (struct recruiting_application) {.cohort = cohort, .person = person, .state = TEXT("draft"), .capacity = 1};
        TRY(prefill(tx, person, out));
        TRY(recruiting_invitation_of(tx, cohort, person, &found, &invited));
        if (found) {
                out->declined = invited.declined_at.has;
                out->mentor = text_is(invited.role, "mentor");
                out->mentee = !out->mentor;
                if (!text_is(invited.kind, "own"))
                        out->invited_as = invited.role;
        }
        TRY(recruiting_application_row(tx, cohort, person, &found, &r));
        if (found)
                take_saved(out, &r);
        return OK;
}

/* ---- saving ---- */

static struct text kept(struct text t) { return text_empty(text_trim(t)) ? TEXT_ABSENT : text_trim(t); }

static void take_screen(struct recruiting_application *p, enum recruiting_screen screen, const struct recruiting_application *in)
{
        switch (screen) {
        case SCREEN_YOU:
                p->first_name = in->first_name.p ? in->first_name : p->first_name;
                p->last_name = in->last_name.p ? in->last_name : p->last_name;
                p->mentor = in->mentor;
                p->mentee = in->mentee;
                p->zone = text_empty(in->zone) ? p->zone : in->zone;
                return;
        case SCREEN_WHAT:
                p->offers = in->offers.p ? in->offers : p->offers;
                p->wants = in->wants.p ? in->wants : p->wants;
                p->goals = in->goals.p ? in->goals : p->goals;
                return;
        case SCREEN_WHEN:
                p->languages = in->languages;
                p->availability = in->availability;
                p->capacity = p->mentee || in->capacity < 1 ? 1 : in->capacity > CAPACITY_MOST ? CAPACITY_MOST : in->capacity;
                return;
        }
}

static struct err put(struct tx *tx, const struct recruiting_application *p, int64_t screens)
{
        return recruiting_application_save(tx, &(struct recruiting_application_save_in) {
                .id = p->id, .mentor = p->mentor, .mentee = p->mentee, .capacity = p->capacity,
                .first_name = kept(p->first_name), .last_name = kept(p->last_name), .zone = kept(p->zone),
                .offers = kept(p->offers), .wants = kept(p->wants), .goals = kept(p->goals), .languages = kept(people_language_tags(tx_arena(tx), p->languages)),
                .availability = kept(p->availability), .screens = screens, .now = tx_now(tx)});
}

/* The first save makes the application; from then on the letters are about it. Withdrawn is begun again. */
static struct err begin(struct tx *tx, struct recruiting_application *p)
{
        struct programmes_participant_list parts;
        bool here = false;
        int64_t part;

        if (p->id && text_is(p->state, "draft"))
                return OK;
        TRY(programmes_parts_of(tx, p->person, &parts));
        for (size_t i = 0; i < parts.n; i++)
                here |= parts.row[i].cohort == p->cohort;
        if (!here)
                TRY(programmes_join(tx, &people_system, p->cohort, p->person, !p->mentee, "invited", 1, &part));
        TRY(programmes_begin(tx, p->cohort, p->person));
        TRY(recruiting_invitation_undecline(tx, p->cohort, p->person));
        if (p->id)
                return recruiting_application_reopen(tx, p->id, tx_now(tx));
        p->id = random_id();
        return recruiting_application_insert(tx, p->id, p->cohort, p->person, tx_now(tx));
}

/* Somebody who came by themselves has no name here yet, and letters want one. */
static struct err name_them(struct tx *tx, const struct recruiting_application *p)
{
        bool changed;

        return people_take_facts(tx, p->person, &(struct people_facts) {
                .first_name = kept(p->first_name), .last_name = kept(p->last_name)}, true, true, &changed);
}

static bool may_write(const struct recruiting_application *p)
{
        return text_is(p->state, "draft") || text_is(p->state, "withdrawn");
}

static struct err takes_part(struct tx *tx, int64_t cohort, int64_t person, bool *yes)
{
        struct programmes_participant_list parts;

        *yes = false;
        TRY(programmes_parts_of(tx, person, &parts));
        for (size_t i = 0; i < parts.n; i++)
                *yes |= parts.row[i].cohort == cohort && !text_is(parts.row[i].state, "invited") &&
                        !text_is(parts.row[i].state, "applied") && !text_is(parts.row[i].state, "declined");
        return OK;
}

static struct err open_draft(struct tx *tx, int64_t cohort, int64_t person, struct recruiting_application *p)
{
        struct programmes_cohort c;
        struct recruiting_page page;
        bool already;

        TRY(recruiting_must_be_open(tx, cohort, &c, &page));
        TRY(recruiting_of(tx, cohort, person, p));
        TRY(takes_part(tx, cohort, person, &already));
        if (!may_write(p) || already)
                return FAIL(ERR_CONFLICT, "Your application has been sent already", "Look how things stand");
        return OK;
}

struct err recruiting_save(struct tx *tx, int64_t cohort, int64_t person, enum recruiting_screen screen,
                           const struct recruiting_application *in, bool unfinished)
{
        struct recruiting_application p;
        const char *field, *what;

        TRY(open_draft(tx, cohort, person, &p));
        take_screen(&p, screen, in);
        bool lacks = recruiting_lacks(&p, screen, &field, &what) != 0;
        if (lacks && !unfinished)
                return FAIL_AT(ERR_INVALID, what, field, "Then go on");
        TRY(begin(tx, &p));
        TRY(put(tx, &p, lacks ? 0 : screen));
        return name_them(tx, &p);
}

/* ---- sending ---- */

struct err recruiting_send(struct tx *tx, int64_t cohort, int64_t person, bool agreed)
{
        struct recruiting_application p;
        struct programmes_cohort c;
        const char *field, *what;

        TRY(open_draft(tx, cohort, person, &p));
        if (recruiting_lacks(&p, 0, &field, &what))
                return FAIL_AT(ERR_INVALID, what, field, "Go back to that screen");
        if (!agreed)
                return FAIL_AT(ERR_INVALID, "Please say that you have read this", "agreed", "Tick the box above the button");
        if (!p.id)
                return FAIL(ERR_CONFLICT, "Nothing is written yet", "Begin with the first screen");
        TRY(programmes_cohort(tx, cohort, &c));
        TRY(programmes_apply(tx, cohort, person, p.mentor, p.mentee, p.capacity));
        TRY(recruiting_application_sent(tx, p.id, tx_now(tx)));
        return recruiting_post(tx, &c, &(struct recruiting_post) {
                .write = recruiting_sent_mail, .rule = "applied", .person = person, .url = recruiting_url(tx, cohort, person),
                .anchor = text_format(tx_arena(tx), "application:%lld:%lld", (long long)p.id, (long long)tx_now(tx))});
}

/* ---- afterwards ---- */

struct err recruiting_answer(struct tx *tx, int64_t cohort, int64_t person, struct text answer)
{
        struct recruiting_application p;
        int64_t changes;

        TRY(recruiting_of(tx, cohort, person, &p));
        if (text_empty(text_trim(answer)))
                return FAIL_AT(ERR_INVALID, "Your answer is empty", "answer", "Two sentences are plenty");
        if (!text_is(p.state, "asked"))
                return FAIL(ERR_CONFLICT, "There is no open question", "Look how things stand");
        TRY(recruiting_question_answer(tx, p.id, text_trim(answer), tx_now(tx), &changes));
        TRY(recruiting_application_state(tx, p.id, TEXT("sent")));
        return recruiting_tell_answer(tx, cohort, p.id, person);
}

/* In already: the place is given back. */
static struct err leave(struct tx *tx, int64_t cohort, int64_t person)
{
        struct who who;

        TRY(people_who(tx, person, &who));
        return recruiting_leave(tx, &who, cohort);
}

struct err recruiting_withdraw(struct tx *tx, int64_t cohort, int64_t person)
{
        struct recruiting_application p;

        TRY(recruiting_of(tx, cohort, person, &p));
        if (!p.id || text_is(p.state, "declined") || text_is(p.state, "withdrawn"))
                return FAIL(ERR_CONFLICT, "There is nothing to take back", "Look how things stand");
        if (text_is(p.state, "accepted"))
                return leave(tx, cohort, person);
        TRY(programmes_admit(tx, &people_system, cohort, person, false));
        return recruiting_application_state(tx, p.id, TEXT("withdrawn"));
}

struct err recruiting_manager(struct tx *tx, int64_t cohort, int64_t person, bool wanted, struct text email)
{
        struct recruiting_application p;
        struct people_status status;
        bool changed;

        TRY(recruiting_of(tx, cohort, person, &p));
        if (!p.sent_at.has)
                return FAIL(ERR_CONFLICT, "Send your application first", "Then decide about the letters");
        TRY(people_status(tx, person, &status));
        if (wanted && text_empty(email) && text_empty(status.manager_email))
                return FAIL_AT(ERR_INVALID, "Where do the letters go?", "manager", "Give the mail address of your line manager");
        TRY(people_take_facts(tx, person, &(struct people_facts) {
                .status = {.manager_email = kept(email)}}, true, true, &changed));
        return programmes_manager_letters(tx, person, wanted);
}
