#include "matching/matching_learn.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { N = MATCHING_PARTS + 1, STEPS = 60, PENALTIES = 6 };     /* the parts, and a constant behind them */

static const double penalties[PENALTIES] = {1, 3, 10, 30, 100, 300};

/* Pairs as a regression sees them: parts less one half. */
struct sample {
        int32_t n;
        const double (*x)[MATCHING_PARTS];
        const bool *y;
        const int32_t *fold;
        int32_t out_1, out_2;                   /* folds left out; -1: none */
};

static bool is_in(const struct sample *s, int32_t i) { return s->fold[i] != s->out_1 && s->fold[i] != s->out_2; }

static double forecast(const double b[N], const double x[MATCHING_PARTS])
{
        double z = b[MATCHING_PARTS];

        for (int k = 0; k < MATCHING_PARTS; k++)
                z += b[k] * x[k];
        return 1 / (1 + exp(-z));
}

static double loss_of(double p, bool y)
{
        p = p < 1e-9 ? 1e-9 : p > 1 - 1e-9 ? 1 - 1e-9 : p;
        return -log(y ? p : 1 - p);
}

/* ---- the regression ---- */

/* Weights are drawn to centre, the constant is free. */
struct fit { const struct sample *s; double penalty; double centre[N]; };

static double objective(const struct fit *f, const double b[N])
{
        double sum = 0;

        for (int32_t i = 0; i < f->s->n; i++)
                if (is_in(f->s, i))
                        sum += loss_of(forecast(b, f->s->x[i]), f->s->y[i]);
        for (int k = 0; k < MATCHING_PARTS; k++)
                sum += f->penalty / 2 * (b[k] - f->centre[k]) * (b[k] - f->centre[k]);
        return sum;
}

static void slopes(const struct fit *f, const double b[N], double g[N], double h[N][N])
{
        memset(g, 0, N * sizeof *g);
        memset(h, 0, N * sizeof *h);
        for (int32_t i = 0; i < f->s->n; i++) {
                if (!is_in(f->s, i))
                        continue;
                double p = forecast(b, f->s->x[i]), x[N];
                memcpy(x, f->s->x[i], MATCHING_PARTS * sizeof *x);
                x[MATCHING_PARTS] = 1;
                for (int k = 0; k < N; k++) {
                        g[k] += (p - f->s->y[i]) * x[k];
                        for (int l = 0; l < N; l++)
                                h[k][l] += p * (1 - p) * x[k] * x[l];
                }
        }
        for (int k = 0; k < MATCHING_PARTS; k++) {
                g[k] += f->penalty * (b[k] - f->centre[k]);
                h[k][k] += f->penalty;
        }
        for (int k = 0; k < N; k++)
                h[k][k] += 1e-9;
}

/* Gauss, with the rows and columns of held values left out. */
static void solve(double h[N][N], const double g[N], const bool held[N], double step[N])
{
        double m[N][N + 1];

        for (int k = 0; k < N; k++) {
                for (int l = 0; l < N; l++)
                        m[k][l] = held[k] || held[l] ? k == l : h[k][l];
                m[k][N] = held[k] ? 0 : -g[k];
        }
        for (int k = 0; k < N; k++)
                for (int r = k + 1; r < N; r++) {
                        double by = m[r][k] / m[k][k];
                        for (int c = k; c <= N; c++)
                                m[r][c] -= by * m[k][c];
                }
        for (int k = N - 1; k >= 0; k--) {
                step[k] = m[k][N];
                for (int c = k + 1; c < N; c++)
                        step[k] -= m[k][c] * step[c];
                step[k] /= m[k][k];
        }
}

/* Newton with steps cut at zero: a weight below zero would wish people a bad fit. */
static void regress(const struct fit *f, double b[N])
{
        double g[N], h[N][N], step[N], next[N], best = objective(f, b);

        for (int turn = 0; turn < STEPS; turn++) {
                bool held[N] = {false}, moved = false;
                slopes(f, b, g, h);
                for (int k = 0; k < MATCHING_PARTS; k++)
                        held[k] = b[k] <= 0 && g[k] > 0;
                solve(h, g, held, step);
                for (double length = 1; length > 1e-6 && !moved; length /= 2) {
                        for (int k = 0; k < N; k++)
                                next[k] = k < MATCHING_PARTS && b[k] + length * step[k] < 0 ? 0 : b[k] + length * step[k];
                        double value = objective(f, next);
                        if (value < best - 1e-10) {
                                best = value;
                                memcpy(b, next, sizeof next);
                                moved = true;
                        }
                }
                if (!moved)
                        return;
        }
}

/* The present weights with the scale and the constant that fit best: what they forecast. */
static void calibrate(const struct sample *s, const struct matching_weights *w, double b[N])
{
        double sum = 0, scale = 1, constant = 0;

        for (int k = 0; k < MATCHING_PARTS; k++)
                sum += w->part[k];
        for (int turn = 0; turn < STEPS; turn++) {
                double g0 = 0, g1 = 0.01 * (scale - 1), h00 = 1e-9, h01 = 0, h11 = 0.01;
                for (int32_t i = 0; i < s->n; i++) {
                        double x = 0;
                        if (!is_in(s, i))
                                continue;
                        for (int k = 0; k < MATCHING_PARTS; k++)
                                x += s->x[i][k] * w->part[k] / sum;
                        double p = 1 / (1 + exp(-constant - scale * x));
                        g0 += p - s->y[i];
                        g1 += (p - s->y[i]) * x;
                        h00 += p * (1 - p);
                        h01 += p * (1 - p) * x;
                        h11 += p * (1 - p) * x * x;
                }
                double det = h00 * h11 - h01 * h01;
                if (det < 1e-12)
                        break;
                double d0 = (h11 * g0 - h01 * g1) / det, d1 = (h00 * g1 - h01 * g0) / det, longest = fabs(d0) + fabs(d1);
                double cut = longest > 4 ? 4 / longest : 1;     /* not further than the curve can be trusted */
                constant -= cut * d0;
                scale -= cut * d1;
                if (longest < 1e-9)
                        break;
        }
        /* A past in which a better score went with a worse end says nothing about the scale. */
        scale = scale < 0.1 ? 0.1 : scale;
        for (int k = 0; k < MATCHING_PARTS; k++)
                b[k] = scale * w->part[k] / sum;
        b[MATCHING_PARTS] = constant;
}

static void fit_one(const struct sample *s, const struct matching_weights *present, double penalty, double b[N])
{
        struct fit f = {.s = s, .penalty = penalty};

        calibrate(s, present, b);
        memcpy(f.centre, b, sizeof f.centre);
        regress(&f, b);
}

/* The penalty with the least loss on folds left out, of those that are in. */
static double choose(const struct sample *s, const struct matching_weights *present, int32_t folds)
{
        double best = INFINITY, chosen = penalties[PENALTIES - 1];

        for (int p = PENALTIES - 1; p >= 0; p--) {
                double loss = 0;
                for (int32_t fold = 0; fold < folds; fold++) {
                        struct sample in = *s;
                        double b[N];
                        if (fold == s->out_1)
                                continue;
                        in.out_2 = fold;
                        fit_one(&in, present, penalties[p], b);
                        for (int32_t i = 0; i < s->n; i++)
                                if (s->fold[i] == fold)
                                        loss += loss_of(forecast(b, s->x[i]), s->y[i]);
                }
                if (loss < best - 1e-9) {
                        best = loss;
                        chosen = penalties[p];
                }
        }
        return chosen;
}

/* ---- the check ---- */

static struct matching_interval mean_of(const double *value, int32_t n)
{
        double sum = 0, squares = 0;

        for (int32_t i = 0; i < n; i++)
                sum += value[i];
        double mean = sum / n;
        for (int32_t i = 0; i < n; i++)
                squares += (value[i] - mean) * (value[i] - mean);
        double half = 1.96 * sqrt(squares / (n - 1) / n);
        return (struct matching_interval) {mean, mean - half, mean + half};
}

/* Of all two pairs that ended differently; ties count half. Interval: Hanley and McNeil 1982. */
static struct matching_interval auc_of(const double *p, const bool *y, int32_t n)
{
        double won = 0, good = 0, bad = 0;

        for (int32_t i = 0; i < n; i++) {
                good += y[i];
                bad += !y[i];
                for (int32_t j = 0; y[i] && j < n; j++)
                        if (!y[j])
                                won += p[i] > p[j] ? 1 : p[i] == p[j] ? 0.5 : 0;
        }
        double a = won / (good * bad), q1 = a / (2 - a), q2 = 2 * a * a / (1 + a);
        double variance = (a * (1 - a) + (good - 1) * (q1 - a * a) + (bad - 1) * (q2 - a * a)) / (good * bad);
        double half = 1.96 * sqrt(variance > 0 ? variance : 0);
        return (struct matching_interval) {a, a - half < 0 ? 0 : a - half, a + half > 1 ? 1 : a + half};
}

static void check(struct arena *a, const struct sample *s, const struct matching_weights *present, int32_t folds,
                  struct matching_learned *out)
{
        double *p = arena_array(a, double, (size_t)s->n), *before = arena_array(a, double, (size_t)s->n);
        double *loss = arena_array(a, double, (size_t)s->n), *loss_before = arena_array(a, double, (size_t)s->n);
        double *gain = arena_array(a, double, (size_t)s->n);

        for (int32_t fold = 0; fold < folds; fold++) {
                struct sample in = *s;
                double b[N], present_b[N];
                in.out_1 = fold;
                fit_one(&in, present, choose(&in, present, folds), b);
                calibrate(&in, present, present_b);
                for (int32_t i = 0; i < s->n; i++) {
                        if (s->fold[i] != fold)
                                continue;
                        p[i] = forecast(b, s->x[i]);
                        before[i] = forecast(present_b, s->x[i]);
                        loss[i] = loss_of(p[i], s->y[i]);
                        loss_before[i] = loss_of(before[i], s->y[i]);
                        gain[i] = loss_before[i] - loss[i];
                }
        }
        out->auc = auc_of(p, s->y, s->n);
        out->auc_before = auc_of(before, s->y, s->n);
        out->loss = mean_of(loss, s->n);
        out->loss_before = mean_of(loss_before, s->n);
        out->gain = mean_of(gain, s->n);
}

/* ---- the whole ---- */

/* On the scale of the present weights, in whole numbers that add up to the same. */
static void as_weights(const double b[N], const struct matching_weights *present, int32_t part[MATCHING_PARTS])
{
        double sum = 0, rest[MATCHING_PARTS];
        int32_t whole = 0, all = 0;

        for (int k = 0; k < MATCHING_PARTS; k++) {
                sum += b[k];
                all += present->part[k];
        }
        for (int k = 0; k < MATCHING_PARTS; k++) {
                double share = sum > 0 ? b[k] / sum * all : present->part[k];
                part[k] = (int32_t)floor(share);
                rest[k] = share - part[k];
                whole += part[k];
        }
        for (; whole < all; whole++) {
                int most = 0;
                for (int k = 1; k < MATCHING_PARTS; k++)
                        most = rest[k] > rest[most] ? k : most;
                part[most]++;
                rest[most] = -1;
        }
}

/* Where three cohorts or more are large enough each is a fold; else every fifth pair. */
static int32_t make_folds(struct arena *a, const struct matching_past *past, int32_t n, int32_t cohorts, int32_t *fold, bool *by_cohort)
{
        int32_t *size = arena_array(a, int32_t, (size_t)cohorts + 1);

        for (int32_t i = 0; i < n; i++)
                size[past[i].cohort]++;
        *by_cohort = cohorts >= 3;
        for (int32_t c = 0; c < cohorts; c++)
                *by_cohort = *by_cohort && size[c] >= 10;
        for (int32_t i = 0; i < n; i++)
                fold[i] = *by_cohort ? past[i].cohort : i % MATCHING_LEARN_FOLDS;
        return *by_cohort ? cohorts : MATCHING_LEARN_FOLDS;
}

void matching_learn(struct arena *a, const struct matching_past *past, int32_t n, const struct matching_weights *present,
                    struct matching_learned *out)
{
        double (*x)[MATCHING_PARTS] = arena_alloc(a, (size_t)(n + 1) * sizeof *x), b[N];
        bool *y = arena_array(a, bool, (size_t)n + 1);
        int32_t *fold = arena_array(a, int32_t, (size_t)n + 1);

        *out = (struct matching_learned) {.pairs = n};
        memcpy(out->part, present->part, sizeof out->part);
        for (int32_t i = 0; i < n; i++) {
                out->flourished += past[i].flourished;
                out->cohorts = past[i].cohort >= out->cohorts ? past[i].cohort + 1 : out->cohorts;
                y[i] = past[i].flourished;
                for (int k = 0; k < MATCHING_PARTS; k++)
                        x[i][k] = (double)past[i].part[k] / MATCHING_ONE - 0.5;
        }
        if (n < MATCHING_LEARN_LEAST)
                return;
        out->lesson = MATCHING_LESSON_ALIKE;
        if (out->flourished < MATCHING_LEARN_LEAST_EACH || n - out->flourished < MATCHING_LEARN_LEAST_EACH)
                return;
        out->lesson = MATCHING_LESSON_LEARNED;
        int32_t folds = make_folds(a, past, n, out->cohorts, fold, &out->by_cohort);
        struct sample s = {.n = n, .x = (const double (*)[MATCHING_PARTS])x, .y = y, .fold = fold, .out_1 = -1, .out_2 = -1};
        check(a, &s, present, folds, out);
        out->penalty = choose(&s, present, folds);
        fit_one(&s, present, out->penalty, b);
        as_weights(b, present, out->part);
}
