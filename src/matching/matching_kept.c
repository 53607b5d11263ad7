#include "matching/matching_kept.h"

#include "base/out.h"
#include "os/keys.h"

#include <limits.h>
#include <string.h>
#include <zlib.h>

enum { VERSION = 1, PLANES = 3, PLAIN_MOST = 1 << 30 };

/* ---- numbers of as many bytes as they need ---- */

static void put(struct out *o, uint64_t v)
{
        for (; v >= 128; v >>= 7)
                out_char(o, (char)(unsigned char)(v | 128));
        out_char(o, (char)v);
}

struct reader { const unsigned char *p; size_t n; bool broken; };

static uint64_t take(struct reader *r)
{
        uint64_t v = 0;

        for (unsigned shift = 0; r->n > 0 && shift < 64; shift += 7) {
                unsigned char c = *r->p++;
                r->n--;
                v |= (uint64_t)(c & 127) << shift;
                if (c < 128)
                        return v;
        }
        r->broken = true;
        return 0;
}

static int32_t take_below(struct reader *r, int64_t below)
{
        uint64_t v = take(r);

        r->broken = r->broken || v >= (uint64_t)below;
        return r->broken ? 0 : (int32_t)v;
}

/* ---- packing ---- */

/* The length in front, then zlib's bytes. */
static struct text squeeze(struct text plain, struct arena *a)
{
        uLongf room = compressBound(plain.n);
        struct out o = out_new(a, room + 16);

        put(&o, plain.n);
        must(compress2((Bytef *)out_reserve(&o, room), &room, (const Bytef *)plain.p, plain.n, plain.n > (4u << 20) ? 1 : 6) == Z_OK);
        o.n += room;
        return out_get(&o);
}

static struct err broken(void)
{
        return FAIL(ERR_BROKEN, "What was kept of this run cannot be read", "The run itself stands; run again to have one that can be replayed");
}

static struct err loosen(struct text bytes, struct arena *a, struct text *plain)
{
        struct reader r = {.p = (const unsigned char *)bytes.p, .n = bytes.n};
        uint64_t n = take(&r);
        uLongf room = n;

        if (r.broken || n > PLAIN_MOST)
                return broken();
        char *p = arena_alloc(a, n + 1);
        if (uncompress((Bytef *)p, &room, r.p, r.n) != Z_OK || room != n)
                return broken();
        *plain = (struct text) {p, n};
        return OK;
}

static void put_ids(struct out *o, const int64_t *id, int32_t n)
{
        for (int32_t i = 0; i < n; i++)
                put(o, (uint64_t)(id[i] - (i ? id[i - 1] : 0)));
}

static void put_pairs(struct out *o, const struct matching_pair *pair, int64_t n)
{
        put(o, (uint64_t)n);
        for (int64_t k = 0; k < n; k++) {
                put(o, (uint64_t)pair[k].mentee);
                put(o, (uint64_t)pair[k].mentor);
        }
}

static void row_of(const struct matching_problem *p, int32_t i, int64_t *score)
{
        for (int32_t j = 0; j < p->mentors; j++)
                score[j] = MATCHING_NONE;
        switch (p->shape) {
        case MATCHING_SPARSE:
                for (int64_t k = p->row[i]; k < p->row[i + 1]; k++)
                        score[p->mentor[k]] = p->score[k];
                return;
        case MATCHING_DENSE:
                for (int32_t j = 0; j < p->mentors; j++) {
                        int64_t at = (int64_t)i * p->stride + j;
                        int64_t s = p->cell == MATCHING_INT32 ? ((const int32_t *)p->dense)[at] : p->cell == MATCHING_INT64
                                ? ((const int64_t *)p->dense)[at] : MATCHING_NONE;
                        score[j] = s == INT32_MIN ? MATCHING_NONE : s;
                }
                return;
        }
        must(!"a shape outside its enum");
}

/* Byte by byte apart, since the high ones are nearly alike: that is what makes them small. 0 stands for no score. */
static void put_scores(struct out *o, const struct matching_problem *p, struct arena *scratch)
{
        size_t n = (size_t)p->mentees * (size_t)p->mentors;
        int64_t *score = arena_array(scratch, int64_t, (size_t)p->mentors + 1);
        unsigned char *plane = (unsigned char *)out_reserve(o, PLANES * n + 1);

        for (int32_t i = 0; i < p->mentees; i++) {
                row_of(p, i, score);
                for (int32_t j = 0; j < p->mentors; j++) {
                        size_t at = (size_t)i * (size_t)p->mentors + (size_t)j;
                        uint64_t v = score[j] == MATCHING_NONE ? 0 : (uint64_t)score[j] + 1;
                        must(v < 1u << 8 * PLANES);
                        for (size_t k = 0; k < PLANES; k++)
                                plane[k * n + at] = (unsigned char)(v >> 8 * k);
                }
        }
        o->n += PLANES * n;
}

struct err matching_pack(const struct matching_problem *p, const uint8_t *reserve, const int64_t *mentee, const int64_t *mentor,
                         struct arena *scratch, struct arena *a, struct matching_packed *out)
{
        int64_t n = (int64_t)p->mentees * p->mentors;
        struct out o = out_new(scratch, 4096), hex = out_new(a, HASH_BYTES * 2 + 1);
        unsigned char hash[HASH_BYTES];

        *out = (struct matching_packed) {.whole = n <= MATCHING_KEPT_MOST};
        put(&o, VERSION);
        put(&o, (uint64_t)p->mentees);
        put(&o, (uint64_t)p->mentors);
        put_ids(&o, mentee, p->mentees);
        put_ids(&o, mentor, p->mentors);
        for (int32_t j = 0; j < p->mentors; j++) {
                int32_t places = p->places ? p->places[j] : 1;
                out->places += places;
                put(&o, (uint64_t)places);
                put(&o, (uint64_t)(p->least ? p->least[j] : 0) << 1 | (reserve && reserve[j]));
        }
        put_pairs(&o, p->forbidden, p->n_forbidden);
        put_pairs(&o, p->locked, p->n_locked);
        put(&o, p->announced ? (uint64_t)p->keep + 1 : 0);
        for (int32_t i = 0; p->announced && i < p->mentees; i++)
                put(&o, (uint64_t)(p->announced[i] + 1));
        put(&o, out->whole);
        if (out->whole)
                put_scores(&o, p, scratch);
        struct text plain = out_get(&o);
        keys_hash(plain, hash);
        for (int i = 0; i < HASH_BYTES; i++)
                out_format(&hex, "%02x", hash[i]);
        out->hash = out_get(&hex);
        out->bytes = squeeze(plain, a);
        return OK;
}

/* ---- unpacking ---- */

static int64_t *take_ids(struct reader *r, int32_t n, struct arena *a)
{
        int64_t *id = arena_array(a, int64_t, (size_t)n + 1), last = 0;

        for (int32_t i = 0; i < n && !r->broken; i++)
                id[i] = last += (int64_t)take(r);
        return id;
}

static const struct matching_pair *take_pairs(struct reader *r, const struct matching_kept *k, struct arena *a, int64_t *n)
{
        uint64_t most = take(r);

        *n = 0;
        r->broken = r->broken || most > r->n;           /* each takes two bytes at least */
        if (r->broken)
                return NULL;
        struct matching_pair *pair = arena_array(a, struct matching_pair, most + 1);
        for (; *n < (int64_t)most && !r->broken; ++*n) {
                pair[*n].mentee = take_below(r, k->mentees);
                pair[*n].mentor = take_below(r, k->mentors);
        }
        return pair;
}

static void take_announced(struct reader *r, struct matching_kept *k, struct arena *a)
{
        uint64_t keep = take(r);

        if (keep == 0 || r->broken)
                return;
        int32_t *announced = arena_array(a, int32_t, (size_t)k->mentees + 1);
        for (int32_t i = 0; i < k->mentees && !r->broken; i++)
                announced[i] = take_below(r, (int64_t)k->mentors + 1) - 1;
        k->problem.announced = announced;
        k->problem.keep = (int64_t)keep - 1;
}

static void take_scores(struct reader *r, struct matching_kept *k, struct arena *a)
{
        size_t n = (size_t)k->mentees * (size_t)k->mentors;
        const unsigned char *p = r->p;

        r->broken = r->broken || n > MATCHING_KEPT_MOST || r->n != PLANES * n;
        if (r->broken)
                return;
        int32_t *cell = arena_array(a, int32_t, n + 1);
        for (size_t at = 0; at < n; at++) {
                int32_t v = p[at] | p[n + at] << 8 | p[2 * n + at] << 16;
                cell[at] = v ? v - 1 : INT32_MIN;
        }
        k->problem.dense = cell;
}

static void take_places(struct reader *r, struct matching_kept *k, struct arena *a)
{
        int32_t *places = arena_array(a, int32_t, (size_t)k->mentors + 1), *least = arena_array(a, int32_t, (size_t)k->mentors + 1);
        uint8_t *reserve = arena_array(a, uint8_t, (size_t)k->mentors + 1);
        bool groups = false, reserves = false;

        for (int32_t j = 0; j < k->mentors && !r->broken; j++) {
                k->places += places[j] = take_below(r, INT32_MAX);
                int32_t kind = take_below(r, INT32_MAX);
                least[j] = kind >> 1;
                reserve[j] = kind & 1;
                groups = groups || least[j];
                reserves = reserves || reserve[j];
        }
        k->problem.places = places;
        k->problem.least = groups ? least : NULL;
        k->reserve = reserves ? reserve : NULL;
}

struct err matching_unpack(struct text bytes, struct arena *a, struct matching_kept *out)
{
        struct text plain;

        *out = (struct matching_kept) {0};
        TRY(loosen(bytes, a, &plain));
        struct reader r = {.p = (const unsigned char *)plain.p, .n = plain.n};
        if (take(&r) != VERSION)
                return broken();
        out->mentees = take_below(&r, INT32_MAX);
        out->mentors = take_below(&r, INT32_MAX);
        if (r.broken || (size_t)out->mentees + (size_t)out->mentors > r.n)
                return broken();
        out->mentee = take_ids(&r, out->mentees, a);
        out->mentor = take_ids(&r, out->mentors, a);
        out->problem = (struct matching_problem) {
                .mentees = out->mentees, .mentors = out->mentors, .shape = MATCHING_DENSE, .stride = out->mentors, .cell = MATCHING_INT32};
        take_places(&r, out, a);
        out->problem.forbidden = take_pairs(&r, out, a, &out->problem.n_forbidden);
        out->problem.locked = take_pairs(&r, out, a, &out->problem.n_locked);
        take_announced(&r, out, a);
        out->whole = take(&r) == 1;
        if (out->whole)
                take_scores(&r, out, a);
        return r.broken ? broken() : OK;
}

struct text matching_pack_pairs(const int32_t *mentor_of, int32_t mentees, struct arena *a)
{
        struct out o = out_new(a, (size_t)mentees * 2 + 16);

        for (int32_t i = 0; i < mentees; i++)
                put(&o, (uint64_t)(mentor_of[i] + 1));
        return squeeze(out_get(&o), a);
}

struct err matching_unpack_pairs(struct text bytes, int32_t mentees, int32_t mentors, struct arena *a, int32_t **mentor_of)
{
        struct text plain;

        TRY(loosen(bytes, a, &plain));
        struct reader r = {.p = (const unsigned char *)plain.p, .n = plain.n};
        *mentor_of = arena_array(a, int32_t, (size_t)mentees + 1);
        for (int32_t i = 0; i < mentees && !r.broken; i++)
                (*mentor_of)[i] = take_below(&r, (int64_t)mentors + 1) - 1;
        return r.broken ? broken() : OK;
}
