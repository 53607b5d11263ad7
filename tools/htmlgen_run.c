/*
 * Gathers a sentence: literal text and values between two tags or blocks.  Its key is its English
 * text with white space folded and values as {name}.  Text without letters is no sentence and is
 * written as it stands.
 */
#include "htmlgen.h"

#include <string.h>

static bool is_space(char c)
{
        return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

void run_text(struct view *v, struct run *r, struct text s)
{
        if (s.n == 0)
                return;
        if (r->n == sizeof r->part / sizeof r->part[0])
                view_fail(v, "this sentence has too many parts: make two of it");
        if (r->n == 0) {
                r->line = v->line;
                for (size_t i = 0; i < s.n && is_space(s.p[i]); i++)
                        r->line += s.p[i] == '\n';
        }
        r->part[r->n++] = (struct run_part) {.s = s};
}

void run_slot(struct view *v, struct run *r, struct slot slot)
{
        if (r->n == sizeof r->part / sizeof r->part[0])
                view_fail(v, "this sentence has too many parts: make two of it");
        if (r->n == 0)
                r->line = v->line;
        r->part[r->n++] = (struct run_part) {.hole = true, .slot = slot};
}

/* White space becomes one space. */
static void fold(struct out *o, struct text s)
{
        for (size_t i = 0; i < s.n; i++)
                if (!is_space(s.p[i]))
                        out_char(o, s.p[i]);
                else if (o->n == 0 || o->p[o->n - 1] != ' ')
                        out_char(o, ' ');
}

/* Between tags, white space is worth a space or an end of line. */
static struct text space_of(struct text s)
{
        if (s.n == 0)
                return TEXT_ABSENT;
        return memchr(s.p, '\n', s.n) ? TEXT("\n") : TEXT(" ");
}

static struct text take_front(struct text *s)
{
        size_t i = 0;

        while (i < s->n && is_space(s->p[i]))
                i++;
        struct text front = {.p = s->p, .n = i};
        *s = (struct text) {.p = s->p + i, .n = s->n - i};
        return front;
}

static struct text take_back(struct text *s)
{
        size_t i = s->n;

        while (i > 0 && is_space(s->p[i - 1]))
                i--;
        struct text back = {.p = s->p + i, .n = s->n - i};
        s->n = i;
        return back;
}

static bool same_code(const struct code *a, const struct code *b)
{
        return a->done.n == b->done.n && memcmp(a->done.p, b->done.p, a->done.n) == 0;
}

/* A hole of that name that writes something else gets a number: {name_2}. */
static struct text slot_name(struct view *v, const struct slots *slots, const struct slot *s)
{
        struct text name = s->name;

        for (int number = 2;; number++) {
                const struct slot *clash = NULL;
                for (size_t i = 0; i < slots->n; i++)
                        if (slots->row[i].sign == '{' && text_equal(slots->row[i].name, name))
                                clash = &slots->row[i];
                if (!clash || same_code(clash->code, s->code))
                        return name;
                name = text_format(v->g->arena, "%.*s_%d", (int)s->name.n, s->name.p, number);
        }
}

static void add_slot(struct view *v, struct slots *slots, struct out *key, struct slot slot)
{
        if (slots->n == sizeof slots->row / sizeof slots->row[0] - 1)
                view_fail(v, "this sentence has too many values: make two of it");
        if (slot.sign == '{') {
                slot.name = slot_name(v, slots, &slot);
                out_format(key, "{%.*s}", (int)slot.name.n, slot.name.p);
        } else {
                out_format(key, "<%s%d%s>", slot.sign == '/' ? "/" : "", slot.number,
                           slot.sign == '!' ? "/" : "");
        }
        slots->row[slots->n++] = slot;
}

static bool has_letters(const struct run *r)
{
        for (size_t i = 0; i < r->n; i++)
                if (!r->part[i].hole && catalogue_has_letters(r->part[i].s))
                        return true;
        return false;
}

static struct text in_place(struct view *v, struct text s, enum place place)
{
        return place == PLACE_MAIL || place == PLACE_SUBJECT ? s : markup_escape(v->g->arena, s);
}

/* Lines that blocks and comments leave empty would only make the page longer. */
static void write_space(struct view *v, struct text space)
{
        const struct out *o = &v->code->literal;

        if (space.n && o->n && o->p[o->n - 1] == '\n')
                return;
        code_literal(v->code, space);
}

static void write_parts(struct view *v, struct run *r, enum place place, bool raw)
{
        for (size_t i = 0; i < r->n; i++) {
                if (r->part[i].hole) {
                        code_append(v->code, r->part[i].slot.code);
                        continue;
                }
                struct text s = r->part[i].s;
                if (!raw) {
                        struct text front = take_front(&s);
                        write_space(v, space_of(front));
                        struct text back = take_back(&s);
                        struct out folded = out_new(v->g->arena, s.n + 1);
                        fold(&folded, s);
                        code_literal(v->code, in_place(v, out_get(&folded), place));
                        write_space(v, space_of(back));
                } else {
                        code_literal(v->code, in_place(v, s, place));
                }
        }
}

static void refuse_braces(struct view *v, struct text s)
{
        if (memchr(s.p, '{', s.n) || memchr(s.p, '}', s.n))
                view_fail(v, "a brace in a sentence looks like a hole; put it into an element with "
                             "translate=\"no\"");
}

static void write_sentence(struct view *v, struct run *r, enum place place)
{
        struct slots *slots = arena_new_of(v->g->arena, struct slots);
        struct out key = out_new(v->g->arena, 128);
        struct text back = TEXT_ABSENT;

        for (size_t i = 0; i < r->n; i++) {
                if (r->part[i].hole) {
                        add_slot(v, slots, &key, r->part[i].slot);
                        continue;
                }
                struct text s = r->part[i].s;
                refuse_braces(v, s);
                if (i == 0)
                        code_literal(v->code, space_of(take_front(&s)));
                if (i + 1 == r->n)
                        back = space_of(take_back(&s));
                fold(&key, s);
        }
        message_write(v, v->code, out_get(&key), slots, place, r->line);
        code_literal(v->code, back);
}

/* At the edges of an attribute white space means nothing. */
static void trim_ends(struct run *r)
{
        if (r->n && !r->part[0].hole)
                (void)take_front(&r->part[0].s);
        if (r->n && !r->part[r->n - 1].hole)
                (void)take_back(&r->part[r->n - 1].s);
}

/* Neighbouring texts (a comment stood between them) are one. */
static void join_texts(struct view *v, struct run *r)
{
        size_t to = 0;

        for (size_t i = 0; i < r->n; i++) {
                struct run_part *last = to ? &r->part[to - 1] : NULL;
                if (last && !last->hole && !r->part[i].hole)
                        last->s = text_format(v->g->arena, "%.*s%.*s", (int)last->s.n, last->s.p,
                                              (int)r->part[i].s.n, r->part[i].s.p);
                else
                        r->part[to++] = r->part[i];
        }
        r->n = to;
}

void run_flush(struct view *v, struct run *r, enum place place, bool raw)
{
        if (r->n == 0)
                return;
        join_texts(v, r);
        if (place != PLACE_TEXT)
                trim_ends(r);
        if (raw || !has_letters(r))
                write_parts(v, r, place, raw);
        else
                write_sentence(v, r, place);
        r->n = 0;
}
