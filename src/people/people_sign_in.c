/*
 * Asking for a link by mail.  Whether an address has an account is nobody's business: the answer is
 * the same, and so is the work done for it, but for the two rows that a known address gets.
 */
#include "base/app.h"
#include "html/html.h"
#include "jobs/jobs.h"
#include "mail/mail.h"
#include "os/config.h"
#include "os/random.h"
#include "os/zone.h"
#include "people/people.sql.h"
#include "people/people_parts.h"
#include "people/people_sign_in.mail.h"
#include "people/people_view.h"
#include "people/people_ways_parts.h"

enum { WINDOW_S = 15 * 60, MOST_FOR_ADDRESS = 5, MOST_FOR_IP = 30 };

static struct err limit(struct tx *tx, struct text email, struct text ip)
{
        TRY(people_attempt(tx, "sign-in-ip", ip.p ? ip : TEXT("?"), WINDOW_S, MOST_FOR_IP));
        return people_attempt(tx, "sign-in", text_fold(tx_arena(tx), text_trim(email)), WINDOW_S,
                              MOST_FOR_ADDRESS);
}

/* Line managers have no pages here: a link would lead them nowhere. */
struct err people_may_sign_in(struct tx *tx, int64_t person, bool *yes)
{
        struct people_person_roles row;

        TRY(people_person_roles(tx, person, &row));
        *yes = row.roles != ROLE_MANAGER;
        return OK;
}

static struct letter_text write_letter(struct tx *tx, const struct people_person *p,
                                       struct text path)
{
        struct out o = out_new(tx_arena(tx), 1024);
        struct page pg = {.out = &o, .locale = p->locale, .zone = p->zone, .now = tx_now(tx)};
        struct people_sign_in_letter v = {
                .first_name = p->first_name,
                .url = text_format(tx_arena(tx), "%s%s", tx_app(tx)->config->base_url, path.p)};
        struct letter_text words;

        people_sign_in_mail(&pg, &words, &v);
        return words;
}

static struct err post(struct tx *tx, const struct people_person *p, struct letter_text words)
{
        int64_t id;

        return mail_post(tx, &(struct letter) {
                .to = p->id, .address = p->email, .name = p->first_name, .locale = p->locale,
                .class = MAIL_EVENT,
                .rule = "sign-in", .anchor = text_format(tx_arena(tx), "%lld",
                                                         (long long)random_id()),
                .subject = words.subject, .body = words.body, .at_once = true}, &id);
}

struct err people_send_link(struct tx *tx, const struct people_person *p, struct text next)
{
        struct text path;

        TRY(people_sign_in_path(tx, p->id, next, SIGN_IN_S, &path));
        return post(tx, p, write_letter(tx, p, path));
}

struct err people_ask_link(struct tx *tx, struct text email, struct text next, struct text ip)
{
        struct people_person p = {.zone = zone_utc(), .first_name = TEXT("-"), .email = email};
        struct text path = TEXT("/sign-in/-");
        bool known;

        TRY(limit(tx, email, ip));
        TRY(people_tidy_tomorrow(tx));
        TRY(people_by_email(tx, email, &known, &p));
        if (known)
                TRY(people_may_sign_in(tx, p.id, &known));
        if (known)      /* to the one that was asked for, be it the main one or another of theirs */
                TRY(people_address_spelt(tx, &p, email, &p.email));
        if (known)
                TRY(people_sign_in_path(tx, p.id, next, SIGN_IN_S, &path));
        struct letter_text words = write_letter(tx, &p, path);
        return known ? post(tx, &p, words) : OK;
}

struct err people_sign_in(struct tx *tx, struct text secret, const struct people_visit *from,
                          struct text *session, struct text *next)
{
        int64_t person;
        struct text wanted;

        TRY(people_link_open(tx, secret, true, &person, &wanted));
        return people_enter(tx, from, person, "link", false, wanted, session, next);
}

/*
 * Who had no page in mind goes where their work is; who has never been here says first where they
 * live.
 */
struct err people_landing(struct tx *tx, int64_t person, struct text *next)
{
        struct people_person p;
        struct people_person_roles row;

        if (!text_is(*next, "/home"))
                return OK;
        TRY(people_get(tx, person, &p));
        TRY(people_person_roles(tx, person, &row));
        unsigned roles = (unsigned)row.roles;
        if (roles & ROLE_PARTICIPANT)
                *next = p.zone_confirmed ? *next : TEXT("/me/zone");
        else if (roles & (ROLE_COORDINATOR | ROLE_ADMINISTRATOR))
                *next = TEXT("/desk");
        else if (roles & ROLE_CONTACT)
                *next = TEXT("/desk/concerns");
        else if (roles & ROLE_SPONSOR)
                *next = TEXT("/desk/figures");
        else
                *next = TEXT("/me");
        return OK;
}
