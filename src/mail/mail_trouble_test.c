/* The five ways, told apart from what servers really say, and bounces of several mail systems. */
#include "mail/mail_receive.h"
#include "mail/mail_trouble.h"

#include "os/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static void answers_are_told_apart(void **)
{
        static const struct { int code; const char *said; enum mail_failure f; } all[] = {
                {0, "", MAIL_RELAY},
                {0, "Failed to connect to mail.example.org port 25: Connection refused", MAIL_RELAY},
                {550, "550 5.1.1 <ben@example.org>: Recipient address rejected: User unknown in local recipient table", MAIL_UNKNOWN},
                {550, "550-5.1.1 The email account that you tried to reach does not exist.", MAIL_UNKNOWN},
                {550, "550 Requested action not taken: mailbox unavailable", MAIL_UNKNOWN},
                {551, "551 user not local", MAIL_UNKNOWN},
                {550, "550 5.4.310 DNS domain example.invalid does not exist", MAIL_UNKNOWN},
                {553, "553 5.1.2 domain not found", MAIL_UNKNOWN},
                {550, "550 5.2.1 The email account that you tried to reach is disabled", MAIL_UNKNOWN},
                {552, "552 5.2.2 mailbox full", MAIL_FULL},
                {452, "452 4.2.2 The email account that you tried to reach is over quota", MAIL_FULL},
                {552, "552 message exceeds storage allocation", MAIL_FULL},
                {554, "554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org", MAIL_REFUSED},
                {550, "550 5.7.26 This mail has been blocked because the sender is unauthenticated", MAIL_REFUSED},
                {550, "550 5.7.1 Message rejected as spam", MAIL_REFUSED},
                {554, "554 Transaction failed", MAIL_REFUSED},
                {552, "552 5.3.4 Message size exceeds fixed limit", MAIL_REFUSED},
                {450, "450 4.2.0 <ben@example.org>: Recipient address rejected: Greylisted", MAIL_TEMPORARY},
                {451, "451 4.7.1 Please try again later", MAIL_TEMPORARY},
                {421, "421 4.7.0 Try again later, closing connection", MAIL_TEMPORARY},
                {400, "4.4.1 connect to mx.example.org[192.0.2.7]:25: Connection timed out", MAIL_RELAY},
                {500, "5.4.7 delivery time expired", MAIL_RELAY},
                {554, "554 5.7.1 <ben@example.org>: Relay access denied", MAIL_RELAY},
        };

        for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
                enum mail_failure f = mail_judge(all[i].code, text_of(all[i].said));
                if (f != all[i].f)
                        fprintf(stderr, "%s: %s\n", all[i].said, mail_failure_word(f));
                assert_int_equal(f, all[i].f);
        }
}

static struct mail_in read_seed(struct arena *a, const char *name)
{
        struct mail_in in = {0};
        struct text raw;

        assert_false(failed(file_read(a, text_format(a, "tests/fuzz/mail/%s", name).p, MAIL_IN_BYTES, &raw)));
        assert_false(failed(mail_read(a, raw, &in)));
        return in;
}

static void bounces_are_read(void **)
{
        static const struct { const char *file; enum mail_dsn_action action; enum mail_failure f; } all[] = {
                {"bounce-postfix.eml", DSN_FAILED, MAIL_UNKNOWN}, {"bounce-exchange.eml", DSN_FAILED, MAIL_FULL},
                {"bounce-delayed.eml", DSN_DELAYED, MAIL_TEMPORARY}, {"bounce-spam.eml", DSN_FAILED, MAIL_REFUSED},
                {"bounce-expired.eml", DSN_FAILED, MAIL_RELAY}};
        struct arena *a = arena_new(16 << 20);

        for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
                struct mail_in in = read_seed(a, all[i].file);
                assert_int_equal(in.dsn.n, 1);
                assert_true(in.automatic);
                assert_int_equal(in.dsn.row[0].action, all[i].action);
                assert_string_equal(text_c(a, in.dsn.message_id), "123456789.R14@example.org");
                if (all[i].action == DSN_FAILED)
                        assert_string_equal(mail_failure_word(mail_judge(in.dsn.row[0].code, in.dsn.row[0].said)),
                                            mail_failure_word(all[i].f));
        }
        assert_int_equal(read_seed(a, "auto-reply.eml").dsn.n, 0);
        assert_int_equal(read_seed(a, "gmail-en.eml").dsn.n, 0);
        arena_free(a);
}

static void fields_may_be_folded_and_odd(void **)
{
        struct arena *a = arena_new(1 << 20);
        struct mail_dsn dsn = {0};

        mail_dsn_fields(a, TEXT("Reporting-MTA: dns; mx\n\nfinal-recipient:rfc822;ben@example.org\r\nACTION: Failed\r\nStatus: 5.1.1\r\n"
                                "Diagnostic-Code: smtp;\r\n 550 5.1.1\r\n\tno such \x01user\r\n\r\nAction: failed\r\n"), &dsn);
        assert_int_equal(dsn.n, 1);
        assert_int_equal(dsn.row[0].code, 550);
        assert_string_equal(text_c(a, dsn.row[0].recipient), "ben@example.org");
        assert_string_equal(text_c(a, dsn.row[0].said), "5.1.1 550 5.1.1 no such  user");
        assert_string_equal(text_c(a, mail_dsn_message_id(TEXT("Subject: x\nMessage-Id:\n <a@b>\n"))), "a@b");
        assert_int_equal(mail_dsn_message_id(TEXT("Message-ID: a@b\n")).n, 0);
        arena_free(a);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(answers_are_told_apart),
                cmocka_unit_test(bounces_are_read),
                cmocka_unit_test(fields_may_be_folded_and_odd),
        };

        return cmocka_run_group_tests_name("mail_trouble", tests, NULL, NULL);
}
