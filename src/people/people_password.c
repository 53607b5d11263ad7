/*
 * Passwords, for those who want one.  Argon2id by libsodium; it takes 64 MiB and some tenths of a second, so it happens on the
 * threads for hashing and never inside a transaction.  An address that is not known costs the same work as one that is.
 */
#include "base/app.h"
#include "os/clock.h"
#include "os/config.h"
#include "os/keys.h"
#include "people/people_password_rules.h"
#include "people/people_ways.sql.h"
#include "people/people_ways_parts.h"

#include <sodium.h>
#include <string.h>

enum {
        OPERATIONS = crypto_pwhash_OPSLIMIT_INTERACTIVE, MEMORY = crypto_pwhash_MEMLIMIT_INTERACTIVE,
        MOST_FOR_ACCOUNT = 10, MOST_FOR_IP = 40,
};

/* Of nobody: made with the same costs as all others, of 32 random bytes that nobody has kept. */
static const char NOBODY[] =
        "$argon2id$v=19$m=65536,t=2,p=1$7jb/mMBRRnCAq7TNv29hEQ$rv4HU+/1+1QmflSxZQ+B488M6BPYKb0h6H78QUuPUes";

static struct err hash(struct arena *a, struct text password, struct text *out)
{
        char s[crypto_pwhash_STRBYTES];

        if (crypto_pwhash_str_alg(s, password.p, password.n, OPERATIONS, MEMORY, crypto_pwhash_ALG_ARGON2ID13) != 0)
                return FAIL(ERR_BUSY, "The server has too little memory at the moment", "Try again in a minute");
        *out = text_copy(a, text_of(s));
        return OK;
}

static bool right(struct text stored, struct text password)
{
        return crypto_pwhash_str_verify(stored.p, password.p, password.n) == 0;
}

/* ---- signing in ---- */

struct looking { struct text email; int64_t person; struct people_password_row row; bool found; };

static struct err look_in(struct tx *tx, void *in)
{
        struct looking *l = in;
        struct people_person p = {0};
        bool known, may = false;

        TRY(people_by_email(tx, l->email, &known, &p));
        TRY(people_may_sign_in(tx, p.id, &may));
        TRY(people_password_row(tx, p.id, &l->found, &l->row));
        l->found = l->found && known && may;
        l->person = p.id;
        return OK;
}

struct err people_password_check(struct app *app, struct arena *a, struct text email,
                                 struct text password, struct text ip,
                                 struct people_password_try *out)
{
        struct looking l = {.email = email};

        *out = (struct people_password_try) {.limit = {
                {"password-ip", ip, MOST_FOR_IP},
                {"password", text_fold(a, text_trim(email)), MOST_FOR_ACCOUNT}}};
        TRY(people_count_attempts(app, a, out->limit, 2));
        TRY(db_read(app->db, a, look_in, &l));
        bool same = right(l.found ? l.row.hash : text_of(NOBODY), password);
        if (!l.found || !same)
                return OK;
        out->person = l.person;
        if (crypto_pwhash_str_needs_rehash(l.row.hash.p, OPERATIONS, MEMORY) != 0)
                TRY(hash(a, password, &out->rehash));
        return OK;
}

struct err people_password_enter(struct tx *tx, const struct people_visit *from,
                                 const struct people_password_try *found, struct text next,
                                 struct text *secret, struct text *where)
{
        if (!found->person)
                return FAIL_AT(ERR_INVALID, "This address and this password do not go together",
                               "password", "Try again, or have a link sent to you");
        TRY(people_forgive_attempts(tx, found->limit, 2));
        if (found->rehash.p)
                TRY(people_password_rehash(tx, found->person, found->rehash));
        return people_enter(tx, from, found->person, "password", false, next, secret, where);
}

/* ---- setting one ---- */

struct own { int64_t person; struct people_person p; struct people_password_row row; bool had; };

static struct err own_in(struct tx *tx, void *in)
{
        struct own *o = in;

        TRY(people_get(tx, o->person, &o->p));
        return people_password_row(tx, o->person, &o->had, &o->row);
}

struct err people_password_prepare(struct app *app, struct arena *a, int64_t person, struct text now,
                                   struct text password, struct people_password_new *out)
{
        struct own o = {.person = person};
        const struct people_limit limit = {"password-own", text_format(a, "%lld", (long long)person),
                MOST_FOR_ACCOUNT};

        TRY(db_read(app->db, a, own_in, &o));
        const struct text known[] = {o.p.email, o.p.first_name, o.p.last_name,
                text_format(a, "%s%s", text_c(a, o.p.first_name), text_c(a, o.p.last_name)),
                text_of(app->config->organisation)};
        const char *wrong = people_password_wrong(a, password, known,
                                                  sizeof known / sizeof known[0]);
        if (wrong)
                return FAIL_AT(ERR_INVALID, wrong, "password", "Think of another one");
        *out = (struct people_password_new) {0};
        if (o.had) {
                TRY(people_count_attempts(app, a, &limit, 1));
                if (text_empty(now) || !right(o.row.hash, now))
                        return FAIL_AT(ERR_INVALID, "This is not your present password",
                                       "password_now", "Try again, or remove it first");
                out->before = o.row.hash;
        }
        return hash(a, password, &out->hash);
}

struct err people_password_set(struct tx *tx, const struct who *who, const struct people_visit *from,
                               const struct people_password_new *made)
{
        struct people_password_row row;
        bool had;

        TRY(people_must_be_fresh(tx, from));
        TRY(people_password_row(tx, who->person, &had, &row));
        if (had != (made->before.p != NULL) || (had && !text_equal(row.hash, made->before)))
                return FAIL(ERR_CONFLICT, "Your password has been changed in the meantime",
                            "Look at the page again");
        TRY(people_password_put(tx, who->person, made->hash, clock_seconds()));
        return people_way_changed(tx, who, from, "password.set", had
                                  ? M_("Your password has been changed, and other devices are signed out")
                                  : M_("A password has been set, and other devices are signed out"),
                                  TEXT_ABSENT);
}

struct err people_password_remove(struct tx *tx, const struct who *who,
                                  const struct people_visit *from)
{
        int64_t changes;

        TRY(people_must_be_fresh(tx, from));
        TRY(people_password_delete(tx, who->person, &changes));
        if (!changes)
                return OK;
        return people_way_changed(tx, who, from, "password.remove",
                                  M_("Your password has been removed, and other devices are signed out"),
                                  TEXT_ABSENT);
}
