#include "http/form.h"

#include "html/messages.h"
#include "os/zone.h"

#include <stdlib.h>
#include <string.h>

enum { LINE_MAX_CHARS = 200, LINES_MAX_CHARS = 10000, IDS_MAX = 1000, ERRORS_MAX = 32 };

struct fill {
        struct arena *a;
        const struct field *f;
        char *out;              /* the struct */
        struct text v;          /* as typed */
};

/* Every reader says what is wrong with the value (a catalogue key), or NULL and has written it. */
typedef const char *read_fn(struct fill *fill);

#define AT(fill, type) ((type *)(void *)((fill)->out + (fill)->f->offset))

static size_t count_chars(struct text t)
{
        size_t n = 0;

        for (size_t i = 0; i < t.n; i++)
                n += ((unsigned char)t.p[i] & 0xc0) != 0x80;
        return n;
}

/*
 * C0 controls other than tab and line feed have no place in what people write; CR goes with its LF.
 */
static bool has_control(struct text t, bool lines)
{
        for (size_t i = 0; i < t.n; i++) {
                unsigned char c = (unsigned char)t.p[i];
                if (c == 0x7f || (c < 0x20 && c != '\t' && !(lines && c == '\n')))
                        return true;
        }
        return false;
}

/* CRLF and lone CR become LF. */
static struct text unix_lines(struct arena *a, struct text t)
{
        char *p = arena_alloc(a, t.n + 1);
        size_t n = 0;

        for (size_t i = 0; i < t.n; i++) {
                if (t.p[i] != '\r')
                        p[n++] = t.p[i];
                else if (i + 1 == t.n || t.p[i + 1] != '\n')
                        p[n++] = '\n';
        }
        return (struct text) {p, n};
}

static const char *judge_length(const struct field *f, struct text v, size_t otherwise)
{
        size_t n = count_chars(v);

        if (n > (f->max ? (size_t)f->max : otherwise))
                return M_("This is too long");
        if (f->min && n < (size_t)f->min && n > 0)
                return M_("This is too short");
        return NULL;
}

static const char *read_text(struct fill *x)
{
        if (has_control(x->v, false))
                return M_("This must be one line of plain text");
        *AT(x, struct text) = text_copy(x->a, x->v);
        return judge_length(x->f, x->v, LINE_MAX_CHARS);
}

static const char *read_lines(struct fill *x)
{
        struct text v = unix_lines(x->a, x->v);

        if (has_control(v, true))
                return M_("This holds characters that are no text");
        *AT(x, struct text) = v;
        return judge_length(x->f, v, LINES_MAX_CHARS);
}

static const char *read_email(struct fill *x)
{
        char *p = arena_dup(x->a, x->v.p, x->v.n);
        char *at = strrchr(p, '@');

        if (has_control(x->v, false) || x->v.n > 254 || strpbrk(p, " \t,;<>\""))
                return M_("This is no mail address");
        if (!at || at == p || at - p > 64 || memchr(p, '@', (size_t)(at - p)) || at[1] == 0 ||
            at[1] == '.' || p[x->v.n - 1] == '.' || strstr(at, ".."))
                return M_("This is no mail address");
        for (char *c = at; *c; c++)
                if (*c >= 'A' && *c <= 'Z')
                        *c += 'a' - 'A';
        *AT(x, struct text) = (struct text) {p, x->v.n};
        return NULL;
}

static const char *read_int(struct fill *x)
{
        int64_t v;
        bool bounded = x->f->min != 0 || x->f->max != 0;

        if (!text_int(x->v, &v))
                return M_("This must be a whole number");
        if (bounded && v < x->f->min)
                return M_("This number is too small");
        if (bounded && v > x->f->max)
                return M_("This number is too large");
        *AT(x, int64_t) = v;
        return NULL;
}

static const char *read_id(struct fill *x)
{
        int64_t v;

        if (!text_int(x->v, &v) || v <= 0)
                return M_("Choose one of the list");
        *AT(x, int64_t) = v;
        return NULL;
}

static const char *read_bool(struct fill *x)
{
        *AT(x, bool) = !text_empty(x->v) && !text_is(x->v, "0");
        return NULL;
}

static const char *read_day(struct fill *x)
{
        int64_t day;

        if (!day_parse(x->v, &day))
                return M_("This is no date");
        *AT(x, int64_t) = day;
        return NULL;
}

/* "18:30"; some browsers add ":00" for seconds. */
static const char *read_clock(struct fill *x)
{
        struct text rest, minute, second;
        struct text hour = text_cut(x->v, ':', &rest);
        int64_t h, m;

        minute = text_cut(rest, ':', &second);
        if (!text_int(hour, &h) || !text_int(minute, &m) || minute.n != 2 || h < 0 || h > 23 ||
            m < 0 || m > 59 || (second.p && !text_is(second, "00")))
                return M_("This is no time of day");
        *AT(x, int64_t) = h * 60 + m;
        return NULL;
}

static const char *read_choice(struct fill *x)
{
        for (const char *const *c = x->f->choices; c && *c; c++) {
                if (text_is(x->v, *c)) {
                        *AT(x, struct text) = text_of(*c);
                        return NULL;
                }
        }
        return M_("Choose one of the list");
}

static const char *read_zone(struct fill *x)
{
        if (!zone_find(x->v))
                return M_("This is no time zone we know");
        *AT(x, struct text) = text_copy(x->a, x->v);
        return NULL;
}

static const char *read_one_of_ids(struct fill *x)
{
        struct field_ids *ids = AT(x, struct field_ids);
        int64_t v;

        if (!text_int(x->v, &v) || v <= 0)
                return M_("Choose from the list");
        if (ids->n == IDS_MAX)
                return M_("That is too many at once");
        if (!ids->row)
                ids->row = arena_array(x->a, int64_t, IDS_MAX);
        ids->row[ids->n++] = v;
        return NULL;
}

static const char *read_file(struct fill *x)
{
        *AT(x, struct text) = x->v;
        return NULL;
}

static read_fn *reader_of(enum field_kind kind)
{
        switch (kind) {
        case FIELD_TEXT: return read_text;
        case FIELD_LINES: return read_lines;
        case FIELD_EMAIL: return read_email;
        case FIELD_INT: return read_int;
        case FIELD_ID: return read_id;
        case FIELD_BOOL: return read_bool;
        case FIELD_DAY: return read_day;
        case FIELD_CLOCK: return read_clock;
        case FIELD_CHOICE: return read_choice;
        case FIELD_ZONE: return read_zone;
        case FIELD_IDS: return read_one_of_ids;
        case FIELD_FILE: return read_file;
        }
        must(!"a field kind outside its enum");
}

/* ---- the whole form ---- */

struct filling {
        struct fill fill;
        const struct form *form;
        const struct form_input *in;
        size_t n;
        struct form_echo *echo;
};

static void wrong(struct form_echo *echo, const struct field *f, const char *what)
{
        if (echo->n_errors == ERRORS_MAX)
                return;
        echo->error[echo->n_errors].field = f->name;
        echo->error[echo->n_errors].label = f->label;
        echo->error[echo->n_errors++].what = what;
}

static const struct field *declared(const struct form *form, struct text name)
{
        for (size_t i = 0; i < form->n; i++)
                if (text_is(name, form->fields[i].name))
                        return &form->fields[i];
        return NULL;
}

static bool is_written(enum field_kind kind) { return kind != FIELD_FILE; }

/* The value as its reader wants it: trimmed, and known to be text. */
static const char *prepare(const struct field *f, struct text *v)
{
        if (!is_written(f->kind))
                return NULL;
        if (!text_is_utf8(*v) || (v->n && memchr(v->p, 0, v->n)))
                return M_("This holds characters that are no text");
        *v = text_trim(*v);
        return NULL;
}

static void preset(struct fill *x)
{
        if (x->f->kind == FIELD_CLOCK)
                *AT(x, int64_t) = -1;
}

/* Text that was cleared is empty, which is something else than not sent. */
static void set_empty(struct fill *x)
{
        switch (x->f->kind) {
        case FIELD_TEXT:
        case FIELD_LINES:
        case FIELD_EMAIL:
        case FIELD_CHOICE:
        case FIELD_ZONE:
        case FIELD_FILE:
                *AT(x, struct text) = TEXT("");
                return;
        case FIELD_INT:
        case FIELD_ID:
        case FIELD_BOOL:
        case FIELD_DAY:
        case FIELD_CLOCK:
        case FIELD_IDS:
                return;
        }
}

static void fill_field(struct filling *g)
{
        struct fill *x = &g->fill;
        const char *what = NULL;
        int given = 0;
        bool filled = false;

        preset(x);
        for (size_t i = 0; i < g->n && !what; i++) {
                if (!text_is(g->in[i].name, x->f->name))
                        continue;
                x->v = g->in[i].value;
                what = prepare(x->f, &x->v);
                if (!what && ++given > 1 && x->f->kind != FIELD_IDS)
                        what = M_("This was sent twice");
                if (!what && text_empty(x->v))
                        set_empty(x);
                else if (!what) {
                        what = reader_of(x->f->kind)(x);
                        filled = true;
                }
        }
        if (!what && x->f->required && !filled)
                what = x->f->kind == FIELD_BOOL ? M_("Tick this to go on") : M_("This is needed");
        if (!what && x->f->required && x->f->kind == FIELD_BOOL && !*AT(x, bool))
                what = M_("Tick this to go on");
        if (what)
                wrong(g->echo, x->f, what);
}

static void remember(struct filling *g)
{
        g->echo->row = arena_array(g->fill.a, struct form_input, g->n + 1);
        for (size_t i = 0; i < g->n; i++) {
                const struct field *f = declared(g->form, g->in[i].name);
                if (f && is_written(f->kind) && text_is_utf8(g->in[i].value))
                        g->echo->row[g->echo->n++] = g->in[i];
        }
}

struct err form_fill(struct arena *a, const struct form *form, const struct form_input *in,
                     size_t n, void *out, struct form_echo *echo)
{
        struct filling g = {
                .fill = {.a = a, .out = out}, .form = form, .in = in, .n = n, .echo = echo};

        memset(out, 0, form->size);
        *echo = (struct form_echo) {0};
        remember(&g);
        for (size_t i = 0; i < n; i++)
                if (!declared(form, in[i].name))
                        return FAIL_AT(ERR_INVALID,
                                       M_("The form holds a field that does not belong to it"),
                                       text_c(a, text_first_chars(in[i].name, 60)),
                                       M_("Load the page again and fill it in there"));
        for (size_t i = 0; i < form->n; i++) {
                g.fill.f = &form->fields[i];
                fill_field(&g);
        }
        if (echo->n_errors)
                return FAIL(ERR_INVALID, M_("Something in the form needs another look"),
                            M_("Correct what is marked and send it again"));
        return OK;
}

struct text form_typed(const struct form_echo *echo, const char *name)
{
        for (size_t i = 0; i < echo->n; i++)
                if (text_is(echo->row[i].name, name))
                        return echo->row[i].value;
        return TEXT_ABSENT;
}

const char *form_error(const struct form_echo *echo, const char *name)
{
        for (size_t i = 0; i < echo->n_errors; i++)
                if (strcmp(echo->error[i].field, name) == 0)
                        return echo->error[i].what;
        return NULL;
}
