#include "evaluation/evaluation_interval.h"

#include <math.h>

static const double Z = 1.959963984540054;

static double between(double v, double low, double high) { return v < low ? low : v > high ? high : v; }

struct evaluation_interval evaluation_wilson(int64_t n, int64_t of)
{
        double m = (double)of, p, centre, half;

        if (of <= 0)
                return (struct evaluation_interval) {0};
        p = (double)n / m;
        centre = (p + Z * Z / (2 * m)) / (1 + Z * Z / m);
        half = Z * sqrt(p * (1 - p) / m + Z * Z / (4 * m * m)) / (1 + Z * Z / m);
        return (struct evaluation_interval) {true, between(centre - half, 0, p), between(centre + half, p, 1)};
}

struct evaluation_interval evaluation_newcombe(int64_t n1, int64_t of1, int64_t n2, int64_t of2)
{
        struct evaluation_interval a = evaluation_wilson(n1, of1), b = evaluation_wilson(n2, of2);
        double p, q;

        if (!a.has || !b.has)
                return (struct evaluation_interval) {0};
        p = (double)n1 / (double)of1;
        q = (double)n2 / (double)of2;
        return (struct evaluation_interval) {true, p - q - hypot(p - a.low, b.high - q), p - q + hypot(a.high - p, q - b.low)};
}

double evaluation_student(size_t df)
{
        static const double few[] = {12.7062, 4.3027, 3.1824};  /* where the expansion is too rough */
        double v = (double)df, z = Z, z2 = z * z;

        if (df <= 3)
                return few[df ? df - 1 : 0];
        return z + z * (z2 + 1) / (4 * v) + z * ((5 * z2 + 16) * z2 + 3) / (96 * v * v) +
               z * (((3 * z2 + 19) * z2 + 17) * z2 - 15) / (384 * v * v * v) +
               z * ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945) / (92160 * v * v * v * v);
}

struct evaluation_interval evaluation_clustered(const struct evaluation_cluster *c, size_t n)
{
        double good = 0, all = 0, squares = 0, share, half;

        for (size_t i = 0; i < n; i++) {
                good += c[i].good;
                all += c[i].all;
        }
        if (n < 2 || all <= 0)
                return (struct evaluation_interval) {0};
        share = good / all;
        if (share <= 0 || share >= 1)
                return evaluation_wilson(share >= 1 ? (int64_t)n : 0, (int64_t)n);
        for (size_t i = 0; i < n; i++)
                squares += (c[i].good - share * c[i].all) * (c[i].good - share * c[i].all);
        if (squares <= 0)
                return evaluation_wilson((int64_t)(share * (double)n + 0.5), (int64_t)n);
        half = evaluation_student(n - 1) * sqrt((double)n / (double)(n - 1) * squares) / all;
        return (struct evaluation_interval) {true, between(share - half, 0, 1), between(share + half, 0, 1)};
}

struct evaluation_interval evaluation_mean_interval(const double *v, size_t n)
{
        double sum = 0, squares = 0, mean, half;

        if (n < 2)
                return (struct evaluation_interval) {0};
        for (size_t i = 0; i < n; i++)
                sum += v[i];
        mean = sum / (double)n;
        for (size_t i = 0; i < n; i++)
                squares += (v[i] - mean) * (v[i] - mean);
        half = evaluation_student(n - 1) * sqrt(squares / (double)(n - 1) / (double)n);
        return (struct evaluation_interval) {true, mean - half, mean + half};
}

/* The median lies below the k-th value with the chance that fewer than k of n coins fall heads. */
struct evaluation_interval evaluation_median_interval(const double *v, size_t n)
{
        double log_term = -(double)n * log(2), below = exp(log_term);
        size_t k = 0;   /* values cut off at each end */

        while (k < n / 2 && below <= 0.025) {
                k++;
                log_term += log((double)(n - k + 1)) - log((double)k);
                below += exp(log_term);
        }
        return k == 0 ? (struct evaluation_interval) {0} : (struct evaluation_interval) {true, v[k - 1], v[n - k]};
}

struct evaluation_interval evaluation_persistence_interval(struct evaluation_span *v, size_t n, double at)
{
        double share = evaluation_persistence(v, n, at), sum = 0, centre, half;        /* sorts v */

        for (size_t i = 0; i < n && v[i].days <= at; i++)
                if (v[i].ended_early && n - i > 1)
                        sum += 1 / ((double)(n - i) * (double)(n - i - 1));
        if (n == 0)
                return (struct evaluation_interval) {0};
        if (share >= 1 || share <= 0)
                return evaluation_wilson(share >= 1 ? (int64_t)n : 0, (int64_t)n);
        centre = log(-log(share));
        half = Z * sqrt(sum) / -log(share);
        return (struct evaluation_interval) {true, exp(-exp(centre + half)), exp(-exp(centre - half))};
}
