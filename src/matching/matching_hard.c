/* The hard rules: pairs that must not be, whatever their score. */
#include "matching/matching_rules.h"

#include "base/err.h"

#include <stdlib.h>

struct hard {
        const struct matching_profile *mentee, *mentor;
        const struct matching_weights *weights;
        struct matching_fit *fit;
};

static bool same(struct text a, struct text b)
{
        return !text_empty(a) && !text_empty(b) && text_equal(a, b);
}

/* Sets the rule when broken; notes it as not looked at when the data for it are missing. */
static void rule(struct hard *h, enum matching_rule rule, bool known, bool broken)
{
        if (!known)
                h->fit->unknown |= rule;
        else if (broken)
                h->fit->forbidden |= rule;
}

static bool says(struct text t) { return !text_empty(t); }

static void look_at_managers(struct hard *h)
{
        const struct matching_profile *a = h->mentee, *b = h->mentor;
        bool both = says(a->manager_email) && says(b->manager_email);
        bool above = same(a->manager_email, b->email) || same(b->manager_email, a->email);
        bool far_above = same(a->managers_manager_email, b->email) ||
                         same(b->managers_manager_email, a->email);

        rule(h, MATCHING_MANAGER, both || above, above);
        rule(h, MATCHING_MANAGERS_MANAGER,
             far_above || (says(a->managers_manager_email) && says(b->managers_manager_email)),
             far_above);
        rule(h, MATCHING_SAME_MANAGER, both, same(a->manager_email, b->manager_email));
}

static bool listed(struct matching_words words, struct text email)
{
        for (size_t k = 0; k < words.n; k++)
                if (same(words.p[k], email))
                        return true;
        return false;
}

static bool language_in_common(const struct hard *h)
{
        for (size_t k = 0; k < h->mentee->languages.n; k++)
                if (listed(h->mentor->languages, h->mentee->languages.p[k]))
                        return true;
        return false;
}

/* Many zones apart is fine when the two say that they share enough hours. */
static void look_at_hours(struct hard *h)
{
        const struct matching_profile *a = h->mentee, *b = h->mentor;
        bool hours_known = a->week.known && b->week.known;
        bool enough = hours_known &&
                      matching_rules_common(a, b) >= h->weights->least_half_hours;
        bool far = abs(a->offset_minutes - b->offset_minutes) > h->weights->max_zone_minutes;

        rule(h, MATCHING_NO_HOURS, a->zone_known && b->zone_known, far && !enough);
}

static void look_at_work(struct hard *h)
{
        const struct matching_profile *a = h->mentee, *b = h->mentor;
        int mentee = 0, mentor = 0;

        if (!h->weights->same_team_allowed)
                rule(h, MATCHING_SAME_TEAM, says(a->team) && says(b->team), same(a->team, b->team));
        if (h->weights->different_function)
                rule(h, MATCHING_SAME_FUNCTION, says(a->function) && says(b->function),
                     same(a->function, b->function));
        if (h->weights->least_level_gap > 0) {
                bool known = matching_grade(a->grade, &mentee) && matching_grade(b->grade, &mentor);
                rule(h, MATCHING_LEVEL_GAP, known,
                     (int64_t)mentor - mentee < h->weights->least_level_gap);
        }
}

void matching_rules_hard(const struct matching_profile *mentee,
                         const struct matching_profile *mentor, const struct matching_facts *facts,
                         const struct matching_weights *weights, struct matching_fit *fit)
{
        struct hard h = {.mentee = mentee, .mentor = mentor, .weights = weights, .fit = fit};

        rule(&h, MATCHING_SELF, true,
             mentee->person == mentor->person || same(mentee->email, mentor->email));
        rule(&h, MATCHING_PAIRED, true, facts->paired);
        rule(&h, MATCHING_PANEL, true, facts->panel);
        rule(&h, MATCHING_CONCERN, true, facts->concern);
        rule(&h, MATCHING_NO_CONSENT, true, mentee->no_consent || mentor->no_consent);
        rule(&h, MATCHING_NOT_WITH, true,
             listed(mentee->not_with, mentor->email) || listed(mentor->not_with, mentee->email));
        rule(&h, MATCHING_NO_LANGUAGE, mentee->languages.n > 0 && mentor->languages.n > 0,
             !language_in_common(&h));
        look_at_managers(&h);
        look_at_hours(&h);
        look_at_work(&h);
}

/* ---- grades ---- */

static const struct { const char *name; int step; } ladder[] = {
        {"aa", 1}, {"administrative assistant", 1}, {"ao", 2}, {"administrative officer", 2},
        {"eo", 3}, {"executive officer", 3}, {"heo", 4}, {"higher executive officer", 4},
        {"seo", 5}, {"senior executive officer", 5},
        {"g7", 6}, {"grade 7", 6}, {"g6", 7}, {"grade 6", 7},
        {"scs1", 8}, {"scs2", 9}, {"scs3", 10}, {"scs4", 11},
        {"scs 1", 8}, {"scs 2", 9}, {"scs 3", 10}, {"scs 4", 11},
        {"deputy director", 8}, {"director", 9},
        {"director general", 10}, {"permanent secretary", 11},
};

static bool is_same_word(struct text t, const char *name)
{
        for (size_t k = 0; k < t.n; k++) {
                char c = t.p[k];
                if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != name[k] || !name[k])
                        return false;
        }
        return name[t.n] == 0;
}

bool matching_grade(struct text grade, int *step)
{
        struct text t = text_trim(grade);
        int64_t number;

        for (size_t k = 0; t.n > 0 && k < sizeof ladder / sizeof *ladder; k++) {
                if (is_same_word(t, ladder[k].name)) {
                        *step = ladder[k].step;
                        return true;
                }
        }
        if (!text_int(t, &number) || number < -1000 || number > 1000)
                return false;
        *step = (int)number;
        return true;
}

/* ---- names ---- */

const char *matching_part_name(enum matching_part part)
{
        switch (part) {
        case MATCHING_GOALS: return "goals";
        case MATCHING_WISHES: return "wishes";
        case MATCHING_LIKENESS: return "likeness";
        case MATCHING_TIME: return "time";
        case MATCHING_LEVEL: return "level";
        case MATCHING_FUNCTION: return "function";
        case MATCHING_FORMAT: return "format";
        case MATCHING_ASKED: return "asked";
        case MATCHING_PARTS: break;
        }
        must(!"a part outside its enum");
}

const char *matching_rule_name(enum matching_rule rule_)
{
        switch (rule_) {
        case MATCHING_SELF: return "self";
        case MATCHING_PAIRED: return "paired";
        case MATCHING_MANAGER: return "manager";
        case MATCHING_MANAGERS_MANAGER: return "managers_manager";
        case MATCHING_SAME_MANAGER: return "same_manager";
        case MATCHING_PANEL: return "panel";
        case MATCHING_SAME_TEAM: return "same_team";
        case MATCHING_NOT_WITH: return "not_with";
        case MATCHING_CONCERN: return "concern";
        case MATCHING_NO_LANGUAGE: return "no_language";
        case MATCHING_NO_HOURS: return "no_hours";
        case MATCHING_NO_CONSENT: return "no_consent";
        case MATCHING_SAME_FUNCTION: return "same_function";
        case MATCHING_LEVEL_GAP: return "level_gap";
        case MATCHING_LOW_TOTAL: return "low_total";
        case MATCHING_LOW_GOALS: return "low_goals";
        }
        must(!"a rule outside its enum");
}

const char *matching_reason_name(enum matching_reason_code code)
{
        switch (code) {
        case MATCHING_BECAUSE_NOTHING: return "nothing";
        case MATCHING_BECAUSE_WANT: return "want";
        case MATCHING_BECAUSE_GOAL: return "goal";
        case MATCHING_BECAUSE_VALUE: return "value";
        case MATCHING_BECAUSE_INTEREST: return "interest";
        case MATCHING_BECAUSE_HOURS: return "hours";
        case MATCHING_BECAUSE_LANGUAGE: return "language";
        case MATCHING_BECAUSE_FORMAT: return "format";
        }
        must(!"a reason outside its enum");
}
