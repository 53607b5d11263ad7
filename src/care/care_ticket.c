/* Help: anybody asks, the coordinator answers by mail. */
#include "care/care_parts.h"

#include "base/app.h"
#include "care/care.sql.h"
#include "care/care_letter.h"
#include "care/care_letter.mail.h"
#include "html/letter.h"
#include "mail/mail.h"
#include "os/config.h"
#include "os/random.h"
#include "people/people.h"

#include <string.h>

enum { BODY_MOST = 5000, ASK_WINDOW = 3600, ASK_MOST = 10, PAGE_MOST = 200 };

static struct page page_for(struct tx *tx, struct out *out, const struct people_person *to)
{
        return (struct page) {
                .out = out, .locale = to->locale, .zone = to->zone, .now = tx_now(tx)};
}

/* The coordinator hears at once; R39 comes after a working day. */
static struct err tell_coordinator(struct tx *tx, int64_t ticket, const struct care_ticket_new *in,
                                   struct text name, int64_t cohort)
{
        struct out out = out_new(tx_arena(tx), 1024);
        struct programmes_cohort c;
        struct people_person to;
        struct letter_text words;
        int64_t id, reader;

        TRY(programmes_cohort(tx, cohort, &c));
        TRY(desk_stand_in(tx, cohort, c.coordinator, &reader));
        TRY(people_get(tx, reader, &to));
        struct page page = page_for(tx, &out, &to);
        care_asked(&page, &words,
                   &(struct care_asked_view) {
                           .first_name = to.first_name,
                           .name = name,
                           .category = msg(to.locale, care_category_words(in->category)),
                           .url = text_format(tx_arena(tx), "%s/desk/help/%lld",
                                              tx_app(tx)->config->base_url, (long long)ticket)});
        return mail_post(tx,
                         &(struct letter) {.to = to.id,
                                          .address = to.email,
                                          .name = to.first_name,
                                          .locale = to.locale,
                                          .class = MAIL_STAFF,
                                          .rule = "ticket",
                                          .anchor = text_format(tx_arena(tx), "ticket:%lld",
                                                                (long long)ticket),
                                          .subject = words.subject,
                                          .body = words.body,
                                          .cohort = cohort},
                         &id);
}

static struct err cohort_of(struct tx *tx, const struct who *who, int64_t wanted, int64_t *cohort)
{
        struct programmes_participant_list parts;

        *cohort = 0;
        if (!who->person)
                return OK;
        TRY(programmes_parts_of(tx, who->person, &parts));
        for (size_t i = 0; i < parts.n && !*cohort; i++)
                if (wanted == 0 || parts.row[i].cohort == wanted)
                        *cohort = parts.row[i].cohort;
        return OK;
}

static struct err check_new(struct tx *tx, const struct who *who, const struct care_ticket_new *in)
{
        if (!care_is_one_of(care_categories, in->category))
                return FAIL_AT(ERR_INVALID, "What is it about?", "category", "Choose the nearest");
        if (text_empty(text_trim(in->body)) || in->body.n > BODY_MOST)
                return FAIL_AT(ERR_INVALID, "What can we help with?", "body",
                               "A sentence or two is enough");
        if (!who->person && (text_empty(in->address) || !memchr(in->address.p, '@', in->address.n)))
                return FAIL_AT(ERR_INVALID, "Where shall the answer go?", "address",
                               "Your mail address, or sign in first");
        return people_attempt(tx, "help",
                              who->person
                                      ? text_format(tx_arena(tx), "%lld", (long long)who->person)
                                      : in->address,
                              ASK_WINDOW, ASK_MOST);
}

struct err care_ask_help(struct tx *tx, const struct who *who, const struct care_ticket_new *in,
                         int64_t *ticket)
{
        struct people_person me = {.first_name = in->address};
        bool ours = in->page.p && in->page.n > 1 && in->page.p[0] == '/' && in->page.p[1] != '/' &&
                    in->page.n < PAGE_MOST;
        int64_t cohort;

        TRY(check_new(tx, who, in));
        TRY(cohort_of(tx, who, in->cohort, &cohort));
        if (who->person)
                TRY(people_get(tx, who->person, &me));
        *ticket = random_id();
        TRY(care_insert_ticket(tx, &(struct care_insert_ticket_in) {
                                           .id = *ticket,
                                           .cohort = cohort,
                                           .person = who->person,
                                           .address = who->person ? TEXT_ABSENT : in->address,
                                           .category = in->category,
                                           .body = text_trim(in->body),
                                           .page = ours ? in->page : TEXT(""),
                                           .now = tx_now(tx)}));
        return cohort ? tell_coordinator(tx, *ticket, in, me.first_name, cohort) : OK;
}

/* ---- the answer ---- */

static struct care_line_list lines_of(struct arena *a, struct text body)
{
        struct care_line_list lines = {0};
        struct text rest = body;
        size_t most = 1;

        for (size_t i = 0; i < body.n; i++)
                most += body.p[i] == '\n';
        lines.row = arena_array(a, struct text, most);
        while (!text_empty(rest)) {
                struct text line = text_trim(text_cut(rest, '\n', &rest));
                if (!text_empty(line))
                        lines.row[lines.n++] = line;
        }
        return lines;
}

/* Who asked; for those who are not signed in only an address, and English. */
static struct err asker(struct tx *tx, const struct care_ticket_row *t, struct people_person *out)
{
        if (t->person)
                return people_get(tx, t->person, out);
        *out = (struct people_person) {.email = t->address,
                                      .first_name = t->address,
                                      .locale = LOCALE_EN,
                                      .zone = zone_utc()};
        return OK;
}

static struct err send_answer(struct tx *tx, const struct who *who, const struct care_ticket_row *t,
                              int64_t reply, struct text body)
{
        struct out out = out_new(tx_arena(tx), 2048);
        struct people_person to, me;
        struct letter_text words;
        struct programmes_cohort c = {0};
        int64_t id;

        TRY(asker(tx, t, &to));
        TRY(people_get(tx, who->person, &me));
        if (t->cohort)
                TRY(programmes_cohort(tx, t->cohort, &c));
        struct page page = page_for(tx, &out, &to);
        care_answer(&page, &words,
                    &(struct care_answer_view) {.first_name = to.first_name,
                                               .coordinator = me.first_name,
                                               .lines = lines_of(tx_arena(tx), body)});
        return mail_post(tx,
                         &(struct letter) {.to = to.id,
                                          .address = to.email,
                                          .name = to.first_name,
                                          .locale = to.locale,
                                          .class = MAIL_EVENT,
                                          .rule = "ticket-answer",
                                          .anchor = text_format(tx_arena(tx), "reply:%lld",
                                                                (long long)reply),
                                          .subject = words.subject,
                                          .body = words.body,
                                          .from_name = me.first_name,
                                          .reply_to = c.help_email.n ? c.help_email : me.email,
                                          .cohort = t->cohort},
                         &id);
}

static struct err staff_of(struct tx *tx, const struct who *who, const struct care_ticket_row *t)
{
        if (t->cohort)
                return programmes_staff(tx, who, t->cohort);
        return people_must_have(tx, who, ROLE_COORDINATOR | ROLE_ADMINISTRATOR, 0);
}

struct err care_read_ticket(struct tx *tx, const struct who *who, int64_t ticket,
                            struct care_ticket_row *out)
{
        bool found;

        TRY(care_ticket_row(tx, ticket, &found, out));
        if (!found)
                return FAIL(ERR_ABSENT, "There is no such question", "Choose one from the list");
        return staff_of(tx, who, out);
}

struct err care_answer_ticket(struct tx *tx, const struct who *who, int64_t ticket,
                              struct text body, bool close)
{
        int64_t now = tx_now(tx), reply = random_id();
        struct care_ticket_row t;

        TRY(care_read_ticket(tx, who, ticket, &t));
        body = text_trim(body);
        if (body.n > BODY_MOST || (text_empty(body) && !close))
                return FAIL_AT(ERR_INVALID, "Write an answer", "body",
                               "Or close the question, if it has been answered elsewhere");
        struct desk_act act = {.kind = &care_act_answer, .cohort = t.cohort, .person = t.person, .subject = ticket};
        TRY(desk_begin(tx, who, &act));
        TRY(people_audit(tx, who, close ? "ticket.close" : "ticket.answer", t.person, ticket, ""));
        if (!text_empty(body)) {
                TRY(care_insert_reply(tx, ticket, reply, who->person, now, body));
                TRY(send_answer(tx, who, &t, reply, body));
        }
        TRY(care_ticket_answered(tx, ticket, now, (struct opt) {close, now}));
        return desk_end(tx, &act);
}
