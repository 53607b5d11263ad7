/* Tokens as they come back from mail: nothing that we did not make is taken, and only spellings of what we made. */
#include "os/keys.h"

#include <stdint.h>
#include <stdlib.h>

static const struct keys *keys(void)
{
        static struct arena *kept;
        static const struct keys *k;
        static char data[] = "/tmp/telemachus-fuzz-XXXXXX";

        if (!k) {
                must(mkdtemp(data));
                must(!failed(keys_load(kept = arena_new(1 << 20), data, &k)));
        }
        return k;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        struct arena *a = arena_new(1 << 22);
        struct text out, s = {arena_dup(a, data, size), size};
        struct token t;

        for (int purpose = TOKEN_ACTION; purpose <= TOKEN_DRAFT; purpose++)
                must(err_is(token_read(keys(), s, (enum token_purpose)purpose, &t), ERR_ABSENT));
        if (base64url_decode(a, s, &out))
                must(text_equal(base64url_encode(a, out.p, out.n), s) || s.n == 0);
        arena_free(a);
        return 0;
}
