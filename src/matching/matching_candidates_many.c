/* The candidates of many mentees, on several threads. */
#include "matching/matching_candidates_parts.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_THREADS = 64, MENTEES_AT_ONCE = 64 };

struct job {
        const struct matching_index *x;
        const int32_t *mentee, *most;
        int32_t n, *order;                      /* the mentees asked about, those who are alike together */
        int64_t *room;                          /* per mentee asked about: where its list begins for now */
        struct matching_best *found;
        int32_t *count;
        int64_t *least;
        const struct matching_pair *forbidden;
        int64_t n_forbidden;
        struct matching_candidate_search *search;
};

static int64_t first_forbidden(const struct job *j, int32_t mentee)
{
        int64_t low = 0, high = j->n_forbidden;

        while (low < high) {
                int64_t middle = low + (high - low) / 2;
                if (j->forbidden[middle].mentee < mentee)
                        low = middle + 1;
                else
                        high = middle;
        }
        return low;
}

static int by_mentor(const void *a, const void *b)
{
        const struct matching_best *v = a, *w = b;

        return (v->mentor > w->mentor) - (v->mentor < w->mentor);
}

static void search_some(void *ctx, int thread, int32_t from, int32_t until)
{
        struct job *j = ctx;
        struct matching_candidate_search *s = &j->search[thread];

        for (int32_t k = from; k < until; k++) {
                int32_t asked = j->order[k];
                s->mentee = j->mentee ? j->mentee[asked] : asked;
                s->offset = (int32_t)((int64_t)s->mentee * s->p->mentors.n / (s->p->mentees.n ? s->p->mentees.n : 1));
                s->stamp++;
                s->n = 0;
                s->most = j->most[asked] < s->p->mentors.n ? j->most[asked] : s->p->mentors.n;
                s->best = j->found + j->room[asked];
                s->forbidden = j->forbidden + first_forbidden(j, s->mentee);
                s->forbidden_end = j->forbidden + first_forbidden(j, s->mentee + 1);
                matching_scan_begin(s->scan, s->mentee);
                if (s->most > 0)
                        matching_candidate_search(s);
                matching_scan_end(s->scan);
                j->count[asked] = s->n;
                j->least[asked] = s->n < s->most || s->most == s->p->mentors.n ? MATCHING_NONE : s->best[0].score;
                qsort(s->best, (size_t)s->n, sizeof *s->best, by_mentor);
        }
}

/* Mentees who are alike one after the other, so that the cells are put in order once for all of them. */
static void order_mentees(struct arena *a, struct job *j)
{
        int32_t at = 0;

        j->order = arena_array(a, int32_t, (size_t)j->n + 1);
        if (!j->mentee) {
                memcpy(j->order, j->x->class_order, (size_t)j->n * sizeof *j->order);
                return;
        }
        int32_t *asked = arena_array(a, int32_t, (size_t)j->x->p->mentees.n + 1);
        for (int32_t k = 0; k < j->n; k++)
                asked[j->mentee[k]] = k + 1;
        for (int32_t k = 0; k < j->x->p->mentees.n; k++)
                if (asked[j->x->class_order[k]])
                        j->order[at++] = asked[j->x->class_order[k]] - 1;
}

static void take_out(struct arena *a, const struct job *j, struct matching_candidates *out)
{
        int64_t at = 0;

        out->row = arena_array(a, int64_t, (size_t)j->n + 1);
        for (int32_t k = 0; k < j->n; k++)
                out->row[k + 1] = out->row[k] + j->count[k];
        out->mentor = arena_array(a, int32_t, (size_t)out->row[j->n] + 1);
        out->score = arena_array(a, int64_t, (size_t)out->row[j->n] + 1);
        for (int32_t k = 0; k < j->n; k++)
                for (int32_t c = 0; c < j->count[k]; c++) {
                        out->mentor[at] = j->found[j->room[k] + c].mentor;
                        out->score[at++] = j->found[j->room[k] + c].score;
                }
}

void matching_candidates_find(struct arena *a, const struct matching_index *x, const int32_t *mentee,
                              const int32_t *most, int32_t n, const struct matching_pair *forbidden,
                              int64_t n_forbidden, int threads, struct matching_candidates *out)
{
        struct job j = {.x = x, .mentee = mentee, .most = most, .n = n, .forbidden = forbidden, .n_forbidden = n_forbidden};
        int64_t all = 0;

        *out = (struct matching_candidates) {.least = arena_array(a, int64_t, (size_t)n + 1)};
        threads = threads < 1 ? 1 : threads > MOST_THREADS ? MOST_THREADS : threads;
        j.room = arena_array(a, int64_t, (size_t)n + 1);
        j.count = arena_array(a, int32_t, (size_t)n + 1);
        j.least = out->least;
        for (int32_t k = 0; k < n; k++) {
                j.room[k] = all;
                all += most[k] < x->p->mentors.n ? most[k] : x->p->mentors.n;
        }
        j.found = arena_array(a, struct matching_best, (size_t)all + 1);
        j.search = arena_array(a, struct matching_candidate_search, (size_t)threads);
        for (int t = 0; t < threads; t++)
                matching_candidate_search_new(a, x, &j.search[t]);
        order_mentees(a, &j);
        matching_in_pieces(threads, n, MENTEES_AT_ONCE, search_some, &j);
        for (int t = 0; t < threads; t++) {
                out->looked_at += j.search[t].looked_at;
                out->scored += j.search[t].scored;
        }
        take_out(a, &j, out);
}
