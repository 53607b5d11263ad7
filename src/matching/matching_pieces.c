/* Work on many people by several threads, and the whole matrix of a run. */
#include "matching/matching_pool.h"

#include "base/err.h"

#include <pthread.h>
#include <stdatomic.h>

enum { MOST_THREADS = 64, ROWS_AT_ONCE = 16 };

struct pieces { matching_piece_fn *fn; void *ctx; int32_t n, piece; _Atomic int32_t next; };
struct worker { struct pieces *pieces; int number; pthread_t thread; };

static void *work(void *arg)
{
        struct worker *w = arg;

        for (;;) {
                int32_t from = atomic_fetch_add(&w->pieces->next, w->pieces->piece);
                if (from >= w->pieces->n)
                        return NULL;
                int32_t until = from + w->pieces->piece < w->pieces->n ? from + w->pieces->piece : w->pieces->n;
                w->pieces->fn(w->pieces->ctx, w->number, from, until);
        }
}

void matching_in_pieces(int threads, int32_t n, int32_t piece, matching_piece_fn *fn, void *ctx)
{
        struct pieces pieces = {.fn = fn, .ctx = ctx, .n = n, .piece = piece};
        struct worker worker[MOST_THREADS];
        int started = 0;

        threads = threads < 1 ? 1 : threads > MOST_THREADS ? MOST_THREADS : threads;
        for (int k = 0; k < threads; k++)
                worker[k] = (struct worker) {&pieces, k, 0};
        /* Where a thread cannot be had, the others do its work. */
        while (started < threads - 1 && pthread_create(&worker[started + 1].thread, NULL, work, &worker[started + 1]) == 0)
                started++;
        work(&worker[0]);
        for (int k = 1; k <= started; k++)
                pthread_join(worker[k].thread, NULL);
}

struct matrix { struct matching_scan *scan[MOST_THREADS]; int32_t *score, mentors; uint16_t *rules; };

/* Where the rules have no place of their own, a forbidden pair has no score. */
static void score_rows(void *ctx, int thread, int32_t from, int32_t until)
{
        struct matrix *m = ctx;
        struct matching_scan *scan = m->scan[thread];
        unsigned forbidden;

        for (int32_t i = from; i < until; i++) {
                size_t row = (size_t)i * (size_t)m->mentors;
                matching_scan_begin(scan, i);
                for (int32_t j = 0; j < m->mentors; j++) {
                        int32_t score = matching_scan_score(scan, j, &forbidden);
                        m->score[row + (size_t)j] = forbidden && !m->rules ? INT32_MIN : score;
                        if (m->rules)
                                m->rules[row + (size_t)j] = (uint16_t)forbidden;
                }
                matching_scan_end(scan);
        }
}

void matching_pool_ruled(struct arena *a, const struct matching_pool *p, int threads, int32_t *score, uint16_t *rules)
{
        struct matrix m = {.score = score, .mentors = p->mentors.n, .rules = rules};

        threads = threads < 1 ? 1 : threads > MOST_THREADS ? MOST_THREADS : threads;
        for (int k = 0; k < threads; k++)
                m.scan[k] = matching_scan_new(a, p);
        matching_in_pieces(threads, p->mentees.n, ROWS_AT_ONCE, score_rows, &m);
}

void matching_pool_scores(struct arena *a, const struct matching_pool *p, int threads, int32_t *score)
{
        matching_pool_ruled(a, p, threads, score, NULL);
}
