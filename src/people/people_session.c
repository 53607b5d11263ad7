/*
 * Signing in: a mailed link gives a session; both are 256 random bits whose hash alone is stored.
 * Everything here is machine time: a demonstration's clock never ends or revives a session.
 */
#include "html/messages.h"
#include "os/clock.h"
#include "os/keys.h"
#include "os/random.h"
#include "os/zone.h"
#include "people/people.sql.h"
#include "people/people_ways.sql.h"
#include "people/people_ways_parts.h"

#include <string.h>

enum { SECRET_BYTES = 32 };

static struct text new_secret(struct arena *a)
{
        unsigned char bytes[SECRET_BYTES];

        random_bytes(bytes, sizeof bytes);
        return base64url_encode(a, bytes, sizeof bytes);
}

static struct text hash_of(struct arena *a, struct text secret)
{
        unsigned char hash[HASH_BYTES];

        keys_hash(secret, hash);
        return (struct text) {arena_dup(a, hash, sizeof hash), sizeof hash};
}

static struct err new_session(struct tx *tx, const struct people_visit *from,
                              struct people_session_insert_in *in, struct text *secret)
{
        *secret = new_secret(tx_arena(tx));
        in->id = random_id();
        in->hash = hash_of(tx_arena(tx), *secret);
        in->now = clock_seconds();
        in->expires = in->now + (in->pending ? PENDING_S : SESSION_S);
        in->agent = text_first_chars(from->agent.p ? from->agent : TEXT(""), 200);
        in->address = text_first_chars(from->ip.p ? from->ip : TEXT(""), 64);
        return people_session_insert(tx, in);
}

/* A secret is never taken over: whoever signs in gets a new one, and the session before it ends. */
struct err people_enter(struct tx *tx, const struct people_visit *from, int64_t person,
                        const char *means, bool strong, struct text next, struct text *secret,
                        struct text *where)
{
        struct people_second second;

        TRY(people_second_of(tx, person, &second));
        bool pending = second.asked && !strong;
        if (from->session.n)
                TRY(people_session_delete_by_hash(tx, from->session));
        TRY(new_session(tx, from, &(struct people_session_insert_in) {
                .person = person, .means = text_of(means), .strong = strong, .pending = pending,
                .next = pending ? people_safe_next(next) : TEXT_ABSENT}, secret));
        TRY(people_tidy_tomorrow(tx));
        *where = pending ? TEXT("/sign-in/second") : people_safe_next(next);
        return pending ? OK : people_landing(tx, person, where);
}

struct err people_fresh(struct tx *tx, const struct people_visit *from, bool *fresh)
{
        struct people_session_state row;

        *fresh = false;
        if (text_empty(from->session))
                return OK;
        TRY(people_session_state(tx, from->session, clock_seconds(), fresh, &row));
        *fresh = *fresh && !row.pending && row.proven_at > clock_seconds() - FRESH_S;
        if (!*fresh || row.strong)
                return OK;
        /* a session from before a second factor was asked for does not get at the ways to sign in */
        struct people_second second;
        TRY(people_second_of(tx, row.person, &second));
        *fresh = !second.asked;
        return OK;
}

struct err people_must_be_fresh(struct tx *tx, const struct people_visit *from)
{
        bool fresh;

        TRY(people_fresh(tx, from, &fresh));
        return fresh ? OK : FAIL(ERR_FORBIDDEN, "You signed in a while ago",
                                 "Show that it is you once more, on the page about how you sign in");
}

struct err people_identify(struct tx *tx, struct text secret, struct who *out)
{
        struct people_session_who row;
        bool found;

        *out = (struct who) {.zone = zone_utc()};
        TRY(people_session_who(tx, hash_of(tx_arena(tx), secret), clock_seconds(), &found, &row));
        if (!found)
                return OK;
        const struct zone *z = zone_find(row.zone);
        unsigned withheld = people_withheld(tx, (unsigned)row.roles, row.strong);
        *out = (struct who) {.person = row.person, .roles = (unsigned)row.roles & ~withheld,
                .withheld = withheld,
                .first_name = row.first_name, .email = row.email,
                             .locale = locale_of(row.locale, LOCALE_EN), .zone = z ? z : zone_utc(),
                             .stale = row.touched_at < clock_seconds() - SESSION_TOUCH_S};
        return OK;
}

struct err people_touch(struct tx *tx, struct text hash)
{
        int64_t now = clock_seconds();

        return people_session_touch(tx, hash, now, now + SESSION_S, SESSION_WHOLE_S, SESSION_STAFF_S,
                                    now - SESSION_TOUCH_S);
}

struct err people_who(struct tx *tx, int64_t person, struct who *out)
{
        struct people_person p;
        struct people_person_roles roles;

        TRY(people_get(tx, person, &p));
        TRY(people_person_roles(tx, person, &roles));
        *out = (struct who) {.person = person, .roles = (unsigned)roles.roles,
                .first_name = p.first_name, .email = p.email,
                             .locale = p.locale, .zone = p.zone, .by_link = true};
        return OK;
}

struct err people_sign_in_path(struct tx *tx, int64_t person, struct text next, int64_t seconds,
                               struct text *path)
{
        struct text secret = new_secret(tx_arena(tx));
        int64_t now = clock_seconds();

        *path = text_format(tx_arena(tx), "/sign-in/%s", secret.p);
        return people_link_insert(tx, hash_of(tx_arena(tx), secret), person, now, now + seconds,
                                  next);
}

struct err people_link_open(struct tx *tx, struct text secret, bool use, int64_t *person,
                            struct text *next)
{
        struct text hash = hash_of(tx_arena(tx), secret);
        struct people_link_row row;
        int64_t changes;
        bool found;

        TRY(people_link_row(tx, hash, &found, &row));
        if (!found)
                return FAIL(ERR_ABSENT, "This link is not one of ours",
                            "Ask for a new one on the sign-in page");
        if (row.used_at.has)
                return FAIL(ERR_CONFLICT, "This link has been used already",
                            "Ask for a new one on the sign-in page");
        if (row.expires_at <= clock_seconds())
                return FAIL(ERR_CONFLICT, "This link has run out",
                            "Ask for a new one on the sign-in page");
        *person = row.person;
        *next = people_safe_next(row.next);
        if (!use)
                return OK;
        TRY(people_link_use(tx, hash, clock_seconds(), &changes));
        return changes == 1 ? OK : FAIL(ERR_CONFLICT, "This link has been used already",
                                        "Ask for a new one on the sign-in page");
}

/* "//evil.example" and "/\evil" are no paths of ours. */
struct text people_safe_next(struct text next)
{
        if (next.n < 2 || next.p[0] != '/' || next.p[1] == '/' || next.p[1] == '\\' || next.n > 500)
                return TEXT("/home");
        for (size_t i = 0; i < next.n; i++)
                if ((unsigned char)next.p[i] <= ' ' || next.p[i] == '\\')
                        return TEXT("/home");
        return next;
}

struct err people_attempt(struct tx *tx, const char *what, struct text whom, int64_t window,
                          int64_t most)
{
        int64_t now = clock_seconds();
        struct people_attempt_count row;

        TRY(people_attempt_count(tx, text_of(what), hash_of(tx_arena(tx), whom),
                                 now - now % window, &row));
        return row.n <= most ? OK : FAIL(ERR_LIMIT, "That was asked for too often",
                                         "Wait a quarter of an hour and try again");
}
