/* One to three goals. The two read the words; staff read the category and how far it is, and the words only if the mentee says so. */
#include "journeys/journeys.h"

#include "html/messages.h"
#include "journeys/journeys.sql.h"
#include "journeys/journeys_parts.h"
#include "journeys/journeys_rules.h"
#include "os/random.h"

const char *const journeys_goal_categories[] = {
        "skills",  "career",  "leadership", "confidence", "network",
        "project", "balance", "other",      NULL,
};

const char *journeys_category_words(struct text key)
{
        static const struct { const char *key, *words; } of[] = {
                {"skills", M_("A skill")}, {"career", M_("My next step at work")}, {"leadership", M_("Leading others")},
                {"confidence", M_("Confidence")}, {"network", M_("People and networks")}, {"project", M_("A piece of work")},
                {"balance", M_("Work and the rest of life")}, {"other", M_("Something else")}};

        for (size_t i = 0; i < sizeof of / sizeof of[0]; i++)
                if (text_is(key, of[i].key))
                        return of[i].words;
        return M_("Something else");
}

const char *journeys_outcome_words(int64_t attainment)
{
        static const char *const words[] = {M_("Less than when it began"),
                                            M_("A little less than hoped"), M_("As hoped"),
                                            M_("More than hoped"), M_("Much more than hoped")};

        must(attainment >= -2 && attainment <= 2);
        return words[attainment + 2];
}

static bool known_category(struct text key)
{
        for (size_t i = 0; journeys_goal_categories[i]; i++)
                if (text_is(key, journeys_goal_categories[i]))
                        return true;
        return false;
}

static struct text or_empty(struct text t) { return t.p ? text_trim(t) : TEXT(""); }

static struct err check_room(struct tx *tx, int64_t pair)
{
        struct journeys_pair_goals_list goals;
        int open = 0;

        TRY(journeys_pair_goals(tx, pair, &goals));
        for (size_t i = 0; i < goals.n; i++)
                open += !goals.row[i].closed_at.has;
        return open < JOURNEYS_GOALS ? OK
                                     : FAIL(ERR_CONFLICT, "Three goals at a time are enough",
                                            "Finish one, or let one go, then add the next");
}

struct err journeys_add_goal(struct tx *tx, const struct who *who, int64_t pair,
                             const struct journeys_goal_new *in, int64_t *goal)
{
        struct journeys_side side;

        TRY(journeys_open_side(tx, who, pair, &side));
        if (text_empty(text_trim(in->statement)))
                return FAIL_AT(ERR_INVALID, "What would you like to be able to do?", "statement",
                               "One sentence is enough");
        if (!known_category(in->category))
                return FAIL_AT(ERR_INVALID, "What is it about?", "category",
                               "Choose the nearest word");
        TRY(check_room(tx, pair));
        *goal = random_id();
        TRY(journeys_insert_goal(tx, &(struct journeys_insert_goal_in) {
                .id = *goal, .pair = pair, .statement = text_trim(in->statement), .why = or_empty(in->why),
                .measure = or_empty(in->measure), .category = in->category, .next_step = or_empty(in->next_step),
                .due_day = in->due_day, .shared = in->shared && !side.mentor, .by_person = who->person,
                .now = tx_now(tx)}));
        return journeys_count_goal(tx, pair);
}

/* An attainment closes the goal; the same call without one opens it again. */
struct err journeys_update_goal(struct tx *tx, const struct who *who, int64_t goal,
                                int64_t progress, struct text next_step, struct opt attainment)
{
        struct journeys_one_goal g;
        struct journeys_side side;
        struct opt closed = attainment.has ? (struct opt) {true, tx_now(tx)} : (struct opt) {0};

        TRY(journeys_one_goal(tx, goal, &g));
        TRY(journeys_open_side(tx, who, g.pair, &side));
        if (progress < 0 || progress > 100)
                return FAIL_AT(ERR_INVALID, "How far is it, from 0 to 100?", "progress",
                               "A rough guess is fine");
        if (attainment.has && (attainment.v < -2 || attainment.v > 2))
                return FAIL_AT(ERR_INVALID, "How did it turn out?", "attainment",
                               "Choose one of the five");
        return journeys_set_goal(tx, goal, progress, or_empty(next_step), attainment,
                                 closed.has && g.closed_at.has ? g.closed_at : closed);
}

struct err journeys_share(struct tx *tx, const struct who *who, int64_t goal, bool shared)
{
        struct journeys_one_goal g;
        struct journeys_side side;

        TRY(journeys_one_goal(tx, goal, &g));
        TRY(journeys_open_side(tx, who, g.pair, &side));
        if (side.mentor)
                return FAIL(ERR_FORBIDDEN, "Only the mentee decides who else reads a goal",
                            "Ask your mentee");
        return journeys_share_goal(tx, goal, shared);
}
