/*
 * More than one mail address.  Each that has been confirmed signs in and is recognised when mail comes from it; the main one is
 * where our mails go.  Whether an address belongs to somebody else is not told: the answer is the same.
 */
#include "base/app.h"
#include "html/html.h"
#include "mail/mail.h"
#include "os/clock.h"
#include "os/config.h"
#include "os/keys.h"
#include "os/random.h"
#include "people/people.sql.h"
#include "people/people_address.mail.h"
#include "people/people_view.h"
#include "people/people_ways.sql.h"
#include "people/people_ways_parts.h"

enum { LINK_S = 86400, DAY_S = 86400, MOST_A_DAY = 10, SECRET_BYTES = 32 };

struct err people_has_address(struct tx *tx, int64_t person, struct text key, bool *yes)
{
        struct people_address_of_key row;
        struct people_person p;

        TRY(people_get(tx, person, &p));
        *yes = text_equal(text_fold(tx_arena(tx), p.email), key);
        return *yes ? OK : people_address_of_key(tx, person, key, yes, &row);
}

struct err people_address_spelt(struct tx *tx, const struct people_person *p, struct text typed,
                                struct text *out)
{
        struct people_address_of_key row;
        bool other;

        TRY(people_address_of_key(tx, p->id, text_fold(tx_arena(tx), text_trim(typed)), &other,
                                  &row));
        *out = other ? row.email : p->email;
        return OK;
}

/* ---- adding ---- */

static struct text hash_of(struct arena *a, struct text secret)
{
        unsigned char hash[HASH_BYTES];

        keys_hash(secret, hash);
        return (struct text) {arena_dup(a, hash, sizeof hash), sizeof hash};
}

static struct err post_link(struct tx *tx, const struct people_person *p, struct text email,
                            struct text secret)
{
        struct out o = out_new(tx_arena(tx), 1024);
        struct page pg = {.out = &o, .locale = p->locale, .zone = p->zone, .now = tx_now(tx)};
        struct people_address_letter v = {
                .first_name = p->first_name, .email = email, .main = p->email,
                .url = text_format(tx_arena(tx), "%s/me/addresses/confirm/%s",
                                   tx_app(tx)->config->base_url, secret.p)};
        struct letter_text words;
        int64_t id;

        people_address_mail(&pg, &words, &v);
        return mail_post(tx, &(struct letter) {
                .to = p->id, .address = email, .name = p->first_name, .locale = p->locale,
                .class = MAIL_EVENT, .rule = "address",
                .anchor = text_format(tx_arena(tx), "%lld", (long long)random_id()),
                .subject = words.subject, .body = words.body}, &id);
}

static struct err may_add(struct tx *tx, int64_t person, struct text key)
{
        struct people_address_list_list list;
        bool theirs;

        TRY(people_has_address(tx, person, key, &theirs));
        if (theirs)
                return FAIL_AT(ERR_INVALID, "This is one of your addresses already", "email", "Write down another one");
        TRY(people_address_list(tx, person, &list));
        for (size_t i = 0; i < list.n; i++)
                if (text_equal(list.row[i].email_key, key))
                        return OK;      /* a new link for it */
        return list.n < ADDRESSES_MOST ? OK
                : FAIL_AT(ERR_INVALID, "Five addresses beside the main one are the most", "email", "Remove one first");
}

struct err people_address_add(struct tx *tx, const struct who *who, const struct people_visit *from,
                              struct text email)
{
        struct text key = text_fold(tx_arena(tx), text_trim(email));
        unsigned char bytes[SECRET_BYTES];
        struct people_person p, other;
        bool taken;

        TRY(people_must_be_fresh(tx, from));
        TRY(people_attempt(tx, "address", text_format(tx_arena(tx), "%lld", (long long)who->person),
                           DAY_S, MOST_A_DAY));
        TRY(may_add(tx, who->person, key));
        TRY(people_get(tx, who->person, &p));
        TRY(people_by_email(tx, key, &taken, &other));
        random_bytes(bytes, sizeof bytes);
        struct text secret = base64url_encode(tx_arena(tx), bytes, sizeof bytes);
        TRY(people_address_insert(tx, &(struct people_address_insert_in) {
                .id = random_id(), .person = p.id, .email = text_trim(email), .key = key,
                .now = clock_seconds(), .hash = hash_of(tx_arena(tx), secret),
                .expires = clock_seconds() + LINK_S}));
        if (!taken)
                TRY(post_link(tx, &p, text_trim(email), secret));
        TRY(people_tidy_tomorrow(tx));
        TRY(people_audit(tx, who, "address.add", p.id, 0, ""));
        return people_tell(tx, &p, from,
                           M_("Another mail address is to be added to your account, and a link was sent to it"),
                           TEXT_ABSENT);
}

/* ---- confirming ---- */

struct err people_address_open(struct tx *tx, const struct who *who, const struct people_visit *from,
                               struct text secret, bool use, struct text *email)
{
        struct people_address_by_hash row;
        struct people_person other;
        int64_t changes;
        bool found, taken;

        TRY(people_address_by_hash(tx, hash_of(tx_arena(tx), secret), who->person, clock_seconds(),
                                   &found, &row));
        if (!found)
                return FAIL(ERR_ABSENT, "This link does not confirm an address of yours",
                            "Sign in as the person who added it, or add the address again");
        *email = row.email;
        if (!use)
                return OK;
        TRY(people_by_email(tx, row.email_key, &taken, &other));
        if (taken)
                return FAIL(ERR_CONFLICT, "This address cannot be used", "Add another one");
        TRY(people_address_confirm(tx, row.id, clock_seconds(), &changes));
        must(changes == 1);
        return people_way_changed(tx, who, from, "address.confirm",
                                  M_("Another mail address signs in to your account now, and other devices are signed out"),
                                  TEXT_ABSENT);
}

/* ---- the main one, and removing ---- */

static struct err one_of(struct tx *tx, const struct who *who, int64_t address,
                         struct people_address_one *row)
{
        bool found;

        TRY(people_address_one(tx, address, who->person, &found, row));
        return found ? OK : FAIL(ERR_ABSENT, "This is not one of your addresses", "Go back to the list");
}

/* The two change places. Both are told: the mail goes to the one that was the main one, and to the one that is. */
struct err people_address_main(struct tx *tx, const struct who *who, const struct people_visit *from,
                               int64_t address)
{
        struct people_address_one row;
        struct people_person p;
        int64_t changes;

        TRY(people_must_be_fresh(tx, from));
        TRY(one_of(tx, who, address, &row));
        if (!row.confirmed_at.has)
                return FAIL(ERR_CONFLICT, "This address is not confirmed yet", "Open the link that was sent to it");
        TRY(people_get(tx, who->person, &p));
        TRY(people_address_delete(tx, address, p.id, &changes));
        TRY(people_set_main_address(tx, p.id, row.email, row.email_key));
        TRY(people_address_insert(tx, &(struct people_address_insert_in) {
                .id = random_id(), .person = p.id, .email = p.email,
                .key = text_fold(tx_arena(tx), p.email), .now = clock_seconds(),
                .confirmed_at = {true, clock_seconds()}, .expires = clock_seconds()}));
        TRY(people_way_changed(tx, who, from, "address.main",
                               M_("Your mails go to another of your addresses now, and other devices are signed out"),
                               p.email));
        return people_way_changed(tx, who, from, "address.main",
                                  M_("Your mails go to this address now, and other devices are signed out"),
                                  row.email);
}

struct err people_address_remove(struct tx *tx, const struct who *who,
                                 const struct people_visit *from, int64_t address)
{
        struct people_address_one row;
        int64_t changes;

        TRY(people_must_be_fresh(tx, from));
        TRY(one_of(tx, who, address, &row));
        TRY(people_address_delete(tx, address, who->person, &changes));
        if (!row.confirmed_at.has)
                return OK;
        TRY(people_way_changed(tx, who, from, "address.remove",
                               M_("This address no longer signs in to your account, and other devices are signed out"),
                               row.email));
        return people_way_changed(tx, who, from, "address.remove",
                                  M_("One of your mail addresses no longer signs in to your account, and other devices are signed out"),
                                  TEXT_ABSENT);
}
