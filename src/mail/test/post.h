/* For the tests of this folder: a database in a folder of its own, a letter, and no mail server yet. */
#ifndef TELEMACHUS_MAIL_TEST_POST_H
#define TELEMACHUS_MAIL_TEST_POST_H

#include "base/log.h"
#include "mail/mail_parts.h"
#include "os/config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { CEILING = 64 << 20 };

static struct { struct arena *a; struct config config; struct app app; char folder[64]; } post;

#define assert_ok(e) assert_string_equal(err_kind_name((e).kind), "none")
#define assert_in(haystack, needle) assert_non_null(strstr((haystack), (needle)))
#define assert_not_in(haystack, needle) assert_null(strstr((haystack), (needle)))

static inline int post_begin([[maybe_unused]] void **state)
{
        log_level(LOG_ERROR);
        post.a = arena_new(CEILING);
        strcpy(post.folder, "/tmp/telemachus-mail.XXXXXX");
        assert_non_null(mkdtemp(post.folder));
        post.config = (struct config) {
                .data = post.folder, .organisation = "Nordlicht", .smtp_host = "", .smtp_security = "none", .smtp_user = "",
                .smtp_password = "", .mail_from = "mentoring@example.org", .mail_from_name = "North", .mail_reply_domain = "",
                .base_url = "http://localhost"};
        post.app = (struct app) {.config = &post.config};
        struct text url = text_format(post.a, "%s/telemachus.db", post.folder);
        assert_ok(db_open(&(struct db_options) {.url = url.p, .memory = true}, &post.app.db));
        db_set_app(post.app.db, &post.app);
        assert_ok(db_migrate(post.app.db, post.a));
        return 0;
}

static inline int post_end([[maybe_unused]] void **state)
{
        char command[128];

        db_close(post.app.db);
        arena_free(post.a);
        snprintf(command, sizeof command, "rm -rf %s", post.folder);
        return system(command);
}

static const struct letter plain = {
        .to = 7, .address = TEXT("ana@example.org"), .name = TEXT("Ana"), .rule = "R14", .anchor = TEXT("pair:1"),
        .subject = TEXT("Three times for Ben"),
        .body = TEXT("Dear Ana,\n\nthere is no date yet.\n\n- One\n- Two\n\n[Offer three times](https://example.org/go/abc)\n\n"
                     "[I need help](https://example.org/go/help)\n")};

#define post_test(f) cmocka_unit_test_setup_teardown(f, post_begin, post_end)

#endif
