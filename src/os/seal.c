#include "os/seal.h"

#include "os/file.h"
#include "os/random.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <unistd.h>

struct pair { unsigned char public[crypto_box_PUBLICKEYBYTES], secret[crypto_box_SECRETKEYBYTES]; };

static const char *path_of(struct arena *a, const char *data) { return text_format(a, "%s/keys/concerns", data).p; }

/* Two processes at once make one key: the second finds the first one's. */
static struct err make(struct arena *a, const char *data, const char *path)
{
        unsigned char seed[crypto_box_SEEDBYTES];
        const char *beside = text_format(a, "%s.%lld", path, (long long)random_id()).p;

        TRY(file_make_folder(text_format(a, "%s/keys", data).p));
        random_bytes(seed, sizeof seed);
        struct err e = file_write(beside, (struct text) {(char *)seed, sizeof seed}, 0600);
        sodium_memzero(seed, sizeof seed);
        if (failed(e))
                return e;
        bool made = link(beside, path) == 0 || errno == EEXIST;
        unlink(beside);
        return made ? OK : FAIL_AT(ERR_BROKEN, "The key for concerns could not be made", path, "Look at the rights of the data folder");
}

static struct err load(struct arena *a, const char *data, struct pair *out)
{
        const char *path = path_of(a, data);
        struct text seed;

        must(sodium_init() >= 0);
        if (!file_exists(path))
                TRY(make(a, data, path));
        TRY(file_read(a, path, 4096, &seed));
        if (seed.n != crypto_box_SEEDBYTES)
                return FAIL_AT(ERR_BROKEN, "The key file is damaged", path, "Restore it from a backup");
        must(crypto_box_seed_keypair(out->public, out->secret, (const unsigned char *)seed.p) == 0);
        return OK;
}

struct err seal_close(struct arena *a, const char *data, struct text plain, struct text *out)
{
        struct pair k;

        TRY(load(a, data, &k));
        unsigned char *box = arena_alloc(a, plain.n + crypto_box_SEALBYTES + 1);
        int rc = crypto_box_seal(box, (const unsigned char *)(plain.p ? plain.p : ""), plain.n, k.public);
        sodium_memzero(&k, sizeof k);
        must(rc == 0);
        *out = (struct text) {(char *)box, plain.n + crypto_box_SEALBYTES};
        return OK;
}

struct err seal_open(struct arena *a, const char *data, struct text sealed, struct text *out)
{
        struct pair k;

        TRY(load(a, data, &k));
        size_t n = sealed.n >= crypto_box_SEALBYTES ? sealed.n - crypto_box_SEALBYTES : 0;
        char *plain = arena_alloc(a, n + 1);
        int rc = sealed.n >= crypto_box_SEALBYTES
                         ? crypto_box_seal_open((unsigned char *)plain, (const unsigned char *)sealed.p, sealed.n, k.public, k.secret)
                         : -1;
        sodium_memzero(&k, sizeof k);
        if (rc != 0)
                return FAIL(ERR_BROKEN, "This cannot be read with the key of this installation",
                            "Bring keys/concerns back from the backup that belongs to this database");
        *out = (struct text) {plain, n};
        return OK;
}
