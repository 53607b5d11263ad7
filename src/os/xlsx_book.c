/* What a workbook says of itself: its sheets, which styles show dates, the words that its cells share. */
#include "os/xlsx_parts.h"

#include <stdlib.h>
#include <string.h>

static const char *keep(struct arena *a, const char *s) { return s ? text_copy(a, text_of(s)).p : NULL; }

static bool ends_in(const char *s, const char *end)
{
        size_t n = s ? strlen(s) : 0, m = strlen(end);

        return n >= m && strcmp(s + n - m, end) == 0;
}

/* A target is written from the folder of what names it, or from the top. */
static const char *resolve(struct arena *a, const char *from, const char *target)
{
        const char *slash = strrchr(from, '/');
        int folder = slash ? (int)(slash - from) + 1 : 0;

        if (*target == '/')
                return keep(a, target + 1);
        while (strncmp(target, "../", 3) == 0) {
                target += 3;
                folder -= folder > 0;
                while (folder > 0 && from[folder - 1] != '/')
                        folder--;
        }
        while (strncmp(target, "./", 2) == 0)
                target += 2;
        return text_format(a, "%.*s%s", folder, from, target).p;
}

static const char *relations_of(struct arena *a, const char *path)
{
        const char *slash = strrchr(path, '/');
        int folder = slash ? (int)(slash - path) + 1 : 0;

        return text_format(a, "%.*s_rels/%s.rels", folder, path, path + folder).p;
}

/* ---- which part is what ---- */

static void on_root_relation(void *ctx, const char *name, const char **at)
{
        struct xlsx_book *b = ctx;
        const char *target = xml_attribute(at, "Target");

        if (strcmp(name, "Relationship") == 0 && target && ends_in(xml_attribute(at, "Type"), "/officeDocument"))
                b->path = resolve(b->a, "", target);
}

static void on_relation(void *ctx, const char *name, const char **at)
{
        struct xlsx_book *b = ctx;
        const char *target = xml_attribute(at, "Target"), *type = xml_attribute(at, "Type"), *id = xml_attribute(at, "Id");
        const char *mode = xml_attribute(at, "TargetMode");

        if (strcmp(name, "Relationship") != 0 || !target || !type || (mode && strcmp(mode, "External") == 0))
                return;
        if (ends_in(type, "/sharedStrings"))
                b->strings_path = text_of(resolve(b->a, b->path, target));
        if (ends_in(type, "/styles"))
                b->styles_path = text_of(resolve(b->a, b->path, target));
        for (size_t i = 0; id && ends_in(type, "/worksheet") && i < b->n_sheets; i++)
                if (b->sheet[i].relation && strcmp(b->sheet[i].relation, id) == 0)
                        b->sheet[i].path = resolve(b->a, b->path, target);
}

static bool is_true(const char *s) { return s && (strcmp(s, "1") == 0 || strcmp(s, "true") == 0); }

static void on_workbook(void *ctx, const char *name, const char **at)
{
        struct xlsx_book *b = ctx;
        const char *state = xml_attribute(at, "state");

        if (strcmp(name, "workbookPr") == 0)
                b->from_1904 = is_true(xml_attribute(at, "date1904"));
        if (strcmp(name, "sheet") != 0 || b->n_sheets == XLSX_SHEETS)
                return;
        b->sheet[b->n_sheets++] = (struct xlsx_sheet) {
                .name = keep(b->a, xml_attribute(at, "name")), .relation = keep(b->a, xml_attribute(at, "id")),
                .hidden = state && strcmp(state, "visible") != 0};
}

static void on_nothing(void *ctx, const char *name)
{
        (void)ctx;
        (void)name;
}

/* ---- styles ---- */

struct styles { struct xlsx_book *b; bool in_cells; };

static const char *code_of(const struct xlsx_book *b, int64_t id)
{
        for (size_t i = 0; i < b->n_formats; i++)
                if (b->format[i].id == id)
                        return b->format[i].code;
        return NULL;
}

static void on_style(void *ctx, const char *name, const char **at)
{
        struct styles *s = ctx;
        struct xlsx_book *b = s->b;
        const char *id = xml_attribute(at, "numFmtId"), *code = xml_attribute(at, "formatCode");
        int64_t n = id ? strtoll(id, NULL, 10) : 0;

        if (strcmp(name, "numFmt") == 0 && code && b->n_formats < XLSX_FORMATS)
                b->format[b->n_formats++] = (struct xlsx_format) {n, keep(b->a, code)};
        if (strcmp(name, "cellXfs") == 0)
                s->in_cells = true;
        if (s->in_cells && strcmp(name, "xf") == 0 && b->n_styles < XLSX_STYLES)
                b->style[b->n_styles++] = xlsx_shown(n, code_of(b, n));
}

static void on_style_end(void *ctx, const char *name)
{
        struct styles *s = ctx;

        if (strcmp(name, "cellXfs") == 0)
                s->in_cells = false;
}

static struct err read_styles(struct xlsx_book *b)
{
        static const struct xml_hooks hooks = {on_style, on_style_end, NULL};
        struct styles s = {.b = b};
        bool found;

        if (text_empty(b->styles_path))
                return OK;
        b->format = arena_array(b->a, struct xlsx_format, XLSX_FORMATS);
        b->style = arena_array(b->a, enum xlsx_shown, XLSX_STYLES);
        return xlsx_part(b, b->styles_path.p, XLSX_PARTS_MOST, &hooks, &s, &found);
}

/* ---- shared words ---- */

struct words { struct xlsx_book *b; struct out o; bool in_text; int in_reading; };

static void on_word(void *ctx, const char *name, const char **at)
{
        struct words *w = ctx;

        (void)at;
        if (strcmp(name, "si") == 0)
                w->o.n = 0;
        w->in_reading += strcmp(name, "rPh") == 0;      /* how it is spoken: not what stands there */
        w->in_text = strcmp(name, "t") == 0 && w->in_reading == 0;
}

static void on_word_text(void *ctx, const char *p, size_t n)
{
        struct words *w = ctx;

        if (w->in_text)
                out_bytes(&w->o, p, n);
}

static void on_word_end(void *ctx, const char *name)
{
        struct words *w = ctx;
        struct xlsx_book *b = w->b;

        w->in_text = false;
        w->in_reading -= strcmp(name, "rPh") == 0;
        if (strcmp(name, "si") != 0)
                return;
        if (b->n_strings == b->strings_room) {
                struct text *more = arena_array(b->a, struct text, b->strings_room * 2 + 256);
                if (b->n_strings)
                        memcpy(more, b->string, b->n_strings * sizeof *more);
                b->string = more;
                b->strings_room = b->strings_room * 2 + 256;
        }
        struct text t = out_get(&w->o);
        b->string[b->n_strings++] = memmem(t.p, t.n, "_x", 2) ? xlsx_plain(b->a, t) : text_copy(b->a, t);
}

static struct err read_words(struct xlsx_book *b)
{
        static const struct xml_hooks hooks = {on_word, on_word_end, on_word_text};
        struct words w = {.b = b, .o = out_new(b->a, 256)};
        bool found;

        if (text_empty(b->strings_path))
                return OK;
        return xlsx_part(b, b->strings_path.p, XLSX_STRINGS_MOST, &hooks, &w, &found);
}

/* ---- the whole ---- */

static struct err no_workbook(void)
{
        return FAIL(ERR_INVALID, "This is no Excel workbook", "Save the table as .xlsx or as CSV");
}

struct err xlsx_open(struct xlsx_book *b)
{
        static const struct xml_hooks root = {on_root_relation, on_nothing, NULL}, workbook = {on_workbook, on_nothing, NULL},
                                      relations = {on_relation, on_nothing, NULL};
        bool found;

        TRY(xlsx_part(b, "_rels/.rels", XLSX_PARTS_MOST, &root, b, &found));
        if (!found || !b->path || !ends_in(b->path, ".xml"))
                return no_workbook();
        TRY(xlsx_part(b, b->path, XLSX_PARTS_MOST, &workbook, b, &found));
        if (!found || b->n_sheets == 0)
                return no_workbook();
        TRY(xlsx_part(b, relations_of(b->a, b->path), XLSX_PARTS_MOST, &relations, b, &found));
        TRY(read_styles(b));
        return read_words(b);
}
