#include "people/people_password_rules.h"

#include "html/messages.h"

#include <string.h>

/* Letters and digits of any script; what stands around a word adds little to it. */
static bool is_filling(char c)
{
        return (c >= '0' && c <= '9') || (c > ' ' && c < '0') || strchr(" :;<=>?@[\\]^_`{|}~", c);
}

static size_t count_chars(struct text t)
{
        size_t n = 0;

        for (size_t i = 0; i < t.n; i++)
                n += ((unsigned char)t.p[i] & 0xc0) != 0x80;
        return n;
}

/* Without digits and signs at both ends: "!Password2024" is "password". */
static struct text bare(struct text folded)
{
        while (folded.n && is_filling(folded.p[folded.n - 1]))
                folded.n--;
        while (folded.n && is_filling(folded.p[0])) {
                folded.p++;
                folded.n--;
        }
        return folded;
}

/* "abcabcabcabc", "aaaaaaaaaaaa", "passwordpassword" */
static bool repeats(struct text t)
{
        for (size_t unit = 1; unit <= t.n / 2; unit++) {
                size_t i = unit;
                while (i < t.n && t.p[i] == t.p[i - unit])
                        i++;
                if (i == t.n)
                        return true;
        }
        return false;
}

/* Most of it runs along the alphabet, the digits or the keyboard, forwards or backwards. */
static bool runs(struct text t)
{
        static const char *const rows[] = {"abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop",
                "asdfghjkl", "zxcvbnm", "qwertzuiop", "yxcvbnm", "1q2w3e4r5t6y7u8i9o0p",
                "1qaz2wsx3edc4rfv5tgb6yhn7ujm"};
        size_t steps = 0;

        for (size_t i = 1; i < t.n; i++)
                for (size_t k = 0; k < sizeof rows / sizeof rows[0]; k++) {
                        const char *at = strchr(rows[k], t.p[i - 1]);
                        if (at && t.p[i - 1] && ((at[1] && at[1] == t.p[i]) || (at > rows[k] && at[-1] == t.p[i]))) {
                                steps++;
                                break;
                        }
                }
        return steps * 4 >= (t.n - 1) * 3;
}

static bool known_word(struct arena *a, struct text word)
{
        return word.n && people_password_word(text_c(a, word));
}

/* "iloveyou2014" by its word, "summer-winter-99" by its words: three frequent words are no better than one. */
static bool frequent(struct arena *a, struct text folded)
{
        struct text rest = bare(folded);
        size_t words = 0;

        if (known_word(a, folded) || known_word(a, rest))
                return true;
        while (rest.p && rest.n) {
                size_t n = 0;
                while (n < rest.n && !is_filling(rest.p[n]))
                        n++;
                if (!known_word(a, (struct text) {rest.p, n}) || ++words > 2)
                        return false;
                while (n < rest.n && is_filling(rest.p[n]))
                        n++;
                rest = (struct text) {rest.p + n, rest.n - n};
        }
        return true;
}

/* What others know makes up all but a few characters of it. */
static bool given_away(struct arena *a, struct text folded, struct text known)
{
        enum { SHORT = 3, OWN_LEAST = 6 };
        struct text k = text_fold(a, known);

        if (k.n <= SHORT || k.n > folded.n)
                return false;
        return memmem(folded.p, folded.n, k.p, k.n) && folded.n - k.n < OWN_LEAST;
}

const char *people_password_wrong(struct arena *a, struct text password, const struct text *known,
                                  size_t n)
{
        struct text folded = text_fold(a, password);

        if (count_chars(password) < PASSWORD_LEAST)
                return M_("This is too short: take twelve characters or more, for example four words that have nothing to do with each other");
        if (count_chars(password) > PASSWORD_MOST)
                return M_("This is too long");
        if (repeats(folded) || runs(folded))
                return M_("This repeats itself or follows the keyboard: it would be guessed");
        if (frequent(a, folded))
                return M_("Many people use a password like this one: it would be guessed");
        for (size_t i = 0; i < n; i++) {
                struct text rest, local = text_cut(known[i], '@', &rest);
                if (given_away(a, folded, known[i]) || given_away(a, folded, local))
                        return M_("This is little more than your name, your address or the name of this place: it would be guessed");
        }
        return NULL;
}
