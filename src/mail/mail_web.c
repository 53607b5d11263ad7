#include "mail/mail_web.h"

#include "mail/mail_box.html.h"

enum { PAGE = 50 };

static struct err only_in_demonstrations(struct request *rq)
{
        return db_purpose(tx_db(rq->tx)) == DB_DEMO ? OK : FAIL(ERR_ABSENT, "There is no such page", "Check the address");
}

static struct err show_box(struct request *rq, struct reply *re)
{
        struct html_shell shell = {.kind = SHELL_BARE, .title = text_of(msg(rq->page.locale, M_("Mailbox")))};
        struct mail_box_view v = {0};
        int64_t before = rq_id(rq, "before");

        TRY(only_in_demonstrations(rq));
        TRY(mail_box(rq->tx, before ? before : INT64_MAX, PAGE + 1, &v.list));
        v.more = v.list.n > PAGE;
        if (v.more)
                v.list.n = PAGE;
        v.oldest = v.list.n ? v.list.row[v.list.n - 1].created_at : 0;
        reply_page(rq, re, &shell, mail_box_page, &v);
        return OK;
}

static struct err show_mail(struct request *rq, struct reply *re)
{
        struct mail_one_view v;
        bool found;

        TRY(only_in_demonstrations(rq));
        TRY(mail_one(rq->tx, rq_id(rq, "mail"), &found, &v.mail));
        if (!found)
                return FAIL(ERR_ABSENT, "There is no such mail", "Go back to the mailbox");
        mail_split(rq->arena, v.mail.body, &v.parts);
        struct html_shell shell = {.kind = SHELL_BARE, .title = v.mail.subject};
        reply_page(rq, re, &shell, mail_one_page, &v);
        return OK;
}

static const struct route rows[] = {
        {.method = GET, .path = "/mailbox", .who = WHO_ANYONE, .handler = show_box},
        {.method = GET, .path = "/mailbox/:mail", .who = WHO_ANYONE, .handler = show_mail},
};

const struct route_table mail_routes = ROUTES(rows);
