#include "care/care_words.h"

#include "html/format.h"

#include <string.h>

/* ---- figures ---- */

struct text care_figures_write(struct arena *a, const struct care_figures *f)
{
        return text_format(a, "{\"from\":%lld,\"limit\":%lld,\"n\":%lld,\"of\":%lld}",
                           (long long)f->from, (long long)f->limit, (long long)f->n,
                           (long long)f->of);
}

/* Written by the function above and by nobody else: four whole numbers, in any order. */
static int64_t figure(struct text json, const char *key)
{
        size_t n = strlen(key);

        for (size_t i = 0; i + n + 3 < json.n; i++) {
                if (json.p[i] != '"' || memcmp(json.p + i + 1, key, n) != 0 ||
                    json.p[i + n + 1] != '"')
                        continue;
                struct text rest = {json.p + i + n + 3, json.n - i - n - 3};
                size_t end = 0;
                int64_t v;
                while (end < rest.n && rest.p[end] != ',' && rest.p[end] != '}')
                        end++;
                return text_int((struct text) {rest.p, end}, &v) ? v : 0;
        }
        return 0;
}

void care_figures_read(struct text json, struct care_figures *out)
{
        *out = (struct care_figures) {figure(json, "from"), figure(json, "limit"),
                                       figure(json, "n"),
                                     figure(json, "of")};
}

/* ---- flags ---- */

/* By the calendar, as everywhere where a page says "days ago". */
static int64_t days_since(const struct care_reader *r, int64_t from)
{
        return zone_day(r->zone, r->now) - zone_day(r->zone, from);
}

static struct text days_words(const struct care_reader *r, int64_t n)
{
        return msg_plural(r->a, r->l, n, "one day", "{n} days");
}

static struct text quiet_chip(const struct care_reader *r, int64_t from)
{
        return msg_plural(r->a, r->l, days_since(r, from), "quiet one day", "quiet {n} days");
}

struct text care_flag_chip(const struct care_reader *r, enum care_rule rule,
                           const struct care_figures *f)
{
        switch (rule) {
        case CARE_TRAINING:
                return text_of(
                        msg(r->l, f->of ? M_("training half done") : M_("training not begun")));
        case CARE_PROPOSAL: return text_of(msg(r->l, M_("no answer yet")));
        case CARE_FIRST_MESSAGE: return text_of(msg(r->l, M_("no first message")));
        case CARE_FIRST_MEETING: return text_of(msg(r->l, M_("not met")));
        case CARE_AGREEMENT: return text_of(msg(r->l, M_("no agreement")));
        case CARE_GOALS: return text_of(msg(r->l, M_("no goal")));
        case CARE_GAP: case CARE_CLOSURE: return quiet_chip(r, f->from);
        case CARE_CANCELLED: return text_of(msg(r->l, M_("meetings called off")));
        case CARE_ONE_SIDED: return text_of(msg(r->l, M_("one-sided")));
        case CARE_UNANSWERED: return text_of(msg(r->l, M_("no reply")));
        case CARE_APART: return text_of(msg(r->l, M_("see it differently")));
        case CARE_PULSE: return text_of(msg(r->l, f->of ? M_("asked for you") : M_("low pulse")));
        case CARE_GATHERING: return text_of(msg(r->l, M_("missed a gathering")));
        case CARE_SILENT: return text_of(msg(r->l, M_("surveys unanswered")));
        case CARE_OVERLOAD: return text_of(msg(r->l, M_("several pairs")));
        case CARE_NUDGED: return text_of(msg(r->l, M_("reminders unanswered")));
        case CARE_UNREACHABLE: return text_of(msg(r->l, M_("unreachable")));
        case CARE_FORBIDDEN: return text_of(msg(r->l, f->n == 4 ? M_("same team") : M_("line of management")));
        case CARE_RULES: break;
        }
        must(!"a rule outside its enum");
}


static const char *nudged_for(int64_t fact)
{
        if (fact == PACK_AGREEMENT_SIGNED)
                return M_("Reminded of the agreement, last {days} ago, without an answer.");
        if (fact == PACK_GOAL_SET)
                return M_("Reminded of a first goal, last {days} ago, without an answer.");
        if (fact == PACK_CLOSING_BOOKED)
                return M_("Reminded of the last meeting, last {days} ago, without an answer.");
        return M_("Reminded, last {days} ago, without an answer.");
}

/* As care_forbidden.c counts the rules. */
static const char *forbidden_says(int64_t code)
{
        static const char *const says[] = {
                M_("A rule about work forbids this pair by now."),
                M_("One of the two is now the other’s line manager."),
                M_("One of the two is now the manager of the other’s manager."),
                M_("The two now report to the same manager."),
                M_("The two are now in the same team.")};

        return says[code >= 1 && code <= 4 ? code : 0];
}

static const char *gathering_says(const struct care_figures *f)
{
        if (f->of)
                return M_("Missed the launch and has not met their partner.");
        return f->n > 1 ? M_("Missed {n} gatherings, the last {days} ago.")
                        : M_("Missed a gathering {days} ago.");
}

static const char *goals_say(int64_t met)
{
        return met == 0   ? M_("No goal {days} after the start; they have not met.")
               : met == 1 ? M_("No goal {days} after the start; they have met once.")
                          : M_("No goal {days} after the start; they have met {n} times.");
}

static const char *sentence_of(enum care_rule rule, int level, const struct care_figures *f)
{
        switch (rule) {
        case CARE_TRAINING:
                return level == CARE_RED
                               ? M_("The core training is not complete, and its day has passed.")
                               : M_("The core training has not been begun, and its day is near.");
        case CARE_PROPOSAL: return M_("Has not answered the proposed pair for {days}.");
        case CARE_FIRST_MESSAGE: return M_("No first message {days} after the start.");
        case CARE_FIRST_MEETING: return M_("Have not met {days} after the start.");
        case CARE_AGREEMENT: return M_("No signed agreement {days} after the start.");
        case CARE_GOALS: return goals_say(f->n);
        case CARE_GAP:
                return M_("No contact for {days}; they agreed on every {limit}, and nothing is "
                          "booked soon.");
        case CARE_CLOSURE:
                return M_("No contact for {days}. Talk about an ending; without a word it begins "
                          "after {limit}.");
        case CARE_CANCELLED: return M_("The last {n} meetings were called off.");
        case CARE_ONE_SIDED: return M_("One of the two wrote {n} of the last {of} messages.");
        case CARE_UNANSWERED: return M_("{n} messages without a reply for {days}.");
        case CARE_APART: return M_("Their answers on how useful it is lie {n} steps apart.");
        case CARE_PULSE:
                return f->of ? M_("Asked to be rung, in the pulse {days} ago.")
                             : M_("Gave {n} of 5 in the pulse {days} ago.");
        case CARE_GATHERING: return gathering_says(f);
        case CARE_SILENT: return M_("Has not answered the last {n} surveys.");
        case CARE_OVERLOAD: return M_("{n} of this mentor's pairs have a flag.");
        case CARE_NUDGED: return nudged_for(f->of);
        case CARE_UNREACHABLE: return M_("Did not answer {n} calls.");
        case CARE_FORBIDDEN: return forbidden_says(f->n);
        case CARE_RULES: break;
        }
        must(!"a rule outside its enum");
}

struct text care_flag_sentence(const struct care_reader *r, enum care_rule rule, int level,
                               const struct care_figures *f)
{
        return msg_with(r->a, r->l, sentence_of(rule, level, f), "days",
                        days_words(r, days_since(r, f->from)), "limit", days_words(r, f->limit),
                        "n", format_count(r->a, r->l, f->n), "of", format_count(r->a, r->l, f->of),
                        NULL);
}

const char *care_rule_name(enum care_rule rule)
{
        static const char *const names[CARE_RULES] = {[CARE_TRAINING] = M_("Training"),
                                                      [CARE_PROPOSAL] = M_("Proposal"),
                                                      [CARE_FIRST_MESSAGE] = M_("First message"),
                                                      [CARE_FIRST_MEETING] = M_("First meeting"),
                                                      [CARE_AGREEMENT] = M_("Agreement"),
                                                      [CARE_GOALS] = M_("Goals"),
                                                      [CARE_GAP] = M_("Contact"),
                                                      [CARE_CLOSURE] = M_("Ending"),
                                                      [CARE_CANCELLED] = M_("Cancellations"),
                                                      [CARE_ONE_SIDED] = M_("One-sided"),
                                                      [CARE_UNANSWERED] = M_("No reply"),
                                                      [CARE_APART] = M_("Difference"),
                                                      [CARE_PULSE] = M_("Pulse"),
                                                      [CARE_GATHERING] = M_("Gatherings"),
                                                      [CARE_SILENT] = M_("Surveys"),
                                                      [CARE_OVERLOAD] = M_("Mentor's pairs"),
                                                      [CARE_NUDGED] = M_("Reminders"),
                                                      [CARE_UNREACHABLE] = M_("Calls"),
                                                      [CARE_FORBIDDEN] = M_("Rules about work")};
        return names[rule];
}

const char *care_rule_words(enum care_rule rule)
{
        switch (rule) {
        case CARE_TRAINING:
                return M_("Training: amber when it is not begun 14 days before its day, red when "
                          "it is not complete on it.");
        case CARE_PROPOSAL: return M_("Proposal: amber without an answer on day 3, red on day 5.");
        case CARE_FIRST_MESSAGE: return M_("First message: amber after 3 days, red after 7.");
        case CARE_FIRST_MEETING: return M_("First meeting: amber after 14 days, red after 21.");
        case CARE_AGREEMENT: return M_("Agreement: amber after 21 days, red after 35.");
        case CARE_GOALS:
                return M_("Goals: amber after three meetings or six weeks without one, red after "
                          "nine weeks.");
        case CARE_GAP:
                return M_("Contact: amber seven days past the agreed rhythm, at the latest on day "
                          "28, if nothing is booked within a week; red on day 42.");
        case CARE_CLOSURE:
                return M_("Ending: red after 60 days without contact; after 97 the ending begins "
                          "by itself.");
        case CARE_CANCELLED:
                return M_("Cancellations: amber at two running, red at three by the same person.");
        case CARE_ONE_SIDED:
                return M_("One-sided: amber when one person writes four fifths of the messages of "
                          "six weeks.");
        case CARE_UNANSWERED: return M_("No reply: red when two messages have waited for 14 days.");
        case CARE_APART:
                return M_(
                        "Difference: amber when the two pulses lie two steps apart, red at three.");
        case CARE_PULSE:
                return M_("Pulse: amber at a 2 or a fall by two, red at a 1 or a wish to be rung.");
        case CARE_GATHERING:
                return M_("Gatherings: amber at one missed, red at two, or at the launch before a "
                          "first meeting.");
        case CARE_SILENT:
                return M_("Surveys: amber at two without an answer, red with a gap in contact.");
        case CARE_OVERLOAD: return M_("Mentors: amber when two of their pairs have a flag.");
        case CARE_NUDGED:
                return M_("Reminders: amber five days after the last one has gone unanswered.");
        case CARE_UNREACHABLE: return M_("Calls: red after three without an answer.");
        case CARE_FORBIDDEN:
                return M_("Rules about work: red as soon as new facts put the two into one line of management, or into one "
                          "team where that is a rule. Ring both; then give the pair a proper ending and find each of them "
                          "somebody else, or close this with the reason why it may stay.");
        case CARE_RULES: break;
        }
        must(!"a rule outside its enum");
}

/* ---- calls ---- */

static const struct { const char *key, *words; } whys[CARE_WHYS] = {
        [CARE_WHY_PLAN] = {"plan", M_("Everybody gets this call")},
        [CARE_WHY_RISK] = {"risk", M_("A flag stands")},
        [CARE_WHY_LOT] = {"lot", M_("Drawn by lot from the pairs that go well")},
        [CARE_WHY_RED] = {"red", M_("A red flag stands: within two working days")},
        [CARE_WHY_ENDED] = {"ended", M_("The pair ended early: within a week")},
        [CARE_WHY_MISSED] = {"missed", M_("Missed the launch and has not met")},
        [CARE_WHY_ASKED] = {"asked", M_("Asked for")},
        [CARE_WHY_INTAKE] = {"intake", M_("The application leaves something open")},
};

const char *care_why_words(enum care_why why) { return whys[why].words; }
const char *care_why_key(enum care_why why) { return whys[why].key; }

bool care_why_of(struct text key, enum care_why *out)
{
        for (int i = 0; i < CARE_WHYS; i++) {
                if (!text_is(key, whys[i].key))
                        continue;
                *out = (enum care_why)i;
                return true;
        }
        return false;
}

struct word { const char *key, *words; };

static const char *word_of(const struct word *list, struct text key)
{
        for (; list->key; list++)
                if (text_is(key, list->key))
                        return list->words;
        return "";
}

bool care_is_one_of(const char *const *keys, struct text key)
{
        for (; *keys; keys++)
                if (text_is(key, *keys))
                        return true;
        return false;
}

const char *const care_outcomes[] = {"fine", "plan", "change", "end", "not-reached", NULL};

const char *care_outcome_words(struct text outcome)
{
        static const struct word list[] = {{"fine", M_("All is well")},
                                           {"plan", M_("We agreed on a next step")},
                                           {"change", M_("Wants something to change")},
                                           {"end", M_("Wants to end")},
                                           {"not-reached", M_("Nobody answered")},
                                           {0}};
        return word_of(list, outcome);
}

/* ---- help and concerns ---- */

const char *const care_categories[] = {"scheduling",    "match", "content", "technical",
                                       "accessibility", "data",  "other",   NULL};

const char *care_category_words(struct text category)
{
        static const struct word list[] = {{"scheduling", M_("Finding a time")},
                                           {"match", M_("My partner or our pair")},
                                           {"content", M_("What to do or say next")},
                                           {"technical", M_("Something does not work")},
                                           {"accessibility", M_("I cannot use something")},
                                           {"data", M_("My data")},
                                           {"other", M_("Something else")},
                                           {0}};
        return word_of(list, category);
}

const char *care_level_title(int64_t level)
{
        static const char *const titles[CARE_LEVELS] = {
                M_("I am worried about something"), M_("Somebody behaves badly"),
                M_("Somebody is not well"), M_("Somebody is in danger now")};
        return level >= 0 && level < CARE_LEVELS ? titles[level] : "";
}

const char *care_level_meaning(int64_t level)
{
        static const char *const meanings[CARE_LEVELS] = {
                M_("Something feels wrong and you cannot say what. You hear from us within two "
                   "working days."),
                M_("Harassment, discrimination, bullying, pressure, a broken confidence. If it is "
                   "about your partner, nothing more can be sent between you at once. You hear "
                   "from us within one working day."),
                M_("You fear for somebody's health or safety. We ring the same day."),
                M_("Ring the emergency number first: 112 in Europe, 999 in the United Kingdom, 911 "
                   "in North America, 000 in Australia. Then tell us.")};
        return level >= 0 && level < CARE_LEVELS ? meanings[level] : "";
}

const char *const care_concern_states[] = {"taken", "handed over", "closed", NULL};

const char *care_state_words(struct text state)
{
        static const struct word list[] = {
                {"new", M_("It has arrived. Nobody has taken it yet.")},
                {"taken", M_("A designated contact is looking after it.")},
                {"handed over", M_("It was handed over to the people whose task it is.")},
                {"closed", M_("It is closed.")},
                {0}};
        return word_of(list, state);
}

const char *const care_step_kinds[] = {"note", "answer", "task", NULL};

const char *care_step_kind_words(struct text kind)
{
        static const struct word list[] = {
                {"note", M_("A note, for the contacts alone")},
                {"answer", M_("An answer: whoever has the code reads it")},
                {"task", M_("Something to do by a day")},
                {0}};
        return word_of(list, kind);
}
