#include "people/people_correct.h"

#include "base/app.h"
#include "html/letter.h"
#include "mail/mail.h"
#include "matching/matching_work.h"
#include "os/config.h"
#include "os/random.h"
#include "people/people.h"
#include "people/people.sql.h"
#include "people/people_parts.h"
#include "people/people_rights.mail.h"
#include "people/people_view.h"
#include "programmes/programmes.h"

#include <string.h>

enum { WISH_MOST = 500, REASON_MOST = 1000, OPEN_MOST = 10 };

static const struct { const char *field, *words; } all[] = {
        {"email", M_("Mail address")}, {"title", M_("Job title")}, {"grade", M_("Grade or level")},
        {"organisation", M_("Organisation")}, {"department", M_("Department")}, {"team", M_("Team")},
        {"profession", M_("Profession")}, {"manager_email", M_("Line manager")}, {"location", M_("Place")},
        {"other", M_("Something else: a date, a note, an attendance")},
};
enum { FIELDS = sizeof all / sizeof all[0] };

const char *const people_correctable[] = {"email", "title", "grade", "organisation", "department", "team", "profession",
                                          "manager_email", "location", "other", NULL};

const char *people_correctable_words(struct text field)
{
        for (size_t i = 0; i < FIELDS; i++)
                if (text_is(field, all[i].field))
                        return all[i].words;
        return all[FIELDS - 1].words;
}

const char *people_correction_state(struct text state)
{
        if (text_is(state, "open"))
                return M_("waits for an answer");
        if (text_is(state, "accepted"))
                return M_("put right");
        return text_is(state, "declined") ? M_("left as it is") : M_("withdrawn");
}

struct err people_correctable_now(struct tx *tx, int64_t person, struct text field, struct text *value)
{
        struct people_person p;
        struct people_status s;
        struct people_profile_row r = {0};
        bool found;

        TRY(people_get(tx, person, &p));
        TRY(people_status(tx, person, &s));
        TRY(people_profile_row(tx, person, &found, &r));
        const struct text now[FIELDS] = {p.email, s.title, s.grade, s.organisation, s.department, s.team, s.profession,
                                         s.manager_email, r.location, TEXT_ABSENT};
        *value = TEXT("");
        for (size_t i = 0; i < FIELDS; i++)
                if (text_is(field, all[i].field) && now[i].p)
                        *value = now[i];
        return OK;
}

/* ---- letters ---- */

typedef void letter_fn(struct page *pg, struct letter_text *out, const struct people_rights_letter *v);

static struct err post(struct tx *tx, int64_t to_person, const char *rule, int64_t correction, letter_fn *write, enum mail_class class,
                       struct people_rights_letter v, struct text field)
{
        struct out out = out_new(tx_arena(tx), 1024);
        struct letter_text words;
        struct people_person to;
        int64_t id;

        TRY(people_get(tx, to_person, &to));
        v.first_name = to.first_name;
        v.field = msg(to.locale, people_correctable_words(field));
        write(&(struct page) {.out = &out, .locale = to.locale, .zone = to.zone, .now = tx_now(tx)}, &words, &v);
        return mail_post(tx, &(struct letter) {
                .to = to.id, .address = to.email, .name = to.first_name, .locale = to.locale, .class = class, .rule = rule,
                .anchor = text_format(tx_arena(tx), "correction:%lld", (long long)correction), .subject = words.subject,
                .body = words.body}, &id);
}

static struct err tell_staff(struct tx *tx, const struct who *who, int64_t correction, struct text field)
{
        struct people_rights_letter v = {
                .name = who->first_name, .url = text_format(tx_arena(tx), "%s/desk/corrections", tx_app(tx)->config->base_url)};
        struct programmes_participant_list parts;
        struct programmes_cohort c;
        struct people_list admins;

        TRY(programmes_parts_of(tx, who->person, &parts));
        if (parts.n) {
                TRY(programmes_cohort(tx, parts.row[0].cohort, &c));
                return post(tx, c.coordinator, "correction-asked", correction, people_correction_asked, MAIL_STAFF, v, field);
        }
        TRY(people_with_role(tx, "administrator", 0, &admins));
        for (size_t i = 0; i < admins.n; i++)
                TRY(post(tx, admins.row[i].id, "correction-asked", correction, people_correction_asked, MAIL_STAFF, v, field));
        return OK;
}

/* ---- asking ---- */

static bool is_field(struct text t)
{
        for (size_t i = 0; i < FIELDS; i++)
                if (text_is(t, all[i].field))
                        return true;
        return false;
}

static struct err check(struct tx *tx, const struct who *who, const struct people_correction_new *in)
{
        struct people_corrections_of_list list;
        size_t open = 0;

        if (!is_field(in->field))
                return FAIL_AT(ERR_INVALID, "What is wrong?", "field", "Choose one from the list");
        if (text_empty(text_trim(in->wish)) || in->wish.n > WISH_MOST)
                return FAIL_AT(ERR_INVALID, "What should stand there?", "wish", "Write it as it should read");
        if ((text_is(in->field, "email") || text_is(in->field, "manager_email")) && !memchr(in->wish.p, '@', in->wish.n))
                return FAIL_AT(ERR_INVALID, "This is no mail address", "wish", "Write it like name@example.org");
        if (in->reason.n > REASON_MOST)
                return FAIL_AT(ERR_INVALID, "That is too long", "reason", "A sentence or two is enough");
        TRY(people_corrections_of(tx, who->person, &list));
        for (size_t i = 0; i < list.n; i++)
                open += text_is(list.row[i].state, "open");
        if (open >= OPEN_MOST)
                return FAIL(ERR_LIMIT, "Ten of your corrections wait already", "Wait for an answer, or withdraw one");
        return OK;
}

struct err people_ask_correction(struct tx *tx, const struct who *who, const struct people_correction_new *in)
{
        int64_t id = random_id();
        struct text was;

        TRY(check(tx, who, in));
        TRY(people_correctable_now(tx, who->person, in->field, &was));
        TRY(people_correction_insert(tx, &(struct people_correction_insert_in) {
                .id = id, .person = who->person, .field = in->field, .was = was, .wish = text_trim(in->wish),
                .reason = in->reason.p ? text_trim(in->reason) : TEXT(""), .now = tx_now(tx)}));
        TRY(people_audit(tx, who, "correction.ask", who->person, id, ""));
        return tell_staff(tx, who, id, in->field);
}

struct err people_withdraw_correction(struct tx *tx, const struct who *who, int64_t correction)
{
        int64_t changes;

        TRY(people_correction_withdraw(tx, correction, who->person, tx_now(tx), &changes));
        return changes ? OK : FAIL(ERR_ABSENT, "There is no such correction waiting", "Go back to the list");
}

/* ---- deciding ---- */

static struct err change_email(struct tx *tx, int64_t person, struct text wish)
{
        struct people_person other;
        bool taken;

        TRY(people_by_email(tx, wish, &taken, &other));
        if (taken && other.id != person)
                return FAIL(ERR_CONFLICT, "Somebody else here has this address", "Decline it, and say so");
        return people_correct_email(tx, person, wish, text_fold(tx_arena(tx), wish));
}

static struct err change(struct tx *tx, const struct who *who, const struct people_correction_row *r)
{
        struct matching_broken_list broken;

        if (text_is(r->field, "email"))
                return change_email(tx, r->person, r->wish);
        if (text_is(r->field, "location"))
                return people_correct_location(tx, r->person, r->wish);
        if (text_is(r->field, "other"))
                return OK;
        TRY(people_status_insert(tx, r->person));
        TRY(people_correct_status(tx, r->person, r->field, r->wish));
        return matching_work_recheck_people(tx, who, &r->person, 1, &broken);
}

struct err people_decide_correction(struct tx *tx, const struct who *who, int64_t correction, bool accept, struct text answer)
{
        struct people_correction_row r;
        int64_t changes;
        bool found;

        TRY(people_correction_row(tx, correction, &found, &r));
        if (!found)
                return FAIL(ERR_ABSENT, "There is no such correction", "Go back to the list");
        TRY(people_staff_of(tx, who, r.person));
        answer = answer.p ? text_trim(answer) : TEXT("");
        if (answer.n > REASON_MOST)
                return FAIL_AT(ERR_INVALID, "That is too long", "answer", "A sentence or two is enough");
        if (!accept && !answer.n)
                return FAIL_AT(ERR_INVALID, "Why does it stay as it is?", "answer", "The person reads this");
        TRY(people_correction_decide(tx, correction, accept ? TEXT("accepted") : TEXT("declined"), answer, who->person, tx_now(tx),
                                     &changes));
        if (!changes)
                return FAIL(ERR_CONFLICT, "This has been answered already", "Look at the list again");
        if (accept)
                TRY(change(tx, who, &r));
        TRY(people_audit(tx, who, accept ? "correction.accept" : "correction.decline", r.person, correction, ""));
        return post(tx, r.person, "correction", correction, accept ? people_correction_accepted : people_correction_declined,
                    MAIL_EVENT,
                    (struct people_rights_letter) {
                            .answer = answer, .url = text_format(tx_arena(tx), "%s/me/data", tx_app(tx)->config->base_url)},
                    r.field);
}
