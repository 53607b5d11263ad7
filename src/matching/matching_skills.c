#include "matching/matching_skills.h"

#include "base/err.h"
#include "html/messages.h"

#include <glib.h>
#include <string.h>

enum { DEPTHS = 3, LONGEST_NAME = 80, LONGEST_PHRASE = 8, LEAST_PHRASE = 3, FIRST_SLOTS = 1024 };

/* ---- words by their key ---- */

static bool is_mark(gunichar c) { return c >= 0x300 && c <= 0x36f; }

static bool is_ascii(struct text t)
{
        for (size_t i = 0; i < t.n; i++)
                if ((unsigned char)t.p[i] >= 128)
                        return false;
        return true;
}

struct text matching_skills_key(struct arena *a, struct text words)
{
        struct text t = text_fold(a, words);
        size_t n = 0;

        if (t.n == 0 || !text_is_utf8(t))
                return TEXT("");
        char *marked = is_ascii(t) ? NULL : g_utf8_normalize(t.p, (gssize)t.n, G_NORMALIZE_NFKD);
        const char *apart = marked ? marked : t.p;

        must(marked || is_ascii(t));    /* it is UTF-8: only memory can be missing */
        char *key = arena_alloc(a, strlen(apart) + 1);
        for (const char *p = apart, *next; *p; p = next) {
                gunichar c = g_utf8_get_char(p);
                next = p + g_utf8_skip[(guchar)*p];
                if (is_mark(c))
                        continue;
                /* "C++" and "C" are two things. */
                if (g_unichar_isalnum(c) || c == '+' || c == '#') {
                        size_t bytes = (size_t)(next - p);
                        memcpy(key + n, p, bytes);
                        n += bytes;
                } else if (n && key[n - 1] != ' ') {
                        key[n++] = ' ';
                }
        }
        g_free(marked);
        n -= n && key[n - 1] == ' ';
        return (struct text) {key, n};
}

static uint32_t hash_of(struct text t)
{
        uint32_t h = 2166136261u;

        for (size_t i = 0; i < t.n; i++)
                h = (h ^ (unsigned char)t.p[i]) * 16777619u;
        return h ^ h >> 15;
}

/* Where a key is, or would be. */
static struct matching_skill_word *slot_of(const struct matching_skills *s, struct text key)
{
        uint32_t mask = (uint32_t)s->n_slots - 1;

        for (uint32_t at = hash_of(key) & mask;; at = (at + 1) & mask)
                if (s->slot[at].skill < 0 || text_equal(s->slot[at].key, key))
                        return &s->slot[at];
}

static int32_t look_up(const struct matching_skills *s, struct text key)
{
        return s->n_slots && key.n ? slot_of(s, key)->skill : -1;
}

static void more_slots(struct arena *a, struct matching_skills *s)
{
        struct matching_skills old = *s;

        s->n_slots = old.n_slots ? old.n_slots * 2 : FIRST_SLOTS;
        s->slot = arena_array(a, struct matching_skill_word, (size_t)s->n_slots);
        for (int32_t k = 0; k < s->n_slots; k++)
                s->slot[k].skill = -1;
        for (int32_t k = 0; k < old.n_slots; k++)
                if (old.slot[k].skill >= 0)
                        *slot_of(s, old.slot[k].key) = old.slot[k];
}

/* ---- reading ---- */

struct reader {
        struct arena *a;
        struct matching_skills *s;
        const char *file;
        int line;
        struct { int indent; int32_t skill; } open[DEPTHS]; /* the lines that this one stands below */
        int depth;
};

static struct err wrong(const struct reader *r, const char *what, const char *next)
{
        return FAIL_AT(ERR_INVALID, what, text_format(r->a, "%s:%d", r->file, r->line).p, next);
}

static struct err add_word(struct reader *r, struct text word, int32_t skill)
{
        struct matching_skills *s = r->s;
        struct text key = matching_skills_key(r->a, word);

        if (key.n == 0)
                return wrong(r, M_("A word has no letters"), M_("Take the comma or the bar away, or write a word"));
        if (word.n > LONGEST_NAME)
                return wrong(r, M_("A name is longer than 80 characters"), M_("Shorten it"));
        if (s->n_words >= MATCHING_SKILLS_MOST)
                return wrong(r, M_("There are more than 20000 words"), M_("Keep the list to what people really name"));
        if (s->n_words * 2 >= s->n_slots)
                more_slots(r->a, s);
        struct matching_skill_word *slot = slot_of(s, key);
        if (slot->skill >= 0 && slot->skill != skill)
                return wrong(r, M_("This word means another skill already"), M_("A word belongs to one skill; take it out of one of the two"));
        s->n_words += slot->skill < 0;
        *slot = (struct matching_skill_word) {key, skill};
        return OK;
}

static struct err new_skill(struct reader *r, struct text english, struct text german, int32_t *skill)
{
        struct matching_skills *s = r->s;
        int32_t broader = r->depth ? r->open[r->depth - 1].skill : -1;
        int depth = broader < 0 ? 0 : s->row[broader].depth + 1;

        if (depth >= DEPTHS)
                return wrong(r, M_("There are more than three levels"), M_("A family, its skills, and what is narrower are enough"));

        if (s->n == s->room) {
                int32_t room = s->room ? s->room * 2 : 256;
                struct matching_skill *row = arena_array(r->a, struct matching_skill, (size_t)room);
                if (s->n)
                        memcpy(row, s->row, (size_t)s->n * sizeof *row);
                s->row = row;
                s->room = room;
        }
        s->row[s->n] = (struct matching_skill) {
                .name = {text_copy(r->a, english), text_copy(r->a, german.n ? german : english)},
                .broader = broader, .depth = depth};
        *skill = s->n++;
        return OK;
}

/* How far a line is indented; a tab goes to the next fourth column. */
static int indent_of(struct text line, size_t *from)
{
        int column = 0;

        for (*from = 0; *from < line.n; ++*from) {
                if (line.p[*from] == ' ')
                        column++;
                else if (line.p[*from] == '\t')
                        column += 4 - column % 4;
                else
                        break;
        }
        return column;
}

static struct err find_place(struct reader *r, int indent)
{
        while (r->depth > 0 && r->open[r->depth - 1].indent >= indent)
                r->depth--;
        if (r->depth == 0 && indent > 0)
                return wrong(r, M_("This line is indented, but nothing stands above it"), M_("Begin a family at the left margin"));
        if (r->depth == DEPTHS)
                return wrong(r, M_("There are more than three levels"), M_("A family, its skills, and what is narrower are enough"));
        return OK;
}

static struct err read_words(struct reader *r, struct text english, struct text german, struct text others, int32_t skill)
{
        TRY(add_word(r, english, skill));
        if (german.n)
                TRY(add_word(r, german, skill));
        while (others.p) {
                struct text word = text_trim(text_cut(others, ',', &others));
                TRY(add_word(r, word, skill));
        }
        return OK;
}

/* A skill that is there already stays where it stands; deeper lines go below it. */
static struct err read_skill(struct reader *r, struct text line, int indent)
{
        struct text others, german;
        struct text names = text_cut(line, '=', &others);
        struct text english = text_trim(text_cut(names, '|', &german));
        int32_t skill = look_up(r->s, matching_skills_key(r->a, english));

        german = text_trim(german);
        TRY(find_place(r, indent));
        if (matching_skills_key(r->a, english).n == 0)
                return wrong(r, M_("A skill has no name"), M_("Write its English name first"));
        if (skill < 0)
                TRY(new_skill(r, english, german, &skill));
        TRY(read_words(r, english, german, others, skill));
        r->open[r->depth].indent = indent;
        r->open[r->depth++].skill = skill;
        return OK;
}

struct err matching_skills_read(struct arena *a, const char *file, struct text text, struct matching_skills *s)
{
        struct reader r = {.a = a, .s = s, .file = file};

        if (text_starts(text, "\xef\xbb\xbf"))
                text = (struct text) {text.p + 3, text.n - 3};
        while (text.n) {
                struct text line = text_cut(text, '\n', &text);
                size_t from;
                r.line++;
                if (!text_is_utf8(line))
                        return wrong(&r, M_("This line is not UTF-8"), M_("Save the file with the character set UTF-8"));
                int indent = indent_of(line, &from);
                line = text_trim((struct text) {line.p + from, line.n - from});
                if (line.n && line.p[0] != '#')
                        TRY(read_skill(&r, line, indent));
        }
        return OK;
}

/* ---- asking ---- */

/* Where the next n words of a key end, or 0. */
static size_t end_of(struct text key, size_t from, int n)
{
        size_t at = from;

        for (int k = 0; k < n; k++) {
                if (at >= key.n)
                        return 0;
                at += k > 0;
                while (at < key.n && key.p[at] != ' ')
                        at++;
        }
        return at;
}

static int32_t contained(const struct matching_skills *s, struct text key, int words)
{
        for (size_t from = 0; from < key.n;) {
                size_t until = end_of(key, from, words);
                if (!until)
                        return -1;
                int32_t skill = until - from >= LEAST_PHRASE ? look_up(s, (struct text) {key.p + from, until - from}) : -1;
                if (skill >= 0)
                        return skill;
                from = end_of(key, from, 1) + 1;
        }
        return -1;
}

int32_t matching_skills_find(const struct matching_skills *s, struct arena *a, struct text words)
{
        struct text key = matching_skills_key(a, words);
        int32_t skill = look_up(s, key);

        for (int n = LONGEST_PHRASE; n > 0 && skill < 0; n--)
                skill = contained(s, key, n);
        return skill;
}

struct matching_skill_path matching_skills_path(const struct matching_skills *s, int32_t skill)
{
        struct matching_skill_path path = {{0}};

        for (int k = 0; k < DEPTHS && skill >= 0; k++) {
                path.id[k] = skill + 1;
                skill = s->row[skill].broader;
        }
        return path;
}
