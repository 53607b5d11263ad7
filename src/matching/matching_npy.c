/* NumPy's .npy: a magic word, a Python literal that says what follows, then the numbers. */
#include "matching/matching_files.h"

#include <math.h>
#include <string.h>

enum kind { INT32, INT64, FLOAT32, FLOAT64 };

struct matrix {
        enum kind kind;
        int64_t rows, columns;
        const char *data;
        const char *file;
        struct arena *a;
};

static struct err wrong(const struct matrix *m, const char *what, const char *next)
{
        return FAIL_AT(ERR_INVALID, what, m->file, next);
}

static struct err wrong_cell(const struct matrix *m, int64_t at, const char *what)
{
        const char *place = text_format(m->a, "%s, row %lld, column %lld", m->file,
                                        (long long)(at / m->columns), (long long)(at % m->columns))
                                    .p;

        return FAIL_AT(ERR_INVALID, what, place,
                       "Use NaN for pairs that are not allowed, and smaller numbers");
}

/* ---- the header: {'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), } ---- */

/* What follows the key and its colon, or nothing. */
static struct text value_of(struct text header, const char *key)
{
        size_t n = strlen(key);

        for (size_t at = 0; at + n < header.n; at++) {
                struct text rest = {.p = header.p + at, .n = header.n - at};
                if (!text_starts(rest, key))
                        continue;
                rest = text_trim((struct text) {.p = rest.p + n, .n = rest.n - n});
                if (rest.n > 0 && rest.p[0] == ':')
                        return text_trim((struct text) {.p = rest.p + 1, .n = rest.n - 1});
        }
        return TEXT_ABSENT;
}

static struct err read_kind(struct text header, struct matrix *m)
{
        static const char *const names[] = {
                [INT32] = "'<i4'",
                [INT64] = "'<i8'",
                [FLOAT32] = "'<f4'",
                [FLOAT64] = "'<f8'",
        };
        struct text descr = value_of(header, "'descr'"),
                    order = value_of(header, "'fortran_order'");

        if (!text_starts(order, "False"))
                return wrong(m, "The matrix is not in C order",
                             "Save numpy.ascontiguousarray(matrix)");
        for (int k = INT32; k <= FLOAT64; k++) {
                if (text_starts(descr, names[k])) {
                        m->kind = (enum kind)k;
                        return OK;
                }
        }
        return wrong(m, "The matrix has another type of numbers",
                     "Use int32, int64, float32 or float64, little-endian");
}

static bool dimension(struct text *t, int64_t *n)
{
        size_t k = 0;

        *t = text_trim(*t);
        while (k < t->n && t->p[k] >= '0' && t->p[k] <= '9')
                k++;
        if (!text_int((struct text) {.p = t->p, .n = k}, n) || *n > INT32_MAX)
                return false;
        *t = text_trim((struct text) {.p = t->p + k, .n = t->n - k});
        return true;
}

static bool take(struct text *t, char c)
{
        if (t->n == 0 || t->p[0] != c)
                return false;
        t->p++;
        t->n--;
        return true;
}

static struct err read_shape(struct text header, struct matrix *m)
{
        struct text shape = value_of(header, "'shape'");

        if (!take(&shape, '(') || !dimension(&shape, &m->rows) || !take(&shape, ',') ||
            !dimension(&shape, &m->columns) ||
            (take(&shape, ',') && (shape = text_trim(shape)).n == 0) || !take(&shape, ')'))
                return wrong(m, "The matrix does not have two dimensions",
                             "Save one row for each mentee");
        return OK;
}

static size_t size_of(enum kind kind) { return kind == INT32 || kind == FLOAT32 ? 4 : 8; }

static struct err read_header(struct text npy, struct matrix *m)
{
        const unsigned char *p = (const unsigned char *)npy.p;
        size_t from, n;

        if (npy.n < 12 || memcmp(p, "\x93NUMPY", 6) != 0 || p[6] < 1 || p[6] > 3)
                return wrong(m, "This is no .npy file", "Save the matrix with numpy.save()");
        from = p[6] == 1 ? 10 : 12;
        n = p[8] | (size_t)p[9] << 8;
        if (p[6] > 1)
                n |= (size_t)p[10] << 16 | (size_t)p[11] << 24;
        if (n > npy.n - from)
                return wrong(m, "The file ends within its header", "Save it again");
        struct text header = {.p = npy.p + from, .n = n};
        TRY(read_kind(header, m));
        TRY(read_shape(header, m));
        m->data = npy.p + from + n;
        size_t here = npy.n - from - n, cells;
        if (__builtin_mul_overflow((size_t)m->rows, (size_t)m->columns, &cells) ||
            cells != here / size_of(m->kind) || here % size_of(m->kind) != 0)
                return wrong(m, "The file is shorter or longer than its header says",
                             "Save it again");
        return OK;
}

/* ---- the numbers ---- */

/* Copied only where the machine could not read them in place. */
static const void *aligned(const struct matrix *m)
{
        size_t n = (size_t)m->rows * (size_t)m->columns * size_of(m->kind);

        return (uintptr_t)m->data % size_of(m->kind) == 0 ? m->data : arena_dup(m->a, m->data, n);
}

static double number_at(const struct matrix *m, int64_t at)
{
        float f;
        double d;

        if (m->kind == FLOAT32) {
                memcpy(&f, m->data + at * 4, sizeof f);
                return f;
        }
        memcpy(&d, m->data + at * 8, sizeof d);
        return d;
}

/* The largest size of any number in millionths, which decides how wide the cells must be. */
static struct err measure(const struct matrix *m, double *largest)
{
        *largest = 0;
        for (int64_t at = 0; at < m->rows * m->columns; at++) {
                double size = fabs(number_at(m, at) * 1e6);
                if (size >= 0x1p63)
                        return wrong_cell(m, at, "A score is infinite or too large");
                if (size > *largest)
                        *largest = size;
        }
        return OK;
}

/* rint() rounds halves to even: nobody in this program changes the rounding mode. */
static void to_int32(const struct matrix *m, int32_t *cell)
{
        for (int64_t at = 0; at < m->rows * m->columns; at++) {
                double d = number_at(m, at);
                cell[at] = isnan(d) ? INT32_MIN : (int32_t)rint(d * 1e6);
        }
}

static void to_int64(const struct matrix *m, int64_t *cell)
{
        for (int64_t at = 0; at < m->rows * m->columns; at++) {
                double d = number_at(m, at);
                cell[at] = isnan(d) ? INT64_MIN : (int64_t)rint(d * 1e6);
        }
}

static struct err take_floats(const struct matrix *m, struct matching_problem *p)
{
        size_t n = (size_t)m->rows * (size_t)m->columns;
        double largest;

        TRY(measure(m, &largest));
        p->cell = largest < INT32_MAX ? MATCHING_INT32 : MATCHING_INT64;
        if (p->cell == MATCHING_INT32) {
                int32_t *cell = arena_array(m->a, int32_t, n);
                to_int32(m, cell);
                p->dense = cell;
        } else {
                int64_t *cell = arena_array(m->a, int64_t, n);
                to_int64(m, cell);
                p->dense = cell;
        }
        return OK;
}

struct err matching_read_matrix(struct text npy, const char *file, struct arena *a,
                                struct matching_input *in)
{
        struct matrix m = {.file = file, .a = a};

        *in = (struct matching_input) {.file = file};
        TRY(read_header(npy, &m));
        in->problem = (struct matching_problem) {
                .mentees = (int32_t)m.rows,
                .mentors = (int32_t)m.columns,
                .shape = MATCHING_DENSE,
                .stride = m.columns,
                .cell = m.kind == INT32 ? MATCHING_INT32 : MATCHING_INT64,
        };
        in->millionths = m.kind == FLOAT32 || m.kind == FLOAT64;
        if (in->millionths)
                return take_floats(&m, &in->problem);
        in->problem.dense = aligned(&m);
        return OK;
}
