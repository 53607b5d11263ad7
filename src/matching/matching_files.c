#include "matching/matching_files.h"

#include "os/clock.h"
#include "os/file.h"
#include "os/memory.h"
#include "os/process.h"

#include <string.h>

/* ---- writing ---- */

void matching_decimal_write(struct out *o, int64_t millionths)
{
        uint64_t size = millionths < 0 ? 0 - (uint64_t)millionths : (uint64_t)millionths;
        uint64_t rest = size % 1000000;
        int places = 6;

        if (millionths < 0)
                out_char(o, '-');
        out_int(o, (int64_t)(size / 1000000));
        for (; rest && rest % 10 == 0; places--)
                rest /= 10;
        if (rest)
                out_format(o, ".%0*llu", places, (unsigned long long)rest);
}

/* The sum of n true scores, of which `score` is the sum in the problem's own. */
static void write_score(struct out *o, const struct matching_input *in, int64_t score, int64_t n)
{
        score = in->base * n + in->step * score;
        if (in->millionths)
                matching_decimal_write(o, score);
        else
                out_int(o, score);
}

static void write_name(struct out *o, const struct matching_names *names, int32_t number)
{
        struct text t;

        if (!names->p) {
                out_int(o, number);
                return;
        }
        t = names->p[number];
        if (!memchr(t.p, ',', t.n) && !memchr(t.p, '"', t.n) && !memchr(t.p, '\n', t.n) &&
            !memchr(t.p, '\r', t.n)) {
                out_text(o, t);
                return;
        }
        out_char(o, '"');
        for (size_t k = 0; k < t.n; k++) {
                if (t.p[k] == '"')
                        out_char(o, '"');
                out_char(o, t.p[k]);
        }
        out_char(o, '"');
}

void matching_write_pairs(const struct matching_input *in, const struct matching_result *r,
                          struct out *o)
{
        out_c(o, "mentee,mentor,score\n");
        for (int32_t i = 0; i < in->problem.mentees; i++) {
                if (r->mentor_of[i] == MATCHING_NOBODY)
                        continue;
                write_name(o, &in->mentees, i);
                out_char(o, ',');
                write_name(o, &in->mentors, r->mentor_of[i]);
                out_char(o, ',');
                write_score(o, in, r->score_of[i], 1);
                out_char(o, '\n');
        }
}

/* ---- the command ---- */

struct bare {
        const struct matching_bare_options *o;
        struct arena *a;
        struct memory_file pairs, capacity;
        struct matching_input in;
        struct matching_result result;
        int64_t read_us, solve_us, write_us;
};

static struct err read_input(struct bare *b)
{
        const struct matching_bare_options *o = b->o;

        TRY(memory_map(b->a, o->edges ? o->edges : o->matrix, &b->pairs));
        if (o->edges)
                TRY(matching_read_edges(b->pairs.bytes, o->edges, b->a, &b->in));
        else
                TRY(matching_read_matrix(b->pairs.bytes, o->matrix, b->pairs.mapped, b->a, &b->in));
        if (!o->capacity)
                return OK;
        TRY(memory_map(b->a, o->capacity, &b->capacity));
        return matching_read_capacity(b->capacity.bytes, o->capacity, b->a, &b->in);
}

static struct err solve(struct bare *b)
{
        struct matching_options options = {
                .objective = b->o->fair ? MATCHING_FAIR : MATCHING_TOTAL,
                .threads = process_processors(),
                .go_on = b->o->go_on,
                .go_on_ctx = b->o->go_on_ctx,
        };

        return matching_solve(&b->in.problem, &options, b->a, &b->result);
}

static struct err write_pairs(struct bare *b)
{
        struct out o;

        if (!b->o->out)
                return OK;
        o = out_new(b->a, 64 + (size_t)b->result.matched * 32);
        matching_write_pairs(&b->in, &b->result, &o);
        return file_write(b->o->out, out_get(&o), 0666);
}

/* Adds the microseconds since *then, and moves *then to now. */
static void lap(int64_t *us, int64_t *then)
{
        int64_t now = clock_monotonic_us();

        *us = now - *then;
        *then = now;
}

static struct err run(struct bare *b)
{
        int64_t then = clock_monotonic_us();

        TRY(read_input(b));
        lap(&b->read_us, &then);
        TRY(solve(b));
        lap(&b->solve_us, &then);
        TRY(write_pairs(b));
        lap(&b->write_us, &then);
        return OK;
}

static struct text say(struct bare *b)
{
        struct out o = out_new(b->a, 256);
        const struct matching_result *r = &b->result;

        out_format(&o, "{\"matched\": %d, \"total\": ", r->matched);
        write_score(&o, &b->in, r->total, r->matched);
        out_c(&o, ", \"lowest\": ");
        if (r->matched)
                write_score(&o, &b->in, r->lowest, 1);
        else
                out_c(&o, "null");
        out_format(&o,
                   ", \"unmatched\": %d, \"seconds\": {\"read\": %.6f, \"solve\": %.6f, \"write\": "
                   "%.6f}",
                   r->unmatched, (double)b->read_us / 1e6, (double)b->solve_us / 1e6,
                   (double)b->write_us / 1e6);
        out_format(&o, ", \"peak_mb\": %.1f}", (double)memory_peak_bytes() / 1e6);
        return out_get(&o);
}

struct err matching_bare(const struct matching_bare_options *o, struct arena *a, struct text *json)
{
        struct bare b = {.o = o, .a = a};
        struct err e;

        if (!o->edges == !o->matrix)
                return FAIL(ERR_INVALID, "One list of pairs is needed",
                            "Give either --edges or --matrix");
        e = run(&b);
        if (!failed(e))
                *json = say(&b);
        memory_unmap(&b.pairs);
        memory_unmap(&b.capacity);
        return e;
}
