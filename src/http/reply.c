/* What handlers ask of their request and put into their reply. */
#include "http/http_inside.h"

#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct text rq_text(struct request *rq, const char *name)
{
        const struct entry *e = rq->parts->entry;

        for (size_t i = 0; e && i < e->n_names; i++)
                if (text_is(e->name[i], name))
                        return rq->parts->part[i];
        return TEXT_ABSENT;
}

struct text rq_query(struct request *rq, const char *name)
{
        for (size_t i = 0; i < rq->parts->n_query; i++)
                if (text_is(rq->parts->query[i].name, name))
                        return rq->parts->query[i].value;
        return TEXT_ABSENT;
}

int64_t rq_id(struct request *rq, const char *name)
{
        struct text given = rq_text(rq, name);
        int64_t id;

        if (!given.p)
                given = rq_query(rq, name);
        return text_int(given, &id) && id > 0 ? id : 0;
}

/* A boosted link and a restored page want the whole page. */
bool rq_fragment(struct request *rq)
{
        const struct headers *h = &rq->parts->headers;

        return text_is(h->hx_request, "true") && !text_is(h->hx_boosted, "true") &&
                !text_is(h->hx_restore, "true");
}

void reply_see(struct reply *re, const char *format, ...)
{
        char path[4096];
        va_list ap;

        va_start(ap, format);
        int n = vsnprintf(path, sizeof path, format, ap);
        va_end(ap);
        if (n < 0 || (size_t)n >= sizeof path)
                n = snprintf(path, sizeof path, "/");
        re->status = 303;
        re->location = page_safe_path(re->arena, (struct text) {path, (size_t)n});
}

void reply_then(struct reply *re, db_fn *fn, void *in)
{
        re->then = fn;
        re->then_in = in;
}

void reply_flash(struct reply *re, const char *english) { re->flash = english; }
void reply_status(struct reply *re, int status) { re->status = status; }

void reply_bytes(struct reply *re, const char *type, struct text body, const char *download_name)
{
        re->type = type;
        re->body = body;
        re->download = download_name;
}

void reply_json(struct reply *re, struct text json)
{
        re->type = "application/json; charset=utf-8";
        re->body = json;
}

void reply_session(struct reply *re, struct text secret, int64_t max_age_s)
{
        re->session_set = true;
        re->session = text_copy(re->arena, secret);
        re->session_age = max_age_s;
}
