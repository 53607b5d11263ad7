/*
 * htmlgen: turns templates (*.html, *.mail) into C and keeps the catalogue of sentences.  The
 * language: docs/templates.md.
 *
 * Text passes through these files in order: htmlgen_token.c cuts a template into literal text and
 * {{directives}}; view.c and block.c run the directives; markup.c knows where in HTML we stand;
 * run.c gathers a sentence; message.c writes it in every language; code.c writes C.  catalogue.c,
 * po.c and scan.c keep the sentences.
 */
#ifndef TELEMACHUS_TOOLS_HTMLGEN_H
#define TELEMACHUS_TOOLS_HTMLGEN_H

#include "base/out.h"

#include <glib.h>
#include <setjmp.h>

/* ---- errors: file:line: sentence, then on to the next file ---- */

struct gen {
        struct arena *arena;
        const char *out;                /* folder that receives what is generated */
        const char *assets;             /* folder of /assets/NAME; NULL: not checked */
        GHashTable *known;              /* key (plural: key NUL other) -> struct message */
        GPtrArray *messages;            /* the same, in the order met */
        GPtrArray *po;                  /* struct po_file */
        GHashTable *german;             /* key -> struct po_entry */
        unsigned faults;
        jmp_buf next_file;
};

[[gnu::format(printf, 4, 5)]] [[gnu::noreturn]]
void gen_fail(struct gen *g, const char *file, int line, const char *format, ...);
[[gnu::format(printf, 4, 5)]]
void gen_fault(struct gen *g, const char *file, int line, const char *format, ...);

struct text gen_read(struct gen *g, const char *path);
/* Writes only what differs, so that make compiles only what changed. */
void gen_write(struct gen *g, const char *path, struct text content);

/* ---- token.c ---- */

enum token_kind { TOKEN_TEXT, TOKEN_DIRECTIVE, TOKEN_END };

struct token {
        enum token_kind kind;
        struct text s;                  /* a directive without its braces, trimmed */
        int line;
        bool alone;                     /* a directive that has its line to itself */
};

struct token *token_split(struct gen *g, const char *file, struct text source);
/* The first word of a directive and what follows it, both trimmed. */
struct text token_word(struct text s, struct text *rest);
/* Up to the next white space outside of quotes and parentheses. */
struct text token_item(struct text s, struct text *rest);
/* The value of a C string literal; n of the literal in *used. False if s is none. */
bool token_string(struct arena *a, struct text s, struct text *value, size_t *used);
/* The last identifier of a C expression, "value" if it has none. */
struct text token_last_name(struct text expression);
bool token_is_name(struct text s);

/* ---- code.c: C with runs of literal output merged ---- */

struct code {
        const char *file;               /* the template, for #line */
        struct out done;
        struct out literal;             /* output not yet written as a call */
};

struct code *code_new(struct arena *a, const char *file);
void code_literal(struct code *c, struct text s);
[[gnu::format(printf, 3, 4)]] void code_line(struct code *c, int line, const char *format, ...);
[[gnu::format(printf, 2, 3)]] void code_plain(struct code *c, const char *format, ...);
void code_flush(struct code *c);
/* Everything that from holds, behind what c holds. */
void code_append(struct code *c, struct code *from);
bool code_is_literal(const struct code *c);
/* A C string literal, quotes included. */
void code_string(struct out *o, struct text s);

/* ---- message.c: one sentence, in every language ---- */

enum place { PLACE_TEXT, PLACE_ATTRIBUTE, PLACE_ADDRESS, PLACE_MAIL, PLACE_SUBJECT };

/* A sentence is text with holes {name} and tags <1> </1> <2/>; each has the C that writes it. */
struct slot {
        char sign;                      /* '{' hole, '<' opening, '/' closing, '!' empty tag */
        struct text name;               /* of a hole */
        int number;                     /* of a tag */
        struct code *code;
};

struct slots { size_t n; struct slot row[64]; };

struct view;
void message_write(struct view *v, struct code *c, struct text key, const struct slots *slots,
                   enum place place, int line);
void message_write_plural(struct view *v, struct code *c, struct text number, struct text one,
                          struct text other, const struct slots *slots, enum place place, int line);
/* The name of a static table "const char *const NAME[LOCALES]" with the plain sentence. */
struct text message_table(struct view *v, struct text key, int line);
/* Both must have the same holes and tags, or a fault is reported at file:line. */
bool message_check(struct gen *g, struct text key, struct text translated, const char *file,
                   int line);

/* ---- catalogue.c ---- */

enum language { LANGUAGE_EN, LANGUAGE_DE, LANGUAGE_PSEUDO, LANGUAGES };

struct message {
        struct text key, other;         /* other absent: no plural */
        const char *file;
        int line;
};

void catalogue_add(struct gen *g, struct text key, struct text other, const char *file, int line);
/* What a sentence is filed under in hash tables. */
char *catalogue_name(struct arena *a, struct text key, struct text other);
/* The sentence; form 0 is one, 1 is other. English if there is no translation. */
struct text catalogue_say(struct gen *g, struct text key, struct text other, enum language l,
                          int form);
void catalogue_write(struct gen *g);
bool catalogue_has_letters(struct text s);
struct text catalogue_pseudo(struct arena *a, struct text s);

/* ---- po.c ---- */

struct po_entry {
        struct text comments;           /* whole lines before the entry */
        struct text id, plural, say[2];
        bool fuzzy;
        int line;
};

struct po_file { const char *path; GPtrArray *entries; };

void po_load(struct gen *g, const char *path);
const struct po_entry *po_find(struct gen *g, struct text key, struct text other);
bool po_is_translated(const struct po_entry *e);
void po_update(struct gen *g);          /* adds what is missing to the first file */
unsigned po_report(struct gen *g);      /* prints what has no translation; the number */

/* ---- scan.c ---- */

void scan_c(struct gen *g, const char *path);

/* ---- view.c, block.c, value.c, markup.c, attribute.c, entity.c, run.c, field.c, mail.c ---- */

enum spot {                             /* where in HTML the next character lands */
        SPOT_TEXT, SPOT_OPEN, SPOT_NAME, SPOT_TAG, SPOT_ATTRIBUTE, SPOT_EQUALS, SPOT_VALUE,
        SPOT_BARE_VALUE, SPOT_COMMENT, SPOT_DOCTYPE,
};

enum attribute { ATTRIBUTE_PLAIN, ATTRIBUTE_ADDRESS, ATTRIBUTE_SENTENCE, ATTRIBUTE_FIXED };

struct run_part { bool hole; struct text s; struct slot slot; };
struct run { size_t n; int line; struct run_part part[96]; };

struct element { char name[24]; int line; };

struct frame {                          /* an open block */
        char kind;                      /* v view, m mail, i if, e else, f for */
        int line;
        int closers;                    /* braces to close at the end, for lets and fors */
        size_t depth;                   /* elements open when it began */
        enum spot spot;
        size_t address;                 /* characters of the address before it */
};

struct view {
        struct gen *g;
        const char *file;
        const struct token *token;      /* the one being read */
        int line;                       /* of the character being read */
        struct code *top;               /* tables */
        struct code *code;              /* where output goes now */
        struct out header;
        unsigned serial;
        bool mail;
        bool loose;                     /* elements need not be closed in this view */
        bool letter;                    /* HTML for a mail: literal style= is allowed */
        GHashTable *tables;             /* sentence -> serial of its table */

        struct frame frame[32];
        size_t frames;

        enum spot spot;
        char quote;
        struct element element[64];
        size_t elements;
        struct out tag_name, attribute_name, attribute_value;
        bool closing, self_closing;
        enum attribute attribute;
        size_t address;                 /* characters of the address so far */
        bool has_alt, has_action, is_post, is_button, wants_csrf, own_words;

        struct run run, attribute_run;
        bool in_t;                      /* inside {{t}} */
        int tags;                       /* of the {{t}} */
        int tag_stack[16];
        size_t tag_depth;
        struct code *tag_outer;         /* where output goes after the tag of a {{t}} */

        enum { MAIL_START, MAIL_SUBJECT, MAIL_BODY } mail_part;
        bool is_item;                   /* the paragraph being gathered is an item of a list */
};

[[gnu::format(printf, 2, 3)]] [[gnu::noreturn]]
void view_fail(struct view *v, const char *format, ...);
void view_translate(struct gen *g, const char *path);

void block_directive(struct view *v, struct text s);
/* Appends to code the C that writes the value; *name is its hole's. True if the value was a word of
 * the language. */
bool value_directive(struct view *v, struct text s, enum place place, struct code *code,
                     struct text *name);
/* name=EXPRESSION pairs become the holes of a plural. */
void value_plural(struct view *v, struct text rest, enum place place, struct code *code,
                  struct text *name);

void markup_text(struct view *v, struct text s);
void markup_value(struct view *v, struct text s);
/* A directive follows that is no value: what was pending is written. */
void markup_pause(struct view *v);
struct text markup_decode(struct view *v, struct text s);
struct text markup_escape(struct arena *a, struct text s);

/* Between markup.c, which reads characters, and attribute.c. */
void markup_tag_named(struct view *v);
void attribute_named(struct view *v);
void attribute_text(struct view *v, struct text s);
void attribute_end(struct view *v);

void run_text(struct view *v, struct run *r, struct text s);
void run_slot(struct view *v, struct run *r, struct slot slot);
/* Writes what was gathered and forgets it. raw: white space and words stay as they are. */
void run_flush(struct view *v, struct run *r, enum place place, bool raw);
void run_flush_content(struct view *v);

void field_directive(struct view *v, struct text rest);

void mail_begin(struct view *v);
void mail_end(struct view *v);
void mail_text(struct view *v, const struct token *t);
void mail_value(struct view *v, struct text s);
void mail_flush(struct view *v);

#endif
