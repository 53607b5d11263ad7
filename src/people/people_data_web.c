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

/*
 * What staff did to their own record is theirs and not listed; the program's own acts are no
 * reading.
 */
static struct err add_readers(struct request *rq, struct people_data_view *v)
{
        return people_audit_about(rq->tx, rq->who->person, &v->readers);
}

struct err people_show_data(struct request *rq, struct reply *re)
{
        struct html_shell shell = people_shell(rq, M_("Your data"));
        struct people_data_view v = {0};
        struct people_held held;

        TRY(people_held(rq->tx, rq->who, &held));
        shorten(rq->arena, &held, &v);
        TRY(add_readers(rq, &v));
        reply_page(rq, re, &shell, people_data, &v);
        return OK;
}

struct err people_download_data(struct request *rq, struct reply *re)
{
        struct people_held held;

        TRY(people_held(rq->tx, rq->who, &held));
        reply_bytes(re, "application/json", people_held_json(rq->arena, &held), "my-data.json");
        return OK;
}
