/* Anything may be in a file: the readers refuse it or read it, and what they read can be solved. */
#include "matching/matching_files.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void solve(const struct matching_input *in, struct arena *a)
{
        struct matching_options options = {.objective = MATCHING_FAIR};
        struct matching_result r;
        struct out o = out_new(a, 256);

        if ((int64_t)in->problem.mentees * in->problem.mentors > 4096)
                return;
        struct err e = matching_solve(&in->problem, &options, a, &r);
        must(!failed(e) || err_is(e, ERR_LIMIT));
        if (!failed(e))
                matching_write_pairs(in, &r, &o);
}

/*
 * The first byte says what kind of file follows; in a list of pairs, a zero byte ends it and
 * capacities follow.
 */
static struct err read_any(struct text file, struct arena *a, struct matching_input *in)
{
        struct text capacity, pairs;

        if (file.n == 0)
                return FAIL(ERR_INVALID, "Nothing to read", "Give more");
        struct text rest = {.p = file.p + 1, .n = file.n - 1};
        if (file.p[0] % 2)
                return matching_read_matrix(rest, "M.npy", false, a, in);
        pairs = text_cut(rest, 0, &capacity);
        TRY(matching_read_edges(pairs, "E.csv", a, in));
        return capacity.p ? matching_read_capacity(capacity, "C.csv", a, in) : OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
        struct arena *a = arena_new((size_t)1 << 28);
        struct matching_input in;

        if (!failed(read_any((struct text) {.p = (const char *)data, .n = n}, a, &in)))
                solve(&in, a);
        arena_free(a);
        return 0;
}
