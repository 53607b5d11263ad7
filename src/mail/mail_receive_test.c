/*
 * Mail in: answers as the usual programs write them, in English and German, and everything that must not get through as
 * somebody's words: quotations, signatures, machines, heaps of parts.
 */
#include "base/out.h"
#include "mail/mail_receive.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { CEILING = 64 << 20 };

static struct arena *arena;

static int begin([[maybe_unused]] void **state)
{
        arena = arena_new(CEILING);
        return 0;
}

static int end([[maybe_unused]] void **state)
{
        arena_free(arena);
        return 0;
}

#define HEADS \
        "From: Ana Sousa <Ana.Sousa@Example.org>\r\nTo: Karin Berg (North) <reply+AbC-_9@mentoring.example.org>\r\n" \
        "Subject: Re: Ben has written to you\r\nMessage-ID: <abc.1@mail.example.org>\r\nMIME-Version: 1.0\r\n"
#define PLAIN "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
#define HTML "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"

static struct mail_in read_ok(struct text raw)
{
        struct mail_in in;
        struct err e = mail_read(arena, raw, &in);

        assert_string_equal(err_kind_name(e.kind), "none");
        assert_true(text_is_utf8(in.body));
        return in;
}

/* What is left of a plain mail. */
static const char *words(const char *body)
{
        return text_c(arena, read_ok(text_format(arena, HEADS PLAIN "%s", body)).body);
}

static const char *words_of_html(const char *body)
{
        return text_c(arena, read_ok(text_format(arena, HEADS HTML "%s", body)).body);
}

static struct mail_in with_head(const char *head)
{
        return read_ok(text_format(arena, "%s\r\n" HEADS PLAIN "I am away.\r\n", head));
}

static const char *kind_of(struct text raw)
{
        struct mail_in in;

        return err_kind_name(mail_read(arena, raw, &in).kind);
}

/* ---- who, where to ---- */

static void a_mail_says_who_and_where_to(void **)
{
        struct mail_in in = read_ok(TEXT(HEADS PLAIN "Thursday is fine.\r\n"));

        assert_true(text_is(in.from, "ana.sousa@example.org"));
        assert_true(text_is(in.reply_token, "AbC-_9"));
        assert_true(text_is(in.message_id, "abc.1@mail.example.org"));
        assert_true(text_is(in.subject, "Re: Ben has written to you"));
        assert_true(text_is(in.body, "Thursday is fine."));
        assert_false(in.automatic);
}

static void the_token_is_found_where_servers_put_it(void **)
{
        static const char *const heads[] = {
                "To: <reply+t0k@m.example.org>", "To: Ben <ben@example.org>, \"North\" <reply+t0k@m.example.org>",
                "To: list@example.org\r\nDelivered-To: reply+t0k@m.example.org", "Cc: Reply+t0k@m.example.org",
                "To: x@example.org\r\nX-Original-To: reply+t0k@m.example.org"};

        for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++) {
                struct mail_in in = read_ok(text_format(arena, "From: ana@example.org\r\n%s\r\n" PLAIN "Yes\r\n", heads[i]));
                assert_true(text_is(in.reply_token, "t0k"));
        }
}

/* Only a signature makes a token; what is read here is never more than a bounded piece of the address. */
static void nothing_else_is_a_token(void **)
{
        static const char *const heads[] = {
                "To: reply@m.example.org", "To: reply+", "To: reply+abc", "Subject: reply+abc@m.example.org",
                "From: reply+abc@m.example.org", "To: replay+abc@m.example.org"};
        struct out o = out_new(arena, 400);

        for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++)
                assert_true(text_empty(read_ok(text_format(arena, "%s\r\n" PLAIN "Yes\r\n", heads[i])).reply_token));
        for (int i = 0; i < 300; i++)
                out_char(&o, 'a');
        struct text raw = text_format(arena, "To: reply+%s@m.example.org\r\n" PLAIN "Yes\r\n", out_get(&o).p);
        assert_true(text_empty(read_ok(raw).reply_token));
}

static void a_mail_without_a_sender_has_none(void **)
{
        assert_true(text_empty(read_ok(TEXT("To: reply+a@b.example\r\n" PLAIN "Yes\r\n")).from));
        assert_true(text_empty(read_ok(TEXT("From: team:ana@example.org,ben@example.org;\r\n" PLAIN "Yes\r\n")).from));
        assert_true(text_empty(read_ok(TEXT("From: a@example.org\r\n" PLAIN "Yes\r\n")).message_id));
}

/* ---- answers ---- */

static void thunderbird(void **)
{
        assert_string_equal(words("Thursday is fine.\r\n\r\nAna\r\n\r\nOn 26/11/2026 18:00, Karin Berg (North) wrote:\r\n"
                                  "> Dear Ana,\r\n>\r\n> Ben has written to you.\r\n"), "Thursday is fine.\n\nAna");
        assert_string_equal(words("Donnerstag passt.\r\n\r\nAm 26.11.26 um 18:00 schrieb Karin Berg (North):\r\n"
                                  "> Guten Tag Ana,\r\n"), "Donnerstag passt.");
        assert_string_equal(words("Thursday is fine.\r\n\r\n-- \r\nAna Sousa\r\nHead of Everything\r\n"), "Thursday is fine.");
}

static void apple_mail(void **)
{
        assert_string_equal(words("Thursday is fine.\r\n\r\nOn 26 Nov 2026, at 18:00, Karin Berg (North) <m@example.org> wrote:\r\n"
                                  "\r\n> Dear Ana,\r\n"), "Thursday is fine.");
        assert_string_equal(words("Passt.\r\n\r\nAm 26.11.2026 um 18:00 schrieb Karin Berg (North) <m@example.org>:\r\n\r\n"
                                  "> Guten Tag Ana,\r\n"), "Passt.");
}

static void apple_mail_on_a_telephone(void **)
{
        assert_string_equal(words("Passt.\r\n\r\nVon meinem iPhone gesendet\r\n\r\n"
                                  "> Am 26.11.2026 um 18:00 schrieb Karin Berg <m@example.org>:\r\n> \r\n> Guten Tag\r\n"), "Passt.");
        assert_string_equal(words("Fine.\r\n\r\nSent from my iPhone\r\n\r\n> On 26 Nov 2026, at 18:00, Karin wrote:\r\n> Dear\r\n"),
                            "Fine.");
}

static void gmail(void **)
{
        assert_string_equal(words("Thursday is fine.\r\n\r\nOn Thu, 26 Nov 2026 at 18:00, Karin <m@example.org> wrote:\r\n\r\n"
                                  "> Dear Ana,\r\n"), "Thursday is fine.");
        assert_string_equal(words("Passt.\r\n\r\nAm Do., 26. Nov. 2026 um 18:00 Uhr schrieb Karin <m@example.org>:\r\n\r\n"
                                  "> Guten Tag Ana,\r\n"), "Passt.");
}

/* It breaks the line before the quotation when name and address are long. */
static void gmail_with_a_long_name(void **)
{
        assert_string_equal(words("Thursday is fine.\r\n\r\nOn Thu, 26 Nov 2026 at 18:00, Karin Berg (North) <\r\n"
                                  "reply+AbC-_9@mentoring.example.org> wrote:\r\n\r\n> Dear Ana,\r\n"), "Thursday is fine.");
        assert_string_equal(words("Thursday is fine.\r\n\r\nOn Thu, 26 Nov 2026 at 18:00, Karin Berg (North) <m@example.org>\r\n"
                                  "wrote:\r\n\r\n> Dear Ana,\r\n"), "Thursday is fine.");
        assert_string_equal(words("Passt.\r\n\r\nAm Do., 26. Nov. 2026 um 18:00 Uhr schrieb Karin Berg (North) <\r\n"
                                  "reply+AbC-_9@mentoring.example.org>:\r\n\r\n> Guten Tag Ana,\r\n"), "Passt.");
}

static void outlook(void **)
{
        assert_string_equal(words("Thursday is fine.\r\n\r\n-----Original Message-----\r\nFrom: Karin Berg <m@example.org>\r\n"
                                  "Sent: Thursday\r\nTo: Ana\r\n\r\nDear Ana,\r\n"), "Thursday is fine.");
        assert_string_equal(words("Fine.\r\n\r\n________________________________\r\nFrom: Karin Berg <m@example.org>\r\n"
                                  "Sent: Thursday, November 26, 2026 6:00 PM\r\nTo: Ana\r\nSubject: x\r\n\r\nDear Ana,\r\n"), "Fine.");
        assert_string_equal(words("Passt.\r\n\r\n________________________________\r\nVon: Karin Berg <m@example.org>\r\n"
                                  "Gesendet: Donnerstag\r\n\r\nGuten Tag\r\n"), "Passt.");
}

/* Without a line above it, only what stands in it shows where the quotation begins. */
static void outlook_on_the_desk(void **)
{
        assert_string_equal(words("Fine.\r\n\r\nFrom: Karin Berg <m@example.org>\r\nSent: Thursday, November 26, 2026 6:00 PM\r\n"
                                  "To: Ana\r\nSubject: x\r\n\r\nDear Ana,\r\n"), "Fine.");
        assert_string_equal(words("Passt.\r\n\r\nVon: Karin Berg <m@example.org>\r\nGesendet: Donnerstag, 26. November 2026 18:00\r\n"
                                  "An: Ana\r\nBetreff: x\r\n\r\nGuten Tag\r\n"), "Passt.");
        assert_string_equal(words("Passt.\r\n\r\n-----Ursprüngliche Nachricht-----\r\nVon: Karin Berg\r\n\r\nGuten Tag\r\n"), "Passt.");
        assert_string_equal(words("Hello,\r\nfrom: a friend's garden.\r\nVon: mir\r\nund so\r\n"),
                            "Hello,\nfrom: a friend's garden.\nVon: mir\nund so");
}

static void peoples_own_words_stay(void **)
{
        static const char text[] = "Three things:\n\n- one\n- two: yes\n\nOn Monday I wrote:\nnothing at all.\n\n--- so it goes ---";

        assert_true(text_is(mail_own_words(arena, text_of(text)), text));
        assert_string_equal(words("Grüße aus Łódź, 田中さん\r\n"), "Grüße aus Łódź, 田中さん");
        assert_true(text_empty(mail_own_words(arena, TEXT("> only a quotation\n> and no more\n"))));
        assert_true(text_empty(mail_own_words(arena, TEXT_ABSENT)));
        assert_true(text_empty(mail_own_words(arena, TEXT("\n\n  \n"))));
}

/* ---- HTML ---- */

static void html_becomes_words(void **)
{
        assert_string_equal(words_of_html("<html><body><p>Thursday is <b>fine</b>.</p><p>A &amp; B &lt;3&nbsp;&quot;yes&quot;</p>"
                                          "one<br>two</body></html>"), "Thursday is fine.\nA & B <3 \"yes\"\none\ntwo");
        assert_string_equal(words_of_html("cut <in the middle"), "cut");
}

static void html_hides_what_is_not_shown(void **)
{
        assert_string_equal(words_of_html("<html><head><title>Re</title><style>p { color: red }</style></head><body>"
                                          "<!-- a <b> comment --><script>alert(1)</script><p>Fine.</p></body></html>"), "Fine.");
        assert_string_equal(words_of_html("<p>Gr&uuml;&szlig;e, it&#8217;s &#x263A;</p>"), "Grüße, it’s ☺");
}

static void html_quotations_are_left_out(void **)
{
        assert_string_equal(words_of_html("<div dir=\"ltr\">Fine.</div><br><div class=\"gmail_quote\"><div class=\"gmail_attr\">"
                                          "On Thu Karin wrote:<br></div><blockquote>Dear Ana</blockquote></div>"), "Fine.");
        assert_string_equal(words_of_html("<div>Passt.</div><div id=\"appendonsend\"></div><hr><div id=\"divRplyFwdMsg\"><b>Von:</b> "
                                          "Karin<br><b>Gesendet:</b> Donnerstag</div><div>Guten Tag</div>"), "Passt.");
        assert_string_equal(words_of_html("<p>Fine.</p><blockquote type=\"cite\"><p>Dear Ana</p></blockquote>"), "Fine.");
}

static void the_plain_half_is_preferred(void **)
{
        struct mail_in in = read_ok(TEXT(HEADS "Content-Type: multipart/alternative; boundary=B\r\n\r\n--B\r\n" PLAIN "plain words\r\n"
                                         "--B\r\n" HTML "<p>html words</p>\r\n--B--\r\n"));

        assert_true(text_is(in.body, "plain words"));
        in = read_ok(TEXT(HEADS "Content-Type: multipart/mixed; boundary=A\r\n\r\n--A\r\nContent-Type: multipart/alternative; boundary=B"
                          "\r\n\r\n--B\r\n" HTML "<p>html words</p>\r\n--B--\r\n--A\r\nContent-Type: text/plain\r\n"
                          "Content-Disposition: attachment; filename=notes.txt\r\n\r\nnot this\r\n--A--\r\n"));
        assert_true(text_is(in.body, "html words"));
}

static void every_character_set_is_read(void **)
{
        struct mail_in in = read_ok(TEXT("From: =?iso-8859-1?Q?J=FCrgen?= <j@example.org>\r\nSubject: =?utf-8?B?R3LDvMOfZQ==?=\r\n"
                                         "Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable"
                                         "\r\n\r\nGr=FC=DFe und sch=\r\n=F6ne Tage\r\n"));

        assert_true(text_is(in.subject, "Grüße"));
        assert_true(text_is(in.body, "Grüße und schöne Tage"));
        in = read_ok(TEXT(HEADS "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                          "RG9ubmVyc3RhZyBwYXNzdC4=\r\n"));
        assert_true(text_is(in.body, "Donnerstag passt."));
}

/* ---- machines and heaps ---- */

static void machines_are_told_from_people(void **)
{
        assert_true(with_head("Auto-Submitted: auto-replied").automatic);
        assert_true(with_head("Auto-Submitted: auto-generated").automatic);
        assert_true(with_head("Precedence: bulk").automatic);
        assert_true(with_head("Precedence: auto_reply").automatic);
        assert_true(with_head("X-Autoreply: yes").automatic);
        assert_true(with_head("Return-Path: <>").automatic);
        assert_true(with_head("List-Id: <all.example.org>").automatic);
        assert_false(with_head("Auto-Submitted: no").automatic);
        assert_false(with_head("Return-Path: <ana@example.org>").automatic);
        assert_false(with_head("Precedence: first-class").automatic);
}

static struct text nested(int depth)
{
        struct out o = out_new(arena, 4096);

        out_c(&o, HEADS);
        for (int i = 0; i < depth; i++)
                out_format(&o, "Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n", i, i);
        out_c(&o, PLAIN "deep words\r\n");
        for (int i = depth; i-- > 0;)
                out_format(&o, "--b%d--\r\n", i);
        return out_get(&o);
}

static struct text heap_of(int parts)
{
        struct out o = out_new(arena, 8192);

        out_c(&o, HEADS "Content-Type: multipart/mixed; boundary=B\r\n\r\n");
        for (int i = 0; i < parts; i++)
                out_c(&o, "--B\r\n" PLAIN "words\r\n");
        out_c(&o, "--B--\r\n");
        return out_get(&o);
}

static void heaps_are_refused(void **)
{
        assert_true(text_is(read_ok(nested(MAIL_IN_DEPTH)).body, "deep words"));
        assert_string_equal(kind_of(nested(MAIL_IN_DEPTH + 1)), "limit");
        assert_string_equal(kind_of(nested(500)), "limit");
        assert_true(text_is(read_ok(heap_of(MAIL_IN_PARTS - 1)).body, "words"));
        assert_string_equal(kind_of(heap_of(MAIL_IN_PARTS)), "limit");
        struct text large = {arena_alloc(arena, MAIL_IN_BYTES + 1), MAIL_IN_BYTES + 1};
        assert_string_equal(kind_of(large), "limit");
}

static void what_has_no_words_is_refused(void **)
{
        assert_string_equal(kind_of(TEXT(HEADS "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n")), "invalid");
        assert_string_equal(kind_of(TEXT(HEADS "Content-Type: multipart/mixed; boundary=B\r\n\r\n--B--\r\n")), "invalid");
        assert_string_equal(kind_of(TEXT("")), "invalid");
}

#define test(f) cmocka_unit_test_setup_teardown(f, begin, end)

int main(void)
{
        const struct CMUnitTest tests[] = {
                test(a_mail_says_who_and_where_to), test(the_token_is_found_where_servers_put_it), test(nothing_else_is_a_token),
                test(a_mail_without_a_sender_has_none), test(thunderbird), test(apple_mail), test(apple_mail_on_a_telephone),
                test(gmail), test(gmail_with_a_long_name), test(outlook), test(outlook_on_the_desk), test(peoples_own_words_stay),
                test(html_becomes_words), test(html_hides_what_is_not_shown), test(html_quotations_are_left_out),
                test(the_plain_half_is_preferred), test(every_character_set_is_read), test(machines_are_told_from_people),
                test(heaps_are_refused), test(what_has_no_words_is_refused),
        };

        return cmocka_run_group_tests_name("mail_receive", tests, NULL, NULL);
}
