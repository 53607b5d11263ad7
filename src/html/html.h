/*
 * What compiled templates write with, and what views are given.  Text from people (struct text) is
 * escaped for the place it lands in; markup of ours has its own type.  Pages are written by htmlgen
 * from *.html, never by hand in C.
 *
 * Wrong place? The template language: docs/templates.md.  Sending a page: http/http.h.
 */
#ifndef TELEMACHUS_HTML_HTML_H
#define TELEMACHUS_HTML_HTML_H

#include "base/out.h"
#include "html/format.h"

struct markup { struct text html; };    /* safe markup made by us: md4c output, svg of ours */

struct form_echo;                       /* of a rejected form; http/form.h fills it */

/* The reader and the writing end; every view takes it first. */
struct page {
        struct out *out;
        enum locale locale;
        const struct zone *zone;        /* the reader's */
        int64_t now;                    /* programme time */
        struct text csrf;               /* goes into every form */
        const struct form_echo *echo;   /* NULL unless a form came back */
        const char *path;               /* of this request, for "current page" marks */
        struct html_used *used;         /* ids of fields so far; html_field.c's own */
};

static inline struct arena *page_arena(const struct page *pg) { return pg->out->arena; }

/* Escaping, by context. _text: between tags; _attr: inside a quoted attribute; _url: one part of a
 * path or query. */
void html_text(struct page *pg, struct text t);
void html_attr(struct page *pg, struct text t);
void html_url(struct page *pg, struct text t);
static inline void html_raw(struct page *pg, const char *s, size_t n) { out_bytes(pg->out, s, n); }

#define HTML_INTEGERS_(f) \
        int: f, long: f, long long: f, unsigned: f, unsigned long: f, unsigned long long: f

/* {{expr}} between tags or in an attribute: struct text, const char *, integers and struct markup
 * (text context only). */
#define html_put(pg, v) \
        _Generic((v), struct text: html_text, const char *: html_put_c, char *: html_put_c, \
        struct markup: html_put_markup, HTML_INTEGERS_(html_put_int))((pg), (v))
/* Also doubles, as SVG wants them: a point, at most two decimals. */
#define html_put_in_attr(pg, v) \
        _Generic((v), struct text: html_attr, const char *: html_attr_c, char *: html_attr_c, \
        double: html_put_double, HTML_INTEGERS_(html_put_int))((pg), (v))
#define html_put_in_url(pg, v) \
        _Generic((v), struct text: html_url, const char *: html_url_c, char *: html_url_c, \
        HTML_INTEGERS_(html_put_int))((pg), (v))
void html_put_c(struct page *pg, const char *s);
void html_attr_c(struct page *pg, const char *s);
void html_url_c(struct page *pg, const char *s);
void html_put_int(struct page *pg, int64_t v);
void html_put_double(struct page *pg, double v);
void html_put_markup(struct page *pg, struct markup m);

/* A whole address in href/src/action: must start with '/' or 'http(s)://', 'mailto:' or 'tel:',
 * else "#" is written. */
#define html_put_address(pg, v) \
        _Generic((v), struct text: html_address, const char *: html_address_c, \
        char *: html_address_c)((pg), (v))
void html_address(struct page *pg, struct text t);
void html_address_c(struct page *pg, const char *s);

/* ---- what sentences compile to ---- */

struct html_words { const char *s; size_t n; };
struct html_piece {
        const char *s;
        unsigned n;
        unsigned char then;             /* the value that follows; 0 ends */
};
void html_count(struct page *pg, int64_t n);                            /* {n} of a plural: 1,204 */

/* ---- {{day}}, {{time}}, {{ago}} and so on: the words, and the same inside of <time datetime> ----
 */

struct text html_text_day(const struct page *pg, int64_t day);
struct text html_text_day_week(const struct page *pg, int64_t day);
struct text html_text_day_year(const struct page *pg, int64_t day);
struct text html_text_time(const struct page *pg, int64_t t);
struct text html_text_moment(const struct page *pg, int64_t t);
struct text html_text_ago(const struct page *pg, int64_t t);
struct text html_text_percent(const struct page *pg, double share);
struct text html_text_number(const struct page *pg,
                             double v); /* one decimal, none if it is whole */
void html_day(struct page *pg, int64_t day);
void html_day_week(struct page *pg, int64_t day);
void html_day_year(struct page *pg, int64_t day);
void html_time(struct page *pg, int64_t t);
void html_moment(struct page *pg, int64_t t);
void html_ago(struct page *pg, int64_t t);

/* Markdown of packs (raw HTML off) to safe markup; headings start at the given level. */
struct markup html_markdown(struct arena *a, struct text markdown, int top_heading);
/* What a person wrote: escaped, blank lines make paragraphs, addresses become links with
 * rel=nofollow. */
struct markup html_prose(struct arena *a, struct text written);

/* ---- forms: {{field ...}} in templates ---- */

enum html_field_kind {
        HTML_TEXT,
        HTML_LINES,
        HTML_EMAIL,
        HTML_TEL,
        HTML_NUMBER,
        HTML_DATE,
        HTML_TIME,
        HTML_SELECT,
        HTML_RADIO,
        HTML_CHECKBOX,
        HTML_CHECKBOXES,
        HTML_HIDDEN,
        HTML_FILE,
        HTML_PASSWORD,
        HTML_SEARCH,                    /* looks through a list; nobody keeps it */
};

/* Texts are plain, in the reader's language. checked marks what is chosen at first, besides the
 * field's value. */
struct html_option { struct text value, label, hint; bool checked; };
struct html_options { size_t n; struct html_option *row; };

struct html_field {
        const char *name;
        enum html_field_kind kind;
        const char *label, *hint;       /* already in the reader's language */
        const char *audience;           /* who will read it; required for what people write */
        struct text value;              /* what stands in it unless a rejected form is echoed */
        struct html_options options;
        bool required;
        bool checked;
        int max;                        /* characters; HTML_LINES says so; 0: no limit */
        int rows;                       /* HTML_LINES: height; 0: the usual */
        const char *low, *high, *step;  /* of numbers, dates, times; NULL: none */
        const char *autocomplete;
        const char *placeholder;
};

void html_field(struct page *pg, const struct html_field *f);

/* value= of a field: texts and numbers as they are, days as 2026-11-26, clock times (minutes after
 * midnight) as 18:30. */
#define html_as_text(pg, v) \
        _Generic((v), struct text: html_text_as_is, const char *: html_text_of_c, \
        char *: html_text_of_c, HTML_INTEGERS_(html_text_of_int))((pg), (v))
#define html_as_date(pg, v) \
        _Generic((v), struct text: html_text_as_is, HTML_INTEGERS_(html_text_of_day))((pg), (v))
#define html_as_clock(pg, v) \
        _Generic((v), struct text: html_text_as_is, HTML_INTEGERS_(html_text_of_clock))((pg), (v))
struct text html_text_as_is(const struct page *pg, struct text t);
struct text html_text_of_c(const struct page *pg, const char *s);
struct text html_text_of_int(const struct page *pg, int64_t v);
struct text html_text_of_day(const struct page *pg, int64_t day);       /* absent for 0 */
struct text html_text_of_clock(const struct page *pg, int64_t minutes); /* absent below 0 */

/* The summary of what was wrong, with links to the fields; nothing when the form is fresh. */
void html_form_errors(struct page *pg);
void html_csrf(struct page *pg);

/* ---- the frame around a view ---- */

enum html_shell_kind { SHELL_BARE, SHELL_PERSON, SHELL_DESK };

/* label: a sentence of the catalogue (the shell translates it). */
struct html_nav { const char *path; const char *label; struct text count; bool current, apart; };      /* apart: after a line */

struct html_shell {
        enum html_shell_kind kind;
        struct text title;              /* of the document, in the reader's language */
        struct text initials;           /* signed-in person; absent: nobody */
        struct text home;               /* where the logo leads: /home, /desk, / */
        const struct html_nav *nav;     /* desk navigation */
        size_t n_nav;
        struct text flash;              /* "The call is logged"; absent: none */
        struct text undo, undo_path;    /* desk: the act just done, and where it is taken back */
        struct text cohort_name;        /* desk: above the navigation */
        bool offers_help;               /* footer: help, concern, settings */
        bool chart;                     /* page needs the chart script */
};

void html_shell_begin(struct page *pg, const struct html_shell *s);
void html_shell_end(struct page *pg, const struct html_shell *s);

/* Embedded assets: name as in src/html/assets, path with the content's hash in it
 * (/assets/app.4f1c2a90.css). */
struct html_asset {
        const char *name, *path, *type;
        const void *plain, *gzip, *brotli;              /* gzip, brotli: NULL when not worth it */
        size_t n_plain, n_gzip, n_brotli;
};
const struct html_asset *html_asset_find(struct text path);     /* NULL: there is none */
const char *html_asset_path(const char *name);                  /* must exist */

#endif
