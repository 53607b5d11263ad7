/* Keys and signed tokens: what was made is read, what was changed is not. */
#include "os/keys.h"

#include "os/clock.h"
#include "os/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <cmocka.h>

struct fixture {
        struct arena *a;
        char data[64];
        const struct keys *keys;
};

static int set_up(void **state)
{
        static struct fixture f;

        f.a = arena_new(1 << 22);
        strcpy(f.data, "/tmp/telemachus-keys-XXXXXX");
        if (!mkdtemp(f.data) || failed(keys_load(f.a, f.data, &f.keys)))
                return -1;
        *state = &f;
        return 0;
}

static int tear_down(void **state)
{
        struct fixture *f = *state;
        char command[128];

        snprintf(command, sizeof command, "rm -rf %s", f->data);
        arena_free(f->a);
        return system(command);
}

static const struct token sample = {.purpose = TOKEN_ACTION,
                                    .kind = 7,
                                    .a = INT64_MAX,
                                    .b = 42,
                                    .expires = INT64_C(4102444800)};

static void tokens_come_back_whole(void **state)
{
        struct fixture *f = *state;
        struct text s = token_make(f->keys, f->a, &sample);
        struct token t;

        assert_int_equal(s.n, 54);
        assert_false(failed(token_read(f->keys, s, TOKEN_ACTION, &t)));
        assert_memory_equal(&t.a, &sample.a, 8);
        assert_int_equal(t.b, 42);
        assert_int_equal(t.kind, 7);
        assert_int_equal(t.expires, sample.expires);
}

static void another_purpose_is_another_token(void **state)
{
        struct fixture *f = *state;
        struct text s = token_make(f->keys, f->a, &sample);
        struct token t;

        assert_true(err_is(token_read(f->keys, s, TOKEN_CALENDAR, &t), ERR_ABSENT));
        assert_true(err_is(token_read(f->keys, s, TOKEN_UNSUBSCRIBE, &t), ERR_ABSENT));
}

static void every_forged_character_is_noticed(void **state)
{
        struct fixture *f = *state;
        struct text s = token_make(f->keys, f->a, &sample);
        char copy[64];
        struct token t;

        for (size_t i = 0; i < s.n; i++) {
                memcpy(copy, s.p, s.n);
                copy[i] = copy[i] == 'A' ? 'B' : 'A';
                assert_true(err_is(token_read(f->keys, (struct text) {copy, s.n}, TOKEN_ACTION, &t),
                                   ERR_ABSENT));
        }
        assert_true(err_is(token_read(f->keys, (struct text) {s.p, s.n - 1}, TOKEN_ACTION, &t),
                           ERR_ABSENT));
        assert_true(err_is(token_read(f->keys, TEXT(""), TOKEN_ACTION, &t), ERR_ABSENT));
        assert_true(err_is(token_read(f->keys, TEXT_ABSENT, TOKEN_ACTION, &t), ERR_ABSENT));
}

static void what_has_run_out_says_so(void **state)
{
        struct fixture *f = *state;
        struct token old = sample, t;

        old.expires = clock_seconds() - 1;
        assert_true(err_is(token_read(f->keys, token_make(f->keys, f->a, &old), TOKEN_ACTION, &t),
                           ERR_CONFLICT));
        old.expires = 0;
        assert_false(
                failed(token_read(f->keys, token_make(f->keys, f->a, &old), TOKEN_ACTION, &t)));
}

static void mail_tokens_survive_capitals(void **state)
{
        struct fixture *f = *state;
        struct token t, reply = {.purpose = TOKEN_REPLY, .a = 123456789012345, .b = -1};
        struct text s = token_make_mail(f->keys, f->a, &reply);
        char upper[64];

        assert_true(s.n + strlen("reply+") <= 64);
        for (size_t i = 0; i < s.n; i++) {
                assert_true((s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= '2' && s.p[i] <= '7'));
                upper[i] = s.p[i] >= 'a' ? (char)(s.p[i] - 32) : s.p[i];
        }
        assert_false(failed(token_read(f->keys, (struct text) {upper, s.n}, TOKEN_REPLY, &t)));
        assert_true(t.a == reply.a && t.b == reply.b);
        assert_true(err_is(token_read(f->keys, s, TOKEN_ACTION, &t), ERR_ABSENT));
        upper[3] = upper[3] == 'A' ? 'B' : 'A';
        assert_true(err_is(token_read(f->keys, (struct text) {upper, s.n}, TOKEN_REPLY, &t),
                           ERR_ABSENT));
}

static void keys_are_kept_and_private(void **state)
{
        struct fixture *f = *state;
        const struct keys *again;
        struct token t;
        struct stat st;
        char path[128];

        snprintf(path, sizeof path, "%s/keys/master", f->data);
        assert_int_equal(stat(path, &st), 0);
        assert_int_equal(st.st_mode & 0777, 0600);
        assert_int_equal(st.st_size, KEY_BYTES);
        assert_false(failed(keys_load(f->a, f->data, &again)));
        assert_false(
                failed(token_read(again, token_make(f->keys, f->a, &sample), TOKEN_ACTION, &t)));
}

static void a_rotated_key_still_reads_what_is_out(void **state)
{
        struct fixture *f = *state;
        struct text s = token_make(f->keys, f->a, &sample);
        const struct keys *next, *third;
        unsigned char before[KEY_BYTES], after[KEY_BYTES];
        struct token t;

        assert_false(failed(keys_rotate(f->data)));
        assert_false(failed(keys_load(f->a, f->data, &next)));
        assert_false(failed(token_read(next, s, TOKEN_ACTION, &t)));
        assert_true(err_is(token_read(f->keys, token_make(next, f->a, &sample), TOKEN_ACTION, &t),
                           ERR_ABSENT));
        keys_derive(f->keys, 1, before);
        keys_derive(next, 1, after);
        assert_memory_not_equal(before, after, KEY_BYTES);
        assert_false(failed(keys_rotate(f->data)));
        assert_false(failed(keys_load(f->a, f->data, &third)));
        assert_true(err_is(token_read(third, s, TOKEN_ACTION, &t), ERR_ABSENT));
}

static void a_damaged_key_is_not_replaced(void **state)
{
        struct fixture *f = *state;
        const struct keys *again;
        char path[128];

        snprintf(path, sizeof path, "%s/keys/master", f->data);
        assert_false(failed(file_write(path, TEXT("short"), 0600)));
        assert_true(err_is(keys_load(f->a, f->data, &again), ERR_BROKEN));
}

static void base64url_is_strict(void **state)
{
        struct fixture *f = *state;
        struct text out;

        assert_true(text_is(base64url_encode(f->a, "\xfb\xff\xfe", 3), "-__-"));
        assert_true(base64url_decode(f->a, TEXT("-__-"), &out));
        assert_int_equal(out.n, 3);
        assert_true(base64url_decode(f->a, TEXT(""), &out) && out.n == 0);
        assert_false(base64url_decode(f->a, TEXT("+//+"), &out));
        assert_false(base64url_decode(f->a, TEXT("-__-="), &out));
        assert_false(base64url_decode(f->a, TEXT("A"), &out));
        assert_false(base64url_decode(f->a, TEXT("\xaa\xa9\xa9\xf5"), &out));
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
        const struct CMUnitTest tests[] = {
                EACH(tokens_come_back_whole),
                EACH(another_purpose_is_another_token),
                EACH(every_forged_character_is_noticed),
                EACH(what_has_run_out_says_so),
                EACH(mail_tokens_survive_capitals),
                EACH(keys_are_kept_and_private),
                EACH(a_rotated_key_still_reads_what_is_out),
                EACH(a_damaged_key_is_not_replaced),
                EACH(base64url_is_strict),
        };

        return cmocka_run_group_tests_name("os/keys", tests, NULL, NULL);
}
