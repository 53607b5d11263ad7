/* Passkeys: what browsers send is read strictly, and only a right signature for this host passes. */
#include "base/err.h"
#include "os/keys.h"
#include "people/people_passkey_seal.h"
#include "people/test/passkeys.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct arena *a;

static int begin(void **state)
{
        (void)state;
        a = arena_new(1 << 22);
        return 0;
}

static int end(void **state)
{
        (void)state;
        arena_free(a);
        return 0;
}

static struct text bytes(const char *encoded)
{
        struct text out;

        assert_true(base64url_decode(a, text_of(encoded), &out));
        return out;
}

/* A copy with one byte changed, counted from the end. */
static struct text bent(struct text t, size_t from_end)
{
        char *p = arena_dup(a, t.p, t.n);

        p[t.n - 1 - from_end] = (char)(p[t.n - 1 - from_end] ^ 1);
        return (struct text) {p, t.n};
}

static bool made(const struct sent *s, struct text id, struct people_passkey_key *key)
{
        struct people_attestation at;

        return people_attestation_read(bytes(s->attestation), &at) &&
                people_passkey_made(a, id, bytes(s->made), &at, key);
}

static void every_kind_is_made_and_answers(void **state)
{
        static const struct sent *const all[] = {&sent_none, &sent_packed, &sent_eddsa};
        static const int64_t algorithm[] = {-7, -7, -8};

        (void)state;
        for (int i = 0; i < 3; i++) {
                struct people_passkey_key key;
                int64_t count;

                assert_true(made(all[i], TEXT("localhost"), &key));
                assert_int_equal(key.algorithm, algorithm[i]);
                assert_true(people_passkey_signed(TEXT("localhost"), bytes(all[i]->answered), bytes(all[i]->data),
                                                  bytes(all[i]->signature), &key, &count));
                assert_true(count > key.sign_count);
        }
}

static void another_host_is_refused(void **state)
{
        struct people_passkey_key key;
        int64_t count;

        (void)state;
        assert_false(made(&sent_none, TEXT("evil.example"), &key));
        assert_true(made(&sent_none, TEXT("localhost"), &key));
        assert_false(people_passkey_signed(TEXT("evil.example"), bytes(sent_none.answered), bytes(sent_none.data),
                                           bytes(sent_none.signature), &key, &count));
}

static void nothing_signed_can_be_bent(void **state)
{
        const struct sent *s = &sent_none;
        struct people_passkey_key key, other;
        int64_t count;

        (void)state;
        assert_true(made(s, TEXT("localhost"), &key));
        assert_true(made(&sent_packed, TEXT("localhost"), &other));
        assert_false(people_passkey_signed(TEXT("localhost"), bent(bytes(s->answered), 2), bytes(s->data), bytes(s->signature), &key, &count));
        assert_false(people_passkey_signed(TEXT("localhost"), bytes(s->answered), bent(bytes(s->data), 0), bytes(s->signature), &key, &count));
        assert_false(people_passkey_signed(TEXT("localhost"), bytes(s->answered), bytes(s->data), bent(bytes(s->signature), 1), &key, &count));
        assert_false(people_passkey_signed(TEXT("localhost"), bytes(s->answered), bytes(s->data), bytes(s->signature), &other, &count));
}

/* Flags are the 33rd byte of the data: 1 present, 4 verified. */
static void a_device_that_does_not_verify_is_refused(void **state)
{
        struct people_attestation at;
        struct people_passkey_key key;

        (void)state;
        assert_true(people_attestation_read(bytes(sent_none.attestation), &at));
        char *data = arena_dup(a, at.authenticator_data.p, at.authenticator_data.n);
        at.authenticator_data.p = data;
        data[32] = (char)(data[32] & ~4);
        assert_false(people_passkey_made(a, TEXT("localhost"), bytes(sent_none.made), &at, &key));
        data[32] = (char)((data[32] | 4) & ~1);
        assert_false(people_passkey_made(a, TEXT("localhost"), bytes(sent_none.made), &at, &key));
}

static void an_attestation_that_is_there_must_be_right(void **state)
{
        struct people_attestation at;
        struct people_passkey_key key;

        (void)state;
        assert_true(people_attestation_read(bytes(sent_packed.attestation), &at));
        assert_false(people_passkey_made(a, TEXT("localhost"), bent(bytes(sent_packed.made), 2), &at, &key));
        at.format = TEXT("apple");
        assert_false(people_passkey_made(a, TEXT("localhost"), bytes(sent_packed.made), &at, &key));
}

static void client_data_is_read_strictly(void **state)
{
        static const char *const bad[] = {"", "[]", "{", "{\"type\":1,\"challenge\":\"YQ\",\"origin\":\"x\"}",
                "{\"type\":\"t\",\"challenge\":\"YQ\"}", "{\"type\":\"t\",\"challenge\":\"Y!\",\"origin\":\"x\"}",
                "{\"type\":\"t\",\"type\":\"t\",\"challenge\":\"YQ\",\"origin\":\"x\"}",
                "{\"type\":\"t\",\"challenge\":\"YQ\",\"origin\":\"x\",\"crossOrigin\":\"no\"}", NULL};
        struct people_client_data c;

        (void)state;
        for (int i = 0; bad[i]; i++)
                assert_false(people_client_data_read(a, text_of(bad[i]), &c));
        assert_true(people_client_data_read(a, bytes(sent_none.made), &c));
        assert_true(text_is(c.type, "webauthn.create"));
        assert_true(text_is(c.challenge, "a challenge"));
        assert_true(text_starts(c.origin, "http://localhost:"));
        assert_false(c.cross_origin);
}

static void an_attestation_is_read_strictly(void **state)
{
        struct text whole = bytes(sent_none.attestation);
        struct people_attestation at;
        char deep[64];

        (void)state;
        for (size_t n = 0; n < whole.n; n++)
                assert_false(people_attestation_read((struct text) {whole.p, n}, &at));
        char *longer = arena_dup(a, whole.p, whole.n);
        assert_false(people_attestation_read((struct text) {longer, whole.n + 1}, &at));
        /* arrays in arrays, and an array of more items than there are bytes */
        memset(deep, '\x81', sizeof deep);
        memcpy(deep, "\xa3\x67" "attStmt", 9);
        assert_false(people_attestation_read((struct text) {deep, sizeof deep}, &at));
        assert_false(people_attestation_read((struct text) {"\xa3\x67" "attStmt\x9b\xff\xff\xff\xff\xff\xff\xff\xff", 18}, &at));
}

/* A map that claims more entries than there are bytes never reaches the library, in either direction. */
static void what_a_device_says_holds_what_it_promises(void **state)
{
        struct people_attestation at;
        struct text data = bytes(sent_none.data);
        char *p = arena_alloc(a, data.n + 9);

        (void)state;
        assert_true(people_attestation_read(bytes(sent_none.attestation), &at));
        assert_true(people_authenticator_data_sound(at.authenticator_data, true));
        assert_true(people_authenticator_data_sound(data, false));
        assert_false(people_authenticator_data_sound(at.authenticator_data, false));
        assert_false(people_authenticator_data_sound(data, true));
        for (size_t n = 0; n < at.authenticator_data.n; n++)
                assert_false(people_authenticator_data_sound((struct text) {at.authenticator_data.p, n}, true));
        memcpy(p, data.p, data.n);
        p[32] = (char)0x85;
        memcpy(p + data.n, "\xbb\x00\x00\x00\x0a\x00\x00\x00\x00", 9);
        assert_false(people_authenticator_data_sound((struct text) {p, data.n + 9}, false));
}

static void the_origin_is_the_address_before_its_path(void **state)
{
        static const struct { const char *url, *origin, *id; } all[] = {
                {"https://Mentoring.Example.org/x", "https://mentoring.example.org", "mentoring.example.org"},
                {"https://m.example:443", "https://m.example", "m.example"},
                {"http://localhost:8080", "http://localhost:8080", "localhost"},
                {"http://localhost:80/", "http://localhost", "localhost"}};
        struct text origin, id;

        (void)state;
        for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
                assert_true(people_origin_of(a, all[i].url, &origin, &id));
                assert_string_equal(origin.p, all[i].origin);
                assert_string_equal(id.p, all[i].id);
        }
        assert_false(people_origin_of(a, "ftp://x", &origin, &id));
}

#define with_arena(f) cmocka_unit_test_setup_teardown(f, begin, end)

int main(void)
{
        const struct CMUnitTest tests[] = {
                with_arena(every_kind_is_made_and_answers),
                with_arena(another_host_is_refused),
                with_arena(nothing_signed_can_be_bent),
                with_arena(a_device_that_does_not_verify_is_refused),
                with_arena(an_attestation_that_is_there_must_be_right),
                with_arena(client_data_is_read_strictly),
                with_arena(an_attestation_is_read_strictly),
                with_arena(what_a_device_says_holds_what_it_promises),
                with_arena(the_origin_is_the_address_before_its_path),
        };

        return cmocka_run_group_tests_name("people_passkey", tests, NULL, NULL);
}
