/* Templates on the desk: their texts, what was changed here, and what a newer shipped version asks. */
#include "base/app.h"
#include "base/log.h"
#include "base/out.h"
#include "os/clock.h"
#include "os/config.h"
#include "people/people.h"
#include "programmes/programmes_packs.html.h"
#include "programmes/programmes_web.h"
#include "programmes/programmes_web_parts.h"

#include <string.h>

/* ---- who may ---- */

/* A text is read in every cohort of its template: who changes it runs all of them, or is an administrator. */
static struct err may_edit(struct request *rq, const struct pack *p, int64_t *cohorts, bool *may)
{
        struct programmes_cohort_list alive;

        *cohorts = 0;
        *may = true;
        TRY(programmes_alive(rq->tx, &alive));
        for (size_t i = 0; i < alive.n; i++) {
                if (!text_equal(alive.row[i].pack->name, p->name) && !text_equal(alive.row[i].pack->based_on, p->name))
                        continue;
                ++*cohorts;
                *may &= !failed(programmes_staff(rq->tx, rq->who, alive.row[i].id));
        }
        *may |= who_has(rq->who, ROLE_ADMINISTRATOR);
        return OK;
}

static struct err pack_here(struct request *rq, const struct pack **p)
{
        *p = packs_find(rq->app->packs, rq_text(rq, "pack"));
        return *p ? OK : FAIL(ERR_ABSENT, "There is no such template", "Choose one from the list");
}

static struct err must_edit(struct request *rq, const struct pack *p)
{
        int64_t cohorts;
        bool may;

        TRY(may_edit(rq, p, &cohorts, &may));
        return may ? OK : FAIL(ERR_FORBIDDEN, "Other programmes run on this template as well", "Ask an administrator");
}

/* ---- lists ---- */

static struct err line_of(struct request *rq, const struct pack *p, struct programmes_pack_line *out)
{
        struct pack_change_list changes;
        bool may;

        *out = (struct programmes_pack_line) {.name = p->name, .title = p->title.in[rq->page.locale],
                .summary = p->summary.in[rq->page.locale], .version = p->version, .weeks = p->weeks, .builtin = p->builtin};
        TRY(may_edit(rq, p, &out->cohorts, &may));
        TRY(pack_changes(rq->arena, rq->app->config->data, p->name, &changes));
        for (size_t i = 0; i < changes.n; i++) {
                out->changed += changes.row[i].kind != PACK_OUTDATED;
                out->open += changes.row[i].kind == PACK_CONFLICT;
        }
        return OK;
}

static struct err list_packs(struct request *rq, struct reply *re, const struct programmes_problem_lines *problems)
{
        struct html_shell shell = programmes_desk_shell(rq, M_("Templates"));
        const struct packs *packs = rq->app->packs;
        struct programmes_packs_view v = {.packs = {.row = arena_array(rq->arena, struct programmes_pack_line, packs->n)},
                                          .problems = *problems, .may_bring = who_has(rq->who, ROLE_ADMINISTRATOR)};

        for (; v.packs.n < packs->n; v.packs.n++)
                TRY(line_of(rq, packs->pack[v.packs.n], &v.packs.row[v.packs.n]));
        reply_page(rq, re, &shell, programmes_packs_page, &v);
        return OK;
}

static struct err show_packs(struct request *rq, struct reply *re)
{
        return list_packs(rq, re, &(struct programmes_problem_lines) {0});
}

static struct err get_zip(struct request *rq, struct reply *re)
{
        enum pack_export_how how = text_is(rq_query(rq, "thin"), "1") ? PACK_THIN : PACK_WHOLE;
        const struct pack *p;
        struct text zip;

        TRY(pack_here(rq, &p));
        TRY(pack_to_zip(rq->arena, p, how, &zip));
        reply_bytes(re, "application/zip", zip, text_format(rq->arena, "%s.zip", p->name.p).p);
        return OK;
}

static struct text path_of(struct arena *a, const char *kind, struct text lang, struct text key)
{
        return text_format(a, "%s/%s/%s.md", kind, text_c(a, lang), text_c(a, key));
}

/* "Title: ..." or "Subject: ..." of a file. */
static struct text title_of(struct text file)
{
        struct text rest, line = text_cut(file, '\n', &rest), after;

        text_cut(line, ':', &after);
        return after.p ? text_trim(after) : line;
}

static const struct pack_change *change_of(const struct pack_change_list *changes, struct text path)
{
        for (size_t i = 0; i < changes->n; i++)
                if (text_equal(changes->row[i].path, path))
                        return &changes->row[i];
        return NULL;
}

static const struct { const char *kind, *title; } kinds[] = {
        {"mails", M_("Letters")}, {"agendas", M_("Agendas")}, {"modules", M_("Training modules")}, {"library", M_("Library")},
        {"calls", M_("Guides for calls")}};
enum { KINDS = 5 };

static void add(struct programmes_text_lines *to, struct programmes_text_line line) { to->row[to->n++] = line; }

static void add_texts(struct request *rq, const struct pack *p, const struct pack_change_list *changes, struct programmes_pack_view *v)
{
        size_t n = pack_names(p), most = n * LOCALES;

        v->open.row = arena_array(rq->arena, struct programmes_text_line, most);
        v->changed.row = arena_array(rq->arena, struct programmes_text_line, most);
        v->groups.row = arena_array(rq->arena, struct programmes_text_group, KINDS);
        for (int k = 0; k < KINDS; k++) {
                struct programmes_text_group *g = &v->groups.row[v->groups.n++];

                *g = (struct programmes_text_group) {kinds[k].title, {.row = arena_array(rq->arena, struct programmes_text_line, most)}};
                for (size_t i = 0; i < n * LOCALES; i++) {
                        struct pack_name name = pack_name_at(p, i / LOCALES);
                        struct text lang = text_of(locale_tag((enum locale)(i % LOCALES)));
                        struct text path = path_of(rq->arena, name.kind, lang, name.key), file = pack_file_text(p, path);
                        const struct pack_change *c = change_of(changes, path);
                        struct programmes_text_line line = {name.key, title_of(file), lang, name.kind, c != NULL, c && c->kind == PACK_CONFLICT};

                        if (strcmp(name.kind, kinds[k].kind) != 0 || file.p == NULL || (p->languages & 1u << (i % LOCALES)) == 0)
                                continue;
                        add(&g->texts, line);
                        if (c && c->kind != PACK_OUTDATED)
                                add(line.open ? &v->open : &v->changed, line);
                }
        }
}

/* ---- one text ---- */

struct text_form { struct text kind, lang, key, text, then; };
static const char *const form_kinds[] = {"mails", "agendas", "modules", "library", "calls", NULL};
static const char *const langs[] = {"en", "de", NULL};
static const char *const thens[] = {"save", "look", NULL};

#define TEXT_FIELDS(type) \
        {.name = "kind", .kind = FIELD_CHOICE, .offset = offsetof(type, kind), .required = true, .choices = form_kinds, .label = "Kind"}, \
        {.name = "lang", .kind = FIELD_CHOICE, .offset = offsetof(type, lang), .required = true, .choices = langs, .label = "Language"}, \
        {.name = "key", .kind = FIELD_TEXT, .offset = offsetof(type, key), .required = true, .max = 60, .label = "Name"}

FORM_OF(text_form, struct text_form, TEXT_FIELDS(struct text_form),
        {.name = "text", .kind = FIELD_LINES, .offset = offsetof(struct text_form, text), .required = true, .max = 20000, .label = "The text"},
        {.name = "then", .kind = FIELD_CHOICE, .offset = offsetof(struct text_form, then), .choices = thens, .label = "Save"});

static const char *kind_of(struct text kind)
{
        for (int k = 0; k < KINDS; k++)
                if (text_is(kind, kinds[k].kind))
                        return kinds[k].kind;
        return NULL;
}

static struct err text_view(struct request *rq, const struct pack *p, struct text kind, struct text lang, struct text key,
                            struct programmes_text_view *v)
{
        struct pack_change_list changes;
        const struct pack_change *c;
        int64_t cohorts;

        *v = (struct programmes_text_view) {.pack = p->name, .pack_title = p->title.in[rq->page.locale], .key = key, .locale = lang,
                                            .kind = kind_of(kind)};
        if (!v->kind)
                return FAIL(ERR_ABSENT, "The template has no such text", "Choose one from the list");
        v->path = path_of(rq->arena, v->kind, lang, key);
        v->text = pack_file_text(p, v->path);
        if (!v->text.p)
                return FAIL(ERR_ABSENT, "The template has no such text", "Choose one from the list");
        TRY(may_edit(rq, p, &cohorts, &v->may_edit));
        TRY(pack_changes(rq->arena, rq->app->config->data, p->name, &changes));
        c = change_of(&changes, v->path);
        v->changed = c && c->shipped.p && c->kind != PACK_OUTDATED;
        v->open = c && c->kind == PACK_CONFLICT && c->shipped.p;
        v->shipped = v->open ? c->shipped : TEXT_ABSENT;
        return OK;
}

/* Buttons become words: here they would lead nowhere. */
static struct text without_buttons(struct arena *a, struct text body)
{
        struct out o = out_new(a, body.n + 64);
        struct pack_button button;
        struct text before;

        while (pack_next_button(&body, &before, &button)) {
                out_text(&o, before);
                out_format(&o, "\n\n**%s**\n\n", text_c(a, button.words));
        }
        out_text(&o, before);
        return out_get(&o);
}

static void add_preview(struct request *rq, struct programmes_text_view *v)
{
        struct text body;

        text_cut(v->text, '\n', &body);
        body = without_buttons(rq->arena, body.p ? body : TEXT(""));
        v->title = v->subject = title_of(v->text);
        v->preview = html_markdown(rq->arena, body, 3);
}

static void show(struct request *rq, struct reply *re, struct programmes_text_view *v)
{
        struct html_shell shell = programmes_desk_shell(rq, M_("A text of a template"));

        add_preview(rq, v);
        reply_page(rq, re, &shell, programmes_text_page, v);
}

static struct err show_pack(struct request *rq, struct reply *re)
{
        struct html_shell shell = programmes_desk_shell(rq, M_("Template"));
        struct programmes_pack_view v = {0};
        struct programmes_text_view one;
        struct pack_change_list changes;
        const struct pack *p;
        int64_t cohorts;

        TRY(pack_here(rq, &p));
        if (rq_query(rq, "key").p) {
                TRY(text_view(rq, p, rq_query(rq, "kind"), rq_query(rq, "lang"), rq_query(rq, "key"), &one));
                show(rq, re, &one);
                return OK;
        }
        TRY(line_of(rq, p, &v.p));
        TRY(may_edit(rq, p, &cohorts, &v.may_edit));
        TRY(pack_changes(rq->arena, rq->app->config->data, p->name, &changes));
        for (size_t i = 0; i < changes.n; i++)
                v.outdated += changes.row[i].kind == PACK_OUTDATED;
        add_texts(rq, p, &changes, &v);
        reply_page(rq, re, &shell, programmes_pack_page, &v);
        return OK;
}

/* ---- changing ---- */

static struct err read_anew(struct request *rq) { return packs_reload(&rq->app->packs, rq->app->config->data, clock_seconds()); }

static struct programmes_problem_lines problem_lines(struct request *rq, const struct pack_problems *problems)
{
        struct programmes_problem_lines lines = {.row = arena_array(rq->arena, struct programmes_problem_line, problems->n + 1)};

        for (size_t i = 0; i < problems->n; i++)
                if (!problems->row[i].note)
                        lines.row[lines.n++] = (struct programmes_problem_line) {problems->row[i].line, problems->row[i].file,
                                problems->row[i].what, problems->row[i].remedy};
        return lines;
}

static void see_text(struct request *rq, struct reply *re, const struct pack *p, struct text kind, struct text lang, struct text key)
{
        reply_see(re, "/desk/packs/%s?kind=%s&lang=%s&key=%s", p->name.p, text_c(rq->arena, kind), text_c(rq->arena, lang), text_c(rq->arena, key));
}

/* The file as it is read: with one line end behind the last line, which a form takes away. */
static struct text as_file(struct arena *a, struct text typed) { return text_format(a, "%s\n", text_c(a, typed)); }

static struct err post_text(struct request *rq, struct reply *re)
{
        const struct text_form *f = FORM(rq, struct text_form);
        struct text text = as_file(rq->arena, f->text);
        struct programmes_text_view v;
        struct pack_problems problems;
        const struct pack *p;
        struct err e;

        TRY(pack_here(rq, &p));
        TRY(must_edit(rq, p));
        TRY(text_view(rq, p, f->kind, f->lang, f->key, &v));
        v.looked = text_is(f->then, "look");
        if (v.looked) {
                v.text = text;
                show(rq, re, &v);
                return OK;
        }
        e = pack_write_text(rq->arena, rq->app->config->data, p, v.path, text, &problems);
        if (err_is(e, ERR_INVALID)) {
                v.text = text;
                v.problems = problem_lines(rq, &problems);
                reply_status(re, 422);
                show(rq, re, &v);
                return OK;
        }
        TRY(e);
        TRY(people_audit(rq->tx, rq->who, "pack.text", 0, 0, text_c(rq->arena, text_format(rq->arena, "%s %s", p->name.p, v.path.p))));
        TRY(read_anew(rq));
        reply_flash(re, "Saved. From now on everybody reads this text.");
        see_text(rq, re, p, f->kind, f->lang, f->key);
        return OK;
}

struct choose_form { struct text kind, lang, key, which; };
static const char *const whiches[] = {"mine", "shipped", NULL};
FORM_OF(choose_form, struct choose_form, TEXT_FIELDS(struct choose_form),
        {.name = "which", .kind = FIELD_CHOICE, .offset = offsetof(struct choose_form, which), .required = true, .choices = whiches, .label = "Which"});

static struct err post_choose(struct request *rq, struct reply *re)
{
        const struct choose_form *f = FORM(rq, struct choose_form);
        bool mine = text_is(f->which, "mine");
        struct programmes_text_view v;
        const struct pack *p;

        TRY(pack_here(rq, &p));
        TRY(must_edit(rq, p));
        TRY(text_view(rq, p, f->kind, f->lang, f->key, &v));
        TRY(pack_settle(rq->arena, rq->app->config->data, p->name, v.path, mine ? PACK_KEEP_MINE : PACK_TAKE_SHIPPED));
        TRY(people_audit(rq->tx, rq->who, mine ? "pack.keep" : "pack.take", 0, 0,
                         text_c(rq->arena, text_format(rq->arena, "%s %s", p->name.p, v.path.p))));
        TRY(read_anew(rq));
        reply_flash(re, mine ? M_("Yours stays in use.") : M_("The shipped text is in use. Yours is kept aside."));
        see_text(rq, re, p, f->kind, f->lang, f->key);
        return OK;
}

static struct err post_upgrade(struct request *rq, struct reply *re)
{
        struct pack_change_list left;
        const struct pack *p;
        size_t taken;

        TRY(pack_here(rq, &p));
        TRY(must_edit(rq, p));
        TRY(pack_upgrade(rq->arena, rq->app->config->data, p->name, &taken, &left));
        TRY(people_audit(rq->tx, rq->who, "pack.upgrade", 0, 0, p->name.p));
        TRY(read_anew(rq));
        reply_flash(re, "The newer texts are in use.");
        reply_see(re, "/desk/packs/%s", p->name.p);
        return OK;
}

struct bring_form { struct text file; };
FORM_OF(bring_form, struct bring_form,
        {.name = "file", .kind = FIELD_FILE, .offset = offsetof(struct bring_form, file), .required = true, .label = "The template as a ZIP archive"});

static struct err post_bring(struct request *rq, struct reply *re)
{
        struct pack_problems problems;
        struct programmes_problem_lines lines;
        const struct pack *p;
        struct text name;

        TRY(pack_check_zip(rq->arena, FORM(rq, struct bring_form)->file, rq->app->config->data, &problems, &p));
        if (!p) {
                lines = problem_lines(rq, &problems);
                reply_status(re, 422);
                return list_packs(rq, re, &lines);
        }
        TRY(pack_from_zip(rq->arena, FORM(rq, struct bring_form)->file, rq->app->config->data, &problems, &name));
        TRY(people_audit(rq->tx, rq->who, "pack.import", 0, 0, text_c(rq->arena, name)));
        struct err e = read_anew(rq);
        if (failed(e)) {        /* it lies in its folder: to say that nothing has happened would not be true */
                log_err(LOG_WARN, "pack.read_anew", e);
                reply_flash(re, "The template is here, but it could not be read just now. It is used from the next start on.");
                reply_see(re, "/desk/packs");
                return OK;
        }
        reply_flash(re, "The template is here. New cohorts can be made from it.");
        reply_see(re, "/desk/packs/%s", text_c(rq->arena, name));
        return OK;
}

static const struct route rows[] = {
        {.method = GET, .path = "/desk/packs/:pack/zip", .who = WHO_STAFF, .handler = get_zip},
        {.method = POST, .path = "/desk/packs", .who = ROLE_ADMINISTRATOR, .handler = post_bring, .form = &bring_form, .back = "/desk/packs"},
        {.method = GET, .path = "/desk/packs", .who = WHO_STAFF, .handler = show_packs},
        {.method = GET, .path = "/desk/packs/:pack", .who = WHO_STAFF, .handler = show_pack},
        {.method = POST, .path = "/desk/packs/:pack/text", .who = WHO_STAFF, .handler = post_text, .form = &text_form, .back = "/desk/packs/:pack"},
        {.method = POST, .path = "/desk/packs/:pack/choose", .who = WHO_STAFF, .handler = post_choose, .form = &choose_form, .back = "/desk/packs/:pack"},
        {.method = POST, .path = "/desk/packs/:pack/upgrade", .who = WHO_STAFF, .handler = post_upgrade},
};

const struct route_table programmes_packs_routes = ROUTES(rows);
