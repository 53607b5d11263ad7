#include "matching/matching_csv.h"

#include <string.h>
#include <strings.h>

struct err matching_csv_wrong(const struct matching_csv *c, const char *what, const char *next)
{
        const char *place = text_format(c->a, "%s, line %lld, column %d", c->file,
                                        (long long)c->line, c->column)
                                    .p;

        return FAIL_AT(ERR_INVALID, what, place, next);
}

struct matching_csv matching_csv_new(struct text t, const char *file, struct arena *a)
{
        if (text_starts(t, "\xef\xbb\xbf")) {
                t.p += 3;
                t.n -= 3;
        }
        return (struct matching_csv) {.t = t, .file = file, .a = a};
}

bool matching_csv_line(struct matching_csv *c)
{
        while (c->at < c->t.n) {
                c->line++;
                c->column = 0;
                c->ended = false;
                if (c->t.p[c->at] == '\n')
                        c->at++;
                else if (c->t.p[c->at] == '\r' && c->at + 1 < c->t.n && c->t.p[c->at + 1] == '\n')
                        c->at += 2;
                else
                        return true;
        }
        return false;
}

/* A quoted field; at is behind the opening quote. Doubled quotes make it a copy. */
static struct err quoted(struct matching_csv *c, struct text *field)
{
        size_t from = c->at, doubled = 0;
        int64_t lines = 0;

        for (;; c->at++) {
                if (c->at == c->t.n)
                        return matching_csv_wrong(c, "A quote is not closed",
                                                  "Close it, or leave it out");
                lines += c->t.p[c->at] == '\n';
                if (c->t.p[c->at] != '"')
                        continue;
                if (c->at + 1 == c->t.n || c->t.p[c->at + 1] != '"')
                        break;
                doubled++;
                c->at++;
        }
        c->line += lines;
        *field = (struct text) {.p = c->t.p + from, .n = c->at++ - from};
        if (doubled == 0)
                return OK;
        char *copy = arena_dup(c->a, field->p, field->n);
        size_t n = 0;
        for (size_t k = 0; k < field->n; k++) {
                copy[n++] = field->p[k];
                k += field->p[k] == '"';
        }
        *field = (struct text) {.p = copy, .n = n};
        return OK;
}

static bool ends_field(char ch) { return ch == ',' || ch == '\n'; }

struct err matching_csv_field(struct matching_csv *c, struct text *field)
{
        size_t from = c->at;

        c->column++;
        if (c->ended)
                return matching_csv_wrong(c, "The line ends too early",
                                          "Give every line all its columns");
        if (c->at < c->t.n && c->t.p[c->at] == '"') {
                c->at++;
                TRY(quoted(c, field));
                from = c->at;
                while (c->at < c->t.n && !ends_field(c->t.p[c->at]))
                        c->at++;
                if (!text_empty(text_trim((struct text) {.p = c->t.p + from, .n = c->at - from})))
                        return matching_csv_wrong(c, "Something follows a closing quote",
                                                  "Double a quote that belongs to the text");
        } else {
                while (c->at < c->t.n && !ends_field(c->t.p[c->at]))
                        c->at++;
                *field = (struct text) {.p = c->t.p + from, .n = c->at - from};
        }
        *field = text_trim(*field);
        c->ended = c->at == c->t.n || c->t.p[c->at] == '\n';
        c->at += c->at < c->t.n;
        return OK;
}

struct err matching_csv_end(struct matching_csv *c)
{
        if (c->ended)
                return OK;
        c->column++;
        return matching_csv_wrong(c, "The line has too many columns",
                                  "Quote a name that contains a comma");
}

void matching_csv_header(struct matching_csv *c, const char *first)
{
        struct matching_csv before = *c;
        struct text field;

        if (!matching_csv_line(c) || failed(matching_csv_field(c, &field)) ||
            field.n != strlen(first) || strncasecmp(field.p, first, field.n) != 0) {
                *c = before;
                return;
        }
        while (!c->ended && !failed(matching_csv_field(c, &field)))
                ;
}

/* ---- decimals ---- */

static bool digits(struct text t, size_t *at, int64_t *value, int *count)
{
        for (*count = 0; *at < t.n && t.p[*at] >= '0' && t.p[*at] <= '9'; (*at)++, (*count)++)
                if (__builtin_mul_overflow(*value, 10, value) ||
                    __builtin_sub_overflow(*value, t.p[*at] - '0', value))
                        return false;
        return true;
}

/* Counted below zero, where there is room for one more. */
bool matching_decimal(struct text t, int64_t *millionths)
{
        int64_t value = 0;
        int whole, places = 0;
        size_t at = 0;
        bool negative = t.n > 0 && t.p[0] == '-';

        at += negative || (t.n > 0 && t.p[0] == '+');
        if (!digits(t, &at, &value, &whole))
                return false;
        if (at < t.n && t.p[at] == '.') {
                at++;
                if (!digits(t, &at, &value, &places))
                        return false;
        }
        if (at != t.n || whole + places == 0 || places > 6)
                return false;
        for (; places < 6; places++)
                if (__builtin_mul_overflow(value, 10, &value))
                        return false;
        if (value == INT64_MIN) /* which is MATCHING_NONE, or has no positive twin */
                return false;
        *millionths = negative ? value : -value;
        return true;
}
