/* States as text: "5:hello;" a value, "-;" an absent one. */
#include "desk/desk.h"

#include <string.h>

void desk_put(struct out *o, struct text value)
{
        if (!value.p) {
                out_c(o, "-;");
                return;
        }
        out_format(o, "%zu:", value.n);
        out_text(o, value);
        out_char(o, ';');
}

void desk_put_int(struct out *o, int64_t value)
{
        desk_put(o, text_format(o->arena, "%lld", (long long)value));
}

void desk_put_opt(struct out *o, struct opt value)
{
        if (value.has)
                desk_put_int(o, value.v);
        else
                desk_put(o, TEXT_ABSENT);
}

static struct text end_of(struct text *rest)
{
        *rest = TEXT_ABSENT;
        return TEXT_ABSENT;
}

struct text desk_take(struct text *rest)
{
        struct text after, value, count = text_cut(*rest, ':', &after);
        int64_t n;

        if (rest->n >= 2 && memcmp(rest->p, "-;", 2) == 0) {
                *rest = (struct text) {rest->p + 2, rest->n - 2};
                return TEXT_ABSENT;
        }
        if (!text_int(count, &n) || n < 0 || (uint64_t)n >= after.n || after.p[n] != ';')
                return end_of(rest);
        value = (struct text) {after.p, (size_t)n};
        *rest = (struct text) {after.p + n + 1, after.n - (size_t)n - 1};
        return value;
}

struct opt desk_take_opt(struct text *rest)
{
        struct opt o = {.has = true};

        o.has = text_int(desk_take(rest), &o.v);
        return o;
}

int64_t desk_take_int(struct text *rest) { return desk_take_opt(rest).v; }
