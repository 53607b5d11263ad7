/*
 * The two encodings of forms, and a form of every kind of field, fed with anything. The first byte
 * chooses.
 */
#include "http/form.h"

#include <stdint.h>

struct all {
        struct text line, lines, email, zone, file;
        int64_t number, id, day, clock;
        bool yes;
        struct field_ids ids;
};

FORM_OF(all_form, struct all,
        {.name = "line",
         .kind = FIELD_TEXT,
         .offset = offsetof(struct all, line),
         .required = true},
        {.name = "lines", .kind = FIELD_LINES, .offset = offsetof(struct all, lines)},
        {.name = "email", .kind = FIELD_EMAIL, .offset = offsetof(struct all, email)},
        {.name = "zone", .kind = FIELD_ZONE, .offset = offsetof(struct all, zone)},
        {.name = "file", .kind = FIELD_FILE, .offset = offsetof(struct all, file)},
        {.name = "number", .kind = FIELD_INT, .offset = offsetof(struct all, number), .max = 10},
        {.name = "id", .kind = FIELD_ID, .offset = offsetof(struct all, id)},
        {.name = "day", .kind = FIELD_DAY, .offset = offsetof(struct all, day)},
        {.name = "clock", .kind = FIELD_CLOCK, .offset = offsetof(struct all, clock)},
        {.name = "yes", .kind = FIELD_BOOL, .offset = offsetof(struct all, yes)},
        {.name = "ids", .kind = FIELD_IDS, .offset = offsetof(struct all, ids)});

static struct err parse(struct arena *a, bool multipart, struct text body, struct form_input **in,
                        size_t *n)
{
        if (!multipart)
                return form_parse_urlencoded(a, body, in, n);
        return form_parse_multipart(a, TEXT("multipart/form-data; boundary=X"), body, in, n);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        struct form_input *in;
        struct form_echo echo;
        struct all v;
        size_t n;

        if (size == 0)
                return 0;
        struct arena *a = arena_new(1 << 26);
        /* a copy of the exact size, so that a read past its end is seen */
        struct text body = {arena_dup(a, data + 1, size - 1), size - 1};
        if (!failed(parse(a, data[0] & 1, body, &in, &n)) &&
            !failed(form_fill(a, &all_form, in, n, &v, &echo))) {
                must(text_is_utf8(v.line) && text_is_utf8(v.lines) && text_is_utf8(v.email));
                must(v.line.n > 0 && v.clock >= -1 && v.clock < 24 * 60 && v.number >= 0 &&
                     v.number <= 10 && v.id >= 0);
        }
        arena_free(a);
        return 0;
}
