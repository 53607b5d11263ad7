#include "mail/mail.h"

#include "base/log.h"
#include "html/messages.h"
#include "mail/mail.sql.h"
#include "mail/mail_parts.h"
#include "mail/mail_trouble.h"
#include "os/clock.h"
#include "os/config.h"
#include "os/file.h"
#include "os/random.h"

#include <stdio.h>
#include <string.h>

enum { BATCH = 20, LEASE_S = 300, MOST_TRIES = 12, FIRST_WAIT_S = 60, LONGEST_WAIT_S = 6 * 3600, HOUR_S = 3600,
       FULL_TRIES = 9, FULL_WAIT_S = 8 * 3600, RELAY_KEEPS_S = 5 * 86400, BOUNCE_BELIEVED_S = 3 * 86400 };

const char *mail_class_name(enum mail_class class)
{
        switch (class) {
        case MAIL_EVENT: return "event";
        case MAIL_PROGRAMME: return "programme";
        case MAIL_STAFF: return "staff";
        }
        must(!"a mail class outside its enum");
}

static enum mail_class class_of(struct text name)
{
        return text_is(name, "programme") ? MAIL_PROGRAMME : text_is(name, "staff") ? MAIL_STAFF : MAIL_EVENT;
}

static const char *domain_of(const struct config *c)
{
        const char *at = strrchr(c->mail_from, '@');

        return *c->mail_reply_domain ? c->mail_reply_domain : at ? at + 1 : "localhost";
}

struct err mail_post(struct tx *tx, const struct letter *l, int64_t *id)
{
        struct arena *a = tx_arena(tx);
        int64_t row = random_id();
        int64_t changes, held;
        struct text message_id = text_format(a, "%lld.%s@%s", (long long)row, l->rule, domain_of(tx_app(tx)->config));

        TRY(mail_held_until(tx, l, &held));
        TRY(mail_insert(tx, &(struct mail_insert_in) {
                .id = row, .person = l->to, .cohort = l->cohort, .address = l->address,
                .name = l->name.p ? l->name : TEXT(""), .locale = text_of(locale_tag(l->locale)),
                .class = text_of(mail_class_name(l->class)), .rule = text_of(l->rule), .anchor = l->anchor,
                .subject = l->subject, .body = l->body, .from_name = l->from_name, .reply_to = l->reply_to,
                .unsubscribe = l->unsubscribe, .message_id = message_id, .created_at = tx_now(tx),
                .next_try = clock_seconds(), .act = tx_act(tx), .held_until = held}, &changes));
        *id = changes ? row : 0;
        return OK;
}

struct err mail_queued(struct tx *tx, bool refused, struct mail_queued *out)
{
        struct mail_queue_size size;
        struct mail_queue_error last = {0};
        bool found;

        TRY(mail_queue_size(tx, refused, &size));
        TRY(mail_queue_error(tx, &found, &last));
        *out = (struct mail_queued) {.n = size.n, .since = size.since, .error = last.error};
        return OK;
}

static struct letter letter_of(const struct mail_lease *m)
{
        return (struct letter) {
                .to = m->person, .address = m->address, .name = m->name, .locale = locale_of(m->locale, LOCALE_EN),
                .class = class_of(m->class), .rule = m->rule.p, .anchor = m->anchor, .subject = m->subject,
                .body = m->body, .from_name = m->from_name, .reply_to = m->reply_to, .unsubscribe = m->unsubscribe,
                .cohort = m->cohort};
}

/* ---- sending ---- */

static int64_t reserve_of(int64_t limit) { return limit / 10; }

struct err mail_quota(struct tx *tx, struct mail_quota *out)
{
        int64_t machine = clock_seconds();
        struct mail_sent_since sent = {0};
        struct mail_waiting waiting;

        out->limit = tx_app(tx)->config->mails_per_hour;
        if (out->limit)
                TRY(mail_sent_since(tx, machine - HOUR_S, &sent));
        TRY(mail_waiting(tx, machine, &waiting));
        out->sent = sent.n;
        out->waiting = waiting.n;
        out->full = out->limit && out->sent >= out->limit - reserve_of(out->limit);
        return OK;
}

struct lease {
        struct mail_lease_list list;
        struct mail_quota quota;
        bool counted;                   /* a server takes them, so the hour's quota holds */
        int64_t machine;
        int most;
};

static struct err take_lease(struct tx *tx, void *in)
{
        struct lease *l = in;
        int64_t most = l->most;

        l->machine = clock_seconds();
        l->list = (struct mail_lease_list) {0};
        l->quota = (struct mail_quota) {0};
        if (l->counted)
                TRY(mail_quota(tx, &l->quota));
        if (l->quota.limit) {
                int64_t left = l->quota.limit - l->quota.sent - (l->quota.full ? 0 : reserve_of(l->quota.limit));
                most = left < most ? left : most;
        }
        if (most <= 0)
                return OK;
        return mail_lease(tx, l->machine, l->machine + LEASE_S, tx_now(tx), most, !l->quota.full, &l->list);
}

/* Once an hour is often enough: it stands on the desk as well. */
static void tell_quota(struct mail_sender *sender, const struct mail_quota *q)
{
        if (q->full && q->waiting && mail_sender_may_tell(sender, clock_seconds(), HOUR_S))
                log_write(LOG_WARN, "mail.quota limit=%lld sent=%lld waiting=%lld", (long long)q->limit, (long long)q->sent,
                          (long long)q->waiting);
}

struct outcome { const struct mail_lease *mail; struct err err; enum mail_failure failure; struct text said; };

static int64_t wait_after(int64_t tries)
{
        int64_t wait = FIRST_WAIT_S;

        while (--tries > 0 && wait < LONGEST_WAIT_S)
                wait *= 3;
        return wait < LONGEST_WAIT_S ? wait : LONGEST_WAIT_S;
}

/* How long until it is tried again; 0: not again by itself. */
static int64_t again_after(const struct outcome *o, int64_t now)
{
        const struct mail_lease *m = o->mail;

        switch (o->failure) {
        case MAIL_UNKNOWN: case MAIL_REFUSED: return 0;
        case MAIL_FULL: return m->tries < FULL_TRIES ? FULL_WAIT_S : 0;
        case MAIL_TEMPORARY: return m->tries < MOST_TRIES ? wait_after(m->tries) : 0;
        /* no fault of this mail: it keeps for days */
        case MAIL_RELAY: return now - m->created_at < RELAY_KEEPS_S ? wait_after(m->tries < 3 ? m->tries : 3) : 0;
        }
        must(!"a failure outside its enum");
}

static struct err record_failure(struct tx *tx, const struct outcome *o)
{
        const struct mail_lease *m = o->mail;
        int64_t wait = again_after(o, tx_now(tx));
        struct text error = text_of(o->err.detail ? o->err.detail : o->err.what);

        TRY(mail_note(tx, o->failure == MAIL_RELAY ? TEXT("") : m->address, m->person, o->failure, "answer", o->said));
        return mail_mark_failed(tx, m->id, clock_seconds() + (wait ? wait : LONGEST_WAIT_S), text_of(wait ? "queued" : "failed"),
                                error, text_of(mail_failure_word(o->failure)));
}

static struct err record(struct tx *tx, void *in)
{
        const struct outcome *o = in;

        if (failed(o->err))
                return record_failure(tx, o);
        TRY(mail_trouble_over(tx, o->mail->address, tx_now(tx) - BOUNCE_BELIEVED_S));
        return mail_mark_sent(tx, o->mail->id, clock_seconds());
}

/* The server went away: the others of this batch need not wait for their lease to run out. */
static struct err hand_back(struct tx *tx, void *in)
{
        const struct lease *l = in;

        for (size_t i = 0; i < l->list.n; i++)
                TRY(mail_hand_back(tx, l->list.row[i].id, clock_seconds() + FIRST_WAIT_S));
        return OK;
}

/* Without an SMTP server a mail is a file, so that nothing is lost and everything can be read. */
static struct err keep_as_file(const struct app *app, struct arena *a, int64_t id, struct text message)
{
        struct text folder = text_format(a, "%s/mail", app->config->data);

        TRY(file_make_folder(folder.p));
        TRY(file_room(folder.p, app->config->disk_reserve_mb));
        return file_write(text_format(a, "%s/%lld.eml", folder.p, (long long)id).p, message, 0600);
}

static struct err deliver(struct app *app, struct mail_sender *sender, struct arena *a, const struct mail_lease *m)
{
        struct text message;
        struct letter l = letter_of(m);

        TRY(mail_compose(a, app, &l, m->message_id, m->created_at, &message));
        if (!sender)
                return keep_as_file(app, a, m->id, message);
        return mail_send(sender, a, text_of(app->config->mail_from), m->address, message);
}

static struct outcome try_one(struct app *app, struct mail_sender *sender, struct arena *a, const struct mail_lease *m)
{
        struct outcome o = {.mail = m, .err = deliver(app, sender, a, m), .said = TEXT("")};

        if (!failed(o.err)) {
                log_write(LOG_DEBUG, "mail.sent id=%lld rule=%s", (long long)m->id, m->rule.p);
                return o;
        }
        log_err(LOG_WARN, "mail.failed", o.err);
        if (sender) {
                int code = mail_sender_answer(sender, &o.said);
                o.failure = mail_judge(code, o.said);
        } else {
                o.failure = MAIL_RELAY;
        }
        return o;
}

static struct err flush_batch(struct app *app, struct mail_sender *sender, struct arena *a, struct lease *l, int *sent, bool *away)
{
        for (size_t i = 0; i < l->list.n; i++) {
                struct arena_mark mark = arena_mark(a);
                struct outcome o = try_one(app, sender, a, &l->list.row[i]);
                TRY(db_write_loose(app->db, a, record, &o));
                *sent += !failed(o.err);
                *away = failed(o.err) && o.failure == MAIL_RELAY;
                if (*away) {
                        struct lease rest = {.list = {l->list.n - i - 1, l->list.row + i + 1}};
                        return db_write_loose(app->db, a, hand_back, &rest);
                }
                arena_rewind(a, mark);
        }
        return OK;
}

static struct err flush_with(struct app *app, struct mail_sender *sender, struct arena *a, int max, int *sent)
{
        struct lease lease;
        bool away = false;

        do {
                lease = (struct lease) {.most = max - *sent < BATCH ? max - *sent : BATCH, .counted = sender != NULL};
                TRY(db_write_loose(app->db, a, take_lease, &lease));
                tell_quota(sender, &lease.quota);
                TRY(flush_batch(app, sender, a, &lease, sent, &away));
        } while (lease.list.n == BATCH && *sent < max && !away);
        return OK;
}

struct err mail_flush(struct app *app, struct arena *a, int max, int *sent)
{
        struct mail_sender *sender = *app->config->smtp_host ? mail_sender_new(app) : NULL;
        struct err e;

        *sent = 0;
        e = flush_with(app, sender, a, max, sent);
        mail_sender_free(sender);
        return e;
}

struct err mail_flush_with(struct app *app, struct mail_sender *sender, struct arena *a, int max, int *sent)
{
        *sent = 0;
        return flush_with(app, sender, a, max, sent);
}

struct err mail_prove(const struct app *app, struct arena *a, struct text test_address)
{
        const struct config *c = app->config;
        struct mail_sender *sender;
        struct err e;

        if (!*c->smtp_host)
                return FAIL(ERR_ABSENT, "No mail server is set: mail is kept as files and reaches nobody",
                            "Set smtp_host in telemachus.yaml");
        sender = mail_sender_new(app);
        if (text_empty(test_address)) {
                e = mail_greet(sender, a);
        } else {
                struct text message;
                struct letter l = {.address = test_address, .rule = "test", .anchor = TEXT("test"),
                                   .class = MAIL_EVENT,
                                   .subject = text_of(msg(LOCALE_EN, M_("A test from your mentoring programme"))),
                                   .body = text_of(msg(LOCALE_EN, M_("This mail shows that Telemachus can reach you. "
                                                                     "Nothing needs to be done.")))};
                struct text message_id = text_format(a, "%lld.test@%s", (long long)random_id(), domain_of(c));
                e = mail_compose(a, app, &l, message_id, clock_seconds(), &message);
                if (!failed(e))
                        e = mail_send(sender, a, text_of(c->mail_from), test_address, message);
        }
        mail_sender_free(sender);
        return e;
}
