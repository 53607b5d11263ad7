/* What all ways to sign in share: attempts are counted, and whoever it concerns is told of a change. */
#include "base/app.h"
#include "html/html.h"
#include "mail/mail.h"
#include "os/clock.h"
#include "os/config.h"
#include "os/keys.h"
#include "os/random.h"
#include "people/people.sql.h"
#include "people/people_changed.mail.h"
#include "people/people_view.h"
#include "people/people_ways.sql.h"
#include "people/people_ways_parts.h"

enum { WINDOW_S = 15 * 60 };

/* ---- counting ---- */

struct counting { const struct people_limit *limit; size_t n; bool full; };

static struct text hash_of(struct arena *a, struct text whom)
{
        unsigned char hash[HASH_BYTES];

        keys_hash(whom.p ? whom : TEXT("?"), hash);
        return (struct text) {arena_dup(a, hash, sizeof hash), sizeof hash};
}

static int64_t window_now(void)
{
        int64_t now = clock_seconds();

        return now - now % WINDOW_S;
}

static struct err too_often(void)
{
        return FAIL(ERR_LIMIT, "That was tried too often",
                    "Wait a quarter of an hour, or use another way to sign in");
}

static struct err look_in(struct tx *tx, void *in)
{
        struct counting *c = in;

        for (size_t i = 0; i < c->n; i++) {
                struct people_attempts_so_far row;
                bool found;

                TRY(people_attempts_so_far(tx, text_of(c->limit[i].what),
                                           hash_of(tx_arena(tx), c->limit[i].whom), window_now(),
                                           &found, &row));
                c->full |= found && row.n >= c->limit[i].most;
        }
        return OK;
}

static struct err count_in(struct tx *tx, void *in)
{
        struct counting *c = in;

        TRY(people_tidy_tomorrow(tx));
        for (size_t i = 0; i < c->n; i++) {
                struct people_attempt_count row;

                TRY(people_attempt_count(tx, text_of(c->limit[i].what),
                                         hash_of(tx_arena(tx), c->limit[i].whom), window_now(),
                                         &row));
                c->full |= row.n > c->limit[i].most;
        }
        return OK;
}

/* A flood is turned away by reading alone. The count stays whatever becomes of the attempt. */
struct err people_count_attempts(struct app *app, struct arena *a, const struct people_limit *limits,
                                 size_t n)
{
        struct counting c = {.limit = limits, .n = n};

        TRY(db_read(app->db, a, look_in, &c));
        if (!c.full)
                TRY(db_write(app->db, a, count_in, &c));
        return c.full ? too_often() : OK;
}

struct err people_forgive_attempts(struct tx *tx, const struct people_limit *limits, size_t n)
{
        for (size_t i = 0; i < n; i++)
                TRY(people_attempt_take_back(tx, text_of(limits[i].what),
                                             hash_of(tx_arena(tx), limits[i].whom), window_now()));
        return OK;
}

int64_t people_nonce(void)
{
        uint64_t n;

        random_bytes(&n, sizeof n);
        return (int64_t)(n >> 1);
}

/* ---- telling ---- */

struct err people_tell(struct tx *tx, const struct people_person *p, const struct people_visit *from,
                       const char *what, struct text address)
{
        struct out o = out_new(tx_arena(tx), 1024);
        struct page pg = {.out = &o, .locale = p->locale, .zone = p->zone, .now = tx_now(tx)};
        struct people_changed_letter v = {
                .first_name = p->first_name, .what = what, .at = clock_seconds(),
                .device = people_agent_words(tx_arena(tx), from->agent), .address = from->ip,
                .url = text_format(tx_arena(tx), "%s/me/security", tx_app(tx)->config->base_url)};
        struct letter_text words;
        int64_t id;

        people_changed_mail(&pg, &words, &v);
        return mail_post(tx, &(struct letter) {
                .to = p->id, .address = address.p ? address : p->email, .name = p->first_name,
                .locale = p->locale, .class = MAIL_EVENT, .rule = "security",
                .anchor = text_format(tx_arena(tx), "%lld", (long long)random_id()),
                .subject = words.subject, .body = words.body}, &id);
}

struct err people_way_changed(struct tx *tx, const struct who *who, const struct people_visit *from,
                              const char *act, const char *what, struct text address)
{
        struct people_person p;

        TRY(people_get(tx, who->person, &p));
        TRY(people_session_delete_others(tx, p.id, from->session.n ? from->session : TEXT("")));
        TRY(people_audit(tx, who, act, p.id, 0, ""));
        return people_tell(tx, &p, from, what, address);
}
