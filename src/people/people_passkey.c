/*
 * Passkeys (WebAuthn).  A challenge is a signed token with an end, so a page that asks for one writes nothing; answering uses
 * it up.  Only passkeys that verify their owner (by a PIN, a finger, a face) are taken, which is why one counts as two factors.
 */
#include "base/app.h"
#include "base/log.h"
#include "os/clock.h"
#include "os/config.h"
#include "os/keys.h"
#include "os/random.h"
#include "people/people.sql.h"
#include "people/people_passkey_seal.h"
#include "people/people_ways.sql.h"
#include "people/people_ways_parts.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { CHALLENGE_S = 5 * 60, HANDLE = 8 };

/* ---- what a browser is asked for ---- */

/* Our id of a person, which their passkey keeps and gives back. */
static struct text handle_of(struct arena *a, int64_t person)
{
        unsigned char bytes[HANDLE];

        for (int i = 0; i < HANDLE; i++)
                bytes[i] = (unsigned char)((uint64_t)person >> (56 - 8 * i));
        return (struct text) {arena_dup(a, bytes, HANDLE), HANDLE};
}

static json_t *known_keys(struct arena *a, const struct people_passkey_list_list *keys)
{
        json_t *list = json_array();

        for (size_t i = 0; i < keys->n; i++)
                json_array_append_new(list, json_pack("{s:s,s:s}", "type", "public-key", "id",
                        base64url_encode(a, keys->row[i].credential.p, keys->row[i].credential.n).p));
        return list;
}

static json_t *to_add(struct arena *a, const struct app *app, const struct people_person *p,
                      struct text id)
{
        return json_pack("{s:{s:s,s:s},s:{s:s,s:s,s:s},s:[{s:s,s:i},{s:s,s:i},{s:s,s:i}],s:{s:s,s:b,s:s},s:s}",
                         "rp", "id", id.p, "name", app->config->organisation,
                         "user", "id", base64url_encode(a, handle_of(a, p->id).p, HANDLE).p,
                         "name", text_c(a, p->email), "displayName", text_c(a, p->first_name),
                         "pubKeyCredParams", "type", "public-key", "alg", -7, "type", "public-key", "alg", -8,
                         "type", "public-key", "alg", -257,
                         "authenticatorSelection", "residentKey", "required", "requireResidentKey", 1,
                         "userVerification", "required", "attestation", "none");
}

struct err people_passkey_options(struct tx *tx, enum people_ceremony what, int64_t person,
                                  struct text *json)
{
        const struct app *app = tx_app(tx);
        struct arena *a = tx_arena(tx);
        struct people_passkey_list_list keys = {0};
        struct people_person p = {0};
        struct text origin, id;

        if (!people_origin_of(a, app->config->base_url, &origin, &id))
                return FAIL(ERR_BROKEN, "Passkeys need an address of this site", "Set base_url in the configuration");
        if (person) {
                TRY(people_get(tx, person, &p));
                TRY(people_passkey_list(tx, person, &keys));
        }
        json_t *o = what == CEREMONY_ADD ? to_add(a, app, &p, id)
                : json_pack("{s:s,s:s}", "rpId", id.p, "userVerification", "required");
        struct text challenge = token_make(app->keys, a, &(struct token) {
                .purpose = TOKEN_CHALLENGE, .kind = (uint16_t)what, .a = person, .b = people_nonce(),
                .expires = clock_seconds() + CHALLENGE_S});
        must(o);
        json_object_set_new(o, "challenge", json_pack("s", challenge.p));       /* json_string() is base/json.h's here */
        json_object_set_new(o, "timeout", json_integer(CHALLENGE_S * 1000));
        json_object_set_new(o, what == CEREMONY_ADD ? "excludeCredentials" : "allowCredentials", known_keys(a, &keys));
        char *s = json_dumps(o, JSON_COMPACT);
        json_decref(o);
        must(s);
        *json = text_copy(a, text_of(s));
        free(s);
        return OK;
}

/* ---- what it answers ---- */

static struct err unfit(const char *why)
{
        struct err e = FAIL(ERR_INVALID, "The passkey could not be used", "Try again, or choose another way to sign in");

        e.detail = why;
        return e;
}

/* The browser did what we asked it for, here, a short while ago. */
static struct err check_client(const struct app *app, struct arena *a, const char *type,
                               enum people_ceremony what, struct text client_data, struct text *id,
                               struct text *challenge, int64_t *person)
{
        struct people_client_data c;
        struct text origin;
        struct token t;

        if (!people_client_data_read(a, client_data, &c) || !text_is(c.type, type) || c.cross_origin)
                return unfit("client data");
        if (!people_origin_of(a, app->config->base_url, &origin, id) || !text_equal(origin, c.origin))
                return unfit("origin");
        struct err e = token_read(app->keys, c.challenge, TOKEN_CHALLENGE, &t);
        if (err_is(e, ERR_CONFLICT))
                return FAIL(ERR_INVALID, "That took too long", "Try again");
        if (failed(e) || t.kind != what)
                return unfit("challenge");
        *challenge = c.challenge;
        *person = t.a;
        return OK;
}

struct err people_passkey_read(const struct app *app, struct arena *a, int64_t person,
                               struct text client_data, struct text attestation,
                               struct people_passkey_new *out)
{
        struct text json, cbor, id;
        struct people_attestation at;
        struct people_passkey_key key;
        int64_t asked;

        if (!base64url_decode(a, client_data, &json) || !base64url_decode(a, attestation, &cbor))
                return unfit("base64");
        TRY(check_client(app, a, "webauthn.create", CEREMONY_ADD, json, &id, &out->challenge, &asked));
        if (asked != person)
                return unfit("somebody else's challenge");
        if (!people_attestation_read(cbor, &at) || !people_passkey_made(a, id, json, &at, &key))
                return unfit("attestation");
        out->credential = key.credential;
        out->public_key = key.public_key;
        out->algorithm = key.algorithm;
        out->sign_count = key.sign_count;
        return OK;
}

struct looking { struct text credential; struct people_passkey_by_credential row; bool found, may; };

static struct err look_in(struct tx *tx, void *in)
{
        struct looking *l = in;

        TRY(people_passkey_by_credential(tx, l->credential, &l->found, &l->row));
        return l->found ? people_may_sign_in(tx, l->row.person, &l->may) : OK;
}

struct err people_passkey_verify(struct app *app, struct arena *a, enum people_ceremony what,
                                 const struct people_passkey_answer *answer,
                                 struct people_passkey_shown *out)
{
        struct text json, data, signature, handle, id;
        struct looking l = {0};
        int64_t asked, count;

        if (!base64url_decode(a, answer->credential, &l.credential) || l.credential.n > CREDENTIAL_MOST ||
            !base64url_decode(a, answer->client_data, &json) ||
            !base64url_decode(a, answer->authenticator_data, &data) ||
            !base64url_decode(a, answer->signature, &signature))
                return unfit("base64");
        TRY(check_client(app, a, "webauthn.get", what, json, &id, &out->challenge, &asked));
        TRY(db_read(app->db, a, look_in, &l));
        if (!l.found || !l.may || (asked && asked != l.row.person))
                return FAIL(ERR_INVALID, "This passkey is not known here",
                            "It may have been removed; choose another way to sign in");
        if (!text_empty(answer->user_handle) &&
            (!base64url_decode(a, answer->user_handle, &handle) || !text_equal(handle, handle_of(a, l.row.person))))
                return unfit("user handle");
        const struct people_passkey_key key = {.credential = l.credential, .public_key = l.row.public_key,
                .algorithm = l.row.algorithm};
        if (!people_passkey_signed(id, json, data, signature, &key, &count))
                return unfit("signature");
        out->person = l.row.person;
        out->passkey = l.row.id;
        out->sign_count = count;
        return OK;
}

/* ---- what is kept ---- */

static struct err use_challenge(struct tx *tx, struct text challenge)
{
        unsigned char hash[HASH_BYTES];
        int64_t changes;

        keys_hash(challenge, hash);
        TRY(people_challenge_insert(tx, (struct text) {(char *)hash, sizeof hash},
                                    clock_seconds() + CHALLENGE_S, &changes));
        return changes ? OK : FAIL(ERR_INVALID, "This answer has been used already", "Try again");
}

struct err people_passkey_use(struct tx *tx, const struct people_visit *from,
                              const struct people_passkey_shown *shown, bool *step)
{
        struct people_person p;
        int64_t changes;

        TRY(use_challenge(tx, shown->challenge));
        TRY(people_passkey_used(tx, shown->passkey, shown->sign_count, clock_seconds(), &changes));
        *step = changes == 1;
        if (*step)
                return OK;
        log_write(LOG_WARN, "people.passkey_counter person=%lld passkey=%lld count=%lld", (long long)shown->person,
                  (long long)shown->passkey, (long long)shown->sign_count);
        TRY(people_get(tx, shown->person, &p));
        return people_tell(tx, &p, from,
                           M_("Somebody tried to sign in with a passkey of yours whose counter has not moved on: there may be a copy of it. Remove it if you are not sure"),
                           TEXT_ABSENT);
}

struct err people_passkey_add(struct tx *tx, const struct who *who, const struct people_visit *from,
                              const struct people_passkey_new *made, struct text name)
{
        struct people_passkey_list_list list;
        int64_t changes;

        TRY(people_must_be_fresh(tx, from));
        TRY(use_challenge(tx, made->challenge));
        TRY(people_passkey_list(tx, who->person, &list));
        if (list.n >= PASSKEYS_MOST)
                return FAIL(ERR_INVALID, "Twenty passkeys are the most", "Remove one first");
        TRY(people_passkey_insert(tx, &(struct people_passkey_insert_in) {
                .id = random_id(), .person = who->person, .credential = made->credential,
                .algorithm = made->algorithm, .public_key = made->public_key,
                .sign_count = made->sign_count, .name = name, .now = clock_seconds()}, &changes));
        if (!changes)
                return FAIL(ERR_INVALID, "This passkey is known here already", "Use it, or make another one");
        TRY(people_session_strengthen(tx, from->session));
        return people_way_changed(tx, who, from, "passkey.add",
                                  M_("A passkey has been added, and other devices are signed out"),
                                  TEXT_ABSENT);
}

struct err people_passkey_remove(struct tx *tx, const struct who *who,
                                 const struct people_visit *from, int64_t passkey)
{
        int64_t changes;

        TRY(people_must_be_fresh(tx, from));
        TRY(people_passkey_delete(tx, passkey, who->person, &changes));
        if (!changes)
                return FAIL(ERR_ABSENT, "This is not one of your passkeys", "Go back to the list");
        return people_way_changed(tx, who, from, "passkey.remove",
                                  M_("A passkey has been removed, and other devices are signed out"),
                                  TEXT_ABSENT);
}
