#include "html/html_field.h"

#include "base/err.h"
#include "html/html_field.html.h"
#include "http/form.h"

#include <string.h>

struct text html_text_as_is([[maybe_unused]] const struct page *pg, struct text t) { return t; }
struct text html_text_of_c([[maybe_unused]] const struct page *pg, const char *s)
{
        return text_of(s);
}
struct text html_text_of_int(const struct page *pg, int64_t v)
{
        return text_format(page_arena(pg), "%lld", (long long)v);
}

struct text html_text_of_day(const struct page *pg, int64_t day)
{
        return day ? format_iso_day(page_arena(pg), day) : TEXT_ABSENT;
}

struct text html_text_of_clock(const struct page *pg, int64_t minutes)
{
        return minutes < 0 ? TEXT_ABSENT
                           : text_format(page_arena(pg), "%02d:%02d", (int)(minutes / 60 % 24),
                                         (int)(minutes % 60));
}

void html_csrf(struct page *pg)
{
        static const char begin[] = "<input type=\"hidden\" name=\"csrf\" value=\"";

        html_raw(pg, begin, sizeof begin - 1);
        html_attr(pg, pg->csrf);
        html_raw(pg, "\">", 2);
}

static const char *error_of(const struct page *pg, const char *name)
{
        for (size_t i = 0; pg->echo && i < pg->echo->n_errors; i++)
                if (strcmp(pg->echo->error[i].field, name) == 0)
                        return msg(pg->locale, pg->echo->error[i].what);
        return NULL;
}

/* Was this value sent back for this name? With several values per name any of them counts. */
static bool was_typed(const struct form_echo *echo, const char *name, struct text value)
{
        for (size_t i = 0; i < echo->n; i++)
                if (text_is(echo->row[i].name, name) && text_equal(echo->row[i].value, value))
                        return true;
        return false;
}

static struct text value_of(const struct page *pg, const struct html_field *f)
{
        for (size_t i = 0; pg->echo && i < pg->echo->n; i++)
                if (text_is(pg->echo->row[i].name, f->name))
                        return pg->echo->row[i].value;
        return f->value;
}

static bool *chosen_of(const struct page *pg, const struct html_field *f)
{
        bool *chosen = arena_array(page_arena(pg), bool, f->options.n);

        for (size_t i = 0; i < f->options.n; i++) {
                const struct html_option *o = &f->options.row[i];
                if (pg->echo)
                        chosen[i] = was_typed(pg->echo, f->name, o->value);
                else
                        chosen[i] = o->checked || (f->value.p && text_equal(f->value, o->value));
        }
        return chosen;
}

struct html_used { const char *name; int times; struct html_used *next; };

/* Several forms of one page may ask for the same thing: the second `reason` has the id reason-2. */
static const char *id_of(struct page *pg, const char *name)
{
        struct html_used *u = pg->used;

        while (u && strcmp(u->name, name) != 0)
                u = u->next;
        if (u)
                return text_format(page_arena(pg), "%s-%d", name, ++u->times).p;
        u = arena_new_of(page_arena(pg), struct html_used);
        *u = (struct html_used) {name, 1, pg->used};
        pg->used = u;
        return name;
}

static struct text described_by(const struct page *pg, const struct html_field *f, const char *id,
                                bool wrong)
{
        struct out o = out_new(page_arena(pg), 96);

        if (f->hint || (f->max && f->kind == HTML_LINES))
                out_format(&o, "%s-hint ", id);
        if (wrong)
                out_format(&o, "%s-error ", id);
        if (f->audience)
                out_format(&o, "%s-audience ", id);
        return text_trim(out_get(&o));
}

static const char *type_of(enum html_field_kind kind)
{
        switch (kind) {
        case HTML_TEXT: case HTML_LINES: case HTML_SELECT: return "text";
        case HTML_EMAIL: return "email";
        case HTML_TEL: return "tel";
        case HTML_NUMBER: return "number";
        case HTML_DATE: return "date";
        case HTML_TIME: return "time";
        case HTML_RADIO: return "radio";
        case HTML_CHECKBOX: case HTML_CHECKBOXES: return "checkbox";
        case HTML_HIDDEN: return "hidden";
        case HTML_FILE: return "file";
        case HTML_PASSWORD: return "password";
        case HTML_SEARCH: return "search";
        }
        return "text";
}

static void write_field(struct page *pg, const struct html_field_view *v)
{
        switch (v->f->kind) {
        case HTML_TEXT:
        case HTML_EMAIL:
        case HTML_TEL:
        case HTML_NUMBER:
        case HTML_DATE:
        case HTML_TIME:
        case HTML_FILE:
        case HTML_PASSWORD:
        case HTML_SEARCH:
                html_field_line(pg, v);
                break;
        case HTML_LINES:
                html_field_lines(pg, v);
                break;
        case HTML_SELECT:
                html_field_select(pg, v);
                break;
        case HTML_RADIO: case HTML_CHECKBOXES:
                html_field_choices(pg, v);
                break;
        case HTML_CHECKBOX:
                html_field_tick(pg, v);
                break;
        case HTML_HIDDEN:
                html_field_hidden(pg, v);
                break;
        }
}

void html_field(struct page *pg, const struct html_field *f)
{
        const char *error = error_of(pg, f->name);
        bool secret = f->kind == HTML_PASSWORD || f->kind == HTML_FILE;
        const char *id = f->kind == HTML_HIDDEN ? f->name : id_of(pg, f->name);
        struct html_field_view v = {
                .f = f,
                .id = id,
                .type = type_of(f->kind),
                .error = error,
                .described = described_by(pg, f, id, error != NULL),
                .value = secret ? TEXT_ABSENT : value_of(pg, f),
                .chosen = chosen_of(pg, f),
                .on = pg->echo ? was_typed(pg->echo, f->name, TEXT("1")) : f->checked,
        };

        write_field(pg, &v);
}

void html_form_errors(struct page *pg)
{
        const struct form_echo *echo = pg->echo;

        if (!echo || (echo->n_errors == 0 && !failed(echo->err)))
                return;
        struct html_errors_view v = {
                .row = arena_array(page_arena(pg), struct html_errors_item, echo->n_errors)};
        for (; v.n < echo->n_errors; v.n++)
                v.row[v.n] = (struct html_errors_item) {
                        .field = echo->error[v.n].field,
                        .label = msg(pg->locale, echo->error[v.n].label),
                        .what = msg(pg->locale, echo->error[v.n].what),
                };
        if (echo->n_errors == 0) {
                v.what = msg(pg->locale, echo->err.what);
                v.next = msg(pg->locale, echo->err.next);
        }
        html_errors(pg, &v);
}
