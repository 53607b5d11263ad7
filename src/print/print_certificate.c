/*
 * A certificate, A4 landscape: a sheet that one would frame. cairo draws, pango sets the type, fonts are embedded as subsets.
 * A name may be in any script: what the garamond has not comes from Noto or Zen Hei, and right-to-left names are set right to left.
 */
#include "print/print.h"

#include "base/out.h"
#include "print/print_pdf.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

static const double PAGE_W = 841.89, PAGE_H = 595.28;           /* points */
static const double EDGE = 34, MIDDLE = 841.89 / 2, COLUMN = 600, SIGNED = 470;
/* In this order; scripts that the first has not come from those behind it. */
static const char FAMILY[] =
        "EB Garamond 12, EB Garamond, Noto Serif, Noto Naskh Arabic, Noto Serif Hebrew, Noto Serif Devanagari, Noto Serif Bengali, "
        "Noto Serif Tamil, Noto Serif Telugu, Noto Serif Kannada, Noto Serif Malayalam, Noto Serif Gujarati, Noto Serif Gurmukhi, "
        "Noto Serif Sinhala, Noto Serif Thai, Noto Serif Lao, Noto Serif Khmer, Noto Serif Myanmar, Noto Serif Georgian, "
        "Noto Serif Armenian, Noto Serif Ethiopic, Noto Serif Tibetan, Noto Serif CJK SC, WenQuanYi Zen Hei, Noto Sans, serif";

struct ink { double r, g, b; };
static const struct ink DEEP = {.10, .20, .27}, SOFT = {.36, .42, .46}, GOLD = {.66, .52, .26}, PALE = {.86, .80, .66};

struct sheet { struct arena *a; cairo_t *cr; PangoContext *context; enum locale locale; };

/* How a piece of text stands. letters: extra space between them, points; lining: digits as high as capitals, for codes. */
struct style { double size; struct ink ink; bool italic, lining; double letters; double width; const char *tag; };

static void use(cairo_t *cr, struct ink i) { cairo_set_source_rgb(cr, i.r, i.g, i.b); }

/* ---- type ---- */

static PangoLayout *layout_of(const struct sheet *s, struct text t, const struct style *st)
{
        PangoLayout *layout = pango_layout_new(s->context);
        PangoFontDescription *font = pango_font_description_new();
        PangoAttrList *attributes = pango_attr_list_new();

        pango_font_description_set_family_static(font, FAMILY);
        pango_font_description_set_absolute_size(font, st->size * PANGO_SCALE);
        pango_font_description_set_style(font, st->italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
        pango_layout_set_font_description(layout, font);
        pango_font_description_free(font);
        if (st->letters > 0)
                pango_attr_list_insert(attributes, pango_attr_letter_spacing_new((int)(st->letters * PANGO_SCALE)));
        pango_attr_list_insert(attributes, pango_attr_font_features_new(st->lining ? "lnum=1, onum=0, kern=1" : "lnum=0, onum=1, kern=1, liga=1"));
        pango_attr_list_insert(attributes, pango_attr_insert_hyphens_new(FALSE));
        pango_layout_set_attributes(layout, attributes);
        pango_attr_list_unref(attributes);
        pango_layout_set_alignment(layout, PANGO_ALIGN_CENTER);
        pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
        pango_layout_set_width(layout, (int)(st->width * PANGO_SCALE));
        pango_layout_set_text(layout, t.p, (int)t.n);
        return layout;
}

static double height_of(PangoLayout *layout)
{
        int w, h;

        pango_layout_get_size(layout, &w, &h);
        return (double)h / PANGO_SCALE;
}

static void show(const struct sheet *s, PangoLayout *layout, const struct style *st, double x, double y)
{
        use(s->cr, st->ink);
        cairo_tag_begin(s->cr, st->tag ? st->tag : "P", NULL);
        cairo_move_to(s->cr, x - st->width / 2, y);
        pango_cairo_show_layout(s->cr, layout);
        cairo_tag_end(s->cr, st->tag ? st->tag : "P");
        g_object_unref(layout);
}

/* Text centred on x, its top at y; how high it was. */
static double put(const struct sheet *s, struct text t, const struct style *st, double x, double y)
{
        PangoLayout *layout = layout_of(s, t, st);
        double high = height_of(layout);

        show(s, layout, st, x, y);
        return high;
}

/* The name is as large as fits on one line down to 30 points, and on two down to 20; then it wraps as it must. */
static double put_name(const struct sheet *s, struct text name, double y, double room)
{
        struct style st = {.size = 54, .ink = DEEP, .width = COLUMN + 60, .tag = "H2"};
        PangoLayout *layout = layout_of(s, name, &st);

        while (st.size > 14 && (pango_layout_get_line_count(layout) > (st.size > 30 ? 1 : 2) || height_of(layout) > room)) {
                g_object_unref(layout);
                st.size -= 1;
                layout = layout_of(s, name, &st);
        }
        double high = height_of(layout);
        show(s, layout, &st, MIDDLE, y + (room - high) / 2);
        return room;
}

/* ---- ornament ---- */

static void frame(cairo_t *cr, double inset, double width, struct ink i)
{
        use(cr, i);
        cairo_set_line_width(cr, width);
        cairo_rectangle(cr, inset, inset, PAGE_W - 2 * inset, PAGE_H - 2 * inset);
        cairo_stroke(cr);
}

/* A leaf from (0, 0) along the x axis. */
static void leaf(cairo_t *cr, double x, double y, double turn, double length)
{
        cairo_save(cr);
        cairo_translate(cr, x, y);
        cairo_rotate(cr, turn);
        cairo_move_to(cr, 0, 0);
        cairo_curve_to(cr, length * .3, -length * .32, length * .75, -length * .26, length, 0);
        cairo_curve_to(cr, length * .75, length * .12, length * .3, length * .14, 0, 0);
        cairo_fill(cr);
        cairo_restore(cr);
}

/* Half a sprig of olive, growing from its foot to the right; side -1 grows to the left. */
static void sprig(cairo_t *cr, double x, double y, double side)
{
        cairo_save(cr);
        cairo_translate(cr, x, y);
        cairo_scale(cr, side, 1);
        cairo_set_line_width(cr, .9);
        cairo_move_to(cr, 0, 0);
        cairo_curve_to(cr, 22, 6, 48, 4, 74, -8);
        cairo_stroke(cr);
        for (int i = 0; i < 5; i++) {
                double t = 10 + i * 13, bend = 4.2 - (double)(i * i) * .55;
                leaf(cr, t, bend, -.75, 15 - i * .8);
                leaf(cr, t + 5, bend - .4, .5, 14 - i * .8);
        }
        leaf(cr, 73, -7.6, -.42, 15);
        cairo_restore(cr);
}

static void ornament(const struct sheet *s)
{
        cairo_t *cr = s->cr;

        cairo_set_source_rgb(cr, .995, .99, .975);
        cairo_rectangle(cr, 0, 0, PAGE_W, PAGE_H);
        cairo_fill(cr);
        frame(cr, EDGE - 10, .6, PALE);
        frame(cr, EDGE, 1.6, GOLD);
        frame(cr, EDGE + 5, .5, GOLD);
        use(cr, GOLD);
        sprig(cr, MIDDLE + 6, 100, 1);
        sprig(cr, MIDDLE - 6, 100, -1);
        cairo_arc(cr, MIDDLE, 99, 2.6, 0, 2 * G_PI);
        cairo_fill(cr);
}

static void rule(const struct sheet *s, double x, double y, double half, double width, struct ink i)
{
        use(s->cr, i);
        cairo_set_line_width(s->cr, width);
        cairo_move_to(s->cr, x - half, y);
        cairo_line_to(s->cr, x + half, y);
        cairo_stroke(s->cr);
}

/* ---- the sheet ---- */

static void signature(const struct sheet *s, struct text name, struct text role, double x)
{
        struct style who = {.size = 14, .ink = DEEP, .width = 220}, what = {.size = 10.5, .ink = SOFT, .italic = true, .width = 220};

        rule(s, x, SIGNED, 95, .7, SOFT);
        double high = put(s, name, &who, x, SIGNED + 5);
        put(s, role, &what, x, SIGNED + 6 + high);
}

static void write_sheet(const struct sheet *s, const struct print_certificate *c)
{
        struct style programme = {.size = 14, .ink = SOFT, .letters = 1.6, .width = COLUMN};
        struct style heading = {.size = 46, .ink = DEEP, .letters = 1, .width = COLUMN, .tag = "H1"};
        struct style lead = {.size = 15, .ink = SOFT, .italic = true, .width = COLUMN};
        struct style done = {.size = 16, .ink = DEEP, .width = COLUMN - 30};
        struct style foot = {.size = 9.5, .ink = SOFT, .lining = true, .width = COLUMN + 80}, date = {.size = 12, .ink = DEEP, .width = 200};
        double y = 126;

        y += put(s, c->programme, &programme, MIDDLE, y) + 8;
        y += put(s, c->heading, &heading, MIDDLE, y) + 10;
        y += put(s, c->lead, &lead, MIDDLE, y) + 6;
        y += put_name(s, c->name, y, 84);
        rule(s, MIDDLE, y + 6, 60, 1, GOLD);
        y += 22;
        for (size_t i = 0; i < 3; i++)
                if (c->done[i].n)
                        y += put(s, c->done[i], &done, MIDDLE, y) + 4;
        put(s, c->place_date, &date, c->sponsor.n ? MIDDLE : MIDDLE + 160, SIGNED + 6);
        signature(s, c->signer, c->signer_role, c->sponsor.n ? 195 : MIDDLE - 160);
        if (c->sponsor.n)
                signature(s, c->sponsor, c->sponsor_role, PAGE_W - 195);
        else
                rule(s, MIDDLE + 160, SIGNED, 95, .7, SOFT);
        put(s, text_format(s->a, "%s  ·  %s", text_c(s->a, c->verify), text_c(s->a, c->code)), &foot, MIDDLE, 531);
}

static cairo_status_t collect(void *to, const unsigned char *p, unsigned n)
{
        out_bytes(to, p, n);
        return CAIRO_STATUS_SUCCESS;
}

static void describe(struct arena *a, cairo_surface_t *surface, const struct print_certificate *c)
{
        GDateTime *t = g_date_time_new_from_unix_utc(c->now);
        char *when = t ? g_date_time_format(t, "%Y-%m-%dT%H:%M:%SZ") : NULL;

        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, text_c(a, c->title));
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_AUTHOR, text_c(a, c->programme));
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Telemachus");
        if (when)
                cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, when);
        g_free(when);
        if (t)
                g_date_time_unref(t);
}

/* A font map of its own: this runs on many threads. */
static void draw(struct arena *a, cairo_surface_t *surface, const struct print_certificate *c)
{
        PangoFontMap *fonts = pango_cairo_font_map_new();
        struct sheet s = {.a = a, .cr = cairo_create(surface), .context = pango_font_map_create_context(fonts), .locale = c->locale};

        pango_cairo_update_context(s.cr, s.context);
        pango_context_set_language(s.context, pango_language_from_string(locale_tag(c->locale)));
        pango_context_set_base_dir(s.context, PANGO_DIRECTION_NEUTRAL);
        ornament(&s);           /* outside of the document's structure: nothing to read aloud */
        cairo_tag_begin(s.cr, "Document", NULL);
        write_sheet(&s, c);
        cairo_tag_end(s.cr, "Document");
        cairo_show_page(s.cr);
        g_object_unref(s.context);
        g_object_unref(fonts);
        cairo_destroy(s.cr);
}

struct err print_certificate(struct arena *a, const struct print_certificate *c, struct text *out)
{
        struct out bytes = out_new(a, 65536);
        cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(collect, &bytes, PAGE_W, PAGE_H);

        describe(a, surface, c);
        draw(a, surface, c);
        cairo_surface_finish(surface);
        cairo_status_t status = cairo_surface_status(surface);
        cairo_surface_destroy(surface);
        if (status != CAIRO_STATUS_SUCCESS)
                {
                struct err e = FAIL(ERR_BROKEN, "The certificate could not be drawn", "Tell the people who run the site");
                e.detail = cairo_status_to_string(status);
                return e;
        }
        return print_pdf_language(a, out_get(&bytes), locale_tag(c->locale), out);
}
