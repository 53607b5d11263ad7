/*
 * A module's text, cut at its headings into the parts that the learning pages show one after the
 * other.
 */
#include "content/pack_parse.h"

#include <string.h>

enum part { POINT, WRONG, WELL, RULES, SCENARIO, OWN, COMMITMENT, PARTS };

enum { RULES_MIN = 3, RULES_MAX = 5 };

/*
 * In English the headings have fixed words, so that a part in the wrong place is seen; elsewhere
 * their order counts.
 */
static const char *const english[PARTS] = {
        [POINT] = "The point",
        [WRONG] = "What it looks like when it goes wrong",
        [WELL] = "What it looks like when it goes well",
        [RULES] = "Rules to keep",
        [SCENARIO] = "A scenario",
        [OWN] = "Your own situation",
        [COMMITMENT] = "One commitment",
};

struct cut {
        struct pack_reading *r;
        const char *path;
        const char *file;               /* start of the bytes, to count lines from */
        struct text part[PARTS];
};

static void wrong(struct cut *c, const char *at, const char *remedy, const char *what)
{
        int line = 1;

        for (const char *p = c->file; at != NULL && p < at; p++)
                line += *p == '\n';
        pack_problem_add(c->r->problems, (struct pack_place) {c->path, line, 1, false}, remedy,
                         "%s", what);
}

static bool next_line(struct text *rest, struct text *line)
{
        if (rest->p == NULL || rest->n == 0)
                return false;
        *line = text_cut(*rest, '\n', rest);
        return true;
}

/* The part from behind its heading to the next one. */
static struct text until_heading(struct text rest)
{
        const char *end = memmem(rest.p, rest.n, "\n## ", 4);

        return text_trim((struct text) {rest.p, end != NULL ? (size_t)(end - rest.p) : rest.n});
}

/* Parts are known by their order; the headings are for people, in their own language. */
static bool cut_parts(struct cut *c, struct text body)
{
        struct text rest = body, line;
        int n = 0;

        while (next_line(&rest, &line)) {
                if (!text_starts(line, "## "))
                        continue;
                if (n < PARTS)
                        c->part[n] = rest.p != NULL ? until_heading(rest) : TEXT("");
                if (n < PARTS && c->part[n].n == 0)
                        wrong(c, line.p, "Write it below the heading",
                              "A part of the module is empty");
                n++;
        }
        if (n != PARTS)
                wrong(c, c->file,
                      "Write the seven parts that docs/packs.md lists, in that order, each below a "
                      "## heading",
                      text_format(c->r->a, "The module has %d parts", n).p);
        return n == PARTS;
}

static void check_headings(struct cut *c, struct text body)
{
        struct text rest = body, line;
        int n = 0;

        if (!text_starts(text_of(c->path), "modules/en/"))
                return;
        while (next_line(&rest, &line) && n < PARTS) {
                if (!text_starts(line, "## "))
                        continue;
                if (!text_is(text_trim((struct text) {line.p + 3, line.n - 3}), english[n]))
                        wrong(c, line.p, text_format(c->r->a, "Write \"## %s\" here", english[n]).p,
                              "The headings of the module are not in order");
                n++;
        }
}

static void read_rules(struct cut *c, struct pack_lesson *out)
{
        struct text rest = c->part[RULES], line;
        struct text *rules = arena_array(c->r->a, struct text, RULES_MAX);
        size_t n = 0;

        while (next_line(&rest, &line)) {
                if (!text_starts(line, "- "))
                        continue;
                if (n < RULES_MAX)
                        rules[n] = text_trim((struct text) {line.p + 2, line.n - 2});
                n++;
        }
        if (n < RULES_MIN || n > RULES_MAX)
                wrong(c, c->part[RULES].p, "Write three to five lines that begin with a hyphen",
                      text_format(c->r->a, "The number of rules is %zu", n).p);
        out->rules = rules;
        out->n_rules = n < RULES_MAX ? n : RULES_MAX;
}

/* "2. Words (best)" */
static bool answer_line(struct text line, int number)
{
        return line.n > 3 && line.p[0] == '0' + number && line.p[1] == '.' && line.p[2] == ' ';
}

static struct text without_mark(struct text line, bool *best)
{
        static const char mark[] = "(best)";
        size_t n = sizeof mark - 1;

        line = text_trim(line);
        *best = line.n > n && memcmp(line.p + line.n - n, mark, n) == 0;
        return *best ? text_trim((struct text) {line.p, line.n - n}) : line;
}

static int read_answers(struct cut *c, struct pack_lesson *out)
{
        struct text rest = c->part[SCENARIO], line;
        int n = 0, marked = 0;

        while (next_line(&rest, &line) && n < PACK_ANSWERS) {
                bool best;

                if (!answer_line(line, n + 1))
                        continue;
                if (n == 0)
                        out->question = text_trim((struct text) {
                                c->part[SCENARIO].p, (size_t)(line.p - c->part[SCENARIO].p)});
                out->answers[n] = without_mark((struct text) {line.p + 3, line.n - 3}, &best);
                out->best = best ? n : out->best;
                marked += best;
                n++;
        }
        if (n == PACK_ANSWERS && marked != 1)
                wrong(c, out->answers[0].p, "Write (best) at the end of one answer",
                      "Not exactly one answer is marked as the best");
        return n;
}

/* "> Why: ..." to the end of the part; the word before the colon is of the language. */
static struct text read_why(struct cut *c)
{
        const char *at = memmem(c->part[SCENARIO].p, c->part[SCENARIO].n, "\n> ", 3);
        struct text why, said;

        if (at == NULL)
                return TEXT("");
        why = (struct text) {at + 3, c->part[SCENARIO].n - (size_t)(at + 3 - c->part[SCENARIO].p)};
        text_cut(why, ':', &said);
        return said.p != NULL ? text_trim(said) : text_trim(why);
}

static void read_scenario(struct cut *c, struct pack_lesson *out)
{
        if (read_answers(c, out) != PACK_ANSWERS || text_empty(out->question))
                wrong(c, c->part[SCENARIO].p,
                      "Write the situation and its question, then lines 1. 2. 3.",
                      "The scenario has no question with three answers");
        out->why = read_why(c);
        if (text_empty(out->why))
                wrong(c, c->part[SCENARIO].p, "Write \"> Why: ...\" below the answers",
                      "The scenario does not say why");
}

static void blank(struct pack_lesson *out)
{
        struct text *all[] = {&out->point, &out->wrong, &out->well,      &out->question,
                              &out->why,   &out->own,   &out->commitment};

        for (size_t i = 0; i < sizeof all / sizeof *all; i++)
                *all[i] = TEXT("");
        for (int i = 0; i < PACK_ANSWERS; i++)
                out->answers[i] = TEXT("");
}

void pack_lesson_parse(struct pack_reading *r, const char *path, struct text bytes,
                       const struct pack_text *text, struct pack_lesson *out)
{
        struct cut c = {.r = r, .path = path, .file = bytes.p};

        blank(out);
        out->title = text->title;
        check_headings(&c, text->body);
        if (text_empty(text->body) || !cut_parts(&c, text->body))
                return;
        out->point = c.part[POINT];
        out->wrong = c.part[WRONG];
        out->well = c.part[WELL];
        out->own = c.part[OWN];
        out->commitment = c.part[COMMITMENT];
        read_rules(&c, out);
        read_scenario(&c, out);
}
