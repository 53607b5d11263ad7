/*
 * From a letter to the bytes of a mail: multipart/alternative, text first.  Both halves are made from the same Markdown, so
 * they say the same.  GMime writes the headers, encodes and folds.
 */
#include "mail/letter.html.h"
#include "mail/mail.h"
#include "mail/mail_parts.h"
#include "os/config.h"

#include <gmime/gmime.h>
#include <pthread.h>
#include <ctype.h>
#include <string.h>

static pthread_once_t gmime_once = PTHREAD_ONCE_INIT;

static void gmime_start(void) { g_mime_init(); }

/* Markdown as a person reads it: without the backslashes that keep people's own stars and brackets text. */
static void plain_words(struct out *o, struct text t)
{
        for (size_t i = 0; i < t.n; i++) {
                bool escaped = t.p[i] == '\\' && i + 1 < t.n && ispunct((unsigned char)t.p[i + 1]);
                i += escaped;
                out_char(o, t.p[i]);
        }
}

/* Where the words of a link end, at "](": 0 if nowhere. What is escaped is somebody's name and ends nothing. */
static size_t end_of_words(struct text line)
{
        for (size_t i = 1; i + 1 < line.n; i++) {
                if (line.p[i] == '\\')
                        i++;
                else if (line.p[i] == ']' && line.p[i + 1] == '(')
                        return i;
        }
        return 0;
}

/* "[Words](https://...)" alone on its line. */
static bool is_button(struct arena *a, struct text line, struct mail_part *out)
{
        size_t close = end_of_words(line);
        struct out words = out_new(a, close + 1);

        if (line.n < 5 || line.p[0] != '[' || line.p[line.n - 1] != ')' || !close)
                return false;
        plain_words(&words, (struct text) {line.p + 1, close - 1});
        *out = (struct mail_part) {.button = true, .words = out_get(&words), .address = {line.p + close + 2, line.n - close - 3}};
        return true;
}

void mail_split(struct arena *a, struct text body, struct mail_part_list *out)
{
        size_t most = 1;
        size_t from = 0;
        bool had_button = false;

        for (size_t i = 0; i < body.n; i++)
                most += body.p[i] == '\n';
        *out = (struct mail_part_list) {.row = arena_array(a, struct mail_part, most)};
        while (from < body.n) {
                const char *end = memmem(body.p + from, body.n - from, "\n\n", 2);
                size_t n = end ? (size_t)(end - body.p) - from : body.n - from;
                struct text block = text_trim((struct text) {body.p + from, n});
                struct mail_part *part = &out->row[out->n];

                from += n + 2;
                if (text_empty(block))
                        continue;
                if (is_button(a, block, part)) {
                        part->quiet = had_button;
                        had_button = true;
                } else {
                        *part = (struct mail_part) {.words = block, .html = html_markdown(a, block, 3)};
                }
                out->n++;
        }
}

static struct text as_text(struct arena *a, const struct mail_part_list *parts, const struct mail_letter_view *v,
                           enum locale l)
{
        struct out o = out_new(a, 2048);

        for (size_t i = 0; i < parts->n; i++) {
                const struct mail_part *p = &parts->row[i];
                if (!p->button) {
                        plain_words(&o, p->words);
                } else {
                        out_text(&o, p->words);
                        out_c(&o, ":\n");
                        out_text(&o, p->address);
                }
                out_c(&o, "\n\n");
        }
        out_c(&o, "-- \n");
        out_text(&o, v->organisation);
        out_c(&o, "\n");
        if (v->unsubscribe.n) {
                out_c(&o, msg(l, M_("Fewer mails:")));
                out_c(&o, " ");
                out_text(&o, v->unsubscribe);
                out_c(&o, "\n");
        }
        return out_get(&o);
}

static struct text as_html(struct arena *a, const struct mail_letter_view *v, enum locale l, int64_t now)
{
        struct out o = out_new(a, 8192);
        struct page pg = {.out = &o, .locale = l, .zone = zone_utc(), .now = now, .path = ""};

        mail_letter(&pg, v);
        return out_get(&o);
}

static GMimeObject *part_of(const char *subtype, struct text content)
{
        GMimeTextPart *part = g_mime_text_part_new_with_subtype(subtype);

        g_mime_text_part_set_charset(part, "utf-8");
        g_mime_text_part_set_text(part, content.p);
        g_mime_part_set_content_encoding(GMIME_PART(part), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
        return GMIME_OBJECT(part);
}

static void set_header(GMimeMessage *m, const char *name, struct text value)
{
        if (value.n)
                g_mime_object_set_header(GMIME_OBJECT(m), name, value.p, "utf-8");
}

static void set_headers(struct arena *a, GMimeMessage *m, const struct app *app, const struct letter *l)
{
        const struct config *c = app->config;
        struct text from = l->from_name.n
                ? text_format(a, "%.*s (%s)", (int)l->from_name.n, l->from_name.p, c->mail_from_name)
                : text_of(c->mail_from_name);

        g_mime_message_add_mailbox(m, GMIME_ADDRESS_TYPE_FROM, from.p, c->mail_from);
        g_mime_message_add_mailbox(m, GMIME_ADDRESS_TYPE_TO, l->name.n ? text_c(a, l->name) : NULL, text_c(a, l->address));
        if (l->reply_to.n)
                g_mime_message_add_mailbox(m, GMIME_ADDRESS_TYPE_REPLY_TO, from.p, text_c(a, l->reply_to));
        g_mime_message_set_subject(m, text_c(a, l->subject), "utf-8");
        set_header(m, "Auto-Submitted", TEXT("auto-generated"));
        set_header(m, "X-Telemachus-Rule", text_of(l->rule));
        set_header(m, "X-Telemachus-Class", text_of(mail_class_name(l->class)));
        set_header(m, "X-Telemachus-Anchor", l->anchor);
        if (l->unsubscribe.n) {
                set_header(m, "List-Unsubscribe", text_format(a, "<%s>", text_c(a, l->unsubscribe)));
                set_header(m, "List-Unsubscribe-Post", TEXT("List-Unsubscribe=One-Click"));
        }
}

static struct text bytes_of(struct arena *a, GMimeMessage *m)
{
        GMimeStream *stream = g_mime_stream_mem_new();
        GMimeFormatOptions *format = g_mime_format_options_new();

        g_mime_format_options_set_newline_format(format, GMIME_NEWLINE_FORMAT_DOS);
        g_mime_object_write_to_stream(GMIME_OBJECT(m), format, stream);
        GByteArray *bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
        struct text out = {.p = arena_dup(a, bytes->data, bytes->len), .n = bytes->len};
        g_mime_format_options_free(format);
        g_object_unref(stream);
        return out;
}

struct err mail_compose(struct arena *a, const struct app *app, const struct letter *l, struct text message_id, int64_t date,
                        struct text *out)
{
        struct mail_letter_view v = {
                .subject = l->subject, .organisation = text_of(app->config->organisation), .from_name = l->from_name,
                .unsubscribe = l->unsubscribe};

        pthread_once(&gmime_once, gmime_start);
        mail_split(a, l->body, &v.parts);
        GMimeMessage *m = g_mime_message_new(TRUE);
        set_headers(a, m, app, l);
        g_mime_message_set_message_id(m, text_c(a, message_id));
        GDateTime *when = g_date_time_new_from_unix_utc(date);
        g_mime_message_set_date(m, when);
        g_date_time_unref(when);
        GMimeMultipart *both = g_mime_multipart_new_with_subtype("alternative");
        GMimeObject *text = part_of("plain", as_text(a, &v.parts, &v, l->locale));
        GMimeObject *html = part_of("html", as_html(a, &v, l->locale, date));
        g_mime_multipart_add(both, text);
        g_mime_multipart_add(both, html);
        g_mime_message_set_mime_part(m, GMIME_OBJECT(both));
        *out = bytes_of(a, m);
        g_object_unref(text);
        g_object_unref(html);
        g_object_unref(both);
        g_object_unref(m);
        return OK;
}
