/*
 * What compiled templates write with, and what views are given.  Text from people (struct text) is escaped for the place
 * it lands in; markup of ours has its own type.  Pages are written by htmlgen from *.html, never by hand in C.
 *
 * Wrong place? The template language: docs/templates.md.  Sending a page: http/http.h.
 */
#ifndef TELEMACHUS_HTML_HTML_H
#define TELEMACHUS_HTML_HTML_H

#include "base/out.h"
#include "html/format.h"

struct markup { struct text html; };    /* safe markup made by us: md4c output, svg of ours */

struct form_echo;                       /* values and errors of a rejected form, http/form.h fills it */

/* The reader and the writing end; every view takes it first. */
struct page {
        struct out *out;
        enum locale locale;
        const struct zone *zone;        /* the reader's */
        int64_t now;                    /* programme time */
        struct text csrf;               /* goes into every form */
        const struct form_echo *echo;   /* NULL unless a form came back */
        const char *path;               /* of this request, for "current page" marks */
};

static inline struct arena *page_arena(const struct page *pg) { return pg->out->arena; }

/* Escaping, by context. _text: between tags; _attr: inside a quoted attribute; _url: one part of a path or query. */
void html_text(struct page *pg, struct text t);
void html_attr(struct page *pg, struct text t);
void html_url(struct page *pg, struct text t);
void html_raw(struct page *pg, const char *s, size_t n);

/* {{expr}} between tags or in an attribute: struct text, const char *, integers and struct markup (text context only). */
#define html_put(pg, v) _Generic((v), \
        struct text: html_text, const char *: html_put_c, char *: html_put_c, struct markup: html_put_markup, \
        int: html_put_int, long: html_put_int, long long: html_put_int, unsigned: html_put_int, \
        unsigned long: html_put_int)((pg), (v))
#define html_put_in_attr(pg, v) _Generic((v), \
        struct text: html_attr, const char *: html_attr_c, char *: html_attr_c, \
        int: html_put_int, long: html_put_int, long long: html_put_int, unsigned: html_put_int, \
        unsigned long: html_put_int)((pg), (v))
#define html_put_in_url(pg, v) _Generic((v), \
        struct text: html_url, const char *: html_url_c, char *: html_url_c, \
        int: html_put_int, long: html_put_int, long long: html_put_int, unsigned: html_put_int, \
        unsigned long: html_put_int)((pg), (v))
void html_put_c(struct page *pg, const char *s);
void html_attr_c(struct page *pg, const char *s);
void html_url_c(struct page *pg, const char *s);
void html_put_int(struct page *pg, int64_t v);
void html_put_markup(struct page *pg, struct markup m);

/* A whole address of ours in href/src/action: must start with '/' or 'http(s)://' or 'mailto:', else "#" is written. */
void html_address(struct page *pg, struct text t);

/* Markdown of packs (raw HTML off) to safe markup; headings start at the given level. */
struct markup html_markdown(struct arena *a, struct text markdown, int top_heading);
/* What a person wrote: escaped, blank lines make paragraphs, addresses become links with rel=nofollow. */
struct markup html_prose(struct arena *a, struct text written);

/* ---- forms: {{field ...}} in templates ---- */

enum html_field_kind {
        HTML_TEXT, HTML_LINES, HTML_EMAIL, HTML_TEL, HTML_NUMBER, HTML_DATE, HTML_TIME, HTML_SELECT, HTML_RADIO, HTML_CHECKBOX,
        HTML_CHECKBOXES, HTML_HIDDEN, HTML_FILE, HTML_PASSWORD,
};

struct html_option { struct text value; struct text label; struct text hint; };
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
        int max;                        /* characters; 0: no limit shown */
        const char *autocomplete;
        const char *placeholder;
};

void html_field(struct page *pg, const struct html_field *f);
/* The summary of what was wrong, with links to the fields; writes nothing when the form is fresh. */
void html_form_errors(struct page *pg);
void html_csrf(struct page *pg);

/* ---- the frame around a view ---- */

enum html_shell_kind { SHELL_BARE, SHELL_PERSON, SHELL_DESK };

struct html_nav { const char *path; const char *label; struct text count; bool current; };

struct html_shell {
        enum html_shell_kind kind;
        struct text title;              /* of the document, in the reader's language */
        struct text initials;           /* signed-in person; absent: nobody */
        struct text home;               /* where the logo leads: /home, /desk, / */
        const struct html_nav *nav;     /* desk navigation */
        size_t n_nav;
        struct text flash;              /* "The call is logged"; absent: none */
        struct text cohort_name;        /* desk: above the navigation */
        bool offers_help;               /* footer: help, concern, settings */
        bool chart;                     /* page needs the chart script */
};

void html_shell_begin(struct page *pg, const struct html_shell *s);
void html_shell_end(struct page *pg, const struct html_shell *s);

/* Embedded assets: name as in src/html/assets, hashed address for pages. */
struct html_asset { const char *name; const char *path; const char *type; const void *plain, *gzip, *brotli; size_t n_plain, n_gzip, n_brotli; };
const struct html_asset *html_asset_find(struct text path);
const char *html_asset_path(const char *name);

#endif
