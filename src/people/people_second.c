/*
 * The second factor: codes from an app, codes for the day that app is lost, or a passkey.  Whoever has codes is asked for one
 * after a link or a password; of coordinators and administrators an installation may require to have one.
 */
#include "base/app.h"
#include "os/clock.h"
#include "os/config.h"
#include "os/keys.h"
#include "os/random.h"
#include "people/people.sql.h"
#include "people/people_code_rules.h"
#include "people/people_ways.sql.h"
#include "people/people_ways_parts.h"

#include <sodium.h>
#include <string.h>

enum {
        NONCE = crypto_secretbox_NONCEBYTES, TAG = crypto_secretbox_MACBYTES,
        SEALED = NONCE + TAG + CODE_SECRET_BYTES,
        SALT = 16,
        SETUP_S = 3600,
};

/* ---- who is asked ---- */

unsigned people_withheld(struct tx *tx, unsigned roles, bool strong)
{
        if (strong || !tx_app(tx)->config->second_factor_required || db_purpose(tx_db(tx)) == DB_DEMO)
                return 0;
        return roles & (ROLE_COORDINATOR | ROLE_ADMINISTRATOR);
}

struct err people_second_of(struct tx *tx, int64_t person, struct people_second *out)
{
        struct people_authenticator_row app;
        struct people_passkey_list_list keys;
        struct people_recovery_open_list codes;
        struct people_person_roles roles;

        *out = (struct people_second) {0};
        TRY(people_person_roles(tx, person, &roles));
        TRY(people_authenticator_row(tx, person, &out->app, &app));
        TRY(people_passkey_list(tx, person, &keys));
        TRY(people_recovery_open(tx, person, &codes));
        out->required = people_withheld(tx, (unsigned)roles.roles, false) != 0;
        out->passkeys = (int64_t)keys.n;
        out->codes = (int64_t)codes.n;
        out->asked = out->app || (out->required && keys.n);
        out->missing = out->required && !out->asked;
        return OK;
}

struct err people_second_who(struct tx *tx, const struct people_visit *from, int64_t *person,
                             bool *pending)
{
        struct people_session_state row = {0};
        struct people_second second;
        bool found = false;

        if (from->session.n)
                TRY(people_session_state(tx, from->session, clock_seconds(), &found, &row));
        if (found && !row.pending) {
                TRY(people_second_of(tx, row.person, &second));
                found = second.required && !row.strong;
        }
        if (!found)
                return FAIL(ERR_CONFLICT, "Nothing is waiting for a second proof here", "Sign in from the beginning");
        *person = row.person;
        *pending = row.pending;
        return OK;
}

struct err people_second_done(struct tx *tx, const struct people_visit *from, struct text *secret,
                              struct text *where)
{
        struct people_session_state row;
        bool found;

        TRY(people_session_state(tx, from->session, clock_seconds(), &found, &row));
        must(found);            /* people_second_who() has seen it in this transaction */
        return people_enter(tx, from, row.person, text_c(tx_arena(tx), row.means), true, row.next,
                            secret, where);
}

/* ---- secrets at rest ---- */

static struct text seal(struct tx *tx, struct text secret)
{
        unsigned char key[KEY_BYTES], *p = arena_alloc(tx_arena(tx), SEALED);

        keys_derive(tx_app(tx)->keys, KEY_AUTHENTICATOR, key);
        random_bytes(p, NONCE);
        must(crypto_secretbox_easy(p + NONCE, (const unsigned char *)secret.p, secret.n, p, key) == 0);
        sodium_memzero(key, sizeof key);
        return (struct text) {(char *)p, SEALED};
}

static bool open_with(const unsigned char *key, struct text sealed, unsigned char *out)
{
        const unsigned char *p = (const unsigned char *)sealed.p;

        return crypto_secretbox_open_easy(out, p + NONCE, sealed.n - NONCE, p, key) == 0;
}

/* With the key of now, or the one before: each use seals it anew. */
static bool unseal(struct tx *tx, struct text sealed, struct text *secret)
{
        unsigned char key[KEY_BYTES], *out = arena_alloc(tx_arena(tx), CODE_SECRET_BYTES);

        if (sealed.n != SEALED)
                return false;
        keys_derive(tx_app(tx)->keys, KEY_AUTHENTICATOR, key);
        bool ok = open_with(key, sealed, out);
        if (!ok && keys_derive_previous(tx_app(tx)->keys, KEY_AUTHENTICATOR, key))
                ok = open_with(key, sealed, out);
        sodium_memzero(key, sizeof key);
        *secret = (struct text) {(char *)out, CODE_SECRET_BYTES};
        return ok;
}

/* ---- setting up: what the page shows is stored only once a code proves that the app has it ---- */

struct text people_app_token(const struct app *app, struct arena *a, int64_t person)
{
        return token_make(app->keys, a, &(struct token) {
                .purpose = TOKEN_AUTHENTICATOR, .a = person, .b = people_nonce(),
                .expires = clock_seconds() + SETUP_S});
}

struct err people_app_secret(const struct app *app, struct arena *a, int64_t person,
                             struct text token, struct text *secret)
{
        unsigned char key[KEY_BYTES], *p = arena_alloc(a, CODE_SECRET_BYTES);
        struct token t;

        struct err e = token_read(app->keys, token, TOKEN_AUTHENTICATOR, &t);
        if (failed(e) || t.a != person)
                return FAIL(ERR_CONFLICT, "This page has been open for too long", "Begin again with a new secret");
        keys_derive(app->keys, TOKEN_AUTHENTICATOR, key);
        must(crypto_generichash(p, CODE_SECRET_BYTES, (const unsigned char *)token.p, token.n, key, sizeof key) == 0);
        *secret = (struct text) {(char *)p, CODE_SECRET_BYTES};
        return OK;
}

/* ---- codes for recovery ---- */

static struct text salted(struct arena *a, struct text salt, struct text plain)
{
        unsigned char *hash = arena_alloc(a, HASH_BYTES);

        must(crypto_generichash(hash, HASH_BYTES, (const unsigned char *)plain.p, plain.n,
                                (const unsigned char *)salt.p, salt.n) == 0);
        return (struct text) {(char *)hash, HASH_BYTES};
}

static struct err make_codes(struct tx *tx, int64_t person, struct text codes[RECOVERY_CODES])
{
        struct arena *a = tx_arena(tx);

        TRY(people_recovery_delete_all(tx, person));
        for (int i = 0; i < RECOVERY_CODES; i++) {
                unsigned char bytes[RECOVERY_BYTES], *s = arena_alloc(a, SALT);
                struct text salt = {(char *)s, SALT};

                random_bytes(bytes, sizeof bytes);
                random_bytes(s, SALT);
                codes[i] = people_recovery_words(a, bytes);
                TRY(people_recovery_insert(tx, random_id(), person, salt,
                                           salted(a, salt, people_code_plain(a, codes[i])),
                                           clock_seconds()));
        }
        return OK;
}

struct err people_recovery_renew(struct tx *tx, const struct who *who,
                                 const struct people_visit *from, struct text codes[RECOVERY_CODES])
{
        struct people_second second;

        TRY(people_must_be_fresh(tx, from));
        TRY(people_second_of(tx, who->person, &second));
        if (!second.app)
                return FAIL(ERR_CONFLICT, "Recovery codes belong to codes from an app", "Turn those on first");
        TRY(make_codes(tx, who->person, codes));
        return people_way_changed(tx, who, from, "recovery.make",
                                  M_("You have new recovery codes; the old ones no longer work, and other devices are signed out"),
                                  TEXT_ABSENT);
}

static struct err use_recovery(struct tx *tx, int64_t person, struct text plain, bool *right)
{
        struct people_recovery_open_list list;
        int64_t changes;

        *right = false;
        TRY(people_recovery_open(tx, person, &list));
        for (size_t i = 0; i < list.n && !*right; i++) {
                struct text hash = salted(tx_arena(tx), list.row[i].salt, plain);
                if (hash.n != list.row[i].hash.n || !keys_same(hash.p, list.row[i].hash.p, hash.n))
                        continue;
                TRY(people_recovery_use(tx, list.row[i].id, clock_seconds(), &changes));
                *right = changes == 1;
        }
        return OK;
}

/* ---- codes from an app ---- */

static struct err wrong_code(void)
{
        return FAIL_AT(ERR_INVALID, "This code is not right, or it has been used", "code",
                       "Wait for the next one, and check that the clock of your device is right");
}

struct err people_app_add(struct tx *tx, const struct who *who, const struct people_visit *from,
                          struct text token, struct text code, struct text codes[RECOVERY_CODES])
{
        struct text secret;

        TRY(people_must_be_fresh(tx, from));
        TRY(people_app_secret(tx_app(tx), tx_arena(tx), who->person, token, &secret));
        int64_t step = people_code_step(secret, people_code_plain(tx_arena(tx), code), clock_seconds(), 0);
        if (!step)
                return wrong_code();
        TRY(people_authenticator_put(tx, who->person, seal(tx, secret), step, clock_seconds()));
        TRY(make_codes(tx, who->person, codes));
        TRY(people_session_strengthen(tx, from->session));
        return people_way_changed(tx, who, from, "app.add",
                                  M_("Signing in asks for a code from your app now, and other devices are signed out"),
                                  TEXT_ABSENT);
}

struct err people_app_remove(struct tx *tx, const struct who *who, const struct people_visit *from)
{
        int64_t changes;

        TRY(people_must_be_fresh(tx, from));
        TRY(people_authenticator_delete(tx, who->person, &changes));
        TRY(people_recovery_delete_all(tx, who->person));
        if (!changes)
                return OK;
        return people_way_changed(tx, who, from, "app.remove",
                                  M_("Signing in no longer asks for a code from your app, and other devices are signed out"),
                                  TEXT_ABSENT);
}

struct err people_second_code(struct tx *tx, const struct people_visit *from, int64_t person,
                              struct text code)
{
        struct text secret, plain = people_code_plain(tx_arena(tx), code);
        struct people_authenticator_row app;
        int64_t step = 0, changes;
        bool found, right;
        struct who who;

        TRY(people_authenticator_row(tx, person, &found, &app));
        if (found && unseal(tx, app.secret, &secret))
                step = people_code_step(secret, plain, clock_seconds(), app.last_step);
        if (step) {
                TRY(people_authenticator_step(tx, person, seal(tx, secret), step, &changes));
                return changes ? OK : wrong_code();
        }
        TRY(use_recovery(tx, person, plain, &right));
        if (!right)
                return wrong_code();
        TRY(people_who(tx, person, &who));
        return people_way_changed(tx, &who, from, "recovery.use",
                                  M_("One of your recovery codes was used to sign in, and other devices are signed out"),
                                  TEXT_ABSENT);
}

/* ---- lost ---- */

struct err people_reset_second(struct tx *tx, const struct who *who, int64_t person)
{
        struct who them;
        int64_t changes;

        if (!who_has(who, ROLE_SYSTEM))
                return FAIL(ERR_FORBIDDEN, "This is done on the machine itself", "Run: telemachus admin reset-second-factor");
        TRY(people_who(tx, person, &them));
        TRY(people_authenticator_delete(tx, person, &changes));
        TRY(people_recovery_delete_all(tx, person));
        TRY(people_passkey_delete_all(tx, person));
        TRY(people_audit(tx, who, "second.reset", person, 0, ""));
        return people_way_changed(tx, &them, &(struct people_visit) {0}, "second.gone",
                                  M_("Your second factor and your passkeys have been removed by an administrator, and all devices are signed out"),
                                  TEXT_ABSENT);
}
