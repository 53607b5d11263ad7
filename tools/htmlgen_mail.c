/*
 * {{mail}}: a subject line, then paragraphs of Markdown.  A paragraph, an item of a list and the
 * words of a button are one sentence each.  Values are escaped so that they cannot become markup.
 */
#include "htmlgen.h"

#include <ctype.h>
#include <string.h>

void mail_begin(struct view *v)
{
        v->mail_part = MAIL_START;
        v->is_item = false;
        v->run.n = 0;
        code_plain(v->code, "        struct out *const mail_page = pg->out;\n"
                            "        struct out mail_words = out_new(mail_page->arena, 1024);\n    "
                            "    pg->out = &mail_words;");
}

static void subject_end(struct view *v)
{
        run_flush(v, &v->run, PLACE_SUBJECT, false);
        code_plain(v->code, "        out->subject = html_letter_subject(&mail_words);");
        v->mail_part = MAIL_BODY;
}

/* [Words]({{address E}}) on a line of its own: the words are the sentence. */
static bool is_button(const struct run *r, struct text *words)
{
        if (r->n != 3 || r->part[0].hole || !r->part[1].hole || r->part[2].hole)
                return false;
        struct text front = text_trim(r->part[0].s), back = text_trim(r->part[2].s);
        *words = (struct text) {.p = front.p + 1, .n = front.n > 3 ? front.n - 3 : 0};
        return front.n > 3 && front.p[0] == '[' && memcmp(front.p + front.n - 2, "](", 2) == 0 &&
               text_is(back, ")");
}

static void button(struct view *v, struct text words)
{
        struct slot slot = v->run.part[1].slot;

        v->run.n = 0;
        run_text(v, &v->run, words);
        code_literal(v->code, TEXT("["));
        run_flush(v, &v->run, PLACE_MAIL, false);
        code_literal(v->code, TEXT("]("));
        code_append(v->code, slot.code);
        code_literal(v->code, TEXT(")"));
}

static void paragraph_end(struct view *v)
{
        struct text words;

        if (v->run.n == 0)
                return;
        code_literal(v->code, v->is_item ? TEXT("- ") : TEXT("\n"));
        if (is_button(&v->run, &words))
                button(v, words);
        else
                run_flush(v, &v->run, PLACE_MAIL, false);
        code_literal(v->code, v->is_item ? TEXT("\n") : TEXT("\n\n"));
        v->is_item = false;
}

void mail_flush(struct view *v)
{
        if (v->mail_part == MAIL_SUBJECT) {
                run_flush(v, &v->run, PLACE_SUBJECT, false);
                return;
        }
        if (!v->token->alone)
                view_fail(v, "in a mail a block stands on lines of its own");
        paragraph_end(v);
}

void mail_end(struct view *v)
{
        if (v->mail_part != MAIL_BODY)
                view_fail(v, "a mail begins with a line \"Subject: ...\"");
        paragraph_end(v);
        code_plain(
                v->code,
                "        out->body = html_letter_body(&mail_words);\n        pg->out = mail_page;");
}

void mail_value(struct view *v, struct text s)
{
        struct slot slot = {.sign = '{', .code = code_new(v->g->arena, v->file)};

        if (v->mail_part == MAIL_START)
                view_fail(v, "a mail begins with a line \"Subject: ...\"");
        value_directive(v, s, v->mail_part == MAIL_SUBJECT ? PLACE_SUBJECT : PLACE_MAIL, slot.code,
                        &slot.name);
        run_slot(v, &v->run, slot);
}

static void start_line(struct view *v, struct text line)
{
        struct text s = text_trim(line);

        if (s.n == 0)
                return;
        if (!text_starts(s, "Subject:"))
                view_fail(v, "a mail begins with a line \"Subject: ...\"");
        v->mail_part = MAIL_SUBJECT;
        run_text(v, &v->run,
                 (struct text) {.p = s.p + 8, .n = (size_t)(line.p + line.n - s.p) - 8});
}

static struct text without_indent(struct text line)
{
        while (line.n && (line.p[0] == ' ' || line.p[0] == '\t'))
                line = (struct text) {.p = line.p + 1, .n = line.n - 1};
        return line;
}

/* fresh: the line is whole from its start; ended: whole to its end. */
static void body_line(struct view *v, struct text line, bool fresh, bool ended)
{
        if (fresh)
                line = without_indent(line);
        if (fresh && text_trim(line).n == 0 && ended) {
                paragraph_end(v);
                return;
        }
        if (fresh && text_starts(line, "- ")) {
                paragraph_end(v);
                v->is_item = true;
                line = (struct text) {.p = line.p + 2, .n = line.n - 2};
        }
        if (v->run.n || text_trim(line).n || !fresh)
                run_text(v, &v->run,
                         ended ? text_format(v->g->arena, "%.*s ", (int)line.n, line.p) : line);
}

/* A text that follows a block's directive begins with the rest of that line, which is nothing. */
static bool follows_block(const struct view *v)
{
        return v->token[-1].kind == TOKEN_DIRECTIVE && v->token[-1].alone && v->run.n == 0;
}

static void one_line(struct view *v, struct text line, bool fresh, bool ended)
{
        switch (v->mail_part) {
        case MAIL_START:
                start_line(v, line);
                break;
        case MAIL_SUBJECT:
                run_text(v, &v->run, line);
                break;
        case MAIL_BODY:
                body_line(v, line, fresh, ended);
                break;
        }
        if (ended && v->mail_part == MAIL_SUBJECT)
                subject_end(v);
}

void mail_text(struct view *v, const struct token *t)
{
        struct text rest = t->s;
        bool fresh = follows_block(v);

        while (rest.n) {
                const char *end = memchr(rest.p, '\n', rest.n);
                size_t n = end ? (size_t)(end - rest.p) : rest.n;
                one_line(v, (struct text) {.p = rest.p, .n = n}, fresh, end != NULL);
                fresh = true;
                v->line += end != NULL;
                rest = (struct text) {.p = rest.p + n + (end != NULL),
                                      .n = rest.n - n - (end != NULL)};
        }
}
