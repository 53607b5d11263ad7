/* /me/data: everything that is held, and who has looked. */
#include "people/people_data.html.h"
#include "people/people_data.h"
#include "people/people_view.h"
#include "people/people_web_parts.h"

enum { SHOWN = 10 };

/* A long list is cut on the page; the file has all of it. */
static void shorten(struct arena *a, const struct people_held *held, struct people_data_view *v)
{
        v->row = arena_array(a, struct people_data_section, held->n);
        for (; v->n < held->n; v->n++) {
                struct people_section s = held->row[v->n];
                int64_t more = s.n > SHOWN ? (int64_t)s.n - SHOWN : 0;
                s.n = more ? SHOWN : s.n;
                v->row[v->n] = (struct people_data_section) {.s = s, .more = more};
        }
}

struct err people_show_data(struct request *rq, struct reply *re)
{
        struct html_shell shell = people_shell(rq, M_("Your data"));
        struct people_data_view v = {0};
        struct people_held held;

        TRY(people_held(rq->tx, rq->who, &held));
        v.held = &held;
        shorten(rq->arena, &held, &v);
        reply_page(rq, re, &shell, people_data, &v);
        return OK;
}

struct err people_download_json(struct request *rq, struct reply *re)
{
        struct people_held held;

        TRY(people_held(rq->tx, rq->who, &held));
        reply_bytes(re, "application/json", people_held_json(rq->arena, &held), "my-data.json");
        return OK;
}

struct err people_download_data(struct request *rq, struct reply *re)
{
        struct people_held held;
        struct people_person p;
        struct text zip;

        TRY(people_get(rq->tx, rq->who->person, &p));
        TRY(people_held(rq->tx, rq->who, &held));
        TRY(people_held_zip(rq->arena, &rq->page, &held, text_format(rq->arena, "%s %s", p.first_name.p, p.last_name.p), &zip));
        reply_bytes(re, "application/zip", zip, "my-data.zip");
        return OK;
}

/* ---- who has looked ---- */

struct err people_show_log(struct request *rq, struct reply *re)
{
        struct html_shell shell = people_shell(rq, M_("Who has looked at your data"));
        struct people_log_view v = {0};
        int64_t before;

        if (!text_int(rq_query(rq, "before"), &before) || before <= 0)
                before = INT64_MAX;
        TRY(people_visits(rq->tx, rq->who, before, &v.days));
        TRY(people_done_about(rq->tx, rq->who->person, &v.acts));
        reply_page(rq, re, &shell, people_log, &v);
        return OK;
}
