/* What a letter becomes on its way: two halves that say the same, headers, and bytes that every server takes. */
#include "mail/test/post.h"

#include "html/letter.h"

#include <gmime/gmime.h>

/* ---- a letter and its bytes ---- */

static const char *compose(const struct letter *l)
{
        struct text out;

        assert_ok(mail_compose(post.a, &post.app, l, TEXT("55.R14@example.org"), 1795975200, &out));
        return out.p;
}

static GMimeMessage *parse(const char *mail)
{
        GMimeStream *stream = g_mime_stream_mem_new_with_buffer(mail, strlen(mail));
        GMimeParser *parser = g_mime_parser_new_with_stream(stream);
        GMimeMessage *m = g_mime_parser_construct_message(parser, NULL);

        g_object_unref(parser);
        g_object_unref(stream);
        assert_non_null(m);
        return m;
}

/* The words of one half, decoded: 0 is the plain one, 1 the HTML. */
static const char *half(const char *mail, int which)
{
        GMimeMessage *m = parse(mail);
        GMimeObject *both = g_mime_message_get_mime_part(m);

        assert_true(GMIME_IS_MULTIPART(both));
        assert_int_equal(g_mime_multipart_get_count(GMIME_MULTIPART(both)), 2);
        GMimeObject *part = g_mime_multipart_get_part(GMIME_MULTIPART(both), which);
        assert_true(g_mime_content_type_is_type(g_mime_object_get_content_type(part), "text", which ? "html" : "plain"));
        char *words = g_mime_text_part_get_text(GMIME_TEXT_PART(part));
        char *copy = arena_dup(post.a, words, strlen(words)), *to = copy;
        for (const char *p = words; *p; p++)
                if (*p != '\r')
                        *to++ = *p;
        *to = 0;
        g_free(words);
        g_object_unref(m);
        return copy;
}

static const char *head_of(const char *mail, const char *name)
{
        GMimeMessage *m = parse(mail);
        const char *v = g_mime_object_get_header(GMIME_OBJECT(m), name);
        const char *copy = v ? arena_dup(post.a, v, strlen(v)) : NULL;

        g_object_unref(m);
        return copy;
}

/* What must hold for the bytes of every mail: ASCII, CRLF, no line longer than a server takes. */
static void check_bytes(const char *mail)
{
        for (const char *line = mail; *line;) {
                const char *stop = strchr(line, '\n');
                assert_non_null(stop);
                assert_true(stop > line && stop[-1] == '\r' && stop - line < 998);
                for (const char *p = line; p < stop; p++)
                        assert_true((unsigned char)*p < 0x80);
                line = stop + 1;
        }
}

static void a_body_is_split(void **)
{
        struct mail_part_list l;

        mail_split(post.a, plain.body, &l);
        assert_int_equal(l.n, 5);
        assert_true(text_is(l.row[0].words, "Dear Ana,") && !l.row[0].button);
        assert_in(l.row[2].html.html.p, "<li>One</li>");
        assert_true(l.row[3].button && !l.row[3].quiet);
        assert_true(text_is(l.row[3].words, "Offer three times"));
        assert_true(text_is(l.row[3].address, "https://example.org/go/abc"));
        assert_true(l.row[4].button && l.row[4].quiet);
        mail_split(post.a, TEXT("\n\n \n\n"), &l);
        assert_int_equal(l.n, 0);
        mail_split(post.a, TEXT("See [the page](https://example.org) first.\n\n[no button]\n\n[]()"), &l);
        assert_int_equal(l.n, 3);
        assert_false(l.row[0].button);
        assert_false(l.row[1].button);
        mail_split(post.a, TEXT_ABSENT, &l);
        assert_int_equal(l.n, 0);
}

static void a_letter_has_its_headers(void **)
{
        struct letter l = plain;

        l.class = MAIL_PROGRAMME;
        l.from_name = TEXT("Karin Berg");
        l.reply_to = TEXT("reply+abc@example.org");
        l.unsubscribe = TEXT("https://example.org/unsubscribe/tok");
        const char *mail = compose(&l);
        check_bytes(mail);
        assert_string_equal(head_of(mail, "Subject"), "Three times for Ben");
        assert_in(head_of(mail, "From"), "<mentoring@example.org>");
        assert_in(head_of(mail, "From"), "Karin Berg");
        assert_in(head_of(mail, "From"), "North");
        assert_in(head_of(mail, "Reply-To"), "<reply+abc@example.org>");
        assert_string_equal(head_of(mail, "To"), "Ana <ana@example.org>");
        assert_string_equal(head_of(mail, "Message-Id"), "<55.R14@example.org>");
        assert_in(head_of(mail, "Date"), "29 Nov 2026");
        assert_string_equal(head_of(mail, "Auto-Submitted"), "auto-generated");
        assert_string_equal(head_of(mail, "X-Telemachus-Rule"), "R14");
        assert_string_equal(head_of(mail, "X-Telemachus-Class"), "programme");
        assert_string_equal(head_of(mail, "List-Unsubscribe"), "<https://example.org/unsubscribe/tok>");
        assert_string_equal(head_of(mail, "List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");
        assert_in(half(mail, 0), "Fewer mails: https://example.org/unsubscribe/tok");
        assert_in(half(mail, 1), "https://example.org/unsubscribe/tok");
}

static void what_must_arrive_offers_no_way_out(void **)
{
        const char *mail = compose(&plain);

        assert_null(head_of(mail, "List-Unsubscribe"));
        assert_null(head_of(mail, "List-Unsubscribe-Post"));
        assert_null(head_of(mail, "Reply-To"));
        assert_not_in(half(mail, 0), "Fewer mails");
        assert_not_in(half(mail, 1), "Fewer mails");
}

static void both_halves_say_the_same(void **)
{
        const char *mail = compose(&plain);
        const char *words = half(mail, 0), *html = half(mail, 1);

        assert_in(words, "there is no date yet.");
        assert_in(words, "- One");
        assert_in(words, "Offer three times:\nhttps://example.org/go/abc\n");
        assert_in(words, "I need help:\nhttps://example.org/go/help\n");
        assert_in(words, "-- \nNordlicht");
        assert_not_in(words, "](");
        assert_in(html, "there is no date yet.");
        assert_in(html, "<li>One</li>");
        assert_in(html, "href=\"https://example.org/go/abc\"");
        assert_in(html, ">Offer three times</a>");
        assert_in(html, ">I need help</a>");
}

static const char *name_of(InternetAddressList *l)
{
        assert_int_equal(internet_address_list_length(l), 1);
        return internet_address_get_name(internet_address_list_get_address(l, 0));
}

static void names_of_all_kinds_arrive_whole(void **)
{
        struct letter l = plain;

        l.subject = TEXT("Ọlátúńjí, 田中さん und Jürgen haben sich für Donnerstag, den 26. November um 18:00 Uhr verabredet, "
                         "und das ist ein Betreff, der in keine Zeile passt und trotzdem ganz ankommen soll");
        l.name = TEXT("Zoë \"Zo\" Müller, Dr.");
        l.from_name = TEXT("Łukasz (Kraków)");
        l.body = TEXT("Grüß Gott, 田中さん.\n\nÀ bientôt\n");
        const char *mail = compose(&l);
        check_bytes(mail);
        assert_string_equal(head_of(mail, "Subject"), l.subject.p);
        assert_in(head_of(mail, "To"), "<ana@example.org>");
        GMimeMessage *m = parse(mail);
        assert_string_equal(name_of(g_mime_message_get_to(m)), l.name.p);
        assert_string_equal(name_of(g_mime_message_get_from(m)), "Łukasz (Kraków) (North)");
        g_object_unref(m);
        assert_in(half(mail, 0), "Grüß Gott, 田中さん.");
        assert_in(half(mail, 1), "À bientôt");
}

/* A line end in a name or a subject must never begin a header of its own. */
static void nobody_adds_a_header(void **)
{
        struct letter l = plain;

        l.subject = TEXT("Hello\r\nBcc: eve@example.org");
        l.name = TEXT("Ana\r\nBcc: eve@example.org");
        l.from_name = TEXT("Karin\nBcc: eve@example.org\n\nbody");
        const char *mail = compose(&l);
        assert_null(head_of(mail, "Bcc"));
        const char *bcc = strstr(mail, "\nBcc:"), *body = strstr(mail, "\r\n\r\n");
        assert_true(!bcc || bcc > body);        /* in the title of the HTML it is words */
        assert_in(half(mail, 0), "there is no date yet.");
}

static void peoples_stars_are_stars(void **)
{
        struct out o = out_new(post.a, 64);
        struct page pg = {.out = &o, .locale = LOCALE_EN, .zone = zone_utc(), .path = ""};
        struct letter l = plain;

        out_c(&o, "Dear ");
        html_mail(&pg, TEXT("*A_na* [x](https://evil.example) <b> & C:\\temp"));
        out_c(&o, "\n\n[Answer ");
        html_mail(&pg, TEXT("Ana_Maria & Co."));
        out_c(&o, "](https://example.org/a)");
        l.body = out_get(&o);
        const char *mail = compose(&l);
        assert_in(half(mail, 0), "Dear *A_na* [x](https://evil.example) <b> & C:\\temp\n");
        assert_not_in(half(mail, 1), "href=\"https://evil.example\"");
        assert_not_in(half(mail, 1), "<em>");
        assert_in(half(mail, 1), "&lt;b&gt;");
        assert_in(half(mail, 0), "Answer Ana_Maria & Co.:\nhttps://example.org/a");
        assert_in(half(mail, 1), ">Answer Ana_Maria &amp; Co.</a>");
}

/* A button goes where we say, whatever somebody calls himself. */
static void nobodys_name_turns_a_button(void **)
{
        struct out o = out_new(post.a, 64);
        struct page pg = {.out = &o, .locale = LOCALE_EN, .zone = zone_utc(), .path = ""};
        struct mail_part_list l;

        out_c(&o, "[Answer ");
        html_mail(&pg, TEXT("[x](https://evil.example"));
        out_c(&o, "](https://example.org/a)");
        mail_split(post.a, out_get(&o), &l);
        assert_int_equal(l.n, 1);
        assert_true(l.row[0].button && text_is(l.row[0].address, "https://example.org/a"));
        assert_true(text_is(l.row[0].words, "Answer [x](https://evil.example"));
}

static void the_foot_speaks_the_readers_language(void **)
{
        struct letter l = plain;

        l.locale = LOCALE_DE;
        l.unsubscribe = TEXT("https://example.org/unsubscribe/tok");
        assert_in(half(compose(&l), 0), "Weniger Mails: https://example.org/unsubscribe/tok");
        assert_in(half(compose(&l), 1), ">Weniger Mails</a>");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                post_test(a_body_is_split),
                post_test(a_letter_has_its_headers),
                post_test(what_must_arrive_offers_no_way_out),
                post_test(both_halves_say_the_same),
                post_test(names_of_all_kinds_arrive_whole),
                post_test(nobody_adds_a_header),
                post_test(peoples_stars_are_stars),
                post_test(nobodys_name_turns_a_button),
                post_test(the_foot_speaks_the_readers_language),
        };

        return cmocka_run_group_tests_name("mail", tests, NULL, NULL);
}
