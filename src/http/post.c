/*
 * POST: where it comes from, the token of its form, its fields, the write; and the form shown again
 * when it is refused.
 */
#include "http/http_inside.h"

#include "base/log.h"
#include "os/config.h"
#include "os/file.h"

#include <jansson.h>
#include <string.h>
#include <strings.h>

static const char CSRF_FIELD[] = "csrf";        /* html_csrf() writes it into every form */

/* ---- the fields ---- */

static bool type_is(struct text type, const char *name)
{
        struct text rest;
        struct text plain = text_trim(text_cut(type, ';', &rest));

        return plain.n == strlen(name) && strncasecmp(plain.p, name, plain.n) == 0;
}

bool post_type_known(const struct http_parts *x)
{
        static const char *const known[] = {"application/x-www-form-urlencoded", "multipart/form-data", "application/json"};

        for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
                if (type_is(x->headers.type, known[i]))
                        return true;
        return x->conn->n_body == 0;
}

static struct err parse_body(struct http_parts *x)
{
        struct text body = {x->conn->body, x->conn->n_body};

        if (body.n == 0)
                return OK;
        if (type_is(x->headers.type, "application/x-www-form-urlencoded"))
                return form_parse_urlencoded(x->arena, body, &x->in, &x->n_in);
        if (type_is(x->headers.type, "multipart/form-data"))
                return form_parse_multipart(x->arena, x->headers.type, body, &x->in, &x->n_in);
        if (type_is(x->headers.type, "application/json"))
                return form_parse_json(x->arena, body, &x->in, &x->n_in);
        return FAIL(ERR_INVALID, M_("The form could not be read"),
                    M_("Load the page again and fill it in there"));
}

static void take_csrf_field(struct http_parts *x)
{
        size_t n = 0;

        for (size_t i = 0; i < x->n_in; i++) {
                if (text_is(x->in[i].name, CSRF_FIELD))
                        x->csrf_sent = x->in[i].value;
                else
                        x->in[n++] = x->in[i];
        }
        x->n_in = n;
}

/* ---- the form shown again ---- */

static struct text part_of(const struct http_parts *x, struct text name)
{
        const struct entry *e = x->conn->match.entry;

        for (size_t i = 0; i < e->n_names; i++)
                if (text_equal(e->name[i], name))
                        return x->part[i];
        must(!"a back row with a part that its form lacks");
}

/* The path of the GET row with the parts of this request. */
static struct text back_path(struct http_parts *x, const struct entry *back)
{
        struct out o = out_new(x->arena, 128);
        struct page pg = {.out = &o};
        struct text segment, rest = text_of(back->route->path);
        size_t part = 0;

        text_cut(rest, '/', &rest);
        while (rest.p) {
                segment = text_cut(rest, '/', &rest);
                out_char(&o, '/');
                if (segment.n && segment.p[0] == ':') {
                        struct text name = back->name[part++];
                        html_url(&pg, part_of(x, name));
                        out_bytes(&o, segment.p + 1 + name.n, segment.n - 1 - name.n);
                } else {
                        out_text(&o, segment);
                }
        }
        return page_safe_path(x->arena, out_get(&o));
}

static void move_to(struct http_parts *x, const struct entry *back)
{
        struct text path = back_path(x, back);
        struct text part[PARTS_MAX];

        for (size_t i = 0; i < back->n_names; i++)
                part[i] = part_of(x, back->name[i]);
        memcpy(x->part, part, back->n_names * sizeof part[0]);
        x->path = path;
        x->rq.page.path = path.p;
}

/* A verb that names a field as the place has its sentence shown there. */
static void note_error(struct http_parts *x, struct err e)
{
        const struct form *f = x->conn->match.entry->route->form;

        if (x->echo.n_errors)
                return;
        for (size_t i = 0; f && e.place && i < f->n; i++) {
                if (strcmp(f->fields[i].name, e.place) == 0) {
                        x->echo.error[0].field = f->fields[i].name;
                        x->echo.error[0].label = f->fields[i].label;
                        x->echo.error[0].what = e.what;
                        x->echo.n_errors = 1;
                        return;
                }
        }
        x->echo.err = e;
}

static struct err show_again(struct http_parts *x, struct err e)
{
        const struct entry *back = x->entry->back;
        int status = page_status(e.kind);

        if (!back || exchange_is_api(x))
                return e;
        bool theirs = err_is(e, ERR_INVALID) || err_is(e, ERR_CONFLICT);
        log_err(theirs ? LOG_DEBUG : LOG_ERROR, "http.form_refused", e);
        note_error(x, page_for_people(e));
        move_to(x, back);
        x->rq.page.echo = &x->echo;
        struct err again = exchange_show(x, back);
        if (failed(again)) {
                log_err(LOG_WARN, "http.back_failed", again);
                return e;
        }
        if (!x->away && (x->re.status == 0 || x->re.status == 200))
                x->re.status = status;
        return OK;
}

/* ---- may it be done ---- */

static struct err from_elsewhere(void)
{
        return FAIL(ERR_FORBIDDEN, M_("This was sent from another site"),
                    M_("Open the page here and send it from there"));
}

static struct err too_old(void)
{
        return FAIL(ERR_INVALID, M_("This form had been open for too long"),
                    M_("Look it over and send it again"));
}

static struct err admit(struct http_parts *x, struct tx *tx)
{
        exchange_fresh(x, tx);
        return exchange_admit(x, tx, x->entry->route);
}

static struct err admit_in(struct tx *tx, void *in) { return exchange_guarded(in, tx, admit); }

/*
 * Nobody is signed in: what was written goes along, and the way back is the page the form stands
 * on.
 */
static struct err sign_in_first(struct http_parts *x)
{
        const struct entry *back = x->entry->back;

        if (back) {
                struct text path = back_path(x, back);
                draft_keep(x, path);
                x->path = path;
        } else {
                x->path = TEXT("/home");
        }
        x->n_query = 0;
        x->re.location = exchange_sign_in(x);
        return OK;
}

/*
 * *stale: the token of the form is not this session's, but the browser vouches for where it comes
 * from.
 */
static struct err check_sender(struct http_parts *x, bool *stale)
{
        enum origin origin = csrf_origin(x);

        *stale = false;
        if ((x->entry->route->flags & ROUTE_NO_CSRF) || x->bearer)
                return OK;
        if (origin == ORIGIN_FOREIGN)
                return from_elsewhere();
        *stale = !csrf_sent_by_us(x);
        if (*stale && origin != ORIGIN_OURS) {
                struct err e = too_old();
                e.kind = ERR_FORBIDDEN;
                return e;
        }
        return OK;
}

/* ---- the write ---- */

static struct err act(struct http_parts *x, struct tx *tx)
{
        exchange_fresh(x, tx);
        TRY(exchange_admit(x, tx, x->entry->route));
        if (x->away)
                return OK;
        exchange_watch(x, tx);
        csrf_prepare(x);
        return x->entry->route->handler(&x->rq, &x->re);
}

static struct err act_in(struct tx *tx, void *in) { return exchange_guarded(in, tx, act); }

static struct err write_it(struct http_parts *x)
{
        const struct route *r = x->entry->route;
        struct db *db = x->http->app->db;

        exchange_fresh(x, NULL);
        if (r->limit == ROUTE_UPLOAD) {
                struct err full = file_room(x->http->app->config->data, x->http->app->config->disk_reserve_mb);
                if (failed(full)) {
                        full.place = NULL;      /* a folder of the server is nobody's business */
                        return full;
                }
        }
        if (r->prepare)
                TRY(r->prepare(&x->rq));
        struct err e = r->flags & ROUTE_LOOSE ? db_write_loose(db, x->arena, act_in, x)
                                              : db_write(db, x->arena, act_in, x);
        x->rq.tx = NULL;
        return e;
}

static struct err fill(struct http_parts *x)
{
        const struct form *f = x->entry->route->form;

        if (!f)
                return OK;
        void *out = arena_alloc(x->arena, f->size);
        x->rq.form = out;
        return form_fill(x->arena, f, x->in, x->n_in, out, &x->echo);
}

/* A disk that is full can be read: then the page itself keeps what was typed. */
static bool is_for_the_form(struct err e)
{
        return err_is(e, ERR_INVALID) || err_is(e, ERR_CONFLICT) || err_is(e, ERR_UPSTREAM) ||
                err_is(e, ERR_BUSY) || err_is(e, ERR_BROKEN);
}

struct err post_run(struct http_parts *x)
{
        bool stale;

        TRY(parse_body(x));
        take_csrf_field(x);
        TRY(check_sender(x, &stale));
        if (x->entry->route->who != WHO_ANYONE) {
                struct err refused = db_read(x->http->app->db, x->arena, admit_in, x);
                x->rq.tx = NULL;
                if (failed(refused))
                        return refused;
                if (x->away)
                        return sign_in_first(x);
        }
        struct err e = fill(x);
        if (stale) {
                e = too_old();
                x->echo.n_errors = 0;
        }
        if (!failed(e))
                e = write_it(x);
        return is_for_the_form(e) ? show_again(x, e) : e;
}

/* ---- the same verbs for programs: a flat JSON object is a form ---- */

static bool json_put(struct arena *a, struct form_input *in, const char *name, const json_t *v)
{
        in->name = text_copy(a, text_of(name));
        if (json_is_string(v))
                in->value = text_copy(a,
                                      (struct text) {json_string_value(v), json_string_length(v)});
        else if (json_is_integer(v))
                in->value = text_format(a, "%lld", (long long)json_integer_value(v));
        else if (json_is_boolean(v))
                in->value = json_is_true(v) ? TEXT("1") : TEXT("0");
        else
                return false;
        return true;
}

static bool json_fields(struct arena *a, json_t *root, struct form_input **out, size_t *n)
{
        enum { FIELDS_MAX = 1000 };
        const char *name;
        json_t *v, *item;
        size_t i;

        *out = arena_array(a, struct form_input, FIELDS_MAX);
        json_object_foreach(root, name, v) {
                if (json_is_null(v))
                        continue;
                if (!json_is_array(v)) {
                        if (*n == FIELDS_MAX || !json_put(a, &(*out)[(*n)++], name, v))
                                return false;
                        continue;
                }
                json_array_foreach(v, i, item)
                        if (*n == FIELDS_MAX || !json_put(a, &(*out)[(*n)++], name, item))
                                return false;
        }
        return true;
}

struct err form_parse_json(struct arena *a, struct text body, struct form_input **out, size_t *n)
{
        json_t *root = json_loadb(body.p, body.n, JSON_REJECT_DUPLICATES, NULL);
        bool ok = root && json_is_object(root) && json_fields(a, root, out, n);

        json_decref(root);
        if (!ok)
                return FAIL(ERR_INVALID, M_("The JSON could not be read"),
                            M_("Send one flat object of text, whole numbers and lists of them"));
        return OK;
}
