#include "rehearsal/rehearsal_truth.h"

#include <stddef.h>
#include <stdlib.h>

const struct rehearsal_truth rehearsal_truth_usual = {
#define X(key, value, words) .key = (value),
        REHEARSAL_TRUTH(X)
#undef X
};

static const struct { const char *key; size_t at; } keys[] = {
#define X(key, value, words) {#key, offsetof(struct rehearsal_truth, key)},
        REHEARSAL_TRUTH(X)
#undef X
};

static double *find(struct rehearsal_truth *truth, struct text key)
{
        for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
                if (text_is(key, keys[i].key))
                        return (double *)(void *)((char *)truth + keys[i].at);
        return NULL;
}

static struct err read_line(struct arena *a, struct text line, int number,
                            struct rehearsal_truth *truth)
{
        struct text rest, value;
        struct text key = text_trim(text_cut(text_cut(line, '#', &rest), ':', &value));
        const char *place = text_format(a, "line %d", number).p;
        char *end;

        if (text_empty(key))
                return OK;
        double *of = find(truth, key);
        if (!of)
                return FAIL_AT(ERR_INVALID, "There is no such key for how people behave", place,
                               "docs/rehearsal.md lists them all");
        const char *digits = text_c(a, text_trim(value));
        double v = strtod(digits, &end);
        if (end == digits || *end || !(v >= 0) || v > 1000)
                return FAIL_AT(ERR_INVALID, "This value is no number that is possible", place,
                               "Shares lie between 0 and 1");
        *of = v;
        return OK;
}

struct err rehearsal_truth_read(struct arena *a, struct text file, struct rehearsal_truth *truth)
{
        int number = 1;

        for (struct text rest = file; rest.p; number++)
                TRY(read_line(a, text_cut(rest, '\n', &rest), number, truth));
        return OK;
}
