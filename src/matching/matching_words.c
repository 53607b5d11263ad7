/* Reasons in words: what both sides and the coordinator read. Never status, never a private wish. */
#include "html/messages.h"
#include "matching/matching_dossier.h"
#include "people/people.h"

#include "base/err.h"

#include "base/out.h"

#include <string.h>

struct text matching_reasons_text(struct arena *a, const struct matching_fit *fit)
{
        struct out o = out_new(a, 128);

        for (int i = 0; i < 3 && fit->reason[i].code != MATCHING_BECAUSE_NOTHING; i++) {
                out_format(&o, "%s|%d|", matching_reason_name(fit->reason[i].code), fit->reason[i].number);
                for (size_t k = 0; k < fit->reason[i].value.n; k++)
                        out_char(&o, strchr("|\n", fit->reason[i].value.p[k]) ? ' ' : fit->reason[i].value.p[k]);
                out_char(&o, '\n');
        }
        return out_get(&o);
}

struct text matching_parts_text(struct arena *a, const struct matching_fit *fit)
{
        struct out o = out_new(a, 256);

        for (int i = 0; i < MATCHING_PARTS; i++)
                out_format(&o, "%s %d %d\n", matching_part_name((enum matching_part)i), fit->part[i], fit->known[i]);
        return out_get(&o);
}

static const char *sentence_of(struct text code)
{
        static const struct { const char *code; const char *sentence; } all[] = {
                {"want", M_("What is wanted is on offer: {value}.")},
                {"goal", M_("A goal that the mentor knows from experience: {value}.")},
                {"value", M_("Something that matters to both: {value}.")},
                {"interest", M_("An interest of both: {value}.")},
                {"hours", M_("Both are free at the same time for {number} hours a week.")},
                {"language", M_("Both like to speak {value}.")},
                {"format", M_("Both prefer the same way of meeting: {value}.")},
        };

        for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
                if (text_is(code, all[i].code))
                        return all[i].sentence;
        return NULL;
}

/* What somebody ended with a stop of their own stands in a sentence that has one. */
static struct text without_stop(struct text t)
{
        t = text_trim(t);
        while (t.n && strchr(".;,!", t.p[t.n - 1]))
                t.n--;
        return text_trim(t);
}

static struct text sentence(struct arena *a, enum locale l, struct text line)
{
        struct text rest;
        struct text code = text_cut(line, '|', &rest);
        struct text number = text_cut(rest, '|', &rest);
        const char *english = sentence_of(code);
        int64_t n;

        if (!english)
                return TEXT_ABSENT;
        if (text_is(code, "hours") && text_int(number, &n))
                number = text_format(a, "%lld", (long long)(n + 1) / 2);
        if (text_is(code, "language"))
                rest = people_language_words(a, l, rest);
        return msg_with(a, l, english, "value", without_stop(rest), "number", number, NULL);
}

static struct text clocks(struct arena *a, enum locale l, int64_t minutes)
{
        int64_t hours = ((minutes < 0 ? -minutes : minutes) + 30) / 60;

        if (hours == 0)
                return text_of(msg(l, M_("Your clocks show the same time.")));
        return msg_plural(a, l, hours, "Your clocks are one hour apart.", "Your clocks are {n} hours apart.");
}

void matching_sentences(struct arena *a, int locale, struct text reasons, int64_t minutes_apart, struct matching_sentences *out)
{
        enum locale l = (enum locale)locale;
        int n = 0;

        *out = (struct matching_sentences) {0};
        while (n < 3 && reasons.n) {
                struct text line = text_cut(reasons, '\n', &reasons);
                struct text words = sentence(a, l, line);
                if (words.n)
                        out->row[n++] = words;
        }
        if (n < 3)
                out->row[n++] = clocks(a, l, minutes_apart);
        if (n < 3)
                out->row[n++] = text_of(msg(l, M_("No line of management runs between you.")));
        if (n < 3)
                out->row[n++] = text_of(msg(l, M_("Together with the other pairs, this choice leaves the fewest people without a partner.")));
}

/* ---- parts, for staff ---- */

const char *matching_part_title(enum matching_part part)
{
        switch (part) {
        case MATCHING_GOALS: return M_("Goals and skills");
        case MATCHING_WISHES: return M_("Wishes of both");
        case MATCHING_LIKENESS: return M_("Values and interests");
        case MATCHING_TIME: return M_("Hours in common");
        case MATCHING_LEVEL: return M_("Distance in experience");
        case MATCHING_FUNCTION: return M_("A different field");
        case MATCHING_FORMAT: return M_("Language and way of meeting");
        case MATCHING_ASKED: return M_("Something shared that was asked for");
        case MATCHING_PARTS: break;
        }
        must(!"a part outside its enum");
}
