/* What may be left in a text that others read: pure functions over words. */
#include "base/out.h"
#include "people/people.h"

#include <string.h>

struct words { size_t n; struct text *row; };

static bool is_word_byte(char c)
{
        unsigned char u = (unsigned char)c;

        return (u >= '0' && u <= '9') || (u >= 'a' && u <= 'z') || u >= 0x80;
}

/* Of a folded text: runs of letters and digits; whatever is not ASCII counts as a letter. */
static struct words split(struct arena *a, struct text t)
{
        struct text folded = text_fold(a, t);
        struct words w = {.row = arena_array(a, struct text, folded.n / 2 + 1)};
        size_t i = 0;

        while (i < folded.n) {
                size_t from = i;
                while (i < folded.n && is_word_byte(folded.p[i]))
                        i++;
                if (i > from)
                        w.row[w.n++] = (struct text) {folded.p + from, i - from};
                else
                        i++;
        }
        return w;
}

static bool holds(const struct words *w, const struct words *part)
{
        for (size_t i = 0; i + part->n <= w->n; i++) {
                size_t k = 0;
                while (k < part->n && text_equal(w->row[i + k], part->row[k]))
                        k++;
                if (k == part->n)
                        return true;
        }
        return false;
}

/* A value like "yes" stands in any text and gives nothing away; so does a single letter. */
static bool says_nothing(const struct words *w)
{
        static const char *const empty[] = {"yes", "no", "true", "false", "none", "na", "not",
                "other", "ja", "nein", NULL};

        if (w->n == 0 || (w->n == 1 && w->row[0].n < 2) ||
            (w->n == 2 && w->row[0].n == 1 && w->row[1].n == 1))
                return true;
        for (size_t i = 0; w->n == 1 && empty[i]; i++)
                if (text_is(w->row[0], empty[i]))
                        return true;
        return false;
}

bool people_mentions(struct arena *a, struct text t, struct text value)
{
        struct words w = split(a, t), part = split(a, value);

        return !says_nothing(&part) && holds(&w, &part);
}

/* ---- biographies ---- */

static const char *const sensitive[] = {
        "characteristic", "characteristics", "disability", "disabilities", "disabled", "ethnicity",
                "ethnic", "religion", "religious",
        "sexuality", "sexual", "bisexual", "gay", "lesbian", "transgender", "queer", "pregnant",
        "pregnancy", "diagnosis", "diagnosed",
        "trade union", "union member", "gender identity", "behinderung", "behindert", "ethnie",
        "gewerkschaft", "schwanger", "schwul",
        "lesbisch", "bisexuell", NULL,
};

/* A sentence ends behind . ! or ? before white space, at a line break, or at the end. */
static struct text next_sentence(struct text *rest)
{
        size_t i = 0;

        for (; i < rest->n; i++) {
                bool last = i + 1 == rest->n;
                if (rest->p[i] == '\n' || (strchr(".!?", rest->p[i]) &&
                                           (last || strchr(" \t\r\n", rest->p[i + 1])))) {
                        i++;
                        break;
                }
        }
        struct text sentence = {rest->p, i};
        *rest = (struct text) {rest->p + i, rest->n - i};
        return sentence;
}

static bool is_sensitive(struct arena *a, const struct words *w)
{
        for (size_t i = 0; sensitive[i]; i++) {
                struct words part = split(a, text_of(sensitive[i]));
                if (holds(w, &part))
                        return true;
        }
        return false;
}

/* A value may be a list: each of its parts counts. */
static bool mentions_any(struct arena *a, const struct words *w, const struct text *value, size_t n)
{
        for (size_t i = 0; i < n; i++) {
                struct text rest = value[i];
                struct words whole = split(a, rest);
                if (!says_nothing(&whole) && holds(w, &whole))
                        return true;
                for (size_t from = 0, at = 0; at <= rest.n; at++) {
                        if (at < rest.n && !strchr(",;/|", rest.p[at]))
                                continue;
                        struct words part = split(a, (struct text) {rest.p + from, at - from});
                        from = at + 1;
                        if (!says_nothing(&part) && holds(w, &part))
                                return true;
                }
        }
        return false;
}

struct text people_cut_biography(struct arena *a, struct text biography, const struct text *value,
                                 size_t n, int64_t *cut)
{
        struct out o = out_new(a, biography.n + 1);
        struct text rest = biography;

        *cut = 0;
        while (rest.n) {
                struct text sentence = next_sentence(&rest);
                struct words w = split(a, sentence);
                if (w.n && (is_sensitive(a, &w) || mentions_any(a, &w, value, n)))
                        ++*cut;
                else
                        out_text(&o, sentence);
        }
        struct text left = text_trim(out_get(&o));
        return left.n ? text_copy(a, left) : TEXT_ABSENT;
}
