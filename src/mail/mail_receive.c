#include "mail/mail_receive.h"

#include <gmime/gmime.h>
#include <pthread.h>
#include <string.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void start(void) { g_mime_init(); }

/* ---- the text of a mail ---- */

struct walk { int parts, depth; GMimeTextPart *plain, *html; GMimePart *status; GMimeObject *returned; bool too_much; };

static void visit(GMimeObject *part, struct walk *w);

static void visit_all(GMimeMultipart *multi, struct walk *w)
{
        if (++w->depth > MAIL_IN_DEPTH) {
                w->too_much = true;
                return;
        }
        for (int i = 0; i < g_mime_multipart_get_count(multi) && !w->too_much; i++)
                visit(g_mime_multipart_get_part(multi, i), w);
        w->depth--;
}

static void visit(GMimeObject *part, struct walk *w)
{
        if (!part || ++w->parts > MAIL_IN_PARTS) {
                w->too_much = part != NULL;
                return;
        }
        if (GMIME_IS_MULTIPART(part)) {
                visit_all(GMIME_MULTIPART(part), w);
                return;
        }
        GMimeContentType *type = g_mime_object_get_content_type(part);
        if (!w->status && GMIME_IS_PART(part) && g_mime_content_type_is_type(type, "message", "delivery-status"))
                w->status = GMIME_PART(part);
        if (!w->returned && (GMIME_IS_MESSAGE_PART(part) || g_mime_content_type_is_type(type, "text", "rfc822-headers")))
                w->returned = part;
        const char *disposition = g_mime_object_get_disposition(part);
        if (!GMIME_IS_TEXT_PART(part) || part == w->returned || (disposition && strcasecmp(disposition, "attachment") == 0))
                return;
        if (!w->plain && g_mime_content_type_is_type(type, "text", "plain"))
                w->plain = GMIME_TEXT_PART(part);
        else if (!w->html && g_mime_content_type_is_type(type, "text", "html"))
                w->html = GMIME_TEXT_PART(part);
}

/* ---- its headers ---- */

static const char *header(GMimeMessage *m, const char *name)
{
        return g_mime_object_get_header(GMIME_OBJECT(m), name);
}

static bool says(GMimeMessage *m, const char *name, const char *word)
{
        const char *value = header(m, name);

        return value && strcasestr(value, word) != NULL;
}

static bool is_automatic(GMimeMessage *m)
{
        const char *auto_submitted = header(m, "Auto-Submitted");
        const char *return_path = header(m, "Return-Path");

        return (auto_submitted && strncasecmp(auto_submitted, "no", 2) != 0) || (return_path && strcmp(return_path, "<>") == 0) ||
               says(m, "Precedence", "bulk") || says(m, "Precedence", "auto_reply") || says(m, "Precedence", "list") ||
               header(m, "X-Autoreply") || header(m, "List-Id");
}

/* reply+TOKEN@ in any header that may carry where the mail was sent to. */
static struct text token_in(struct arena *a, const char *value)
{
        const char *at = value ? strcasestr(value, "reply+") : NULL;
        size_t n = 0;

        if (!at)
                return TEXT_ABSENT;
        at += strlen("reply+");
        while (at[n] && at[n] != '@' && n < 200)
                n++;
        return at[n] == '@' ? text_copy(a, (struct text) {at, n}) : TEXT_ABSENT;
}

static struct text find_token(struct arena *a, GMimeMessage *m)
{
        static const char *const places[] = {"To", "Delivered-To", "X-Original-To", "Cc"};

        for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
                struct text token = token_in(a, header(m, places[i]));
                if (token.n)
                        return token;
        }
        return TEXT_ABSENT;
}

static struct text sender(struct arena *a, GMimeMessage *m)
{
        InternetAddressList *from = g_mime_message_get_from(m);
        InternetAddress *first = from ? internet_address_list_get_address(from, 0) : NULL;

        if (!first || !INTERNET_ADDRESS_IS_MAILBOX(first))
                return TEXT_ABSENT;
        return text_fold(a, text_of(internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(first))));
}

/* ---- a bounce ---- */

static struct text content_of(struct arena *a, GMimePart *part)
{
        GMimeDataWrapper *content = g_mime_part_get_content(part);
        GMimeStream *stream = g_mime_stream_mem_new();

        if (content)
                g_mime_data_wrapper_write_to_stream(content, stream);
        GByteArray *bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
        struct text out = {arena_dup(a, bytes->data, bytes->len), bytes->len};
        g_object_unref(stream);
        return out;
}

/* The mail that came back whole, or its headers alone. */
static struct text returned_id(struct arena *a, GMimeObject *part)
{
        if (!part)
                return TEXT_ABSENT;
        if (!GMIME_IS_MESSAGE_PART(part))
                return GMIME_IS_PART(part) ? mail_dsn_message_id(content_of(a, GMIME_PART(part))) : TEXT_ABSENT;
        GMimeMessage *m = g_mime_message_part_get_message(GMIME_MESSAGE_PART(part));
        return m ? text_copy(a, text_of(g_mime_message_get_message_id(m))) : TEXT_ABSENT;
}

static void take_bounce(struct arena *a, const struct walk *w, struct mail_dsn *out)
{
        if (!w->status)
                return;
        mail_dsn_fields(a, content_of(a, w->status), out);
        out->message_id = returned_id(a, w->returned);
}

static struct err take(struct arena *a, GMimeMessage *m, struct mail_in *out)
{
        struct walk w = {0};

        *out = (struct mail_in) {
                .message_id = text_copy(a, text_of(g_mime_message_get_message_id(m))), .from = sender(a, m),
                .reply_token = find_token(a, m), .subject = text_copy(a, text_of(g_mime_message_get_subject(m))),
                .automatic = is_automatic(m)};
        visit(g_mime_message_get_mime_part(m), &w);
        if (w.too_much)
                return FAIL(ERR_LIMIT, "The mail has too many parts", "Send it as plain text");
        take_bounce(a, &w, &out->dsn);
        if (out->dsn.n) {
                out->body = TEXT("");
                return OK;
        }
        GMimeTextPart *part = w.plain ? w.plain : w.html;
        char *raw = part ? g_mime_text_part_get_text(part) : NULL;
        if (!raw)
                return FAIL(ERR_INVALID, "The mail has no text", "Write a few words and send it again");
        struct text words = text_copy(a, text_of(raw));
        g_free(raw);
        if (!text_is_utf8(words))
                return FAIL(ERR_INVALID, "The text of the mail cannot be read", "Send it as plain text in UTF-8");
        out->body = mail_own_words(a, w.plain ? words : mail_words_of_html(a, words));
        return OK;
}

struct err mail_read(struct arena *a, struct text raw, struct mail_in *out)
{
        if (raw.n > MAIL_IN_BYTES)
                return FAIL(ERR_LIMIT, "The mail is too large", "Send it without attachments");
        pthread_once(&once, start);
        GMimeStream *stream = g_mime_stream_mem_new_with_buffer(raw.p, raw.n);
        GMimeParser *parser = g_mime_parser_new_with_stream(stream);
        GMimeMessage *m = g_mime_parser_construct_message(parser, NULL);
        struct err e = m ? take(a, m, out) : FAIL(ERR_INVALID, "This is no mail", "Send it again");
        if (m)
                g_object_unref(m);
        g_object_unref(parser);
        g_object_unref(stream);
        return e;
}
