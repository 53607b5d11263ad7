/* {{expression}}, dates, counts: the C that writes a value, by the place where it lands. */
#include "htmlgen.h"

#include <string.h>

static const char *put(enum place place)
{
        switch (place) {
        case PLACE_TEXT: return "html_put";
        case PLACE_ATTRIBUTE: return "html_put_in_attr";
        case PLACE_ADDRESS: return "html_put_in_url";
        case PLACE_MAIL: return "html_put_in_mail";
        case PLACE_SUBJECT: return "html_put_in_subject";
        }
        return "";
}

/* Words of the template language that format a value; in_text writes an element around it. */
static const struct { const char *word, *as_text, *in_text; } formats[] = {
        {"day", "html_text_day", "html_day"},
        {"dayweek", "html_text_day_week", "html_day_week"},
        {"dayyear", "html_text_day_year", "html_day_year"},
        {"time", "html_text_time", "html_time"},
        {"moment", "html_text_moment", "html_moment"},
        {"ago", "html_text_ago", "html_ago"},
        {"percent", "html_text_percent", NULL},
        {"number", "html_text_number", NULL},
};

static bool formatted(struct view *v, struct text word, struct text e, enum place place,
                      struct code *c)
{
        for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
                if (!text_is(word, formats[i].word))
                        continue;
                if (place == PLACE_TEXT && formats[i].in_text)
                        code_line(c, v->line, "        %s(pg, %.*s);", formats[i].in_text, (int)e.n,
                                  e.p);
                else
                        code_line(c, v->line, "        %s(pg, %s(pg, %.*s));", put(place),
                                  formats[i].as_text, (int)e.n, e.p);
                return true;
        }
        return false;
}

static void address(struct view *v, struct text e, enum place place, struct code *c)
{
        if (place != PLACE_ADDRESS && place != PLACE_MAIL)
                view_fail(v, "{{address}} stands only in href, src and action, or in the link of a "
                             "mail");
        code_line(c, v->line, "        %s(pg, %.*s);",
                  place == PLACE_MAIL ? "html_put_mail_address" : "html_put_address", (int)e.n,
                  e.p);
}

bool value_directive(struct view *v, struct text s, enum place place, struct code *c,
                     struct text *name)
{
        struct text rest;
        struct text word = token_word(s, &rest);

        if (s.n == 0)
                view_fail(v, "{{}} is empty");
        *name = token_last_name(s);
        if (rest.n && text_is(word, "plural")) {
                value_plural(v, rest, place, c, name);
                return true;
        }
        if (rest.n && text_is(word, "address")) {
                address(v, rest, place, c);
                return true;
        }
        if (rest.n && formatted(v, word, rest, place, c))
                return true;
        if (rest.n && token_is_name(word) && token_is_name((struct text) {.p = rest.p, .n = 1}))
                view_fail(v, "there is no directive %.*s", (int)word.n, word.p);
        code_line(c, v->line, "        %s(pg, %.*s);", put(place), (int)s.n, s.p);
        return false;
}

/* E runs to the first string. */
static struct text until_string(struct text s, struct text *rest)
{
        const char *quote = s.n ? memchr(s.p, '"', s.n) : NULL;
        size_t n = quote ? (size_t)(quote - s.p) : s.n;

        *rest = (struct text) {.p = s.p + n, .n = s.n - n};
        return text_trim((struct text) {.p = s.p, .n = n});
}

static struct text take_sentence(struct view *v, struct text *s)
{
        struct text value;
        size_t used;

        if (!token_string(v->g->arena, *s, &value, &used))
                view_fail(v, "{{plural NUMBER \"one form\" \"{n} other form\"}} needs both forms");
        *s = text_trim((struct text) {.p = s->p + used, .n = s->n - used});
        return value;
}

void value_plural(struct view *v, struct text rest, enum place place, struct code *c,
                  struct text *name)
{
        struct slots *slots = arena_new_of(v->g->arena, struct slots);
        struct text number = until_string(rest, &rest);
        struct text one = take_sentence(v, &rest);
        struct text other = take_sentence(v, &rest);

        if (number.n == 0)
                view_fail(v, "{{plural}} needs a number before its forms");
        *name = token_last_name(number);
        while (rest.n) {
                struct text e;
                struct text hole = text_cut(token_item(rest, &rest), '=', &e);
                if (e.n == 0 || !token_is_name(hole) || slots->n == 16)
                        view_fail(v, "behind the forms of a plural stand holes as name=EXPRESSION");
                struct slot *slot = &slots->row[slots->n++];
                struct text unused;
                *slot = (struct slot) {.sign = '{',
                                       .name = hole,
                                       .code = code_new(v->g->arena, v->file)};
                value_directive(v, e, place, slot->code, &unused);
        }
        message_write_plural(v, c, number, one, other, slots, place, v->line);
}
