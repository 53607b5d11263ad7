/* What a browser sends about a passkey, and what libfido2 makes of it. The first byte chooses. */
#include "base/err.h"
#include "people/people_passkey_rules.h"
#include "people/people_passkey_seal.h"

#include <stdint.h>

static void client_data(struct arena *a, struct text t)
{
        struct people_client_data c;

        if (people_client_data_read(a, t, &c))
                must(c.type.p && c.origin.p && c.challenge.p);
}

static void attestation(struct arena *a, struct text t)
{
        struct people_attestation at;
        struct people_passkey_key key;

        if (!people_attestation_read(t, &at))
                return;
        must(at.format.p >= t.p && at.statement.p + at.statement.n <= t.p + t.n);
        must(at.authenticator_data.p + at.authenticator_data.n <= t.p + t.n);
        if (people_passkey_made(a, TEXT("localhost"), TEXT("{}"), &at, &key))
                must(key.credential.n > 0 && key.credential.n <= CREDENTIAL_MOST && key.public_key.n > 0);
}

/* The answer of a device, signed by nobody. */
static void answer(struct arena *a, struct text t)
{
        const struct people_passkey_key key = {.public_key = {arena_alloc(a, 64), 64}, .algorithm = -7};
        int64_t count;

        must(!people_passkey_signed(TEXT("localhost"), TEXT("{}"), t, TEXT("0"), &key, &count));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        if (size == 0)
                return 0;
        struct arena *a = arena_new(1 << 24);
        /* a copy of the exact size, so that a read past its end is seen */
        struct text t = {arena_dup(a, data + 1, size - 1), size - 1};

        if (data[0] & 1)
                client_data(a, t);
        else if (data[0] & 2)
                answer(a, t);
        else
                attestation(a, t);
        arena_free(a);
        return 0;
}
