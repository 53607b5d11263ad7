/* Another mail address for somebody, written down by staff. */
#include "people/people_parts.h"

#include "base/app.h"
#include "html/letter.h"
#include "html/messages.h"
#include "mail/mail.h"
#include "mail/mail_trouble.h"
#include "os/config.h"
#include "people/people.sql.h"
#include "people/people_sign_in.mail.h"
#include "people/people_view.h"
#include "programmes/programmes.h"

/* Whoever may sign in as staff keeps the key to it: only an administrator changes that. */
static struct err may_change(struct tx *tx, const struct who *who, int64_t person)
{
        struct people_held_roles_list roles;

        TRY(people_staff_of(tx, who, person));
        TRY(people_held_roles(tx, person, &roles));
        return roles.n && !who_has(who, ROLE_ADMINISTRATOR)
                ? FAIL(ERR_FORBIDDEN, "Only an administrator changes this address", "Ask one of them")
                : OK;
}

static struct err tell_the_old(struct tx *tx, const struct who *who, const struct people_person *p, struct text email, int64_t act)
{
        struct arena *a = tx_arena(tx);
        struct out out = out_new(a, 1024);
        struct mail_trouble trouble;
        struct letter_text words;
        int64_t id;
        bool fails;

        TRY(mail_trouble_of(tx, p->id, &fails, &trouble));
        if (fails && trouble.stopped)
                return OK;
        people_moved_mail(&(struct page) {.out = &out, .locale = p->locale, .zone = p->zone, .now = tx_now(tx)}, &words,
                            &(struct people_moved_letter) {.first_name = p->first_name, .staff = who->first_name, .address = email,
                                    .help = text_format(a, "%s/help", tx_app(tx)->config->base_url)});
        return mail_post(tx, &(struct letter) {
                .address = p->email, .name = p->first_name, .locale = p->locale, .class = MAIL_EVENT, .rule = "address-moved",
                .anchor = text_format(a, "act:%lld", (long long)act), .subject = words.subject, .body = words.body, .at_once = true}, &id);
}

static struct err check(struct tx *tx, int64_t person, struct text email, struct text key)
{
        struct people_person known;
        bool found;

        if (!people_is_address(email))
                return FAIL_AT(ERR_INVALID, "This is not a mail address", "email", "Write it like ana@example.org");
        TRY(people_by_email(tx, key, &found, &known));
        return found && known.id != person
                ? FAIL_AT(ERR_INVALID, "Somebody else signs in with this address", "email", "Ask for another one") : OK;
}

struct err people_change_address(struct tx *tx, const struct who *who, int64_t person, struct text email)
{
        struct people_person p;
        struct text key;

        email = text_trim(email);
        key = text_fold(tx_arena(tx), email);
        TRY(may_change(tx, who, person));
        TRY(people_get(tx, person, &p));
        TRY(check(tx, person, email, key));
        struct desk_act act = {.kind = &people_act_address, .person = person};
        TRY(programmes_cohort_of(tx, who, person, &act.cohort));
        TRY(desk_begin(tx, who, &act));
        TRY(people_set_address(tx, person, email, key));
        TRY(tell_the_old(tx, who, &p, email, act.id));
        TRY(people_audit(tx, who, "person.address", person, 0, ""));
        TRY(desk_end(tx, &act));
        return mail_try_now(tx, person, email);
}

static struct err address_state(struct tx *tx, const struct desk_act *act, struct text *out)
{
        struct people_person p;

        TRY(people_get(tx, act->person, &p));
        *out = p.email;
        return OK;
}

static struct err address_back(struct tx *tx, const struct who *who, const struct desk_act *act)
{
        (void)who;
        return people_set_address(tx, act->person, act->was, text_fold(tx_arena(tx), act->was));
}

const struct desk_kind people_act_address = {"person.address", M_("Mail address written down"), address_state, address_back};
