#include "conversations/conversations.h"

#include "conversations/conversations.sql.h"
#include "conversations/conversations_letter.h"
#include "conversations/conversations_web.h"
#include "os/random.h"
#include "people/people_retain.h"

enum { PAGE = 30, LONGEST = 10000, TWICE_S = 600, SAME_DAY_S = 86400 };

struct err conversations_thread(struct tx *tx, const struct who *who, int64_t pair, int64_t before,
                                struct conversations_thread *out)
{
        struct journeys_side side;
        struct conversations_page_list rows;
        size_t n;

        TRY(journeys_side(tx, who, pair, &side));
        TRY(conversations_page(tx, pair, before ? before : INT64_MAX, PAGE + 1, &rows));
        n = rows.n > PAGE ? PAGE : rows.n;
        *out = (struct conversations_thread) {.n = n, .more = rows.n > PAGE,
                                              .row = arena_array(tx_arena(tx), struct conversations_message, n)};
        for (size_t i = 0; i < n; i++) {
                const struct conversations_page *r = &rows.row[n - 1 - i];

                out->row[i] = (struct conversations_message) {.id = r->id, .at = r->at, .body = r->body,
                        .mine = r->sender == who->person, .by_mail = text_is(r->via, "mail")};
        }
        return OK;
}

struct err conversations_unread(struct tx *tx, int64_t person, int64_t pair, int64_t *n)
{
        struct conversations_count_unread row;

        TRY(conversations_count_unread(tx, pair, person, &row));
        *n = row.n;
        return OK;
}

struct err conversations_mark_read(struct tx *tx, const struct who *who, int64_t pair)
{
        struct journeys_side side;

        TRY(journeys_side(tx, who, pair, &side));
        return conversations_set_read(tx, pair, who->person);
}

/* ---- writing ---- */

static struct err check(const struct journeys_side *side, struct text body)
{
        if (!side->open)
                return FAIL(ERR_CONFLICT, "Nothing can be written in this pair at the moment",
                            "Ask your coordinator if you do not know why");
        if (text_empty(body))
                return FAIL_AT(ERR_INVALID, "There is nothing to send yet", "body",
                               "Write a line or two");
        if (text_first_chars(body, LONGEST).n < body.n)
                return FAIL_AT(ERR_INVALID, "That is longer than 10,000 characters", "body",
                               "Send it in two parts");
        return OK;
}

/* The same words again within ten minutes, or the same mail at any time, are one message. */
static struct err there_already(struct tx *tx, int64_t pair, int64_t sender, struct text body,
                                struct text mail_id, int64_t *id)
{
        struct conversations_last_of last;
        struct conversations_by_mail mail;
        bool found;

        *id = 0;
        if (mail_id.p) {
                TRY(conversations_by_mail(tx, mail_id, &found, &mail));
                *id = found ? mail.id : 0;
                return OK;
        }
        TRY(conversations_last_of(tx, pair, sender, &found, &last));
        if (found && text_equal(last.body, body) && tx_now(tx) - last.at < TWICE_S)
                *id = last.id;
        return OK;
}

/* Ids of a pair grow with its messages, also within one millisecond: what is unread hangs on it. */
static struct err next_id(struct tx *tx, int64_t pair, int64_t *id)
{
        struct conversations_newest newest;

        TRY(conversations_newest(tx, pair, &newest));
        *id = random_id();
        if (newest.id.has && *id <= newest.id.v)
                *id = newest.id.v + 1;
        return OK;
}

static struct err file(struct tx *tx, int64_t pair, int64_t sender, int64_t id, bool by_mail)
{
        return journeys_contact_add(tx, &(struct journeys_contact_new) {
                .pair = pair, .by_person = sender, .at = tx_now(tx), .kind = by_mail ? CONTACT_MAIL : CONTACT_MESSAGE,
                .source = by_mail ? "reply" : "message", .source_id = id});
}

struct err conversations_post(struct tx *tx, const struct who *who, int64_t pair, struct text body,
                              struct text mail_id, int64_t *id)
{
        struct journeys_side side;

        body = text_trim(body);
        TRY(journeys_side(tx, who, pair, &side));
        TRY(there_already(tx, pair, who->person, body, mail_id, id));
        if (*id)
                return OK;
        TRY(check(&side, body));
        TRY(next_id(tx, pair, id));
        TRY(conversations_insert(tx, &(struct conversations_insert_in) {
                .pair = pair, .id = *id, .sender = who->person, .at = tx_now(tx), .body = body,
                .via = mail_id.p ? TEXT("mail") : TEXT("web"), .mail_id = mail_id}));
        TRY(conversations_set_read(tx, pair, who->person));
        TRY(file(tx, pair, who->person, *id, mail_id.p != NULL));
        return conversations_send_letter(tx, &side, *id, body);
}

/* ---- the end ---- */

struct err conversations_delete(struct tx *tx, int64_t pair)
{
        TRY(conversations_forget_messages(tx, pair));
        return conversations_forget_read(tx, pair);
}

static struct err run_forget(struct tx *tx, const struct job *job)
{
        struct journeys_pair p;
        bool may = true;

        TRY(journeys_pair(tx, job->a, &p));
        if (!text_is(p.state, "closed") || !p.closed_at.has)
                return OK;
        if (job->due > p.closed_at.v + SAME_DAY_S)      /* else both wanted it gone at once */
                TRY(people_keep_may_forget(tx, p.closed_at.v, &may));
        if (!may)
                return OK;      /* kept for longer here: the nightly job comes back to it */
        TRY(journeys_delete_notes(tx, job->a));
        return conversations_delete(tx, job->a);
}

const struct job_kind conversations_job_forget = {.name = "conversations.forget", .clock = JOB_PROGRAMME, .run = run_forget};
