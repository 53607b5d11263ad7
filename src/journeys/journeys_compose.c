/* The words of one letter, its addresses, and its way into the outbox. */
#include "base/app.h"
#include "evaluation/evaluation.h"
#include "html/messages.h"
#include "html/letter.h"
#include "journeys/journeys.h"
#include "journeys/journeys_due.sql.h"
#include "journeys/journeys_values.h"
#include "mail/mail.h"
#include "os/config.h"
#include "os/keys.h"
#include "os/random.h"
#include "recruiting/recruiting.h"

#include <string.h>

enum { TOKEN_KIND_WAVE = 1, UNSUBSCRIBE_PROGRAMME = 1, DAY_S = 86400, GREETING_MOST = 80, LATER_DAYS = 30 };

/* ---- where a button leads ---- */

struct scribe {
        struct tx *tx;
        struct arena *a;
        const struct journeys_matter *m;
        const struct pack_send *send;
        const char *base;
        bool preview;
        bool bare;                      /* one of several in a mail: no greeting, no foot */
};

static struct text page(const struct scribe *s, const char *path)
{
        return text_format(s->a, "%s%s", s->base, path);
}

static struct text page_of(const struct scribe *s, const char *before, int64_t id,
                           const char *after)
{
        return text_format(s->a, "%s%s%lld%s", s->base, before, (long long)id, after);
}

static struct text pair_page(const struct scribe *s, const char *part)
{
        return s->m->pair ? page_of(s, "/pairs/", s->m->pair, part) : page(s, "/home");
}

/* A wave can be answered from the letter, without signing in; the address says who and which. */
static struct err wave_page(const struct scribe *s, struct text *out)
{
        const struct journeys_matter *m = s->m;
        int64_t wave;

        *out = page(s, "/home");
        if (!m->survey || s->preview || !m->person)
                return OK;
        TRY(evaluation_ask(s->tx, m->cohort->id, text_c(s->a, m->survey->key), m->wave, m->person,
                           m->pair, &wave));
        struct text token = token_make(tx_app(s->tx)->keys, s->a, &(struct token) {
                .purpose = TOKEN_ACTION, .kind = TOKEN_KIND_WAVE, .a = wave, .b = m->person});
        *out = text_format(s->a, "%s/pulse/%lld?t=%s", s->base, (long long)wave, token.p);
        return OK;
}

/* subject 0 for what is about the pair or the cohort as a whole. */
static struct err one_click(const struct scribe *s, enum pack_action action, int64_t subject,
                            struct text *out)
{
        const struct journeys_matter *m = s->m;

        *out = page(s, "/home");
        if (s->preview || !m->person)
                return OK;
        return journeys_action_url(s->tx, pack_action_word(action), m->person, m->pair, subject,
                                   m->expires, out);
}

/* A line manager has no account: their guide is open to everybody. */
static struct text learn_page(const struct scribe *s)
{
        if (!s->m->person)
                return text_format(s->a, "%s/c/%s/managers", s->base, text_c(s->a, s->m->cohort->slug));
        return page(s, "/learn");
}

static struct text proposal_page(const struct scribe *s)
{
        return s->m->proposal ? page_of(s, "/proposals/", s->m->proposal, "") : page(s, "/home");
}

static struct text gathering_page(const struct scribe *s)
{
        if (!s->m->gathering)
                return page(s, "/gatherings");
        return page_of(s, "/gatherings/", s->m->gathering, "");
}

/* The personal link to an application; a letter that is only looked at leads to the public page. */
static struct text apply_page(const struct scribe *s, const char *part)
{
        const struct journeys_matter *m = s->m;

        if (s->preview || !m->person)
                return text_format(s->a, "%s/c/%s", s->base, text_c(s->a, m->cohort->slug));
        return text_format(s->a, "%s%s", recruiting_url(s->tx, m->cohort->id, m->person).p, part);
}

static struct err address_of(const struct scribe *s, enum pack_action action, struct text *out)
{
        const struct journeys_matter *m = s->m;

        *out = page(s, "/home");
        switch (action) {
        case PACK_DO_HOME: return OK;
        case PACK_DO_APPLY: *out = apply_page(s, ""); return OK;
        case PACK_DO_DECLINE_INVITATION: *out = apply_page(s, "/no"); return OK;
        case PACK_DO_RANK: *out = page(s, "/shortlist"); return OK;
        case PACK_DO_LEARN: *out = learn_page(s); return OK;
        case PACK_DO_MODULE:
                *out = page(s, "/learn");
                if (!text_empty(m->module))
                        *out = text_format(s->a, "%s/learn/%s", s->base, text_c(s->a, m->module));
                return OK;
        case PACK_DO_FIRST_MESSAGE: case PACK_DO_THREAD:
                *out = pair_page(s, "/messages"); return OK;
        case PACK_DO_BOOK: case PACK_DO_AGENDA: *out = pair_page(s, "/meetings"); return OK;
        case PACK_DO_DID_MEET: case PACK_DO_MOVE_MEETING:
                return one_click(s, action, m->meeting, out);
        case PACK_DO_WE_SPOKE: case PACK_DO_PAUSE: return one_click(s, action, 0, out);
        case PACK_DO_HELP: *out = page(s, "/help"); return OK;
        case PACK_DO_PULSE: case PACK_DO_SURVEY: return wave_page(s, out);
        case PACK_DO_PROPOSAL: *out = proposal_page(s); return OK;
        case PACK_DO_ACCEPT: case PACK_DO_DECLINE: return one_click(s, action, m->proposal, out);
        case PACK_DO_GATHERING: case PACK_DO_RECORDING: *out = gathering_page(s); return OK;
        case PACK_DO_ATTEND: return one_click(s, action, m->gathering, out);
        case PACK_DO_AGREEMENT: *out = pair_page(s, "/agreement"); return OK;
        case PACK_DO_GOALS: *out = pair_page(s, "/goals"); return OK;
        case PACK_DO_REVIEW: *out = pair_page(s, "/review"); return OK;
        case PACK_DO_CLOSING: *out = pair_page(s, "/closing"); return OK;
        case PACK_DO_CERTIFICATE: *out = pair_page(s, "/certificate"); return OK;
        case PACK_DO_CONTACT_CHOICE: return one_click(s, action, 0, out);
        case PACK_DO_RETURN_AS_MENTOR:
                return one_click(s, action, m->cohort->id, out);
        case PACK_DO_DESK: case PACK_DO_DIGEST: case PACK_DO_FLAGS:
                *out = page(s, "/desk"); return OK;
        case PACK_DO_CALLS: *out = page(s, "/desk/calls"); return OK;
        case PACK_DO_TICKET: *out = page(s, "/desk/help"); return OK;
        case PACK_DO_REPORT: *out = page(s, "/desk/figures"); return OK;
        case PACK_ACTIONS: break;
        }
        must(!"an action of the pack that has no address");
}

/* ---- the words ---- */

static void write_button(struct out *o, struct text words, const char *address)
{
        out_c(o, "[");
        out_text(o, words);
        out_format(o, "](%s)\n\n", address);
}

/*
 * Help is one click away in every letter, a pause in every programme letter about a pair, unless
 * the text has that button itself; managers and staff need neither.  said: 1 << enum pack_action of
 * the buttons above.
 */
static struct err write_foot(const struct scribe *s, uint64_t said, struct out *o)
{
        enum locale l = s->m->locale;
        struct text address;

        out_text(o, s->m->coordinator);
        out_c(o, "\n\n");
        if (s->m->class == PACK_STAFF || !s->m->person)
                return OK;
        if (!(said & (UINT64_C(1) << PACK_DO_HELP)))
                write_button(o, text_of(msg(l, M_("I need help"))), text_c(s->a, page(s, "/help")));
        if (!s->m->pair || s->m->class == PACK_EVENT || (said & (UINT64_C(1) << PACK_DO_PAUSE)))
                return OK;
        TRY(one_click(s, PACK_DO_PAUSE, 0, &address));
        write_button(o, text_of(msg(l, M_("I need a pause"))), text_c(s->a, address));
        return OK;
}

/* "Not now", for letters that may wait: this one, or with an empty rule all of them. */
static struct err write_later(const struct scribe *s, struct text rule, struct out *o)
{
        const struct journeys_matter *m = s->m;
        int64_t id = random_id();
        struct text address;

        if (!m->may_wait || s->preview || !m->person)
                return OK;
        TRY(journeys_offer_snooze(s->tx, id, m->person, rule, m->key.p ? m->key : TEXT(""), tx_now(s->tx)));
        TRY(journeys_action_url(s->tx, "snooze", m->person, 0, id, tx_now(s->tx) + LATER_DAYS * (int64_t)DAY_S, &address));
        write_button(o, text_of(msg(m->locale, M_("Not now: remind me later"))), text_c(s->a, address));
        return OK;
}

/* A bullet whose hole stayed empty (a third reason that there is not) is left out. */
static void write_filled(const struct scribe *s, struct text markdown, struct out *o)
{
        struct text rest = text_trim(pack_fill(s->a, markdown, &s->m->values, true)), line;

        if (text_empty(rest))
                return;
        while (rest.p) {
                line = text_cut(rest, '\n', &rest);
                if (text_is(text_trim(line), "-"))
                        continue;
                out_text(o, line);
                out_c(o, "\n");
        }
        out_c(o, "\n");
}

static struct err write_body(const struct scribe *s, struct text text, struct out *o)
{
        struct text rest = text, before, address;
        struct pack_button button;
        uint64_t said = 0;
        bool more = true;

        while (more) {
                more = pack_next_button(&rest, &before, &button);
                write_filled(s, before, o);
                if (!more)
                        break;
                TRY(address_of(s, button.action, &address));
                write_button(o, pack_fill(s->a, button.words, &s->m->values, true),
                             text_c(s->a, address));
                said |= UINT64_C(1) << button.action;
        }
        if (s->bare)
                return OK;
        TRY(write_foot(s, said, o));
        return write_later(s, s->send->text, o);
}

/* Without the greeting, which the mail as a whole has. */
static struct text without_greeting(struct text body)
{
        struct text rest, first;
        const char *end = memmem(body.p, body.n, "\n\n", 2);

        if (!end)
                return body;
        first = text_trim((struct text) {body.p, (size_t)(end - body.p)});
        rest = text_trim((struct text) {end, body.n - (size_t)(end - body.p)});
        return first.n < GREETING_MOST && first.n && first.p[first.n - 1] == ',' ? rest : body;
}

static void give_names(struct journeys_matter *m)
{
        const struct { enum pack_hole hole; struct text value; } of[] = {
                {PACK_HOLE_FIRST_NAME, m->first_name},
                {PACK_HOLE_PROGRAMME, m->cohort->programme_name},
                {PACK_HOLE_COHORT, m->cohort->name}, {PACK_HOLE_COORDINATOR, m->coordinator}};

        for (size_t i = 0; i < sizeof of / sizeof of[0]; i++)
                if (text_empty(m->values.of[of[i].hole]))
                        m->values.of[of[i].hole] = of[i].value;
}

static struct err compose(struct tx *tx, const struct journeys_matter *in, const struct pack_send *send, bool preview, bool bare,
                          struct journeys_words *out)
{
        struct journeys_matter m = *in;
        struct arena *a = tx_arena(tx);
        const struct pack_text *text = pack_mail(m.cohort->pack, send->text, m.locale);
        struct scribe s = {.tx = tx, .a = a, .m = &m, .send = send, .base = tx_app(tx)->config->base_url,
                           .preview = preview, .bare = bare};
        struct out o = out_new(a, 2048);

        must(text);
        give_names(&m);
        if (preview)
                m.values.of[PACK_HOLE_GOAL] = TEXT("…");     /* staff reads it; the words are its owner's */
        out->subject = pack_fill(a, text->title, &m.values, false);
        TRY(write_body(&s, bare ? without_greeting(text->body) : text->body, &o));
        out->body = text_trim(out_get(&o));
        return OK;
}

struct err journeys_compose(struct tx *tx, const struct journeys_matter *m, const struct pack_send *send, bool preview,
                            struct journeys_words *out)
{
        return compose(tx, m, send, preview, false, out);
}

/* ---- posting ---- */

static enum mail_class mail_class_of(enum pack_class class)
{
        switch (class) {
        case PACK_EVENT: return MAIL_EVENT;
        case PACK_PROGRAMME: return MAIL_PROGRAMME;
        case PACK_STAFF: return MAIL_STAFF;
        case PACK_CLASSES: break;
        }
        must(!"a letter of no class");
}

static struct text unsubscribe_of(struct tx *tx, const struct journeys_matter *m)
{
        struct arena *a = tx_arena(tx);

        if (m->class != PACK_PROGRAMME || !m->person)
                return TEXT_ABSENT;
        struct text token = token_make(tx_app(tx)->keys, a, &(struct token) {
                .purpose = TOKEN_UNSUBSCRIBE, .a = m->person, .b = UNSUBSCRIBE_PROGRAMME});
        return text_format(a, "%s/unsubscribe/%s", tx_app(tx)->config->base_url, token.p);
}

static struct err record(struct tx *tx, const struct journeys_matter *m,
                         const struct pack_send *send, struct text anchor,
                         struct opt outbox, struct text dropped)
{
        int64_t changes;

        return journeys_due_record(tx, &(struct journeys_due_record_in) {
                .rule = send->text, .person = m->person, .anchor = anchor, .at = tx_now(tx),
                .class = text_of(pack_class_word(send->class)), .outbox = outbox,
                .skipped = dropped,
                .pair = {m->pair != 0, m->pair}, .cohort = m->cohort->id}, &changes);
}

struct err journeys_drop(struct tx *tx, const struct journeys_matter *m,
                         const struct pack_send *send, struct text anchor,
                         struct text why)
{
        return record(tx, m, send, anchor, (struct opt) {0}, why);
}

static struct err post(struct tx *tx, const struct journeys_matter *m, const char *rule, struct text anchor,
                       const struct journeys_words *words, bool at_once, int64_t *id)
{
        return mail_post(tx, &(struct letter) {
                .to = m->person, .address = m->email,
                .name = m->person ? m->first_name : TEXT_ABSENT, .locale = m->locale,
                .class = mail_class_of(m->class), .rule = rule, .anchor = anchor,
                .subject = words->subject, .body = words->body, .from_name = m->coordinator,
                .reply_to = m->cohort->help_email, .unsubscribe = unsubscribe_of(tx, m),
                .cohort = m->cohort->id, .at_once = at_once}, id);
}

struct err journeys_send(struct tx *tx, const struct journeys_matter *in,
                         const struct pack_send *send, struct text anchor,
                         bool *sent)
{
        struct journeys_due_was_sent before;
        struct journeys_matter known_as = *in, *m = &known_as;
        struct journeys_words words;
        int64_t id;
        bool known;

        *sent = false;
        TRY(journeys_due_was_sent(tx, send->text, m->person, anchor, &known, &before));
        if (known || text_empty(m->email))
                return OK;
        m->key = anchor;
        TRY(journeys_compose(tx, m, send, false, &words));
        /* an hour before or after something is now or never */
        TRY(post(tx, m, text_c(tx_arena(tx), send->text), anchor, &words, send->after.hours != 0, &id));
        TRY(record(tx, m, send, anchor, (struct opt) {id != 0, id}, TEXT_ABSENT));
        *sent = id != 0;
        return OK;
}

/* ---- several in one ---- */

static struct err write_gathered(struct tx *tx, const struct journeys_gathered *row, size_t n, struct out *o)
{
        const struct journeys_matter *m = &row[0].matter;
        struct journeys_words words;

        for (size_t i = 0; i < n; i++) {
                TRY(compose(tx, &row[i].matter, row[i].send, false, true, &words));
                out_c(o, "**");
                out_text(o, words.subject);
                out_c(o, "**\n\n");
                out_text(o, words.body);
                out_c(o, "\n\n");
        }
        struct scribe s = {.tx = tx, .a = tx_arena(tx), .m = m, .base = tx_app(tx)->config->base_url};
        TRY(write_foot(&s, UINT64_C(1) << PACK_DO_PAUSE, o));
        return write_later(&s, TEXT(""), o);
}

struct err journeys_send_gathered(struct tx *tx, const struct journeys_gathered *row, size_t n, int64_t day)
{
        struct arena *a = tx_arena(tx);
        struct journeys_matter m = row[0].matter;
        struct out o = out_new(a, 8192);
        struct journeys_words words = {.subject = msg_plural(a, m.locale, (int64_t)n, "One thing for you", "{n} things for you")};
        struct text greeting = msg_with(a, m.locale, "Dear {first_name},", "first_name", m.first_name, NULL);
        int64_t id;

        out_text(&o, greeting);
        out_c(&o, "\n\n");
        out_text(&o, text_of(msg(m.locale, M_("You asked for our reminders in one mail. Here they are; each is about a minute."))));
        out_c(&o, "\n\n");
        TRY(write_gathered(tx, row, n, &o));
        words.body = text_trim(out_get(&o));
        struct text anchor = text_format(a, "cohort:%lld:%lld", (long long)m.cohort->id, (long long)day);
        TRY(post(tx, &m, "gathered", anchor, &words, false, &id));
        for (size_t i = 0; i < n; i++)
                TRY(record(tx, &row[i].matter, row[i].send, row[i].key, (struct opt) {id != 0, id}, TEXT_ABSENT));
        return OK;
}
