/* NumPy's .npy: a magic word, a Python literal that says what follows, then the numbers. */
#include "matching/matching_files.h"

#include "os/memory.h"

#include <math.h>
#include <string.h>

enum kind { INT32, INT64, FLOAT32, FLOAT64 };

struct matrix {
        enum kind kind;
        int64_t rows, columns;
        const char *data;
        const char *file;
        bool mapped;                    /* data may be dropped from memory and read again */
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

enum { CHUNK = 1 << 16, WORTH_IT = 1 << 16 };   /* cells */

/* Halves to even, as the machine does when it has no room for more digits; rint() does the same, slowly. */
static double whole(double d) { return fabs(d) < 0x1p51 ? (d + 0x1.8p52) - 0x1.8p52 : rint(d); }

/* One number as a score; infinite or too large ones are refused by name. */
static struct err score_at(const struct matrix *m, int64_t at, int64_t *score)
{
        double d;
        float f;
        int32_t i;

        switch (m->kind) {
        case INT32:
                memcpy(&i, m->data + at * 4, sizeof i);
                *score = i == INT32_MIN ? MATCHING_NONE : i;
                return OK;
        case INT64: memcpy(score, m->data + at * 8, sizeof *score); return OK;
        case FLOAT32:
                memcpy(&f, m->data + at * 4, sizeof f);
                d = f;
                break;
        case FLOAT64: memcpy(&d, m->data + at * 8, sizeof d); break;
        }
        if (isnan(d)) {
                *score = MATCHING_NONE;
                return OK;
        }
        if (fabs(d * 1e6) >= 0x1p63)
                return wrong_cell(m, at, "A score is infinite or too large");
        *score = (int64_t)whole(d * 1e6);
        return OK;
}

/* What all scores have in common: score = low + step * (0 .. high - low in steps). */
struct span { int64_t low, high; uint64_t step; bool any; };

/* Scores seen before, and what came of them: dividing is slow, and most scores of a matrix are few. */
enum { SEEN_BITS = 12 };
struct seen { int64_t score, step; bool any; };

static struct seen *seen_at(struct seen *all, int64_t score)
{
        return all + ((uint64_t)score * 0x9E3779B97F4A7C15u >> (64 - SEEN_BITS));
}

static uint64_t common(uint64_t a, uint64_t b)
{
        while (b) {
                uint64_t rest = a % b;
                a = b;
                b = rest;
        }
        return a;
}

static void widen(struct span *s, int64_t score)
{
        if (!s->any)
                *s = (struct span) {score, score, 0, true};
        uint64_t from_low = (uint64_t)(score > s->low ? score : s->low) - (uint64_t)(score > s->low ? s->low : score);
        if (s->step != 1 && from_low != 0 && (s->step == 0 || from_low % s->step != 0))
                s->step = common(from_low, s->step);
        s->low = score < s->low ? score : s->low;
        s->high = score > s->high ? score : s->high;
}

static int64_t cells_of(const struct matrix *m) { return m->rows * m->columns; }

/* What has been read of a file is not needed in memory any more. */
static void pass(const struct matrix *m, int64_t from, int64_t until)
{
        if (m->mapped)
                memory_passed(m->data + from * (int64_t)size_of(m->kind), (size_t)(until - from) * size_of(m->kind));
}

static struct err measure(const struct matrix *m, struct span *s)
{
        struct seen *all = arena_array(m->a, struct seen, 1 << SEEN_BITS), *seen;
        int64_t score;

        *s = (struct span) {0};
        for (int64_t at = 0; at < cells_of(m); at++) {
                TRY(score_at(m, at, &score));
                seen = seen_at(all, score);
                if (score != MATCHING_NONE && !(seen->any && seen->score == score)) {
                        widen(s, score);
                        *seen = (struct seen) {.score = score, .any = true};
                }
                if (m->kind <= INT64 && s->step == 1 && (uint64_t)s->high - (uint64_t)s->low >= UINT16_MAX)
                        return OK;      /* nothing to be packed */
                if (at % CHUNK == CHUNK - 1)
                        pass(m, at + 1 - CHUNK, at + 1);
        }
        if (s->step == 0)
                s->step = 1;
        return OK;
}

static size_t width(enum matching_cell kind)
{
        switch (kind) {
        case MATCHING_UINT8: return 1;
        case MATCHING_UINT16: return 2;
        case MATCHING_INT32: return 4;
        case MATCHING_INT64: return 8;
        }
        must(!"a kind of cell outside its enum");
}

static void put_cell(void *cells, enum matching_cell kind, int64_t at, int64_t score)
{
        bool none = score == MATCHING_NONE;

        switch (kind) {
        case MATCHING_UINT8: ((uint8_t *)cells)[at] = none ? UINT8_MAX : (uint8_t)score; return;
        case MATCHING_UINT16: ((uint16_t *)cells)[at] = none ? UINT16_MAX : (uint16_t)score; return;
        case MATCHING_INT32: ((int32_t *)cells)[at] = none ? INT32_MIN : (int32_t)score; return;
        case MATCHING_INT64: ((int64_t *)cells)[at] = score; return;
        }
        must(!"a kind of cell outside its enum");
}

/* Copies every score into cells of this kind, as steps from base. */
static struct err fill(const struct matrix *m, enum matching_cell kind, int64_t base, int64_t step, struct matching_input *in)
{
        void *cells = arena_alloc(m->a, (size_t)cells_of(m) * width(kind));
        struct seen *all = arena_array(m->a, struct seen, 1 << SEEN_BITS), *seen;
        int64_t score;

        for (int64_t at = 0; at < cells_of(m); at++) {
                TRY(score_at(m, at, &score));
                seen = seen_at(all, score);
                if (!seen->any || seen->score != score)
                        *seen = (struct seen) {score, score == MATCHING_NONE ? score : (score - base) / step, true};
                put_cell(cells, kind, at, seen->step);
                if (at % CHUNK == CHUNK - 1)
                        pass(m, at + 1 - CHUNK, at + 1);
        }
        in->problem.dense = cells;
        in->problem.cell = kind;
        in->base = base;
        in->step = step;
        return OK;
}

/*
 * Few different scores at equal distances fit in a byte or two each: a large matrix is copied so, a quarter or less of its
 * size. Other whole numbers stay where they are.
 */
static struct err take_cells(const struct matrix *m, const struct span *s, struct matching_input *in)
{
        uint64_t steps = ((uint64_t)s->high - (uint64_t)s->low) / s->step;
        bool packed = cells_of(m) >= WORTH_IT && steps < UINT16_MAX && s->step <= INT64_MAX && s->low > INT64_MIN / 4 && s->low < INT64_MAX / 4;

        if (packed)
                return fill(m, steps < UINT8_MAX ? MATCHING_UINT8 : MATCHING_UINT16, s->low, (int64_t)s->step, in);
        if (in->millionths)
                return fill(m, s->low > INT32_MIN && s->high <= INT32_MAX ? MATCHING_INT32 : MATCHING_INT64, 0, 1, in);
        in->problem.dense = aligned(m);
        return OK;
}

struct err matching_read_matrix(struct text npy, const char *file, bool mapped, struct arena *a,
                                struct matching_input *in)
{
        struct matrix m = {.file = file, .a = a, .mapped = mapped};
        struct span s;

        *in = (struct matching_input) {.file = file, .step = 1};
        TRY(read_header(npy, &m));
        in->problem = (struct matching_problem) {
                .mentees = (int32_t)m.rows,
                .mentors = (int32_t)m.columns,
                .shape = MATCHING_DENSE,
                .stride = m.columns,
                .cell = m.kind == INT32 ? MATCHING_INT32 : MATCHING_INT64,
        };
        in->millionths = m.kind == FLOAT32 || m.kind == FLOAT64;
        TRY(measure(&m, &s));
        return take_cells(&m, &s, in);
}
