/* /pairs/:pair/messages */
#include "conversations/conversations_web.h"

#include "conversations/conversations.html.h"
#include "conversations/conversations_view.h"

struct message_form { struct text body; };
FORM_OF(message_form, struct message_form,
        {.name = "body", .kind = FIELD_LINES, .offset = offsetof(struct message_form, body), .required = true, .max = 10000,
         .label = M_("The message")});

static void write_lines(struct request *rq, const struct conversations_thread *t,
                        struct conversations_view *v)
{
        v->lines.row = arena_array(rq->arena, struct conversations_line, t->n);
        for (size_t i = 0; i < t->n; i++)
                v->lines.row[v->lines.n++] = (struct conversations_line) {
                        .id = t->row[i].id, .at = t->row[i].at, .mine = t->row[i].mine, .by_mail = t->row[i].by_mail,
                        .body = html_prose(rq->arena, t->row[i].body)};
        v->older = t->more ? t->row[0].id : 0;
        v->first = t->n == 0;
}

/* Until both have written, the pack helps with the beginning. */
static void add_help(struct request *rq, const struct journeys_side *side,
                     struct conversations_view *v)
{
        const struct pack_text *help = pack_agenda_text(
                side->cohort.pack, TEXT("first-message-help"), rq->page.locale);

        if (!help || !side->open ||
            (side->pair.first_message_at.has && side->pair.first_reply_at.has))
                return;
        v->help_title = help->title;
        v->help = html_markdown(rq->arena, help->body, 3);
}

static const char *say(struct request *rq, const char *english, struct text partner)
{
        return msg_with(rq->arena, rq->page.locale, english, "partner", partner, NULL).p;
}

struct reader { const struct who *who; int64_t pair; };

static struct err mark(struct tx *tx, void *in)
{
        const struct reader *r = in;

        return conversations_mark_read(tx, r->who, r->pair);
}

/* What is shown is read. */
static void mark_shown(struct request *rq, struct reply *re, int64_t pair)
{
        struct reader *r = arena_new_of(rq->arena, struct reader);

        *r = (struct reader) {rq->who, pair};
        reply_then(re, mark, r);
}

static struct err get_thread(struct request *rq, struct reply *re)
{
        struct html_shell shell = {.kind = SHELL_PERSON, .title = text_of(msg(rq->page.locale, M_("Messages"))), .offers_help = true};
        struct conversations_view v = {0};
        struct conversations_thread thread;
        struct journeys_side side;
        int64_t unread;

        TRY(journeys_side(rq->tx, rq->who, rq_id(rq, "pair"), &side));
        TRY(conversations_thread(rq->tx, rq->who, side.pair.id, rq_id(rq, "before"), &thread));
        TRY(conversations_unread(rq->tx, rq->who->person, side.pair.id, &unread));
        v.pair = side.pair.id;
        v.partner = side.partner_first_name;
        v.coordinator = side.cohort.help_name;
        v.open = side.open;
        v.mentor = side.mentor;
        v.label = say(rq, M_("Write to {partner}"), v.partner);
        v.audience = say(
                rq, M_("You and {partner} read this; your coordinator sees only that you wrote"),
                v.partner);
        write_lines(rq, &thread, &v);
        add_help(rq, &side, &v);
        if (unread)
                mark_shown(rq, re, side.pair.id);
        reply_page(rq, re, &shell, conversations_page_view, &v);
        return OK;
}

static struct err post_message(struct request *rq, struct reply *re)
{
        int64_t id, pair = rq_id(rq, "pair");

        TRY(conversations_post(rq->tx, rq->who, pair, FORM(rq, struct message_form)->body,
                               TEXT_ABSENT, &id));
        reply_flash(re, M_("Sent"));
        reply_see(re, "/pairs/%lld/messages", (long long)pair);
        return OK;
}

static const struct route routes[] = {
        {.method = GET, .path = "/pairs/:pair/messages", .who = WHO_SIGNED_IN, .handler = get_thread},
        {.method = POST, .path = "/pairs/:pair/messages", .who = WHO_SIGNED_IN, .handler = post_message, .form = &message_form,
         .back = "/pairs/:pair/messages"},
};

const struct route_table conversations_routes = ROUTES(routes);
