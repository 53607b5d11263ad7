/* Asking for help, and answering it. */
#include "care/care_view.h"

#include "care/care_help.html.h"
#include "care/care_parts.h"
#include "people/people.h"

enum { START_CHARACTERS = 140 };

/* ---- for anybody ---- */

static struct err fill_own(struct request *rq, struct care_help_view *v)
{
        struct programmes_participant_list parts;
        struct care_tickets_of_list rows;
        struct programmes_cohort c;

        TRY(care_tickets_of(rq->tx, rq->who->person, &rows));
        v->own.row = arena_array(rq->arena, struct care_own_ticket, rows.n);
        for (; v->own.n < rows.n; v->own.n++)
                v->own.row[v->own.n] = (struct care_own_ticket) {
                        care_category_words(rows.row[v->own.n].category),
                        rows.row[v->own.n].opened_at, rows.row[v->own.n].answered_at.has,
                        rows.row[v->own.n].closed_at.has};
        TRY(programmes_parts_of(rq->tx, rq->who->person, &parts));
        if (parts.n == 0)
                return OK;
        TRY(programmes_cohort(rq->tx, parts.row[0].cohort, &c));
        v->help_name = c.help_name;
        v->help_phone = c.help_phone;
        return OK;
}

static struct html_shell asking_page(struct request *rq)
{
        enum html_shell_kind kind = rq->who->person ? SHELL_PERSON : SHELL_BARE;

        return (struct html_shell) {.kind = kind,
                                   .title = text_of(msg(rq->page.locale, M_("Help")))};
}

struct err care_help_get(struct request *rq, struct reply *re)
{
        struct html_shell shell = asking_page(rq);
        struct care_help_view v = {.signed_in = rq->who->person != 0, .page = rq_query(rq, "page")};

        v.categories = care_options(rq, care_categories, care_category_words);
        if (v.signed_in)
                TRY(fill_own(rq, &v));
        reply_page(rq, re, &shell, care_help_page, &v);
        return OK;
}

struct err care_help_post(struct request *rq, struct reply *re)
{
        const struct care_ask_form *f = FORM(rq, struct care_ask_form);
        int64_t ticket;

        TRY(care_ask_help(rq->tx, rq->who,
                          &(struct care_ticket_new) {.category = f->category,
                                                    .body = f->body,
                                                    .address = f->address,
                                                    .page = f->page},
                          &ticket));
        reply_see(re, "/help/sent");
        return OK;
}

struct err care_help_sent_get(struct request *rq, struct reply *re)
{
        struct html_shell shell = asking_page(rq);
        struct care_help_view v = {.signed_in = rq->who->person != 0};

        reply_page(rq, re, &shell, care_help_sent, &v);
        return OK;
}

/* ---- for the desk ---- */

static struct text asker_name(struct request *rq, struct text first, struct text last,
                              struct text address)
{
        return first.p ? care_full_name(rq->arena, first, last) : address;
}

struct err care_tickets_get(struct request *rq, struct reply *re)
{
        struct html_shell shell = care_page(rq, M_("Help"));
        struct care_tickets_view v = {0};
        struct care_open_tickets_list rows;
        struct programmes_cohort c;

        TRY(care_current(rq, &c));
        TRY(care_open_tickets(rq->tx, c.id, &rows));
        v.waiting.row = arena_array(rq->arena, struct care_ticket_line, rows.n);
        v.answered.row = arena_array(rq->arena, struct care_ticket_line, rows.n);
        for (size_t i = 0; i < rows.n; i++) {
                const struct care_open_tickets *t = &rows.row[i];
                struct care_ticket_lines *to = t->answered_at.has ? &v.answered : &v.waiting;
                to->row[to->n++] = (struct care_ticket_line) {
                        .id = t->id,
                        .opened_at = t->opened_at,
                        .category = care_category_words(t->category),
                        .start = text_first_chars(t->body, START_CHARACTERS),
                        .answered = t->answered_at.has,
                        .name = asker_name(rq, t->first_name, t->last_name, t->address)};
        }
        reply_page(rq, re, &shell, care_tickets_page, &v);
        return OK;
}

static struct err fill_replies(struct request *rq, struct care_ticket_view *v)
{
        struct care_ticket_replies_list rows;

        TRY(care_ticket_replies(rq->tx, v->id, &rows));
        v->replies.row = arena_array(rq->arena, struct care_reply_line, rows.n);
        for (; v->replies.n < rows.n; v->replies.n++)
                v->replies.row[v->replies.n] = (struct care_reply_line) {
                        rows.row[v->replies.n].first_name, rows.row[v->replies.n].at,
                        html_prose(rq->arena, rows.row[v->replies.n].body)};
        return OK;
}

struct err care_ticket_get(struct request *rq, struct reply *re)
{
        struct html_shell shell = care_page(rq, M_("A question"));
        struct people_person p = {0};
        struct care_ticket_row t;

        TRY(care_read_ticket(rq->tx, rq->who, rq_id(rq, "ticket"), &t));
        if (t.person)
                TRY(people_get(rq->tx, t.person, &p));
        struct care_ticket_view v = {.id = t.id,
                                     .person = t.person,
                                     .opened_at = t.opened_at,
                                     .page = t.page,
                                     .address = t.address,
                                     .name = asker_name(rq, p.first_name, p.last_name, t.address),
                                     .category = care_category_words(t.category),
                                     .body = html_prose(rq->arena, t.body),
                                     .closed = t.closed_at.has};
        TRY(fill_replies(rq, &v));
        reply_page(rq, re, &shell, care_ticket_page, &v);
        return OK;
}

struct err care_ticket_post(struct request *rq, struct reply *re)
{
        const struct care_answer_form *f = FORM(rq, struct care_answer_form);

        TRY(care_answer_ticket(rq->tx, rq->who, rq_id(rq, "ticket"), f->body, f->close));
        reply_flash(re, f->body.n ? "Your answer is on its way." : "The question is closed.");
        reply_see(re, "/desk/help");
        return OK;
}
