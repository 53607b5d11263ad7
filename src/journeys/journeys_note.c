/* Notes for oneself or for both, steps that a person ticks, and the half-way review. Staff read none of it. */
#include "journeys/journeys.h"

#include "journeys/journeys.sql.h"
#include "journeys/journeys_parts.h"
#include "os/random.h"

struct err journeys_add_note(struct tx *tx, const struct who *who, int64_t pair, bool shared,
                             struct text body)
{
        struct journeys_side side;

        TRY(journeys_open_side(tx, who, pair, &side));
        if (text_empty(text_trim(body)))
                return FAIL_AT(ERR_INVALID, "There is nothing in the note yet", "body",
                               "Write a line");
        return journeys_insert_note(tx, random_id(), pair, who->person, shared, text_trim(body),
                                    tx_now(tx));
}

struct err journeys_drop_note(struct tx *tx, const struct who *who, int64_t pair, int64_t note)
{
        struct journeys_side side;
        int64_t gone;

        TRY(journeys_side(tx, who, pair, &side));
        return journeys_delete_note(tx, note, pair, who->person, &gone);
}

struct err journeys_delete_notes(struct tx *tx, int64_t pair)
{
        return journeys_forget_notes(tx, pair);
}

struct err journeys_tick_step(struct tx *tx, const struct who *who, int64_t pair, struct text key,
                              bool done)
{
        struct journeys_side side;

        TRY(journeys_open_side(tx, who, pair, &side));
        if (!pack_step(side.cohort.pack, key))
                return FAIL(ERR_ABSENT, "There is no such step", "Go back to your road");
        return done ? journeys_tick(tx, pair, who->person, key, tx_now(tx))
                    : journeys_untick(tx, pair, who->person, key);
}

struct err journeys_log_review(struct tx *tx, const struct who *who, int64_t pair,
                               struct text choice)
{
        struct journeys_side side;

        TRY(journeys_open_side(tx, who, pair, &side));
        if (!text_is(choice, "continue") && !text_is(choice, "adjust") && !text_is(choice, "end"))
                return FAIL_AT(ERR_INVALID, "How would you like to go on?", "choice",
                               "Choose one of the three");
        TRY(journeys_tick(tx, pair, who->person,
                          text_format(tx_arena(tx), "review-%s", text_c(tx_arena(tx), choice)),
                          tx_now(tx)));
        return side.pair.reviewed_at.has ? OK : journeys_set_reviewed(tx, pair, tx_now(tx));
}
