/* Pairs that new facts about work forbid: flagged at once, in red, until the facts are others. */
#include "care/care_parts.h"

#include "care/care.sql.h"
#include "os/random.h"

/* In the figures of the flag: which sentence it says. */
static int64_t code_of(struct text code)
{
        static const char *const codes[] = {"", "manager", "managers_manager", "same_manager", "same_team", NULL};

        for (int64_t i = 1; codes[i]; i++)
                if (text_is(code, codes[i]))
                        return i;
        return 0;
}

static bool is_listed(const struct care_forbidden *row, size_t n, int64_t pair)
{
        for (size_t i = 0; i < n; i++)
                if (row[i].pair == pair)
                        return true;
        return false;
}

/* One that a coordinator has closed with a reason speaks again when its quiet time is over. */
static bool is_known(const struct care_standing_list *all, int64_t pair, int64_t now)
{
        for (size_t i = 0; i < all->n; i++) {
                const struct care_standing *s = &all->row[i];
                if (s->pair == pair && text_is(s->rule, care_rule_key(CARE_FORBIDDEN)) &&
                    (!s->closed || (s->quiet_until.has && s->quiet_until.v > now)))
                        return true;
        }
        return false;
}

static struct err raise(struct tx *tx, int64_t cohort, const struct care_forbidden *f)
{
        struct care_figures figures = {.from = tx_now(tx), .n = code_of(f->rule)};

        return care_insert_flag(tx, &(struct care_insert_flag_in) {
                .id = random_id(), .cohort = cohort, .pair = f->pair, .rule = text_of(care_rule_key(CARE_FORBIDDEN)),
                .level = CARE_RED, .since = tx_now(tx), .data = care_figures_write(tx_arena(tx), &figures), .now = tx_now(tx)});
}

struct err care_flag_forbidden(struct tx *tx, int64_t cohort, const struct care_forbidden *row, size_t n)
{
        struct care_standing_list all;

        TRY(care_standing(tx, cohort, &all));
        for (size_t i = 0; i < n; i++)
                if (!is_known(&all, row[i].pair, tx_now(tx)))
                        TRY(raise(tx, cohort, &row[i]));
        for (size_t i = 0; i < all.n; i++) {
                const struct care_standing *s = &all.row[i];
                if (!s->closed && text_is(s->rule, care_rule_key(CARE_FORBIDDEN)) && !is_listed(row, n, s->pair))
                        TRY(care_shut_flag(tx, s->id, tx_now(tx), TEXT("over"), (struct opt) {0}, (struct opt) {0}));
        }
        return OK;
}
